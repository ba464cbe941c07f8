/** What the Weekly review shows: each week as seven days with traces and numbers, and the week's means. */
import type { GlucoseSeries } from '#records/series.ts'
import type { DeviceDay } from '#records/time.ts'
import type { Stretch } from '#stats/stretches.ts'
import type { DayInsulin, GlucoseSummary, InsulinSummary, PeriodModel } from './models.ts'

/** A finger-stick; `ms` since midnight. */
export interface MeterMark {
  readonly ms: number
  readonly mgdl: number
  /** `GlucoseFlag` bits: whether the meter said LO or HI instead of a number. */
  readonly flags: number
}

/** `ms` since midnight when it began. */
export interface BolusMark {
  readonly ms: number
  readonly normalUnits: number
  readonly extendedUnits: number
  /** Of the extended part. */
  readonly durationMs: number
  readonly automatic: boolean
}

export interface CarbMark {
  readonly ms: number
  readonly grams?: number
  readonly exchanges?: number
}

/** Delivered basal of a day; index i is one stretch, ascending, ms since midnight. Gaps are not known. */
export interface BasalColumns {
  readonly from: Float64Array<ArrayBuffer>
  readonly to: Float64Array<ArrayBuffer>
  readonly unitsPerHour: Float64Array<ArrayBuffer>
  /** Index into `deliveries`. */
  readonly delivery: Uint8Array<ArrayBuffer>
}

export const deliveries = ['scheduled', 'temp', 'suspended', 'automated'] as const

/** Time by the algorithm, of the time from the first to the last that the pump's log tells. */
export interface AutomationShare {
  readonly automatedMs: number
  readonly spannedMs: number
}

/** Episodes that begin in a day or week, each with its whole length. */
export interface EpisodeSum {
  readonly count: number
  /** Of all together. */
  readonly minutes: number
  /** The values they stand on, of device time. */
  readonly within: readonly Stretch[]
}

/** Level 1 of the consensus, level 2 included: its limits, whatever target range a person has chosen. */
export interface Outside {
  readonly low: EpisodeSum
  readonly high: EpisodeSum
}

/** What the lanes of several days share. */
export interface LaneScale {
  /** Highest of all, so that all days share one scale: U at once or over time, U/h. */
  readonly highestBolus: number
  readonly highestBasal: number
  /** Whether an algorithm gave basal on any day. */
  readonly hasAutomation: boolean
}

export interface WeekDay {
  readonly day: DeviceDay
  /** outside: not in the period; leftOut: the person does not want to look at it. Both have nothing else. */
  readonly state: 'shown' | 'outside' | 'leftOut'
  readonly sensor?: GlucoseSummary
  readonly meter?: GlucoseSummary
  readonly insulin?: DayInsulin
  /** Absent where the basal of less than half the day is known. */
  readonly automation?: AutomationShare
  /** Absent where sensor values of less than half the day are there. */
  readonly outside?: Outside
  readonly glucose: GlucoseSeries
  readonly meterMarks: readonly MeterMark[]
  readonly boluses: readonly BolusMark[]
  readonly carbs: readonly CarbMark[]
  readonly basal: BasalColumns
  /** ms since midnight. */
  readonly exits: readonly number[]
  readonly setChanges: readonly number[]
}

export interface Week {
  /** Always seven days; the first is the person's first day of the week. */
  readonly days: readonly WeekDay[]
  /** Over all values of the week's days in the period, not a mean of daily means. */
  readonly sensor?: GlucoseSummary
  readonly meter?: GlucoseSummary
  readonly insulin?: InsulinSummary
  readonly automation?: AutomationShare
  /** Absent of less than a day of sensor values. */
  readonly outside?: Outside
}

export interface WeeklyModel extends PeriodModel, LaneScale {
  /** Oldest first. */
  readonly weeks: readonly Week[]
}
