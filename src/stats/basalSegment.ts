/** What basal derivation gives: the shape that its layers hand to each other and that reports draw. */
import type { DeviceTime } from '#records/time.ts'

/** A stretch of delivered basal, derived (decision 8). Sorted, not overlapping. */
export interface BasalSegment {
  readonly from: DeviceTime
  readonly to: DeviceTime
  readonly delivery: 'scheduled' | 'temp' | 'suspended' | 'automated'
  readonly rateUnitsPerHour: number
  /** What the programme would have given, for temp and suspended. */
  readonly suppressedUnitsPerHour?: number
}
