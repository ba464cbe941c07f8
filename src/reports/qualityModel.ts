/** What the report of data quality shows: where data are missing, told twice, or do not add up. */
import type { RecordType } from '#records/records.ts'
import type { DeviceDay, DeviceTime } from '#records/time.ts'
import type { DayInsulin } from '#stats/insulin.ts'
import type { SensorGap } from '#stats/sensorGaps.ts'
import type { PeriodModel } from './models.ts'

export type { SensorGap } from '#stats/sensorGaps.ts'

export interface QualityGap extends SensorGap {
  /** What the sensor or pump said of it meanwhile, each once, at most three. */
  readonly states: readonly string[]
  /** The clock was set in it: it is perhaps shorter, or none. */
  readonly clockSet: boolean
}

export interface CoverageDay {
  readonly day: DeviceDay
  /** Minutes that the day's sensor values stand for. */
  readonly minutes: number
  /** Of the day's 24 hours, 0 to 1. */
  readonly fraction: number
}

/** One way by which data of a device came. */
export interface SourceName {
  readonly device: string
  readonly fromFile: boolean
}

export interface CopiesRow {
  readonly type: RecordType
  readonly leftOut: SourceName
  readonly believed: SourceName
  readonly count: number
}

export interface ClockSetting {
  readonly at: DeviceTime
  readonly device: string
  readonly from?: DeviceTime
  readonly to: DeviceTime
  /** Set forward: above zero. Absent where the device did not tell from when. */
  readonly byMs?: number
}

export interface TotalsDay {
  readonly day: DeviceDay
  readonly pumpUnits?: number
  readonly ourUnits?: number
  /** Ours less the pump's, where both are known. */
  readonly differenceUnits?: number
  readonly note?: DayInsulin['note']
}

export interface StoredCount {
  readonly deviceKey: string
  readonly device: string
  readonly type: RecordType
  readonly stored: number
  /** Of these, left out as copies. */
  readonly leftOut: number
}

export interface QualityModel extends PeriodModel {
  /** Every day that is looked at, oldest first; empty when no sensor was worn. */
  readonly coverage: readonly CoverageDay[]
  /** Days with less than 70 % sensor data. */
  readonly daysBelow: number
  /** Oldest first. */
  readonly gaps: readonly QualityGap[]
  readonly copies: readonly CopiesRow[]
  /** Oldest first. */
  readonly clockSettings: readonly ClockSetting[]
  /** Days with a total of the pump's or a reason why there is none of ours, oldest first. */
  readonly totals: readonly TotalsDay[]
  /** Days on which both totals are known, and on how many of them they agree to 2 %. */
  readonly totalsCompared: number
  readonly totalsAgree: number
  readonly stored: readonly StoredCount[]
}
