/** A set clock in words: what of the day's hours was skipped or came twice. Source: metrics sheet §13.3. */
import { HOUR_MS, deviceDayOf, MINUTE_MS } from '#records/time.ts'
import type { ClockChange } from '#reports/models.ts'
import type { Format } from '../../texts/format.ts'
import { dailyTexts } from '../../texts/reports/daily.ts'
import { hoursText } from '../amounts.ts'

const t = dailyTexts.clock

/** A clock set by more shows another date: no stretch of a day was skipped or repeated. */
const LONGEST_MS = 26 * HOUR_MS

export const isOfHours = ({ byMs }: ClockChange): boolean => Math.abs(byMs) <= LONGEST_MS

/** "1 h 00 min", "40 s". */
const lengthText = ({ byMs }: ClockChange): string =>
  Math.abs(byMs) < MINUTE_MS ? `${Math.round(Math.abs(byMs) / 1000)} s` : hoursText(Math.abs(byMs) / MINUTE_MS)

/** The whole sentence. */
export function clockText(change: ClockChange, format: Format): string {
  const isOneDay = deviceDayOf(change.from) === deviceDayOf(change.to)
  const at = (time: ClockChange['from']) =>
    isOneDay ? format.timeOfDay(time) : `${format.day(deviceDayOf(time))}, ${format.timeOfDay(time)}`
  const [from, to] = [at(change.from), at(change.to)]
  if (!isOfHours(change))
    return t.date(format.dayExact(deviceDayOf(change.from)), format.dayExact(deviceDayOf(change.to)))
  return change.byMs > 0 ? t.forward(from, to, lengthText(change)) : t.back(from, to, lengthText(change))
}

/** A few words, for the chart. */
export const clockLabel = (change: ClockChange): string =>
  change.byMs > 0 ? t.skipped(lengthText(change)) : t.repeated(lengthText(change))
