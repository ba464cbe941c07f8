/** The Calendar in the whole app: the numbers of a day, the best one, table twin, a day one click away. */
import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Preferences } from '#records/preferences.ts'
import type { CalendarDay, CalendarModel } from '#reports/calendarModel.ts'
import { succeeded } from '#workers/outcome.ts'
import { dailyModel, lastDay, meterSummary, sensorSummary } from '../../helpers/reportFixtures.ts'
import { asPrinted } from '../asPrinted.ts'
import { mountApp, seriousFindings } from '../mount.tsx'
import { scriptedApi } from '../scriptedApi.ts'
import { preferencesWith } from './reportFormat.ts'

const blank = (day: number, state: CalendarDay['state']): CalendarDay => ({
  day,
  state,
  sensorWear: 0,
  lows: 0,
  veryLows: 0,
  setChanges: 0,
})

/** Monday 9 to Sunday 15 March 2026: a whole day, one left out, a meter's day, nothing after Saturday. */
const days: readonly CalendarDay[] = [
  {
    ...blank(lastDay - 5, 'shown'),
    sensor: { ...sensorSummary, count: 280, meanMgdl: 151.2 },
    sensorWear: 0.972,
    insulin: {
      day: lastDay - 5,
      bolusUnits: 23.9,
      bolusCount: 6,
      basalUnits: 16.8,
      totalUnits: 40.7,
      carbsGrams: 192,
      carbsExchanges: 0,
      carbEntries: 5,
    },
    lows: 2,
    veryLows: 1,
    setChanges: 1,
  },
  blank(lastDay - 4, 'leftOut'),
  { ...blank(lastDay - 3, 'shown'), meter: meterSummary },
  ...[2, 1, 0].map(before => blank(lastDay - before, 'shown')),
  blank(lastDay + 1, 'outside'),
]

const model: CalendarModel = {
  period: { firstDay: lastDay - 5, lastDay },
  dataFirstDay: lastDay - 5,
  dataLastDay: lastDay,
  devices: [],
  months: [{ firstDay: lastDay - 13, weeks: [days] }],
  bestDay: lastDay - 5,
  candidates: 1,
}

const mount = (preferences: Partial<Preferences> = {}, of: CalendarModel = model) =>
  mountApp(
    scriptedApi({
      data: {
        preferences: async () => succeeded(preferencesWith(preferences)),
        lastDayWithData: async () => succeeded(lastDay),
      },
      reports: {
        calendar: async () => succeeded(of),
        daily: async ({ period }) => succeeded(dailyModel(period.firstDay)),
      },
    }),
    '/reports/calendar',
  )

beforeEach(() => page.viewport(1280, 900))

const cells = (row: Element | null | undefined) => [...(row?.children ?? [])].map(cell => cell.textContent)

test('has a cell for each day of the period with its numbers and marks', async () => {
  const root = mount()
  await expect.element(page.getByRole('heading', { name: 'March 2026', level: 2 })).toBeVisible()
  expect(root.querySelectorAll('.calendar-day')).toHaveLength(6)
  const [first, second, third, fourth] = root.querySelectorAll('.calendar-face')
  expect(first?.querySelector('.calendar-range')?.textContent).toBe('71 %')
  expect([...(first?.querySelectorAll('.calendar-numbers > span') ?? [])].map(each => each.textContent)).toEqual([
    '151 mg/dL',
    '40.7 U',
    '192 g',
  ])
  expect(first?.querySelector('.calendar-marks')?.textContent).toBe('★ ▽2 ▼1 S')
  expect(second?.textContent).toContain('left out')
  expect([...(third?.querySelectorAll('.calendar-numbers > span') ?? [])].map(each => each.textContent)).toEqual([
    '149 mg/dL',
    '46 values',
  ])
  expect(fourth?.textContent).toContain('–')
  expect(root.textContent).toContain(
    'Bar: time in ranges, very low on the left. Below it: time in range, mean in mg/dL, of a meter its number of values, insulin in U, carbs in g. Days with a narrow bar have meter values only: the share of these.',
  )
  await expect.element(page.getByText(/^Best day: .*9.*2026, 71\s% in range, of 1 day with a sensor/)).toBeVisible()
  expect(await seriousFindings(root)).toEqual([])
})

test('says on a narrow screen only what its days have room for', async () => {
  await page.viewport(400, 800)
  const root = mount()
  await expect
    .poll(() => root.querySelector('.calendar-explained .soft')?.textContent)
    .toMatch(/Below it: time in range, mean in mg\/dL\. Days/)
})

test('says a day in a sentence and opens it', async () => {
  mount()
  const day = page.getByRole('button', {
    name: /9.*2026: best day, mean 151 mg\/dL, 71 % in range, 2 lows, 1 of them very low, 40.7 U insulin, 192 g carbs, infusion set changed/,
  })
  await day.click()
  await expect.element(page.getByRole('heading', { name: 'Daily', level: 1 })).toBeVisible()
  expect(location.hash).toBe('#/reports/daily?day=2026-03-09')
})

test('has a table twin with the same numbers', async () => {
  const root = mount()
  await expect.element(page.getByRole('heading', { name: 'March 2026', level: 2 })).toBeVisible()
  await userEvent.keyboard('t')
  await expect.element(page.getByRole('region', { name: 'March 2026, day by day' })).toBeVisible()
  const rows = [...root.querySelectorAll('.days-table tbody tr')].map(cells)
  expect(rows[0]?.[0]).toContain('best day')
  expect(rows[0]?.slice(1)).toEqual(['97 %', '151', '71 %', '4 %', '25 %', '–', '–', '2', '1', '40.70', '192', '1'])
  expect(rows[1]?.[1]).toBe('left out')
  expect(rows).toHaveLength(6)
})

test('follows mmol/L', async () => {
  const root = mount({ glucoseUnits: 'mmol/L' })
  await expect.poll(() => root.querySelector('.calendar-numbers')?.firstChild?.textContent).toBe('8.4 mmol/L')
})

test('says of a person with one value of a meter only what stands in the days', async () => {
  const { bestDay: _, ...rest } = model
  const one = { ...blank(lastDay, 'shown'), meter: { ...meterSummary, count: 1 } }
  const weeks = [days.map(({ day }) => (day === lastDay ? one : blank(day, day > lastDay ? 'outside' : 'shown')))]
  const root = mount({}, { ...rest, months: [{ firstDay: lastDay - 13, weeks }], candidates: 0 })
  await expect
    .element(
      page.getByText(
        'Bar: share of the meter values in ranges, very low on the left. Below it: mean in mg/dL, of a meter its number of values.',
      ),
    )
    .toBeVisible()
  expect(root.textContent).not.toContain('best day')
  await expect.element(page.getByRole('button', { name: /14.*2026: meter mean 149 mg\/dL of 1 value$/ })).toBeVisible()
})

test('prints a table below a short period, which its days leave room for', async () => {
  const root = mount()
  await expect.element(page.getByRole('heading', { name: 'March 2026', level: 2 })).toBeVisible()
  expect(root.querySelectorAll('.days-table')).toHaveLength(0)
  expect(asPrinted(() => root.querySelectorAll('.print-only .days-table tbody tr').length)).toBe(6)
})
