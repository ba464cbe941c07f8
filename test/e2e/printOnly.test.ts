/**
 * What only paper shows is made for paper only: on the screen it would hold up the window, on paper it must not be missing.
 * In a real Chromium against the built app, every report of ninety days.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Harness, startHarness } from './harness.ts'
import { type ListedReport, openReport, sampleReports } from './reportPages.ts'

const VECTORS = '.print-only .svg-chart'
let basalt: Harness
let reports: readonly ListedReport[] = []

beforeAll(async () => {
  basalt = await startHarness()
  basalt.context.setDefaultTimeout(30_000)
  reports = await sampleReports(basalt)
})

afterAll(() => basalt?.close())

const vectors = () => basalt.page.locator(VECTORS).count()
const charts = () => basalt.page.locator('.report canvas').count()

it('has no vectors of charts while nobody prints, and those of all charts while the browser does', async () => {
  const { page } = basalt
  let withCharts = 0
  for (const report of reports) {
    const { path } = report
    if (!(await openReport(basalt, { ...report, path: `${path}?days=90` }))) continue
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
    const drawn = await charts()
    expect(await vectors(), path).toBe(0)
    if (drawn === 0) continue
    withCharts += 1
    const printed = page.evaluate(
      selector =>
        new Promise<number>(resolve => {
          const count = () => resolve(document.querySelectorAll(selector).length)
          // After the app's own listener; the browser lays out the paper when all have been asked.
          window.addEventListener('beforeprint', count, { once: true })
        }),
      VECTORS,
    )
    await page.pdf()
    expect(await printed, `${path}: printed`).toBe(drawn)
    await expect.poll(vectors, { message: path }).toBe(0)
    await page.emulateMedia({ media: 'print' })
    await expect.poll(vectors, { message: `${path}: shown as on paper` }).toBe(drawn)
    await page.emulateMedia({ media: null })
    await expect.poll(vectors, { message: path }).toBe(0)
  }
  expect(withCharts).toBeGreaterThan(4)
})

it('asked nobody else for anything and logged no error', () => {
  expect(basalt.problems()).toEqual([])
})
