/**
 * Walks through a pump's log and gives what its programme delivered, stretch by stretch. Knows nothing of algorithms;
 * `basal.ts` puts the layers together, `pumpState.ts` says what each record means.
 */
import type { TherapyRecord } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import type { BasalSegment } from './basalSegment.ts'
import {
  applyMoment,
  beginBlock,
  expire,
  LARGE_STEP_MS,
  mayChange,
  nextBlock,
  ofType,
  type PumpState,
  provesDelivery,
  rateEnds,
  rateOfTemp,
  SILENCE_MS,
  SMALL_STEP_MS,
  stepOf,
  suspendEnds,
  unknownState,
} from './pumpState.ts'
import type { Stretch } from './stretches.ts'

export interface Walk {
  /** Scheduled and temporary. */
  readonly running: readonly BasalSegment[]
  readonly suspended: readonly BasalSegment[]
  /** Wall-clock time that a set clock skipped or passed twice, or in which nobody can say whether the pump ran. */
  readonly unclear: readonly Stretch[]
}

/** What was running and suspended up to `to`. `records` of one pump, ascending in time. */
export function walkProgramme(records: readonly TherapyRecord[], to: DeviceTime): Walk {
  const running: BasalSegment[] = []
  const suspended: BasalSegment[] = []
  const endOfSuspend = suspendEnds(records)
  const state = unknownState()
  let now = records[0]?.deviceTime ?? to
  const advance = (end: DeviceTime) => {
    while (now < end) {
      expire(state, now)
      beginBlock(state, now)
      const [segment, next] = nextSegment(state, now, end)
      if (segment) (segment.delivery === 'suspended' ? suspended : running).push(segment)
      now = next
    }
  }
  for (let first = 0; first < records.length; ) {
    const at = records[first]?.deviceTime ?? to
    if (at >= to) break
    let end = first
    let isOfInterest = at - state.aliveAt >= SILENCE_MS
    for (; records[end]?.deviceTime === at; end++) isOfInterest ||= mayChange(state, records[end])
    if (isOfInterest) {
      advance(at)
      applyMoment(state, records.slice(first, end), at, endOfSuspend)
    }
    state.aliveAt = at
    first = end
  }
  advance(to)
  return { running, suspended, unclear: [...beforeFirstResume(records), ...setOver(records)] }
}

/** The segment that begins at `now`, if anything is known, and where it ends: at `end` or when something runs out. */
function nextSegment(state: PumpState, now: DeviceTime, end: DeviceTime): [BasalSegment | undefined, DeviceTime] {
  const { rate, temp, stop } = state
  let until: number = end
  if (stop) until = Math.min(until, stop.to)
  if (temp) until = Math.min(until, temp.to, nextBlock(state, now))
  if (rate !== undefined) until = Math.min(until, rateEnds(state))
  // The least of device times and of such moved along the clock.
  const stretch = { from: now, to: until as DeviceTime }
  const suppressed = rate === undefined ? {} : { suppressedUnitsPerHour: rate }
  if (stop) return [{ ...stretch, delivery: 'suspended', rateUnitsPerHour: 0, ...suppressed }, stretch.to]
  if (temp) {
    const tempRate = rateOfTemp(temp, rate)
    if (tempRate === undefined) return [undefined, stretch.to]
    return [{ ...stretch, delivery: 'temp', rateUnitsPerHour: tempRate, ...suppressed }, stretch.to]
  }
  return [rate === undefined ? undefined : { ...stretch, delivery: 'scheduled', rateUnitsPerHour: rate }, stretch.to]
}

/** A log that begins with a resume began suspended, nobody knows since when; unless something was delivered before. */
function beforeFirstResume(records: readonly TherapyRecord[]): Stretch[] {
  const first = records.findIndex(record => record.type === 'suspend')
  const resume = records[first]
  const start = records[0]
  if (resume?.type !== 'suspend' || resume.suspended || !start) return []
  if (records.slice(0, first).some(record => provesDelivery(record, Number.NEGATIVE_INFINITY))) return []
  return [{ from: start.deviceTime, to: resume.deviceTime }]
}

/** Wall-clock time that a set clock skipped, or passed twice. */
function setOver(records: readonly TherapyRecord[]): Stretch[] {
  return ofType(records, 'timeChange').flatMap(change => {
    const stepMs = Math.abs(stepOf(change))
    if (stepMs <= SMALL_STEP_MS || stepMs > LARGE_STEP_MS) return []
    const from = Math.min(change.to, change.from ?? change.deviceTime)
    return [{ from, to: from + stepMs }]
  })
}
