/**
 * One run of the log while it is being read, and the way out: what the parts of `facts.ts` hand each other.
 */
import type { RawRef, Skipped, TherapyRecord } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import type { Family } from './family.ts'
import type { HistoryRecord } from './historyPage.ts'
import { isTimed, refOf } from './therapy.ts'

/** What was found, in the log's order. */
export interface Facts {
  readonly records: TherapyRecord[]
  readonly skipped: Skipped[]
}

export interface RunState {
  readonly records: readonly HistoryRecord[]
  readonly family: Family
  readonly facts: Facts
  /** Time of the run's first record: what a look back may have missed lies before it. */
  readonly start: DeviceTime | undefined
  /** By index: this record only supports another one, which was found before it. */
  isTaken(at: number): boolean
  /** Takes the record at `at` as support of another one. */
  take(at: number): RawRef[]
  skip(record: HistoryRecord, reason: string): void
}

export function runState(records: readonly HistoryRecord[], family: Family, facts: Facts): RunState {
  const taken = new Uint8Array(records.length)
  return {
    records,
    family,
    facts,
    start: records.find(isTimed)?.time,
    isTaken: at => taken[at] === 1,
    take(at) {
      const record = records[at]
      if (!record) return []
      taken[at] = 1
      return [refOf(record)]
    },
    skip: (record, reason) => facts.skipped.push({ ...refOf(record), reason }),
  }
}
