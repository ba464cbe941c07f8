/**
 * Gives rows their time. Rows whose date has two readings are held back until one row of the file decides, or, if none
 * does, until the end of the file; then they go on in their order. Source: CareLink export sheet §2 "Dates".
 */
import type { DeviceTime } from '#records/time.ts'
import type { Header } from './columns.ts'
import {
  type DateOrder,
  type DateReadings,
  dateReadings,
  decideOrder,
  orderOf,
  splitDateAndTime,
  timeOfDayMsFrom,
} from './dates.ts'
import type { Output, RowPlace, TableReader } from './rows.ts'

export interface UndatedRow extends RowPlace {
  readonly cells: readonly string[]
  readonly header: Header
  readonly table: TableReader
}

/** Rows held back at most; a file that is still undecided then is decided by its period and the order of its rows. */
const MAX_HELD_ROWS = 20_000

export function createFileDates(out: Output, periods: () => readonly (readonly [DateReadings, DateReadings])[]) {
  let order: DateOrder | undefined
  let held: UndatedRow[] = []
  let lastText = ''
  let lastReadings: DateReadings | undefined

  function readingsOf(text: string): DateReadings | undefined {
    // Neighbouring rows are mostly of the same day.
    if (text !== lastText) {
      lastText = text
      lastReadings = dateReadings(text)
    }
    return lastReadings
  }

  function cellsOf({ cells, header }: UndatedRow): { date: string; time: string } {
    const date = cells[header.positions.get('date') ?? -1] ?? ''
    const time = cells[header.positions.get('time') ?? -1] ?? ''
    if (time !== '') return { date: date.includes(':') ? splitDateAndTime(date).date : date, time }
    const both = splitDateAndTime(date)
    return { date: both.date, time: both.time ?? '' }
  }

  function pass(row: UndatedRow): void {
    const { date, time } = cellsOf(row)
    const readings = readingsOf(date)
    const day = readings?.[order ?? 'monthFirst']
    const timeOfDayMs = timeOfDayMsFrom(time)
    if (day === undefined || timeOfDayMs === undefined) {
      out.skipped(row, `Date or time is not readable: ${date} ${time}`.trim())
      return
    }
    // A cast: a wall-clock midnight and milliseconds within that day are a wall clock.
    const at = (day + timeOfDayMs) as DeviceTime
    row.table.read({ cells: row.cells, time: at, ref: row.ref, line: row.line, dateOrder: order ?? 'monthFirst' })
  }

  function release(decided: DateOrder): void {
    order = decided
    const rows = held
    held = []
    for (const row of rows) pass(row)
  }

  function decide(): void {
    const dates = held.map(row => readingsOf(cellsOf(row).date)).filter(readings => readings !== undefined)
    const rowsAscend = held[0]?.header.positions.has('raw-type') === true
    const decided = decideOrder(dates, periods(), rowsAscend)
    const [sample] = held
    const date = sample === undefined ? '' : cellsOf(sample).date
    const first = decided === 'monthFirst' ? 'month' : 'day'
    out.warning(`No date in the file tells month from day, such as ${date}. They were read with the ${first} first.`)
    release(decided)
  }

  return {
    read(row: UndatedRow): void {
      if (order === undefined) {
        const said = orderOf(readingsOf(cellsOf(row).date))
        if (said === 'undecided' || held.length > 0) {
          held.push(row)
          if (said !== 'either' && said !== 'undecided') release(said)
          else if (held.length >= MAX_HELD_ROWS) decide()
          return
        }
        if (said !== 'either') order = said
      }
      pass(row)
    },
    /** Decides for what is still held back; at the end of the file. */
    settle(): void {
      if (held.length > 0) decide()
    },
  }
}
