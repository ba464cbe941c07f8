/** The Weekly review in the whole app: strips, numbers, table twin, a day one click away. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Preferences } from '#records/preferences.ts'
import { HOUR_MS } from '#records/time.ts'
import { type BasalColumns, deliveries, type Week, type WeekDay, type WeeklyModel } from '#reports/weeklyModel.ts'
import { succeeded } from '#workers/outcome.ts'
import { lastDay, meterSummary, sensorSummary, seriesOf, sharesOf } from '../../helpers/reportFixtures.ts'
import { mountApp, seriousFindings } from '../mount.tsx'
import { scriptedApi } from '../scriptedApi.ts'
import { preferencesWith } from './reportFormat.ts'

const noBasal: BasalColumns = {
  from: new Float64Array(0),
  to: new Float64Array(0),
  unitsPerHour: new Float64Array(0),
  delivery: new Uint8Array(0),
}
const blank = (day: number, state: WeekDay['state'] = 'shown'): WeekDay => ({
  day,
  state,
  glucose: seriesOf(day, []),
  meterMarks: [],
  boluses: [],
  carbs: [],
  basal: noBasal,
  exits: [],
  setChanges: [],
})

/** A whole day: 71 % in range, 40.7 U of which 23.9 U bolus (59 %), by the algorithm for 18 of 24 hours. */
const whole = (day: number): WeekDay => ({
  ...blank(day),
  sensor: { ...sensorSummary, count: 280, meanMgdl: 151.2 },
  meter: { ...meterSummary, count: 3 },
  insulin: {
    day,
    bolusUnits: 23.9,
    bolusCount: 6,
    basalUnits: 16.8,
    totalUnits: 40.7,
    ownTotalUnits: 40.7,
    carbsGrams: 192,
    carbsExchanges: 0,
    carbEntries: 5,
  },
  automation: { automatedMs: 18 * HOUR_MS, knownMs: 24 * HOUR_MS },
  glucose: seriesOf(day, [
    [480, 60],
    [485, 100],
    [490, 260],
    [600, 120],
  ]),
  meterMarks: [{ ms: 8 * HOUR_MS, mgdl: 140, flags: 0 }],
  boluses: [
    { ms: 8 * HOUR_MS, normalUnits: 4, extendedUnits: 2, durationMs: HOUR_MS, automatic: false },
    { ms: 9 * HOUR_MS, normalUnits: 0.4, extendedUnits: 0, durationMs: 0, automatic: true },
  ],
  carbs: [{ ms: 8 * HOUR_MS, grams: 45 }],
  basal: {
    from: Float64Array.of(0, 6 * HOUR_MS),
    to: Float64Array.of(6 * HOUR_MS, 24 * HOUR_MS),
    unitsPerHour: Float64Array.of(0, 0.7),
    delivery: Uint8Array.of(deliveries.indexOf('suspended'), deliveries.indexOf('automated')),
  },
  exits: [15 * HOUR_MS],
  setChanges: [17 * HOUR_MS],
})

/** Two weeks ending on Saturday 14 March 2026; the second is Monday 9 to Sunday 15. */
function model(): WeeklyModel {
  const weekOf = (first: number): Week => ({
    days: Array.from({ length: 7 }, (_, i): WeekDay => {
      const day = first + i
      if (day > lastDay) return blank(day, 'outside')
      return i === 1 ? blank(day) : i === 2 ? blank(day, 'leftOut') : whole(day)
    }),
    sensor: {
      ...sensorSummary,
      count: 1400,
      meanMgdl: 149.4,
      ranges: sharesOf({ veryLow: 1, low: 3, target: 70, high: 20, veryHigh: 6 }, 1400),
    },
    insulin: {
      daysWithInsulin: 5,
      totalPerDay: 40.72,
      bolusPerDay: 23.9,
      bolusesPerDay: 6,
      basalPercent: 41,
      bolusPercent: 59,
      carbDays: 5,
      carbsGramsPerDay: 192,
      daysWithTotal: 5,
      daysWithBasal: 5,
      daysWithAuto: 0,
      daysWithSplit: 5,
    },
    automation: { automatedMs: 90 * HOUR_MS, knownMs: 120 * HOUR_MS },
  })
  return {
    period: { firstDay: lastDay - 12, lastDay },
    dataFirstDay: lastDay - 12,
    dataLastDay: lastDay,
    devices: ['MiniMed 780G'],
    weeks: [weekOf(lastDay - 12), weekOf(lastDay - 5)],
    highestBolus: 4,
    highestBasal: 0.7,
    hasAutomation: true,
  }
}

const mount = (change: Partial<WeeklyModel> = {}, preferences: Partial<Preferences> = {}) => {
  const asked: number[] = []
  const root = mountApp(
    scriptedApi({
      data: {
        preferences: async () => succeeded(preferencesWith(preferences)),
        lastDayWithData: async () => succeeded(lastDay),
      },
      reports: {
        weekly: async () => succeeded({ ...model(), ...change }),
        daily: async ({ period }) => {
          asked.push(period.firstDay)
          return succeeded((await import('../../helpers/reportFixtures.ts')).dailyModel(period.firstDay))
        },
      },
    }),
    '/reports/weekly',
  )
  return { root, asked }
}

const heading = (name: string | RegExp, level = 1) => page.getByRole('heading', { name, level })
const numbersOf = (place: Element | null | undefined) =>
  Object.fromEntries(
    [...(place?.querySelectorAll('.week-numbers > div') ?? [])].map(row => [
      row.querySelector('dt')?.textContent,
      row.querySelector('dd')?.textContent,
    ]),
  )
const cells = (row: Element | null | undefined) => [...(row?.children ?? [])].map(cell => cell.textContent)

test('has a card for each week with a strip for each day of the period', async () => {
  const { root } = mount()
  await expect.element(heading('Weekly review')).toBeVisible()
  await expect.poll(() => root.querySelectorAll('.week').length).toBe(2)
  // Seven days and six; of each week one is left out and one has no data.
  await expect.poll(() => root.querySelectorAll('.week-days .strip').length).toBe(5 + 4)
  await expect.poll(() => root.querySelector('.weekly')?.getAttribute('aria-busy')).toBe('false')
  const [first] = root.querySelectorAll('.week-days .week-day')
  expect(numbersOf(first)).toEqual({
    Mean: '151 mg/dL',
    'In range': '71 %',
    Below: '4 %',
    Above: '25 %',
    Carbs: '192 g',
    Insulin: '40.7 U',
    Bolus: '59 %',
    Automatic: '75 %',
  })
  expect(numbersOf(root.querySelector('.week-mean'))).toEqual({
    Mean: '149 mg/dL',
    Values: '1,400',
    'In range': '70 %',
    Below: '4 %',
    Above: '26 %',
    Carbs: '192 g per day',
    Insulin: '40.7 U per day',
    Bolus: '59 %',
    Automatic: '75 %',
  })
  expect(root.querySelectorAll('.week-days .week-day')[1]?.textContent).toContain('no data')
  expect(root.querySelectorAll('.week-days .week-day')[2]?.textContent).toContain('left out')
  expect(await seriousFindings(root)).toEqual([])
})

test('draws a stop over the whole lane, the algorithm’s rate by its height, and a letter for an exit', async () => {
  const { root } = mount()
  await expect.poll(() => root.querySelector('.strip-meter')).not.toBeNull()
  const [strip] = root.querySelectorAll('.week-days .strip')
  // The gap from 08:10 to 10:00 cuts the trace.
  expect(strip?.querySelector('.strip-line')?.getAttribute('d')?.match(/M/g)).toHaveLength(2)
  const letters = [...(strip?.querySelectorAll('.strip-inside') ?? [])].map(each => each.textContent?.trim())
  expect(letters).toEqual(['E', 'S'])
  expect([...(strip?.querySelectorAll('text') ?? [])].map(each => each.textContent?.trim())).toContain('45')
})

test('has a table twin with the same numbers and two decimals of insulin', async () => {
  const { root } = mount()
  await expect.element(heading('Weekly review')).toBeVisible()
  await expect.poll(() => root.querySelectorAll('.week').length).toBe(2)
  await userEvent.keyboard('t')
  await expect.poll(() => root.querySelectorAll('.week-table').length).toBe(2)
  const [table] = root.querySelectorAll('.week-table')
  expect(cells(table?.querySelector('tbody tr')).slice(1)).toEqual([
    '151',
    '280',
    '71 %',
    '4 %',
    '25 %',
    '149',
    '3',
    '192',
    '40.70',
    '23.90',
    '59 %',
    '75 %',
    '1',
    '1',
  ])
  expect(new Set(cells(table?.querySelectorAll('tbody tr')[1]).slice(1))).toEqual(new Set(['–']))
  expect(cells(table?.querySelector('tfoot tr')).slice(0, 4)).toEqual(['Week', '149', '1,400', '70 %'])
})

test('says each day in a sentence and opens it', async () => {
  const { asked } = mount()
  const day = page.getByRole('button', { name: /9.*2026: mean 151 mg\/dL, 71 % in range, 4 % below, 3 meter values/ })
  await day.click()
  await expect.element(heading('Daily')).toBeVisible()
  expect(asked).toEqual([lastDay - 5])
})

test('of a week without any data says so instead of drawing empty strips', async () => {
  const [, second] = model().weeks
  const empty: Week = { days: Array.from({ length: 7 }, (_, i) => blank(lastDay - 12 + i)) }
  const { root } = mount({ weeks: second ? [empty, second] : [] })
  await expect.poll(() => root.querySelectorAll('.week').length).toBe(2)
  const [first, other] = root.querySelectorAll('.week')
  expect(first?.querySelector('p')?.textContent).toBe('There are no data of these days.')
  expect(first?.querySelectorAll('.strip')).toHaveLength(0)
  expect(other?.querySelectorAll('.week-days .strip')).toHaveLength(4)
})

test('of a meter says the mean and of how many values', async () => {
  const day: WeekDay = {
    ...blank(lastDay),
    meter: { ...meterSummary, count: 1 },
    meterMarks: [{ ms: 8 * HOUR_MS, mgdl: 149, flags: 0 }],
  }
  const { root } = mount({ weeks: [{ days: [day], meter: { ...meterSummary, count: 1 } }], hasAutomation: false })
  await expect
    .poll(() => numbersOf(root.querySelector('.week-days .week-day')))
    .toEqual({ 'Meter mean': '149 mg/dL', Values: '1' })
})

test('follows mmol/L', async () => {
  const { root } = mount({}, { glucoseUnits: 'mmol/L' })
  await expect.poll(() => numbersOf(root.querySelector('.week-days .week-day'))).toMatchObject({ Mean: '8.4 mmol/L' })
  expect(root.querySelector('.strip-limit')?.textContent?.trim()).toBeDefined()
})
