/** Episodes and patterns in the whole app with a scripted worker: the list, the chart's twin, the picture, and axe. */
import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Preferences } from '#records/preferences.ts'
import { GlucoseFlag } from '#records/series.ts'
import { type DeviceTime, HOUR_MS, MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import type { EpisodesModel, ListedEpisode } from '#reports/episodesModel.ts'
import { succeeded } from '#workers/outcome.ts'
import { lastDay, sensorSummary } from '../../helpers/reportFixtures.ts'
import { mountApp, seriousFindings } from '../mount.tsx'
import { scriptedApi } from '../scriptedApi.ts'
import { preferencesWith } from './reportFormat.ts'

const firstDay = lastDay - 13
const midnight = startOfDeviceDay(lastDay)
const low: ListedEpisode = {
  side: 'hypo',
  startMs: midnight + 3 * HOUR_MS,
  minutes: 35,
  level: 2,
  isExtended: false,
  isOvernight: true,
  extremeMgdl: 49,
  extremeAt: midnight + 3 * HOUR_MS + 15 * MINUTE_MS,
  isOutOfRange: true,
  bolus: { units: 2.5, count: 1, lastAt: midnight + 100 * MINUTE_MS },
  suspendedMinutes: 30,
  carbs: { grams: 15, exchanges: 0 },
  reboundAt: midnight + 5 * HOUR_MS,
}
const high: ListedEpisode = {
  side: 'hyper',
  startMs: midnight - 6 * HOUR_MS,
  minutes: 95,
  level: 1,
  isExtended: false,
  isOvernight: false,
  extremeMgdl: 231,
  extremeAt: midnight - 5 * HOUR_MS,
  isOutOfRange: false,
}
const counts = (at: number) => Uint32Array.from({ length: 24 }, (_, hour) => (hour === at ? 1 : 0))
const time = Float64Array.from({ length: 145 }, (_, i) => midnight - 7 * HOUR_MS + i * 5 * MINUTE_MS)
const record = { identity: 'x', raw: { page: 0, offset: 0, length: 1 } }
// Minutes from midnight of the device's clock.
const at = (minute: number) => (midnight + minute * MINUTE_MS) as DeviceTime
const model: EpisodesModel = {
  period: { firstDay, lastDay },
  dataFirstDay: firstDay,
  dataLastDay: lastDay,
  devices: ['MiniMed 780G MMT-1886 (NG0123456H)'],
  sensorValues: 3921,
  daysWithData: 14,
  summary: sensorSummary.episodes,
  episodes: [low, high],
  hours: {
    hypo: { all: counts(3), severe: counts(3) },
    hyper: { all: counts(18), severe: new Uint32Array(24) },
  },
  patterns: {
    daysWithData: 14,
    hypo: [],
    hyper: [{ fromMinute: 1050, toMinute: 1230, days: [lastDay - 1], severeDays: 0, episodes: 3 }],
  },
  trace: {
    time,
    mgdl: time.map((_, i) => 60 + i),
    // The 25th, at 19:00: the sensor said LO.
    flags: Uint8Array.from(time, (_, i) => (i === 24 ? GlucoseFlag.Low : 0)),
  },
  boluses: [{ ...record, type: 'bolus', subType: 'normal', deviceTime: at(-390), normalUnits: 2.5, context: 'manual' }],
  carbs: [{ ...record, type: 'food', deviceTime: at(-385), carbsGrams: 30 }],
}

function mounted(shown: EpisodesModel = model, preferences: Partial<Preferences> = {}): HTMLElement {
  const api = scriptedApi({
    data: {
      preferences: async () => succeeded(preferencesWith(preferences)),
      lastDayWithData: async () => succeeded(lastDay),
    },
    reports: { episodes: async () => succeeded(shown) },
  })
  return mountApp(api, '/reports/episodes')
}

const heading = (name: string | RegExp) => page.getByRole('heading', { name, level: 2 })
const listRows = (root: HTMLElement) =>
  [...root.querySelectorAll('.episode-list tbody tr')].map(row => [...row.children].map(cell => cell.textContent))

describe('Episodes and patterns', () => {
  test('lists each episode with what happened around it', async () => {
    const root = mounted()
    await expect.element(heading('Each episode')).toBeVisible()
    expect(listRows(root)).toEqual([
      [
        'Sat, Mar 14, 03:00',
        'Very low, overnight',
        '35 min',
        'LO at 03:15',
        '2.5 U (1 h 20 min)',
        '30 min',
        '15 g',
        'high at 05:00',
      ],
      ['Fri, Mar 13, 18:00', 'High', '1 h 35 min', '231 at 19:00', '–', 'not known', '–', '–'],
    ])
  })

  test('shows only lows or only highs', async () => {
    const root = mounted()
    await page.getByText('Highs', { exact: true }).last().click()
    await expect.poll(() => listRows(root).map(row => row[1])).toEqual(['High'])
  })

  test('draws the newest low first, and the one that is chosen', async () => {
    const root = mounted()
    await expect.element(heading(/^Very low, overnight/)).toBeVisible()
    await page.getByRole('button', { name: 'Fri, Mar 13, 18:00' }).click()
    await expect.element(heading(/^High · Fri, Mar 13, 18:00/)).toBeVisible()
    const chart = root.querySelector<HTMLElement>('.chart-episode')
    chart?.focus()
    await userEvent.keyboard('{Home}')
    // The first value of the picture: an hour before, 60 mg/dL.
    expect(chart?.closest('figure')?.querySelector('.chart-readout')?.textContent).toBe('17:00: 60 mg/dL')
    await page.getByRole('button', { name: 'Later episode' }).click()
    await expect.element(heading(/^Very low, overnight/)).toBeVisible()
    await page.getByRole('button', { name: 'Open the day' }).click()
    await expect.poll(() => location.hash).toBe('#/reports/daily?day=2026-03-14')
  })

  test('shows what was eaten and boluses around it, and LO where the sensor said so', async () => {
    const root = mounted()
    await page.getByRole('button', { name: 'Fri, Mar 13, 18:00' }).click()
    await expect.element(page.getByText(/The strip marks the episode.*Below: what was eaten and boluses/)).toBeVisible()
    const chart = root.querySelector<HTMLElement>('.chart-episode')
    chart?.focus()
    await userEvent.keyboard('{Home}')
    const readout = () => chart?.closest('figure')?.querySelector('.chart-readout')?.textContent ?? ''
    const said: string[] = []
    for (let i = 0; i < 25; i++) {
      said.push(readout())
      await userEvent.keyboard('{ArrowRight}')
    }
    expect(said[6]).toBe('17:30: 66 mg/dL · bolus 2.5 U')
    expect(said[7]).toBe('17:35: 67 mg/dL · carbs 30 g')
    expect(said[24]).toBe('19:00: LO')
  })

  test('without doses shows the glucose alone', async () => {
    const root = mounted({ ...model, boluses: [], carbs: [] })
    await expect.element(heading(/^Very low, overnight/)).toBeVisible()
    expect(root.querySelector('.episode-around')?.textContent).not.toContain('Below: what was eaten')
  })

  test('has the hours as a table too', async () => {
    const root = mounted()
    await expect.element(heading('When they begin')).toBeVisible()
    await userEvent.keyboard('t')
    const rows = () =>
      [...root.querySelectorAll('[role=region][aria-label="When they begin"] tbody tr')].map(row =>
        [...row.children].map(cell => cell.textContent),
      )
    await expect.poll(() => rows()[3]).toEqual(['03:00–04:00', '1', '1', '0', '0'])
    expect(rows()[18]).toEqual(['18:00–19:00', '0', '0', '1', '0'])
    expect(rows()).toHaveLength(24)
  })

  test('says values in mmol/L', async () => {
    const root = mounted(model, { glucoseUnits: 'mmol/L' })
    await expect.element(heading('Each episode')).toBeVisible()
    await expect.poll(() => listRows(root)[1]?.[3]).toBe('12.8 at 19:00')
  })

  test('leads from a pattern’s day to its Daily page', async () => {
    mounted()
    await page.getByRole('button', { name: 'Fri, Mar 13', exact: true }).click()
    await expect.poll(() => location.hash).toBe('#/reports/daily?day=2026-03-13')
  })

  test('says what it needs when there is no sensor', async () => {
    const { summary: _, ...rest } = model
    mounted({ ...rest, sensorValues: 0, episodes: [] })
    await expect.element(page.getByText('Episodes need sensor values.')).toBeVisible()
  })

  test('has nothing serious for axe', async () => {
    const root = mounted()
    await expect.element(heading('Each episode')).toBeVisible()
    expect(await seriousFindings(root)).toEqual([])
    await userEvent.keyboard('t')
    expect(await seriousFindings(root)).toEqual([])
  })
})
