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
  /** Forgets all: the data have changed. */
  forget(): void
}

export interface InputCacheOptions {
  readonly load: (query: InputQuery, preferences: Preferences) => Promise<ReportInput>
  /** As `setTimeout`. */
  readonly later: (act: () => void, ms: number) => unknown
}

/** A report that compares two periods has two. */
const MOST_ENTRIES = 2
/** Longer than it takes to look at a page and turn to the next. */
const KEPT_MS = 60_000
/** A year of a pump with a sensor: some 5 MiB in memory. Larger ones are read anew each time. */
const MOST_RECORDS = 12_000
const MOST_VALUES = 110_000

export function createInputCache({ load, later }: InputCacheOptions): InputCache {
  /** By what was asked for; the last one asked for at the end. */
  const entries = new Map<string, Promise<ReportInput>>()
  let uses = 0

  function keep(key: string, input: Promise<ReportInput>): void {
    entries.set(key, input)
    for (const oldest of entries.keys()) {
      if (entries.size <= MOST_ENTRIES) break
      entries.delete(oldest)
    }
    const mine = ++uses
    later(() => {
      if (mine === uses) entries.clear()
    }, KEPT_MS)
  }

  return {
    async get(query, preferences, revision) {
      const key = JSON.stringify([query.period, query.filter ?? null, preferences, revision])
      const kept = entries.get(key)
      entries.delete(key)
      const asked = kept ?? load(query, preferences)
      keep(key, asked)
      try {
        const input = await asked
        if (isLarge(input) && entries.get(key) === asked) entries.delete(key)
        return input
      } catch (error) {
        if (entries.get(key) === asked) entries.delete(key)
        throw error
      }
    },
    forget: () => entries.clear(),
  }
}

const isLarge = ({ glucose, records }: ReportInput): boolean =>
  records.length > MOST_RECORDS || glucose.reduce((sum, { time }) => sum + time.length, 0) > MOST_VALUES
