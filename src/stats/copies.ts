/**
 * What `dedupe.ts` leaves out, counted by which source is left out for which other. Source: metrics sheet §4, reports
 * sheet §6 (quality: duplicates dropped).
 */
import type { Smbg, TherapyRecord } from '#records/records.ts'
import type { GlucoseSeries } from '#records/series.ts'
import { MINUTE_MS } from '#records/time.ts'
import { bestSourceOfEach } from './dedupe.ts'
import { indexAt } from './slices.ts'

export interface CopyCount {
  readonly type: TherapyRecord['type']
  /** Source whose entries are left out. */
  readonly leftOut: string
  /** Source that tells the same and is believed; may be the same one, which then tells it twice. */
  readonly believed: string
  readonly count: number
}

type Sourced = TherapyRecord & { readonly sourceKey: string; readonly id: string }
type SourcedValue = Smbg & { readonly sourceKey: string; readonly id: string }

/** A link and its meter's own value lie at most so far apart, rows of one finger-stick too. */
const SAME_VALUE_MS = 5 * MINUTE_MS
const SAME_MOMENT_MS = 500

/** `merged` is what `mergeSeries` made of `seriesList`. */
export function sensorCopies(seriesList: readonly GlucoseSeries[], merged: GlucoseSeries): CopyCount[] {
  const counts = new Counts()
  for (const { time, sources } of seriesList) {
    const own = sources[0] ?? ''
    const ownIndex = merged.sources.indexOf(own)
    let next = 0
    let lastKept = Number.NaN
    for (const at of time) {
      while (next < merged.time.length && (merged.time[next] ?? 0) < at) next++
      const isKept = merged.time[next] === at && merged.source[next] === ownIndex && at !== lastKept
      if (isKept) lastKept = at
      else counts.add('cbg', own, sourceOfNearest(merged, at, next) ?? own)
    }
  }
  return counts.all()
}

/**
 * Of records other than sensor glucose. `all` as stored; `kept` without copies; `meterValues` those finger-sticks of
 * `kept` that count, ascending. Control solution is not a copy.
 */
export function recordCopies(
  all: readonly Sourced[],
  kept: readonly Sourced[],
  meterValues: readonly SourcedValue[],
  sensor: GlucoseSeries,
): CopyCount[] {
  const counts = new Counts()
  const best = bestSourceOfEach(new Set(all.map(({ sourceKey }) => sourceKey)))
  if (best.size > 0) {
    const keptKeys = new Set(kept.map(keyOf))
    for (const record of all) {
      if (keptKeys.has(keyOf(record))) continue
      counts.add(record.type, record.sourceKey, best.get(record.sourceKey) ?? record.sourceKey)
    }
  }
  const counted = new Set(meterValues.map(keyOf))
  const times = meterValues.map(({ deviceTime }) => deviceTime)
  for (const record of kept) {
    if (record.type !== 'smbg' || record.controlSolution || counted.has(keyOf(record))) continue
    counts.add('smbg', record.sourceKey, believedOver(record, meterValues, times, sensor))
  }
  return counts.all()
}

const keyOf = ({ sourceKey, id }: Sourced): string => `${sourceKey} ${id}`

/** Whose value stands for a finger-stick that is not counted. */
function believedOver(
  value: SourcedValue,
  meterValues: readonly SourcedValue[],
  times: readonly number[],
  sensor: GlucoseSeries,
): string {
  let nearest: SourcedValue | undefined
  const distanceOf = (other: SourcedValue) => Math.abs(other.deviceTime - value.deviceTime)
  for (let i = indexAt(times, value.deviceTime - SAME_VALUE_MS); i < meterValues.length; i++) {
    const other = meterValues[i]
    if (!other || other.deviceTime > value.deviceTime + SAME_VALUE_MS) break
    if (!nearest || distanceOf(other) < distanceOf(nearest)) nearest = other
  }
  if (nearest) return nearest.sourceKey
  const at = indexAt(sensor.time, value.deviceTime - SAME_MOMENT_MS)
  const isThere = (sensor.time[at] ?? Number.POSITIVE_INFINITY) <= value.deviceTime + SAME_MOMENT_MS
  return (isThere ? sensor.sources[sensor.source[at] ?? 0] : undefined) ?? value.sourceKey
}

/** Source of the value nearest to `at`, of the one at `next` and the one before. */
function sourceOfNearest({ time, source, sources }: GlucoseSeries, at: number, next: number): string | undefined {
  const distance = (row: number) => Math.abs((time[row] ?? Number.POSITIVE_INFINITY) - at)
  const row = distance(next - 1) <= distance(next) ? next - 1 : next
  return sources[source[row] ?? -1]
}

class Counts {
  readonly #counts = new Map<string, CopyCount>()

  add(type: CopyCount['type'], leftOut: string, believed: string): void {
    const key = `${type} ${leftOut} ${believed}`
    const count = (this.#counts.get(key)?.count ?? 0) + 1
    this.#counts.set(key, { type, leftOut, believed, count })
  }

  all(): CopyCount[] {
    return [...this.#counts.values()]
  }
}
