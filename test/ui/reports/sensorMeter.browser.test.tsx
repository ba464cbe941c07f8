/** The sensor and meter overview on the page: numbers, table twin, keyboard, units, axe. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { meterInput } from '../../helpers/mealDays.ts'
import { seriousFindings } from '../mount.tsx'
import { figuresOf, mountReport, rowsOf } from './mealReports.ts'

const heading = (name: string) => page.getByRole('heading', { name, level: 2, exact: true })

test('shows the panels with their means, what they stand on, and ranges in words', async () => {
  const root = mountReport('sensor-meter')
  await expect.element(heading('Dinner')).toBeVisible()
  expect(figuresOf(root, 'Breakfast')).toEqual({
    Before: '100mg/dL; 60 min up to the meal; 2 of 3 meals',
    After: '160mg/dL; 60 to 180 min after; 2 of 3 meals',
    Change: '+60mg/dL; after less before; 2 of 3 meals',
    // (55 + 30 + 60) / 3 and (5.5 + 3 + 5) / 3.
    Carbs: '48g; 3 meals',
    'Food bolus': '4.5U; as the calculator proposed; 3 meals',
    'Ratio in use': '10g/U; with 2 of 3 meals; 12 g/U (1)',
  })
  expect(figuresOf(root, 'Dinner')['After']).toBe(
    'Not enough data; 60 to 180 min after; in no window are 70\u00A0% of its values',
  )
  expect(figuresOf(root, 'Bedtime to wake-up')['At wake-up']).toBe('108mg/dL; 05:00–09:00; 2 of 4 nights')
  expect(root.querySelector('.panel-ranges')?.textContent).toMatch(/In range 100 % · low 0 % · high 0 %/)
  expect(await seriousFindings(root)).toEqual([])
})

test('shows the key numbers', async () => {
  const root = mountReport('sensor-meter')
  await expect.element(heading('Key numbers')).toBeVisible()
  // 816 values: 768 of 100 and 48 of 160 are 103.5; of three days 94.4 % are there.
  expect(figuresOf(root, 'Key numbers')['Mean glucose']).toBe('104mg/dL; 816 sensor values on 3 days')
  expect(figuresOf(root, 'Key numbers')['Sensor worn']).toBe('94 %; of the time of 3 days: 22 h 40 min a day')
  expect(figuresOf(root, 'Key numbers')['Low alerts']).toBe(
    'Not enough data; The devices of these days told no alarms.',
  )
})

test('has a table twin with the chart’s numbers and steps by the keyboard', async () => {
  const root = mountReport('sensor-meter')
  await expect.element(heading('All days laid over one another')).toBeVisible()
  root.querySelector<HTMLElement>('.chart-place')?.focus()
  await userEvent.keyboard('{Home}')
  await expect
    .poll(() => root.querySelector('.chart-readout')?.textContent)
    .toBe('00:00–00:30: mean 100 · median 100 · half of the values 100 to 100 · 10 to 90 % 100 to 100 · 18 values')
  await userEvent.keyboard('{Escape}t')
  await expect.element(page.getByRole('region', { name: 'Mean and percentiles of each half hour' })).toBeVisible()
  const rows = rowsOf(root.querySelector('.days-table'))
  expect(rows).toHaveLength(48)
  // 08:30 to 09:00: twice six values of 160.
  expect(rows[17]).toEqual(['08:30–09:00', '160', '160', '160', '160', '160', '160', '12'])
})

test('shows the same in mmol/L', async () => {
  const root = mountReport('sensor-meter', undefined, { glucoseUnits: 'mmol/L' })
  await expect.element(heading('Breakfast')).toBeVisible()
  // 60 mg/dL are 3.33 mmol/L.
  await expect.poll(() => figuresOf(root, 'Breakfast')['Change']).toBe('+3.3mmol/L; after less before; 2 of 3 meals')
})

test('of a meter shows its values and says that no carbs were entered', async () => {
  const root = mountReport('sensor-meter', meterInput)
  await expect.element(heading('Meter values in ranges')).toBeVisible()
  await expect.element(heading('Lunch')).toBeVisible()
  expect(root.textContent).toContain('No carbs were entered in this mealtime')
  await userEvent.keyboard('t')
  await expect.element(page.getByRole('region', { name: 'Meter values by time of day' })).toBeVisible()
  expect(rowsOf(root.querySelector('.plain-table.narrow'))).toEqual([
    ['02:00–02:30', '64'],
    ['07:00–07:30', '110'],
    ['09:00–09:30', '190'],
    ['13:00–13:30', '130'],
  ])
})
