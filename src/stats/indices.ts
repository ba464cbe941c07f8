/**
 * Published indices of risk and quality that are computed from the values alone, each reading counting the same.
 * All take mg/dL. NaN when there is no value. Source: metrics sheet §6 and §7.
 */
import { DAY_MS } from '#records/time.ts'
import { quantile } from './central.ts'

/** Kovatchev's risk of one value: negative below 112.5 mg/dL, positive above. */
function signedRisk(mgdl: number): number {
  const f = Math.log(mgdl) ** 1.084 - 5.381
  return 22.77 * f * Math.abs(f)
}

/** The same, asked once for each whole mg/dL: there are many values and few different ones. */
function createSignedRisk(): (mgdl: number) => number {
  const known = new Float64Array(1_024).fill(Number.NaN)
  return mgdl => {
    const before = known[mgdl]
    if (before !== undefined && !Number.isNaN(before)) return before
    const risk = signedRisk(mgdl)
    // Whatever is no index of it leaves the list as it is.
    if (Number.isInteger(mgdl) && mgdl < known.length) known[mgdl] = risk
    return risk
  }
}

export interface KovatchevIndices {
  /** Below 1.1 minimal, to 2.5 low, to 5 moderate, above high. */
  readonly lbgi: number
  /** Below 4.5 low, to 9 moderate, above high. */
  readonly hbgi: number
  /** Below 20 low, to 40 moderate, above high. */
  readonly adrr: number
}

/** Low and high blood glucose index, and the average daily risk range over the days with values. */
export function kovatchev(time: Float64Array, mgdl: Float64Array): KovatchevIndices {
  const riskOf = createSignedRisk()
  let low = 0
  let high = 0
  let ranges = 0
  let days = 0
  let day = Number.NaN
  let dayLow = 0
  let dayHigh = 0
  const closeDay = () => {
    if (Number.isNaN(day)) return
    ranges += dayLow + dayHigh
    days++
  }
  for (let i = 0; i < mgdl.length; i++) {
    const its = Math.floor((time[i] ?? 0) / DAY_MS)
    if (its !== day) {
      closeDay()
      day = its
      dayLow = 0
      dayHigh = 0
    }
    const risk = riskOf(mgdl[i] ?? 0)
    if (risk < 0) {
      low -= risk
      dayLow = Math.max(dayLow, -risk)
    } else {
      high += risk
      dayHigh = Math.max(dayHigh, risk)
    }
  }
  closeDay()
  return { lbgi: low / mgdl.length, hbgi: high / mgdl.length, adrr: ranges / days }
}

/** J-index (Wojcicki 1995): 100 mg/dL with a deviation of 20 gives 14.4. */
export const jIndex = (meanMgdl: number, sdMgdl: number): number => 0.001 * (meanMgdl + sdMgdl) ** 2

/** Median absolute deviation, scaled to the standard deviation of a normal distribution. */
export function medianAbsoluteDeviation(ascending: Float64Array): number {
  const median = quantile(ascending, 0.5)
  return 1.4826 * quantile(ascending.map(value => Math.abs(value - median)).sort(), 0.5)
}

export interface Grade {
  /** 0 to 50. */
  readonly grade: number
  /** Percent of it from values below `hypoBelow`, from there to 140, above 140 mg/dL. */
  readonly hypoPercent: number
  readonly euPercent: number
  readonly hyperPercent: number
}

/**
 * Glycaemic risk assessment diabetes equation; its 18 is part of the definition. The share of low values ends at 80 mg/dL,
 * in the original at 70.
 */
export function grade(mgdl: Float64Array, hypoBelow = 80): Grade {
  let [hypo, eu, hyper] = [0, 0, 0]
  for (const value of mgdl) {
    const score = Math.min(50, 425 * (Math.log10(Math.log10(value / 18)) + 0.16) ** 2)
    if (value < hypoBelow) hypo += score
    else if (value > 140) hyper += score
    else eu += score
  }
  const sum = hypo + eu + hyper
  const percent = (part: number) => (100 * part) / sum
  return {
    grade: sum / mgdl.length,
    hypoPercent: percent(hypo),
    euPercent: percent(eu),
    hyperPercent: percent(hyper),
  }
}

/** M-value with 90 mg/dL as the ideal. */
export const mValue = (mgdl: Float64Array): number =>
  mgdl.reduce((sum, value) => sum + 1000 * Math.abs(Math.log10(value / 90)) ** 3, 0) / mgdl.length

export interface GlycaemicControl {
  readonly hyperIndex: number
  readonly hypoIndex: number
  /** Index of glycaemic control: their sum. */
  readonly igc: number
}

export function glycaemicControl(mgdl: Float64Array): GlycaemicControl {
  let hyper = 0
  let hypo = 0
  for (const value of mgdl) {
    if (value > 140) hyper += (value - 140) ** 1.1
    else if (value < 80) hypo += (80 - value) ** 2
  }
  const hyperIndex = hyper / (30 * mgdl.length)
  const hypoIndex = hypo / (30 * mgdl.length)
  return { hyperIndex, hypoIndex, igc: hyperIndex + hypoIndex }
}

/** Continuous glucose monitoring index, 0 to 100, from time in 70 to 180, time below 70 (percent), and deviation. */
export function cogi(targetPercent: number, belowPercent: number, sdMgdl: number): number {
  const share = (value: number, worst: number, best: number) =>
    Math.min(1, Math.max(0, (value - worst) / (best - worst)))
  return 100 * (0.5 * share(targetPercent, 0, 100) + 0.35 * share(belowPercent, 15, 0) + 0.15 * share(sdMgdl, 108, 18))
}
