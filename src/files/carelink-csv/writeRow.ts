/** What the writers of single records give: rows by the names of their columns. Source: CareLink export sheet §6. */
import type { DeviceTime } from '#records/time.ts'
import { type Column, headerFrom } from './columns.ts'
import { glucoseFrom } from './glucose.ts'
import { numberText } from './numbers.ts'
import { type ColumnUnits, columnNames, rawColumnNames } from './writeColumns.ts'

/** Numbers are written in the file's style; texts are protected and quoted. */
export type Cells = Readonly<Partial<Record<Column, number | string | undefined>>>

export interface Row {
  readonly time: DeviceTime
  readonly cells: Cells
}

/** How a record stands in the file. */
export interface Written {
  /** In the order in which things happened. */
  readonly rows: readonly Row[]
  /** Something that the record says has no column. */
  readonly isShortened?: boolean
}

const placesOf = (names: readonly string[]): ReadonlyMap<Column, number> => headerFrom(names.join(';')).positions
const ANY_UNITS: ColumnUnits = { glucose: 'mg/dL', carbs: 'grams' }

/** Where the columns stand, the same in every table; three places have other names in a table of raw rows. */
export const COLUMN_PLACES: ReadonlyMap<Column, number> = new Map([
  ...placesOf(columnNames(ANY_UNITS)),
  ...placesOf(rawColumnNames(ANY_UNITS)),
])

export const oneRow = (time: DeviceTime, cells: Cells, isShortened = false): Written => ({
  rows: [{ time, cells }],
  isShortened,
})

/** Would a reader take this number for a glucose value in its unit, and for the same one? */
export function isWritableGlucose({
  value,
  units,
}: {
  readonly value: number
  readonly units: ColumnUnits['glucose']
}): boolean {
  const read = glucoseFrom(numberText(value), units)
  return typeof read !== 'string' && read.value === value
}

/** Is this an amount that readers believe? */
export const isAmount = (value: number | undefined, max: number): value is number =>
  value !== undefined && value >= 0 && value <= max
