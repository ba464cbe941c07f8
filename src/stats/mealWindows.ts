/**
 * Glucose around a moment: means of windows before and after it, and many such moments laid over one another. A window
 * in which less than 70 % of the expected values stand has no mean; a gap is never filled. Source: reports sheet §1.2
 * (4, 10), §6; metrics sheet §5.1 (70 %).
 */
import { GlucoseFlag, type GlucoseSeries } from '#records/series.ts'
import { MINUTE_MS } from '#records/time.ts'
import { meanAndSd } from './central.ts'
import { indexAt } from './slices.ts'
import type { Stretch } from './stretches.ts'

/** A window says something when its values stand for this share of it. */
export const ENOUGH_OF_WINDOW = 0.7
/** The value at a moment is the last one at most this much before it. */
export const AT_MOMENT_MS = 15 * MINUTE_MS
/** A longer silence breaks a trace. */
const GAP_MS = 15 * MINUTE_MS
/** Fewer events have no common curve. */
const EVENTS_FOR_CURVE = 3

/** Minutes from a moment; `toMinute` is not in it. */
export interface Window {
  readonly fromMinute: number
  readonly toMinute: number
}

/** Mean of the sensor's values from `from` up to, not including, `to`, mg/dL; NaN when less than 70 % are there. */
export function windowMean(series: GlucoseSeries, from: number, to: number): number {
  const [start, end] = rowsOf(series, from, to)
  if (!isCovered(series, start, end, to - from)) return Number.NaN
  return meanAndSd(series.mgdl, series.intervalMs, start, end).mean
}

/** The highest of the same values; NaN when less than 70 % are there. */
export function windowPeak(series: GlucoseSeries, from: number, to: number): number {
  const [start, end] = rowsOf(series, from, to)
  if (!isCovered(series, start, end, to - from)) return Number.NaN
  let peak = Number.NEGATIVE_INFINITY
  for (let i = start; i < end; i++) peak = Math.max(peak, series.mgdl[i] ?? peak)
  return peak
}

/** The sensor's value at a moment: the last one up to it, not older than a quarter of an hour; else NaN. */
export function valueAt({ time, mgdl }: GlucoseSeries, at: number): number {
  const row = indexAt(time, at + 1) - 1
  return at - (time[row] ?? Number.NEGATIVE_INFINITY) <= AT_MOMENT_MS ? (mgdl[row] ?? Number.NaN) : Number.NaN
}

/** Plain mean of the meter's values from `from` up to, not including, `to`; NaN when there are none. */
export function meterMean(series: GlucoseSeries, from: number, to: number): number {
  const [start, end] = rowsOf(series, from, to)
  let sum = 0
  for (let i = start; i < end; i++) sum += series.mgdl[i] ?? 0
  return end > start ? sum / (end - start) : Number.NaN
}

/** The word that the device said where this number of the stretch only stands for it: LO or HI (metrics sheet §1.5). */
export function wordBehind(
  { time, mgdl: values, flags }: GlucoseSeries,
  { from, to }: Stretch,
  mgdl: number,
): 'low' | 'high' | undefined {
  for (let row = indexAt(time, from); (time[row] ?? to) < to; row++) {
    const flag = (flags[row] ?? 0) & (GlucoseFlag.Low | GlucoseFlag.High)
    // A mean of equal values need not be equal to the last bit.
    if (flag !== 0 && Math.abs((values[row] ?? 0) - mgdl) < 1e-6) return flag === GlucoseFlag.Low ? 'low' : 'high'
  }
  return undefined
}

/** Mean over the events that have a value, and how many have one. */
export interface EventMean {
  readonly events: number
  /** Absent when no event has one. */
  readonly mean?: number
}

/** NaN and undefined are events without a value. */
export function meanOfEvents(values: readonly (number | undefined)[]): EventMean {
  let events = 0
  let sum = 0
  for (const value of values) {
    if (value === undefined || Number.isNaN(value)) continue
    events++
    sum += value
  }
  return events > 0 ? { events, mean: sum / events } : { events }
}

/** Index i is the minutes from `firstMinute` + i · `slotMinutes`. */
export interface AlignedCurve {
  readonly firstMinute: number
  readonly slotMinutes: number
  /** Events with a value in the slot. */
  readonly count: Uint32Array
  /** Mean of the events' own means, mg/dL; NaN where fewer than three have a value. */
  readonly meanMgdl: Float64Array
}

/** The mean course around the moments, ascending; `slotMinutes` divides the window. */
export function alignedCurve(
  series: GlucoseSeries,
  moments: readonly number[],
  { fromMinute, toMinute }: Window,
  slotMinutes: number,
): AlignedCurve {
  const slots = (toMinute - fromMinute) / slotMinutes
  const count = new Uint32Array(slots)
  const sums = new Float64Array(slots)
  const ownCount = new Uint32Array(slots)
  const ownSum = new Float64Array(slots)
  for (const moment of moments) {
    ownCount.fill(0)
    ownSum.fill(0)
    const begin = moment + fromMinute * MINUTE_MS
    const [start, end] = rowsOf(series, begin, moment + toMinute * MINUTE_MS)
    for (let row = start; row < end; row++) {
      const slot = Math.floor(((series.time[row] ?? 0) - begin) / (slotMinutes * MINUTE_MS))
      ownCount[slot] = (ownCount[slot] ?? 0) + 1
      ownSum[slot] = (ownSum[slot] ?? 0) + (series.mgdl[row] ?? 0)
    }
    for (let slot = 0; slot < slots; slot++) {
      const own = ownCount[slot] ?? 0
      if (own === 0) continue
      count[slot] = (count[slot] ?? 0) + 1
      sums[slot] = (sums[slot] ?? 0) + (ownSum[slot] ?? 0) / own
    }
  }
  const meanMgdl = sums.map((sum, slot) => {
    const events = count[slot] ?? 0
    return events < EVENTS_FOR_CURVE ? Number.NaN : sum / events
  })
  return { firstMinute: fromMinute, slotMinutes, count, meanMgdl }
}

/** Traces one behind the other, ready for one broken line; NaN in `mgdl` breaks it between events and at gaps. */
export interface AlignedTraces {
  /** Minutes from the moment. */
  readonly minute: Float64Array
  readonly mgdl: Float64Array
}

export interface AlignedValues extends AlignedTraces {
  /** `GlucoseFlag` bits of each value; 0 at a break. */
  readonly flags: Uint8Array
}

export function alignedTraces(
  series: GlucoseSeries,
  moments: readonly number[],
  { fromMinute, toMinute }: Window,
): AlignedValues {
  const stretches = moments.map(moment =>
    rowsOf(series, moment + fromMinute * MINUTE_MS, moment + toMinute * MINUTE_MS),
  )
  // Each value may need a break before it.
  const room = 2 * stretches.reduce((sum, [start, end]) => sum + end - start, 0)
  const minute = new Float64Array(room)
  const mgdl = new Float64Array(room)
  const flags = new Uint8Array(room)
  let length = 0
  stretches.forEach(([start, end], i) => {
    const moment = moments[i] ?? 0
    let last = Number.NEGATIVE_INFINITY
    for (let row = start; row < end; row++) {
      const at = series.time[row] ?? 0
      const minutes = (at - moment) / MINUTE_MS
      if (at - last > Math.max(GAP_MS, 3 * (series.intervalMs[row] ?? 0)) && length > 0) {
        minute[length] = minutes
        mgdl[length++] = Number.NaN
      }
      minute[length] = minutes
      flags[length] = series.flags[row] ?? 0
      mgdl[length++] = series.mgdl[row] ?? Number.NaN
      last = at
    }
  })
  return { minute: minute.slice(0, length), mgdl: mgdl.slice(0, length), flags: flags.slice(0, length) }
}

/**
 * Where the values in the windows around the moments stand, ascending: first row and the row after the last of each
 * stretch. Each value is in one stretch only, however many windows it lies in.
 */
export function stretchesAround(
  series: GlucoseSeries,
  moments: readonly number[],
  { fromMinute, toMinute }: Window,
): readonly (readonly [start: number, end: number])[] {
  const stretches: (readonly [number, number])[] = []
  let next = 0
  for (const moment of moments) {
    const [start, end] = rowsOf(series, moment + fromMinute * MINUTE_MS, moment + toMinute * MINUTE_MS)
    if (end > Math.max(start, next)) stretches.push([Math.max(start, next), end])
    next = Math.max(next, end)
  }
  return stretches
}

const rowsOf = ({ time }: GlucoseSeries, from: number, to: number): readonly [number, number] => [
  indexAt(time, from),
  indexAt(time, to),
]

function isCovered({ intervalMs }: GlucoseSeries, start: number, end: number, lengthMs: number): boolean {
  let covered = 0
  for (let i = start; i < end; i++) covered += intervalMs[i] ?? 0
  return covered > 0 && covered >= ENOUGH_OF_WINDOW * lengthMs
}
