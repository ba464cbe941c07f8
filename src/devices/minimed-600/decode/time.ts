/**
 * The pump's time: a counter of seconds that nobody can set (RTC), and beside it the OFFSET that makes the clock of it.
 * Setting the clock changes the OFFSET only, so durations are differences of RTC, and each event's wall clock is its
 * own RTC with its own OFFSET. Source: minimed-600 sheet §9.1.
 */
import { type DeviceTime, deviceTimeOf } from '#records/time.ts'

const START_OF_2000_MS = 946_684_800_000
/** Clocks that were never set run in 2012 or before (sheet §9.1). */
const FIRST_SET_MS = deviceTimeOf(2013, 1, 1) ?? 0

/** The wall clock at `rtc` seconds (0 to 2^32) under an `offset` of signed 32 bits. */
export const localTime = (rtc: number, offset: number): DeviceTime =>
  // The pump's own clock digits, counted as device time is.
  (START_OF_2000_MS + (rtc + offset) * 1000) as DeviceTime

/** False for what was logged before anybody set the clock. */
export const isClockSet = (time: DeviceTime): boolean => time >= FIRST_SET_MS
