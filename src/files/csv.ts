/**
 * Rows of a CSV file as its bytes stream by. Works on bytes, so that every row knows where it stands in the file;
 * knows no column and no meaning. Quotes as in RFC 4180; text as UTF-8, or Windows-1252 from the first row on that
 * is not UTF-8 (old localized exports).
 *
 * Bounds: a row is at most `maxRowBytes` long, a quoted cell spans lines only within `maxQuotedBytes`. A quote that is
 * still open there is taken as an ordinary character, and from then on every line is a row: one stray quote must not
 * swallow the file.
 */
import { ImportError } from './importer.ts'

/** One row. `text` is what stands between the line ends; cells are split only when asked for, see {@link csvCells}. */
export interface CsvRow {
  readonly text: string
  /** Where the row begins in the file, bytes; a byte order mark in front is not part of it. */
  readonly offset: number
  /** Bytes without the line end. */
  readonly length: number
  /** 1 for the first line; a row with line breaks inside quotes has the number of its first line. */
  readonly line: number
  /** Longer than `maxRowBytes`: `text` is then empty. */
  readonly tooLong: boolean
  /** A line end follows. False at most for the last row of the file. */
  readonly ended: boolean
}

export interface CsvReading {
  onRow(row: CsvRow): void
  /** Called at least every MiB with the bytes read so far. */
  onProgress?(bytesRead: number): void
  /** The delimiter, once the caller knows it; before that a quote may open after any of `;` `,` and tab. */
  delimiter?(): string | undefined
  readonly maxRowBytes?: number
  readonly maxQuotedBytes?: number
}

const MAX_ROW_BYTES = 1 << 20
const MAX_QUOTED_BYTES = 1 << 16
const PIECE_BYTES = 1 << 18
/** How much is looked at before the file is taken for text. */
const HEAD_BYTES = 4096

const LF = 0x0a
const CR = 0x0d
const QUOTE = 0x22
const BLANK = 0x20

/**
 * Reads all rows in the file's order. Throws ImportError `empty-file` (no bytes, or nothing but blanks),
 * `binary-file` (not text), `nothing-readable` (UTF-16). Errors of `bytes` and of the callbacks pass through.
 */
export async function readCsv(bytes: AsyncIterable<Uint8Array>, reading: CsvReading): Promise<void> {
  const scanner = createRowScanner(reading)
  let head: Uint8Array | undefined = new Uint8Array(0)
  let bytesRead = 0
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      const piece = chunk.subarray(at, at + PIECE_BYTES)
      bytesRead += piece.length
      if (head) {
        head = joined(head, piece)
        if (head.length < HEAD_BYTES) continue
        assertText(head.subarray(0, HEAD_BYTES))
        scanner.push(head)
        head = undefined
      } else {
        scanner.push(piece)
      }
      reading.onProgress?.(bytesRead)
    }
  }
  if (head) {
    assertText(head)
    scanner.push(head)
  }
  scanner.end()
  reading.onProgress?.(bytesRead)
}

/**
 * The cells of a row, without quotes around them and without blanks at their ends. A quote that opens and is never
 * closed is an ordinary character.
 */
export function csvCells(text: string, delimiter: string): string[] {
  if (!text.includes('"')) {
    const cells = text.split(delimiter)
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i]
      if (cell) cells[i] = cell.trim()
    }
    return cells
  }
  const cells: string[] = []
  let at = 0
  while (true) {
    const quoted = quotedCell(text, at, delimiter)
    if (quoted) {
      cells.push(quoted.cell)
      if (quoted.next < 0) return cells
      at = quoted.next
      continue
    }
    const end = text.indexOf(delimiter, at)
    if (end < 0) {
      cells.push(text.slice(at).trim())
      return cells
    }
    cells.push(text.slice(at, end).trim())
    at = end + 1
  }
}

/** The quoted cell that begins at `at`, and where the next one begins (-1 after the last); undefined if none does. */
function quotedCell(text: string, at: number, delimiter: string): { cell: string; next: number } | undefined {
  let open = at
  while (text[open] === ' ') open++
  if (text[open] !== '"') return undefined
  let cell = ''
  let from = open + 1
  while (true) {
    const close = text.indexOf('"', from)
    if (close < 0) return undefined
    cell += text.slice(from, close)
    if (text[close + 1] === '"') {
      cell += '"'
      from = close + 2
      continue
    }
    const end = text.indexOf(delimiter, close)
    // What follows a closing quote belongs to the cell: `"12" x` is a cell `12 x`.
    const rest = text.slice(close + 1, end < 0 ? undefined : end)
    return { cell: (cell + rest).trim(), next: end < 0 ? -1 : end + 1 }
  }
}

/** Throws when these first bytes of a file are not text that can be read. */
function assertText(head: Uint8Array): void {
  if (head.every(byte => byte === BLANK || byte === LF || byte === CR || byte === 0x09))
    throw new ImportError('empty-file')
  if (looksLikeUtf16(head)) {
    throw new ImportError(
      'nothing-readable',
      'The file is saved as UTF-16 ("Unicode text"). Save it as CSV in UTF-8 and choose it again.',
    )
  }
  const control = head.reduce((count, byte) => count + (byte < 0x09 || (byte > 0x0d && byte < BLANK) ? 1 : 0), 0)
  if (head.includes(0) || control * 20 > head.length) throw new ImportError('binary-file')
}

/** A byte order mark of UTF-16, or a zero in every other byte as western text has it in UTF-16. */
export function looksLikeUtf16(head: Uint8Array): boolean {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return true
  let even = 0
  let odd = 0
  for (let i = 0; i < head.length; i++) {
    if (head[i] !== 0) continue
    if (i % 2 === 0) even++
    else odd++
  }
  const half = head.length / 2
  return half >= 4 && (even > odd ? odd === 0 && even > half * 0.7 : even === 0 && odd > half * 0.7)
}

/** Cuts bytes into rows as they come; `end` gives the last row that has no line end. */
function createRowScanner(reading: CsvReading): { push(piece: Uint8Array): void; end(): void } {
  const maxRowBytes = reading.maxRowBytes ?? MAX_ROW_BYTES
  const maxQuotedBytes = reading.maxQuotedBytes ?? MAX_QUOTED_BYTES
  const decode = createDecoder()

  let buffer = new Uint8Array(2 * PIECE_BYTES)
  /** File offset of `buffer[0]`. */
  let base = 0
  /** The row so far is `start` to `scan`; bytes lie up to `end`. */
  let start = 0
  let scan = 0
  let end = 0

  let line = 1
  let linesInRow = 0
  let mayOpenQuote = true
  let insideQuotes = false
  let quoteBefore = false
  let quotesSpanLines = true
  /** Set while the rest of a row that is too long runs by. */
  let discardedFrom: number | undefined
  let afterCarriageReturn = false
  let atFileStart = true

  function beginRow(at: number): void {
    start = at
    mayOpenQuote = true
    insideQuotes = false
    quoteBefore = false
    linesInRow = 0
  }

  function emit(to: number, ended: boolean): void {
    const tooLong = discardedFrom !== undefined
    const offset = discardedFrom ?? base + start
    const length = base + to - offset
    const text = tooLong ? '' : decode(buffer.subarray(start, to))
    discardedFrom = undefined
    reading.onRow({ text, offset, length, line, tooLong, ended })
    line += linesInRow + 1
  }

  function takeOpenQuoteLiterally(): void {
    quotesSpanLines = false
    scan = start
    beginRow(start)
  }

  function run(): void {
    const delimiter = reading.delimiter?.()?.charCodeAt(0)
    while (scan < end) {
      const byte = buffer[scan] ?? 0
      if (afterCarriageReturn) {
        afterCarriageReturn = false
        if (byte === LF) {
          scan++
          beginRow(scan)
          continue
        }
      }
      if (byte === LF || byte === CR) {
        const inQuotes = insideQuotes && !quoteBefore && discardedFrom === undefined
        if (!inQuotes || !quotesSpanLines) {
          emit(scan, true)
          afterCarriageReturn = byte === CR
          scan++
          beginRow(scan)
          // The caller may have learned the delimiter from this row.
          if (reading.delimiter?.()?.charCodeAt(0) !== delimiter) return run()
          continue
        }
        if (scan - start > maxQuotedBytes) {
          takeOpenQuoteLiterally()
          continue
        }
        if (byte === LF || buffer[scan + 1] !== LF) linesInRow++
        scan++
        continue
      }
      if (scan - start >= maxRowBytes) {
        discardedFrom ??= base + start
        start = scan
      }
      if (insideQuotes) {
        if (byte === QUOTE) {
          quoteBefore = !quoteBefore
        } else if (quoteBefore) {
          insideQuotes = false
          quoteBefore = false
          mayOpenQuote = opensField(byte, delimiter)
        }
      } else if (byte === QUOTE) {
        insideQuotes = mayOpenQuote
        mayOpenQuote = false
      } else if (byte !== BLANK) {
        mayOpenQuote = opensField(byte, delimiter)
      }
      scan++
    }
  }

  return {
    push(piece) {
      if (end + piece.length > buffer.length) {
        const kept = buffer.subarray(start, end)
        const size = Math.max(buffer.length, 2 * (kept.length + piece.length))
        const next = size > buffer.length ? new Uint8Array(size) : buffer
        next.set(kept)
        buffer = next
        base += start
        scan -= start
        end -= start
        start = 0
      }
      buffer.set(piece, end)
      end += piece.length
      if (atFileStart && end >= 3) {
        atFileStart = false
        if (buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) {
          scan = 3
          start = 3
        }
      }
      if (!atFileStart) run()
    },
    end() {
      atFileStart = false
      run()
      while (insideQuotes && !quoteBefore && discardedFrom === undefined && linesInRow > 0) {
        takeOpenQuoteLiterally()
        run()
      }
      if (scan > start || discardedFrom !== undefined) emit(scan, false)
      beginRow(scan)
    },
  }
}

function opensField(byte: number, delimiter: number | undefined): boolean {
  if (delimiter !== undefined) return byte === delimiter
  return byte === 0x3b || byte === 0x2c || byte === 0x09
}

/** What Windows-1252 has at 0x80 to 0x9f. Some versions of Node decode these as ISO 8859-1, browsers do not. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

/** UTF-8 as long as it is UTF-8; Windows-1252 from the first row on that is not. */
function createDecoder(): (bytes: Uint8Array) => string {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let old: TextDecoder | undefined
  return bytes => {
    if (!old) {
      try {
        return utf8.decode(bytes)
      } catch {
        // TextDecoder throws for one reason only: these bytes are not UTF-8.
        old = new TextDecoder('windows-1252')
      }
    }
    return old.decode(bytes).replace(/[\x80-\x9f]/g, char => WINDOWS_1252[char.charCodeAt(0) - 0x80] ?? char)
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
