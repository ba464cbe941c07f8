/** Assessment & Progress in the whole app with a scripted worker: its sentences, numbers, table twin, and what axe says. */
import { describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Preferences } from '#records/preferences.ts'
import { HOUR_MS, startOfDeviceDay } from '#records/time.ts'
import type { AssessmentModel, AssessmentSide } from '#reports/assessmentModel.ts'
import type { ReportQuery } from '#reports/filter.ts'
import { succeeded } from '#workers/outcome.ts'
import { lastDay, meterSummary, sensorProfile, sensorSummary, sharesOf } from '../../helpers/reportFixtures.ts'
import { mountApp, seriousFindings } from '../mount.tsx'
import { scriptedApi } from '../scriptedApi.ts'
import { preferencesWith } from './reportFormat.ts'

const firstDay = lastDay - 13
const noStop = { count: 0, minutes: 0 }
const profile = sensorProfile

const intervals: NonNullable<AssessmentSide['intervals']> = {
  set: { count: 5, intervals: 5, meanDays: 2.96, longestDays: 3.4 },
  reservoir: { count: 5, intervals: 4, meanDays: 3.04, longestDays: 3.4 },
  sensor: { count: 1, intervals: 0 },
  battery: { count: 0, intervals: 0 },
}

const now: AssessmentSide = {
  period: { firstDay, lastDay },
  dataFirstDay: firstDay,
  dataLastDay: lastDay,
  devices: ['MiniMed 780G MMT-1886 (NG0123456H)'],
  days: 14,
  sensor: sensorSummary,
  sensorWear: 0.972,
  ...(profile ? { profile } : {}),
  meter: meterSummary,
  calibrationsPerDay: 1.25,
  risk: { hypoComponent: 3.4, hyperComponent: 15, gri: 34.2, zone: 'B' },
  alerts: { lowPerDay: 0.64, highPerDay: 2.5 },
  insulin: {
    daysWithInsulin: 14,
    totalPerDay: 41.25,
    basalPerDay: 17.34,
    bolusPerDay: 23.91,
    bolusesPerDay: 6.38,
    basalPercent: 42,
    bolusPercent: 58,
    carbDays: 13,
    daysWithTotal: 12,
    daysWithBasal: 12,
    daysWithAuto: 0,
    daysWithSplit: 12,
  },
  autoCorrection: { unitsPerDay: 2.36, percentOfBolus: 9.87 },
  carbs: { grams: { perDay: 187.4, sd: 31.5, days: 13 }, mealsPerDay: 3.62 },
  algorithm: {
    shares: { automatic: 0.9583, manual: 0.0417, unknown: 0 },
    automatedDays: 14,
    daysWithoutHours: 0,
    exits: [
      { at: startOfDeviceDay(lastDay - 3) + 3 * HOUR_MS, reason: 'noSensorValues' },
      { at: startOfDeviceDay(lastDay - 1) + 15 * HOUR_MS, reason: 'notTold' },
    ],
  },
  suspends: {
    kinds: {
      manual: noStop,
      beforeLow: { count: 7, minutes: 210 },
      low: noStop,
      alarm: noStop,
      change: { count: 5, minutes: 14 },
      other: noStop,
    },
    days: 14,
  },
  intervals,
  activeInsulin: { minutes: 180, toldAt: startOfDeviceDay(lastDay - 5) },
}

const before: AssessmentSide = {
  ...now,
  period: { firstDay: firstDay - 14, lastDay: firstDay - 1 },
  sensor: {
    ...sensorSummary,
    meanMgdl: 160.2,
    ranges: sharesOf({ veryLow: 1, low: 5, target: 64, high: 23, veryHigh: 7 }, 3900),
    gmiPercent: { missing: 'too-few-values' },
    gmiMmolPerMol: { missing: 'too-few-values' },
  },
  sensorWear: 0.8,
  intervals: { ...intervals, set: { count: 4, intervals: 4, meanDays: 3.46, longestDays: 4 } },
}

const model: AssessmentModel = {
  period: now.period,
  dataFirstDay: firstDay,
  dataLastDay: lastDay,
  devices: now.devices,
  now,
  before,
  headline: {
    of: 'sensor',
    inRange: { percent: 71, before: 64, course: 'up' },
    below: { percent: 4, before: 6, course: 'down', minutesPerDay: 57.6 },
  },
  patterns: {
    daysWithData: 14,
    hypo: [
      {
        fromMinute: 120,
        toMinute: 300,
        days: [lastDay - 9, lastDay - 4, lastDay - 1],
        severeDays: 1,
        episodes: 4,
      },
    ],
    hyper: [],
  },
}

function never(): never {
  throw new Error('the model has it')
}

function mounted(shown: AssessmentModel = model, preferences: Partial<Preferences> = {}) {
  const asked: ReportQuery[] = []
  const api = scriptedApi({
    data: {
      preferences: async () => succeeded(preferencesWith(preferences)),
      lastDayWithData: async () => succeeded(lastDay),
    },
    reports: {
      assessment: async query => {
        asked.push(query)
        return succeeded(shown)
      },
    },
  })
  return { root: mountApp(api, '/reports/assessment'), asked }
}

const heading = (name: string, level = 2) => page.getByRole('heading', { name, level })
const rowOf = (root: HTMLElement, name: string): readonly string[] => {
  const row = [...root.querySelectorAll('.statistics-table tbody tr')].find(
    one => one.querySelector('th')?.textContent === name,
  )
  return [...(row?.querySelectorAll('td') ?? [])].map(cell => {
    const shown = cell.cloneNode(true)
    if (!(shown instanceof HTMLElement)) return ''
    for (const hidden of shown.querySelectorAll('.visually-hidden')) hidden.remove()
    return shown.textContent.trim()
  })
}

describe('Assessment & Progress', () => {
  test('asks for the period of the same length before', async () => {
    const { asked } = mounted()
    await expect.element(heading('Numbers')).toBeVisible()
    expect(asked[0]).toEqual({
      period: { firstDay, lastDay },
      compareWith: { firstDay: firstDay - 14, lastDay: firstDay - 1 },
    })
  })

  test('says first how it went', async () => {
    const { root } = mounted()
    await expect.element(heading('Numbers')).toBeVisible()
    expect([...root.querySelectorAll('.assessment-lead p')].map(line => line.textContent)).toEqual([
      'Time in range 71 %, 7 points more than in the comparison period.',
      'Below range 4 % (58 min a day), 2 points less than in the comparison period.',
      'Lows began most often between 02:00 and 05:00, on 3 of 14 days.',
    ])
  })

  test('says both periods’ results as the name of the picture', async () => {
    mounted()
    const median = 'median from 100 mg/dL (00:00–01:00) to 123 mg/dL (23:00–00:00)'
    await expect
      .element(page.getByRole('img'))
      .toHaveAccessibleName(
        `This period: 3,921 sensor values on 14 days, mean 154 mg/dL, 71 % in range, 4 % low, 25 % high, ${median}. ` +
          `Before: 3,921 sensor values on 14 days, mean 160 mg/dL, 64 % in range, 6 % low, 30 % high, ${median}.`,
      )
  })

  test('has both periods and the difference of the numbers shown', async () => {
    const { root } = mounted()
    await expect.element(heading('Numbers')).toBeVisible()
    expect(rowOf(root, 'Mean sensor glucose ± SD')).toEqual([
      '154 ± 51 mg/dL 3,921 values',
      '160 ± 51 mg/dL 3,921 values',
      '−6 mg/dL',
    ])
    expect(rowOf(root, 'Time in range')).toEqual(['71 % 17 h 02 min a day', '64 % 15 h 22 min a day', '+7 points'])
    expect(rowOf(root, 'Sensor wear')).toEqual(['97 % 6 d 19 h a week', '80 % 5 d 14 h a week', '+17 points'])
    expect(rowOf(root, 'Glucose management indicator (GMI)')).toEqual(['7.0 % 53 mmol/mol', 'not enough data', '–'])
    expect(rowOf(root, 'Insulin a day')).toEqual(['41.2 U on 12 days', '41.2 U on 12 days', '±0'])
    expect(rowOf(root, 'Automatic corrections a day')[0]).toBe('2.4 U 10 % of bolus')
    expect(rowOf(root, 'In automatic mode')[0]).toBe('96 % 23 h 00 min a day')
    expect(rowOf(root, 'Set change every … days')).toEqual(['3.0 5 intervals', '3.5 4 intervals', '−0.5'])
    expect(rowOf(root, 'New sensor every … days')[0]).toBe('not enough data 0 intervals')
    expect(rowOf(root, 'Stopped before a low, a day')[0]).toBe('15 min 0.5 times a day')
    expect(rowOf(root, 'Stopped by hand, a day')).toEqual([])
    expect(rowOf(root, 'Carbs a day ± SD')[0]).toBe('187 ± 32 g on 13 days')
    expect(rowOf(root, 'Active insulin time')[0]).toMatch(/^3 h 00 min as of /)
  })

  test('says one point, and hours of more than an hour', async () => {
    const suspends = (minutes: number): NonNullable<AssessmentSide['suspends']> => ({
      kinds: { ...(now.suspends?.kinds ?? never()), beforeLow: { count: 28, minutes } },
      days: 14,
    })
    const { root } = mounted({
      ...model,
      now: { ...now, sensorWear: 0.81, suspends: suspends(14 * 627) },
      before: { ...before, sensorWear: 0.8, suspends: suspends(14 * 495) },
    })
    await expect.element(heading('Numbers')).toBeVisible()
    expect(rowOf(root, 'Sensor wear')[2]).toBe('+1 point')
    // 627 − 495 minutes a day.
    expect(rowOf(root, 'Stopped before a low, a day')).toEqual([
      '10 h 27 min 2.0 times a day',
      '8 h 15 min 2.0 times a day',
      '+2 h 12 min',
    ])
  })

  test('says of what is there but rounds to nothing that it is less than one, in the sentence as in the table', async () => {
    const low = { count: 12, fraction: 12 / 3921, percent: 0, minutesPerDay: 4.4 }
    const ranges = { ...sharesOf({ veryLow: 0, low: 0, target: 75, high: 20, veryHigh: 5 }, 3921), low }
    const side = { ...now, sensor: { ...sensorSummary, ranges } }
    const inRange = { percent: 75, before: 75, course: 'same' } as const
    const below = { percent: 0, before: 0, course: 'same', minutesPerDay: 4.4 } as const
    const { root } = mounted({ ...model, now: side, before: side, headline: { of: 'sensor', inRange, below } })
    await expect.element(heading('Numbers')).toBeVisible()
    expect(rowOf(root, 'Time below range')).toEqual(['< 1 % 4 min a day', '< 1 % 4 min a day', '±0'])
    expect([...root.querySelectorAll('.assessment-lead p')][1]?.textContent).toBe(
      'Below range < 1 % (4 min a day), about the same as in the comparison period (< 1 %).',
    )
  })

  test('has grams and exchanges apart, changed and interrupted boluses, and temporary rates', async () => {
    const none = { normal: 80, square: 0, dual: 0, injection: 0, automatic: 0 }
    const purposes = { manual: 2, foodOnly: 40, correctionOnly: 18, foodAndCorrection: 20, purposeNotTold: 0 }
    const kinds = { ...none, ...purposes, overridden: 12, underridden: 0, interrupted: 3 }
    const { root } = mounted({
      ...model,
      now: {
        ...now,
        carbs: { grams: { perDay: 120, days: 1 }, exchanges: { perDay: 9.5, sd: 1.25, days: 12 }, mealsPerDay: 3 },
        boluses: { boluses: 80, kinds, compared: 78, meanAboveUnits: 0.75, watched: 80 },
        tempBasals: { count: 4, meanMinutes: 90, withLength: 4, netUnits: -2.34, withNet: 4 },
      },
      before: { ...before, carbs: { exchanges: { perDay: 8.5, sd: 1, days: 13 }, mealsPerDay: 3 } },
    })
    await expect.element(heading('Numbers')).toBeVisible()
    expect(rowOf(root, 'Carbs a day ± SD')).toEqual(['120 g on 1 day', '–', '–'])
    expect(rowOf(root, 'Exchanges a day ± SD')).toEqual([
      '9.5 ± 1.2 exchanges on 12 days',
      '8.5 ± 1.0 exchanges on 13 days',
      '+1.0 exchanges',
    ])
    expect(rowOf(root, 'Boluses of more than proposed')).toEqual([
      '12 by 0.75 U on average; of 78 with a proposal',
      '–',
      '–',
    ])
    expect(rowOf(root, 'Boluses of less than proposed')).toEqual([])
    expect(rowOf(root, 'Interrupted boluses')[0]).toBe('3 of 80 whose programmed amount is told')
    expect(rowOf(root, 'Temporary rates')[0]).toBe('4 1 h 30 min on average; −2.3 U in all')
  })

  test('names no difference of means that stand on few days or few meter values', async () => {
    const insulin = before.insulin && { ...before.insulin, daysWithTotal: 6, totalPerDay: 30, daysWithInsulin: 7 }
    const { root } = mounted({
      ...model,
      before: { ...before, ...(insulin ? { insulin } : {}), meter: { ...meterSummary, count: 29 } },
    })
    await expect.element(heading('Numbers')).toBeVisible()
    expect(rowOf(root, 'Insulin a day')).toEqual(['41.2 U on 12 days', '30.0 U on 6 days', '–'])
    expect(rowOf(root, 'Bolus a day')[2]).toBe('±0')
    expect(rowOf(root, 'Mean meter glucose')[2]).toBe('–')
  })

  test('in mmol/L changes no percentage', async () => {
    const { root } = mounted(model, { glucoseUnits: 'mmol/L' })
    await expect.element(heading('Numbers')).toBeVisible()
    await expect.poll(() => rowOf(root, 'Mean sensor glucose ± SD')[0]).toBe('8.6 ± 2.9 mmol/L 3,921 values')
    // 8.576 and 8.892: 8.6 and 8.9.
    expect(rowOf(root, 'Mean sensor glucose ± SD')[2]).toBe('−0.3 mmol/L')
    expect(rowOf(root, 'Time in range')[0]).toBe('71 % 17 h 02 min a day')
  })

  test('names no difference of glucose where the periods cannot be compared', async () => {
    const { root } = mounted({
      ...model,
      headline: { of: 'sensor', inRange: { percent: 71 }, below: { percent: 4 }, notCompared: 'too-few-before' },
    })
    await expect.element(heading('Numbers')).toBeVisible()
    expect(rowOf(root, 'Time in range')[2]).toBe('–')
    expect(rowOf(root, 'Set change every … days')[2]).toBe('−0.5')
    await expect.element(page.getByText(/^Not compared: the comparison period/)).toBeVisible()
  })

  test('opens the records behind a number', async () => {
    mounted()
    await page
      .getByRole('button', { name: /^3\.0.*Show the entries behind this number/ })
      .first()
      .click()
    await expect.element(page.getByRole('dialog', { name: 'Set change every … days' })).toBeVisible()
  })

  test('shows in the table what the chart shows, hour by hour', async () => {
    const { root } = mounted()
    await expect.element(page.getByRole('img')).toBeVisible()
    const chart = root.querySelector<HTMLElement>('.chart-place')
    chart?.focus()
    await userEvent.keyboard('{Home}')
    const readout = root.querySelector('.chart-readout')?.textContent ?? ''
    await userEvent.keyboard('t')
    const first = root.querySelector('[role=region][aria-label^="Percentiles"] tbody tr')
    const [hour = '', median = '', half = ''] = [...(first?.children ?? [])].map(cell => cell.textContent)
    expect(readout).toContain(`${hour}: this period median ${median}, half ${half.replace('–', ' to ')}`)
    expect(first?.children).toHaveLength(9)
  })

  test('leads from a pattern’s day to its Daily page', async () => {
    mounted()
    await page.getByRole('button', { name: 'Tue, Mar 10' }).first().click()
    await expect.poll(() => location.hash).toBe('#/reports/daily?day=2026-03-10')
  })

  test('tells exits with their reasons', async () => {
    mounted()
    const table = page.getByRole('table', { name: 'Exits from automatic mode' })
    await expect.element(table.getByRole('row', { name: 'No sensor values 1 1' })).toBeVisible()
    await expect.element(table.getByRole('row', { name: 'Not told 1 1' })).toBeVisible()
    await expect.element(table.getByRole('row', { name: 'All 2 2' })).toBeVisible()
  })

  test('of one meter value makes no share, and compares nothing', async () => {
    const { sensor: _, profile: __, risk: ___, algorithm: ____, calibrationsPerDay: _____, ...rest } = now
    const { before: ______, ...alone } = model
    const meter = {
      ...meterSummary,
      valuesPerDay: 1,
      count: 1,
      ranges: sharesOf({ veryLow: 0, low: 0, target: 100, high: 0, veryHigh: 0 }, 1),
    }
    const { root } = mounted({
      ...alone,
      now: { ...rest, sensorWear: 0, meter },
      headline: { of: 'meter', inRange: { percent: 100 }, below: { percent: 0 }, notCompared: 'nothing-before' },
      patterns: { daysWithData: 0, hypo: [], hyper: [] },
    })
    await expect.element(heading('Glucose by time of day')).toBeVisible()
    expect([...root.querySelectorAll('.assessment-lead p')].map(line => line.textContent)).toEqual([
      '1 of 1 meter value in range.',
      '0 of 1 below range.',
      'There is nothing in the comparison period to compare with.',
    ])
    // Goals are of a sensor's time.
    expect(root.textContent).not.toContain('Usual goals')
  })

  test('bears a person with a meter only, and nothing before', async () => {
    const { sensor: _, profile: __, risk: ___, algorithm: ____, calibrationsPerDay: _____, ...rest } = now
    const { before: ______, ...alone } = model
    const { root } = mounted({
      ...alone,
      now: { ...rest, sensorWear: 0 },
      headline: {
        of: 'meter',
        inRange: { percent: 67 },
        below: { percent: 6 },
        notCompared: 'nothing-before',
      },
      patterns: { daysWithData: 0, hypo: [], hyper: [] },
    })
    await expect.element(heading('Numbers')).toBeVisible()
    expect([...root.querySelectorAll('.assessment-lead p')].map(line => line.textContent)).toEqual([
      '67 % of 46 meter values in range.',
      'Below range 6 %.',
      'There is nothing in the comparison period to compare with.',
    ])
    expect(rowOf(root, 'Mean meter glucose')).toEqual(['149 mg/dL 46 values', '–', '–'])
    await expect.element(page.getByText('Patterns need sensor values.')).toBeVisible()
  })

  test('has nothing serious for axe', async () => {
    const { root } = mounted()
    await expect.element(heading('Numbers')).toBeVisible()
    expect(await seriousFindings(root)).toEqual([])
    await userEvent.keyboard('t')
    expect(await seriousFindings(root)).toEqual([])
  })
})
