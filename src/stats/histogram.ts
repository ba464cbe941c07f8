/**
 * How often each glucose value comes, in bins of what the person reads, and the mean of each hour of each day.
 * Source: reports sheet §2 (glucose distribution, daily hours), metrics sheet §1.4 (class by the stored value).
 */
import { GlucoseFlag, type GlucoseSeries } from '#records/series.ts'
import { DAY_MS, type DeviceDay, HOUR_MS } from '#records/time.ts'
import { type GlucoseUnits, mmolFromMgdl, roundHalfEven } from '#records/units.ts'

export interface Histogram {
  /** In the unit: 10 mg/dL or 0.5 mmol/L. */
  readonly binWidth: number
  /** Where the first bin begins; a value as shown is in the bin from its lower limit up to, not including, the next. */
  readonly from: number
  /** By range, very low first: how many values of each bin are of it. */
  readonly counts: readonly Uint32Array<ArrayBuffer>[]
  /** By range: their share of all time, 0 to 1. All bins of all ranges add up to 1. */
  readonly shares: readonly Float64Array<ArrayBuffer>[]
  /** Share of time up to the end of each bin. */
  readonly cumulative: Float64Array<ArrayBuffer>
  readonly count: number
}

const RANGES = 5
/** Steps of a bin: whole mg/dL, tenths of mmol/L. */
const BIN_STEPS = { 'mg/dL': 10, 'mmol/L': 5 } as const

/** `classes` as made by `classify`; `undefined` when there are no values. */
export function histogramOf(series: GlucoseSeries, classes: Uint8Array, units: GlucoseUnits): Histogram | undefined {
  const { time, intervalMs } = series
  if (time.length === 0) return undefined
  const perBin = BIN_STEPS[units]
  const bins = binsOf(series, units)
  let [first, last] = [Number.POSITIVE_INFINITY, 0]
  for (let i = 0; i < bins.length; i++) {
    const bin = bins[i] ?? 0
    if (bin < first) first = bin
    if (bin > last) last = bin
  }
  const length = last - first + 1
  // All ranges one behind the other while it is counted, as one column is faster than five.
  const allCounts = new Uint32Array(RANGES * length)
  const allWeights = new Float64Array(RANGES * length)
  let total = 0
  for (let i = 0; i < bins.length; i++) {
    const cell = (classes[i] ?? 0) * length + (bins[i] ?? 0) - first
    const weight = intervalMs[i] ?? 0
    allCounts[cell] = (allCounts[cell] ?? 0) + 1
    allWeights[cell] = (allWeights[cell] ?? 0) + weight
    total += weight
  }
  const ofRange = (range: number): [number, number] => [range * length, (range + 1) * length]
  const counts = Array.from({ length: RANGES }, (_, range) => allCounts.slice(...ofRange(range)))
  const shares = Array.from({ length: RANGES }, (_, range) =>
    allWeights.slice(...ofRange(range)).map(weight => weight / total),
  )
  let below = 0
  const cumulative = Float64Array.from({ length }, (_, bin) => {
    for (const share of shares) below += share[bin] ?? 0
    return below
  })
  const scale = units === 'mg/dL' ? 1 : 10
  return {
    binWidth: perBin / scale,
    from: (first * perBin) / scale,
    counts,
    shares,
    cumulative,
    count: time.length,
  }
}

/**
 * The bin of each value as the person reads it. Rounding to even is slow and there are few different values, so each is
 * rounded once.
 */
function binsOf({ steps, flags, mgdl }: GlucoseSeries, units: GlucoseUnits): Uint16Array {
  const perBin = BIN_STEPS[units]
  /** By native steps, values in mmol/L behind those in mg/dL; -1 while not known. */
  const known = new Int32Array(2 * OF_STEPS).fill(-1)
  const bins = new Uint16Array(steps.length)
  for (let i = 0; i < bins.length; i++) {
    const isMmol = (flags[i] ?? 0) & GlucoseFlag.Mmol
    const key = (isMmol ? OF_STEPS : 0) + (steps[i] ?? 0)
    let bin = known[key] ?? -1
    if (bin < 0) {
      bin = Math.floor(shownSteps(steps[i] ?? 0, isMmol !== 0, mgdl[i] ?? 0, units) / perBin)
      known[key] = bin
    }
    bins[i] = bin
  }
  return bins
}

/** Native steps are of 16 bits. */
const OF_STEPS = 65_536

/** A value as it is shown, in whole mg/dL or tenths of mmol/L. */
function shownSteps(native: number, isMmol: boolean, mgdl: number, units: GlucoseUnits): number {
  if (isMmol === (units === 'mmol/L')) return native
  return roundHalfEven(units === 'mg/dL' ? mgdl : mmolFromMgdl(mgdl) * 10)
}

export interface HourlyMeans {
  /** mg/dL, index 24 times the day's place in the list plus the hour; NaN where there is no value. */
  readonly mgdl: Float64Array<ArrayBuffer>
  readonly counts: Uint16Array<ArrayBuffer>
}

/** Plain means by hour of the wall clock, of the days given. */
export function hourlyMeans({ time, mgdl }: GlucoseSeries, days: readonly DeviceDay[]): HourlyMeans {
  const places = new Map(days.map((day, i) => [day, i]))
  const sums = new Float64Array(days.length * 24)
  const counts = new Uint16Array(days.length * 24)
  let midnight = Number.NaN
  let place: number | undefined
  for (let i = 0; i < time.length; i++) {
    const at = time[i] ?? 0
    if (!(at >= midnight && at < midnight + DAY_MS)) {
      midnight = Math.floor(at / DAY_MS) * DAY_MS
      place = places.get(midnight / DAY_MS)
    }
    if (place === undefined) continue
    const cell = place * 24 + Math.floor((at - midnight) / HOUR_MS)
    sums[cell] = (sums[cell] ?? 0) + (mgdl[i] ?? 0)
    counts[cell] = (counts[cell] ?? 0) + 1
  }
  // 0 / 0 is NaN, as wanted.
  return { mgdl: sums.map((sum, cell) => sum / (counts[cell] ?? 0)), counts }
}
