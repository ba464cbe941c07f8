/** What Assessment & Progress shows: two periods in the same numbers, and what is worth saying about the difference. */
import type { AlgorithmUse } from '#stats/algorithmUse.ts'
import type { DeviceIntervals } from '#stats/deviceIntervals.ts'
import type { RiskIndex } from '#stats/risk.ts'
import type { SuspendSummary } from '#stats/suspends.ts'
import type { TimeOfDayProfile } from '#stats/timeOfDay.ts'
import type { ActiveInsulin } from './activeInsulin.ts'
import type { GlucosePatterns } from './glucosePatterns.ts'
import type { BolusUse, InsulinSummary, MeterSummary, PeriodModel, SensorSummary, TempBasalSummary } from './models.ts'

export type { AlgorithmUse, ExitReason } from '#stats/algorithmUse.ts'
export type { ChangeSummary, DeviceIntervals } from '#stats/deviceIntervals.ts'
export type { Pattern } from '#stats/patterns.ts'
export type { RiskIndex } from '#stats/risk.ts'
export { type SuspendKind, suspendKinds, type SuspendSummary } from '#stats/suspends.ts'

/** A share of fewer meter values says nothing, and is compared with nothing. */
export const LEAST_METER_VALUES = 30

/** Mean over the days with entries in that unit, and deviation from two days on. */
export interface CarbsPerDay {
  readonly perDay: number
  readonly sd?: number
  readonly days: number
}

/** One of the two periods. What is not known is absent. */
export interface AssessmentSide extends PeriodModel {
  /** Days looked at. */
  readonly days: number
  readonly sensor?: SensorSummary
  /** Share, 0 to 1, of the days' time that sensor values stand for. */
  readonly sensorWear: number
  readonly profile?: TimeOfDayProfile
  readonly meter?: MeterSummary
  readonly calibrationsPerDay?: number
  readonly risk?: RiskIndex
  /** Per day; absent when the devices told no alarm at all. */
  readonly alerts?: { readonly lowPerDay: number; readonly highPerDay: number }
  readonly insulin?: InsulinSummary
  readonly boluses?: BolusUse
  readonly tempBasals?: TempBasalSummary
  /** Per day with insulin. */
  readonly autoBasalPerDay?: number
  readonly autoCorrection?: { readonly unitsPerDay: number; readonly percentOfBolus: number }
  /** Each unit by itself, where it occurs: grams and exchanges are never added. */
  readonly carbs?: {
    readonly grams?: CarbsPerDay
    readonly exchanges?: CarbsPerDay
    readonly mealsPerDay: number
  }
  readonly algorithm?: AlgorithmUse
  readonly suspends?: { readonly kinds: SuspendSummary; readonly days: number }
  readonly intervals?: DeviceIntervals
  readonly activeInsulin?: ActiveInsulin
}

/** A number of the first sentences and how it moved, in whole percentage points. */
export interface Movement {
  readonly percent: number
  /** Of the period before; absent when it cannot be compared. */
  readonly before?: number
  /** What the difference means by the thresholds in `assessmentWords.ts`. */
  readonly course?: 'up' | 'down' | 'same'
}

export interface AssessmentHeadline {
  readonly of: 'sensor' | 'meter'
  readonly inRange: Movement
  /** Minutes only of a sensor: meter values are no times. */
  readonly below: Movement & { readonly minutesPerDay?: number }
  /** Why there is no comparison. */
  readonly notCompared?: 'nothing-before' | 'too-few-now' | 'too-few-before'
}

/** Two periods in numbers. */
export interface Comparison {
  readonly now: AssessmentSide
  readonly before?: AssessmentSide
  /** Absent without any glucose value. */
  readonly headline?: AssessmentHeadline
}

/** The period and devices at the top are those of `now`. */
export interface AssessmentModel extends PeriodModel, Comparison {
  readonly patterns: GlucosePatterns
}
