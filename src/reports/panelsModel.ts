/**
 * Panels: many nights or meals laid over one another, with the means of the windows before and after. Shared by the
 * sensor and meter overview and the meals report. Glucose in mg/dL, unrounded; minutes count from the panel's moment.
 */
import type { MealName } from '#records/preferences.ts'
import type { DeviceTime } from '#records/time.ts'
import type { AlignedCurve, AlignedTraces, AlignedValues, EventMean, Window } from '#stats/mealWindows.ts'
import type { RangeShares } from '#stats/ranges.ts'
import type { Stretch } from '#stats/stretches.ts'
import type { Period } from './models.ts'

export type { AlignedCurve, AlignedTraces, AlignedValues, EventMean, Window } from '#stats/mealWindows.ts'

export type NightName = 'bedtimeToWakeUp' | 'overnight'
export type MealGroupName = MealName | 'other'

/** What a mean or share of a panel is of: values of `from`, for `EvidenceChoice`. */
export interface ValuesBehind {
  /** Of device time, ascending; they may overlap. */
  readonly within: readonly Stretch[]
  /** How many values lie in them, each counted once. */
  readonly count: number
}

export interface Panel {
  /** The report's. */
  readonly period: Period
  /** How many meals or nights there are, also those without glucose values. */
  readonly events: number
  /** Whose values the means are of: the meter's only where there are no sensor values in all the period. */
  readonly from: 'sensor' | 'meter'
  /** What is drawn. */
  readonly shown: Window
  readonly before: Window
  readonly after: Window
  readonly meanBefore: EventMean
  readonly meanAfter: EventMean
  /** After less before, of the events that have both. */
  readonly meanChange: EventMean
  readonly curve: AlignedCurve
  /** Of the last events of the period, at most 90. */
  readonly traces: AlignedTraces
  /** The meter's values in what is drawn. */
  readonly points: AlignedValues
  /** Of all values of `from` in what is drawn, each counted once; absent when there are none. */
  readonly ranges?: RangeShares
  readonly values: number
  /** Of the means `before` and `after`, of their `change`, and of the ranges. */
  readonly behind: Readonly<Record<'before' | 'after' | 'change' | 'shown', ValuesBehind>>
}

export interface NightPanel extends Panel {
  readonly name: NightName
  /** The minute of the day that the minutes count from. */
  readonly startMinute: number
}

/** A carb ratio that the calculator used, and how often. */
export interface RatioInUse {
  readonly ratio: number
  readonly units: 'g/U' | 'U/exchange'
  readonly meals: number
}

/** What the mean of an amount is of: ids of the calculator's screens, noted carbs or boluses that tell it. */
export type AmountsBehind = Readonly<
  Record<
    'carbsGrams' | 'carbsExchanges' | 'foodUnits' | 'correctionUnits' | 'deliveredUnits' | 'ratios',
    readonly string[]
  >
>

export interface MealPanel extends Panel {
  readonly name: MealGroupName
  /** Of the meals with an amount in that unit; grams and exchanges are never added. */
  readonly carbsGrams: EventMean
  readonly carbsExchanges: EventMean
  /** What the calculator proposed for the carbs and for the correction, and what was given. */
  readonly foodUnits: EventMean
  readonly correctionUnits: EventMean
  readonly deliveredUnits: EventMean
  /** The most used first. */
  readonly ratios: readonly RatioInUse[]
  readonly amountsBehind: AmountsBehind
}

/** One meal. What is not known is absent; sums over several entries are known only when each entry's is. */
export interface MealEvent {
  readonly at: DeviceTime
  /** Entries within a quarter of an hour. */
  readonly entries: number
  readonly carbsGrams?: number
  readonly carbsExchanges?: number
  /** The blood glucose entered in the calculator. */
  readonly enteredMgdl?: number
  readonly foodUnits?: number
  readonly correctionUnits?: number
  /** Active insulin when the meal began. */
  readonly activeUnits?: number
  readonly proposedUnits?: number
  readonly deliveredUnits?: number
  /** Mean of the window before and of the window after. */
  readonly beforeMgdl?: number
  readonly afterMgdl?: number
  /** The highest value from the meal to the end of the window after it; only of a sensor. */
  readonly peakMgdl?: number
  /** The value at the end of the window; only of a sensor. */
  readonly endMgdl?: number
  /** Which of these numbers only stand for a word of the device: LO or HI. */
  readonly words?: Readonly<Partial<Record<'beforeMgdl' | 'afterMgdl' | 'peakMgdl' | 'endMgdl', 'low' | 'high'>>>
  /** Minutes to the next meal, when it began before the window was over. */
  readonly nextMealMinutes?: number
}
