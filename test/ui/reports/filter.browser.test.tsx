/** What is left out of reports: asked of the worker by every report and by the PDF, said on the screen and on paper, undone. */
import { beforeEach, describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { ReportKind, ReportModels } from '#reports/catalogue.ts'
import type { ReportFilter, ReportQuery } from '#reports/filter.ts'
import { bundleReports } from '#ui/paper/bundleParts.ts'
import { reports } from '#ui/reports/catalogue.ts'
import { succeeded } from '#workers/outcome.ts'
import { lastDay } from '../../helpers/reportFixtures.ts'
import { mountApp, seriousFindings } from '../mount.tsx'
import { scriptedApi } from '../scriptedApi.ts'

const ofPeriod = reports.flatMap(report => ('kind' in report ? [report] : []))
const withoutSunday: ReportFilter = { weekdaysOff: [0], daysOff: [], devicesOff: [] }

beforeEach(() => sessionStorage.clear())

interface Asked {
  readonly kind: ReportKind
  readonly query: ReportQuery
}

/** Answers every report with a period that holds nothing, and notes what it was asked for. */
function mounted(address: string) {
  const asked: Asked[] = []
  const plain = scriptedApi()
  const api = {
    ...plain,
    data: {
      ...plain.data,
      lastDayWithData: async () => succeeded(lastDay),
      report: async <K extends ReportKind>(kind: K, query: ReportQuery) => {
        asked.push({ kind, query })
        // A period without data has no more than this, whatever the report.
        return succeeded({ period: query.period, dataFirstDay: undefined, devices: [] } as unknown as ReportModels[K])
      },
    },
  }
  return { root: mountApp(api, address), asked }
}

const go = (address: string) => {
  location.hash = `#${address}`
}
const opener = () => page.getByRole('button', { name: 'Leave out days or devices' })
const said = () => page.getByRole('status').filter({ hasText: 'Left out: ' })

async function leaveOut(weekday: string): Promise<void> {
  await opener().click()
  await page.getByRole('checkbox', { name: weekday }).click()
}

describe('a weekday that is left out', () => {
  test('is asked for by every report, also after a change of report and a reload, until it is undone', async () => {
    const first = mounted('/reports/overview')
    await expect.poll(() => first.asked.at(-1)?.query.period.lastDay).toBe(lastDay)
    expect(first.asked.at(-1)?.query).not.toHaveProperty('filter')
    await leaveOut('Sunday')
    await expect.poll(() => first.asked.at(-1)?.query.filter).toEqual(withoutSunday)
    for (const report of ofPeriod) {
      const before = first.asked.length
      go(`/reports/${report.path}`)
      await expect.element(page.getByRole('heading', { level: 1, name: report.name, exact: true })).toBeVisible()
      if (report.kind !== 'overview') await expect.poll(() => first.asked.length).toBeGreaterThan(before)
      expect(first.asked.at(-1)?.kind).toBe(report.kind)
      expect(first.asked.at(-1)?.query.filter).toEqual(withoutSunday)
      await expect.element(said()).toHaveTextContent('Left out: Sunday')
      expect(first.root.querySelector('.filter-note.print-only')?.textContent).toBe('Left out: Sunday')
    }
    expect(await seriousFindings(first.root)).toEqual([])
    first.root.remove()

    // The app starts again in the same tab.
    const again = mounted('/reports/trends')
    await expect.poll(() => again.asked.at(-1)?.query.filter).toEqual(withoutSunday)
    await expect.element(said()).toHaveTextContent('Left out: Sunday')
    await page.getByRole('button', { name: 'Count everything' }).click()
    await expect.poll(() => again.asked.at(-1)?.query).not.toHaveProperty('filter')
    await expect.element(said()).not.toBeInTheDocument()
    expect(again.root.querySelector('.filter-note')).toBeNull()
    expect(sessionStorage.length).toBe(0)
  })

  test('is left out of every report of a period in the PDF too', async () => {
    const { asked, root } = mounted('/reports/print')
    await expect.element(opener()).toBeVisible()
    await leaveOut('Sunday')
    const boxes = new Map(
      [...root.querySelectorAll<HTMLInputElement>('.bundle-reports input')].map(box => [
        // The name alone, without what is said of it.
        box.nextElementSibling?.firstChild?.textContent,
        box,
      ]),
    )
    for (const report of bundleReports) {
      const box = boxes.get(report.name)
      // A day of its own and the settings are not of a period.
      if (box?.checked !== 'kind' in report) box?.click()
    }
    asked.length = 0
    await page.getByRole('button', { name: 'Make the PDF' }).click()
    await expect.poll(() => asked.map(({ kind }) => kind)).toEqual(ofPeriod.map(({ kind }) => kind))
    for (const { query } of asked) expect(query.filter).toEqual(withoutSunday)
  })

  test('cannot be the last one that counts', async () => {
    mounted('/reports/overview')
    await opener().click()
    for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']) {
      await page.getByRole('checkbox', { name: day }).click()
    }
    await expect.element(page.getByRole('checkbox', { name: 'Sunday' })).toBeDisabled()
  })
})
