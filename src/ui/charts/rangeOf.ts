/**
 * The class of one drawn value, in the unit in which its device stored it, so that switching the display unit never
 * moves a dot to another class. Source: metrics sheet §1.4 (order: very low, very high, low, high, else target).
 */
import type { RangeLimits, TargetRanges } from '#records/preferences.ts'
import { GlucoseFlag } from '#records/series.ts'
import type { RangeName } from '#reports/models.ts'

/** `steps` in whole mg/dL, or in tenths of mmol/L when `flags` say so. */
export function rangeOf(steps: number, flags: number, ranges: TargetRanges): RangeName {
  return (flags & GlucoseFlag.Mmol) !== 0 ? rangeWithin(steps / 10, ranges.mmol) : rangeWithin(steps, ranges.mgdl)
}

function rangeWithin(value: number, limits: RangeLimits): RangeName {
  if (value < limits.veryLow) return 'veryLow'
  if (value > limits.veryHigh) return 'veryHigh'
  if (value < limits.low) return 'low'
  return value > limits.high ? 'high' : 'target'
}
