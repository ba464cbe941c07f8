/**
 * Stretches of a glucose series: where a moment stands in it, and the part between two moments.
 */
import type { GlucoseSeries } from '#records/series.ts'

/** Index of the first of the ascending `times` that is not before `time`; their number when all are before. */
export function indexAt(times: ArrayLike<number>, time: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((times[middle] ?? 0) < time) low = middle + 1
    else high = middle
  }
  return low
}

/** Index of the first of the records, ascending in time, that is not before `time`; their number when all are before. */
export function recordAt(records: readonly { readonly deviceTime: number }[], time: number): number {
  let low = 0
  let high = records.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((records[middle]?.deviceTime ?? 0) < time) low = middle + 1
    else high = middle
  }
  return low
}

/** The values from `from` up to, not including, `to`. The columns are views of the same memory. */
export function between(series: GlucoseSeries, from: number, to: number): GlucoseSeries {
  const start = indexAt(series.time, from)
  const end = indexAt(series.time, to)
  if (start === 0 && end === series.time.length) return series
  return {
    time: series.time.subarray(start, end),
    steps: series.steps.subarray(start, end),
    flags: series.flags.subarray(start, end),
    mgdl: series.mgdl.subarray(start, end),
    intervalMs: series.intervalMs.subarray(start, end),
    source: series.source.subarray(start, end),
    sources: series.sources,
  }
}

/** The values at some rows, ascending, in memory of their own. */
export function ofRows(series: GlucoseSeries, rows: ArrayLike<number>): GlucoseSeries {
  const count = rows.length
  const picked = {
    time: new Float64Array(count),
    steps: new Uint16Array(count),
    flags: new Uint8Array(count),
    mgdl: new Float64Array(count),
    intervalMs: new Uint32Array(count),
    source: new Uint8Array(count),
    sources: series.sources,
  }
  for (let i = 0; i < count; i++) {
    const row = rows[i] ?? 0
    picked.time[i] = series.time[row] ?? 0
    picked.steps[i] = series.steps[row] ?? 0
    picked.flags[i] = series.flags[row] ?? 0
    picked.mgdl[i] = series.mgdl[row] ?? 0
    picked.intervalMs[i] = series.intervalMs[row] ?? 0
    picked.source[i] = series.source[row] ?? 0
  }
  return picked
}

/** The same values in memory of their own, to be sent to another thread without what lies around them. */
export const detached = (series: GlucoseSeries): GlucoseSeries => ({
  time: series.time.slice(),
  steps: series.steps.slice(),
  flags: series.flags.slice(),
  mgdl: series.mgdl.slice(),
  intervalMs: series.intervalMs.slice(),
  source: series.source.slice(),
  sources: series.sources,
})

export const emptySeries = (): GlucoseSeries => ({
  time: new Float64Array(0),
  steps: new Uint16Array(0),
  flags: new Uint8Array(0),
  mgdl: new Float64Array(0),
  intervalMs: new Uint32Array(0),
  source: new Uint8Array(0),
  sources: [],
})
