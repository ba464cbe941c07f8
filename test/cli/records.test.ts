/** The `records` command as a program: what it prints where, and how it ends. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildForNode } from '../../scripts/build.mjs'
import { captures } from '../helpers/captures.ts'

const folder = mkdtempSync(join(tmpdir(), 'basalt-records-'))
const program = join(folder, 'program', 'records.js')

beforeAll(async () => {
  await buildForNode('src/cli/records.ts', join(folder, 'program'), 'records.js')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A meter's answer to a whole read, by hand from the Contour sheet §1 to §4: header, patient, two results, end. */
const meterSays = [
  '1H|\\^&||a1b2c3|Bayer7390^01.24\\01.04\\09.02.20^7390-1163170^7396-|A=1^C=63^U=1^V=20600|2|||||P|1|201101011200\r\x17',
  '2P|1\r\x17',
  '3R|1|^^^Glucose|7.9|mmol/L^P||B||201011281949\r\x17',
  '4R|2|^^^Glucose|11.5|mmol/L^P||A/Z1||201012272001\r\x17',
  '5L|1||N\r\x03',
]

/** STX, text, sum of the text modulo 256 in hex, CR, LF; cut into reports of `ABC`, length, 60 bytes. */
function reportsOf(text: string): string[] {
  const bytes = Buffer.from(text, 'latin1')
  const sum = bytes.reduce((total, byte) => (total + byte) % 256, 0)
  const check = sum.toString(16).toUpperCase().padStart(2, '0')
  const message = Buffer.concat([Buffer.of(2), bytes, Buffer.from(`${check}\r\n`)])
  const reports: string[] = []
  for (let at = 0; at < message.length; at += 60) {
    const payload = message.subarray(at, at + 60)
    const report = Buffer.alloc(64)
    report.write('ABC')
    report[3] = payload.length
    payload.copy(report, 4)
    reports.push(report.toString('hex'))
  }
  return reports
}

const endOfTransfer = `4142430104${'00'.repeat(59)}`
const capture = save('meter.txt', [...meterSays.flatMap(reportsOf), endOfTransfer].join('\n'))

describe('a raw capture', () => {
  test('becomes records, one a line', async () => {
    const { status, records, said } = await run(['--driver', 'contour', '--model', 'contour-usb', capture])
    expect(records).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        type: 'smbg',
        deviceKey: expect.stringMatching(/^[0-9a-f]{32}$/),
        deviceTime: '2010-11-28T19:49:00',
        fields: expect.objectContaining({ value: 7.9, units: 'mmol/L', subType: 'meter', meal: 'before' }),
        // STX, 47 characters, checksum, CR, LF.
        raw: { file: capture, page: 2, offset: 0, length: 1 + 47 + 2 + 2 },
        supporting: expect.any(Array),
      },
      expect.objectContaining({
        deviceTime: '2010-12-27T20:01:00',
        fields: expect.objectContaining({ value: 11.5, units: 'mmol/L', meal: 'after', minutesAfterMeal: 15 }),
      }),
    ])
    expect(records[0]?.['id']).not.toBe(records[1]?.['id'])
    expect(said).toContain('Contour USB 7390-1163170')
    expect(said).toContain('2 smbg, 2010-11-28T19:49:00 to 2010-12-27T20:01:00')
    expect(status).toBe(0)
  })

  test('gives the same ids every time', async () => {
    const words = ['--driver', 'contour', '--model', 'contour-usb', capture]
    expect((await run(words)).records).toEqual((await run(words)).records)
  })

  test('that ends early gives what had come, and says so', async () => {
    const cut = save('cut.txt', meterSays.slice(0, 3).flatMap(reportsOf).join('\n'))
    const { status, records, said } = await run(['--driver', 'contour', '--model', 'contour-usb', cut])
    expect(records).toHaveLength(1)
    expect(said).toContain('The conversation ends early')
    expect(status).toBe(0)
  })

  test('of an empty memory is no failure', async () => {
    const [header = '', patient = ''] = meterSays
    const empty = save(
      'empty.txt',
      [header, patient, '3L|1||N\r\x03'].flatMap(reportsOf).concat(endOfTransfer).join('\n'),
    )
    const { status, records, said } = await run(['--driver', 'contour', '--model', 'contour-usb', empty])
    expect([status, records]).toEqual([0, []])
    expect(said).toContain('no records')
  })

  test('that holds nothing of this device ends with 1 and the reason', async () => {
    const noise = save('noise.txt', 'ff'.repeat(64))
    const { status, records, said } = await run(['--driver', 'contour', noise])
    expect([status, records]).toEqual([1, []])
    expect(said).toMatch(/^.*noise\.txt: \S+/)
  })
})

test('memory pages become records', async () => {
  const pages = meterSays
    .map(text =>
      reportsOf(text)
        .map(report => payloadOf(report))
        .join(''),
    )
    .join('\n')
  const file = save('pages.hex', pages)
  const words = ['--driver', 'contour', '--model', 'contour-usb', '--pages', 'record', file]
  const { status, records } = await run(words)
  expect(records.map(record => record['deviceTime'])).toEqual(['2010-11-28T19:49:00', '2010-12-27T20:01:00'])
  expect(status).toBe(0)
})

test('a folder of memory pages becomes records, page by page as the names say', async () => {
  const pages = mkdtempSync(join(folder, 'pages-'))
  meterSays.forEach((text, index) => {
    const bytes = Buffer.from(reportsOf(text).map(payloadOf).join(''), 'hex')
    writeFileSync(join(pages, `record-${index + 8}.bin`), bytes)
  })
  writeFileSync(join(pages, 'notes.txt'), 'no page')
  const words = ['--driver', 'contour', '--model', 'contour-usb']
  for (const kind of ['record', 'by-name']) {
    const { status, records, said } = await run([...words, '--pages', kind, pages])
    expect(records.map(record => record['deviceTime'])).toEqual(['2010-11-28T19:49:00', '2010-12-27T20:01:00'])
    expect(said).toContain('5 pages')
    expect(status).toBe(0)
  }
  const wrong = await run([...words, '--pages', 'history', pages])
  expect([wrong.status, wrong.records]).toEqual([1, []])
  expect(wrong.said).toContain('No file in it is named as history-07.bin is.')
  const unnamed = await run([...words, '--pages', 'by-name', join(pages, 'notes.txt')])
  expect(unnamed.status).toBe(2)
})

test('a saved download becomes the same records as the capture it came from', async () => {
  const messages = meterSays.map(text => Buffer.from(reportsOf(text).map(payloadOf).join(''), 'hex'))
  const device = { kind: 'meter', manufacturer: 'Ascensia', model: 'Contour USB', serial: '7390-1163170' }
  const pages = messages.map(({ length }, index) => ({ kind: 'record', index, length }))
  const head = JSON.stringify({ driver: 'contour', modelId: 'contour-usb', device, complete: true, pages })
  const file = save('saved', Buffer.concat([Buffer.from(`basalt-download 1\n${head}\n`), ...messages]))
  const fromFile = await run([file])
  const fromCapture = await run(['--driver', 'contour', '--model', 'contour-usb', capture])
  expect(fromFile.records.map(record => record['id'])).toEqual(fromCapture.records.map(record => record['id']))
  expect(fromFile.said).toContain('download from Contour USB')
  expect(fromFile.status).toBe(0)

  const cut = save('cut', Buffer.concat([Buffer.from(`basalt-download 1\n${head}\n`), ...messages.slice(1)]))
  expect(await run([cut])).toMatchObject({ status: 1, records: [], said: expect.stringContaining('cut or damaged') })
})

describe('options', () => {
  const words = ['--driver', 'contour', '--model', 'contour-usb']

  test('pick by type and time', async () => {
    expect((await run([...words, '--type', 'bolus', capture])).records).toEqual([])
    expect((await run([...words, '--type', 'smbg', capture])).records).toHaveLength(2)
    expect((await run([...words, '--from', '2010-12-01', capture])).records).toHaveLength(1)
    expect((await run([...words, '--to', '2010-11-28', capture])).records).toHaveLength(1)
    expect((await run([...words, '--to', '2010-11-28T19:49:00', capture])).records).toHaveLength(0)
  })

  test('show what was not understood', async () => {
    const odd = meterSays.with(3, '4R|2|^^^Glucose|11.5|mmol/L^P||A||201013272001\r\x17')
    const file = save('odd.txt', odd.flatMap(reportsOf).concat(endOfTransfer).join('\n'))
    const { records, said, status } = await run([...words, '--skipped', file])
    expect(new Set(records.map(record => record['type']))).toEqual(new Set(['skipped', 'smbg']))
    expect(records).toHaveLength(2)
    expect(records.find(record => record['type'] === 'skipped')).toEqual({
      type: 'skipped',
      reason: expect.stringContaining('impossible time'),
      raw: { file, page: 3, offset: 0, length: 1 + 48 + 2 + 2 },
    })
    expect(said).toContain('skipped 1')
    expect(status).toBe(0)
  })
})

describe('wrong use', () => {
  test.each([
    [[], 'Which file?'],
    [['--driver', 'nobody', 'a.txt'], 'There is no driver "nobody". Drivers: contour'],
    [['--driver', 'contour', '--model', 'nothing', 'a.txt'], 'has no model "nothing"'],
    [['--driver', 'contour', '--bridge', 'stick', 'a.txt'], 'has no bridge "stick"'],
  ])('%j ends with 2', async (words, message) => {
    const { status, said, records } = await run(words)
    expect([status, records]).toEqual([2, []])
    expect(said).toContain(message)
  })

  test('help is printed and ends with 0', async () => {
    const { status, printed } = await run(['--help'])
    expect(status).toBe(0)
    expect(printed).toContain('npm run --silent records')
  })
})

describe('files that cannot be read', () => {
  test.each([
    ['a missing one', join(folder, 'nowhere.csv'), 'There is no such file.'],
    ['a folder', folder, 'This is a folder.'],
    ['a foreign one', save('foreign.csv', 'name;age\nsomebody;42\n'), 'foreign.csv: '],
    ['an empty one', save('nothing.csv', ''), 'nothing.csv: '],
    ['a binary one', save('binary.csv', Buffer.alloc(3000, 7)), 'binary.csv: '],
  ])('%s: 1 and the reason', async (_, file, message) => {
    const { status, records, said } = await run([file])
    expect([status, records]).toEqual([1, []])
    expect(said).toContain(message)
    expect(said).not.toContain(' at ')
  })

  test('do not stop the others', async () => {
    const files = [join(folder, 'nowhere.txt'), capture]
    const { status, records } = await run(['--driver', 'contour', '--model', 'contour-usb', ...files])
    expect([status, records.length]).toEqual([1, 2])
  })
})

const csv = captures('carelink-csv')
describe.skipIf(!csv)(`a CareLink export${csv ? '' : ' (skipped: no captures beside the checkout)'}`, () => {
  const file = join(csv ?? '', 'v3-mgdl-780g-2025-11-04.csv')

  test('is recognised and becomes records in the file’s order', async () => {
    const { status, records, said } = await run([file])
    expect(status).toBe(0)
    expect(records.length).toBeGreaterThan(1000)
    expect(new Set(records.map(record => record['id'])).size).toBe(records.length)
    expect(said).toContain('780G')
  })

  test('can be cut off by whoever reads it', async () => {
    const child = start([file])
    await once(child.stdout, 'data')
    child.stdout.destroy()
    const [status] = await once(child, 'close')
    expect(status).toBe(0)
  })
})

test('--carelink gives one file that the command reads again, and says what is not in it', async () => {
  const file = await run(['--driver', 'contour', '--model', 'contour-usb', '--carelink', capture])
  expect(file.said).toContain('written 2; left out: nothing; without some details: 2 smbg')
  const { status, records } = await run([save('export.csv', file.printed)])
  expect(status).toBe(0)
  expect(records.map(({ deviceTime, fields }) => [deviceTime, fields])).toEqual([
    // Rows of such a file descend, and so do the records of it.
    ['2010-12-27T20:01:00', expect.objectContaining({ value: 11.5, units: 'mmol/L', subType: 'meter' })],
    ['2010-11-28T19:49:00', expect.objectContaining({ value: 7.9, units: 'mmol/L', subType: 'meter' })],
  ])
})

function save(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const payloadOf = (report: string): string => report.slice(8, 8 + 2 * Number.parseInt(report.slice(6, 8), 16))

function start(words: readonly string[]): ChildProcess & { stdout: NodeJS.ReadableStream & { destroy(): void } } {
  // Piped, so there is a stdout.
  return spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'pipe'] }) as ReturnType<typeof start>
}

async function run(words: readonly string[]) {
  const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  let said = ''
  child.stdout.setEncoding('utf8').on('data', text => {
    printed += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    said += text
  })
  const [status] = await once(child, 'close')
  const lines = printed.startsWith('{') ? printed.trimEnd().split('\n') : []
  return { status, printed, said, records: lines.map(line => JSON.parse(line) as Record<string, unknown>) }
}
