/** Settings → export for CareLink readers: nothing is saved before the person was told what the file does not hold. */
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { Settings } from '#ui/pages/Settings.tsx'
import { succeeded } from '#workers/outcome.ts'
import { mountPage, seriousFindings } from './mount.tsx'
import { scriptedApi } from './scriptedApi.ts'

test('says by kind and number what the file does not hold, and saves it only when asked again', async () => {
  const downloads: string[] = []
  const click = HTMLAnchorElement.prototype.click
  HTMLAnchorElement.prototype.click = function () {
    downloads.push(this.download)
  }
  try {
    const plain = scriptedApi()
    const exportCareLink = async () =>
      succeeded({
        file: new Blob(['x'.repeat(1200)]),
        /** 2026-03-01 to 2026-03-14. */
        period: { firstDay: 20_513, lastDay: 20_526 },
        written: 9_876,
        leftOut: { dailyTotal: 89, setting: 1030, smbg: 19 },
        shortened: { basalRate: 24 },
        outOfRange: { raw: { cbg: 1018 }, leftOut: { smbg: 12 } },
      })
    mountPage(scriptedApi({ data: { ...plain.data, exportCareLink } }), () => <Settings />)
    const save = page.getByRole('button', { name: 'Save the file', exact: true })
    const anyway = page.getByRole('button', { name: 'Save it all the same' })
    await save.click()
    const days = 'from March 1(, 2026)? to March 14(, 2026)?'
    await expect
      .element(page.getByText(new RegExp(`not saved yet: 9,876 entries ${days} \\(1\\.2 kB\\)`)))
      .toBeVisible()
    const leftOut = /: setting \(1,030\), the pump’s total of the day \(89\), .+ \(19\)\.$/
    await expect.element(page.getByText(leftOut)).toBeVisible()
    await expect.element(page.getByText(/^Among those left out are values LO and HI: .+ \(12\)\./)).toBeVisible()
    await expect.element(page.getByText(/^LO and HI of a sensor stand .+ \(1,018\)\./)).toBeVisible()
    expect(downloads).toEqual([])
    expect(await seriousFindings(document.body)).toEqual([])
    // Another choice: the file that waited is of other days.
    await page.getByRole('group', { name: 'What to export' }).getByText('From – to').click()
    await expect.element(anyway).not.toBeInTheDocument()
    await page.getByRole('group', { name: 'What to export' }).getByText('Everything').click()
    await save.click()
    await anyway.click()
    await expect.element(page.getByText(new RegExp(`^9,876 entries ${days} are in your downloads`))).toBeVisible()
    expect(downloads).toEqual(['Basalt CareLink export 2026-03-01 to 2026-03-14.csv'])
    await expect.element(anyway).not.toBeInTheDocument()
    // What is missing stays to be read.
    await expect.element(page.getByText(leftOut)).toBeVisible()
  } finally {
    HTMLAnchorElement.prototype.click = click
  }
})
