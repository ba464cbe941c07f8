/** A day's sensor trace as outlines for small pictures: cut where the sensor was silent. Source: reports sheet §5.2. */
import type { GlucoseSeries } from '#records/series.ts'
import { MINUTE_MS } from '#records/time.ts'

/** Three missed values, and never less than a quarter of an hour. */
const GAP_MS = 15 * MINUTE_MS
const MISSED_VALUES = 3

/** "x y" of every value, in one list for each stretch without a gap. */
export function traceStretches(
  { time, mgdl, intervalMs }: Pick<GlucoseSeries, 'time' | 'mgdl' | 'intervalMs'>,
  toX: (ms: number) => number,
  toY: (mgdl: number) => number,
): readonly (readonly string[])[] {
  const all: string[][] = []
  let last = Number.NEGATIVE_INFINITY
  for (let i = 0; i < time.length; i++) {
    const at = time[i] ?? 0
    const point = `${toX(at).toFixed(2)} ${toY(mgdl[i] ?? 0).toFixed(2)}`
    if (at - last > Math.max(GAP_MS, MISSED_VALUES * (intervalMs[i] ?? 0))) all.push([point])
    else all.at(-1)?.push(point)
    last = at
  }
  return all
}

/** The line through each stretch; a value alone is a point. */
export const traceLine = (stretches: readonly (readonly string[])[]): string =>
  stretches.map(points => (points.length === 1 ? `M${points[0]}h0` : `M${points.join('L')}`)).join('')

/** The stretches closed along a level, so that what lies beyond a border can be clipped and filled. */
export const traceArea = (stretches: readonly (readonly string[])[], level: number): string =>
  stretches
    .map(
      points => `M${points[0]?.split(' ')[0]} ${level}L${points.join('L')}L${points.at(-1)?.split(' ')[0]} ${level}z`,
    )
    .join('')
