/**
 * When insulin delivery stood still, for how long, and why. Stretches that touch count once, by their first reason.
 * Source: metrics sheet §10 (Suspends).
 */
import type { TherapyRecord } from '#records/records.ts'
import { MINUTE_MS } from '#records/time.ts'
import type { BasalSegment } from './basalSegment.ts'

/** change: the reservoir was out of the pump. other: the log does not say, or for something else. */
export const suspendKinds = ['manual', 'beforeLow', 'low', 'alarm', 'change', 'other'] as const
export type SuspendKind = (typeof suspendKinds)[number]

export interface SuspendStretch {
  readonly from: number
  readonly to: number
  readonly kind: SuspendKind
}

export type SuspendSummary = Readonly<Record<SuspendKind, { readonly count: number; readonly minutes: number }>>

/** A stop and the segment it makes are dated alike; a clipped segment begins later than its stop. */
const kindOfReason = {
  manual: 'manual',
  beforeLow: 'beforeLow',
  low: 'low',
  alarm: 'alarm',
  notSeated: 'change',
  other: 'other',
} as const

/** The stretches without delivery, ascending. `log` ascending in time, from before the first segment. */
export function suspendStretches(basal: readonly BasalSegment[], log: readonly TherapyRecord[]): SuspendStretch[] {
  const stretches: { from: number; to: number }[] = []
  for (const { from, to, delivery } of basal) {
    if (delivery !== 'suspended') continue
    const last = stretches.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else stretches.push({ from, to })
  }
  const result: SuspendStretch[] = []
  let next = 0
  let kind: SuspendKind = 'other'
  let kindAt = Number.NEGATIVE_INFINITY
  for (const { from, to } of stretches) {
    for (let record = log[next]; record && record.deviceTime <= from; record = log[++next]) {
      const told = kindOf(record)
      // Taking the reservoir out is logged beside the stop that it causes; the stop's own word goes first.
      if (told === undefined || (record.type === 'rewind' && record.deviceTime === kindAt)) continue
      kind = told
      kindAt = record.deviceTime
    }
    result.push({ from, to, kind })
  }
  return result
}

/** Number and minutes of each kind. */
export function summariseSuspends(stretches: readonly SuspendStretch[]): SuspendSummary {
  const of = (kind: SuspendKind) => {
    const own = stretches.filter(stretch => stretch.kind === kind)
    return { count: own.length, minutes: own.reduce((sum, { from, to }) => sum + (to - from), 0) / MINUTE_MS }
  }
  return {
    manual: of('manual'),
    beforeLow: of('beforeLow'),
    low: of('low'),
    alarm: of('alarm'),
    change: of('change'),
    other: of('other'),
  }
}

function kindOf(record: TherapyRecord): SuspendKind | undefined {
  if (record.type === 'rewind') return 'change'
  if (record.type !== 'suspend' || !record.suspended) return undefined
  return kindOfReason[record.reason ?? 'other']
}
