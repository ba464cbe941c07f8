/**
 * Percent time active as the R package iglu counts it, for comparing with numbers made by that package; our reports show
 * the definition of the AGP (`summary.ts`). Source: metrics sheet §5.
 */
import { MINUTE_MS } from '#records/time.ts'
import { roundHalfEven } from '#records/units.ts'
import { quantile } from './central.ts'

/**
 * 0 to 100, from the times (ms) of all values, ascending; NaN below two values. The interval is the usual spacing in
 * whole minutes; each longer spacing is a gap, itself counted in whole minutes.
 */
export function percentActiveByGaps(time: Float64Array): number {
  const spacing = time.slice(1).map((at, i) => (at - (time[i] ?? 0)) / MINUTE_MS)
  const interval = roundHalfEven(quantile(spacing.toSorted(), 0.5))
  const span = ((time.at(-1) ?? 0) - (time[0] ?? 0)) / MINUTE_MS
  const expected = roundHalfEven(roundHalfEven(span) / interval) + 1
  let lost = 0
  for (const minutes of spacing) lost += Math.max(0, roundHalfEven(minutes) - interval)
  const missing = roundHalfEven(lost / interval)
  return (100 * (expected - missing)) / expected
}
