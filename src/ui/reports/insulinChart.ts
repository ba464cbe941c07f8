/** Insulin day by day as stacked bars: basal below, what an algorithm gave above it, bolus on top. */
import type { Preferences } from '#records/preferences.ts'
import type { InsulinModel } from '#reports/models.ts'
import type { Box, ChartSpec, Stop, Tone } from '../charts/spec.ts'
import type { Format } from '../texts/format.ts'
import { reportTexts } from '../texts/reports.ts'
import { rounded } from './amounts.ts'
import { daysAxis } from './daysChart.ts'

export interface InsulinDrawing {
  readonly days: InsulinModel['days']
  readonly preferences: Preferences
  readonly format: Format
}

const BAR_WIDTH = 0.78
/** Steps of the axis, U. */
const STEPS = [1, 2, 5, 10, 20, 50, 100]
const t = reportTexts.insulin

export function insulinChart(drawing: InsulinDrawing): ChartSpec {
  const tops = drawing.days.map(({ insulin }) =>
    insulin ? insulin.bolusUnits + (insulin.basalUnits ?? 0) + (insulin.autoUnits ?? 0) : 0,
  )
  const most = Math.max(1, ...tops)
  const step = STEPS.find(size => most / size <= 5) ?? Math.ceil(most / 5)
  const ticks = Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => ({
    value: i * step,
    label: String(i * step),
  }))
  return {
    ...daysAxis(drawing),
    lanes: [
      {
        id: 'units',
        title: t.axis,
        weight: 1,
        min: 0,
        // The name of the axis stands inside, over the highest bar.
        max: Math.max(Math.ceil(most / step) * step, most * 1.12),
        ticks,
        boxes: boxesOf(drawing),
      },
    ],
  }
}

const boxesOf = ({ days }: InsulinDrawing): Box[] =>
  days.flatMap(({ insulin }, index) => {
    if (!insulin) return []
    const parts: readonly (readonly [number | undefined, Tone])[] = [
      [insulin.basalUnits, 'basal'],
      [insulin.autoUnits, 'automated'],
      [insulin.bolusUnits, 'bolus'],
    ]
    let y0 = 0
    return parts.flatMap(([units = 0, tone]): Box[] => {
      if (units <= 0) return []
      const box = { x0: index - BAR_WIDTH / 2, x1: index + BAR_WIDTH / 2, y0, y1: y0 + units, tone }
      y0 += units
      return [box]
    })
  })

/** Every day of the period is a stop, also an empty one. */
export function insulinStops({ days, format }: InsulinDrawing): readonly Stop[] {
  const units = (value: number) => rounded(value, 1, format)
  return days.map(({ day, insulin }, x) => {
    const parts = insulin
      ? [
          ...(insulin.basalUnits === undefined ? [t.noBasal] : [t.basal(units(insulin.basalUnits))]),
          ...(insulin.autoUnits === undefined ? [] : [t.auto(units(insulin.autoUnits))]),
          t.bolus(units(insulin.bolusUnits), insulin.bolusCount),
          ...(insulin.totalUnits === undefined ? [] : [t.total(units(insulin.totalUnits))]),
          ...(insulin.pumpTotalUnits === undefined ? [] : [t.pumpTotal(units(insulin.pumpTotalUnits))]),
        ]
      : []
    return { x, text: reportTexts.days.stop(format.dayExact(day), parts) }
  })
}
