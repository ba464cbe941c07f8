/** How high the days of the Calendar are on paper: whatever the period, its pages are full and nothing leaves them. */
import { expect, it } from 'vitest'
import { calendarPaper, ROOMY_PT } from '#ui/reports/calendar/calendarPaper.ts'

it('gives two weeks high days and a table below them', () => {
  const { dayPt, withTables } = calendarPaper([{ weeks: 3, days: 14 }])
  expect(withTables).toBe(true)
  expect(dayPt[0]).toBeGreaterThanOrEqual(ROOMY_PT)
})

it('fits a month on one page, without the table', () => {
  const { dayPt, withTables } = calendarPaper([
    { weeks: 2, days: 9 },
    { weeks: 4, days: 21 },
  ])
  expect(withTables).toBe(false)
  expect(dayPt[0]).toBe(dayPt[1])
  expect((dayPt[0] ?? 0) * 6).toBeLessThan(600)
  expect(dayPt[0]).toBeGreaterThanOrEqual(ROOMY_PT)
})

it('puts two of many months on each page', () => {
  const months = [3, 5, 5, 4].map(weeks => ({ weeks, days: weeks * 6 }))
  const { dayPt } = calendarPaper(months)
  months.forEach(({ weeks }, i) => expect((dayPt[i] ?? 0) * weeks).toBeLessThan(612 / 2))
  expect(Math.min(...dayPt)).toBeGreaterThanOrEqual(43)
})

it('of no month has no height', () => {
  expect(calendarPaper([]).dayPt).toEqual([])
})
