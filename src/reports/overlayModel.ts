/** What the Overlay by day shows: every day's trace over one axis of 24 hours, and their mean. */
import type { GlucoseSeries } from '#records/series.ts'
import type { DeviceDay } from '#records/time.ts'
import type { GlucoseSummary, PeriodModel } from './models.ts'
import type { MeterMark } from './weeklyModel.ts'

export interface OverlayDay {
  readonly day: DeviceDay
  /** 0 Sunday to 6 Saturday. */
  readonly weekday: number
  readonly glucose: GlucoseSeries
  readonly meterMarks: readonly MeterMark[]
  /** Of the sensor, or of the meter where no sensor was worn in the whole period. */
  readonly summary?: GlucoseSummary
}

/** Index i is the stretch of the day from i times `slotMinutes` on. NaN where values are of fewer than two days. */
export interface OverlayMean {
  readonly slotMinutes: number
  readonly mgdl: Float64Array<ArrayBuffer>
  readonly lowest: Float64Array<ArrayBuffer>
  readonly highest: Float64Array<ArrayBuffer>
  /** 1 where the device said LO of the lowest, HI of the highest. */
  readonly lowestIsLo: Uint8Array<ArrayBuffer>
  readonly highestIsHi: Uint8Array<ArrayBuffer>
  readonly values: Uint32Array<ArrayBuffer>
  readonly days: Uint32Array<ArrayBuffer>
}

export const daySets = ['all', 'weekdays', 'weekend'] as const
export type DaySet = (typeof daySets)[number]

export interface OverlayModel extends PeriodModel {
  readonly from: 'sensor' | 'meter'
  /** Days with glucose values, oldest first. */
  readonly days: readonly OverlayDay[]
  /** Only of a sensor: single values of a meter make no line. */
  readonly means?: Readonly<Record<DaySet, OverlayMean>>
}
