/**
 * The device's own wall clock. Devices have no time zone: what they show is what a record holds, and UTC is
 * derived from it later (`timeline.ts`). Decision 7.
 */

declare const deviceTimeBrand: unique symbol

/**
 * A device's wall clock as a number: milliseconds from 1970-01-01T00:00:00 to that reading of the clock, counted as
 * if every day had 24 hours. Not UTC. Differences within one undisturbed stretch of a device's clock are real time.
 */
export type DeviceTime = number & { readonly [deviceTimeBrand]: true }

export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/** The wall time of these clock digits; month 1 to 12. `undefined` when there is no such day or time. */
export function deviceTimeOf(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
): DeviceTime | undefined {
  if (!(year >= 1970 && year <= 9999)) return undefined
  const ms = Date.UTC(year, month - 1, day, hour, minute, second)
  const back = new Date(ms)
  const same =
    back.getUTCFullYear() === year &&
    back.getUTCMonth() === month - 1 &&
    back.getUTCDate() === day &&
    back.getUTCHours() === hour &&
    back.getUTCMinutes() === minute &&
    back.getUTCSeconds() === second
  return same ? (ms as DeviceTime) : undefined
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?$/

/** Reads "2026-03-14T08:05:00" (seconds and time may be missing). `undefined` when it is anything else. */
export function deviceTimeFromIso(text: string): DeviceTime | undefined {
  const match = ISO.exec(text)
  if (!match) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(part => Number(part ?? 0))
  return deviceTimeOf(year, month, day, hour, minute, second)
}

/** "2026-03-14T08:05:00", without a zone because there is none. */
export const isoFromDeviceTime = (time: DeviceTime): string => new Date(time).toISOString().slice(0, 19)

/** "2026-03-14". */
export const dateFromDeviceTime = (time: DeviceTime): string => new Date(time).toISOString().slice(0, 10)

/** Whole days from 1970-01-01 to the device's day: names a day chunk, independent of zones and corrections. */
export type DeviceDay = number
export const deviceDayOf = (time: DeviceTime): DeviceDay => Math.floor(time / DAY_MS)
export const startOfDeviceDay = (day: DeviceDay): DeviceTime => (day * DAY_MS) as DeviceTime

/** Milliseconds since that day's midnight on the device's clock. */
export const timeOfDayMs = (time: DeviceTime): number => time - deviceDayOf(time) * DAY_MS

/** A moment moved along the same clock. */
export const shifted = (time: DeviceTime, byMs: number): DeviceTime => (time + byMs) as DeviceTime
