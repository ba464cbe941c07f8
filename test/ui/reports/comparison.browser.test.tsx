/** The choice of earlier days that Assessment & Progress compares with: asked of the worker, in the address, in words. */
import { describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { AssessmentModel } from '#reports/assessmentModel.ts'
import type { ReportQuery } from '#reports/filter.ts'
import type { Period } from '#reports/models.ts'
import { comparisonOf } from '#ui/state/createComparison.ts'
import { succeeded } from '#workers/outcome.ts'
import { sensorSummary } from '../../helpers/reportFixtures.ts'
import { mountApp, seriousFindings } from '../mount.tsx'
import { scriptedApi } from '../scriptedApi.ts'

const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000
const days = (first: string, last: string): Period => ({ firstDay: dayOf(first), lastDay: dayOf(last) })
const OWN = days('2026-03-01', '2026-03-14')

function modelOf({ period, compareWith }: ReportQuery): AssessmentModel {
  const exits = [{ at: period.firstDay * 86_400_000, reason: 'notTold' as const }]
  const side = (shown: Period): AssessmentModel['now'] => ({
    period: shown,
    dataFirstDay: shown.firstDay,
    dataLastDay: shown.lastDay,
    devices: [],
    days: shown.lastDay - shown.firstDay + 1,
    sensor: sensorSummary,
    sensorWear: 0.97,
    algorithm: { shares: { automatic: 1, manual: 0, unknown: 0 }, automatedDays: 1, daysWithoutHours: 0, exits },
  })
  return {
    ...side(period),
    now: side(period),
    ...(compareWith ? { before: side(compareWith) } : {}),
    patterns: { daysWithData: 14, hypo: [], hyper: [] },
  }
}

function mounted(address: string) {
  const asked: ReportQuery[] = []
  const root = mountApp(
    scriptedApi({
      data: { lastDayWithData: async () => succeeded(OWN.lastDay) },
      reports: {
        assessment: async query => {
          asked.push(query)
          return succeeded(modelOf(query))
        },
      },
    }),
    `/reports/assessment${address}`,
  )
  return { root, asked }
}

const choice = (name: string) => page.getByRole('group', { name: 'Compared with' }).getByRole('radio', { name })
const input = (name: string) => page.getByLabelText(name, { exact: true })

describe('the compared period', () => {
  test.each<[text: unknown, period: Period, choice: string]>([
    [undefined, days('2026-02-15', '2026-02-28'), 'usual'],
    ['year', days('2025-03-01', '2025-03-14'), 'year'],
    ['2026-01-01..2026-01-31', days('2026-01-01', '2026-01-31'), 'days'],
    // What is no earlier period is none: overlapping, backwards, no dates, too many.
    ['2026-02-20..2026-03-01', days('2026-02-15', '2026-02-28'), 'usual'],
    ['2026-01-14..2026-01-01', days('2026-02-15', '2026-02-28'), 'usual'],
    ['2026-01-01..2026-02-30', days('2026-02-15', '2026-02-28'), 'usual'],
    ['2026-01-01', days('2026-02-15', '2026-02-28'), 'usual'],
    ['2026-01-01..2026-01-02..2026-01-03', days('2026-02-15', '2026-02-28'), 'usual'],
    [['year', 'year'], days('2026-02-15', '2026-02-28'), 'usual'],
  ])('of the address "%s"', (text, period, chosen) => {
    expect(comparisonOf(text, OWN)).toEqual({ period, choice: chosen })
  })

  test('a year before a leap day is the last of February', () => {
    expect(comparisonOf('year', days('2028-02-16', '2028-02-29')).period).toEqual(days('2027-02-16', '2027-02-28'))
  })

  test('a year before more than a year is not compared', () => {
    const long = days('2024-01-01', '2025-03-01')
    expect(comparisonOf('year', long).choice).toBe('usual')
  })

  test('can be the same days a year before, and the usual ones again', async () => {
    const { asked } = mounted('')
    await expect.element(page.getByText('February 15 – 28, 2026 (14 days)', { exact: true })).toBeVisible()
    await choice('A year before').click()
    await expect.poll(() => asked.at(-1)?.compareWith).toEqual(days('2025-03-01', '2025-03-14'))
    expect(location.hash).toBe('#/reports/assessment?before=year')
    await page.getByRole('button', { name: 'Period before', exact: true }).click()
    await expect.poll(() => asked.at(-1)?.compareWith).toEqual(days('2025-02-15', '2025-02-28'))
    await choice('Days before').click()
    await expect.poll(() => location.hash).toBe('#/reports/assessment?from=2026-02-15&to=2026-02-28')
    await expect.poll(() => asked.at(-1)?.compareWith).toEqual(days('2026-02-01', '2026-02-14'))
  })

  test('can be any earlier days, also more of them, and no others', async () => {
    const { asked, root } = mounted('')
    await choice('Other days').click()
    await expect.element(input('Compared from')).toHaveValue('2026-02-15')
    await input('Compared from').fill('2026-01-01')
    await input('Compared to').fill('2026-03-01')
    await page.getByRole('button', { name: 'Compare', exact: true }).click()
    await expect.element(page.getByText('Please choose days before the period itself.')).toBeVisible()
    await input('Compared to').fill('2025-12-31')
    await page.getByRole('button', { name: 'Compare', exact: true }).click()
    await expect.element(page.getByText('The first day must not be after the last.')).toBeVisible()
    expect(asked).toHaveLength(1)
    await input('Compared to').fill('2026-01-31')
    await page.getByRole('button', { name: 'Compare', exact: true }).click()
    await expect.poll(() => asked.at(-1)).toEqual({ period: OWN, compareWith: days('2026-01-01', '2026-01-31') })
    expect(location.hash).toBe('#/reports/assessment?before=2026-01-01..2026-01-31')
    expect(await seriousFindings(root)).toEqual([])
  })

  test('is said with the report’s own, on the screen and on paper; counts of unequal periods have no difference', async () => {
    const { root, asked } = mounted('?before=2026-01-01..2026-01-31')
    await expect.element(page.getByRole('heading', { name: 'Numbers', level: 2 })).toBeVisible()
    expect(asked).toEqual([{ period: OWN, compareWith: days('2026-01-01', '2026-01-31') }])
    const head = [...root.querySelectorAll('.statistics-table thead th')].map(cell => cell.textContent)
    expect(head).toEqual(['Number', 'This period March 1 – 14, 2026', 'Before January 1 – 31, 2026', 'Change'])
    expect(root.querySelector('.print-head strong')?.textContent).toBe(
      'March 1 – 14, 2026 (14 days), compared with January 1 – 31, 2026 (31 days)',
    )
    const row = [...root.querySelectorAll('.statistics-table tbody tr')].find(
      one => one.querySelector('th')?.textContent === 'Exits from automatic mode',
    )
    expect(row?.lastElementChild?.textContent).toBe('–')
    expect([...root.querySelectorAll('.exits-table thead th')].map(cell => cell.textContent)).toEqual([
      'Reason',
      'This period, 14 days',
      'Before, 31 days',
    ])
  })
})
