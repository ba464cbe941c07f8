/**
 * Page models: what a report shows, in order, as plain data. `overview.ts` and `daily.ts` make them, `ui/reports`
 * draws them, and nothing that draws computes. Glucose is in mg/dL, unrounded; the page rounds for display.
 */
import type { Preferences } from '#records/preferences.ts'
import type {
  Alarm,
  Bolus,
  Food,
  Marker,
  Prime,
  Rewind,
  SensorState,
  Smbg,
  Suspend,
  TherapyRecord,
  TimeChange,
  Wizard,
} from '#records/records.ts'
import type { GlucoseSeries } from '#records/series.ts'
import type { DeviceDay, DeviceTime } from '#records/time.ts'

/** Whole device days, both included. */
export interface Period {
  readonly firstDay: DeviceDay
  readonly lastDay: DeviceDay
}

export const rangeNames = ['veryLow', 'low', 'target', 'high', 'veryHigh'] as const
export type RangeName = (typeof rangeNames)[number]

export interface RangeShare {
  readonly count: number
  /** 0 to 1, unrounded, weighted by time. */
  readonly fraction: number
  /** Whole percent; the five add up to 100 where rounding allows (metrics sheet §3.4). */
  readonly percent: number
  /** `fraction` of a 24-hour day. */
  readonly minutesPerDay: number
}
export type RangeShares = Readonly<Record<RangeName, RangeShare>>

/** A number that needs enough data: the number, or why there is none. */
export type Sufficient = { readonly value: number } | { readonly missing: 'too-few-values' | 'too-short' }

export interface GlucoseSummary {
  readonly count: number
  readonly daysWithData: number
  readonly meanMgdl: number
  readonly minMgdl: number
  readonly maxMgdl: number
  /** Sample standard deviation, from 30 values on. */
  readonly sdMgdl: Sufficient
  readonly cvPercent: Sufficient
  readonly ranges: RangeShares
}

export interface SensorSummary extends GlucoseSummary {
  /** From 14 days with 70 % use on (metrics sheet §5.1). */
  readonly gmiPercent: Sufficient
  /** Percent time active, AGP definition (metrics sheet §5). */
  readonly percentActive: number
  /** Fraction 70 to 140 mg/dL. */
  readonly tightFraction: number
  readonly episodes: EpisodeSummaries
}

export type EpisodeKind = 'hypoLevel1' | 'hypoLevel2' | 'hypoExtended' | 'hyperLevel1' | 'hyperLevel2'
export type EpisodeSummaries = Readonly<
  Record<EpisodeKind, { readonly count: number; readonly perDay: number; readonly meanMinutes: number }>
>

/** One day's insulin and carbohydrate. Absent numbers are not known; they are not zero. */
export interface DayInsulin {
  readonly day: DeviceDay
  readonly bolusUnits: number
  readonly bolusCount: number
  /** Derived from the rates, when they account for the whole day. */
  readonly basalUnits?: number
  /** What the algorithm gave (basal and corrections together) where the source says no more. */
  readonly autoUnits?: number
  /** bolus + basal + auto, when all are known. */
  readonly totalUnits?: number
  /** The pump's own total of that day. */
  readonly pumpTotalUnits?: number
  readonly carbsGrams: number
  readonly carbsExchanges: number
  readonly carbEntries: number
  /** Why `basalUnits` or `totalUnits` is missing, or differs from the pump's. */
  readonly note?: 'basal-incomplete' | 'auto-mode-mixed' | 'differs-from-pump'
}

export interface InsulinSummary {
  readonly daysWithInsulin: number
  /** Means over the days where the number is known. */
  readonly totalPerDay?: number
  readonly basalPerDay?: number
  readonly bolusPerDay: number
  readonly autoPerDay?: number
  readonly bolusesPerDay: number
  /** Whole percent of basal (with auto), bolus; add up to 100. */
  readonly basalPercent?: number
  readonly bolusPercent?: number
  readonly carbDays: number
  readonly carbsGramsPerDay?: number
  readonly carbsExchangesPerDay?: number
  /** How many days each mean stands on. */
  readonly daysWithTotal: number
}

export interface OverviewDay {
  readonly day: DeviceDay
  readonly sensor?: GlucoseSummary
  readonly meter?: GlucoseSummary
  readonly insulin?: DayInsulin
}

export interface OverviewModel {
  readonly period: Period
  /** First and last day in the period with any data; absent when there is none. */
  readonly dataFirstDay?: DeviceDay
  readonly dataLastDay?: DeviceDay
  readonly sensor?: SensorSummary
  readonly meter?: GlucoseSummary & { readonly valuesPerDay: number }
  readonly insulin?: InsulinSummary
  /** Every day of the period, oldest first, also those without data. */
  readonly days: readonly OverviewDay[]
  /** Names of the devices whose data are in it. */
  readonly devices: readonly string[]
}

/** A stretch of delivered basal, derived (decision 8). Sorted, not overlapping. */
export interface BasalSegment {
  readonly from: DeviceTime
  readonly to: DeviceTime
  readonly delivery: 'scheduled' | 'temp' | 'suspended' | 'automated'
  readonly rateUnitsPerHour: number
  /** What the programme would have given, for temp and suspended. */
  readonly suppressedUnitsPerHour?: number
}

export type DailyEvent = Alarm | Prime | Rewind | Suspend | SensorState | TimeChange | Marker

export interface DailyModel {
  readonly day: DeviceDay
  /** Nearest days before and after that hold data. */
  readonly previousDay?: DeviceDay
  readonly nextDay?: DeviceDay
  readonly sensor?: SensorSummary
  readonly meter?: GlucoseSummary
  readonly insulin?: DayInsulin
  readonly glucose: GlucoseSeries
  readonly meterValues: readonly Stored<Smbg>[]
  readonly boluses: readonly Stored<Bolus>[]
  readonly wizards: readonly Stored<Wizard>[]
  readonly food: readonly Stored<Food>[]
  /** Clipped to the day; gaps are stretches nobody can account for. */
  readonly basal: readonly BasalSegment[]
  readonly events: readonly Stored<DailyEvent>[]
  readonly devices: readonly string[]
}

/** A record as it comes out of the store. */
export type Stored<T> = T & {
  readonly id: string
  readonly sourceKey: string
  /** The artifact that `raw` and `supporting` point into. */
  readonly artifactId: string
}

/** What every report is made from: what the store holds for the period, undoctored. */
export interface ReportInput {
  readonly period: Period
  readonly preferences: Preferences
  /** Sensor glucose, one series per source, not yet de-duplicated against each other. */
  readonly glucose: readonly GlucoseSeries[]
  /**
   * All other records of the period, sorted by device time. Basal records reach back up to seven days before it, so
   * that the rate in force at its start is known; `basalFrom` says how far.
   */
  readonly records: readonly Stored<TherapyRecord>[]
  readonly basalFrom: DeviceDay
  readonly deviceNames: Readonly<Record<string, string>>
  /** Days around the period that hold data, for stepping. */
  readonly previousDay?: DeviceDay
  readonly nextDay?: DeviceDay
}
