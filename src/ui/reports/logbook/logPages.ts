/** Which hours a logbook has, and how its days are shared out over tables on paper. */
import type { LogbookDay } from '#reports/logbookModel.ts'

/** So many days stand beside one another on paper. */
const DAYS_BESIDE = 14
const allHours = Array.from({ length: 24 }, (_, hour) => hour)

/** Hours in which something stands on some day, ascending. */
export const hoursOf = (days: readonly LogbookDay[]): readonly number[] =>
  allHours.filter(hour => days.some(day => day.hours[hour] !== undefined))

/** Newest days first; within one table the days go on from left to right. About as many in each, fourteen at most. */
export function daysBeside(newestFirst: readonly LogbookDay[]): readonly (readonly LogbookDay[])[] {
  const tables = Math.ceil(newestFirst.length / DAYS_BESIDE)
  const size = Math.ceil(newestFirst.length / tables)
  return Array.from({ length: tables }, (_, i) => newestFirst.slice(i * size, (i + 1) * size).toReversed())
}
