/** What is left out, in words, for the screen and for paper. */
import type { ReportFilter } from '#reports/filter.ts'
import type { Format } from '../texts/format.ts'
import { filterTexts as t } from '../texts/reportFilter.ts'

/** Of 0 Sunday to 6 Saturday. */
export const weekdayName = (weekday: number): string => t.weekdayNames[weekday] ?? ''

/** "Saturday, Sunday, 3 March 2026, 1 device". */
export function filterText({ weekdaysOff, daysOff, devicesOff }: ReportFilter, format: Format): string {
  return [
    ...weekdaysOff.map(weekdayName),
    ...daysOff.map(day => format.dayExact(day)),
    ...(devicesOff.length > 0 ? [t.deviceCount(devicesOff.length)] : []),
  ].join(', ')
}
