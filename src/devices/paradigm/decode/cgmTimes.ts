/**
 * When the sensor's readings were: they have no times of their own, only their order and the timestamps between them.
 * Source: paradigm sheet §7.1.
 */
import { type DeviceTime, MINUTE_MS, shifted } from '#records/time.ts'
import { type CgmEvent, CgmOpcode, TimestampType } from './cgmEvents.ts'

/** A sensor sends every five minutes. */
const STEP_MS = 5 * MINUTE_MS

/**
 * The times of relative events, or why there is none; of all other events their own time. `events` are those of pages
 * that follow each other without a hole, newest first; so is the result.
 *
 * Going back from a timestamp at T, the next reading was at T, the one before at T - 5 minutes. Readings newer than the
 * newest timestamp are counted up from it: T + 5 minutes is the one right after. Nothing is carried over a gap, a change
 * of the clock or bytes that are not understood.
 */
export function timesOf(events: readonly CgmEvent[]): readonly (DeviceTime | string)[] {
  const times: (DeviceTime | string)[] = []
  /** Readings newer than the newest timestamp, newest first; `undefined` once it was passed. */
  let waiting: number[] | undefined = []
  let next: DeviceTime | string = NO_TIMESTAMP
  events.forEach((event, i) => {
    switch (event.kind) {
      case 'relative':
        times.push(next)
        if (waiting) waiting.push(i)
        else if (typeof next !== 'string') next = shifted(next, -STEP_MS)
        return
      case 'unknown':
        for (const reading of waiting ?? []) times[reading] = NOT_UNDERSTOOD
        waiting = undefined
        next = NOT_UNDERSTOOD
        break
      case 'absolute':
        if (event.opcode === CgmOpcode.CLOCK) {
          for (const reading of waiting ?? []) times[reading] = CLOCK_WAS_SET
          waiting = undefined
          next = CLOCK_WAS_SET
        } else if (event.opcode === CgmOpcode.TIMESTAMP) {
          const counted = waiting?.length ?? 0
          waiting?.forEach((reading, k) => {
            times[reading] = timeAfter(event, counted - k)
          })
          waiting = undefined
          next =
            event.time === undefined ? IMPOSSIBLE_TIME : event.subType > TimestampType.GAP ? UNKNOWN_TYPE : event.time
        }
        break
      case 'still':
        break
    }
    times.push(event.time ?? IMPOSSIBLE_TIME)
  })
  return times
}

/** The time of the reading that came `steps` after a timestamp. */
function timeAfter({ time, subType }: CgmEvent, steps: number): DeviceTime | string {
  if (time === undefined) return IMPOSSIBLE_TIME
  if (subType === TimestampType.GAP) return AFTER_GAP
  return subType > TimestampType.GAP ? UNKNOWN_TYPE : shifted(time, steps * STEP_MS)
}

const NO_TIMESTAMP = 'a sensor reading without any timestamp near it'
const AFTER_GAP = 'a sensor reading after a gap that no timestamp follows yet'
const CLOCK_WAS_SET = 'a sensor reading between a change of the clock and the next timestamp'
const NOT_UNDERSTOOD = 'a sensor reading beside bytes that are not understood: its time is not certain'
const IMPOSSIBLE_TIME = 'a sensor event with an impossible time'
const UNKNOWN_TYPE = 'a sensor reading beside a timestamp of an unknown type'
