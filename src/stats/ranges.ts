/**
 * Times in ranges: the one classifier of glucose values and the shares made from it.
 * A value is classified once, in the unit its device stored, against that unit's own limits; so no percentage can
 * depend on the unit shown. Source: metrics sheet §1.4, §2.1, §3.
 */
import type { RangeLimits, TargetRanges } from '#records/preferences.ts'
import { GlucoseFlag, type GlucoseSeries } from '#records/series.ts'
import { roundHalfEven } from '#records/units.ts'

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

const MINUTES_PER_DAY = 1440
/** Tight range, 70 to 140 mg/dL or 3.9 to 7.8 mmol/L, both ends included, in native steps. */
const TIGHT = { mgdl: { from: 70, to: 140 }, mmol: { from: 39, to: 78 } }

/** Gives the index into {@link rangeNames} of a value in native steps (whole mg/dL, or tenths of mmol/L). */
export function classifier(ranges: TargetRanges): (steps: number, isMmol: boolean) => number {
  const mgdl = inSteps(ranges.mgdl, 1)
  const mmol = inSteps(ranges.mmol, 10)
  return (steps, isMmol) => {
    const limits = isMmol ? mmol : mgdl
    if (steps < limits.veryLow) return 0
    if (steps > limits.veryHigh) return 4
    if (steps < limits.low) return 1
    return steps > limits.high ? 3 : 2
  }
}

/** The class of each value of a series, as an index into {@link rangeNames}. */
export function classify(series: GlucoseSeries, ranges: TargetRanges): Uint8Array {
  const { steps, flags } = series
  const classOf = classifier(ranges)
  const classes = new Uint8Array(steps.length)
  for (let i = 0; i < classes.length; i++) {
    classes[i] = classOf(steps[i] ?? 0, ((flags[i] ?? 0) & GlucoseFlag.Mmol) !== 0)
  }
  return classes
}

/** Shares of the values `start` up to, not including, `end`, weighted by how long each value stands for. */
export const rangeShares = (series: GlucoseSeries, classes: Uint8Array, start: number, end: number): RangeShares =>
  rangeSharesOf(series, classes, [[start, end]])

/** The same of several such stretches together; none may overlap another. */
export function rangeSharesOf(
  series: GlucoseSeries,
  classes: Uint8Array,
  stretches: readonly (readonly [start: number, end: number])[],
): RangeShares {
  const { intervalMs } = series
  const counts = new Uint32Array(rangeNames.length)
  const weights = new Float64Array(rangeNames.length)
  let total = 0
  for (const [start, end] of stretches) {
    for (let i = start; i < end; i++) {
      const name = classes[i] ?? 0
      const weight = intervalMs[i] ?? 0
      counts[name] = (counts[name] ?? 0) + 1
      weights[name] = (weights[name] ?? 0) + weight
      total += weight
    }
  }
  const fractions = Array.from(weights, weight => (total > 0 ? weight / total : 0))
  const percents = wholePercents(fractions)
  const share = (name: number): RangeShare => ({
    count: counts[name] ?? 0,
    fraction: fractions[name] ?? 0,
    percent: percents[name] ?? 0,
    minutesPerDay: (fractions[name] ?? 0) * MINUTES_PER_DAY,
  })
  return { veryLow: share(0), low: share(1), target: share(2), high: share(3), veryHigh: share(4) }
}

/** Share of time, 0 to 1, from 70 to 140 mg/dL (3.9 to 7.8 mmol/L); 0 when there are no values. */
export function tightFraction(series: GlucoseSeries, start: number, end: number): number {
  const { flags, steps: allSteps, intervalMs } = series
  let inside = 0
  let total = 0
  for (let i = start; i < end; i++) {
    const tight = (flags[i] ?? 0) & GlucoseFlag.Mmol ? TIGHT.mmol : TIGHT.mgdl
    const steps = allSteps[i] ?? 0
    const weight = intervalMs[i] ?? 0
    if (steps >= tight.from && steps <= tight.to) inside += weight
    total += weight
  }
  return total > 0 ? inside / total : 0
}

/**
 * The five fractions, in the order of {@link rangeNames}, as whole percents that add up to 100: each is rounded half to
 * even, what is missing or too much goes to `high`, and what `high` cannot take goes to `target`. When rounding alone
 * cannot explain the difference (more than 2 points) the percents stay unrounded. 1.4 + 5.4 + 61.4 + 29.4 + 2.4 %
 * becomes 1, 5, 61, 31, 2.
 */
export function wholePercents(fractions: readonly number[]): number[] {
  const percents = fractions.map(fraction => roundHalfEven(fraction * 100))
  const missing = 100 - percents.reduce((sum, percent) => sum + percent, 0)
  if (Math.abs(missing) > 2) return fractions.map(fraction => fraction * 100)
  const [, , target = 0, high = 0] = percents
  const newHigh = Math.min(100, Math.max(0, high + missing))
  percents[3] = newHigh
  percents[2] = target + missing - (newHigh - high)
  return percents
}

function inSteps(limits: RangeLimits, stepsPerUnit: number): RangeLimits {
  const steps = (limit: number) => Math.round(limit * stepsPerUnit)
  return {
    veryLow: steps(limits.veryLow),
    low: steps(limits.low),
    high: steps(limits.high),
    veryHigh: steps(limits.veryHigh),
  }
}
