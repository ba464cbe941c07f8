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
import type { DeviceDay } from '#records/time.ts'
import type { BasalSegment } from '#stats/basalSegment.ts'
import type { DayInsulin, InsulinSummary } from '#stats/insulin.ts'
import type { GlucoseSummary, SensorSummary } from '#stats/summary.ts'

export type { BasalSegment } from '#stats/basalSegment.ts'
export type { EpisodeKind, EpisodeSummaries } from '#stats/episodes.ts'
export type { DayInsulin, InsulinSummary } from '#stats/insulin.ts'
export { type RangeName, type RangeShare, type RangeShares, rangeNames } from '#stats/ranges.ts'
export type { GlucoseSummary, SensorSummary, Sufficient } from '#stats/summary.ts'

/** Whole device days, both included. */
export interface Period {
  readonly firstDay: DeviceDay
  readonly lastDay: DeviceDay
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
