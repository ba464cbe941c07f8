/**
 * How long an algorithm gave the basal (SmartGuard, Auto Mode) and how long the programme did, from the derived
 * segments. Source: metrics sheet §10 (Time in Auto Mode).
 */
import type { DeviceTime } from '#records/time.ts'
import type { BasalSegment } from './basalSegment.ts'

export interface Mode {
  readonly from: DeviceTime
  readonly to: DeviceTime
  readonly mode: 'automatic' | 'manual'
}

/**
 * The segments (ascending, as from `deriveBasal`) as stretches of one mode each. A suspend belongs to the mode before it
 * or, without one, after it; one that stands alone to neither. Gaps stay gaps.
 */
export function modesOf(segments: readonly BasalSegment[]): Mode[] {
  const modes: { from: DeviceTime; to: DeviceTime; mode: Mode['mode'] }[] = []
  let waiting: DeviceTime | undefined
  let end: number = Number.NaN
  for (const { from, to, delivery } of segments) {
    const last = modes.at(-1)
    if (from !== end) waiting = undefined
    end = to
    if (delivery === 'suspended') {
      if (last?.to === from) last.to = to
      else waiting ??= from
      continue
    }
    const mode = delivery === 'automated' ? 'automatic' : 'manual'
    if (last?.to === from && last.mode === mode) last.to = to
    else modes.push({ from: waiting ?? from, to, mode })
    waiting = undefined
  }
  return modes
}

/** Time by the algorithm and time whose basal is known at all, ms, of the part of `segments` from `from` to `to`. */
export function automatedMs(
  segments: readonly BasalSegment[],
  from = Number.NEGATIVE_INFINITY,
  to = Number.POSITIVE_INFINITY,
): { readonly automated: number; readonly known: number } {
  let automated = 0
  let known = 0
  for (const segment of segments) {
    const length = Math.min(segment.to, to) - Math.max(segment.from, from)
    if (length <= 0) continue
    known += length
    if (segment.delivery === 'automated') automated += length
  }
  return { automated, known }
}
