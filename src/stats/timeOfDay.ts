/**
 * Glucose by time of day: percentiles of each slot over all days, as the ambulatory glucose profile shows them.
 * Source: metrics sheet §8.
 */
import { GlucoseFlag, type GlucoseSeries } from '#records/series.ts'
import { DAY_MS, MINUTE_MS } from '#records/time.ts'
import { quantile } from './central.ts'

/** Index i is the same slot in every column; a slot without values has count 0 and NaN percentiles. */
export interface TimeOfDayProfile {
  readonly slotMinutes: number
  readonly count: Uint32Array
  /** One column for each of the percentiles asked for, mg/dL, in their order. */
  readonly percentiles: readonly Float64Array[]
}

/** Percentiles, 0 to 1, of each slot of the wall clock's day; `slotMinutes` divides a day. */
export function profileOf(series: GlucoseSeries, slotMinutes: number, wanted: readonly number[]): TimeOfDayProfile {
  const slots = DAY_MS / MINUTE_MS / slotMinutes
  const slotMs = slotMinutes * MINUTE_MS
  const { time, mgdl } = series
  const slotsOf = new Uint16Array(time.length)
  const count = new Uint32Array(slots)
  // Plain loops: over a year's values they take a tenth of what iterators and callbacks do.
  for (let i = 0; i < time.length; i++) {
    const at = time[i] ?? 0
    const slot = Math.floor((at - Math.floor(at / DAY_MS) * DAY_MS) / slotMs)
    slotsOf[i] = slot
    count[slot] = (count[slot] ?? 0) + 1
  }
  const ends = new Uint32Array(slots)
  for (let slot = 1; slot < slots; slot++) ends[slot] = (ends[slot - 1] ?? 0) + (count[slot - 1] ?? 0)
  const sorted = new Float64Array(time.length)
  // From the lowest value to the highest, so that each slot's share is in order without being sorted.
  const rows = rowsByValue(series)
  for (let k = 0; k < rows.length; k++) {
    const i = rows[k] ?? 0
    const slot = slotsOf[i] ?? 0
    const end = ends[slot] ?? 0
    sorted[end] = mgdl[i] ?? 0
    ends[slot] = end + 1
  }
  const percentiles = wanted.map(() => new Float64Array(slots).fill(Number.NaN))
  for (let slot = 0; slot < slots; slot++) {
    const end = ends[slot] ?? 0
    const values = sorted.subarray(end - (count[slot] ?? 0), end)
    wanted.forEach((p, which) => percentiles[which]?.fill(quantile(values, p), slot, slot + 1))
  }
  return { slotMinutes, count, percentiles }
}

/**
 * The rows of a series from the lowest value to the highest. Values are whole steps of at most a thousand or two, so they
 * are counted out, which takes a year's in a few milliseconds; two units have two scales, and are sorted.
 */
function rowsByValue({ steps, flags, mgdl }: GlucoseSeries): Uint32Array {
  const rows = new Uint32Array(steps.length)
  if (hasTwoUnits(flags)) {
    for (let i = 0; i < rows.length; i++) rows[i] = i
    return rows.sort((a, b) => (mgdl[a] ?? 0) - (mgdl[b] ?? 0))
  }
  let highest = 0
  for (let i = 0; i < steps.length; i++) highest = Math.max(highest, steps[i] ?? 0)
  const ends = new Uint32Array(highest + 2)
  // One further than the step itself: after adding up, each place says where its step begins.
  for (let i = 0; i < steps.length; i++) ends[(steps[i] ?? 0) + 1] = (ends[(steps[i] ?? 0) + 1] ?? 0) + 1
  for (let step = 1; step < ends.length; step++) ends[step] = (ends[step] ?? 0) + (ends[step - 1] ?? 0)
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] ?? 0
    const at = ends[step] ?? 0
    rows[at] = i
    ends[step] = at + 1
  }
  return rows
}

function hasTwoUnits(flags: Uint8Array): boolean {
  const first = (flags[0] ?? 0) & GlucoseFlag.Mmol
  for (let i = 1; i < flags.length; i++) if (((flags[i] ?? 0) & GlucoseFlag.Mmol) !== first) return true
  return false
}

/**
 * The consensus page: one hour each, 5 to 95 %, smoothed. With few values, as of a meter, `minCounts` says how many an
 * hour needs for each percentile; hours with fewer stay empty.
 */
export function ambulatoryProfile(series: GlucoseSeries, minCounts: readonly number[] = []): TimeOfDayProfile {
  const raw = profileOf(series, 60, AMBULATORY_PERCENTILES)
  const enough = raw.percentiles.map((values, which) =>
    values.map((value, slot) => ((raw.count[slot] ?? 0) < (minCounts[which] ?? 1) ? Number.NaN : value)),
  )
  return { ...raw, percentiles: enough.map(smoothed) }
}

export const AMBULATORY_PERCENTILES: readonly number[] = [0.05, 0.25, 0.5, 0.75, 0.95]

/** Each slot with its two neighbours, 1-4-1, around the clock; an empty neighbour does not count, an empty slot stays. */
export function smoothed(values: Float64Array): Float64Array {
  const { length } = values
  return values.map((value, i) => {
    const neighbours = [values[(i + length - 1) % length], values[(i + 1) % length]]
    let sum = 4 * value
    let weights = 4
    for (const neighbour of neighbours) {
      if (neighbour === undefined || Number.isNaN(neighbour)) continue
      sum += neighbour
      weights++
    }
    return sum / weights
  })
}
