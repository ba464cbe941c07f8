/**
 * How glucose is distributed in one part of the day, such as an hour: mean, spread, percentiles and ranges of the values
 * that lie in it. Source: reports sheet §1.2 (15, 16: standard day), metrics sheet §5.1 (values needed), §8.
 */
import { GlucoseFlag, type GlucoseSeries } from '#records/series.ts'
import { indexAt, ofRows } from './slices.ts'
import { type GlucoseSummary, summarise } from './summary.ts'
import { minuteOfDay } from './timeSpans.ts'

/** Absent percentiles: too few values for them. */
export interface Distribution extends GlucoseSummary {
  /** From three values on, mg/dL. */
  readonly medianMgdl?: number
  /** 25 and 75 %, from five values on. */
  readonly quartilesMgdl?: readonly [number, number]
  /** 10 and 90 %, from ten values on. */
  readonly tailsMgdl?: readonly [number, number]
}

const VALUES_FOR_MEDIAN = 3
const VALUES_FOR_QUARTILES = 5
const VALUES_FOR_TAILS = 10

/** Of the values `start` up to, not including, `end`, which need no order in time; `undefined` when there are none. */
export function distributionOf(
  series: GlucoseSeries,
  classes: Uint8Array,
  start = 0,
  end = series.time.length,
): Distribution | undefined {
  const summary = summarise(series, classes, start, end)
  if (!summary) return undefined
  const { count } = summary
  const at = quantiles(series, start, end)
  return {
    ...summary,
    ...(count >= VALUES_FOR_MEDIAN ? { medianMgdl: at(0.5) } : {}),
    ...(count >= VALUES_FOR_QUARTILES ? { quartilesMgdl: [at(0.25), at(0.75)] } : {}),
    ...(count >= VALUES_FOR_TAILS ? { tailsMgdl: [at(0.1), at(0.9)] } : {}),
  }
}

/** Of the values at these rows, ascending. */
export function distributionOfRows(
  series: GlucoseSeries,
  classes: Uint8Array,
  rows: ArrayLike<number>,
): Distribution | undefined {
  return distributionOf(ofRows(series, rows), classesAt(classes, rows))
}

/** Of each hour of the wall clock, index 0 from midnight to one; `undefined` where there are no values. */
export function distributionsByHour(series: GlucoseSeries, classes: Uint8Array): readonly (Distribution | undefined)[] {
  const { time } = series
  const hours = new Uint8Array(time.length)
  const count = new Uint32Array(24)
  for (let row = 0; row < time.length; row++) {
    const hour = Math.floor(minuteOfDay(time[row] ?? 0) / 60)
    hours[row] = hour
    count[hour] = (count[hour] ?? 0) + 1
  }
  const ends = new Uint32Array(24)
  for (let hour = 1; hour < 24; hour++) ends[hour] = (ends[hour - 1] ?? 0) + (count[hour - 1] ?? 0)
  // All rows, hour by hour, within each in their order.
  const rows = new Uint32Array(time.length)
  for (let row = 0; row < time.length; row++) {
    const hour = hours[row] ?? 0
    const place = ends[hour] ?? 0
    rows[place] = row
    ends[hour] = place + 1
  }
  const [sorted, sortedClasses] = [ofRows(series, rows), classesAt(classes, rows)]
  return Array.from(count, (values, hour) => {
    const end = ends[hour] ?? 0
    return distributionOf(sorted, sortedClasses, end - values, end)
  })
}

function classesAt(classes: Uint8Array, rows: ArrayLike<number>): Uint8Array {
  const picked = new Uint8Array(rows.length)
  for (let i = 0; i < rows.length; i++) picked[i] = classes[rows[i] ?? 0] ?? 0
  return picked
}

/**
 * Quantiles of type 7, as `central.ts` has them, without sorting the values: they are whole steps of two units, so that
 * counting how often each occurs does.
 */
function quantiles({ mgdl, steps, flags }: GlucoseSeries, start: number, end: number): (p: number) => number {
  let most = 0
  for (let i = start; i < end; i++) most = Math.max(most, steps[i] ?? 0)
  // First the steps of mg/dL, then those of mmol/L.
  const size = most + 1
  const counts = new Uint32Array(2 * size)
  const valueOf = new Float64Array(2 * size)
  for (let i = start; i < end; i++) {
    const kind = (steps[i] ?? 0) + ((flags[i] ?? 0) & GlucoseFlag.Mmol ? size : 0)
    counts[kind] = (counts[kind] ?? 0) + 1
    valueOf[kind] = mgdl[i] ?? 0
  }
  const kinds = Array.from(counts.keys())
    .filter(kind => (counts[kind] ?? 0) > 0)
    .sort((a, b) => (valueOf[a] ?? 0) - (valueOf[b] ?? 0))
  let sum = 0
  /** How many values are at most that of `kinds[i]`. */
  const upTo = Uint32Array.from(kinds, kind => (sum += counts[kind] ?? 0))
  const nth = (n: number) => valueOf[kinds[indexAt(upTo, n + 1)] ?? 0] ?? Number.NaN
  return p => {
    const h = (end - start - 1) * p
    const [lower, upper] = [nth(Math.floor(h)), nth(Math.min(Math.floor(h) + 1, end - start - 1))]
    return lower + (h - Math.floor(h)) * (upper - lower)
  }
}

/** Plain mean of each slot of the day, mg/dL; NaN where there is no value. `slotMinutes` divides a day. */
export function meansByTimeOfDay({ time, mgdl }: GlucoseSeries, slotMinutes: number): Float64Array {
  const slots = 1440 / slotMinutes
  const count = new Uint32Array(slots)
  const sums = new Float64Array(slots)
  for (let row = 0; row < time.length; row++) {
    const slot = Math.floor(minuteOfDay(time[row] ?? 0) / slotMinutes)
    count[slot] = (count[slot] ?? 0) + 1
    sums[slot] = (sums[slot] ?? 0) + (mgdl[row] ?? 0)
  }
  return sums.map((sum, slot) => sum / (count[slot] ?? 0))
}
