/** What the report of the distribution shows: how often each value comes, each hour's mean, and the published indices. */
import type { DeviceDay } from '#records/time.ts'
import type { GlucoseUnits } from '#records/units.ts'
import type { Histogram } from '#stats/histogram.ts'
import type { RiskIndex } from '#stats/risk.ts'
import type { PeriodModel } from './models.ts'

export type { Histogram } from '#stats/histogram.ts'
export { type RangeName, rangeNames } from '#stats/ranges.ts'
export type { RiskIndex } from '#stats/risk.ts'

/** Rows are days, oldest first; cell 24 times the row plus the hour. */
export interface HourMap {
  readonly days: readonly DeviceDay[]
  /** mg/dL; NaN where there is no value. */
  readonly mgdl: Float64Array<ArrayBuffer>
  readonly counts: Uint16Array<ArrayBuffer>
  /** Index into `rangeNames` of the mean as it is shown; 255 where there is none. */
  readonly ranges: Uint8Array<ArrayBuffer>
}

/** Numbers are absent where there are too few values for them. */
export interface Indices {
  readonly from: 'sensor' | 'meter'
  readonly count: number
  readonly daysWithData: number
  /** mg/dL. */
  readonly mage?: number
  readonly modd?: number
  readonly conga1?: number
  readonly conga4?: number
  readonly risk?: RiskIndex
  readonly lbgi?: number
  readonly hbgi?: number
  readonly adrr?: number
  readonly jIndex?: number
}

export interface DistributionModel extends PeriodModel {
  /** The unit that the bins are made in. */
  readonly units: GlucoseUnits
  readonly sensor?: Histogram
  readonly meter?: Histogram
  readonly hours: { readonly sensor?: HourMap; readonly meter?: HourMap }
  /** From the sensor; from the meter where none was worn. */
  readonly indices?: Indices
}
