/** Settings → export for CareLink readers: what is asked of the worker, what the person is told, what is downloaded. */
import { describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { Settings } from '#ui/pages/Settings.tsx'
import type { CareLinkExport, DataApi } from '#workers/api.ts'
import { succeeded } from '#workers/outcome.ts'
import { mountPage, seriousFindings } from './mount.tsx'
import { failed, scriptedApi } from './scriptedApi.ts'

/** 2026-03-01 to 2026-03-14. */
const PERIOD = { firstDay: 20_513, lastDay: 20_526 }
const twelve: CareLinkExport = {
  file: new Blob(['x'.repeat(1200)]),
  period: PERIOD,
  written: 9_876,
  leftOut: {},
  shortened: {},
}

function mountSettings(exportCareLink: DataApi['exportCareLink'], data: Partial<DataApi> = {}) {
  const downloads: string[] = []
  const click = HTMLAnchorElement.prototype.click
  HTMLAnchorElement.prototype.click = function () {
    downloads.push(this.download)
  }
  const plain = scriptedApi()
  mountPage(scriptedApi({ data: { ...plain.data, exportCareLink, ...data } }), () => <Settings />)
  return {
    downloads,
    [Symbol.dispose]() {
      HTMLAnchorElement.prototype.click = click
    },
  }
}

const save = () => page.getByRole('button', { name: 'Save the file', exact: true })

describe('export for CareLink readers', () => {
  test('writes everything, says how much, and hands over a file named after its days', async () => {
    const asked: unknown[] = []
    let answer: () => void = () => undefined
    using settings = mountSettings(async choice => {
      asked.push(choice)
      await new Promise<void>(resolve => {
        answer = resolve
      })
      return succeeded(twelve)
    })
    await save().click()
    await expect.element(page.getByText('Writing the file…')).toBeVisible()
    await expect.element(save()).toBeDisabled()
    answer()
    // In another year than that of the days their year is said too.
    const done = /^9,876 entries from March 1(, 2026)? to March 14(, 2026)? are in your downloads \(1\.2 kB\)\.$/
    await expect.element(page.getByText(done)).toBeVisible()
    await expect.element(save()).toBeEnabled()
    expect(asked).toEqual([{}])
    expect(settings.downloads).toEqual(['Basalt CareLink export 2026-03-01 to 2026-03-14.csv'])
    await expect.element(page.getByText(/Left out/)).not.toBeInTheDocument()
  })

  test('says in words what the format has no place for', async () => {
    using _ = mountSettings(async () =>
      succeeded({ ...twelve, leftOut: { dailyTotal: 89, setting: 1030 }, shortened: { basalRate: 540 } }),
    )
    await save().click()
    const leftOut =
      /^Left out, because CareLink’s format has no place for it: setting \(1,030\), the pump’s total of the day \(89\)\.$/
    await expect.element(page.getByText(leftOut)).toBeVisible()
    await expect.element(page.getByText(/but without some details.*: basal rate \(540\)\.$/)).toBeVisible()
    expect(await seriousFindings(document.body)).toEqual([])
  })

  test('writes the days from – to, the last fortnight at first, and none that are no period', async () => {
    const asked: unknown[] = []
    using _ = mountSettings(
      async choice => {
        asked.push(choice)
        return succeeded(twelve)
      },
      { lastDayWithData: async () => succeeded(PERIOD.lastDay) },
    )
    await page.getByRole('group', { name: 'What to export' }).getByText('From – to').click()
    const first = page.getByLabelText('First day')
    await expect.element(first).toHaveValue('2026-03-01')
    await expect.element(page.getByLabelText('Last day')).toHaveValue('2026-03-14')
    await first.fill('2026-03-15')
    await save().click()
    await expect.element(page.getByText('The first day must not be after the last one.')).toBeVisible()
    await first.fill('2026-03-10')
    await save().click()
    await expect.element(page.getByText(/^9,876 entries/)).toBeVisible()
    expect(asked).toEqual([{ period: { firstDay: 20_522, lastDay: 20_526 } }])
  })

  test('says when there is nothing, and when it failed', async () => {
    const answers = [succeeded({ file: new Blob([]), written: 0, leftOut: {}, shortened: {} }), failed('bug')]
    using settings = mountSettings(async () => answers.shift() ?? failed('bug'))
    await save().click()
    await expect.element(page.getByText('There is nothing to export.')).toBeVisible()
    await save().click()
    await expect.element(page.getByRole('alert').first()).toBeVisible()
    expect(settings.downloads).toEqual([])
  })
})
