/** Which hours a logbook shows and how its days are shared out on paper. */
import { expect, test } from 'vitest'
import type { LogbookCell, LogbookDay } from '#reports/logbookModel.ts'
import { daysBeside, hoursOf } from '#ui/reports/logbook/logPages.ts'

const cell: LogbookCell = { meter: [], carbsGrams: 20, carbsExchanges: 0, boluses: [] }
const dayWith = (day: number, ...hours: number[]): LogbookDay => ({
  day,
  hours: Array.from({ length: 24 }, (_, hour) => (hours.includes(hour) ? cell : undefined)),
  parts: {},
  hasParts: [],
})
/** Newest first, as the model has them. */
const days = (count: number) => Array.from({ length: count }, (_, i) => dayWith(100 + count - 1 - i))
const shared = (count: number) => daysBeside(days(count)).map(table => table.map(({ day }) => day - 100))

test('hours are those in which something stands on some day', () => {
  expect(hoursOf([dayWith(2, 7, 18), dayWith(1, 3, 7)])).toEqual([3, 7, 18])
  expect(hoursOf([dayWith(1)])).toEqual([])
})

test('two weeks stand in one table, from the first day to the last', () => {
  expect(shared(14)).toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]])
  expect(shared(1)).toEqual([[0]])
  expect(shared(0)).toEqual([])
})

test('more days are shared out evenly, the newest first', () => {
  expect(shared(15)).toEqual([
    [7, 8, 9, 10, 11, 12, 13, 14],
    [0, 1, 2, 3, 4, 5, 6],
  ])
  expect(shared(90).map(table => table.length)).toEqual([13, 13, 13, 13, 13, 13, 12])
})
