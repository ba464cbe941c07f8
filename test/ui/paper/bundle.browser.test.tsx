/** The page that makes one PDF of several reports: its check boxes stand under the headings of the list of reports. */
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { succeeded } from '#workers/outcome.ts'
import { lastDay } from '../../helpers/reportFixtures.ts'
import { mountApp, seriousFindings } from '../mount.tsx'
import { scriptedApi } from '../scriptedApi.ts'

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
  // All of the list but the data table, which has no page of paper.
  expect(new Set(names).size).toBe(names.length)
  expect(names).toHaveLength(18)
  expect(await seriousFindings(root)).toEqual([])
})
