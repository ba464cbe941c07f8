/** One bar a day: the shares of the five ranges by sensor, or the counts of meter values by range. x is the day's index. */
import type { Preferences } from '#records/preferences.ts'
import { type DeviceDay, startOfDeviceDay } from '#records/time.ts'
import { type OverviewDay, rangeNames, type RangeShare, type RangeShares } from '#reports/models.ts'
import type { Box, ChartSpec, Stop, Tick } from '../charts/spec.ts'
import type { Format } from '../texts/format.ts'
import { reportTexts } from '../texts/reports.ts'
import { rounded, sharesText } from './amounts.ts'
import { isWeekStart } from './axes.ts'
import { shortDates } from './dates.ts'

/** What the axis of days needs of a drawing. */
export interface DatesDrawing {
  readonly days: readonly { readonly day: DeviceDay }[]
  readonly preferences: Preferences
}

export interface DaysDrawing extends DatesDrawing {
  readonly days: readonly OverviewDay[]
  readonly format: Format
}

const BAR_WIDTH = 0.78
/** A bar of meter values among bars of sensor values. */
const NARROW_WIDTH = 0.26
/** Up to here each bar has its own date below. */
const FEW_DAYS = 16

const t = reportTexts.days

/**
 * Shares of sensor values, 0 to 100 percent. A day without sensor values shows the shares of its meter values in a
 * narrow bar; a day with neither has no bar.
 */
export function sensorDaysChart(drawing: DaysDrawing): ChartSpec {
  const percent = (share: RangeShare) => share.fraction * 100
  return {
    ...daysAxis(drawing),
    lanes: [
      {
        id: 'share',
        title: '',
        weight: 1,
        min: 0,
        max: 100,
        ticks: [0, 25, 50, 75, 100].map(value => ({ value, label: String(value) })),
        boxes: drawing.days.flatMap((day, index) => {
          if (day.sensor) return stacked(index, day.sensor.ranges, percent, BAR_WIDTH)
          return day.meter ? stacked(index, day.meter.ranges, percent, NARROW_WIDTH) : []
        }),
      },
    ],
  }
}

/** How many meter values of each range each day has. */
export function meterDaysChart(drawing: DaysDrawing): ChartSpec {
  const most = Math.max(1, ...drawing.days.map(day => day.meter?.count ?? 0))
  const step = Math.max(1, Math.ceil(most / 4))
  return {
    ...daysAxis(drawing),
    lanes: [
      {
        id: 'count',
        title: '',
        weight: 1,
        min: 0,
        max: Math.ceil(most / step) * step,
        ticks: Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => ({
          value: index * step,
          label: String(index * step),
        })),
        boxes: drawing.days.flatMap((day, index) =>
          day.meter ? stacked(index, day.meter.ranges, share => share.count, BAR_WIDTH) : [],
        ),
      },
    ],
  }
}

/** One place a day, x is the day's index; dates below all or below the first days of weeks. */
export const daysAxis = (drawing: DatesDrawing): Omit<ChartSpec, 'lanes'> => ({
  xMin: -0.5,
  xMax: drawing.days.length - 0.5,
  xTicks: dayTicks(drawing),
  xLines: false,
})

function dayTicks({ days, preferences }: DatesDrawing): readonly Tick[] {
  const few = days.length <= FEW_DAYS
  // Long periods: each first day of a week; very long ones every fourth of those.
  const weeks = days.length > 200 ? 4 : 1
  let seen = -1
  return days.flatMap(({ day }, index): Tick[] => {
    const midnight = startOfDeviceDay(day)
    if (few) return [{ value: index, label: [shortDates.weekdayNarrow(day), shortDates.dayOfMonth(day)] }]
    if (!isWeekStart(midnight, preferences.firstDayOfWeek)) return []
    seen += 1
    return seen % weeks === 0 ? [{ value: index, label: shortDates.dayAndMonth(day) }] : []
  })
}

function stacked(index: number, shares: RangeShares, amount: (share: RangeShare) => number, width: number): Box[] {
  const boxes: Box[] = []
  let y0 = 0
  for (const name of rangeNames) {
    const y1 = y0 + amount(shares[name])
    if (y1 > y0) boxes.push({ x0: index - width / 2, x1: index + width / 2, y0, y1, tone: name })
    y0 = y1
  }
  return boxes
}

/** Every day of the period is a stop, also an empty one. */
export function dayStops({ days, format }: DaysDrawing): readonly Stop[] {
  return days.map((day, x) => ({ x, text: t.stop(format.dayExact(day.day), dayParts(day, format)) }))
}

function dayParts(day: OverviewDay, format: Format): readonly string[] {
  const of = day.sensor ? 'sensor' : 'meter'
  const glucose = day[of]
  const insulin = day.insulin
  return [
    ...(glucose
      ? [
          reportTexts.figures.count(glucose.count, of),
          t.mean(`${format.glucose(glucose.meanMgdl)} ${format.glucoseUnit()}`),
          t.low(sharesText(glucose.ranges, ['veryLow', 'low'], format)),
          t.inRange(sharesText(glucose.ranges, ['target'], format)),
          t.high(sharesText(glucose.ranges, ['high', 'veryHigh'], format)),
        ]
      : []),
    ...(insulin?.totalUnits === undefined ? [] : [t.totalUnits(rounded(insulin.totalUnits, 1, format))]),
    ...(insulin && insulin.carbsGrams > 0
      ? [t.carbs(reportTexts.dailyChart.grams(format.number(insulin.carbsGrams)))]
      : []),
  ]
}
