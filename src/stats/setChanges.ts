/**
 * When an infusion set was changed. A pump logs a rewind, fills of the tubing and of the cannula; together they are one
 * change. Filling the tubing without a rewind only drives air out. Source: metrics sheet §10 (site changes).
 */
import type { TherapyRecord } from '#records/records.ts'
import { type DeviceTime, HOUR_MS } from '#records/time.ts'
import { deviceOf } from './dedupe.ts'

/** From the rewind to the fill of the tubing. */
const FILL_MS = HOUR_MS

/** From the rewind to the fill of the tubing, and from that to the one of the cannula. */
interface State {
  rewoundAt: number
  changedAt: number
}

/**
 * The moments of set changes, ascending: each rewind that a fill of the tubing follows within an hour, and each fill of
 * a cannula that belongs to no such change. `records` ascending in time.
 */
export function setChanges(records: readonly (TherapyRecord & { readonly sourceKey: string })[]): DeviceTime[] {
  const found: DeviceTime[] = []
  const pumps = new Map<string, State>()
  for (const record of records) {
    if (record.type !== 'rewind' && record.type !== 'prime') continue
    const device = deviceOf(record.sourceKey)
    const state = pumps.get(device) ?? { rewoundAt: Number.NEGATIVE_INFINITY, changedAt: Number.NEGATIVE_INFINITY }
    pumps.set(device, state)
    const at = record.deviceTime
    if (record.type === 'rewind') {
      state.rewoundAt = at
      continue
    }
    const isRewound = at - state.rewoundAt <= FILL_MS
    const isOfChange = at - state.changedAt <= FILL_MS
    if (isOfChange || (record.target === 'tubing' && !isRewound)) continue
    // A device time: of this record or of the rewind before it.
    found.push((isRewound ? state.rewoundAt : at) as DeviceTime)
    state.changedAt = at
  }
  return found.sort((a, b) => a - b)
}
