/** The meals report on the page: every meal, the means, the curve and its twin. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { mealInput } from '../../helpers/mealDays.ts'
import { seriousFindings } from '../mount.tsx'
import { figuresOf, mountReport, rowsOf } from './mealReports.ts'

const heading = (name: string) => page.getByRole('heading', { name, level: 2, exact: true })

test('has a table of every meal with what was entered, calculated and given, newest first', async () => {
  const root = mountReport('meals')
  await expect.element(heading('Breakfast: means and meals')).toBeVisible()
  await expect.element(heading('Dinner: means and meals')).toBeVisible()
  const rows = rowsOf(root.querySelector('.meal-table')).map(row => row.slice(1))
  expect(rows).toEqual([
    ['60 g', '150', '5.0', '0.0', '0.0', '5.0', '5.0', '–', '–', '–', '100'],
    ['30 g', '150', '3.0', '0.0', '0.0', '3.0', '3.0', '100', '160', '160', '100'],
    ['55 g in 2 entries', '150', '5.5', '0.5', '0.3', '6.0', '6.2', '100', '160', '160', '100'],
  ])
  expect(figuresOf(root, 'Breakfast: means and meals')['Delivered']).toBe('4.7U; 3 meals')
  expect(root.textContent).toContain('3 meals, 3 of them entered in the calculator')
  // Nobody ate outside the mealtimes.
  expect(root.textContent).not.toContain('Other times')
  expect(await seriousFindings(root)).toEqual([])
})

test('steps through the mean course, which is there from three meals on, and has it as a table', async () => {
  const root = mountReport('meals')
  await expect.element(heading('Breakfast')).toBeVisible()
  root.querySelector<HTMLElement>('.chart-place')?.focus()
  await userEvent.keyboard('{End}')
  // Of Sunday there are values from 11:00 on, three hours after the meal.
  await expect
    .poll(() => root.querySelector('.chart-readout')?.textContent)
    .toBe('225 to 240 min: mean 100 mg/dL · 3 meals')
  await userEvent.keyboard('{Home}')
  await expect
    .poll(() => root.querySelector('.chart-readout')?.textContent)
    .toBe('−60 to −45 min: too few for a mean · 2 meals')
  await userEvent.keyboard('{Escape}t')
  await expect.element(page.getByRole('region', { name: 'Breakfast: mean by quarters of an hour' })).toBeVisible()
  const rows = rowsOf(root.querySelector('.plain-table.narrow'))
  expect([rows[0], rows.at(-1)]).toEqual([
    ['−60 to −45 min', '–', '2'],
    ['225 to 240 min', '100', '3'],
  ])
})

test('says when no carbs were entered', async () => {
  mountReport('meals', { ...mealInput, records: [] })
  await expect.element(page.getByText('No carbs were entered in these days.')).toBeVisible()
})

test('leads from a meal to its day', async () => {
  mountReport('meals')
  await page
    .getByRole('link', { name: /Sat.*2/ })
    .first()
    .click()
  await expect.poll(() => location.hash).toBe('#/reports/daily?day=2024-03-02')
})
