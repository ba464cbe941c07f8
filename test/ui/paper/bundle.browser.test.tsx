/**
 * The page that makes one PDF of several reports: its check boxes stand under the headings of the list of reports, and what a
 * report is compared with can be chosen.
 */
import { expect, test } from 'vitest'
import { Dynamic } from 'solid-js/web'
import { page } from 'vitest/browser'
import { startOfDeviceDay } from '#records/time.ts'
import type { ReportQuery } from '#reports/filter.ts'
import { succeeded } from '#workers/outcome.ts'
import type { RecordsQuery, RecordsRow } from '#workers/api.ts'
import { bundleReports, partsOf } from '#ui/paper/bundleParts.ts'
import { lastDay } from '../../helpers/reportFixtures.ts'
import { mountApp, mountPage, seriousFindings } from '../mount.tsx'
import { failed, scriptedApi } from '../scriptedApi.ts'

test('the reports to choose stand under the headings of the list of reports, each once', async () => {
  const root = mountApp(scriptedApi({ data: { lastDayWithData: async () => succeeded(lastDay) } }), '/reports/print')
  const glance = page.getByRole('group', { name: 'At a glance', exact: true })
  await expect.element(glance.getByRole('checkbox', { name: 'Overview' })).toBeVisible()
  await expect
    .element(page.getByRole('group', { name: 'Day by day', exact: true }).getByRole('checkbox', { name: /^Daily/ }))
    .not.toBeChecked()
  expect([...root.querySelectorAll('.bundle-group')].map(heading => heading.textContent)).toEqual([
    'At a glance',
    'Day by day',
    'Insulin and meals',
    'Patterns',
    'Devices and data',
  ])
  const names = [...root.querySelectorAll('.bundle-reports label')].map(label => label.textContent)
  expect(new Set(names).size).toBe(names.length)
  expect(names).toHaveLength(19)
  expect(await seriousFindings(root)).toEqual([])
})

test('the data table says how many of its entries are not on paper, and has no page without any', async () => {
  const asked: RecordsQuery[] = []
  const row = (index: number): RecordsRow => ({
    id: `${index}`,
    deviceKey: 'pump',
    deviceName: 'MiniMed 780G (NG1)',
    deviceTime: startOfDeviceDay(lastDay),
    type: 'rewind',
    fields: {},
    artifactId: 'file',
    page: 0,
    offset: index,
    length: 40,
    simulated: false,
    repeated: false,
  })
  const apiWith = (total: number) =>
    scriptedApi({
      data: {
        records: async query => {
          asked.push(query)
          const rows = Array.from({ length: Math.min(total, query.limit) }, (_, index) => row(index))
          const device = { deviceKey: 'pump', name: 'MiniMed 780G (NG1)', simulated: false, count: total }
          return succeeded({ revision: '1', total, rows, typeCounts: {}, devices: [device] })
        },
      },
    })
  const report = bundleReports.find(({ path }) => path === 'data')
  if (!report) throw new Error('not in the list')
  const query = { period: { firstDay: lastDay - 13, lastDay }, filter: undefined }
  const [part] = await partsOf(apiWith(1_234), report, query)
  expect(asked).toEqual([{ period: query.period, order: 'newest', offset: 0, limit: 500, isForFile: true }])
  if (!part) throw new Error('no part')
  const root = mountPage(apiWith(0), () => <Dynamic component={part.view} />)
  await expect
    .element(page.getByText('Only the first 500 are printed here, 734 are not.', { exact: false }))
    .toBeVisible()
  expect(root.querySelectorAll('.records-table tbody tr')).toHaveLength(500)
  expect(await partsOf(apiWith(0), report, query)).toEqual([])
})

const asked: ReportQuery[] = []
const api = () =>
  scriptedApi({
    data: { lastDayWithData: async () => succeeded(lastDay) },
    reports: {
      assessment: async query => {
        asked.push(query)
        return failed('bug')
      },
    },
  })
const usual = ['Ambulatory glucose profile', 'Weekly review', 'Device settings']

test('compares with the days that were chosen on the report’s own page, and offers the choice', async () => {
  asked.length = 0
  mountApp(api(), '/reports/print?from=2026-03-01&to=2026-03-14&before=year')
  const picker = page.getByRole('group', { name: 'Compared with' })
  await expect.element(picker.getByRole('radio', { name: 'A year before' })).toBeChecked()
  for (const name of usual) await page.getByRole('checkbox', { name }).click()
  await page.getByRole('button', { name: 'Make the PDF' }).click()
  await expect.poll(() => asked.length).toBe(1)
  const [firstDay, last] = [lastDay - 13, lastDay]
  expect(asked[0]).toEqual({
    period: { firstDay, lastDay: last },
    compareWith: { firstDay: firstDay - 365, lastDay: last - 365 },
  })
  // Without a report that compares there is nothing to choose.
  await page.getByRole('checkbox', { name: 'Assessment & Progress' }).click()
  await expect.element(picker).not.toBeInTheDocument()
})

test('the way from a report over the list to the PDF keeps its days', async () => {
  const address = '/reports/assessment?from=2026-03-01&to=2026-03-14&before=year'
  mountApp(api(), address)
  await page.getByRole('link', { name: 'All reports' }).click()
  await page.getByRole('link', { name: 'PDF of several reports' }).click()
  await expect.poll(() => location.hash).toBe('#/reports/print?from=2026-03-01&to=2026-03-14&before=year')
})
