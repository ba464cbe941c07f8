/**
 * The rows of the table of both periods, as written. A difference is that of the numbers shown, so that anybody can check
 * it. Source: reports sheet §1.2 (1), metrics sheet §1.3.
 */
import type { Preferences } from '#records/preferences.ts'
import { roundHalfEven } from '#records/units.ts'
import type { AssessmentSide, Comparison } from '#reports/assessmentModel.ts'
import type { Format } from '../../texts/format.ts'
import { reportTexts } from '../../texts/reports.ts'
import { assessmentTexts } from '../../texts/reports/assessment.ts'
import type { Behind } from '../behind.ts'
import type { Cell, Row } from './cells.ts'
import { glucoseGroups } from './glucoseRows.ts'
import { pumpGroups } from './pumpRows.ts'

export interface RowGroup {
  readonly name: string
  readonly rows: readonly {
    readonly name: string
    readonly behind: Behind
    readonly now: Cell | undefined
    readonly before: Cell | undefined
    readonly change: string
  }[]
}

const t = assessmentTexts.table

/** All rows in which either period has a number. */
export function statistics(
  { now, before, headline }: Comparison,
  format: Format,
  preferences: Preferences,
): readonly RowGroup[] {
  const isCompared = headline?.notCompared === undefined
  const isSameLength = now.days === before?.days
  return [...glucoseGroups(format, preferences), ...pumpGroups(format)]
    .map(({ name, ofGlucose, rows }) => ({
      name,
      rows: rows.flatMap(row => {
        const cells = [row.cell(now), before && row.cell(before)] as const
        if (cells.every(cell => cell === undefined || (row.onlyIfAny && isNothing(cell)))) return []
        return [
          {
            name: row.name,
            behind: row.behind,
            now: cells[0],
            before: cells[1],
            change:
              (ofGlucose && !isCompared) || (row.isCount && !isSameLength) || !isEnough(row, [now, before])
                ? reportTexts.none
                : changeText(row, cells, format),
          },
        ]
      }),
    }))
    .filter(({ rows }) => rows.length > 0)
}

const isEnough = (row: Row, sides: readonly (AssessmentSide | undefined)[]): boolean =>
  sides.every(side => side !== undefined && (row.isEnough?.(side) ?? true))

const isNothing = ({ shown, note }: Cell): boolean => shown === 0 && note === undefined

function changeText(row: Row, [now, before]: readonly [Cell | undefined, Cell | undefined], format: Format): string {
  if (now?.shown === undefined || before?.shown === undefined) return reportTexts.none
  const { places, unit } = row
  const difference = roundHalfEven(now.shown - before.shown, places)
  if (difference === 0) return t.change.same
  const sign = difference > 0 ? t.change.more : t.change.less
  const amount = Math.abs(difference)
  return sign + (row.difference?.(amount) ?? `${format.number(amount, places)}${unit === undefined ? '' : ` ${unit}`}`)
}
