/** The ambulatory glucose profile in the whole app with a scripted worker: of a sensor, of a meter, and its goals. */
import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { type Preferences, rangeSets } from '#records/preferences.ts'
import type { AgpModel } from '#reports/models.ts'
import { succeeded } from '#workers/outcome.ts'
import {
  agpModel,
  dailyModel,
  lastDay,
  meterProfile,
  meterSummary,
  sensorProfile,
} from '../../helpers/reportFixtures.ts'
import { asPrinted } from '../asPrinted.ts'
import { mountApp, seriousFindings } from '../mount.tsx'
import { scriptedApi } from '../scriptedApi.ts'
import { preferencesWith } from './reportFormat.ts'
import { cells, chartOf, figure, readout } from './shownIn.ts'

/** With this model, or one of as many days as are asked for. */
function reportApi({ agp }: { readonly agp?: () => AgpModel } = {}, preferences: Partial<Preferences> = {}) {
  const days: number[] = []
  const api = scriptedApi({
    data: {
      preferences: async () => succeeded(preferencesWith(preferences)),
      lastDayWithData: async () => succeeded(lastDay),
    },
    reports: {
      agp: async ({ period }) => succeeded(agp?.() ?? { ...agpModel(period.lastDay - period.firstDay + 1), period }),
      daily: async ({ period }) => {
        days.push(period.firstDay)
        return succeeded(dailyModel(period.firstDay))
      },
    },
  })
  return { api, asked: { days } }
}

const heading = (name: string | RegExp, level = 1) => page.getByRole('heading', { name, level })

describe('the ambulatory glucose profile', () => {
  test('steps hour by hour, passes over hours without values, and has a table twin', async () => {
    const root = mountApp(reportApi().api, '/reports/agp')
    await expect.element(page.getByRole('img')).toBeVisible()
    chartOf(root).focus()
    // The person's preferences may come only now, and new words begin anew.
    const patience = { timeout: 60_000 }
    await expect
      .poll(async () => {
        await userEvent.keyboard('{Escape}{ArrowRight}{ArrowRight}{ArrowRight}')
        return readout(root)
      }, patience)
      .toBe('02:00–03:00: median 102 · half of the values 92 to 112 · 5 to 95 % 82 to 122 · 24 values')
    await userEvent.keyboard('{ArrowRight}')
    await expect.poll(() => readout(root), patience).toMatch(/^04:00–05:00: median 104/)
    await userEvent.keyboard('{Escape}t')
    await expect.poll(() => root.querySelectorAll('.days-table tbody tr').length, patience).toBe(24)
    const rows = [...root.querySelectorAll('.days-table tbody tr')]
    expect(cells(rows[3])).toEqual(['03:00–04:00', '–', '–', '–', '–', '–', '0'])
    expect(cells(rows[23])).toEqual(['23:00–00:00', '103', '113', '123', '133', '143', '24'])
  })

  test('pictures the last days and opens one', async () => {
    const { api, asked } = reportApi()
    mountApp(api, '/reports/agp?days=30')
    const day = page.getByRole('button', { name: /Friday.*(13 March|March 13).*: mean 154, in range 71 %$/ })
    await expect.element(day).toBeVisible()
    expect(document.querySelectorAll('.profile-day').length).toBe(14)
    await day.click()
    await expect.element(heading('Daily')).toBeVisible()
    expect(asked.days).toEqual([lastDay - 1])
  })

  test('of a meter shows single values and says what a profile needs', async () => {
    const { sensor: _, ...rest } = agpModel(14)
    const model = { ...rest, profiles: {}, meter: meterSummary, points: [{ ms: 3_600_000, mgdl: 120 }] }
    mountApp(reportApi({ agp: () => model }).api, '/reports/agp')
    await expect
      .element(page.getByText('Each mark is one value of the meter. A profile needs 30 values.'))
      .toBeVisible()
    await expect.element(heading('Meter values in ranges', 2)).toBeVisible()
  })

  test('of too few meter values reads them one by one, LO and HI as the meter said', async () => {
    const { sensor: _, ...rest } = agpModel(14)
    const points = [
      { ms: 50_400_000, mgdl: 601, limit: 'high' as const },
      { ms: 3_600_000, mgdl: 120 },
    ]
    const model = { ...rest, profiles: {}, meter: meterSummary, points }
    const root = mountApp(reportApi({ agp: () => model }).api, '/reports/agp')
    await expect.element(page.getByText('Point at a mark to read it.')).toBeVisible()
    chartOf(root).focus()
    await expect
      .poll(async () => {
        await userEvent.keyboard('{Home}')
        return readout(root)
      })
      .toBe('01:00: 120 mg/dL')
    await userEvent.keyboard('{End}')
    await expect.poll(() => readout(root)).toBe('14:00: HI')
    await userEvent.keyboard('{Escape}t')
    await expect.poll(() => root.querySelectorAll('.days-table tbody tr').length).toBe(24)
    const rows = [...root.querySelectorAll('.days-table tbody tr')].map(cells)
    expect([rows[0], rows[1], rows[14]]).toEqual([
      ['00:00–01:00', '0', '–'],
      ['01:00–02:00', '1', '120'],
      ['14:00–15:00', '1', 'HI'],
    ])
  })
})

describe('the profile of a sensor beside a meter', () => {
  const both = (): AgpModel => ({
    ...agpModel(14),
    meter: meterSummary,
    profiles: { sensor: sensorProfile, meter: meterProfile },
    points: [
      { ms: 3_600_000, mgdl: 52 },
      { ms: 50_400_000, mgdl: 301 },
    ],
  })
  const sourceIs = (name: string) => page.getByRole('radio', { name, exact: true })

  test('is the sensor’s, and by choice the meter’s alone, in chart, table, figures and address', async () => {
    const root = mountApp(reportApi({ agp: both }).api, '/reports/agp?days=14')
    await expect.element(sourceIs('Sensor')).toBeChecked()
    await expect.element(heading('Glucose by time of day, sensor', 2)).toBeVisible()
    expect(figure(root, 'Mean glucose')).toBe('154mg/dL')
    await sourceIs('Meter').click()
    await expect.element(heading('Glucose by time of day, meter', 2)).toBeVisible()
    expect(location.href).toContain('of=meter')
    expect(location.href).toContain('days=14')
    await expect.element(heading('Meter values in ranges', 2)).toBeVisible()
    expect(figure(root, 'Mean of the meter')).toBe('149mg/dL')
    expect(figure(root, 'Mean glucose')).toBeUndefined()
    expect(root.textContent).not.toContain('3,921')
    chartOf(root).focus()
    await expect
      .poll(async () => {
        await userEvent.keyboard('{Home}')
        return readout(root)
      })
      .toBe('00:00–01:00: median 120 · half of the values 110 to 130 · 6 values')
    await userEvent.keyboard('{Escape}t')
    await expect.poll(() => root.querySelectorAll('.days-table tbody tr').length).toBe(24)
    const rows = [...root.querySelectorAll('.days-table tbody tr')]
    expect(cells(rows[0])).toEqual(['00:00–01:00', '–', '110', '120', '130', '–', '6', '–'])
    expect(cells(rows[1])).toEqual(['01:00–02:00', '–', '111', '121', '131', '–', '6', '52'])
    await sourceIs('Sensor').click()
    await expect.poll(() => cells(root.querySelector('.days-table tbody tr') ?? undefined)[3]).toBe('100')
    expect(location.href).not.toContain('of=')
  })

  test('opens with the meter from the address, and says its result in the picture’s name', async () => {
    mountApp(reportApi({ agp: both }).api, '/reports/agp?of=meter')
    await expect.element(sourceIs('Meter')).toBeChecked()
    // 2 + 4 % low, 22 + 5 % high; medians 120 + hour.
    await expect
      .element(page.getByRole('img'))
      .toHaveAccessibleName(
        '46 meter values on 13 days, mean 149 mg/dL, 67 % in range, 6 % low, 27 % high, median from 120 mg/dL (00:00–01:00) to 143 mg/dL (23:00–00:00), lowest 52 mg/dL, highest 301 mg/dL.',
      )
  })

  test('without meter values there is nothing to choose, whatever the address says', async () => {
    mountApp(reportApi().api, '/reports/agp?of=meter')
    await expect
      .element(page.getByRole('img'))
      .toHaveAccessibleName(
        '3,921 sensor values on 14 days, mean 154 mg/dL, 71 % in range, 4 % low, 25 % high, median from 100 mg/dL (00:00–01:00) to 123 mg/dL (23:00–00:00).',
      )
    await expect.element(heading('Glucose by time of day', 2)).toBeVisible()
    expect(page.getByRole('radio', { name: 'Meter' }).elements()).toEqual([])
  })
})

describe('the goals of the profile', () => {
  const goalsIn = async (preferences: Partial<Preferences>) => {
    const root = mountApp(reportApi({}, preferences).api, '/reports/agp')
    await expect.element(page.getByRole('img')).toBeVisible()
    const notes = [...root.querySelectorAll('.figure-note')].map(note =>
      (note.textContent ?? '').replaceAll('\u00A0', ' '),
    )
    return { figures: notes.filter(note => note.startsWith('Usual goal')), page: root.textContent ?? '' }
  }

  test('of the standard ranges stand beside mean, GMI and CV', async () => {
    const shown = await goalsIn({})
    expect(shown.figures).toEqual(['Usual goal: below 154 mg/dL', 'Usual goal: below 7 %', 'Usual goal: 36 % or less'])
    expect(shown.page).toContain('in range: above 70 %')
    expect(shown.page).toContain('Every 5 % more of the day in range is a benefit to health.')
    expect(shown.page).toContain('1 % of a day is about 15 minutes.')
  })

  test('follow the unit', async () => {
    const shown = await goalsIn({ glucoseUnits: 'mmol/L' })
    expect(shown.figures[0]).toBe('Usual goal: below 8.6 mmol/L')
    expect(shown.page).toContain('above 13.9 mmol/L: below 5 %')
  })

  test.each([
    ['older', 'in range: above 50 %'],
    ['pregnancy', 'above 140 mg/dL: below 25 %'],
  ] as const)('of %s are those of ranges alone', async (id, text) => {
    const shown = await goalsIn({ ranges: rangeSets[id] })
    expect(shown.figures).toEqual([])
    expect(shown.page).toContain(text)
  })

  test.each([rangeSets.gestational, { ...rangeSets.standard, id: 'custom' as const }])(
    'do not exist of $id',
    async ranges => {
      const shown = await goalsIn({ ranges })
      expect(shown.figures).toEqual([])
      expect(shown.page).not.toContain('Usual goal')
      expect(shown.page).not.toContain('benefit')
      expect(shown.page).toContain('1 % of a day is about 15 minutes.')
    },
  )

  test('GMI is told in both units', async () => {
    const root = mountApp(reportApi().api, '/reports/agp')
    await expect.element(page.getByRole('img')).toBeVisible()
    expect(figure(root, 'Glucose management indicator (GMI)')).toBe('7.0 %')
    const note = [...root.querySelectorAll('.figure')].find(one => one.textContent?.includes('(GMI)'))
    expect(note?.querySelector('.figure-note')?.textContent).toBe('53 mmol/mol; 3,921 sensor values on 14 days')
  })
})

test('the profile of a meter beside a sensor can be used by everybody', async () => {
  const model = { ...agpModel(14), meter: meterSummary, profiles: { sensor: sensorProfile, meter: meterProfile } }
  const root = mountApp(reportApi({ agp: () => model }).api, '/reports/agp?of=meter')
  await expect.element(page.getByRole('img')).toBeVisible()
  expect(await seriousFindings(root)).toEqual([])
})

describe('the colours of the ranges', () => {
  const SAFE = '#f4793b'
  const CLINICAL = '#ff0000'
  /** Of "low", as it is and as it is printed. */
  const lowIn = async (preferences: Partial<Preferences>) => {
    mountApp(reportApi({}, preferences).api, '/reports/agp')
    await expect.element(page.getByRole('img')).toBeVisible()
    const bar = document.querySelector('.agp .ranges-bar')
    if (!bar) throw new Error('no bar')
    const low = () => getComputedStyle(bar).getPropertyValue('--range-low')
    return [low(), asPrinted(low), low()]
  }

  test('are those of clinics on the printed profile alone', async () => {
    expect(await lowIn({})).toEqual([SAFE, CLINICAL, SAFE])
    expect(document.documentElement.classList.contains('range-clinical')).toBe(false)
  })

  test('are by choice the safe ones on paper too', async () => {
    expect(await lowIn({ rangeColors: 'safe' })).toEqual([SAFE, SAFE, SAFE])
  })

  test('are by choice those of clinics everywhere', async () => {
    expect(await lowIn({ rangeColors: 'clinical' })).toEqual([CLINICAL, CLINICAL, CLINICAL])
    expect(document.documentElement.classList.contains('range-clinical')).toBe(true)
  })
})
