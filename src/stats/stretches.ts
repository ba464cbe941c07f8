/**
 * Arithmetic of stretches of time, half open: `from` belongs to it, `to` does not. Lists are ascending and, unless said
 * otherwise, without overlap; results are too.
 */
import type { DeviceTime } from '#records/time.ts'

export interface Stretch {
  readonly from: number
  readonly to: number
}

/** A stretch that says something and can be cut. */
interface Cuttable {
  readonly from: DeviceTime
  readonly to: DeviceTime
}

/** What is left of `segments` without the `holes`; holes may overlap each other and need no order. */
export function without<T extends Cuttable>(segments: readonly T[], holes: readonly Stretch[]): T[] {
  if (holes.length === 0) return [...segments]
  const sorted = holes.filter(hole => hole.to > hole.from).sort((a, b) => a.from - b.from)
  const result: T[] = []
  let first = 0
  for (const segment of segments) {
    // A hole that ends before this segment is of no use to later ones, unless a longer one began before it.
    while (first < sorted.length && (sorted[first]?.to ?? 0) <= segment.from) first++
    let from: number = segment.from
    for (let i = first; i < sorted.length && from < segment.to; i++) {
      const hole = sorted[i]
      if (!hole || hole.from >= segment.to) break
      if (hole.to <= from) continue
      if (hole.from > from) result.push(cut(segment, from, hole.from))
      from = hole.to
    }
    if (from < segment.to) result.push(cut(segment, from, segment.to))
  }
  return result
}

/** `top` over `base`: where both have something, what `top` says holds. */
export function painted<T extends Cuttable>(base: readonly T[], top: readonly T[]): T[] {
  if (top.length === 0) return [...base]
  const visible = without(base, top)
  const result: T[] = []
  let next = 0
  for (const segment of top) {
    for (let below = visible[next]; below && below.from < segment.from; below = visible[++next]) result.push(below)
    result.push(segment)
  }
  for (; next < visible.length; next++) {
    const below = visible[next]
    if (below) result.push(below)
  }
  return result
}

/** The part from `from` to `to`. Finds it quickly: reports ask day by day in the segments of years. */
export function clipped<T extends Cuttable>(segments: readonly T[], from: number, to: number): T[] {
  const result: T[] = []
  for (let i = firstEndingAfter(segments, from); i < segments.length; i++) {
    const segment = segments[i]
    if (!segment || segment.from >= to) break
    result.push(cut(segment, Math.max(segment.from, from), Math.min(segment.to, to)))
  }
  return result
}

function firstEndingAfter(segments: readonly Cuttable[], time: number): number {
  let low = 0
  let high = segments.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((segments[middle]?.to ?? 0) <= time) low = middle + 1
    else high = middle
  }
  return low
}

/** Both ends come from device times, clipped or not. */
function cut<T extends Cuttable>(segment: T, from: number, to: number): T {
  if (from === segment.from && to === segment.to) return segment
  return { ...segment, from: from as DeviceTime, to: to as DeviceTime }
}
