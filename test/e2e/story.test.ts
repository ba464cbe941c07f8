/**
 * The whole first visit as one person lives it, in a real Chromium against the built app and the real server:
 * first visit, simulated meter, Daily, file import, offline, print, backup, remove everything, restore.
 * The steps build on each other, so they run in order and share one browser.
 */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleCsv } from '#files/carelink-csv/sample.ts'
import { type Harness, readyOffline, seriousFindings, startHarness } from './harness.ts'

/** The imported file ends on 18 April 2026; its pump is in SmartGuard from 29 March on, in manual mode before. */
const FILE_LAST_DAY = Date.UTC(2026, 3, 18) / 86_400_000
const FILE_DAYS = 42
/** Days in manual mode, and one in SmartGuard. */
const OVERVIEW = '/reports/overview?from=2026-03-15&to=2026-03-28'
const DAILY = '/reports/daily?day=2026-04-17'

let basalt: Harness
let page: Page
let folder: string
/** What the reports said before everything was removed, to be compared after the restore. */
let overviewBefore = ''
let dailyBefore = ''

beforeAll(async () => {
  basalt = await startHarness()
  basalt.context.setDefaultTimeout(10_000)
  page = basalt.page
  folder = mkdtempSync(join(tmpdir(), 'basalt-story-'))
})

afterAll(async () => {
  await basalt?.close()
  rmSync(folder, { recursive: true, force: true })
})

const main = () => page.getByRole('main')
const heading = (name: string | RegExp) => main().getByRole('heading', { name }).first()

/** Goes to a page of the app the way a bookmark does, and waits for its heading. */
async function open(path: string, title: string | RegExp): Promise<void> {
  await page.goto(basalt.url(`/#${path}`))
  await heading(title).waitFor()
}

async function openReport(path: string, title: string): Promise<string> {
  await open(path, title)
  await main().locator('canvas').first().waitFor()
  return main().innerText()
}

/** In Settings. */
async function removeEverything(): Promise<void> {
  await page.getByRole('button', { name: 'Remove everything' }).click()
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'))
  await dialog.getByRole('textbox').fill('remove')
  await dialog.getByRole('button', { name: /Remove/ }).click()
  await open('/', 'Welcome to Basalt')
}

/** Every page is looked at by axe, and kept as a picture, once it shows what it should. */
async function look(name: string): Promise<void> {
  await basalt.screenshot(name, page)
  expect(await seriousFindings(page), `axe on ${name}`).toEqual([])
}

describe('the first slice, as a person lives it', () => {
  it('says on the first visit what Basalt is, and offers two doors', async () => {
    await open('/', 'Welcome to Basalt')
    await page.getByRole('link', { name: 'Read a device' }).waitFor()
    await page.getByRole('button', { name: 'Look around with sample data' }).waitFor()
    await look('story-01-first-visit')
  })

  it('reads a simulated meter, step by step, and says what was new', async () => {
    await page.getByRole('link', { name: 'Read a device' }).click()
    await heading('Read a device').waitFor()
    await look('story-02-choose')
    await page
      .getByRole('button', { name: /everyday/i })
      .first()
      .click()
    await heading(/Prepare/).waitFor()
    await look('story-03-prepare')
    await page.getByRole('button', { name: 'Read the simulated device' }).click()
    await heading(/^Done: [\d,]+ new entries$/).waitFor()
    await look('story-04-done')
  })

  it('adds nothing when the same meter is read again', async () => {
    await page.getByRole('button', { name: 'Read again' }).click()
    await heading('Done: nothing new').waitFor()
  })

  it('shows the meter on Home, on Devices and on its last day', async () => {
    await open('/', 'Home')
    await main().getByText('Made-up data').first().waitFor()
    await look('story-05-home')
    await open('/devices', 'Devices')
    await main().getByText('SIM').first().waitFor()
    await look('story-06-devices')
    await openReport('/reports/daily', 'Daily')
    expect(await main().innerText()).toContain('meter value')
    await look('story-07-daily-meter')
  })

  it('imports a CareLink file, and a second time finds nothing new', async () => {
    const file = join(folder, 'CareLink export.csv')
    writeFileSync(file, [...sampleCsv({ days: FILE_DAYS, lastDay: FILE_LAST_DAY, seed: 1 })].join(''))
    for (const expected of [/[\d,]+ new entries/, /Nothing new|already here/]) {
      await open('/import', 'Import files')
      await page.locator('input[type=file]').setInputFiles(file)
      await main().getByText(expected).first().waitFor()
      await page.getByRole('button', { name: 'Clear the list' }).waitFor()
      await look('story-08-import')
      await page.getByRole('button', { name: 'Clear the list' }).click()
    }
  })

  it('says of a wrong file what it is, and keeps nothing of it', async () => {
    const file = join(folder, 'not really.csv')
    writeFileSync(file, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3, 0, 0, 0, 0]))
    await open('/import', 'Import files')
    await page.locator('input[type=file]').setInputFiles(file)
    await main()
      .getByText(/not known|does not hold text/)
      .first()
      .waitFor()
    await page.getByRole('button', { name: 'Clear the list' }).click()
  })

  it('opens Overview and Daily of the imported days, with a table twin one key away', async () => {
    overviewBefore = await openReport(OVERVIEW, 'Overview')
    expect(overviewBefore).toMatch(/14 of 14/)
    await look('story-09-overview')
    dailyBefore = await openReport(DAILY, 'Daily')
    expect(dailyBefore).toMatch(/\d+ sensor values/)
    await look('story-10-daily')
    await page.keyboard.press('t')
    await main().getByRole('table').first().waitFor()
    await look('story-11-daily-table')
    await page.keyboard.press('t')
  })

  it('steps days with the arrow keys, and the address follows', async () => {
    await openReport(DAILY, 'Daily')
    await page.keyboard.press('ArrowLeft')
    await page.waitForURL(/day=2026-04-16/)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.waitForURL(/day=2026-04-18/)
    await page.goBack()
    await page.goBack()
  })

  it('shows the records and the line of the file behind a number', async () => {
    await openReport(DAILY, 'Daily')
    await main().getByTitle('Mean glucose').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('table').waitFor()
    await dialog.getByRole('row').nth(1).getByRole('button').click()
    await dialog
      .getByText(/2026\/04\/17/)
      .first()
      .waitFor()
    await look('story-12-evidence')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
  })

  it('follows a change of unit at once, on every page', async () => {
    await open('/settings', 'Settings')
    await look('story-13-settings')
    await page.getByRole('radio', { name: 'mmol/L' }).check()
    await openReport(OVERVIEW, 'Overview')
    expect(await main().innerText()).toContain('mmol/L')
    expect(await main().innerText()).not.toContain('mg/dL')
    await open('/settings', 'Settings')
    await page.getByRole('radio', { name: 'mg/dL' }).check()
    expect(await openReport(OVERVIEW, 'Overview')).toBe(overviewBefore)
  })

  it('has everything there with the network and the server off, also in a new tab', async () => {
    await readyOffline(page)
    await basalt.server.stop()
    basalt.expectErrors(/Failed to load resource|ERR_CONNECTION_REFUSED|sw\.js|service worker/i)
    await page.close()
    page = await basalt.context.newPage()
    expect(await openReport(OVERVIEW, 'Overview')).toBe(overviewBefore)
    await page.reload()
    await main().locator('canvas').first().waitFor()
    await open('/', 'Home')
    await main().getByText('CareLink export.csv').first().waitFor()
    await open('/help', 'Help')
    await look('story-14-help-offline')
  })

  it.each(['A4', 'Letter'] as const)('prints Overview and Daily on %s, offline', async paper => {
    await open('/settings', 'Settings')
    await page.getByRole('radio', { name: paper }).check()
    for (const [name, path] of [
      ['Overview', OVERVIEW],
      ['Daily', DAILY],
    ] as const) {
      await openReport(path, name)
      const path_ = join(folder, `${name}-${paper}.pdf`)
      await page.pdf({ path: path_, preferCSSPageSize: true, printBackground: true })
      const pdf = readFileSync(path_).toString('latin1')
      // The page's size in points as the PDF says it: A4 595 × 842, Letter 612 × 792.
      const [, width = 0, height = 0] = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/.exec(pdf)?.map(Number) ?? []
      expect([Math.round(width), Math.round(height)]).toEqual(paper === 'A4' ? [595, 842] : [612, 792])
      // Fourteen days of Overview are one page; Daily may need a second one for its tables.
      expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeLessThanOrEqual(name === 'Overview' ? 1 : 2)
    }
  })

  it('makes a backup, removes everything, and has all of it again from the backup', async () => {
    await open('/settings', 'Settings')
    const backup = join(folder, 'backup.basalt')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save a backup' }).click(),
    ])
    await download.saveAs(backup)
    expect(statSync(backup).size).toBeGreaterThan(10_000)

    await removeEverything()
    await open('/settings', 'Settings')
    await page.locator('input[type=file]').setInputFiles(backup)
    await main()
      .getByText(/Restored: /)
      .waitFor()
    expect(await openReport(OVERVIEW, 'Overview')).toBe(overviewBefore)
    expect(await openReport(DAILY, 'Daily')).toBe(dailyBefore)
  })

  it('exports for CareLink readers, removes everything, and has the same overview from that file', async () => {
    await open('/settings', 'Settings')
    await page.getByRole('button', { name: 'Save the file', exact: true }).click()
    // The meter's marks have no column, which is said before.
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save it all the same' }).click(),
    ])
    const file = join(folder, download.suggestedFilename())
    await download.saveAs(file)
    expect(download.suggestedFilename()).toMatch(/^Basalt CareLink export .* to .*\.csv$/)
    await main()
      .getByText(/^[\d,]+ entries from .* are in your downloads/)
      .waitFor()
    await removeEverything()
    await open('/import', 'Import files')
    await page.locator('input[type=file]').setInputFiles(file)
    await main()
      .getByText(/[\d,]+ new entries/)
      .first()
      .waitFor()
    expect(await openReport(OVERVIEW, 'Overview')).toBe(overviewBefore)
  })

  it('asked nobody else for anything, broke no rule of the policy, and logged no error', () => {
    expect(basalt.problems()).toEqual([])
  })
})
