/**
 * Basal by the hour of the day over a period: the mean rate over the time in which it is known. Source: reports sheet
 * §1.2 (15), metrics sheet §10.
 */
import { HOUR_MS } from '#records/time.ts'
import type { BasalSegment } from './basalSegment.ts'

export interface BasalHour {
  /** Mean U/h over the time accounted for; absent where none is. */
  readonly rateUnitsPerHour?: number
  /** Hours accounted for, of all days together. */
  readonly hours: number
}

/** Index is the hour of the day. Segments ascending, not overlapping. */
export function basalByHour(segments: readonly BasalSegment[]): readonly BasalHour[] {
  const knownMs = new Float64Array(24)
  const units = new Float64Array(24)
  for (const { from, to, rateUnitsPerHour } of segments) {
    for (let begin: number = from; begin < to; ) {
      const end = Math.min(to, (Math.floor(begin / HOUR_MS) + 1) * HOUR_MS)
      const hour = ((Math.floor(begin / HOUR_MS) % 24) + 24) % 24
      knownMs[hour] = (knownMs[hour] ?? 0) + end - begin
      units[hour] = (units[hour] ?? 0) + (rateUnitsPerHour * (end - begin)) / HOUR_MS
      begin = end
    }
  }
  return Array.from(knownMs, (ms, hour) => ({
    hours: ms / HOUR_MS,
    ...(ms > 0 ? { rateUnitsPerHour: ((units[hour] ?? 0) * HOUR_MS) / ms } : {}),
  }))
}
