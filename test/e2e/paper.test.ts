/**
 * Reports leave the app as PDF files and as text, in a real Chromium against the built app: every number on the
 * screen stands in each of them, on both papers, with and without a password, with the server switched off.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPdf } from '../helpers/readPdf.ts'
import { type Harness, seriousFindings, startHarness } from './harness.ts'
import { downloaded, type ListedReport, missingIn, openReport, sampleReports, savePdf, textOf } from './reportPages.ts'

let basalt: Harness
let page: Page
let folder: string
/** All reports, as the list has them. */
let reports: readonly ListedReport[] = []
/** How many pages each report has in a file of its own, by name. */
const pagesAlone = new Map<string, number>()

beforeAll(async () => {
  basalt = await startHarness()
  basalt.context.setDefaultTimeout(30_000)
  await basalt.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  page = basalt.page
  folder = mkdtempSync(join(tmpdir(), 'basalt-paper-'))
  reports = await sampleReports(basalt)
})

afterAll(async () => {
  await basalt?.close()
  rmSync(folder, { recursive: true, force: true })
})

const save = () => savePdf(page)
const download = (click: Locator) => downloaded(page, click, folder)

/** What the report shows, without what is for the screen or for screen readers only. */
const shownText = (): Promise<string> =>
  page
    .locator('article.report')
    .first()
    .evaluate(report => {
      const copy = report.cloneNode(true) as Element
      for (const each of copy.querySelectorAll('.screen-only, .visually-hidden, .print-only, svg, select'))
        each.remove()
      const words: string[] = []
      const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT)
      for (let node = texts.nextNode(); node; node = texts.nextNode()) words.push(node.nodeValue ?? '')
      return words.join('\n')
    })

describe('a report', () => {
  it('says every number of the screen in its PDF and in its text, as vectors with embedded fonts', async () => {
    expect(reports.length).toBeGreaterThan(4)
    let tried = 0
    for (const report of reports) {
      const { path, name } = report
      if (!(await openReport(basalt, report))) continue
      const shown = await shownText()
      const { bytes } = await download(save())
      const pdf = readPdf(bytes)
      expect(missingIn(textOf(pdf), shown), `${path}: in the PDF`).toEqual([])
      expect(pdf.pictures, path).toBe(0)
      expect(pdf.paths, path).toBeGreaterThan(5)
      expect(pdf.isTagged, path).toBe(true)
      expect(pdf.fonts.length, path).toBeGreaterThan(0)
      for (const font of pdf.fonts) expect(font, path).toMatchObject({ subtype: 'Type0', isEmbedded: true })
      expect(textOf(pdf), `${path}: letters that the font lacks`).not.toContain('\uFFFD')
      for (const { widthPt, heightPt } of pdf.pages) expect([widthPt, heightPt], path).toEqual([595.28, 841.89])
      await page.getByRole('button', { name: 'Copy as text' }).click()
      await page.getByText('Copied.').waitFor()
      const copied = await page.evaluate(() => navigator.clipboard.readText())
      expect(missingIn(copied, shown), `${path}: in the text`).toEqual([])
      pagesAlone.set(name, pdf.pages.length)
      tried += 1
    }
    expect(tried).toBeGreaterThan(4)
  })
})

describe('several reports', () => {
  const make = () => page.getByRole('button', { name: 'Make the PDF' })

  async function openBundle(): Promise<void> {
    await page.goto(basalt.url('/#/reports/print'))
    await make().waitFor()
  }

  it('become one file with a head, a warning and a number on each page', async () => {
    await openBundle()
    await basalt.screenshot('paper-bundle', page)
    expect(await seriousFindings(page)).toEqual([])
    for (const box of await page.locator('.bundle-reports input').all()) await box.check()
    const { bytes, name } = await download(make())
    expect(name).toMatch(/^Basalt_\d{4}-\d\d-\d\d_14d\.pdf$/)
    const { pages } = readPdf(bytes)
    expect(pages.length).toBeGreaterThan(reports.length)
    for (const [index, { text }] of pages.entries()) {
      expect(text).toContain(`Page ${index + 1} of ${pages.length}`)
      expect(text).toContain('Not for dosing decisions.')
      expect(text).toContain('Times are the devices’ own clocks (device time)')
      expect(text).toMatch(/Made .* with Basalt /)
    }
    expect(pages.map(({ text }) => text).join('\n')).toMatch(/Only the first 500 are printed here, [\d,]+ are not\./)
    // Each looks as it does alone: a report's style comes only with its code. Alone, Daily has one day, the data table one
    // page of the screen.
    const titles = pages.map(({ text }) => text.split('\n')[0] ?? '')
    for (const title of new Set(titles)) {
      const together = titles.filter(each => each === title).length
      if (title !== 'Daily' && title !== 'Data table') expect(together, title).toBe(pagesAlone.get(title))
    }
  })

  it('fit Letter by the same design', async () => {
    await page.goto(basalt.url('/#/settings'))
    await page.getByText('Letter', { exact: true }).first().click()
    await openBundle()
    const { bytes } = await download(make())
    const { pages } = readPdf(bytes)
    for (const { widthPt, heightPt } of pages) expect([widthPt, heightPt]).toEqual([612, 792])
    await page.goto(basalt.url('/#/settings'))
    await page.getByText('A4', { exact: true }).first().click()
  })

  it('leave out what the person leaves out, also after a reload, and say so', async () => {
    await openBundle()
    await page.getByRole('button', { name: 'Leave out days or devices' }).click()
    await page.getByRole('checkbox', { name: 'Sunday' }).uncheck()
    await page.reload()
    await make().waitFor()
    await page.getByRole('status').filter({ hasText: 'Left out: Sunday' }).waitFor()
    for (const box of await page.locator('.bundle-reports input').all()) await box.uncheck()
    await page.getByLabel('Insulin', { exact: true }).check()
    const textOfBundle = async () => textOf(readPdf((await download(make())).bytes))
    const without = await textOfBundle()
    expect(without).toContain('Left out: Sunday')
    expect(without).toMatch(/\bMon \d/)
    expect(without).not.toMatch(/\bSun \d/)
    await page.getByRole('button', { name: 'Count everything' }).click()
    const withAll = await textOfBundle()
    expect(withAll).not.toContain('Left out')
    expect(withAll).toMatch(/\bSun \d/)
  })

  it('are not made of nothing', async () => {
    await openBundle()
    for (const box of await page.locator('.bundle-reports input').all()) await box.uncheck()
    await make().click()
    await page.getByText('Choose at least one report.').waitFor()
  })

  it('can be called off', async () => {
    await page.goto(basalt.url('/#/reports/print?days=90'))
    await make().waitFor()
    for (const box of await page.locator('.bundle-reports input').all()) await box.check()
    await make().click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect.poll(() => make().isEnabled()).toBe(true)
    expect(await page.getByText(/^Saved:/).count()).toBe(0)
  })

  it('are closed to who does not know the password', async ({ skip }) => {
    await openBundle()
    await page.getByLabel('Password (optional)').fill('weiße Rose 7')
    const { bytes, path } = await download(make())
    const raw = bytes.toString('latin1')
    expect(raw).toMatch(/\/Filter \/Standard[\s\S]*\/V 5[\s\S]*\/R 6/)
    expect(() => readPdf(bytes)).toThrow()
    const poppler = spawnSync('pdfinfo', ['-v'])
    if (poppler.error) skip('pdfinfo of poppler-utils is not installed')
    expect(spawnSync('pdfinfo', [path]).status).not.toBe(0)
    expect(spawnSync('pdfinfo', ['-upw', 'weisse Rose 7', path]).status).not.toBe(0)
    const told = execFileSync('pdfinfo', ['-upw', 'weiße Rose 7', path], { encoding: 'utf8' })
    expect(told).toMatch(/Encrypted:\s+yes \(print:yes copy:yes change:yes addNotes:yes algorithm:AES-256\)/)
    expect(told).toMatch(/Tagged:\s+yes/)
  })

  it('are made with the server switched off too', async () => {
    await basalt.server.stop()
    basalt.expectErrors(/ERR_CONNECTION_REFUSED|Failed to load resource/)
    await page.goto('about:blank')
    await openBundle()
    const { bytes } = await download(make())
    expect(readPdf(bytes).pages.length).toBeGreaterThan(0)
  })

  it('break no rule of the page', () => {
    expect(basalt.problems()).toEqual([])
  })
})
