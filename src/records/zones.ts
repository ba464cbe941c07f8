/**
 * Time zones by name: what a zone's clocks showed at an instant, and when a local day began and ended. Uses the zone
 * data of the runtime (Intl). Source: metrics sheet §13.3.
 */
import { DAY_MS, type DeviceDay, type DeviceTime, MINUTE_MS, startOfDeviceDay } from './time.ts'

/** First instant of a local day and of the day after, ms UTC. 23, 24 or 25 hours apart, or what the zone makes of it. */
export interface LocalDay {
  readonly startUtcMs: number
  readonly endUtcMs: number
}

/** What the zone's clocks show at that instant. Throws RangeError for a name that is no IANA zone. */
export function wallTimeAt(zone: string, utcMs: number): DeviceTime {
  const digits: Record<string, number> = {}
  for (const { type, value } of formatterOf(zone).formatToParts(utcMs)) digits[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = digits
  const wholeSeconds = Date.UTC(year, month - 1, day, hour, minute, second)
  const millisecond = ((utcMs % 1000) + 1000) % 1000
  // Clock digits, counted as device time is.
  return (wholeSeconds + millisecond) as DeviceTime
}

/** Minutes east of UTC at that instant: -300 in New York in winter. */
export const offsetMinutesAt = (zone: string, utcMs: number): number => (wallTimeAt(zone, utcMs) - utcMs) / MINUTE_MS

/**
 * The first instant at which the zone's clocks showed `wallTime`; when they skipped it, the first one after the gap.
 */
export function utcFromWallTime(zone: string, wallTime: DeviceTime): number {
  const before = offsetMinutesAt(zone, wallTime - DAY_MS) * MINUTE_MS
  const after = offsetMinutesAt(zone, wallTime + DAY_MS) * MINUTE_MS
  const candidates = [wallTime - before, wallTime - after].sort((a, b) => a - b)
  const shown = candidates.find(utcMs => wallTimeAt(zone, utcMs) === wallTime)
  return shown ?? firstInstantAfter(zone, wallTime, candidates[0] ?? 0, candidates[1] ?? 0)
}

/** Both ends of the local day from the zone's own rules, never midnight plus 24 hours. */
export const localDay = (zone: string, day: DeviceDay): LocalDay => ({
  startUtcMs: utcFromWallTime(zone, startOfDeviceDay(day)),
  endUtcMs: utcFromWallTime(zone, startOfDeviceDay(day + 1)),
})

/** First instant after `low` and up to `high` at which the clocks show `wallTime` or later. They go forward between. */
function firstInstantAfter(zone: string, wallTime: DeviceTime, low: number, high: number): number {
  let [early, late] = [low, high]
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2)
    if (wallTimeAt(zone, middle) < wallTime) early = middle
    else late = middle
  }
  return late
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Making a formatter takes a hundred times as long as using it. */
function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known) return known
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formatters.set(zone, formatter)
  return formatter
}
