import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CsvReading, type CsvRow, csvCells, readCsv } from '#files/csv.ts'

async function* pieces(bytes: Uint8Array, sizes: readonly number[] = [1 << 16]): AsyncGenerator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] || 1
    yield bytes.subarray(at, at + size)
    at += size
  }
}

async function rowsOf(
  input: string | Uint8Array,
  options: Partial<CsvReading> = {},
  sizes?: readonly number[],
): Promise<CsvRow[]> {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input
  const rows: CsvRow[] = []
  await readCsv(pieces(bytes, sizes), { onRow: row => rows.push(row), ...options })
  return rows
}

const texts = (rows: readonly CsvRow[]) => rows.map(row => row.text)
const latin = (text: string) => Uint8Array.from(text, char => char.charCodeAt(0))

describe('rows of a CSV file', () => {
  it('knows offset, length and line of every row, with any line end', async () => {
    const rows = await rowsOf('a;b\r\ncc\n\nd\re')
    expect(rows.map(({ text, offset, length, line, ended }) => [text, offset, length, line, ended])).toEqual([
      ['a;b', 0, 3, 1, true],
      ['cc', 5, 2, 2, true],
      ['', 8, 0, 3, true],
      ['d', 9, 1, 4, true],
      ['e', 11, 1, 5, false],
    ])
  })

  it('leaves the byte order mark out and keeps the offsets of the file', async () => {
    const [row] = await rowsOf('\uFEFFa;b\r\n')
    expect(row).toMatchObject({ text: 'a;b', offset: 3, length: 3 })
  })

  it('keeps a quoted cell with line ends in one row, and counts its lines', async () => {
    const rows = await rowsOf('1;"two\r\nlines"\r\n2;x\r\n')
    expect(rows.map(({ text, line }) => [text, line])).toEqual([
      ['1;"two\r\nlines"', 1],
      ['2;x', 3],
    ])
  })

  it('does not let a quote that is never closed swallow the file', async () => {
    const line = `3;${'y'.repeat(60)}\n`
    const rows = await rowsOf(`1;"open\n2;x\n${line.repeat(5000)}`)
    expect(rows).toHaveLength(5002)
    expect(rows.map(row => row.line)).toEqual(rows.map((_, i) => i + 1))
    expect(texts(rows).slice(0, 2)).toEqual(['1;"open', '2;x'])
  })

  it('takes an open quote near the end of the file for what it is', async () => {
    expect(texts(await rowsOf('1;"open\n2;x\n3;y'))).toEqual(['1;"open', '2;x', '3;y'])
  })

  it('knows a quote inside a cell from one around it', async () => {
    expect(texts(await rowsOf('1;5" pump\n2;x\n'))).toEqual(['1;5" pump', '2;x'])
  })

  it('reports a row that is too long without its text and goes on behind it', async () => {
    const rows = await rowsOf(`a\n${'x'.repeat(5000)}\nb\n`, { maxRowBytes: 1000 }, [7, 300])
    expect(rows.map(({ text, length, tooLong, line }) => [text, length, tooLong, line])).toEqual([
      ['a', 1, false, 1],
      ['', 5000, true, 2],
      ['b', 1, false, 3],
    ])
  })

  it('turns to Windows-1252 at the first row that is not UTF-8', async () => {
    // "Gerätezeit" once as UTF-8 (c3 a4), once as Windows-1252 (e4).
    const bytes = new Uint8Array([...new TextEncoder().encode('Gerätezeit\n'), ...latin('Ger\xe4tezeit \x80\n')])
    expect(texts(await rowsOf(bytes))).toEqual(['Gerätezeit', 'Gerätezeit €'])
  })

  it('reports progress at least every MiB, up to the size of the file', async () => {
    const bytes = new Uint8Array(5 << 20).fill(0x61)
    for (let i = 99; i < bytes.length; i += 100) bytes[i] = 0x0a
    const seen: number[] = []
    await rowsOf(bytes, { onProgress: read => seen.push(read) }, [bytes.length])
    expect(seen.at(-1)).toBe(bytes.length)
    expect(Math.max(...seen.map((read, i) => read - (seen[i - 1] ?? 0)))).toBeLessThanOrEqual(1 << 20)
  })
})

describe('files that are no text', () => {
  const code = async (bytes: Uint8Array) =>
    rowsOf(bytes).then(
      () => 'read',
      error => error.code,
    )

  it('says that a file is empty', async () => {
    expect(await code(new Uint8Array(0))).toBe('empty-file')
    expect(await code(latin(' \r\n\r\n'))).toBe('empty-file')
  })
  it('says that a file is not text', async () => {
    // The beginnings of a PNG and of a ZIP (xlsx) file.
    expect(await code(latin('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0'))).toBe('binary-file')
    expect(await code(latin('PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0'))).toBe('binary-file')
  })
  it('asks for UTF-8 when a file is UTF-16', async () => {
    const utf16 = latin([...'Index;Date;Time'].map(char => `${char}\0`).join(''))
    expect(await code(new Uint8Array([0xff, 0xfe, ...utf16]))).toBe('nothing-readable')
    expect(await code(utf16)).toBe('nothing-readable')
  })
})

describe('cells of a row', () => {
  it('takes quotes and blanks away', () => {
    expect(csvCells('243   ,"16,8"   , x ,"say ""no""",', ',')).toEqual(['243', '16,8', 'x', 'say "no"', ''])
    expect(csvCells('Sensor:,In use," ",', ',')).toEqual(['Sensor:', 'In use', '', ''])
  })
  it('takes a quote that is never closed for a character', () => {
    expect(csvCells('1;"open;2', ';')).toEqual(['1', '"open', '2'])
  })
})

const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ';', ',', '\n', '\r\n', ' ', '5'), maxLength: 8 })
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

describe('properties', () => {
  it('gives back what was written by the rules, in pieces of any size, and where it stands', async () => {
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 20 })
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(table, sizes, fc.constantFrom('\n', '\r\n'), async (cells, size, end) => {
        const file = `x;x\n${cells.map(row => row.map(quoted).join(';') + end).join('')}`
        const bytes = new TextEncoder().encode(file)
        const rows = await rowsOf(bytes, { delimiter: () => ';' }, size)
        expect(rows.slice(1).map(row => csvCells(row.text, ';'))).toEqual(
          cells.map(row => row.map(text => text.trim())),
        )
        for (const { text, offset, length } of rows) {
          expect(new TextDecoder().decode(bytes.subarray(offset, offset + length))).toBe(text)
        }
      }),
    )
  })

  it('accounts for every byte of any text once, whatever the pieces', async () => {
    const byte = fc.constantFrom(...latin('"";;,\r\n\n ax\xe4\xc3\xa4'))
    const bytes = fc.array(byte, { minLength: 1, maxLength: 300 }).map(list => Uint8Array.from([0x61, ...list]))
    await fc.assert(
      fc.asyncProperty(
        bytes,
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 }),
        async (file, sizes) => {
          const limits = { maxRowBytes: 60, maxQuotedBytes: 25 }
          const rows = await rowsOf(file, limits, sizes)
          expect(rows).toEqual(await rowsOf(file, limits))
          let at = 0
          for (const { offset, length } of rows) {
            expect(offset).toBeGreaterThanOrEqual(at)
            // Between two rows stand line ends and nothing else.
            expect(file.subarray(at, offset).every(value => value === 0x0a || value === 0x0d)).toBe(true)
            at = offset + length
          }
          expect(file.subarray(at).every(value => value === 0x0a || value === 0x0d)).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })
})
