/** The logbook on the page: rows by hours and by meals, marks in words, sums, links to the days. */
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { logged } from '../../helpers/pumpLog.ts'
import { mealInput, meterInput } from '../../helpers/mealDays.ts'
import { asPrinted } from '../asPrinted.ts'
import { seriousFindings } from '../mount.tsx'
import { mountReport, rowsOf } from './mealReports.ts'

const table = () => page.getByRole('region', { name: 'Logbook, newest day first' })

test('has a row a day with 24 hours and the day’s sums', async () => {
  const root = mountReport('logbook')
  await expect.element(table()).toBeVisible()
  const rows = rowsOf(root.querySelector('.log-table'))
  expect(rows).toHaveLength(3)
  const friday = rows[2] ?? []
  expect(friday).toHaveLength(1 + 24 + 3)
  expect(friday[1 + 7]).toBe('10055g5.0U1.2U↑, more than the calculator proposed')
  expect(friday[1 + 9]).toBe('160')
  expect(friday[1 + 16]).toBe('1000.8UM, bolus without the calculator')
  // 264 values of 100 and 24 of 160; the basal is not known, so neither is the total.
  expect(friday.slice(-3)).toEqual(['105', '95', '7.00'])
  expect(rows[0]?.[1 + 8]).toBe('60g5.0U')
  expect(await seriousFindings(root)).toEqual([])
})

test('writes a meter value in place of the sensor’s mean, with its range in words', async () => {
  const low = logged('2024-03-01T07:10', { type: 'smbg', subType: 'meter', value: 52, units: 'mg/dL' })
  const lo = logged('2024-03-01T06:10', {
    type: 'smbg',
    subType: 'meter',
    value: 20,
    units: 'mg/dL',
    outOfRange: 'low',
  })
  const records = [...mealInput.records, low, lo].sort((a, b) => a.deviceTime - b.deviceTime)
  const root = mountReport('logbook', { ...mealInput, records })
  await expect.element(table()).toBeVisible()
  const friday = rowsOf(root.querySelector('.log-table'))[2] ?? []
  expect(friday[1 + 7]).toMatch(/^very low 5255g/)
  expect(friday[1 + 6]).toBe('very low LO')
})

test('groups the day by its meals and leaves an unknown mealtime undivided', async () => {
  const root = mountReport('logbook')
  await expect.element(table()).toBeVisible()
  await page.getByText('By meals', { exact: true }).click()
  await expect.poll(() => root.querySelector('.log-meals')).not.toBeNull()
  const rows = rowsOf(root.querySelector('.log-meals'))
  // Friday's dinner is one cell over two columns.
  expect(rows[2]?.slice(1, -3)).toEqual([
    '100',
    '100',
    '13355g5.0U1.2U↑, more than the calculator proposed',
    '100',
    '10040g',
    '1000.8UM, bolus without the calculator',
    '100',
  ])
  expect(root.querySelectorAll('.log-meals tbody tr:nth-child(3) td[colspan="2"]')).toHaveLength(1)
  expect(await seriousFindings(root)).toEqual([])
})

test('has days side by side for paper, with the same cells', async () => {
  const root = mountReport('logbook')
  await expect.element(table()).toBeVisible()
  const tables = () => [...root.querySelectorAll('.log-table')].map(rowsOf)
  expect(tables()).toHaveLength(1)
  const [screen, paper] = asPrinted(tables)
  const columnOf = (day: number) => paper?.map(row => row[day])
  // On the screen the newest day is the first row, on paper the last column; its sums stand at the foot.
  expect(columnOf(1)).toEqual(screen?.[2]?.slice(1, -3))
  expect(columnOf(3)).toEqual(screen?.[0]?.slice(1, -3))
  const sums = asPrinted(() =>
    [...root.querySelectorAll('.log-paper tfoot tr')].map(row => [...row.children].map(cell => cell.textContent)),
  )
  expect(sums.map(row => row[1])).toEqual(screen?.[2]?.slice(-3))
})

test('leaves out hours in which nothing is known on any day, and says so', async () => {
  const root = mountReport('logbook', meterInput)
  await expect.element(table()).toBeVisible()
  const heads = [...root.querySelectorAll('.log-hours thead .log-hour')].map(head => head.firstChild?.textContent)
  const filled = rowsOf(root.querySelector('.log-hours')).map(row => row.slice(1, 1 + heads.length))
  expect(heads.length).toBeLessThan(24)
  for (const [index, hour] of heads.entries()) {
    expect([hour, filled.some(row => row[index] !== '')]).toEqual([hour, true])
  }
  expect(root.textContent).toContain('Hours in which nothing is known on any of these days are left out.')
  // A meter's person has no use for words about a sensor.
  expect(root.textContent).not.toContain('Grey')
})

test('says so when there is nothing in any hour', async () => {
  const alarm = logged('2024-03-01T07:20', { type: 'alarm', name: 'Low battery' })
  mountReport('logbook', { ...meterInput, records: [alarm] })
  await expect.element(page.getByText('No glucose values, carbs or boluses in these days.')).toBeVisible()
})

test('shows meter values in mmol/L and leads to the day', async () => {
  const root = mountReport('logbook', meterInput, { glucoseUnits: 'mmol/L' })
  await expect.element(table()).toBeVisible()
  // Of the two days' four values.
  const hours = [2, 7, 9, 13]
  await expect.poll(() => rowsOf(root.querySelector('.log-table'))[2]?.[1 + hours.indexOf(9)]).toBe('high 10.5')
  await page
    .getByRole('link', { name: /Fri.*1/ })
    .first()
    .click()
  await expect.poll(() => location.hash).toBe('#/reports/daily?day=2024-03-01')
})

test('keeps what scrolls inside its own place on a narrow screen', async () => {
  await page.viewport(400, 800)
  const root = mountReport('logbook')
  await expect.element(table()).toBeVisible()
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(400)
  expect(root.querySelector('.table-wrap')?.scrollWidth).toBeGreaterThan(400)
  await page.viewport(1280, 800)
})
