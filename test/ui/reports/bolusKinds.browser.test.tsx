/** Boluses by kind and temporary rates in Insulin; the days before, and days without a glucose value, in the Overview. */
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { AssessmentSide } from '#reports/assessmentModel.ts'
import type { ReportQuery } from '#reports/filter.ts'
import type { InsulinModel, OverviewModel } from '#reports/models.ts'
import type { EvidenceQuery } from '#workers/api.ts'
import { succeeded } from '#workers/outcome.ts'
import { evidenceRows, lastDay, overviewModel, sensorSummary, sharesOf } from '../../helpers/reportFixtures.ts'
import { mountApp, seriousFindings } from '../mount.tsx'
import { scriptedApi } from '../scriptedApi.ts'
import { cells, figure } from './shownIn.ts'

const { insulin: summary } = overviewModel()

const insulin: InsulinModel = {
  period: { firstDay: lastDay - 13, lastDay },
  dataFirstDay: lastDay - 13,
  dataLastDay: lastDay,
  devices: [],
  ...(summary ? { summary } : {}),
  days: [],
  weeks: [],
  months: [],
  boluses: {
    boluses: 52,
    kinds: {
      normal: 50,
      square: 0,
      dual: 2,
      injection: 0,
      automatic: 220,
      manual: 4,
      foodOnly: 30,
      correctionOnly: 8,
      foodAndCorrection: 10,
      purposeNotTold: 0,
      overridden: 6,
      underridden: 0,
      interrupted: 1,
    },
    compared: 48,
    meanAboveUnits: 0.625,
    watched: 272,
  },
  tempBasals: { count: 3, meanMinutes: 75, withLength: 2, netUnits: -0.34, withNet: 3 },
}

function mounted(model: InsulinModel) {
  const asked: EvidenceQuery[] = []
  const root = mountApp(
    scriptedApi({
      data: {
        lastDayWithData: async () => succeeded(lastDay),
        evidence: async query => {
          asked.push(query)
          return succeeded(evidenceRows(query))
        },
      },
      reports: { insulin: async () => succeeded(model) },
    }),
    '/reports/insulin',
  )
  return { root, asked }
}

test('Insulin counts boluses by kind, each with what counts, and opens the records of a kind', async () => {
  const { root, asked } = mounted(insulin)
  await expect.element(page.getByRole('heading', { name: 'Boluses by kind', level: 2 })).toBeVisible()
  const rows = [...root.querySelectorAll('.kinds-table tbody tr')].map(row => cells(row).slice(0, 3).join(' '))
  // Over 13 days with insulin: 50 / 13 is 3.85.
  expect(rows).toEqual([
    'How it was given',
    'Normal 50 3.85',
    'Dual 2 0.15',
    'Automatic 220 16.92',
    'What for',
    'Manual 4 0.31',
    'Food only 30 2.31',
    'Correction only 8 0.62',
    'Food and correction 10 0.77',
    'What became of it',
    'More than proposed 6 0.46',
    'Less than proposed 0 0.00',
    'Interrupted 1 0.08',
  ])
  const [, , , what] = cells([...root.querySelectorAll('.kinds-table tbody tr')][10])
  expect(what).toBe(
    'programmed 0.01 U or more above the calculator’s proposal; by 0.62 U on average; of 48 with a proposal',
  )
  expect(await seriousFindings(root)).toEqual([])
  await page.getByRole('button', { name: /^30.*Show the 30 entries behind this number/ }).click()
  await expect.element(page.getByRole('dialog', { name: 'Food only' })).toBeVisible()
  expect(asked[0]).toMatchObject({ kinds: ['bolus'], part: 'foodOnly' })
})

test('Insulin says how long temporary rates were and what they changed, and of how many that is known', async () => {
  const { root } = mounted(insulin)
  await expect.element(page.getByRole('heading', { name: 'Temporary basal rates', level: 2 })).toBeVisible()
  expect(figure(root, 'Temporary rates')).toBe('3')
  expect(figure(root, 'Mean length')).toBe('1 h 15 min')
  expect(figure(root, 'Net effect')).toBe('−0.3U')
  await expect.element(page.getByText('of 2 of 3 rates', { exact: true })).toBeVisible()
})

test('Insulin says nothing of changes where no proposal is told, nor of rates where there were none', async () => {
  const { tempBasals: _, ...rest } = insulin
  const boluses = insulin.boluses && { ...insulin.boluses, compared: 0, watched: 0 }
  const { root } = mounted({ ...rest, ...(boluses ? { boluses } : {}) })
  await expect.element(page.getByRole('heading', { name: 'Boluses by kind', level: 2 })).toBeVisible()
  expect(root.querySelector('.kinds-table')?.textContent).not.toMatch(/proposed|Interrupted/)
  expect(root.textContent).not.toContain('Temporary')
})

function overviewOf(of: (model: OverviewModel) => OverviewModel) {
  const asked: ReportQuery[] = []
  const root = mountApp(
    scriptedApi({
      data: { lastDayWithData: async () => succeeded(lastDay) },
      reports: {
        overview: async query => {
          asked.push(query)
          return succeeded(of(overviewModel()))
        },
      },
    }),
    '/reports/overview',
  )
  return { root, asked }
}

test('the Overview asks for the days before, and shows how the main numbers have changed', async () => {
  const { root, asked } = overviewOf(model => {
    const now: AssessmentSide = { ...model, days: 14, sensorWear: 0.97 }
    const ranges = sharesOf({ veryLow: 1, low: 5, target: 64, high: 23, veryHigh: 7 }, 3921)
    const before: AssessmentSide = {
      ...now,
      period: { firstDay: lastDay - 27, lastDay: lastDay - 14 },
      sensor: { ...sensorSummary, ranges },
    }
    const headline = {
      of: 'sensor' as const,
      inRange: { percent: 71, before: 64 },
      below: { percent: 4, before: 6 },
    }
    return { ...model, automaticShare: 0.9, comparison: { now, before, headline } }
  })
  await expect.element(page.getByRole('heading', { name: 'Against the days before', level: 2 })).toBeVisible()
  expect(asked[0]).toEqual({
    period: { firstDay: lastDay - 13, lastDay },
    compareWith: { firstDay: lastDay - 27, lastDay: lastDay - 14 },
  })
  const rows = [...root.querySelectorAll('.statistics-table tbody tr:not(.statistics-group)')].map(row =>
    cells(row).map(text => text.replace(/\. Show the entries behind this number/, '')),
  )
  const row = (name: string) => rows.find(([first]) => first === name)?.slice(1)
  expect(row('Time in range')).toEqual(['71 % 17 h 02 min a day', '64 % 15 h 22 min a day', '+7 points'])
  expect(row('Time below range')).toEqual(['4 % 58 min a day', '6 % 1 h 26 min a day', '−2 points'])
  expect(row('Insulin a day')).toEqual(['41.2 U on 12 days', '41.2 U on 12 days', '±0'])
  expect(rows.map(([name]) => name)).not.toContain('Sensor wear')
  expect(figure(root, 'In automatic mode')).toBe('90 %')
  // No choice of other days here: that is the whole comparison's.
  expect(root.textContent).not.toContain('Compared with')
  expect(await seriousFindings(root)).toEqual([])
})

test('days without a glucose value say how many values were told for calibration only', async () => {
  overviewOf(({ sensor: _, meter: __, ...model }) => ({
    ...model,
    days: [],
    uncountedCalibrations: 80,
  }))
  await expect
    .element(page.getByText('80 values that the pump kept for calibration are not counted.').first())
    .toBeVisible()
})
