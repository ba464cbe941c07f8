/** Formatting for tests of the reports: English, fixed moment, units by choice. */
import { defaultPreferences, type Preferences } from '#records/preferences.ts'
import { createFormat, type Format } from '#ui/texts/format.ts'

export const preferencesWith = (change: Partial<Preferences> = {}): Preferences => ({
  ...defaultPreferences,
  ...change,
})

export const formatOf = (preferences: Preferences): Format =>
  createFormat(() => ({ preferences, locale: 'en-GB', nowMs: Date.UTC(2026, 2, 15, 12), timeZone: 'UTC' }))
