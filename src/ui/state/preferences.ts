/** What the person has chosen, for every component below, and how to change it; and formatting that follows it. */
import { type Accessor, createContext, createEffect, createMemo, createSignal, on, useContext } from 'solid-js'
import { defaultPreferences, type Preferences } from '#records/preferences.ts'
import { type Outcome, succeeded } from '#workers/outcome.ts'
import { createFormat, type Format } from '../texts/format.ts'
import type { Api } from './api.ts'
import { createAnswer } from './createAnswer.ts'

export interface PreferencesState {
  readonly now: Accessor<Preferences>
  /** False until the store has answered: until then `now` gives the defaults. */
  readonly known: Accessor<boolean>
  /** Shows the change at once; takes it back when the store refuses it. */
  readonly change: (change: Partial<Preferences>) => Promise<Outcome<Preferences>>
}

/** Without a provider, as in tests of one part, the defaults hold and nothing can be changed. */
const unchangeable: PreferencesState = {
  now: () => defaultPreferences,
  known: () => true,
  change: () => Promise.resolve(succeeded(defaultPreferences)),
}
export const PreferencesContext = createContext<PreferencesState>(unchangeable)
export const usePreferences = (): PreferencesState => useContext(PreferencesContext)

/** Needs the data version above it. */
export function createPreferences(api: Api): PreferencesState {
  const stored = createAnswer(() => api.data.preferences())
  /** What was changed here and is not yet in the store's answer. */
  const [ahead, setAhead] = createSignal<Partial<Preferences>>({})
  let saving = 0
  // The store has the last word: another tab, a restore or removing everything may change them again.
  createEffect(on(stored.now, () => saving === 0 && setAhead({}), { defer: true }))
  const now = createMemo<Preferences>(() => ({ ...defaultPreferences, ...stored.value(), ...ahead() }))
  return {
    now,
    known: () => stored.value() !== undefined,
    change: async change => {
      saving += 1
      setAhead(before => ({ ...before, ...change }))
      const outcome = await api.data.setPreferences(change)
      saving -= 1
      if (!outcome.ok) setAhead({})
      stored.again()
      return outcome
    },
  }
}

/** Numbers, dates and times by the person's settings; reads them at every call, so text follows a change. */
export function useFormat(): Format {
  const preferences = usePreferences()
  return createFormat(() => ({ preferences: preferences.now(), locale: localeOfBrowser(), nowMs: Date.now() }))
}

/** The texts are English, so dates are too; day and month in the order of the person's own English. */
const localeOfBrowser = (): string => navigator.languages.find(language => language.startsWith('en')) ?? 'en-GB'
