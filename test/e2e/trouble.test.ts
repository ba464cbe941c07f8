/** What happens when the browser lacks something, or takes something away while the app runs. In a real Chromium. */
import { afterEach, describe, expect, it } from 'vitest'
import { sampleCsvBytes } from '#files/carelink-csv/sample.ts'
import { type Harness, type HarnessOptions, startHarness } from './harness.ts'

/** 2026-03-28. */
const LAST_DAY = Date.UTC(2026, 2, 28) / 86_400_000

let basalt: Harness | undefined
afterEach(async () => {
  await basalt?.close()
  basalt = undefined
})

async function start(options: HarnessOptions = {}): Promise<Harness> {
  basalt = await startHarness(options)
  basalt.context.setDefaultTimeout(20_000)
  return basalt
}

async function sampleFile(days: number): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const parts: Uint8Array[] = []
  for await (const bytes of sampleCsvBytes({ days, lastDay: LAST_DAY, seed: 3 })) parts.push(bytes)
  return { name: 'export.csv', mimeType: 'text/csv', buffer: Buffer.concat(parts) }
}

describe('a browser without WebHID', () => {
  it('is told which browsers have it, and imports files all the same', async () => {
    const { page, context, url, problems } = await start()
    await context.addInitScript(() => {
      for (const name of ['hid', 'usb', 'serial']) Reflect.deleteProperty(Navigator.prototype, name)
    })
    await page.goto(url('/#/read'))
    await page.getByText('This browser cannot reach USB devices').waitFor()
    await page.getByText(/Chrome, Edge, Opera or Brave/).waitFor()
    expect(await page.getByRole('button', { name: /^Contour NEXT LINK Ascensia/ }).isDisabled()).toBe(true)
    await page.goto(url('/#/import'))
    await page.locator('input[type=file]').setInputFiles(await sampleFile(3))
    await page
      .getByText(/[\d,]+ new entries/)
      .first()
      .waitFor()
    expect(problems()).toEqual([])
  })
})

describe('a read in the middle of which the page is loaded anew', () => {
  it('has lost nothing: Home says what was saved, and reading again brings the rest', async () => {
    const { page, url, problems } = await start()
    const main = page.getByRole('main')
    // The longest memory; the first page is written down at once, then more every two and a half seconds.
    await page.goto(url('/#/read?model=contour-next-link-24&scenario=full'))
    await page.getByRole('button', { name: 'Read the simulated device' }).click()
    await page.waitForFunction(() => (document.querySelector('progress')?.value ?? 0) >= 500, undefined, {
      timeout: 120_000,
    })
    const atReload = await page.evaluate(() => document.querySelector('progress')?.value ?? 0)
    await page.reload()
    await page.goto(url('/#/'))
    await main.getByText('The last read was interrupted').waitFor()
    const text = await main.getByText(/had arrived and are saved/).innerText()
    const saved = Number(/([\d,]+) new entries/.exec(text)?.[1]?.replaceAll(',', ''))
    // At the reload at most two and a half seconds and one write were not written down yet.
    expect(saved).toBeGreaterThan(50)
    expect(saved).toBeLessThanOrEqual(atReload + 100)
    await main.getByText(/Ended early/).click()
    await main.getByText('It ended early: The page was closed.').waitFor()
    await page.goto(url('/#/read?model=contour-next-link-24&scenario=full'))
    await page.getByRole('button', { name: 'Read the simulated device' }).click()
    await main.getByRole('heading', { name: `Done: ${1000 - saved} new entries` }).waitFor({ timeout: 120_000 })
    expect(problems()).toEqual([])
  })
})

describe('the data on this computer', () => {
  it('that are cleared under the running app are said to be gone, not shown as empty', async () => {
    const { page, url } = await start()
    await page.goto(url('/#/import'))
    await page.locator('input[type=file]').setInputFiles(await sampleFile(3))
    await page
      .getByText(/[\d,]+ new entries/)
      .first()
      .waitFor()
    await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const request = indexedDB.deleteDatabase('basalt')
          request.addEventListener('success', resolve)
          request.addEventListener('error', reject)
        }),
    )
    await page.getByText('The data on this computer were removed').waitFor()
  })

  it('that a newer Basalt has written are left alone, with a word about it', async () => {
    const { page, url } = await start()
    await page.goto(url('/'))
    await page.getByRole('heading', { name: 'Welcome to Basalt' }).waitFor()
    await page.goto('about:blank')
    await page.goto(url('/manifest.webmanifest'))
    await page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const request = indexedDB.open('basalt', 99_990)
          request.addEventListener('success', () => {
            request.result.close()
            resolve()
          })
          request.addEventListener('error', reject)
        }),
    )
    await page.goto(url('/'))
    await page.getByText('A newer Basalt has been here').waitFor()
    const version = await page.evaluate(async () => (await indexedDB.databases()).map(({ version }) => version))
    expect(version).toEqual([99_990])
  })

  it('have no place where storage is switched off for the site, and the app says what to do', async () => {
    // "Block all cookies" of the browser's settings: no database and no service worker either.
    const { page, url } = await start({
      browserSettings: { profile: { default_content_setting_values: { cookies: 2 } } },
    })
    await page.goto(url('/'))
    await page.getByText('The browser gives no place to keep data').waitFor()
    await page.getByText(/Open Basalt in an ordinary window/).waitFor()
  })
})
