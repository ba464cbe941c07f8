/** Overlay by day in the whole app: stepping, taking days off, table twin, a meter's points. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Preferences } from '#records/preferences.ts'
import { GlucoseFlag } from '#records/series.ts'
import { HOUR_MS, startOfDeviceDay } from '#records/time.ts'
import type { OverlayDay, OverlayMean, OverlayModel } from '#reports/overlayModel.ts'
import { succeeded } from '#workers/outcome.ts'
import { lastDay, sensorSummary, seriesOf } from '../../helpers/reportFixtures.ts'
import { asPrinted } from '../asPrinted.ts'
import { mountApp, seriousFindings } from '../mount.tsx'
import { scriptedApi } from '../scriptedApi.ts'
import { preferencesWith } from './reportFormat.ts'

/** Slot i: mean 100 + i, from 80 to 200, of 6 values on 3 days; nothing at all in slot 1. */
const meanOf = (shift: number): OverlayMean => ({
  slotMinutes: 15,
  mgdl: Float64Array.from({ length: 96 }, (_, i) => (i === 1 ? Number.NaN : 100 + i + shift)),
  lowest: new Float64Array(96).fill(80),
  highest: new Float64Array(96).fill(200),
  // In slot 2 the sensor said LO and HI.
  lowestIsLo: Uint8Array.from({ length: 96 }, (_, i) => (i === 2 ? 1 : 0)),
  highestIsHi: Uint8Array.from({ length: 96 }, (_, i) => (i === 2 ? 1 : 0)),
  values: Uint32Array.from({ length: 96 }, (_, i) => (i === 1 ? 0 : 6)),
  days: Uint32Array.from({ length: 96 }, (_, i) => (i === 1 ? 0 : 3)),
})

const dayOf = (day: number): OverlayDay => ({
  day,
  weekday: new Date(startOfDeviceDay(day)).getUTCDay(),
  glucose: seriesOf(day, [
    [480, 100],
    [485, 110],
  ]),
  meterMarks: [],
  summary: { ...sensorSummary, count: 280, meanMgdl: 151.2 },
})

const model = (days: number): OverlayModel => ({
  period: { firstDay: lastDay - days + 1, lastDay },
  dataFirstDay: lastDay - days + 1,
  dataLastDay: lastDay,
  devices: [],
  from: 'sensor',
  days: Array.from({ length: days }, (_, i) => dayOf(lastDay - days + 1 + i)),
  means: { all: meanOf(0), weekdays: meanOf(10), weekend: meanOf(20) },
})

const mount = (of: OverlayModel, preferences: Partial<Preferences> = {}) =>
  mountApp(
    scriptedApi({
      data: {
        preferences: async () => succeeded(preferencesWith(preferences)),
        lastDayWithData: async () => succeeded(lastDay),
      },
      reports: { overlay: async () => succeeded(of) },
    }),
    '/reports/overlay',
  )

const readout = (root: HTMLElement) => root.querySelector('.chart-readout')?.textContent
const lines = (root: HTMLElement) =>
  asPrinted(() => root.querySelectorAll('.svg-chart > g > path[fill="none"][stroke]').length)
const cells = (row: Element | null | undefined) => [...(row?.children ?? [])].map(cell => cell.textContent)
const focusChart = (root: HTMLElement) => root.querySelector<HTMLElement>('.chart-place')?.focus()

test('steps through the day by the quarter of an hour', async () => {
  const root = mount(model(7))
  await expect
    .element(page.getByRole('img'))
    .toHaveAccessibleName(
      '7 days of sensor values: each day 71 % in range, lowest 48 mg/dL, highest 327 mg/dL, mean from 100 mg/dL (00:00–00:15) to 195 mg/dL (23:45–00:00).',
    )
  focusChart(root)
  await userEvent.keyboard('{ArrowRight}')
  expect(readout(root)).toBe('00:00–00:15: mean 100 mg/dL · 80 to 200 mg/dL · 6 values on 3 days')
  await userEvent.keyboard('{ArrowRight}')
  expect(readout(root)).toBe('00:15–00:30: no values')
  await userEvent.keyboard('{ArrowRight}')
  expect(readout(root)).toMatch(/^00:30–00:45: mean 102 mg\/dL · LO to HI mg\/dL/)
  await userEvent.keyboard('{End}')
  expect(readout(root)).toMatch(/^23:45–00:00: mean 195 mg\/dL/)
  expect(await seriousFindings(root)).toEqual([])
})

test('has a line for each day and the mean, and days can be taken off', async () => {
  const root = mount(model(7))
  await expect.poll(() => lines(root)).toBe(8)
  await page.getByRole('checkbox').first().click()
  await expect.poll(() => lines(root)).toBe(7)
  await page.getByText('Weekend', { exact: true }).click()
  // Saturday and Sunday of the seven days, and their mean; the day taken off, a Sunday, stays off.
  await expect.poll(() => lines(root)).toBe(2)
  focusChart(root)
  await userEvent.keyboard('{ArrowRight}')
  expect(readout(root)).toMatch(/^00:00–00:15: mean 120 mg\/dL/)
})

test('of more than fourteen days has a colour for each day of the week', async () => {
  const root = mount(model(30))
  await expect.poll(() => root.querySelectorAll('.overlay-toggle').length).toBe(7)
  expect([...root.querySelectorAll('.overlay-toggle')].map(each => each.textContent)).toEqual([
    'Mon',
    'Tue',
    'Wed',
    'Thu',
    'Fri',
    'Sat',
    'Sun',
  ])
  expect(lines(root)).toBe(8)
})

test('has a table twin with the days and the times of day', async () => {
  const root = mount(model(7))
  await expect.element(page.getByRole('img')).toBeVisible()
  await userEvent.keyboard('t')
  const rowsOf = (name: string) => [...root.querySelectorAll(`[aria-label="${name}"] tbody tr`)].map(cells)
  await expect.poll(() => rowsOf('By time of day').length).toBe(96)
  expect(rowsOf('By time of day')[0]).toEqual(['00:00–00:15', '100', '80', '200', '6', '3'])
  expect(rowsOf('The days')[0]?.slice(1)).toEqual(['280', '151', '48', '327', '71 %'])
})

test('shows a meter’s values as points, and follows mmol/L', async () => {
  const { means: _, ...rest } = model(2)
  const days = rest.days.map(day => ({
    ...day,
    glucose: seriesOf(day.day, []),
    meterMarks: [{ ms: 8 * HOUR_MS, mgdl: 126.1, flags: 0 }],
  }))
  const root = mount({ ...rest, from: 'meter', days }, { glucoseUnits: 'mmol/L' })
  await expect.element(page.getByText(/Each mark is one value of the meter/)).toBeVisible()
  focusChart(root)
  await expect
    .poll(async () => {
      await userEvent.keyboard('{Escape}{ArrowRight}')
      return readout(root)
    })
    .toMatch(/^08:00, .*: meter 7.0 mmol\/L$/)
})

/** Seven days, one value of the meter at 8 o'clock of each; on the last two days it said LO and HI. */
const ofMeter = (): OverlayModel => {
  const { means: _, ...rest } = model(7)
  const flags = [0, 0, 0, 0, 0, GlucoseFlag.Low, GlucoseFlag.High]
  return {
    ...rest,
    from: 'meter',
    days: rest.days.map((day, i) => ({
      ...day,
      glucose: seriesOf(day.day, []),
      meterMarks: [{ ms: 8 * HOUR_MS, mgdl: [100, 110, 120, 130, 140, 9, 601][i] ?? 0, flags: flags[i] ?? 0 }],
    })),
  }
}

test('tells the days of a meter apart by symbols too, in the chart and its legend', async () => {
  const root = mount(ofMeter())
  await expect.poll(() => root.querySelectorAll('.overlay-toggle').length).toBe(7)
  const symbols = asPrinted(() =>
    [...root.querySelectorAll('.svg-chart path[transform^="translate"]')].map(mark => mark.getAttribute('d')),
  )
  // The ring and the dot have the same outline; one is filled.
  expect([symbols.length, new Set(symbols).size]).toEqual([7, 6])
  const legend = [...root.querySelectorAll('.overlay-toggle path')].map(
    mark => `${mark.getAttribute('d')} ${mark.getAttribute('fill')}`,
  )
  expect(new Set(legend).size).toBe(7)
})

test('names the day of each value of a meter in the table twin, and says LO and HI as it did', async () => {
  const root = mount(ofMeter())
  await expect.element(page.getByRole('img')).toBeVisible()
  focusChart(root)
  await userEvent.keyboard('{End}')
  expect(readout(root)).toMatch(/^08:00, .*(14 March|March 14).* 2026: meter HI$/)
  await userEvent.keyboard('{Escape}t')
  const rows = () => [...root.querySelectorAll('[aria-label="The days"] tbody tr')].map(cells)
  await expect.poll(() => rows().length).toBe(7)
  expect(rows().map(row => row.at(-1))).toEqual([
    '08:00 100',
    '08:00 110',
    '08:00 120',
    '08:00 130',
    '08:00 140',
    '08:00 LO',
    '08:00 HI',
  ])
  expect(rows()[0]?.[0]).toMatch(/8 Mar|Mar 8/)
})
