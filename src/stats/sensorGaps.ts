/**
 * Where a sensor was silent: stretches without a value, and how much of each day its values stand for.
 * Source: reports sheet §5.2 (three missed values break the line), metrics sheet §5.
 */
import type { GlucoseSeries } from '#records/series.ts'
import { DAY_MS, type DeviceDay, type DeviceTime, MINUTE_MS } from '#records/time.ts'

/** From the last value before it to the first after it. */
export interface SensorGap {
  readonly from: DeviceTime
  readonly to: DeviceTime
  readonly minutes: number
  /** How many values would have come in between. */
  readonly missing: number
}

const GAP_MS = 15 * MINUTE_MS
const MISSED_VALUES = 3

/**
 * All gaps of more than a quarter of an hour (more than three intervals of a slower sensor) between two values, in order
 * of time. What lies before the first value and after the last is none, nor is what reaches over a day not in `days`.
 */
export function sensorGaps({ time, intervalMs }: GlucoseSeries, days: readonly DeviceDay[]): SensorGap[] {
  const looked = new Set(days)
  const gaps: SensorGap[] = []
  for (let i = 1; i < time.length; i++) {
    const [from, to] = [time[i - 1] ?? 0, time[i] ?? 0]
    const interval = intervalMs[i - 1] ?? 0
    if (to - from <= Math.max(GAP_MS, MISSED_VALUES * interval)) continue
    if (!areLookedAt(Math.floor(from / DAY_MS), Math.floor(to / DAY_MS), looked)) continue
    gaps.push({
      // Both are times of values.
      from: from as DeviceTime,
      to: to as DeviceTime,
      minutes: (to - from) / MINUTE_MS,
      missing: Math.max(0, Math.round((to - from) / interval) - 1),
    })
  }
  return gaps
}

/** Minutes of each of `days` that the values stand for, at most all 1440. Index i is day i of `days`. */
export function coveredMinutes({ time, intervalMs }: GlucoseSeries, days: readonly DeviceDay[]): Float64Array {
  const indexes = new Map(days.map((day, i) => [day, i]))
  const minutes = new Float64Array(days.length)
  for (let i = 0; i < time.length; i++) {
    const index = indexes.get(Math.floor((time[i] ?? 0) / DAY_MS))
    if (index !== undefined) minutes[index] = (minutes[index] ?? 0) + (intervalMs[i] ?? 0) / MINUTE_MS
  }
  return minutes.map(sum => Math.min(sum, DAY_MS / MINUTE_MS))
}

function areLookedAt(first: DeviceDay, last: DeviceDay, looked: ReadonlySet<DeviceDay>): boolean {
  for (let day = first; day <= last; day++) if (!looked.has(day)) return false
  return true
}
