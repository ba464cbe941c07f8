/** What one number of one period is in the table of both, and how amounts become such cells. */
import { roundHalfEven } from '#records/units.ts'
import type { AssessmentSide } from '#reports/assessmentModel.ts'
import type { RangeName, RangeShares, Sufficient } from '#reports/models.ts'
import type { Format } from '../../texts/format.ts'
import { assessmentTexts } from '../../texts/reports/assessment.ts'
import { rounded, sharesText } from '../amounts.ts'
import type { Behind } from '../behind.ts'

/** One number of one period. */
export interface Cell {
  readonly text: string
  /** What it stands on. */
  readonly note?: string
  /** The number as shown, for the difference; absent when it has none. */
  readonly shown?: number
}

export interface Row {
  readonly name: string
  readonly behind: Behind
  readonly cell: (side: AssessmentSide) => Cell | undefined
  /** Decimals and unit of the difference. */
  readonly places: number
  readonly unit?: string
  /** The difference without its sign, where it is not written as a number with that unit. */
  readonly difference?: (amount: number) => string
  /** A count of the whole period: no difference between periods of different lengths. */
  readonly isCount?: true
  /** Whether the number stands on enough for a difference; that it is known is enough unless told. */
  readonly isEnough?: (side: AssessmentSide) => boolean
  /** Left out when it is nothing in both periods. */
  readonly onlyIfAny?: true
}

export interface RowsOfGroup {
  readonly name: string
  /** Differences only where both periods have enough glucose values. */
  readonly ofGlucose?: true
  readonly rows: readonly Row[]
}

export interface Cells {
  /** A number with its unit; `undefined` stays so. */
  amount(value: number | undefined, places: number, unit?: string, note?: string): Cell | undefined
  percent(value: number | undefined, note?: string): Cell | undefined
  /** Several classes together, as the bar of ranges writes a share: "< 1 %" of what is there but rounds to nothing. */
  shares(of: RangeShares, names: readonly RangeName[], note: string): Cell
  /** A number that needs enough data, in percent. */
  sufficient(value: Sufficient | undefined, places: number, note?: string): Cell | undefined
  /** A difference of percentages: "2 points", "1 point". */
  points(places: number): (amount: number) => string
}

/** A mean of less than half of the days says little of a period. */
export const isHalf = (days: number | undefined, side: AssessmentSide): boolean => 2 * (days ?? 0) >= side.days

export function cellsOf(format: Format): Cells {
  const cells: Cells = {
    amount: (value, places, unit = '', note = '') =>
      value === undefined
        ? undefined
        : {
            text: `${rounded(value, places, format)}${unit === '' ? '' : ` ${unit}`}`,
            shown: roundHalfEven(value, places),
            ...(note === '' ? {} : { note }),
          },
    percent: (value, note) => cells.amount(value, 0, '%', note),
    shares: (of, names, note) => ({
      text: sharesText(of, names, format),
      shown: names.reduce((sum, name) => sum + of[name].percent, 0),
      note,
    }),
    sufficient: (value, places, note) => {
      if (!value) return undefined
      return 'value' in value ? cells.amount(value.value, places, '%', note) : { text: assessmentTexts.table.notEnough }
    },
    points: places => amount => assessmentTexts.table.points(format.number(amount, places)),
  }
  return cells
}
