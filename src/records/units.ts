/**
 * Glucose units: the one conversion factor, and numbers as they are shown.
 * Source: metrics sheet §1.1 to §1.3 (molar mass of glucose 180.156 g/mol; half to even on display).
 */

export type GlucoseUnits = 'mg/dL' | 'mmol/L'

/** mg/dL in one mmol/L. The only such number in the project. */
export const MGDL_PER_MMOL = 18.01559

/** Unrounded conversions; round only for display. */
export const mgdlFromMmol = (mmol: number): number => mmol * MGDL_PER_MMOL
export const mmolFromMgdl = (mgdl: number): number => mgdl / MGDL_PER_MMOL

/** A glucose value in mg/dL, whatever unit it came in. Unrounded. */
export const mgdlFrom = (value: number, units: GlucoseUnits): number =>
  units === 'mg/dL' ? value : mgdlFromMmol(value)

/**
 * Rounds half to even at `places` decimals. Scaling artefacts such as 0.5 + 1e-15 are removed first, so that an
 * exact half is seen as one.
 */
export function roundHalfEven(value: number, places = 0): number {
  const scale = 10 ** places
  const scaled = Number((value * scale).toPrecision(12))
  const floor = Math.floor(scaled)
  const fraction = scaled - floor
  const up = fraction > 0.5 || (fraction === 0.5 && floor % 2 !== 0)
  return (up ? floor + 1 : floor) / scale
}

/** A mean or a value in mg/dL as shown in `units`: "104", "5.8". */
export function glucoseText(mgdl: number, units: GlucoseUnits): string {
  return units === 'mg/dL' ? roundHalfEven(mgdl).toFixed(0) : roundHalfEven(mmolFromMgdl(mgdl), 1).toFixed(1)
}
