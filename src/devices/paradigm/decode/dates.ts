/**
 * The three ways in which a Paradigm pump packs a time. Built for speed: a page holds about a hundred of them.
 * Source: paradigm sheet §6.2 and §7.1.
 */
import { DAY_MS, type DeviceTime } from '#records/time.ts'

/**
 * The 5-byte time of history records from `at`; `undefined` when there is no such day or time.
 *
 * | byte | bits 0-…          | above them                |
 * | 0    | 6: second         | high two bits of the month |
 * | 1    | 6: minute         | low two bits of the month  |
 * | 2    | 5: hour           | 3 spare bits               |
 * | 3    | 5: day            | 3 spare bits               |
 * | 4    | 7: year from 2000 | 1 spare bit                |
 */
export function readDate5(bytes: Uint8Array, at: number): DeviceTime | undefined {
  if (at < 0 || at + 5 > bytes.length) return undefined
  const second = bytes[at] ?? 0
  const minute = bytes[at + 1] ?? 0
  const hour = bytes[at + 2] ?? 0
  const month = ((second >> 6) << 2) | (minute >> 6)
  const date = dateOf((bytes[at + 4] ?? 0) & 0x7f, month, (bytes[at + 3] ?? 0) & 0x1f)
  return withTime(date, hour & 0x1f, minute & 0x3f, second & 0x3f)
}

/** The 2-byte date of daily totals from `at`, at that day's midnight; `undefined` when there is no such day. */
export function readDate2(bytes: Uint8Array, at: number): DeviceTime | undefined {
  if (at < 0 || at + 2 > bytes.length) return undefined
  const a = bytes[at] ?? 0
  const b = bytes[at + 1] ?? 0
  return withTime(dateOf(b & 0x7f, ((a >> 5) << 1) | (b >> 7), a & 0x1f), 0, 0, 0)
}

/** The 4-byte time of sensor events, its four bytes in reading order; whole minutes. */
export function readDate4(a: number, b: number, c: number, d: number): DeviceTime | undefined {
  return withTime(dateOf(d & 0x7f, ((a >> 6) << 2) | (b >> 6), c & 0x1f), a & 0x1f, b & 0x3f, 0)
}

/** Days from 1970-01-01 to 2000-01-01. */
const DAYS_TO_2000 = 10_957
const DAYS_BEFORE_MONTH = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
const DAYS_IN_MONTH = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Midnight of a day in 2000 to 2127, ms; -1 when there is no such day. 2100 is the one exception among leap years. */
function dateOf(year: number, month: number, day: number): number {
  const isLeap = (year & 3) === 0 && year !== 100
  const last = (DAYS_IN_MONTH[month] ?? 0) + (isLeap && month === 2 ? 1 : 0)
  if (day < 1 || day > last) return -1
  const leapDaysBefore = ((year + 3) >> 2) - (year > 100 ? 1 : 0)
  const leapDay = isLeap && month > 2 ? 1 : 0
  const days = DAYS_TO_2000 + 365 * year + leapDaysBefore + (DAYS_BEFORE_MONTH[month] ?? 0) + leapDay + day - 1
  return days * DAY_MS
}

function withTime(midnight: number, hour: number, minute: number, second: number): DeviceTime | undefined {
  if (midnight < 0 || hour > 23 || minute > 59 || second > 59) return undefined
  // Clock digits, counted as device time is.
  return (midnight + ((hour * 60 + minute) * 60 + second) * 1000) as DeviceTime
}
