/**
 * Spans of the day's clock, which may go over midnight: whether a minute lies in one, how long it is, and where its next
 * turn begins. Source: `records/preferences.ts` `TimeSpan`.
 */
import type { TimeSpan } from '#records/preferences.ts'
import { DAY_MS, MINUTE_MS } from '#records/time.ts'

export const DAY_MINUTES = 1440

/** Whether a minute of the day, 0 to 1439, lies in the span; 23:30 lies in 22:00 to 06:00. */
export const isWithin = (minute: number, { fromMinute, toMinute }: TimeSpan): boolean =>
  fromMinute < toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute

/** 1 to 1440 minutes; a span from a time to the same time is the whole day. */
export const minutesOf = ({ fromMinute, toMinute }: TimeSpan): number =>
  fromMinute < toMinute ? toMinute - fromMinute : toMinute - fromMinute + DAY_MINUTES

/** Minutes from one time of the day to the next turn of another, 1 to 1440. */
export const minutesUntil = (fromMinute: number, toMinute: number): number =>
  ((toMinute - fromMinute - 1 + DAY_MINUTES) % DAY_MINUTES) + 1

/** The minute of the day, 0 to 1439, whole. */
export const minuteOfDay = (time: number): number =>
  // Faster than the remainder, of which a year's values need a hundred thousand.
  Math.floor((time - Math.floor(time / DAY_MS) * DAY_MS) / MINUTE_MS)
