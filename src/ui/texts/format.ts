/**
 * Numbers, dates and times as people say them, in the person's language and clock. Device times are wall clocks
 * without a zone and are therefore formatted in UTC; computer times in the computer's zone.
 */
import type { Preferences } from '#records/preferences.ts'
import { DAY_MS, type DeviceDay, deviceDayOf, type DeviceTime, MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import { glucoseText } from '#records/units.ts'

export interface FormatOptions {
  readonly preferences: Pick<Preferences, 'clock' | 'glucoseUnits'>
  /** BCP 47, such as "en-GB". */
  readonly locale: string
  /** The computer's time, ms UTC; "yesterday" is relative to it. */
  readonly nowMs: number
  /** IANA name of the computer's zone; the system's own unless told. */
  readonly timeZone?: string
}

export interface Format {
  /** "1,204"; with `places` decimals "5.80"; below zero with a minus sign, "−0.10". */
  number(value: number, places?: number): string
  /** "72 %" of a whole-percent number. */
  percent(wholePercent: number): string
  /** A glucose value in the chosen unit, without the unit: "104", "5.8". */
  glucose(mgdl: number): string
  /** "mg/dL" or "mmol/L". */
  glucoseUnit(): string
  /** A moment of the computer, ms UTC: "today 18:40", "yesterday 18:40", "14 March, 18:40". */
  moment(ms: number): string
  /** The same in full, for a title: "Saturday, 14 March 2026, 18:40:05". */
  momentExact(ms: number): string
  /** A moment on a device's clock, in the same words as {@link moment}. */
  deviceTime(time: DeviceTime): string
  /** "18:40" or "6:40 pm" on a device's clock. */
  timeOfDay(time: DeviceTime): string
  /** "14 March", with the year when it is another one. */
  day(day: DeviceDay): string
  /** "Sat" and "14", for narrow columns. */
  dayShortParts(day: DeviceDay): readonly [weekday: string, dayOfMonth: string]
  /** "Saturday, 14 March 2026". */
  dayExact(day: DeviceDay): string
  /** "1 March – 14 March 2026". */
  days(first: DeviceDay, last: DeviceDay): string
  /** "less than a minute", "4 minutes", "3 hours 5 minutes", "2 days". */
  duration(ms: number): string
  /** "1.2 MB". */
  bytes(count: number): string
}

/** Formats by options that are asked for at every call, so that a change of settings shows at once. */
export function createFormat(options: () => FormatOptions): Format {
  const intl = (fields: Intl.DateTimeFormatOptions, zone: 'device' | 'computer') => {
    const { locale, timeZone, preferences } = options()
    const clock: Intl.DateTimeFormatOptions = fields.hour
      ? preferences.clock === '12h'
        ? { hourCycle: 'h12', hour: 'numeric' }
        : { hourCycle: 'h23', hour: '2-digit' }
      : {}
    const zoneName = zone === 'device' ? 'UTC' : timeZone
    return dateFormat(locale, { ...fields, ...clock, ...(zoneName === undefined ? {} : { timeZone: zoneName }) })
  }

  /** The computer's wall clock as a device would show it, so that days can be compared. */
  const wallClock = (ms: number): DeviceTime => {
    const parts = dateFormat('en-GB', {
      ...(options().timeZone === undefined ? {} : { timeZone: options().timeZone }),
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }).formatToParts(ms)
    const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find(one => one.type === type)?.value ?? 0)
    const digits = [part('hour'), part('minute'), part('second')] as const
    // The digits of a wall clock are a DeviceTime by definition.
    return Date.UTC(part('year'), part('month') - 1, part('day'), ...digits) as DeviceTime
  }

  const today = () => deviceDayOf(wallClock(options().nowMs))
  const yearOf = (day: DeviceDay) => new Date(startOfDeviceDay(day)).getUTCFullYear()

  const format: Format = {
    number: (value, places = 0) =>
      numberFormat(options().locale, {
        minimumFractionDigits: places,
        maximumFractionDigits: places,
        // What rounds to nothing has no sign.
        signDisplay: 'negative',
      })
        .format(value)
        // Many languages' numbers come with a hyphen.
        .replace('-', '−'),
    percent: wholePercent => `${format.number(wholePercent)} %`,
    glucose: mgdl => glucoseText(mgdl, options().preferences.glucoseUnits),
    glucoseUnit: () => options().preferences.glucoseUnits,
    moment: ms => format.deviceTime(wallClock(ms)),
    momentExact: ms => intl({ dateStyle: 'full', timeStyle: 'medium', ...hour12Of(options()) }, 'computer').format(ms),
    deviceTime: time => {
      const ago = today() - deviceDayOf(time)
      const clock = format.timeOfDay(time)
      if (ago === 0) return `today ${clock}`
      if (ago === 1) return `yesterday ${clock}`
      return `${format.day(deviceDayOf(time))}, ${clock}`
    },
    timeOfDay: time => intl({ hour: 'numeric', minute: '2-digit' }, 'device').format(time).toLowerCase(),
    day: day => {
      const fields: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long' }
      const year: Intl.DateTimeFormatOptions = yearOf(day) === yearOf(today()) ? {} : { year: 'numeric' }
      return intl({ ...fields, ...year }, 'device').format(startOfDeviceDay(day))
    },
    dayShortParts: day => [
      intl({ weekday: 'short' }, 'device').format(startOfDeviceDay(day)),
      intl({ day: 'numeric' }, 'device').format(startOfDeviceDay(day)),
    ],
    dayExact: day =>
      intl({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, 'device').format(startOfDeviceDay(day)),
    days: (first, last) =>
      intl({ day: 'numeric', month: 'long', year: 'numeric' }, 'device').formatRange(
        startOfDeviceDay(first),
        startOfDeviceDay(last),
      ),
    duration: ms => durationText(ms, format.number),
    bytes: count => bytesText(count, format.number),
  }
  return format
}

/** `dateStyle` and `timeStyle` do not go together with single fields, but with these two they do. */
function hour12Of({ preferences }: FormatOptions): Intl.DateTimeFormatOptions {
  return { hour12: preferences.clock === '12h' }
}

function durationText(ms: number, number: Format['number']): string {
  const count = (value: number, unit: string) => `${number(value)} ${unit}${value === 1 ? '' : 's'}`
  const minutes = Math.round(ms / MINUTE_MS)
  if (minutes < 1) return 'less than a minute'
  if (minutes < 60) return count(minutes, 'minute')
  const hours = Math.floor(minutes / 60)
  if (ms >= 2 * DAY_MS) return count(Math.round(ms / DAY_MS), 'day')
  return minutes % 60 === 0 ? count(hours, 'hour') : `${count(hours, 'hour')} ${count(minutes % 60, 'minute')}`
}

function bytesText(count: number, number: Format['number']): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const
  let size = count
  let step = 0
  while (size >= 1000 && step < units.length - 1) {
    size /= 1000
    step += 1
  }
  if (count === 1) return '1 byte'
  return `${number(size, step === 0 || size >= 100 ? 0 : 1)} ${units[step] ?? 'bytes'}`
}

/** Making an Intl formatter is slow and using it is fast, so each is made once. */
const dateFormats = new Map<string, Intl.DateTimeFormat>()
function dateFormat(locale: string, fields: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(fields)
  const known = dateFormats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, fields)
  dateFormats.set(key, made)
  return made
}

const numberFormats = new Map<string, Intl.NumberFormat>()
function numberFormat(locale: string, fields: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(fields)
  const known = numberFormats.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale, fields)
  numberFormats.set(key, made)
  return made
}
