/**
 * Alarms that stop delivery. The pump writes no suspend for them, so the facts that the alarm stopped it and that it went
 * on are derived here. Source: paradigm sheet §8.3, and the pumps' own daily totals in the captures: after an answered
 * "No Delivery" the 522 gave nothing until it was rewound (2013-01-28, 2013-04-05), the 554 until it logged its rate
 * again (2012-08-21, 79 minutes later); an empty reservoir stops as well (515, 2000-01-17; 554, 2011-10-25).
 */
import type { Suspend } from '#records/records.ts'
import type { RunState } from './factsRun.ts'
import { baseOf, byteOf, type Timed } from './therapy.ts'
import { alarmNameOf } from './therapyEvents.ts'
import { isCannulaFill } from './therapyInsulin.ts'

/** Battery out, no delivery, battery empty, auto-off, empty reservoir. */
const STOPPING_ALARMS: ReadonlySet<number> = new Set([3, 4, 5, 6, 62])
/** What only a pump that delivers is asked for: bolus, suspend, resume, temporary rate. */
export const SIGNS_OF_USE: ReadonlySet<number> = new Set([0x01, 0x1e, 0x1f, 0x33])

/** Gives what a record tells of this; to be called for each record of a run in the log's order. */
export function alarmStops({ records: run, family }: RunState): (record: Timed, at: number) => Suspend | undefined {
  let stoppedBy: number | undefined
  let isRewound = false

  /**
   * A small pump says nothing when it goes on, after an alarm or a fill of the tubing alone: only that it is used before
   * it is rewound or filled (again).
   */
  function goesOn(at: number): boolean {
    for (let i = at + 1; i < run.length; i++) {
      const opcode = run[i]?.opcode ?? 0
      if (opcode === 0x21 || opcode === 0x03) return false
      if (SIGNS_OF_USE.has(opcode)) return true
    }
    return false
  }

  return (record, at) => {
    const code = byteOf(record.bytes, 1)
    if (record.opcode === 0x21) isRewound = true
    if (record.opcode === 0x03 && isRewound && !family.isLarge) {
      if (isCannulaFill(record)) isRewound = false
      else if (goesOn(at)) {
        isRewound = false
        // Unconfirmed: that basal goes on at once. A day's total with such a fill would tell.
        return goingOn(record, 'filled')
      }
    }
    if (record.opcode === 0x06 && STOPPING_ALARMS.has(code)) {
      stoppedBy = code
      const rawReason = `${alarmNameOf(code)} (${code})`
      const { deviceTime, identity, raw } = baseOf(record)
      return { type: 'suspend', deviceTime, identity, raw, suspended: true, reason: 'alarm', rawReason }
    }
    if (stoppedBy === undefined) return undefined
    const isAnswer = record.opcode === 0x0c && code === stoppedBy && !family.isLarge
    // A large pump logs its rate when it goes on. A rewind stops delivery for a reason of its own.
    if (record.opcode !== 0x7b && record.opcode !== 0x21 && !(isAnswer && goesOn(at))) return undefined
    const rawReason = `after ${alarmNameOf(stoppedBy)} (${stoppedBy})`
    stoppedBy = undefined
    return goingOn(record, rawReason)
  }
}

function goingOn(record: Timed, rawReason: string): Suspend {
  const { deviceTime, identity, raw } = baseOf(record)
  return { type: 'suspend', deviceTime, identity, raw, suspended: false, rawReason }
}
