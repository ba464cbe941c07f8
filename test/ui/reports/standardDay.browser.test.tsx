/** The standard day on the page: hours and parts, sensor and meter, chart and table. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { mealInput, meterInput } from '../../helpers/mealDays.ts'
import { logged } from '../../helpers/pumpLog.ts'
import { seriousFindings } from '../mount.tsx'
import { mountReport, rowsOf } from './mealReports.ts'

/** Without the words for screen readers that a number shows its values. */
const bare = (text: string) => text.replace(/\. Show.*$/, '')
const readout = (root: HTMLElement) => root.querySelector('.chart-readout')?.textContent

test('steps hour by hour with glucose, ranges, carbs and bolus', async () => {
  const root = mountReport('standard-day')
  await expect.element(page.getByRole('heading', { name: 'Hour by hour, sensor' })).toBeVisible()
  // 100 all day, 160 from an hour to three after breakfast.
  await expect
    .element(page.getByRole('img'))
    .toHaveAccessibleName(
      '816 sensor values on 3 days, mean 104 mg/dL, 100 % in range, 0 % low, 0 % high, mean by hour from 100 mg/dL (00:00–01:00) to 160 mg/dL (09:00–10:00).',
    )
  root.querySelector<HTMLElement>('.chart-place')?.focus()
  await userEvent.keyboard('{Home}{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}')
  await expect
    .poll(() => readout(root))
    // 85 g and 9.2 U in three days.
    .toBe(
      '07:00–08:00: mean 100 mg/dL · median 100 · low 0 % · in range 100 % · high 0 % · 24 values · carbs 28.3 g a day · bolus 3.07 U a day',
    )
  expect(await seriousFindings(root)).toEqual([])
})

test('has a table twin of the hours with a row of all values', async () => {
  const root = mountReport('standard-day')
  await expect.element(page.getByRole('img')).toBeVisible()
  await userEvent.keyboard('t')
  await expect.element(page.getByRole('region', { name: 'Every hour of the day' })).toBeVisible()
  const rows = rowsOf(root.querySelector('.standard-table'))
  expect(rows).toHaveLength(24)
  expect(rows[8]?.map(bare)).toEqual([
    ...['08:00–09:00', '24', '130', '–', '100', '100', '100', '130', '160', '160', '160'],
    ...['0.0', '100.0', '0.0', '20.0', '1.67'],
  ])
  const all = [...(root.querySelector('.standard-table tfoot tr')?.children ?? [])].map(cell => cell.textContent)
  expect(all.slice(0, 3).map(bare)).toEqual(['All values', '816', '104'])
})

test('changes to the parts of the day', async () => {
  const root = mountReport('standard-day')
  await expect.element(page.getByRole('img')).toBeVisible()
  await page.getByText('Parts of the day', { exact: true }).click()
  await page.getByText('Table', { exact: true }).click()
  await expect.element(page.getByRole('region', { name: 'Every part of the day' })).toBeVisible()
  const rows = rowsOf(root.querySelector('.standard-table'))
  expect(rows.map(row => row.slice(0, 4))).toEqual([
    ['Night', '00:00–06:00', '216', '100'],
    ['Before breakfast', '60 min up to the meal, 3 meals', '24', '100'],
    ['After breakfast', '60 to 180 min after, 3 meals', '48', '160'],
    ['Before lunch', '60 min up to the meal, 1 meal', '12', '100'],
    ['After lunch', '60 to 180 min after, 1 meal', '24', '100'],
    ['Before dinner', '60 min up to the meal, 1 meal', '12', '100'],
    ['After dinner', '60 to 180 min after, 1 meal', '14', '100'],
    ['Bedtime', '20:00–00:00', '144', '100'],
  ])
})

test('of a meter shows its values in mmol/L, without a choice of the sensor', async () => {
  const root = mountReport('standard-day', meterInput, { glucoseUnits: 'mmol/L' })
  await expect.element(page.getByRole('heading', { name: 'Hour by hour, meter' })).toBeVisible()
  await expect.element(page.getByRole('group', { name: 'Values of' })).not.toBeInTheDocument()
  root.querySelector<HTMLElement>('.chart-place')?.focus()
  await expect
    .poll(async () => {
      await userEvent.keyboard('{Home}{ArrowRight}{ArrowRight}')
      return readout(root)
    })
    .toBe('02:00–03:00: mean 3.6 mmol/L · low 100 % · in range 0 % · high 0 % · 1 value')
})

test('changes from the sensor to the meter where there are both', async () => {
  const records = [...mealInput.records, ...meterInput.records].sort((a, b) => a.deviceTime - b.deviceTime)
  mountReport('standard-day', { ...mealInput, records })
  await expect.element(page.getByRole('heading', { name: 'Hour by hour, sensor' })).toBeVisible()
  await page.getByText('Meter', { exact: true }).click()
  await expect.element(page.getByRole('heading', { name: 'Hour by hour, meter' })).toBeVisible()
})

test('of one reading has no marks and columns of what needs more, and a word for what was LO', async () => {
  const lo = logged('2024-03-01T03:10', {
    type: 'smbg',
    subType: 'meter',
    value: 19,
    units: 'mg/dL',
    outOfRange: 'low',
  })
  const root = mountReport('standard-day', { ...meterInput, records: [lo] })
  await expect.element(page.getByRole('img')).toBeVisible()
  expect([...root.querySelectorAll('.chart-legend li')].map(each => each.textContent?.trim())).toEqual(['meter value'])
  await page.getByText('Table', { exact: true }).click()
  await expect.poll(() => rowsOf(root.querySelector('.standard-table'))).toHaveLength(24)
  const heads = [...root.querySelectorAll('.standard-table thead th')].map(head => head.textContent)
  expect(heads).toEqual(['Hour', 'Values', 'Mean', 'Lowest', 'Highest', 'Low %', 'In range %', 'High %'])
  const rows = rowsOf(root.querySelector('.standard-table'))
  expect(rows[3]?.map(bare)).toEqual(['03:00–04:00', '1', 'LO', 'LO', 'LO', '100.0', '0.0', '0.0'])
  expect(rows[4]).toEqual(['04:00–05:00', '0', '–', '–', '–', '–', '–', '–'])
})
