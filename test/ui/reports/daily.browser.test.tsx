/** What the Daily report shows beside the day's lanes: insulin on board, what was in force, a set clock. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Preferences } from '#records/preferences.ts'
import { type DeviceTime, HOUR_MS, startOfDeviceDay } from '#records/time.ts'
import type { DailyModel, OnBoard } from '#reports/models.ts'
import { succeeded } from '#workers/outcome.ts'
import { dailyModel, lastDay } from '../../helpers/reportFixtures.ts'
import { asPrinted } from '../asPrinted.ts'
import { mountApp, seriousFindings } from '../mount.tsx'
import { scriptedApi } from '../scriptedApi.ts'
import { preferencesWith } from './reportFormat.ts'

const at = (hour: number): DeviceTime => (startOfDeviceDay(lastDay) + hour * HOUR_MS) as DeviceTime // Of that day.

/** 2.5 U all day by each curve; the pump said 1.3 U at seven. */
const onBoard = (hours: readonly number[]): OnBoard => ({
  curves: hours.map(each => ({ actionMinutes: each * 60, units: new Float64Array(289).fill(2.5) })),
  told: [{ at: at(7), units: 1.3 }],
})

const mount = (change: Partial<DailyModel>, preferences: Partial<Preferences> = {}) =>
  mountApp(
    scriptedApi({
      data: {
        preferences: async () => succeeded(preferencesWith(preferences)),
        lastDayWithData: async () => succeeded(lastDay),
      },
      reports: { daily: async ({ period }) => succeeded({ ...dailyModel(period.firstDay), ...change }) },
    }),
    '/reports/daily',
  )

const titles = (root: HTMLElement) =>
  asPrinted(() => [...root.querySelectorAll('.svg-title')].map(each => each.textContent?.trim()))

test('has insulin on board only when it is asked for, and says by which curve', async () => {
  const root = mount({ onBoard: { ...onBoard([4]), knownMinutes: 240 } })
  await expect.element(page.getByRole('img')).toBeVisible()
  expect(titles(root)).not.toContain('On board, U')
  await page.getByLabelText('Insulin on board').click()
  await expect.poll(() => titles(root)).toContain('On board, U')
  await expect.element(page.getByText(/Walsh’s curve for the pump’s active insulin time of 4 h 00 min/)).toBeVisible()
  await page.getByText('Table', { exact: true }).click()
  const rows = () =>
    [...root.querySelectorAll('[role=region][aria-label="Insulin on board"] tbody tr')].map(row =>
      [...row.children].map(cell => cell.textContent),
    )
  await expect.poll(() => rows().length).toBe(49)
  expect(rows()[0]).toEqual(['00:00', '2.5', '–'])
  expect(rows().filter(row => row[2] !== '–')).toEqual([['07:00', '2.5', '1.3']])
})

test('draws no line while the pump’s active insulin time is not known and nobody has chosen one', async () => {
  const root = mount({ onBoard: onBoard([3, 4]) })
  await expect.element(page.getByRole('img')).toBeVisible()
  await page.getByLabelText('Insulin on board').click()
  await expect.element(page.getByText(/Its active insulin time is not known: choose one/)).toBeVisible()
  await page.getByLabelText('Active insulin time').selectOptions('3 h')
  await expect.element(page.getByText(/for 3 h 00 min, a model; the time is chosen here/)).toBeVisible()
  expect(await seriousFindings(root)).toEqual([])
})

test('tells what was in force, and since when that is known', async () => {
  const root = mount({
    patterns: [
      { from: at(0), name: 'Pattern 1' },
      { from: at(13), name: 'Pattern 2' },
    ],
    settings: [
      { name: 'activeInsulin', values: [['', '240 min']], toldAt: at(-48) },
      {
        name: 'carbRatios',
        values: [
          ['00:00', '10 g/U'],
          ['11:00', '12 g/U'],
        ],
        toldAt: at(48),
      },
    ],
  })
  await expect.element(page.getByRole('heading', { name: 'In force on this day', level: 2 })).toBeVisible()
  const text = [...root.querySelectorAll('.in-force dd')].map(each => each.textContent?.replace(/\s+/g, ' '))
  expect(text[0]).toBe('Pattern 1, from 13:00 Pattern 2')
  expect(text[1]).toMatch(/^4 h 00 min \(told .*12/)
  expect(text[2]).toMatch(/^00:00 10 g\/U; 11:00 12 g\/U \(told .*16.*; no change was logged since this day\)$/)
})

test('says what a set clock skipped', async () => {
  const root = mount({ clockChanges: [{ from: at(2), to: at(3), byMs: HOUR_MS }] })
  await expect
    .element(
      page.getByText('The clock was set forward on this day, from 02:00 to 03:00: 1 h 00 min of it do not exist here.'),
    )
    .toBeVisible()
  expect(asPrinted(() => root.querySelector('.svg-chart')?.textContent)).toContain('1 h 00 min skipped')
})

test('shows the calculator’s glucose, sensitivity and target in the person’s unit', async () => {
  const root = mount({}, { glucoseUnits: 'mmol/L' })
  await expect.element(page.getByRole('img')).toBeVisible()
  await userEvent.keyboard('t')
  const row = () =>
    [...(root.querySelectorAll('.therapy-table tbody tr')[1]?.children ?? [])].map(each => each.textContent)
  // 92, 45, 90 to 110 mg/dL.
  await expect.poll(() => row().slice(-5)).toEqual(['5.1', '10 g/U', '2.5', '5.0–6.1', '–'])
})

test('has lanes and tables of insulin, carbs and events only where something tells of them', async () => {
  const [value] = dailyModel(lastDay).meterValues
  if (!value) throw new Error('a meter value')
  const ofMeter: Partial<DailyModel> = {
    glucose: { ...dailyModel(lastDay).glucose, time: new Float64Array(0), flags: new Uint8Array(0) },
    meterValues: [value],
    calibrations: [],
    boluses: [],
    wizards: [],
    food: [],
    therapy: [],
    basal: [],
    modes: [],
    events: [],
    patterns: [],
    logs: { bolus: false, basal: false },
  }
  const root = mount(ofMeter)
  await expect.element(page.getByRole('img')).toBeVisible()
  expect(titles(root)).toEqual(['Glucose, mg/dL'])
  expect(root.querySelector('.print-only .therapy-table, .report-body')?.textContent).not.toContain('Bolus and carbs')
  await userEvent.keyboard('t')
  const headings = () => [...root.querySelectorAll('h3')].map(each => each.textContent)
  await expect.poll(headings).toEqual(['Meter values'])
  expect(await seriousFindings(root)).toEqual([])
})

test('says of a pump’s day without any bolus that there was none', async () => {
  const root = mount({ boluses: [], wizards: [], food: [], therapy: [], events: [] })
  await expect.element(page.getByRole('img')).toBeVisible()
  expect(titles(root)).toContain('Bolus, U')
  await userEvent.keyboard('t')
  await expect.element(page.getByText('No bolus and no carbs on this day.')).toBeVisible()
  await expect.element(page.getByText('No events on this day.')).toBeVisible()
})
