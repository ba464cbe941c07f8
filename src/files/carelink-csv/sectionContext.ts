/**
 * What the readers of one section share: its header, its device, and where records go.
 * Source: CareLink export sheet §2 (points 6 to 8), §7.
 */
import type { RawRef, TempBasal, TherapyRecord } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import { type Column, type Header, normalName } from './columns.ts'
import { canonicalText, numberFrom } from './numbers.ts'
import { cellOf, type Output, type TableRow } from './rows.ts'

export interface Section {
  readonly kind: 'Pump' | 'Sensor' | 'AutoInsulin'
  readonly device: number
  /** The section is a meter's: its own memory, with one row a test. */
  readonly isMeter: boolean
  /** How this pump rounds temporary rates in percent. */
  readonly percentSteps?: TempBasal['rateSteps']
}

/** Makes records of a row, or says why it cannot. */
export type Handler = (row: TableRow) => string | undefined

/** Handlers by the column that calls for them, and what to do when time goes on and when the section ends. */
export interface Part {
  readonly handlers: readonly (readonly [Column, Handler])[]
  at?(time: DeviceTime): void
  end(): void
}

export interface SectionContext {
  readonly header: Header
  readonly section: Section
  readonly out: Output
  emit(record: TherapyRecord): void
  cell(row: TableRow, column: Column): string
  number(row: TableRow, column: Column): number | undefined
  /**
   * The row as the file gave it, without what differs from export to export: its running number and the style of its
   * digits. `without` leaves one more column out.
   */
  identityOf(row: TableRow, without?: Column): string
  base(row: TableRow): { readonly deviceTime: DeviceTime; readonly identity: string; readonly raw: RawRef }
}

export function createSectionContext(
  header: Header,
  section: Section,
  out: Output,
  emit: (record: TherapyRecord) => void,
): SectionContext {
  const names = header.names.map((name, i) => header.columns[i] ?? normalName(name).plain)
  function identityOf(row: TableRow, without?: Column): string {
    let text: string = section.kind
    row.cells.forEach((value, i) => {
      const name = names[i]
      if (value === '' || name === 'index' || name === 'date' || name === 'time' || name === without) return
      text += `|${name}=${canonicalText(value)}`
    })
    return text
  }
  return {
    header,
    section,
    out,
    emit,
    cell: (row, column) => cellOf(header, row, column),
    number: (row, column) => numberFrom(cellOf(header, row, column)),
    identityOf,
    base: row => ({ deviceTime: row.time, identity: identityOf(row), raw: row.ref }),
  }
}

/** The list, or nothing when it is empty. */
export const some = (refs: readonly RawRef[]): readonly RawRef[] | undefined => (refs.length > 0 ? refs : undefined)
