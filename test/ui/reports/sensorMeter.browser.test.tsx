/** The sensor and meter overview on the page: numbers, table twin, keyboard, units, axe. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { EvidenceQuery } from '#workers/api.ts'
import { wall } from '../../helpers/glucose.ts'
import { friday, mealInput, meterInput } from '../../helpers/mealDays.ts'
import { logged } from '../../helpers/pumpLog.ts'
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
  const ranges = root
    .querySelector('.panel-ranges')
    ?.textContent?.replaceAll(/\. Show the \d+ values behind this number/g, '')
  expect(ranges).toBe('In range 100 % · low 0 % · high 0 % (444 sensor values)')
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
    .toBe(
      '00:00–00:30: mean 100 mg/dL · median 100 · half of the values 100 to 100 · 10 to 90 % 100 to 100 · 18 values',
    )
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
  await expect.element(page.getByText('No carbs were entered at mealtimes')).toBeVisible()
  await expect.element(heading('Lunch')).not.toBeInTheDocument()
  await userEvent.keyboard('t')
  await expect.element(page.getByRole('region', { name: 'Meter values by time of day' })).toBeVisible()
  expect(rowsOf(root.querySelector('.plain-table.narrow'))).toEqual([
    ['02:00–02:30', '64'],
    ['07:00–07:30', '110'],
    ['09:00–09:30', '190'],
    ['13:00–13:30', '130'],
  ])
})

test('opens the values behind the numbers of nights and meals: those of their windows, no others', async () => {
  const asked: EvidenceQuery[] = []
  const root = mountReport('sensor-meter', undefined, undefined, asked)
  await expect.element(heading('Breakfast')).toBeVisible()
  const period = { firstDay: friday, lastDay: friday + 2 }
  const openNumber = async (panel: string, name: string) => {
    const card = [...root.querySelectorAll('section')].find(one => one.querySelector('h2')?.textContent === panel)
    const button = [...(card?.querySelectorAll<HTMLElement>('.traceable') ?? [])].find(({ title }) => title === name)
    if (!button) throw new Error(`nothing opens ${name} of ${panel}`)
    const before = asked.length
    button.click()
    await expect.poll(() => asked.length).toBe(before + 1)
    await userEvent.keyboard('{Escape}')
    return [asked.at(-1), button.textContent] as const
  }
  const stretch = (day: number, from: string, to: string) => ({
    from: wall(`2024-03-0${day}T${from}`),
    to: wall(`2024-03-0${day}T${to}`),
  })
  // The sensor was silent before Sunday's breakfast: its window is not behind the mean.
  const [before, spoken] = await openNumber('Breakfast', 'Before')
  expect(before).toMatchObject({ kinds: ['cbg'], period })
  expect(before?.within).toEqual([stretch(1, '06:30', '07:30'), stretch(2, '06:30', '07:30')])
  // Twelve values of each.
  expect(spoken).toContain('Show the 24 values behind this number')
  const [atWakeUp] = await openNumber('Bedtime to wake-up', 'At wake-up')
  expect(atWakeUp?.within).toEqual([stretch(1, '05:00', '09:00'), stretch(2, '05:00', '09:00')])
  const [low] = await openNumber('Overnight', 'Overnight, low')
  expect(low).toMatchObject({ range: ['veryLow', 'low'] })
  const [carbs, entries] = await openNumber('Breakfast', 'Carbs')
  // Four screens of three meals.
  expect(carbs?.ids).toHaveLength(4)
  expect(carbs).toMatchObject({ kinds: ['bolus'], period })
  expect(entries).toContain('Show the 4 entries behind this number')
})

test('says LO of a meter as it did, in the chart’s readout and in the table twin', async () => {
  const at = (iso: string, value: number, outOfRange?: 'low' | 'high') =>
    logged(iso, {
      type: 'smbg',
      subType: 'meter',
      value,
      units: 'mg/dL',
      ...(outOfRange === undefined ? {} : { outOfRange }),
    })
  const records = [at('2024-03-01T07:00', 20, 'low'), at('2024-03-01T07:10', 110), at('2024-03-01T09:00', 600, 'high')]
  const root = mountReport('sensor-meter', { ...meterInput, records })
  await expect.element(heading('Meter values in ranges')).toBeVisible()
  root.querySelector<HTMLElement>('.chart-place')?.focus()
  await userEvent.keyboard('{Home}')
  await expect.poll(() => root.querySelector('.chart-readout')?.textContent).toBe('07:00–07:30: meter LO, 110 mg/dL')
  await userEvent.keyboard('{Escape}t')
  await expect
    .poll(() => rowsOf(root.querySelector('.plain-table.narrow')))
    .toEqual([
      ['07:00–07:30', 'LO, 110'],
      ['09:00–09:30', 'HI'],
    ])
})

test('has the meter’s values in the table twin beside the sensor’s', async () => {
  const meter = logged('2024-03-02T08:10', { type: 'smbg', subType: 'meter', value: 104, units: 'mg/dL' })
  const records = [...mealInput.records, meter].toSorted((a, b) => a.deviceTime - b.deviceTime)
  const root = mountReport('sensor-meter', { ...mealInput, records })
  await expect.element(heading('All days laid over one another')).toBeVisible()
  await userEvent.keyboard('t')
  await expect.poll(() => rowsOf(root.querySelector('.days-table')).length).toBe(48)
  expect(rowsOf(root.querySelector('.plain-table.narrow'))).toEqual([['08:00–08:30', '104']])
})

const cardOf = (root: HTMLElement, name: string) =>
  [...root.querySelectorAll<HTMLElement>('section')].find(one => one.querySelector('h2')?.textContent === name)

test('reads a night quarter by quarter with the keyboard, and has it as a table with the meter’s values', async () => {
  const meter = [
    logged('2024-03-02T02:10', { type: 'smbg', subType: 'meter', value: 104, units: 'mg/dL' }),
    logged('2024-03-03T02:05', { type: 'smbg', subType: 'meter', value: 20, units: 'mg/dL', outOfRange: 'low' }),
  ]
  const records = [...mealInput.records, ...meter].toSorted((a, b) => a.deviceTime - b.deviceTime)
  const root = mountReport('sensor-meter', { ...mealInput, records })
  await expect.element(heading('Overnight')).toBeVisible()
  const card = () => cardOf(root, 'Overnight')
  await expect.poll(() => card()?.querySelector('.chart-place')).not.toBeNull()
  card()?.querySelector<HTMLElement>('.chart-place')?.focus()
  await userEvent.keyboard('{Home}')
  await expect
    .poll(() => card()?.querySelector('.chart-readout')?.textContent)
    .toBe('00:00–00:15: mean 100 mg/dL · 3 nights')
  await userEvent.keyboard('{Escape}t')
  await expect.element(page.getByRole('region', { name: 'Overnight: mean by quarters of an hour' })).toBeVisible()
  const rows = rowsOf(card()?.querySelector('table') ?? null)
  // The night is from 00:00 to 06:00.
  expect(rows).toHaveLength(24)
  expect(rows[8]).toEqual(['02:00–02:15', '100', '3', 'LO, 104'])
  expect(rows[23]).toEqual(['05:45–06:00', '100', '3', '–'])
  // The key shows every twin of the report.
  await expect.element(page.getByRole('region', { name: 'Breakfast: mean by quarters of an hour' })).toBeVisible()
  expect(await seriousFindings(root)).toEqual([])
})

test('says what a panel shows in one sentence', async () => {
  mountReport('sensor-meter')
  // 100 in all of three nights.
  await expect
    .element(page.getByRole('img', { name: 'Overnight: glucose of 3 nights laid over one another, 100 % in range.' }))
    .toBeVisible()
})

test('shows the days one by one with their lanes, reads them by the keyboard and has them as tables', async () => {
  const root = mountReport('sensor-meter')
  await expect.element(heading('Day by day')).toBeVisible()
  const card = () => cardOf(root, 'Day by day')
  await expect.poll(() => card()?.querySelectorAll('.week-day .strip').length).toBe(3)
  card()?.querySelector<HTMLElement>('button.week-name')?.focus()
  await userEvent.keyboard('{ArrowRight}')
  await expect.poll(() => card()?.querySelector('.strip-readout')?.textContent).toBe('Fri 1, 00:00: sensor 100 mg/dL')
  await userEvent.keyboard('{Escape}t')
  await expect
    .poll(() => rowsOf(card()?.querySelector('table') ?? null).map(row => row.slice(1, 3)))
    .toEqual([
      // 264 of 100 and 24 of 160; on Sunday four hours are missing.
      ['105', '288'],
      ['105', '288'],
      ['100', '240'],
    ])
  const [, therapy] = card()?.querySelectorAll('table') ?? []
  // 45 + 10 + 40 g; of Saturday the calculator of 12:00 was left.
  expect(rowsOf(therapy ?? null).map(row => row[1])).toEqual(['95', '30', '80'])
})

test('opens a day from its strip', async () => {
  const root = mountReport('sensor-meter')
  await expect.poll(() => cardOf(root, 'Day by day')?.querySelectorAll('.week-day .strip').length).toBe(3)
  cardOf(root, 'Day by day')?.querySelectorAll<HTMLElement>('button.week-name')[1]?.click()
  await expect.poll(() => location.hash).toContain('day=2024-03-02')
})
