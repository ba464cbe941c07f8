/** The numbers of a day of the Calendar as text, the same in the cell, in the table and for screen readers. */
import { roundHalfEven } from '#records/units.ts'
import type { CalendarDay } from '#reports/calendarModel.ts'
import type { Format } from '../../texts/format.ts'
import { calendarTexts } from '../../texts/reports/calendar.ts'
import { reportTexts } from '../../texts/reports.ts'
import { rounded, sharesText } from '../amounts.ts'

const t = calendarTexts

/** Every number; absent where there is none. */
export interface CalendarNumbers {
  readonly sensor?: string
  readonly mean?: string
  readonly inRange?: string
  readonly below?: string
  readonly above?: string
  readonly meter?: string
  readonly meterCount?: string
  readonly lows?: string
  readonly veryLows?: string
  readonly total?: string
  readonly carbs?: string
  readonly exchanges?: string
  readonly setChanges?: string
}

/** `places` of the insulin: one on the face, two in tables (metrics sheet §1.3). */
export function calendarNumbers(day: CalendarDay, format: Format, places: 1 | 2): CalendarNumbers {
  const { sensor, meter, insulin } = day
  return {
    ...(sensor
      ? {
          sensor: format.percent(roundHalfEven(day.sensorWear * 100)),
          mean: format.glucose(sensor.meanMgdl),
          inRange: sharesText(sensor.ranges, ['target'], format),
          below: sharesText(sensor.ranges, ['veryLow', 'low'], format),
          above: sharesText(sensor.ranges, ['high', 'veryHigh'], format),
        }
      : {}),
    ...(meter ? { meter: format.glucose(meter.meanMgdl), meterCount: format.number(meter.count) } : {}),
    ...(day.lows > 0 ? { lows: format.number(day.lows) } : {}),
    ...(day.veryLows > 0 ? { veryLows: format.number(day.veryLows) } : {}),
    ...(insulin?.totalUnits === undefined ? {} : { total: rounded(insulin.totalUnits, places, format) }),
    ...(insulin && insulin.carbsGrams > 0 ? { carbs: rounded(insulin.carbsGrams, 0, format) } : {}),
    ...(insulin && insulin.carbsExchanges > 0 ? { exchanges: rounded(insulin.carbsExchanges, 1, format) } : {}),
    ...(day.setChanges > 0 ? { setChanges: format.number(day.setChanges) } : {}),
  }
}

/** A day in one sentence. */
export function spokenCalendarDay(day: CalendarDay, isBest: boolean, format: Format): string {
  const name = format.dayExact(day.day)
  if (day.state === 'leftOut') return t.spoken(name, [t.leftOut])
  const numbers = calendarNumbers(day, format, 1)
  const say = (text: string | undefined, sentence: (text: string) => string) =>
    text === undefined ? [] : [sentence(text)]
  const glucose = (text: string) => `${text} ${format.glucoseUnit()}`
  return t.spoken(name, [
    ...(isBest ? [t.bestMark] : []),
    ...say(numbers.mean, text => t.spokenMean(glucose(text))),
    ...say(numbers.inRange, t.spokenInRange),
    ...(numbers.mean === undefined
      ? say(numbers.meter, text => t.spokenMeterMean(glucose(text), t.meterValues(day.meter?.count ?? 0)))
      : []),
    ...(day.lows > 0 ? [t.spokenLows(day.lows)] : []),
    ...(day.veryLows > 0 ? [t.spokenVeryLows(day.veryLows)] : []),
    ...say(numbers.total, t.spokenTotal),
    ...say(numbers.carbs, text => t.spokenCarbs(reportTexts.dailyChart.grams(text))),
    ...say(numbers.exchanges, text => t.spokenCarbs(reportTexts.dailyChart.exchangesLong(text))),
    ...(day.setChanges > 0 ? [t.spokenSet] : []),
  ])
}
