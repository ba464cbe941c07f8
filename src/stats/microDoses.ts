/**
 * The micro-doses of an algorithm as rates: each is spread over the time to the next one. Source: data-model sheet
 * §2.4, CareLink sheet §6; the times below come from counting the one public export that has the doses (49 days,
 * 9,282 doses).
 */
import type { TherapyRecord } from '#records/records.ts'
import { type DeviceTime, HOUR_MS, MINUTE_MS } from '#records/time.ts'
import type { BasalSegment } from './basalSegment.ts'
import { BLOCK_MS } from './pumpState.ts'

/** The usual distance of two doses. */
const USUAL_MS = 5 * MINUTE_MS
/** Doses further apart are not spread: the later part of the stretch is not what the first one was for. */
const MAX_SPREAD_MS = 15 * MINUTE_MS
/**
 * A running loop logs no doses of zero. Stretches without a dose are whole multiples of five minutes and up to 2 h 50
 * long there; the one longer (4 h 15) begins with a rate record: the loop had stopped. So up to here a stretch without
 * a rate record is a loop that gave nothing, and beyond it nobody can say.
 */
const MAX_IDLE_MS = 3 * HOUR_MS
/** Doses nearer than this are one: a rate over seconds would be a spike that nobody was given. */
const MIN_SPREAD_MS = MINUTE_MS

interface Dose {
  readonly at: number
  units: number
}

/** What the doses gave and, apart, where the loop ran and gave nothing. `records` ascending in time. */
export function microDoses(records: readonly TherapyRecord[]): { given: BasalSegment[]; idle: BasalSegment[] } {
  const doses: Dose[] = []
  const stops: number[] = []
  const resumes = new Set<number>()
  const rates: number[] = []
  const changes: number[] = []
  for (const record of records) {
    if (record.type === 'autoBasalDose') addDose(doses, record.deviceTime, record.units)
    else if (record.type === 'basalRate') rates.push(record.deviceTime)
    else if (record.type === 'timeChange') changes.push(record.deviceTime)
    else if (record.type === 'suspend' && record.suspended) stops.push(record.deviceTime)
    else if (record.type === 'suspend') resumes.add(record.deviceTime)
  }
  // Programmes change their rate on the half hour, loop or no loop; a rate at another time means that the loop stopped,
  // or may have: those logged at a suspend count, since nothing says what followed it.
  const exits = rates.filter(at => at % BLOCK_MS !== 0 && !resumes.has(at))
  const given: BasalSegment[] = []
  const idle: BasalSegment[] = []
  const stopWithin = firstWithin(stops)
  const exitWithin = firstWithin(exits)
  const changeWithin = firstWithin(changes)
  doses.forEach(({ at, units }, i) => {
    const next = doses[i + 1]?.at ?? Number.POSITIVE_INFINITY
    // A suspend of the same second ends what the dose was for.
    const stop = stopWithin(at - 1, next)
    const spreadTo = next - at < MAX_SPREAD_MS ? next : at + USUAL_MS
    const to = stop < spreadTo ? Math.min(next, Math.max(stop, at + MIN_SPREAD_MS)) : spreadTo
    given.push(segment(at, to, (units * HOUR_MS) / (to - at)))
    const end = exitWithin(at, next)
    const isClear = next - at <= MAX_IDLE_MS && changeWithin(at, next) === Number.POSITIVE_INFINITY
    if (isClear && Math.min(end, next) > to) idle.push(segment(to, Math.min(end, next), 0))
  })
  return { given, idle }
}

function addDose(doses: Dose[], at: number, units: number): void {
  const last = doses.at(-1)
  if (last && at - last.at < MIN_SPREAD_MS) last.units += units
  else doses.push({ at, units })
}

/** First of the ascending `times` after `after` and before `before`, else infinity; asked in ascending order. */
function firstWithin(times: readonly number[]): (after: number, before: number) => number {
  let i = 0
  return (after, before) => {
    while (i < times.length && (times[i] ?? 0) <= after) i++
    const found = times[i] ?? Number.POSITIVE_INFINITY
    return found < before ? found : Number.POSITIVE_INFINITY
  }
}

/** Ends are times of doses or a few minutes after one. */
const segment = (from: number, to: number, rateUnitsPerHour: number): BasalSegment => ({
  from: from as DeviceTime,
  to: to as DeviceTime,
  delivery: 'automated',
  rateUnitsPerHour,
})
