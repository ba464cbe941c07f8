/**
 * Reads CareLink's CSV exports, every generation since about 2006. Finds the tables in the file and hands each row to
 * the reader of its kind; holds only what waits for another row. Source: CareLink export sheet §1, §2, §3.
 */
import { type CsvRow, looksLikeUtf16, readCsv } from '../csv.ts'
import { ImportError, type Importer, type ImportSink } from '../importer.ts'
import { careLinkCells } from './cells.ts'
import { asRawHeader, type Header, headerFrom, isHeaderLine, RAW_COLUMNS } from './columns.ts'
import { createFileDates } from './fileDates.ts'
import { createFileDevices } from './fileDevices.ts'
import { createRepeatMerge } from './joins.ts'
import { percentStepsOf } from './percentSteps.ts'
import { type Preamble, preambleFrom } from './preamble.ts'
import { createRawReader } from './rawRows.ts'
import { createOutput, refOf, type TableReader } from './rows.ts'
import { createSectionReader } from './sectionRows.ts'
import { listsOnlySimulated } from './simulated.ts'

export const importer: Importer = {
  id: 'carelink-csv',
  name: 'CareLink CSV export',
  decoderVersion: 2,
  recognise,
  isSimulated: listsOnlySimulated,
  async read(bytes, sink) {
    try {
      await read(bytes, sink)
    } catch (error) {
      if (error instanceof ImportError) throw error
      throw new ImportError('bug', 'The reader of CareLink files failed', error)
    }
  },
}

/** Longest part in front of the first header row that is looked at for devices and dates, lines. */
const PREAMBLE_LINES = 200

/** A Raw-Type as the pump's software names things; told from other files' words by a known beginning. */
const RAW_TYPE =
  /^(Current|Change|BG|CalBG|Bolus|BasalProfile|Sensor|GlucoseSensor|Prime|Rewind|Result|Alarm|ClearAlarm|JournalEntry|Unabsorbed|SelfTest)[A-Za-z]*$/

/**
 * 1 for a file with a header row of CareLink's, less for CareLink's first lines alone. A file called .csv that no
 * importer can read (empty, binary, a web page) gets 0.01, so that {@link Importer.read} says what it is.
 */
function recognise(head: Uint8Array, fileName: string): number {
  const text = new TextDecoder('windows-1252').decode(head)
  for (const line of text.split(/[\r\n]+/)) {
    if (isHeaderLine(line)) return isOurHeader(headerFrom(line)) ? 1 : 0
  }
  if (/CareLink .*\(v1\.|^\W*Last Name[;,]First Name[;,]Patient ID[;,]System ID/i.test(text.slice(0, 400))) return 0.9
  if (/^-------[;,].*[;,](Pump|Sensor)[;,]/m.test(text)) return 0.9
  const isUnreadable = text.trim() === '' || text.includes('\0') || /^\W*<(!doctype|html|\?xml|head|body)/i.test(text)
  return isUnreadable && /\.(csv|txt)$/i.test(fileName) ? 0.01 : looksLikeUtf16(head) ? 0.01 : 0
}

/** Date and time by name and one fact beside them, or the shape of the oldest generation in another language. */
function isOurHeader(header: Header): boolean {
  const has = header.positions
  if (has.has('date') && has.has('time')) {
    return has.has('raw-type') || has.has('sensor glucose') || has.has('bg reading') || has.has('bolus type')
  }
  return header.width === RAW_COLUMNS.length
}

async function read(bytes: AsyncIterable<Uint8Array>, sink: ImportSink): Promise<void> {
  const out = createOutput(sink)
  const repeats = createRepeatMerge()
  const lines: string[] = []
  let preamble: Preamble | undefined
  let divider: Divider | undefined
  let header: Header | undefined
  let table: TableReader | undefined
  let headers = 0
  let rows = 0
  let firstLine = ''

  const dates = createFileDates(out, () => preamble?.periods ?? [])
  let devices: ReturnType<typeof createFileDevices> | undefined

  /**
   * Readers by what stands above their rows. Sections of a long period come in turns: what waits at the end of one may
   * find its other half where it goes on.
   */
  const tables = new Map<string, { readonly header: Header; readonly table: TableReader }>()
  let tableKey = ''

  function endTable(): void {
    table = undefined
    header = undefined
  }

  function beginTable(text: string): void {
    preamble ??= preambleFrom(lines)
    devices ??= createFileDevices(preamble, out)
    header = headerFrom(text)
    tableKey = JSON.stringify([divider, header.names])
    const before = tables.get(tableKey)
    if (before) ({ header, table } = before)
    headers++
  }

  /** The reader of the table that the first row shows it to be; `undefined` for a table of something else. */
  function tableFor(cells: readonly string[]): TableReader | undefined {
    if (!header || !devices) return undefined
    const { deviceOfRow, deviceOfSection } = devices
    const above = divider
    if (header.positions.has('raw-type')) {
      // In our own exports; CareLink's with such rows have no dividers.
      const ofSection = above && (() => deviceOfSection(above.model, above.serial, above.isMeter))
      return createRawReader(header, ofSection ?? deviceOfRow, out)
    }
    if (header.positions.has('date') && header.positions.has('time')) {
      const kind = divider?.isAutoInsulin ? 'AutoInsulin' : divider?.kind === 'Sensor' ? 'Sensor' : 'Pump'
      const isMeter = divider?.isMeter === true
      const device = deviceOfSection(divider?.model, divider?.serial, isMeter)
      const percentSteps = percentStepsOf(divider?.model ?? '')
      const section = { kind, device, isMeter, ...(percentSteps && { percentSteps }) } as const
      return createSectionReader(header, section, out, repeats)
    }
    if (header.width !== RAW_COLUMNS.length || !RAW_TYPE.test(cells[33] ?? '')) return undefined
    header = asRawHeader(header)
    return createRawReader(header, deviceOfRow, out)
  }

  function dataRow(row: CsvRow): void {
    if (!header) return
    const cells = careLinkCells(row.text, header.delimiter)
    if (cells.every(cell => cell === '')) return
    rows++
    if (!table) {
      table = tableFor(cells)
      if (table) tables.set(tableKey, { header, table })
    }
    const place = { ref: refOf(row), line: row.line }
    if (!table) {
      header = undefined
      out.skipped(place, 'The column names above this row are not those of a CareLink export')
      return
    }
    const isCut = !row.ended && (cells.length < header.width || devices?.isCutName(cells, header) === true)
    if (isCut) {
      out.skipped(place, 'The last line is cut off')
      out.warning('The last line of the file is cut off: the export or the download was not complete.')
    } else if (cells.length < header.width) {
      out.skipped(place, `The row has ${cells.length} cells, the table ${header.width} columns`)
    } else if (cells.slice(header.width).some(cell => cell !== '')) {
      out.skipped(place, `The row has more cells than the table's ${header.width} columns`)
    } else {
      dates.read({ cells, header, table, ...place })
    }
  }

  await readCsv(readable(bytes), {
    onProgress: bytesRead => sink.progress(bytesRead),
    delimiter: () => header?.delimiter,
    onRow(row) {
      const { text } = row
      if (row.tooLong) {
        out.skipped({ ref: refOf(row), line: row.line }, 'A line of more than a million characters')
      } else if (isHeaderLine(text)) {
        beginTable(text)
      } else if (isDividerLine(text)) {
        endTable()
        divider = dividerFrom(text)
      } else if (header) {
        dataRow(row)
      } else {
        if (firstLine === '') firstLine = text.trim()
        if (headers === 0 && lines.length < PREAMBLE_LINES) lines.push(text)
      }
    },
  })
  dates.settle()
  for (const { table: reader } of tables.values()) reader.end()
  repeats.end()

  const promised = preamble?.promisedRows
  if (promised !== undefined && promised !== rows) {
    out.warning(`The file says that it holds ${promised} rows, but it holds ${rows}.`)
  }
  if (out.records === 0) throw new ImportError('nothing-readable', reasonForNothing())

  function reasonForNothing(): string {
    if (/^<(!doctype|html|\?xml|head|body)/i.test(firstLine)) return 'The file is a web page, not an export.'
    if (headers === 0)
      return 'There is no line with column names: the one that begins with "Index" in CareLink exports.'
    if (rows === 0) return 'There are column names, but no rows below them.'
    return out.firstReason ?? 'The rows hold dates and times, but no values.'
  }
}

interface Divider {
  readonly model: string
  readonly kind: string
  readonly serial: string
  readonly isAutoInsulin: boolean
  /** In our own exports; CareLink has pumps only. */
  readonly isMeter: boolean
}

const isDividerLine = (text: string): boolean => /^\uFEFF?\s*"?-------"?\s*[;,\t]/.test(text)

/** `-------;MiniMed 780G MMT-1886;Pump;NG1000003H;Aggregated Auto Insulin Data`. The fifth cell decides first. */
function dividerFrom(text: string): Divider {
  const delimiter = /^\W*-------"?\s*([;,\t])/.exec(text)?.[1] ?? ';'
  const [, model = '', kind = '', serial = '', last = ''] = careLinkCells(text, delimiter)
  return { model, kind, serial, isAutoInsulin: /^aggregated/i.test(last), isMeter: /^meter/i.test(last) }
}

/** Errors of the browser's file reading become ours. */
async function* readable(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes
  } catch (error) {
    if (error instanceof ImportError) throw error
    throw new ImportError('file-unreadable', undefined, error)
  }
}
