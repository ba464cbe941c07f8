/**
 * Glucose as columns of typed arrays: what statistics and charts work on, and what crosses threads without copying.
 */
import type { GlucoseUnits } from './units.ts'

/** Bits of `GlucoseSeries.flags` and of a stored chunk's `flags`. */
export const GlucoseFlag = {
  /** The native unit is mmol/L; else mg/dL. */
  Mmol: 1,
  /** The device said LO: below its measuring range. */
  Low: 2,
  /** The device said HI. */
  High: 4,
  Backfilled: 8,
} as const

/**
 * Glucose values of one period, ascending in time, already de-duplicated.
 * Index i is the same value in every column; all columns have `time.length` entries.
 */
export interface GlucoseSeries {
  /** Device wall clock, ms ({@link DeviceTime}). */
  readonly time: Float64Array<ArrayBuffer>
  /** The native value in whole steps of its unit: mg/dL, or tenths of mmol/L. Out-of-range values: limit -1 or +1. */
  readonly steps: Uint16Array<ArrayBuffer>
  /** {@link GlucoseFlag} bits. */
  readonly flags: Uint8Array<ArrayBuffer>
  /** The same value in mg/dL, unrounded. */
  readonly mgdl: Float64Array<ArrayBuffer>
  /** How long each value stands for, ms: 300,000 for a five-minute sensor. */
  readonly intervalMs: Uint32Array<ArrayBuffer>
  /** Index into `sources`. */
  readonly source: Uint8Array<ArrayBuffer>
  /** Source keys, see `store`. */
  readonly sources: readonly string[]
}

/** The native step of a value as the device gave it: 104 mg/dL -> 104, 5.8 mmol/L -> 58; LO and HI one step outside. */
export function stepsOf(value: number, units: GlucoseUnits, outOfRange?: 'low' | 'high'): number {
  const steps = Math.round(units === 'mg/dL' ? value : value * 10)
  if (outOfRange === 'low') return steps - 1
  return outOfRange === 'high' ? steps + 1 : steps
}
