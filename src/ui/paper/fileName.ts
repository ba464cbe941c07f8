/**
 * Names of files that people save: whose, from which day, how long. A person's name stands in it only when it also stands
 * on the paper (the privacy switch in Settings). Source: reports sheet §5.4, security sheet §5.
 */
import { dateFromDeviceTime, startOfDeviceDay } from '#records/time.ts'
import type { Preferences } from '#records/preferences.ts'
import type { Period } from '#reports/models.ts'

/** "Smith_2026-03-01_14d.pdf"; without a name "Basalt_…", without a period the day on which it was made. */
export function paperName(
  preferences: Pick<Preferences, 'profileName' | 'printIdentity'>,
  period: Period | undefined,
  madeAt: Date,
): string {
  const name = preferences.printIdentity ? lastName(preferences.profileName) : ''
  const days = period
    ? `${dateFromDeviceTime(startOfDeviceDay(period.firstDay))}_${period.lastDay - period.firstDay + 1}d`
    : madeAt.toISOString().slice(0, 10)
  return `${name || 'Basalt'}_${days}.pdf`
}

/** "Every day of the period" and the first day: "Basalt_Every-day-of-the-period.csv". */
export const tableName = (table: string): string => `Basalt_${wordsOf(table) || 'table'}.csv`

const lastName = (name: string): string => wordsOf(name.trim().split(/\s+/).at(-1) ?? '')

/** Letters and figures of any script; what file systems do not like becomes a hyphen. */
const wordsOf = (text: string): string =>
  text
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
