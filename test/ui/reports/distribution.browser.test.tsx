/** Distribution in the whole app with a scripted worker: histogram and twin, the map of hours, the indices. */
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Preferences } from '#records/preferences.ts'
import type { DistributionModel, Histogram, HourMap } from '#reports/distributionModel.ts'
import { succeeded } from '#workers/outcome.ts'
import { lastDay } from '../../helpers/reportFixtures.ts'
import { mountApp, seriousFindings } from '../mount.tsx'
import { scriptedApi } from '../scriptedApi.ts'
import { preferencesWith } from './reportFormat.ts'

/** 1 very low and 1 low at 50 to 59, 3 high at 200 to 209 in the third bin of a made-up range; five values. */
const histogram: Histogram = {
  binWidth: 10,
  from: 50,
  counts: [
    [1, 0, 0],
    [1, 0, 0],
    [0, 0, 3],
    [0, 0, 0],
    [0, 0, 0],
  ].map(column => Uint32Array.from(column)),
  shares: [
    [0.2, 0, 0],
    [0.2, 0, 0],
    [0, 0, 0.6],
    [0, 0, 0],
    [0, 0, 0],
  ].map(column => Float64Array.from(column)),
  cumulative: Float64Array.of(0.4, 0.4, 1),
  count: 5,
}
const hourMap = (mgdl: readonly (readonly [cell: number, mgdl: number, range: number])[]): HourMap => {
  const map = {
    days: [lastDay - 1, lastDay],
    mgdl: new Float64Array(48).fill(Number.NaN),
    counts: new Uint16Array(48),
    ranges: new Uint8Array(48).fill(255),
  }
  for (const [cell, value, range] of mgdl) {
    map.mgdl[cell] = value
    map.ranges[cell] = range
    map.counts[cell] = 1
  }
  return map
}
const model: DistributionModel = {
  period: { firstDay: lastDay - 1, lastDay },
  dataFirstDay: lastDay - 1,
  dataLastDay: lastDay,
  devices: ['MiniMed 780G (NG1)'],
  units: 'mg/dL',
  sensor: histogram,
  meter: { ...histogram, from: 100, count: 2 },
  hours: {
    sensor: hourMap([
      [3, 52, 0],
      [4, 65, 1],
      [5, 104.5, 2],
      [29, 200, 3],
      [30, 300, 4],
    ]),
    meter: hourMap([[7, 90, 2]]),
  },
  indices: {
    from: 'sensor',
    count: 5,
    daysWithData: 2,
    risk: { gri: 32.66, zone: 'B', hypoComponent: 2.64, hyperComponent: 15.6 },
    mage: 136,
    conga1: 43,
    conga4: 76,
    lbgi: 0.84,
    hbgi: 5.75,
    adrr: 36.6,
    jIndex: 42.5,
  },
}

const distributionApi = (shown: DistributionModel = model, preferences: Partial<Preferences> = {}) =>
  scriptedApi({
    reports: { distribution: async () => succeeded(shown) },
    data: {
      preferences: async () => succeeded(preferencesWith(preferences)),
      lastDayWithData: async () => succeeded(lastDay),
    },
  })

function figure(root: HTMLElement, name: string): readonly (string | undefined)[] {
  const found = [...root.querySelectorAll('.figure')].find(one => one.querySelector('dt')?.textContent === name)
  const value = found?.querySelector('.figure-value')?.cloneNode(true)
  if (!(value instanceof HTMLElement)) return []
  for (const hidden of value.querySelectorAll('.visually-hidden')) hidden.remove()
  return [value.textContent ?? undefined, found?.querySelector('.figure-note')?.textContent ?? undefined]
}
const hours = (root: HTMLElement) =>
  [...root.querySelectorAll('.hour-map tbody tr')].map(row => [...row.children].slice(1).map(cell => cell.textContent))

test('reads the histogram bar by bar, and has the same in its table', async () => {
  const root = mountApp(distributionApi(), '/reports/distribution')
  await expect
    .element(page.getByRole('img'))
    .toHaveAccessibleName('5 sensor values from 50 to 79, most often 70–79 mg/dL (60.0 %).')
  root.querySelector<HTMLElement>('.chart-place')?.focus()
  await expect
    .poll(
      async () => {
        await userEvent.keyboard('{Escape}{Home}')
        return root.querySelector('.chart-readout')?.textContent
      },
      { timeout: 30_000 },
    )
    .toBe('50–59 mg/dL: 40.0 %, 2 values · up to here 40.0 %')
  await userEvent.keyboard('{Escape}t')
  const twin = () =>
    [...root.querySelectorAll('.days-table tbody tr')].map(row => [...row.children].map(cell => cell.textContent))
  await expect.poll(twin).toEqual([
    ['50–59', '2', '40.0', '40.0', 'Very low, Low'],
    ['60–69', '0', '0.0', '40.0', ''],
    ['70–79', '3', '60.0', '100.0', 'In range'],
  ])
  expect(await seriousFindings(root)).toEqual([])
})

test('shows each hour as a number with a shape, and nothing where nothing is known', async () => {
  const root = mountApp(distributionApi(), '/reports/distribution')
  await expect.poll(() => hours(root)[0]?.slice(2, 7)).toEqual(['', '▼52', '▽65', '104', ''])
  expect(hours(root)[1]?.slice(5, 7)).toEqual(['△200', '▲300'])
  expect(await seriousFindings(root)).toEqual([])
})

test('changes to the meter', async () => {
  const root = mountApp(distributionApi(), '/reports/distribution')
  await page.getByText('Meter', { exact: true }).click()
  await expect.poll(() => hours(root)[0]?.[7]).toBe('90')
  await expect.element(page.getByRole('heading', { name: 'How often each meter value comes' })).toBeVisible()
})

test('says what each index is, and why one is missing', async () => {
  const root = mountApp(distributionApi(), '/reports/distribution')
  await expect.poll(() => figure(root, 'Glycaemia risk index (GRI)')[0]).toBe('32.7')
  expect(figure(root, 'Glycaemia risk index (GRI)')[1]).toContain('Zone B of A (best) to E; part of lows 2.6 %')
  expect(figure(root, 'MAGE')[0]).toBe('136mg/dL')
  expect(figure(root, 'MODD')).toEqual([
    'Not enough data',
    'Needs values at the same times of two days that follow each other.',
  ])
  expect(figure(root, 'J-index')[0]).toBe('42.5')
})

test('shows hours and indices in mmol/L', async () => {
  const root = mountApp(
    distributionApi({ ...model, units: 'mmol/L' }, { glucoseUnits: 'mmol/L' }),
    '/reports/distribution',
  )
  await expect.poll(() => hours(root)[0]?.[5]).toBe('5.8')
  expect(figure(root, 'MAGE')[0]).toBe('7.5mmol/L')
})

test('of a meter alone shows what was defined for finger-sticks, and what is missing', async () => {
  const { sensor: _, ...rest } = model
  const meterOnly: DistributionModel = {
    ...rest,
    hours: { meter: hourMap([[7, 90, 2]]) },
    indices: { from: 'meter', count: 2, daysWithData: 1 },
  }
  const root = mountApp(distributionApi(meterOnly), '/reports/distribution')
  await expect
    .poll(() => figure(root, 'Low blood glucose index (LBGI)'))
    .toEqual(['Not enough data', 'Needs 30 values.'])
  expect(figure(root, 'MAGE')).toEqual([])
})
