/** The Weekly review in the whole app: strips, numbers, table twin, a day one click away. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Preferences } from '#records/preferences.ts'
import { HOUR_MS, startOfDeviceDay } from '#records/time.ts'
import {
  type BasalColumns,
  deliveries,
  type EpisodeSum,
  type Week,
  type WeekDay,
  type WeeklyModel,
} from '#reports/weeklyModel.ts'
import type { EvidenceQuery } from '#workers/api.ts'
import { succeeded } from '#workers/outcome.ts'
import { lastDay, meterSummary, sensorSummary, seriesOf, sharesOf } from '../../helpers/reportFixtures.ts'
import { mountApp, seriousFindings } from '../mount.tsx'
import { scriptedApi } from '../scriptedApi.ts'
import { preferencesWith } from './reportFormat.ts'
import { shownIn } from './shownIn.ts'

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

const sum = (count: number, minutes: number): EpisodeSum => ({
  count,
  minutes,
  within: Array.from({ length: count }, (_, i) => ({ from: startOfDeviceDay(lastDay - i), to: HOUR_MS })),
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
  automation: { automatedMs: 18 * HOUR_MS, spannedMs: 24 * HOUR_MS },
  outside: { low: sum(2, 125), high: sum(0, 0) },
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
      daysWithTotal: 4,
      daysWithBasal: 4,
      daysWithAuto: 0,
      daysWithSplit: 4,
    },
    automation: { automatedMs: 90 * HOUR_MS, spannedMs: 120 * HOUR_MS },
    outside: { low: sum(3, 135), high: sum(0, 0) },
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
  const evidence: EvidenceQuery[] = []
  const root = mountApp(
    scriptedApi({
      data: {
        preferences: async () => succeeded(preferencesWith(preferences)),
        lastDayWithData: async () => succeeded(lastDay),
        evidence: async query => {
          evidence.push(query)
          return succeeded({ total: 0, rows: [] })
        },
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
  return { root, asked, evidence }
}

const heading = (name: string | RegExp, level = 1) => page.getByRole('heading', { name, level })
const numbersOf = (place: Element | null | undefined) =>
  Object.fromEntries(
    [...(place?.querySelectorAll('.week-numbers > div') ?? [])].map(row => [
      row.querySelector('dt')?.textContent,
      shownIn(row.querySelector('dd') ?? row),
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
    SD: '51 mg/dL',
    CV: '33 %',
    'In range': '70 %',
    Below: '4 %',
    Above: '26 %',
    Lows: '3, mean 45 min',
    Highs: '0',
    Carbs: '192 g per day (5 days)',
    Insulin: '40.7 U per day (4 days)',
    Bolus: '59 % (4 days)',
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
  await expect.poll(() => root.querySelectorAll('.week-table').length).toBe(4)
  const [table, therapy] = root.querySelectorAll('.week-table')
  expect(cells(table?.querySelector('tbody tr')).slice(1)).toEqual([
    '151',
    '280',
    '51',
    '33.3 %',
    '71 %',
    '4 %',
    '25 %',
    '2',
    // 125 minutes of two: 62.5, half to even.
    '1 h 02 min',
    '0',
    '149',
    '3',
  ])
  const row = therapy?.querySelector('tbody tr')
  expect(cells(row).slice(1)).toEqual(['192', '40.70', '23.90', '59 %', '75 %', '1', '1'])
  expect(new Set(cells(table?.querySelectorAll('tbody tr')[1]).slice(1))).toEqual(new Set(['–']))
  expect(cells(table?.querySelector('tfoot tr')).slice(0, 4)).toEqual(['Week', '149', '1,400', '51'])
  expect(cells(therapy?.querySelector('tfoot tr')).slice(0, 3)).toEqual(['Week', '192', '40.72'])
})

test('reads a day value by value with the arrow keys on its name', async () => {
  const { root } = mount()
  await expect.poll(() => root.querySelectorAll('.week-days .strip').length).toBe(9)
  root.querySelector<HTMLElement>('button.week-name')?.focus()
  await userEvent.keyboard('{ArrowRight}')
  const readout = () => root.querySelector('.strip-readout')?.textContent
  // The algorithm gives from 06:00 on; carbs, meter value and bolus stand at 08:00 too.
  await expect
    .poll(readout)
    .toBe(
      'Mon 2, 08:00: sensor 60 mg/dL · meter 140 mg/dL · carbs 45 g · bolus 4.0 U and 2.0 U over 1 hour · basal 0.700 U/h automatic',
    )
  expect(root.querySelectorAll('.strip-cursor')).toHaveLength(1)
  await userEvent.keyboard('{End}')
  await expect.poll(readout).toBe('Mon 2, 17:00: infusion set changed · basal 0.700 U/h automatic')
  await userEvent.keyboard('{Escape}')
  await expect.poll(() => root.querySelectorAll('.strip-cursor').length).toBe(0)
})

test('opens the values behind a week’s lows: those of the episodes', async () => {
  const { root, evidence } = mount()
  await expect.poll(() => root.querySelector('.week-mean .traceable')).not.toBeNull()
  const open = (title: string) => root.querySelector<HTMLElement>(`.week-mean .traceable[title="${title}"]`)?.click()
  open('Lows')
  await expect.poll(() => evidence.length).toBe(1)
  expect(evidence[0]).toMatchObject({ kinds: ['cbg'], period: { firstDay: lastDay - 12, lastDay: lastDay - 6 } })
  expect(evidence[0]?.within).toHaveLength(3)
  await userEvent.keyboard('{Escape}')
  open('Below')
  await expect.poll(() => evidence[1]).toMatchObject({ range: ['veryLow', 'low'] })
})

test('says of a week with too few values that there are not enough for spread, lows and highs', async () => {
  const few: WeekDay = { ...blank(lastDay), sensor: sensorSummary, glucose: seriesOf(lastDay, [[480, 100]]) }
  const tooFew = { missing: 'too-few-values' } as const
  const { root } = mount({
    weeks: [{ days: [few], sensor: { ...sensorSummary, count: 1, sdMgdl: tooFew, cvPercent: tooFew } }],
    hasAutomation: false,
  })
  await expect
    .poll(() => numbersOf(root.querySelector('.week-mean')))
    .toMatchObject({
      Values: '1',
      SD: 'not enough data',
      CV: 'not enough data',
      Lows: 'not enough data',
      Highs: 'not enough data',
    })
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

test('says carbs in exchanges as exchanges: in the sentence of the day, the legend and the week’s mean', async () => {
  const day = whole(lastDay)
  const { root } = mount({
    weeks: [
      {
        days: [
          {
            ...day,
            carbs: [{ ms: 8 * HOUR_MS, exchanges: 3.5 }],
            ...(day.insulin ? { insulin: { ...day.insulin, carbsGrams: 0, carbsExchanges: 12.5 } } : {}),
          },
        ],
        insulin: {
          daysWithInsulin: 1,
          bolusPerDay: 23.9,
          bolusesPerDay: 6,
          carbDays: 1,
          carbsExchangesPerDay: 12.5,
          daysWithTotal: 0,
          daysWithBasal: 0,
          daysWithAuto: 0,
          daysWithSplit: 0,
        },
      },
    ],
  })
  await expect.element(page.getByRole('button', { name: /12\.5 exchanges carbs/ })).toBeVisible()
  expect(root.querySelector('.chart-legend')?.textContent).toContain('carbs, exchanges')
  expect(root.querySelector('.chart-legend')?.textContent).not.toContain('carbs, g')
  expect(numbersOf(root.querySelector('.week-mean'))).toMatchObject({
    Carbs: '12.5 ex per day (1 day)',
    Bolus: '23.9 U per day (1 day)',
  })
})
