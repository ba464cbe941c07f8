/**
 * What the two kinds of tables share: a row with its cells and its place in the file, and the way out to the sink.
 */
import type { DeviceIdentity, RawRef, RecordType, Skipped, TherapyRecord } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import type { CsvRow } from '../csv.ts'
import type { ImportSink } from '../importer.ts'
import type { Column, Header } from './columns.ts'
import type { DateOrder } from './dates.ts'

/** A row of a table whose time is known. */
export interface TableRow {
  readonly cells: readonly string[]
  readonly time: DeviceTime
  readonly ref: RawRef
  readonly line: number
  /** How the file writes dates, for further dates in the row. */
  readonly dateOrder: DateOrder
}

/** The place of a row, all that is kept of one that waits for others. */
export type RowPlace = Pick<TableRow, 'ref' | 'line'>

/** Takes what the readers of tables find; counts it. */
export interface Output {
  device(identity: DeviceIdentity): number
  record(device: number, record: TherapyRecord): void
  skipped(row: RowPlace, reason: string): void
  warning(text: string): void
  readonly records: number
  readonly firstReason: string | undefined
}

/** A table is read row by row; `end` gives what still waits for rows that did not come. */
export interface TableReader {
  read(row: TableRow): void
  end(): void
}

export const refOf = (row: CsvRow): RawRef => ({ page: 0, offset: row.offset, length: row.length })

/** The cell of a column; empty when the table has no such column. */
export function cellOf(header: Header, row: TableRow, column: Column): string {
  const at = header.positions.get(column)
  return at === undefined ? '' : (row.cells[at] ?? '')
}

/** Fields of which those that may be missing may be undefined. */
type Known<T> = { readonly [K in keyof T]: Record<never, never> extends Pick<T, K> ? T[K] | undefined : T[K] }

/** The object without its undefined fields: a field that is not known is not there. */
export function known<T extends object>(fields: Known<T>): T {
  const kept: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) kept[key] = value
  // A cast: only undefined values were left out, and `Known` allows those only where a field may be missing.
  return kept as T
}

/** What real exports hold twice in one second without anybody having copied a row, and which adds nothing to a sum. */
export const TOLD_TWICE: ReadonlySet<RecordType> = new Set<RecordType>(['cbg', 'basalRate', 'alarm'])

/**
 * Hands on to the sink; a device named twice is asked for once. A row that stands in the file again, as in exports
 * pasted together, is named by its content (sheet §7): it gives no second record, or its insulin would count twice.
 */
export function createOutput(sink: ImportSink): Output {
  const devices = new Map<string, number>()
  const told = new Set<string>()
  let records = 0
  let firstReason: string | undefined
  return {
    device(identity) {
      const key = `${identity.kind}|${identity.serial}`
      const number = devices.get(key) ?? sink.device(identity)
      devices.set(key, number)
      return number
    },
    record(device, record) {
      const { type, deviceTime, identity, raw, supporting = [] } = record
      if (!TOLD_TWICE.has(type)) {
        const key = `${device} ${type} ${deviceTime} ${identity}`
        if (told.has(key)) {
          for (const ref of [raw, ...supporting]) sink.skipped({ ...ref, reason: 'The row stands in the file already' })
          return
        }
        told.add(key)
      }
      records++
      sink.record(device, record)
    },
    skipped({ ref, line }, reason) {
      firstReason ??= reason
      const skipped: Skipped = { ...ref, reason, line }
      sink.skipped(skipped)
    },
    warning(text) {
      sink.warning(text)
    },
    get records() {
      return records
    },
    get firstReason() {
      return firstReason
    },
  }
}
