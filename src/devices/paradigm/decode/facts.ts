/**
 * From the history records of one run of the log to therapy records: joins what the pump wrote in several parts.
 * Pure. Source: paradigm sheet §8.
 *
 * Each history record that tells a fact gives one record, named by its own bytes alone; what stands beside it only adds
 * fields and supporting bytes. So a record has the same id whether or not its neighbours were read, and the copy that
 * more bytes support is the one that is kept (`store/factChunk.ts`). A fact that its own bytes do not tell whole is left
 * out until the other part was read.
 */
import type { TherapyRecord } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import type { Family } from './family.ts'
import { bolusFacts } from './factsBolus.ts'
import { glucoseFacts } from './factsGlucose.ts'
import { type Facts, type RunState, runState } from './factsRun.ts'
import { alarmStops } from './factsStops.ts'
import type { HistoryRecord } from './historyPage.ts'
import { recordOfSettingChange } from './settingChanges.ts'
import { baseOf, hexOf, isTimed, type Timed } from './therapy.ts'
import { readEvent } from './therapyEvents.ts'
import {
  readBasalStart,
  readDailyTotal,
  readDayParts,
  readPrime,
  readRewind,
  readSuspend,
  readTempBasal,
} from './therapyInsulin.ts'

/**
 * Adds what a run tells to `facts`. `clock`: what the pump's clock showed when it was read, only for the run that ends
 * with the newest record.
 */
export function addFactsOf(
  run: readonly HistoryRecord[],
  family: Family,
  clock: DeviceTime | undefined,
  facts: Facts,
): void {
  const state = runState(run, family, facts)
  const boluses = bolusFacts(state, clock)
  const glucose = glucoseFacts(state)
  const stopsAt = alarmStops(state)
  for (let at = 0; at < run.length; at++) {
    const record = run[at]
    if (!record || state.isTaken(at)) continue
    if (!isTimed(record)) {
      state.skip(record, 'belongs to a calculator entry that was not read')
      continue
    }
    switch (record.opcode) {
      case 0x01:
        boluses.bolus(record, at)
        break
      case 0x2f:
      case 0x5b:
        boluses.wizard(record, at)
        break
      case 0x0a:
        glucose.entered(record, at)
        break
      case 0x39:
      case 0x3f:
        glucose.received(record)
        break
      default: {
        const fact = factOf(record, at, state)
        if (typeof fact === 'string') state.skip(record, fact)
        else facts.records.push(fact)
        const stop = stopsAt(record, at)
        if (stop) facts.records.push(stop)
      }
    }
  }
}

/** The record of a history record that needs at most the one behind it, or why there is none. */
function factOf(record: Timed, at: number, state: RunState): TherapyRecord | string {
  switch (record.opcode) {
    case 0x03:
      return readPrime(record)
    case 0x07:
      return dailyTotal(record, at, state)
    case 0x16:
      return 'the length of a temporary basal rate that was not read'
    case 0x17:
      return timeChange(record, at, state)
    case 0x18:
      return 'the new time of a clock change of which the old time was not read'
    case 0x1e:
    case 0x1f:
      return readSuspend(record, state.family)
    case 0x21:
      return readRewind(record)
    case 0x33:
      return tempBasal(record, at, state)
    case 0x6c:
    case 0x6d:
    case 0x6e:
      return 'the parts of a daily total that was not read'
    case 0x7b:
      return readBasalStart(record)
    default: {
      const kind = hexOf(record.bytes.subarray(0, 1)).toUpperCase()
      return (
        readEvent(record, state.family) ??
        recordOfSettingChange(record, state.family) ??
        `a history record whose meaning is not known (${kind})`
      )
    }
  }
}

function tempBasal(record: Timed, at: number, { records, family, take }: RunState): TherapyRecord | string {
  const length = records[at + 1]
  if (length?.opcode !== 0x16 || length.time !== record.time) {
    return 'a temporary basal rate whose length was not read'
  }
  return { ...readTempBasal(record, length, family), supporting: take(at + 1) }
}

/** Dated by the old clock, as CareLink does. */
function timeChange(record: Timed, at: number, { records, take }: RunState): TherapyRecord | string {
  const after = records[at + 1]
  if (after?.opcode !== 0x18 || !isTimed(after)) return 'a clock change of which the new time was not read'
  return {
    type: 'timeChange',
    ...baseOf(record),
    from: record.time,
    to: after.time,
    supporting: take(at + 1),
  }
}

function dailyTotal(record: Timed, at: number, { records, take }: RunState): TherapyRecord {
  const total = readDailyTotal(record)
  const detail = records[at + 1]
  if (!detail || ![0x6c, 0x6d, 0x6e].includes(detail.opcode) || detail.time !== record.time) return total
  return { ...total, ...readDayParts(detail, total.totalUnits), supporting: take(at + 1) }
}
