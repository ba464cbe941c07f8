/**
 * What is said about a stretch of glucose values: mean, spread, ranges, how much of the time a sensor was worn, and
 * whether there are enough values to say it. Source: metrics sheet §3, §5, §5.1, §6.
 */
import { GlucoseFlag, type GlucoseSeries } from '#records/series.ts'
import { DAY_MS, type DeviceDay, MINUTE_MS } from '#records/time.ts'
import { gmiMmolPerMol, gmiPercent, meanAndSd } from './central.ts'
import { type EpisodeSummaries, summariseEpisodes } from './episodes.ts'
import { type RangeShares, rangeShares, tightFraction } from './ranges.ts'

/** A number that needs enough data: the number, or why there is none. */
export type Sufficient = { readonly value: number } | { readonly missing: 'too-few-values' | 'too-short' }

export interface GlucoseSummary {
  readonly count: number
  readonly daysWithData: number
  readonly meanMgdl: number
  readonly minMgdl: number
  readonly maxMgdl: number
  /** The device said LO of the lowest, HI of the highest: shown as the word, `minMgdl` and `maxMgdl` are one step outside. */
  readonly minIsLo?: true
  readonly maxIsHi?: true
  /** Sample standard deviation, from 30 values on. */
  readonly sdMgdl: Sufficient
  readonly cvPercent: Sufficient
  readonly ranges: RangeShares
}

export interface SensorSummary extends GlucoseSummary {
  /** From 14 days with 70 % use on (metrics sheet §5.1). */
  readonly gmiPercent: Sufficient
  /** The same in mmol/mol, by its own published line. */
  readonly gmiMmolPerMol: Sufficient
  /** Percent time active, AGP definition (metrics sheet §5). */
  readonly percentActive: number
  /** Fraction 70 to 140 mg/dL. */
  readonly tightFraction: number
  readonly episodes: EpisodeSummaries
}

export interface MeterSummary extends GlucoseSummary {
  /** Mean over the days with values. */
  readonly valuesPerDay: number
}

/** Fewer values say nothing about spread. */
const VALUES_FOR_SPREAD = 30
const DAYS_FOR_GMI = 14
const USE_FOR_GMI = 0.7

/**
 * Sums up the values `start` up to, not including, `end`; `undefined` when there are none. `classes` as made by
 * `classify`. Values weigh as long as they stand for.
 */
export function summarise(
  series: GlucoseSeries,
  classes: Uint8Array,
  start = 0,
  end = series.time.length,
): GlucoseSummary | undefined {
  const count = end - start
  if (count <= 0) return undefined
  const { mean, sd } = meanAndSd(series.mgdl, series.intervalMs, start, end)
  let minMgdl = Number.POSITIVE_INFINITY
  let maxMgdl = Number.NEGATIVE_INFINITY
  let [minAt, maxAt] = [start, start]
  let daysWithData = 0
  let dayEnd = Number.NEGATIVE_INFINITY
  for (let i = start; i < end; i++) {
    const mgdl = series.mgdl[i] ?? 0
    if (mgdl < minMgdl) {
      minMgdl = mgdl
      minAt = i
    }
    if (mgdl > maxMgdl) {
      maxMgdl = mgdl
      maxAt = i
    }
    const time = series.time[i] ?? 0
    if (time >= dayEnd) {
      daysWithData++
      dayEnd = (Math.floor(time / DAY_MS) + 1) * DAY_MS
    }
  }
  const spread = (value: number): Sufficient => (count >= VALUES_FOR_SPREAD ? { value } : { missing: 'too-few-values' })
  return {
    count,
    daysWithData,
    meanMgdl: mean,
    minMgdl,
    maxMgdl,
    ...(((series.flags[minAt] ?? 0) & GlucoseFlag.Low) === 0 ? {} : { minIsLo: true }),
    ...(((series.flags[maxAt] ?? 0) & GlucoseFlag.High) === 0 ? {} : { maxIsHi: true }),
    sdMgdl: spread(sd),
    cvPercent: spread((100 * sd) / mean),
    ranges: rangeShares(series, classes, start, end),
  }
}

/** Sums up a meter's values; `undefined` when there are none. */
export function summariseMeter(series: GlucoseSeries, classes: Uint8Array): MeterSummary | undefined {
  const summary = summarise(series, classes)
  return summary && { ...summary, valuesPerDay: summary.count / summary.daysWithData }
}

/** Sums up a sensor's values on these days, ascending; `undefined` when there are none. */
export function summariseSensor(
  series: GlucoseSeries,
  classes: Uint8Array,
  days: readonly DeviceDay[],
): SensorSummary | undefined {
  const summary = summarise(series, classes)
  if (!summary) return undefined
  const missing = missingForGmi(series, days.length)
  return {
    ...summary,
    gmiPercent: missing ?? { value: gmiPercent(summary.meanMgdl) },
    gmiMmolPerMol: missing ?? { value: gmiMmolPerMol(summary.meanMgdl) },
    // More than 100 % is possible by definition (a value more than the clock has room for) and means 100.
    percentActive: Math.min(100, percentActive(series, leftOutBetween(series, days) * DAY_MS)),
    tightFraction: tightFraction(series, 0, summary.count),
    episodes: summariseEpisodes(series),
  }
}

/** Days from the one of the first value to that of the last which are not among `days`. */
function leftOutBetween({ time }: GlucoseSeries, days: readonly DeviceDay[]): number {
  const [first, last] = [time[0], time.at(-1)].map(at => Math.floor((at ?? 0) / DAY_MS))
  if (first === undefined || last === undefined) return 0
  return last - first + 1 - days.filter(day => day >= first && day <= last).length
}

/**
 * Percent time active by the AGP rule: values against those that fit between the first and the last, but for time that
 * is left out. 0 when there are none. Values of sensors with different intervals count by their own.
 */
export function percentActive({ time, intervalMs }: GlucoseSeries, leftOutMs = 0): number {
  const first = time[0]
  const last = time.at(-1)
  if (first === undefined || last === undefined) return 0
  const spanMs = Math.ceil((last - first) / MINUTE_MS) * MINUTE_MS - leftOutMs
  return (100 * coveredMs(intervalMs)) / (spanMs + (intervalMs.at(-1) ?? 0))
}

/** Share, 0 to 1 and more, of `days` whole days that the values stand for: "sensor use". */
export const sensorUse = ({ intervalMs }: GlucoseSeries, days: number): number =>
  coveredMs(intervalMs) / (days * DAY_MS)

function missingForGmi({ intervalMs }: GlucoseSeries, periodDays: number): Sufficient | undefined {
  if (periodDays < DAYS_FOR_GMI) return { missing: 'too-short' }
  if (coveredMs(intervalMs) < DAYS_FOR_GMI * DAY_MS * USE_FOR_GMI) return { missing: 'too-few-values' }
  return undefined
}

function coveredMs(intervalMs: Uint32Array): number {
  let sum = 0
  for (let i = 0; i < intervalMs.length; i++) sum += intervalMs[i] ?? 0
  return sum
}
