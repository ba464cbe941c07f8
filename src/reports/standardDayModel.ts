/** The standard day as plain data: all days as one, by the hour and by the periods of the person's preferences. */
import type { MealName } from '#records/preferences.ts'
import type { Distribution } from '#stats/distribution.ts'
import type { PeriodModel } from './models.ts'

export type { Distribution } from '#stats/distribution.ts'

/** A mealtime stands for itself where nothing tells when its meals were. */
export type StandardPeriodName =
  | 'night'
  | 'beforeBreakfast'
  | 'afterBreakfast'
  | 'beforeLunch'
  | 'afterLunch'
  | 'beforeDinner'
  | 'afterDinner'
  | 'bedtime'
  | MealName

export interface StandardPeriod {
  readonly name: StandardPeriodName
  /** Meals that the period lies around; absent for a span of the clock. */
  readonly meals?: number
  /** Absent without values. */
  readonly glucose?: Distribution
}

export interface StandardGlucose {
  readonly all: Distribution
  /** Index is the hour; absent without values. */
  readonly hours: readonly (Distribution | undefined)[]
  /** In the day's order. A value may lie in two of them, or in none. */
  readonly periods: readonly StandardPeriod[]
}

/** Means a day with insulin, a day with carbs. */
export interface HourOfTherapy {
  readonly bolusUnits: number
  /** Without automatic ones, in all. */
  readonly boluses: number
  readonly basalUnitsPerHour?: number
  readonly carbsGrams: number
  readonly carbsExchanges: number
  /** Entries of carbs, in all. */
  readonly carbEntries: number
}

export interface StandardDayModel extends PeriodModel {
  readonly dayCount: number
  readonly sensor?: StandardGlucose
  readonly meter?: StandardGlucose
  /** The meter's values, by time of day. */
  readonly points: readonly { readonly ms: number; readonly mgdl: number }[]
  /** Index is the hour; absent without insulin and carbs. */
  readonly therapy?: readonly HourOfTherapy[]
  readonly insulinDays: number
  readonly carbDays: number
  /** The algorithm's insulin is known by the day only, on so many days. */
  readonly autoTotalDays: number
}
