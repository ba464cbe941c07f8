/**
 * Square boluses that a large pump was still giving when it was read. Their records stand in the log from the beginning
 * and get their delivered amount when they end: until then it is not known. Source: paradigm sheet §6.4, §8.1.
 */
import { type DeviceTime, HOUR_MS } from '#records/time.ts'
import type { Family } from './family.ts'
import type { HistoryRecord } from './historyPage.ts'
import { byteOf } from './therapy.ts'
import { bolusDurationMs, isExtended } from './therapyInsulin.ts'

/** Longer no bolus takes: half hours in one byte would allow five days, the pump eight hours. */
const LONGEST_MS = 9 * HOUR_MS
/** A clock set by more was wrong by days: what stands before it is over. */
const LONGEST_STEP_MS = 26 * HOUR_MS
/** Alarms after a loss of power: what was running before is over. */
const RESETS: ReadonlySet<number> = new Set([16, 17, 21])

const NONE: ReadonlySet<number> = new Set()

/**
 * Indexes of the unfinished ones. `clock`: what the pump's clock showed when it was read, given only for the run that
 * ends with the newest record. Nothing else tells whether a bolus is over: a suspend ends it, but so does a later one.
 */
export function unfinishedSquares(
  run: readonly HistoryRecord[],
  family: Family,
  clock: DeviceTime | undefined,
): ReadonlySet<number> {
  if (!family.isLarge || clock === undefined) return NONE
  const found = new Set<number>()
  /** What to add to times of this part of the log, so that they compare with `clock`. */
  let shiftMs = 0
  for (let i = run.length - 1; i >= 0; i--) {
    const record = run[i]
    if (record?.time === undefined || record.dateAt === undefined) continue
    const ageMs = clock - (record.time + shiftMs)
    if (record.opcode === 0x01 && isExtended(record)) {
      const lengthMs = bolusDurationMs(record, family)
      if (ageMs < Math.min(lengthMs, LONGEST_MS)) found.add(i)
    }
    const before = run[i - 1]
    if (record.opcode === 0x18 && before?.opcode === 0x17 && before.time !== undefined) {
      const stepMs = record.time - before.time
      if (Math.abs(stepMs) > LONGEST_STEP_MS) break
      shiftMs += stepMs
    }
    if (record.opcode === 0x06 && RESETS.has(byteOf(record.bytes, 1))) break
    if (ageMs > 2 * LONGEST_STEP_MS) break
  }
  return found
}
