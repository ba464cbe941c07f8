/**
 * What the last reports were made from, kept for a moment: a person who goes from one report of a period to the next
 * waits for the store only once. Small, short-lived, and never older than the data.
 */
import type { Preferences } from '#records/preferences.ts'
import type { ReportQuery } from '#reports/filter.ts'
import type { ReportInput } from '#reports/models.ts'

export type InputQuery = Pick<ReportQuery, 'period' | 'filter'>

export interface InputCache {
  /** `revision`: any number that another thread's writing changes. */
  get(query: InputQuery, preferences: Preferences, revision: number): Promise<ReportInput>
  /** The same where it is kept; nothing is read for it. */
  kept(query: InputQuery, preferences: Preferences, revision: number): Promise<ReportInput> | undefined
  /** Forgets all: the data have changed. */
  forget(): void
}

export interface InputCacheOptions {
  readonly load: (query: InputQuery, preferences: Preferences) => Promise<ReportInput>
  /** Makes what is kept smaller, without a change to what it says; called when the answer is on its way. */
  readonly compact?: (input: ReportInput) => void
  /** As `setTimeout`. */
  readonly later: (act: () => void, ms: number) => unknown
}

/** A report that compares two periods has two. */
const MOST_ENTRIES = 2
/** Longer than it takes to look at a page and turn to the next. */
const KEPT_MS = 60_000
/** All together: ten years of a pump with a sensor, some 50 MiB; a year has 5. Larger ones are read anew each time. */
const MOST_RECORDS = 120_000
const MOST_VALUES = 1_200_000

export function createInputCache({ load, compact, later }: InputCacheOptions): InputCache {
  /** By what was asked for; the last one asked for at the end. */
  const entries = new Map<string, Promise<ReportInput>>()
  /** Of those that have arrived: how much of all that may be kept. */
  const shares = new WeakMap<Promise<ReportInput>, number>()
  let uses = 0

  function makeRoom(): void {
    for (const oldest of entries.keys()) {
      const share = [...entries.values()].reduce((sum, input) => sum + (shares.get(input) ?? 0), 0)
      if (entries.size <= MOST_ENTRIES && share <= 1) break
      entries.delete(oldest)
    }
  }

  function keep(key: string, input: Promise<ReportInput>): void {
    entries.set(key, input)
    makeRoom()
    const mine = ++uses
    later(() => {
      if (mine === uses) entries.clear()
    }, KEPT_MS)
  }

  return {
    async get(query, preferences, revision) {
      const key = keyOf(query, preferences, revision)
      const kept = entries.get(key)
      entries.delete(key)
      const asked = kept ?? load(query, preferences)
      keep(key, asked)
      try {
        const input = await asked
        shares.set(asked, shareOf(input))
        makeRoom()
        if (compact && !kept && entries.get(key) === asked) later(() => compact(input), 0)
        return input
      } catch (error) {
        if (entries.get(key) === asked) entries.delete(key)
        throw error
      }
    },
    kept: (query, preferences, revision) => entries.get(keyOf(query, preferences, revision)),
    forget: () => entries.clear(),
  }
}

const keyOf = ({ period, filter }: InputQuery, preferences: Preferences, revision: number): string =>
  JSON.stringify([period, filter ?? null, preferences, revision])

const shareOf = ({ glucose, records }: ReportInput): number =>
  Math.max(records.length / MOST_RECORDS, glucose.reduce((sum, { time }) => sum + time.length, 0) / MOST_VALUES)
