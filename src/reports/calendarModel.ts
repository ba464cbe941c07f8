/** What the Calendar shows: months as grids of days, each with its most telling numbers. */
import type { DeviceDay } from '#records/time.ts'
import type { DayInsulin, GlucoseSummary, PeriodModel } from './models.ts'

export interface CalendarDay {
  readonly day: DeviceDay
  /** outside: another month's or not in the period; leftOut: the person does not want to look at it. */
  readonly state: 'shown' | 'outside' | 'leftOut'
  readonly sensor?: GlucoseSummary
  /** Share, 0 to 1, of the day that sensor values stand for. */
  readonly sensorWear: number
  readonly meter?: GlucoseSummary
  readonly insulin?: DayInsulin
  /** Episodes of low glucose that began on the day, level 1 or worse, and of these those of level 2. */
  readonly lows: number
  readonly veryLows: number
  readonly setChanges: number
}

export interface CalendarMonth {
  /** The first of the month. */
  readonly firstDay: DeviceDay
  /** Whole weeks of seven days, from the person's first day of the week on. */
  readonly weeks: readonly (readonly CalendarDay[])[]
}

export interface CalendarModel extends PeriodModel {
  /** Oldest first. */
  readonly months: readonly CalendarMonth[]
  /** The day with the most time in range among those with enough sensor values; the later of two alike. */
  readonly bestDay?: DeviceDay
  /** How many days had enough values to be it. */
  readonly candidates: number
}
