/** How much of each day the sensor covers, as bars; x is the day's index. */
import type { Preferences } from '#records/preferences.ts'
import type { CoverageDay } from '#reports/qualityModel.ts'
import { roundHalfEven } from '#records/units.ts'
import type { ChartSpec, Stop } from '../../charts/spec.ts'
import type { Format } from '../../texts/format.ts'
import { qualityTexts as t } from '../../texts/reports/quality.ts'
import { reportTexts } from '../../texts/reports.ts'
import { hoursText } from '../amounts.ts'
import { daysAxis } from '../daysChart.ts'

export interface CoverageDrawing {
  readonly days: readonly CoverageDay[]
  readonly preferences: Preferences
  readonly format: Format
}

const BAR_WIDTH = 0.78
const ENOUGH = 70

export function coverageChart(drawing: CoverageDrawing): ChartSpec {
  return {
    ...daysAxis(drawing),
    lanes: [
      {
        id: 'coverage',
        title: t.coverage.axis,
        weight: 1,
        min: 0,
        // Room for the title above a whole day.
        max: 130,
        ticks: [0, ENOUGH, 100].map(value => ({ value, label: String(value), limit: value === ENOUGH })),
        boxes: drawing.days.map(({ fraction }, index) => ({
          x0: index - BAR_WIDTH / 2,
          x1: index + BAR_WIDTH / 2,
          y0: 0,
          y1: fraction * 100,
          tone: 'neutral',
        })),
      },
    ],
  }
}

/** "97.2 %": tables give a share one decimal (metrics sheet §1.3). */
export const coverageText = (fraction: number, format: Format): string =>
  `${format.number(roundHalfEven(fraction * 100, 1), 1)} %`

export const coverageStops = ({ days, format }: CoverageDrawing): readonly Stop[] =>
  days.map(({ day, fraction, minutes }, x) => ({
    x,
    text: reportTexts.days.stop(format.dayExact(day), [
      t.coverage.stop(coverageText(fraction, format), hoursText(minutes)),
    ]),
  }))
