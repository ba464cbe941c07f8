/**
 * What happened around an episode of low or high glucose: its lowest or highest value, insulin before, delivery that
 * stood still, carbohydrate soon after, and whether glucose swung over to the other side. Source: metrics sheet §9.
 */
import type { Food, RecordOf, TherapyRecord, Wizard } from '#records/records.ts'
import { GlucoseFlag, type GlucoseSeries } from '#records/series.ts'
import { HOUR_MS, MINUTE_MS } from '#records/time.ts'
import { mgdlFrom } from '#records/units.ts'
import type { Episode } from './episodes.ts'
import { eatenEntries } from './meals.ts'
import { indexAt, recordAt } from './slices.ts'
import type { Stretch } from './stretches.ts'

export type EpisodeSide = 'hypo' | 'hyper'

export interface EpisodeContext {
  /** The lowest value of a low, the highest of a high, mg/dL, as measured and not as interpolated. */
  readonly extremeMgdl: number
  readonly extremeAt: number
  /** It is the sensor's limit: LO or HI. */
  readonly isOutOfRange: boolean
  /** Boluses of the three hours before it began; `lastAt` is the last one's moment. */
  readonly bolus?: { readonly units: number; readonly count: number; readonly lastAt: number }
  /** Of its time, in which no insulin was delivered; absent when nobody knows what was delivered. */
  readonly suspendedMinutes?: number
  /** Noted within half an hour from its beginning. Grams and exchanges are never added. */
  readonly carbs?: { readonly grams: number; readonly exchanges: number }
  /** First value beyond the limit of the other side within two hours of its end: high after a low, low after a high. */
  readonly reboundAt?: number
}

const BOLUS_MS = 3 * HOUR_MS
const CARBS_MS = 30 * MINUTE_MS
const REBOUND_MS = 2 * HOUR_MS
/** Each in the unit in which the device stored the value. */
const LOW = { mgdl: 70, mmol: mgdlFrom(3.9, 'mmol/L') }
const HIGH = { mgdl: 180, mmol: mgdlFrom(10, 'mmol/L') }

export interface ContextMaterial {
  readonly sensor: GlucoseSeries
  /** Ascending in time. */
  readonly boluses: readonly RecordOf<'bolus'>[]
  readonly carbs: readonly (Wizard | Food)[]
  /** Stretches without delivery, ascending. */
  readonly suspends: readonly Stretch[]
  /** Stretches for which delivery is known, ascending. */
  readonly delivery: readonly Stretch[]
}

/** Boluses with insulin in them and carbohydrate entries, out of records ascending in time. */
export function contextRecords(records: readonly TherapyRecord[]): Pick<ContextMaterial, 'boluses' | 'carbs'> {
  const boluses = records.filter(
    (record): record is RecordOf<'bolus'> =>
      record.type === 'bolus' && (record.normalUnits ?? 0) + (record.extendedUnits ?? 0) > 0,
  )
  const carbs = eatenEntries(
    records.filter(record => record.type === 'wizard'),
    records.filter(record => record.type === 'food'),
  )
  return { boluses, carbs }
}

/** What happened around one episode; `stepMs` is the grid's, on which the episode was found. */
export function contextOf(
  episode: Episode,
  side: EpisodeSide,
  stepMs: number,
  material: ContextMaterial,
): EpisodeContext {
  const { sensor, boluses, carbs, suspends, delivery } = material
  const start = episode.startMs
  const end = start + episode.minutes * MINUTE_MS
  const rebound = reboundAt(sensor, side, end)
  const bolus = bolusBefore(boluses, start)
  const eaten = carbsAfter(carbs, start)
  return {
    ...extremeOf(sensor, side, start - stepMs, end, episode.meanMgdl),
    ...(bolus ? { bolus } : {}),
    ...(overlapMs(delivery, start, end) > 0 ? { suspendedMinutes: overlapMs(suspends, start, end) / MINUTE_MS } : {}),
    ...(eaten ? { carbs: eaten } : {}),
    ...(rebound === undefined ? {} : { reboundAt: rebound }),
  }
}

/** The grid's first point may lie up to a step behind the value that it comes from. */
function extremeOf(
  { time, mgdl, flags }: GlucoseSeries,
  side: EpisodeSide,
  after: number,
  before: number,
  meanMgdl: number,
): Pick<EpisodeContext, 'extremeMgdl' | 'extremeAt' | 'isOutOfRange'> {
  let best = -1
  for (let i = indexAt(time, after + 1); i < time.length && (time[i] ?? 0) < before; i++) {
    const isBeyond =
      side === 'hypo' ? (mgdl[i] ?? 0) < (mgdl[best] ?? Infinity) : (mgdl[i] ?? 0) > (mgdl[best] ?? -Infinity)
    if (isBeyond) best = i
  }
  // Between two values far apart an episode may have none of its own.
  if (best < 0) return { extremeMgdl: meanMgdl, extremeAt: after, isOutOfRange: false }
  return {
    extremeMgdl: mgdl[best] ?? 0,
    extremeAt: time[best] ?? 0,
    isOutOfRange: ((flags[best] ?? 0) & (GlucoseFlag.Low | GlucoseFlag.High)) !== 0,
  }
}

function bolusBefore(boluses: readonly RecordOf<'bolus'>[], start: number): EpisodeContext['bolus'] {
  let units = 0
  let count = 0
  let lastAt = Number.NEGATIVE_INFINITY
  for (let i = recordAt(boluses, start - BOLUS_MS); i < boluses.length; i++) {
    const bolus = boluses[i]
    if (!bolus || bolus.deviceTime >= start) break
    units += (bolus.normalUnits ?? 0) + (bolus.extendedUnits ?? 0)
    // The square part of a dual bolus is a record of its own, but no other bolus.
    if (bolus.subType !== 'dual' || bolus.normalUnits !== undefined) count++
    lastAt = bolus.deviceTime
  }
  return lastAt > Number.NEGATIVE_INFINITY ? { units, count: Math.max(1, count), lastAt } : undefined
}

function carbsAfter(entries: readonly (Wizard | Food)[], start: number): EpisodeContext['carbs'] {
  let grams = 0
  let exchanges = 0
  for (let i = recordAt(entries, start); i < entries.length; i++) {
    const entry = entries[i]
    if (!entry || entry.deviceTime > start + CARBS_MS) break
    grams += entry.carbsGrams ?? 0
    exchanges += entry.carbsExchanges ?? 0
  }
  return grams + exchanges > 0 ? { grams, exchanges } : undefined
}

function reboundAt({ time, mgdl, flags }: GlucoseSeries, side: EpisodeSide, end: number): number | undefined {
  for (let i = indexAt(time, end); i < time.length && (time[i] ?? 0) <= end + REBOUND_MS; i++) {
    const unit = (flags[i] ?? 0) & GlucoseFlag.Mmol ? 'mmol' : 'mgdl'
    const value = mgdl[i] ?? 0
    if (side === 'hypo' ? value > HIGH[unit] : value < LOW[unit]) return time[i]
  }
  return undefined
}

function overlapMs(stretches: readonly Stretch[], from: number, to: number): number {
  let low = 0
  let high = stretches.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((stretches[middle]?.to ?? 0) <= from) low = middle + 1
    else high = middle
  }
  let sum = 0
  for (let stretch = stretches[low]; stretch && stretch.from < to; stretch = stretches[++low]) {
    sum += Math.max(0, Math.min(stretch.to, to) - Math.max(stretch.from, from))
  }
  return sum
}
