/**
 * Page models: what a report shows, in order, as plain data. `overview.ts` and `daily.ts` make them, `ui/reports`
 * draws them, and nothing that draws computes. Glucose is in mg/dL, unrounded; the page rounds for display.
 */
import type { Preferences } from '#records/preferences.ts'
import type {
  Alarm,
  AutoMode,
  Bolus,
  Calibration,
  Food,
  Marker,
  Prime,
  Rewind,
  SensorState,
  Setting,
  Smbg,
  Suspend,
  TherapyRecord,
  TimeChange,
  Wizard,
} from '#records/records.ts'
import type { GlucoseSeries } from '#records/series.ts'
import type { DeviceDay, DeviceTime } from '#records/time.ts'
import type { BasalSegment } from '#stats/basalSegment.ts'
import type { DeviceIntervals } from '#stats/deviceIntervals.ts'
import type { DayInsulin, InsulinSummary } from '#stats/insulin.ts'
import type { RiskIndex } from '#stats/risk.ts'
import type { GlucoseSummary, MeterSummary, SensorSummary } from '#stats/summary.ts'
import type { TimeOfDayProfile } from '#stats/timeOfDay.ts'
import type { TempBasalSummary } from '#stats/tempBasals.ts'
import type { Comparison } from './assessmentModel.ts'
import type { BolusUse } from './bolusKinds.ts'
import type { ReportFilter } from './filter.ts'

export type { BasalSegment } from '#stats/basalSegment.ts'
export type { EpisodeKind, EpisodeSummaries } from '#stats/episodes.ts'
export type { DayInsulin, InsulinSummary } from '#stats/insulin.ts'
export { type RangeName, type RangeShare, type RangeShares, rangeNames } from '#stats/ranges.ts'
export type { DeviceIntervals } from '#stats/deviceIntervals.ts'
export type { RiskIndex } from '#stats/risk.ts'
export type { GlucoseSummary, MeterSummary, SensorSummary, Sufficient } from '#stats/summary.ts'
export type { TempBasalSummary } from '#stats/tempBasals.ts'
export type { TimeOfDayProfile } from '#stats/timeOfDay.ts'
export type { BolusKind, BolusUse } from './bolusKinds.ts'

/** Whole device days, both included. */
export interface Period {
  readonly firstDay: DeviceDay
  readonly lastDay: DeviceDay
}

/** What the model of every report about a period has. */
export interface PeriodModel {
  readonly period: Period
  /** First and last day in the period with any data; absent when there is none. */
  readonly dataFirstDay?: DeviceDay
  readonly dataLastDay?: DeviceDay
  /** Names of the devices whose data are in it. */
  readonly devices: readonly string[]
  /** Values told for calibration though no sensor value is there: they are not counted. Absent when there is none. */
  readonly uncountedCalibrations?: number
}

export interface OverviewDay {
  readonly day: DeviceDay
  readonly sensor?: GlucoseSummary
  readonly meter?: GlucoseSummary
  readonly insulin?: DayInsulin
}

export interface OverviewModel extends PeriodModel {
  readonly sensor?: SensorSummary
  readonly meter?: MeterSummary
  readonly insulin?: InsulinSummary
  /** Of a day of sensor values at least. */
  readonly risk?: RiskIndex
  /** Share, 0 to 1, of the time in which an algorithm gave the basal; absent where there was none or it is not known. */
  readonly automaticShare?: number
  /** The main numbers beside those of the days before; absent when these hold no data. */
  readonly comparison?: Comparison
  /** How often set and reservoir are changed; absent when no change is told. */
  readonly changes?: Pick<DeviceIntervals, 'set' | 'reservoir'>
  /** Every day of the period that is not left out, oldest first, also those without data. */
  readonly days: readonly OverviewDay[]
}

export interface AgpDay {
  readonly day: DeviceDay
  readonly glucose: GlucoseSeries
  readonly meterValues: readonly Stored<Smbg>[]
  readonly sensor?: GlucoseSummary
}

/** The ambulatory glucose profile, of a sensor and of a meter, each where it has values. */
export interface AgpModel extends PeriodModel {
  readonly sensor?: SensorSummary
  readonly meter?: MeterSummary
  /** Percentiles 5, 25, 50, 75 and 95 of each hour; absent when there are too few values for them. */
  readonly profiles: { readonly sensor?: TimeOfDayProfile; readonly meter?: TimeOfDayProfile }
  /** The meter's single values by time of day, ms since midnight. `limit`: the meter said LO or HI instead. */
  readonly points: readonly { readonly ms: number; readonly mgdl: number; readonly limit?: 'low' | 'high' }[]
  /** The last days of the period, at most 14, oldest first. */
  readonly days: readonly AgpDay[]
}

/** What was done with the devices on one day. */
export interface DeviceUseDay {
  readonly day: DeviceDay
  readonly meterValues: number
  readonly calibrations: number
  readonly sensorMinutes: number
  /** Without automatic ones. */
  readonly boluses: number
  readonly manualBoluses: number
  readonly wizardBoluses: number
  readonly automaticBoluses: number
  /** Of the wizard's boluses: with carbs, with a correction, with more and with less than it had proposed. */
  readonly withFood: number
  readonly withCorrection: number
  readonly overridden: number
  readonly underridden: number
  /** Less came than was programmed; automatic ones and those that gave nothing included. */
  readonly interrupted: number
  /** Set on this day, where it is known what they gave. */
  readonly tempBasals: number
  readonly suspendMinutes: number
  readonly rewinds: number
  readonly tubingFills: number
  readonly cannulaFills: number
  readonly fillUnits: number
  readonly alarms: number
}

export interface DeviceUseModel extends PeriodModel {
  /** Every day of the period that is not left out, oldest first. */
  readonly days: readonly DeviceUseDay[]
}

/** A week or a month, or what of it lies in the period. */
export interface InsulinSpan {
  readonly firstDay: DeviceDay
  readonly lastDay: DeviceDay
  /** Means a day. */
  readonly summary?: InsulinSummary
  /** Over the days where each is known; absent when on none. */
  readonly sums: {
    readonly totalUnits?: number
    readonly basalUnits?: number
    readonly bolusUnits: number
    readonly carbsGrams: number
    readonly carbsExchanges: number
  }
}

export interface InsulinModel extends PeriodModel {
  readonly summary?: InsulinSummary
  /** Every day of the period that is not left out, oldest first. */
  readonly days: readonly { readonly day: DeviceDay; readonly insulin?: DayInsulin }[]
  readonly weeks: readonly InsulinSpan[]
  readonly months: readonly InsulinSpan[]
  /** Absent without any bolus. */
  readonly boluses?: BolusUse
  /** Absent without any. */
  readonly tempBasals?: TempBasalSummary
}

/** One group of settings, such as a basal pattern; the values in the device's own words, with units. */
export interface SettingGroup {
  /** Of the record it stands on. */
  readonly id: string
  readonly name: string
  readonly values: Readonly<Record<string, string>>
}

/** Everything that a device was set to at one moment. */
export interface SettingsSnapshot {
  readonly at: DeviceTime
  readonly groups: readonly SettingGroup[]
  /** It told all of it again, and nothing of it differed, the last time then; absent when it told it once. */
  readonly until?: DeviceTime
  /** How it stood when it told them last, which is no setting: reservoir, battery, last bolus, sensor value. */
  readonly status?: DeviceStatus
}

export interface DeviceStatus {
  readonly at: DeviceTime
  readonly groups: readonly SettingGroup[]
}

export interface DeviceSettings {
  readonly sourceKey: string
  readonly name: string
  /** Found in a file, whose names of settings are the maker's own. */
  readonly fromFile: boolean
  /** Newest told first; each differs from what was told before it. */
  readonly snapshots: readonly SettingsSnapshot[]
  /** Changes that the device logged, newest first. */
  readonly changes: readonly Stored<Setting>[]
}

export interface SettingsModel {
  readonly devices: readonly DeviceSettings[]
}

export type DailyEvent = Alarm | AutoMode | Prime | Rewind | Suspend | SensorState | TimeChange | Marker

/**
 * What a person did at one moment: a bolus with the calculator's screen that it came of and its second part, where a
 * dual bolus is two records; or a screen without a bolus; or carbs noted.
 */
export interface TherapyRow {
  readonly at: DeviceTime
  readonly bolus?: Stored<Bolus>
  readonly secondPart?: Stored<Bolus>
  readonly wizard?: Stored<Wizard>
  readonly food?: Stored<Food>
  /** Programmed less what the calculator proposed, U; absent when they are the same or one is not known. */
  readonly overrideUnits?: number
  /** Less came than was programmed. */
  readonly interrupted?: true
}

/** A set clock: what it skipped does not exist on the day's clock, what it passed twice happened twice. */
export interface ClockChange {
  readonly from: DeviceTime
  readonly to: DeviceTime
  /** Above zero: set forward, so much was skipped; below: set back, so much was repeated. */
  readonly byMs: number
}

/** Who gave the basal: the pump's algorithm or its programme. */
export interface ModeStretch {
  readonly from: DeviceTime
  readonly to: DeviceTime
  readonly mode: 'automatic' | 'manual'
}

/** A setting in force on a day. */
export interface SettingInForce {
  readonly name: SettingName
  /** By time of day or alone, in the device's own words. */
  readonly values: readonly (readonly [from: string, value: string])[]
  /** When the device told it; after the day where nothing earlier is known and nothing was changed in between. */
  readonly toldAt: DeviceTime
}

export type SettingName = 'activeInsulin' | 'maximumBolus' | 'maximumBasal' | 'carbRatios' | 'sensitivities' | 'targets'

/** Insulin on board of a day's boluses by one curve, every five minutes from midnight to midnight. */
export interface OnBoardCurve {
  /** Active insulin time of the curve. */
  readonly actionMinutes: number
  /** U at index i: i times five minutes after midnight. */
  readonly units: Float64Array<ArrayBuffer>
}

export interface OnBoard {
  /** The pump's own setting, where it is known: then there is the one curve for it. */
  readonly knownMinutes?: number
  /** Else one for each whole hour that a person may choose. */
  readonly curves: readonly OnBoardCurve[]
  /** The pump's own number, on the calculator's screens. */
  readonly told: readonly { readonly at: DeviceTime; readonly units: number }[]
}

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
  /** The same three as one row for each thing done, in order of time. */
  readonly therapy: readonly TherapyRow[]
  /** Finger-stick values that the sensor was calibrated with. */
  readonly calibrations: readonly Stored<Calibration>[]
  /** Clipped to the day; gaps are stretches nobody can account for. */
  readonly basal: readonly BasalSegment[]
  readonly events: readonly Stored<DailyEvent>[]
  /** When an infusion set was changed. */
  readonly setChanges: readonly DeviceTime[]
  /** Where it is known; empty on a day without automatic basal. */
  readonly modes: readonly ModeStretch[]
  readonly clockChanges: readonly ClockChange[]
  /** The basal pattern in force, from midnight on; empty where the pump gives it no name. */
  readonly patterns: readonly { readonly from: DeviceTime; readonly name: string }[]
  readonly settings: readonly SettingInForce[]
  /** Absent without any bolus that could still act on the day. */
  readonly onBoard?: OnBoard
  /**
   * Whether some device tells of boluses and of basal, on this day or up to a week before: then a day without any says
   * that none was given; else nothing is known.
   */
  readonly logs: { readonly bolus: boolean; readonly basal: boolean }
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
  /** What of the period is left out; nothing without it. */
  readonly filter?: ReportFilter
  readonly preferences: Preferences
  /** The same for the earlier period of a report that compares two. */
  readonly before?: ReportInput
  /** Sensor glucose, one series per source, not yet de-duplicated against each other. */
  readonly glucose: readonly GlucoseSeries[]
  /**
   * All other records of the period, sorted by device time. Those of basal and bolus reach back to `basalFrom`: the
   * rate in force at the period's start is known then, and which insulin still acts.
   */
  readonly records: readonly Stored<TherapyRecord>[]
  /** Of a single day: settings that were told and clocks that were set within some months around it, ascending. */
  readonly around?: readonly Stored<Setting | TimeChange>[]
  /** From `basalFrom` up to the period: rewinds, fills, sensor starts, settings. Ascending. */
  readonly earlier?: readonly Stored<TherapyRecord>[]
  readonly basalFrom: DeviceDay
  readonly deviceNames: Readonly<Record<string, string>>
  /** Days around the period that hold data, for stepping. */
  readonly previousDay?: DeviceDay
  readonly nextDay?: DeviceDay
}
