/**
 * Central values and what is computed from a mean alone. Pure numbers; which values go in is decided elsewhere.
 * Source: metrics sheet §6 and §8.
 */
import { mmolFromMgdl } from '#records/units.ts'

/** Glucose management indicator in percent from the mean in mg/dL: 150 gives 6.898 (Bergenstal 2018). */
export const gmiPercent = (meanMgdl: number): number => 3.31 + 0.02392 * meanMgdl

/** The same in mmol/mol, also from the mean in mg/dL: 150 gives 51.892. Its own published line, no conversion of the percent. */
export const gmiMmolPerMol = (meanMgdl: number): number => 12.71 + 4.70587 * mmolFromMgdl(meanMgdl)

/** Estimated A1c in percent from the mean in mg/dL: 154 gives 6.993 (ADAG, Nathan 2008). */
export const ea1cPercent = (meanMgdl: number): number => (meanMgdl + 46.7) / 28.7

/** Mean and sample standard deviation (divisor n - 1). */
export interface MeanAndSd {
  readonly mean: number
  /** 0 for a single value. */
  readonly sd: number
}

/**
 * Mean and spread of the values `start` up to, not including, `end`, each weighted by `weights` (how long it stands
 * for). With equal weights these are the plain mean and sample deviation. NaN when there is no value.
 */
export function meanAndSd(values: Float64Array, weights: ArrayLike<number>, start: number, end: number): MeanAndSd {
  const n = end - start
  let weightSum = 0
  let valueSum = 0
  for (let i = start; i < end; i++) {
    const weight = weights[i] ?? 0
    weightSum += weight
    valueSum += weight * (values[i] ?? 0)
  }
  const mean = valueSum / weightSum
  let squares = 0
  for (let i = start; i < end; i++) squares += (weights[i] ?? 0) * ((values[i] ?? 0) - mean) ** 2
  const sd = n > 1 ? Math.sqrt(((squares / weightSum) * n) / (n - 1)) : 0
  return { mean, sd }
}

/**
 * Quantile of type 7 (that of R, d3 and spreadsheets) of values in ascending order; `p` from 0 to 1.
 * The median of 1, 2, 4 and 8 is 3. NaN when there is no value.
 */
export function quantile(ascending: ArrayLike<number>, p: number): number {
  const h = (ascending.length - 1) * p
  const below = Math.floor(h)
  const lower = ascending[below] ?? Number.NaN
  const upper = ascending[Math.min(below + 1, ascending.length - 1)] ?? Number.NaN
  return lower + (h - below) * (upper - lower)
}

/** Between the lower and the upper quartile of values in ascending order. NaN when there is no value. */
export const interquartileRange = (ascending: ArrayLike<number>): number =>
  quantile(ascending, 0.75) - quantile(ascending, 0.25)
