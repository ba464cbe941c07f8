/**
 * Which basal programme a small pump ran at each place of its log: the profiles of the three patterns and the selected
 * one, from the settings as they stand now, back through every change that the log tells. Pure.
 * Source: paradigm sheet §4.3, §6.8, §8.3.
 *
 * Where records and settings contradict each other, records are believed; where nothing tells, nothing is known.
 */
import type { RawRef } from '#records/records.ts'
import type { HistoryRecord } from './historyPage.ts'
import { type BasalSegment, readBasalProfile } from './schedules.ts'
import { byteOf, refOf } from './therapy.ts'

/** One pattern's profile and the bytes that say so. Without segments: never set. */
export interface Profile {
  readonly segments: readonly BasalSegment[]
  readonly raw: RawRef
}

/** Patterns by number: 0 standard, 1 A, 2 B. Absent: not known. */
export interface Programme {
  readonly profiles: readonly (Profile | undefined)[]
  readonly selected: number | undefined
}

export const unknownProgramme: Programme = { profiles: [], selected: undefined }

/** A change of one thing: what it was before, what it is from there on, where told. */
interface Change<T> {
  readonly at: number
  readonly before?: T | undefined
  readonly after?: T | undefined
}

/** Where the body of 08 and 09 begins. */
const FIRST_SEGMENT = 7

/**
 * The programme in force behind the record at an index of the run, before the next one; to be asked in ascending order. `current`: as the settings stand
 * at the run's end, {@link unknownProgramme} for a run that does not reach the present.
 */
export function programmeOfRun(run: readonly HistoryRecord[], current: Programme): (at: number) => Programme {
  const selections: Change<number>[] = []
  const profiles: Change<Profile>[][] = [[], [], []]
  run.forEach((record, at) => {
    const { opcode, bytes, spare } = record
    if (opcode === 0x14) selections.push({ at, before: byteOf(bytes, 1), after: spare.hour })
    else if (opcode === 0x08) profiles[spare.hour]?.push({ at, before: profileOf(record) })
    else if (opcode === 0x09) profiles[spare.hour]?.push({ at, after: profileOf(record) })
    else if (opcode === SETTINGS_CLEARED) for (const changes of [selections, ...profiles]) changes.push({ at })
  })
  if (selections.length === 0 && profiles.every(changes => changes.length === 0)) return () => current
  const selectedAt = valuesOf(selections, current.selected)
  const profilesAt = profiles.map((changes, pattern) => valuesOf(changes, current.profiles[pattern]))
  return at => ({ selected: selectedAt(at), profiles: profilesAt.map(valueAt => valueAt(at)) })
}

/** 22: what stood before and what was set after it has nothing to do with each other. */
const SETTINGS_CLEARED = 0x22

/** Between two changes holds what the earlier one set, else what the later one replaced. Asked in ascending order. */
function valuesOf<T>(changes: readonly Change<T>[], current: T | undefined): (at: number) => T | undefined {
  let count = 0
  return at => {
    while ((changes[count]?.at ?? Number.POSITIVE_INFINITY) <= at) count++
    return changes[count - 1]?.after ?? (count < changes.length ? changes[count]?.before : current)
  }
}

function profileOf(record: HistoryRecord): Profile | undefined {
  const segments = readBasalProfile(record.bytes.subarray(FIRST_SEGMENT), false)
  return segments && { segments, raw: refOf(record) }
}
