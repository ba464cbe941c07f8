/** Trends in the whole app with a scripted worker: the tables by day and week, the chart of a chosen measure. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Preferences } from '#records/preferences.ts'
import {
  type TrendColumns,
  type TrendMeasure,
  trendMeasures,
  type TrendsModel,
  type TrendValues,
} from '#reports/trendsModel.ts'
import type { DataApi, EvidenceQuery } from '#workers/api.ts'
import { succeeded } from '#workers/outcome.ts'
import { lastDay } from '../../helpers/reportFixtures.ts'
import { mountApp, seriousFindings } from '../mount.tsx'
import { scriptedApi } from '../scriptedApi.ts'
import { preferencesWith } from './reportFormat.ts'
import { shownIn } from './shownIn.ts'

const none = Number.NaN
type Given = Partial<Record<TrendMeasure, readonly number[]>>
const columns = (rows: number, given: Given): TrendColumns =>
  // Every measure is in it.
  Object.fromEntries(
    trendMeasures.map(name => [name, Float64Array.from(given[name] ?? Array.from({ length: rows }, () => none))]),
  ) as TrendColumns
const values = (given: Partial<Record<TrendMeasure, number>>): TrendValues =>
  Object.fromEntries(trendMeasures.map(name => [name, given[name] ?? none])) as TrendValues

const firstDay = lastDay - 1
const table = {
  spans: [
    { firstDay, lastDay: firstDay, days: 1 },
    { firstDay: lastDay, lastDay, days: 1 },
  ],
  columns: columns(2, {
    readings: [288, none],
    mean: [154.5, none],
    sd: [50, none],
    cv: [32.36, none],
    below: [0, none],
    target: [0.725, none],
    above: [0.275, none],
    total: [40.125, 41],
    boluses: [6, 7],
    suspended: [0, 75],
    alarms: [0, 2],
  }),
}
const week = {
  spans: [{ firstDay, lastDay, days: 2 }],
  columns: columns(1, { mean: [154.5], target: [0.725], total: [40.5625], boluses: [6.5], suspended: [37.5] }),
}
const model: TrendsModel = {
  period: { firstDay, lastDay },
  dataFirstDay: firstDay,
  dataLastDay: lastDay,
  devices: ['MiniMed 780G (NG1)'],
  days: table,
  weeks: week,
  months: week,
  means: values({ mean: 154.5, target: 0.725, total: 40.5625, boluses: 6.5, suspended: 37.5, alarms: 1 }),
  sums: values({ total: 81.125, boluses: 13, suspended: 75, alarms: 2 }),
  knownDays: values({
    readings: 1,
    mean: 1,
    target: 1,
    below: 1,
    above: 1,
    total: 2,
    boluses: 2,
    suspended: 2,
    alarms: 2,
  }),
  sevenDays: columns(2, { target: [none, 0.725] }),
}

const trendsApi = (preferences: Partial<Preferences> = {}, shown: TrendsModel = model, change: Partial<DataApi> = {}) =>
  scriptedApi({
    reports: { trends: async () => succeeded(shown) },
    data: {
      preferences: async () => succeeded(preferencesWith(preferences)),
      lastDayWithData: async () => succeeded(lastDay),
      ...change,
    },
  })

const rows = (root: HTMLElement, name: string, part = 'tbody') =>
  [...(root.querySelector(`[role=region][aria-label="${name}"]`)?.querySelectorAll(`${part} tr`) ?? [])].map(row =>
    [...row.children].slice(1).map(shownIn),
  )
const heading = (name: string) => page.getByRole('heading', { name, level: 2 })

test('has a row for each day, what is not known as a dash, and sums and means below', async () => {
  const root = mountApp(trendsApi(), '/reports/trends')
  await expect.element(heading('Glucose')).toBeVisible()
  // 154.5 is an exact half: half to even.
  expect(rows(root, 'Glucose')).toEqual([
    ['288', '154', '50', '32.4', '0.0', '72.5', '27.5'],
    ['–', '–', '–', '–', '–', '–', '–'],
  ])
  expect(rows(root, 'Insulin, carbs and pump')).toEqual([
    ['40.12', '6', '0 min', '0'],
    ['41.00', '7', '1 h 15 min', '2'],
  ])
  expect(rows(root, 'Insulin, carbs and pump', 'tfoot')).toEqual([
    ['40.56', '6.5', '38 min', '1.0'],
    ['81.12', '13', '1 h 15 min', '2'],
    ['2', '2', '2', '2'],
  ])
  expect(await seriousFindings(root)).toEqual([])
})

test('shows glucose in mmol/L', async () => {
  const root = mountApp(trendsApi({ glucoseUnits: 'mmol/L' }), '/reports/trends')
  await expect.poll(() => rows(root, 'Glucose')[0]?.slice(1, 3)).toEqual(['8.6', '2.8'])
})

test('has every number of the chart in its table, the mean of seven days too', async () => {
  const root = mountApp(trendsApi(), '/reports/trends')
  await expect.element(heading('Time in range over the days')).toBeVisible()
  await userEvent.keyboard('t')
  await expect
    .poll(() => rows(root, 'Time in range, day by day'))
    .toEqual([
      ['72.5', '–'],
      ['–', '72.5'],
    ])
})

test('does not speak of a line, of insulin or of boluses where there is none', async () => {
  const only = { meterReadings: [1, none], meterMean: [70, none] }
  const meterOnly: TrendsModel = {
    ...model,
    days: { ...table, columns: columns(2, only) },
    knownDays: values({ meterReadings: 1, meterMean: 1 }),
    sevenDays: columns(2, {}),
  }
  const root = mountApp(trendsApi({}, meterOnly), '/reports/trends')
  await expect.element(heading('Mean of the meter over the days')).toBeVisible()
  const said = root.querySelector('main')?.textContent ?? ''
  expect(said).toContain('No line: a mean of seven days needs four of them')
  expect(said).not.toMatch(/insulin|bolus/i)
  expect(root.querySelector('canvas')?.getAttribute('aria-label')).toBe(
    'Mean of the meter on 1 of 2 days: day by day 70 mg/dL.',
  )
})

test('groups by weeks', async () => {
  const root = mountApp(trendsApi(), '/reports/trends')
  await page.getByText('Weeks', { exact: true }).click()
  await expect.poll(() => rows(root, 'Insulin, carbs and pump')).toEqual([['40.56', '6.5', '38 min', '–']])
})

test('draws a chosen measure, says its numbers, and opens a day', async () => {
  const root = mountApp(trendsApi(), '/reports/trends')
  await expect.element(page.getByRole('img')).toBeVisible()
  root.querySelector<HTMLElement>('.chart-place')?.focus()
  const readout = (keys: string) =>
    expect.poll(
      async () => {
        await userEvent.keyboard(`{Escape}${keys}`)
        return root.querySelector('.chart-readout')?.textContent
      },
      { timeout: 30_000 },
    )
  await readout('{Home}').toMatch(/: Time in range 72\.5 %$/)
  await readout('{End}').toMatch(/: Time in range not known · seven-day mean 72\.5 %$/)
  await page.getByLabelText('Measure').selectOptions('total')
  root.querySelector<HTMLElement>('.chart-place')?.focus()
  await readout('{End}').toMatch(/: Total insulin 41\.00 U$/)
  await expect
    .element(page.getByRole('img'))
    .toHaveAccessibleName(
      /^Total insulin on 2 of 2 days: day by day from 40\.12 U \(.*13.*\) to 41\.00 U \(.*14.*\), over the whole period 40\.56 U a day\.$/,
    )
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => location.hash).toBe('#/reports/daily?day=2026-03-14')
})

test('says so when nothing of it is known', async () => {
  const empty = columns(2, {})
  const bare = { ...model, days: { ...table, columns: empty } }
  mountApp(trendsApi({}, bare), '/reports/trends')
  await expect.element(page.getByText('Nothing of this is known in these days.')).toBeVisible()
})

test('opens what a sum and a number of the whole period stand on, of the days on which it is known', async () => {
  const asked: EvidenceQuery[] = []
  const evidence: DataApi['evidence'] = async query => {
    asked.push(query)
    return succeeded({ total: 0, rows: [] })
  }
  mountApp(trendsApi({}, model, { evidence }), '/reports/trends')
  await page.getByRole('button', { name: /^13\s?\. Show/ }).click()
  await expect.element(page.getByRole('dialog', { name: 'Number of boluses, sum' })).toBeVisible()
  const { period } = model
  expect(asked.at(-1)).toMatchObject({ kinds: ['bolus'], part: 'boluses', period })
  // Known on both days.
  expect(asked.at(-1)).not.toHaveProperty('within')
  await userEvent.keyboard('{Escape}')
  await page.getByRole('button', { name: /^72\.5\s?\. Show/ }).click()
  await expect.element(page.getByRole('dialog', { name: 'Time in range, whole period' })).toBeVisible()
  const ofFirstDay = { from: firstDay * 86_400_000, to: lastDay * 86_400_000 }
  expect(asked.at(-1)).toMatchObject({ kinds: ['cbg'], range: 'target', period, within: [ofFirstDay] })
})
