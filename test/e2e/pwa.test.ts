/** The app as an installed, offline app under strict headers, in a real Chromium against the real server. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page, Response } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildServiceWorker } from '../../scripts/build.mjs'
import { type Harness, readyOffline, startHarness } from './harness.ts'
import { builtApp } from './server.ts'

const strictHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; " +
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; " +
    "form-action 'none'; require-trusted-types-for 'script'; trusted-types default",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

let basalt: Harness
let page: Page
const start = async () => {
  basalt = await startHarness()
  page = basalt.page
}
const close = () => basalt?.close()

describe('on its first visit', () => {
  beforeAll(start)
  afterAll(close)

  test('can be installed', async () => {
    await page.goto(basalt.url('/'))
    await readyOffline(page)
    const devtools = await basalt.context.newCDPSession(page)
    expect(await devtools.send('Page.getInstallabilityErrors')).toEqual({ installabilityErrors: [] })
    const manifest = await devtools.send('Page.getAppManifest')
    expect(manifest.errors).toEqual([])
    expect(manifest.url).toBe(basalt.url('/manifest.webmanifest'))
    expect(basalt.problems()).toEqual([])
  })

  test('has the strict headers on every answer, from the network and from the service worker', async () => {
    const answers: Response[] = []
    basalt.context.on('response', answer => answers.push(answer))
    await page.goto(basalt.url('/'))
    await readyOffline(page)
    await page.reload()
    await shown(page)
    expect(answers.length).toBeGreaterThan(5)
    expect(answers.some(answer => answer.fromServiceWorker())).toBe(true)
    for (const answer of answers) {
      expect(await answer.allHeaders(), answer.url()).toMatchObject(strictHeaders)
    }
    expect(basalt.problems()).toEqual([])
  })

  test('is isolated from other pages', async () => {
    await page.goto(basalt.url('/'))
    expect(await page.evaluate(() => [crossOriginIsolated, isSecureContext])).toEqual([true, true])
  })

  test.each([
    ['an event attribute', '<img src="x" onerror="globalThis.attacked = true">'],
    ['a script element', '<script>globalThis.attacked = true</script>'],
    ['a script address', '<a href="javascript:globalThis.attacked = true">here</a>'],
  ])('lets no text with %s become markup', async (_, html) => {
    await page.goto(basalt.url('/'))
    const refusal = await page.evaluate(text => {
      try {
        document.body.insertAdjacentHTML('beforeend', text)
        return 'taken'
      } catch (error) {
        return String(error)
      }
    }, html)
    expect(refusal).toMatch(/^TypeError/)
    expect(await page.evaluate(() => 'attacked' in globalThis)).toBe(false)
  })

  test('lets no second policy, no foreign worker and no inline script in', async () => {
    await page.goto(basalt.url('/'))
    const results = await page.evaluate(() => {
      const attempt = (work: () => unknown): string => {
        try {
          work()
          return 'taken'
        } catch (error) {
          return error instanceof Error ? error.name : 'refused'
        }
      }
      // The standard types do not have it yet; Chromium does.
      const { trustedTypes } = globalThis as unknown as {
        trustedTypes: { createPolicy(name: string, rules: object): unknown }
      }
      const script = document.createElement('script')
      return [
        attempt(() => trustedTypes.createPolicy('other', {})),
        attempt(() => trustedTypes.createPolicy('default', {})),
        attempt(() => new Worker('/index.html')),
        attempt(() => new Worker('https://example.org/worker.js')),
        attempt(() => {
          script.text = 'globalThis.attacked = true'
          document.head.append(script)
        }),
      ]
    })
    expect(results).toEqual(['TypeError', 'TypeError', 'TypeError', 'TypeError', 'TypeError'])
    expect(await page.evaluate(() => 'attacked' in globalThis)).toBe(false)
  })
})

describe('without the server', () => {
  beforeEach(start)
  afterEach(close)

  test('the app opens again, also at an address that nobody knows', async () => {
    await page.goto(basalt.url('/'))
    await readyOffline(page)
    await basalt.server.stop()
    // The app asks whether the server is there; a refused connection is no mistake here.
    basalt.expectErrors(/net::ERR_CONNECTION_REFUSED/)
    await page.reload()
    await shown(page)
    await page.goto(basalt.url('/reports/of/yesterday?day=1#here'))
    await shown(page)
    const another = await basalt.context.newPage()
    await another.goto(basalt.url('/'))
    await shown(another)
    expect(basalt.problems()).toEqual([])
  })
})

describe('a new version', () => {
  beforeEach(start)
  afterEach(close)

  let next: string
  beforeEach(async () => {
    next = mkdtempSync(join(tmpdir(), 'basalt-next-'))
    cpSync(builtApp, next, { recursive: true })
    const index = join(next, 'index.html')
    writeFileSync(index, readFileSync(index, 'utf8').replace('<html ', '<html data-next="yes" '))
    await buildServiceWorker(next)
  })
  afterEach(() => rmSync(next, { recursive: true, force: true }))

  test('is offered, waits, and is taken when the person says so', async () => {
    await page.goto(basalt.url('/'))
    await readyOffline(page)
    await page.reload()
    await shown(page)
    await basalt.server.start(next)
    await page.evaluate(async () => {
      await (await navigator.serviceWorker.ready).update()
    })
    const offer = page.getByText('A new version of Basalt is ready.')
    await offer.waitFor()
    await basalt.screenshot('update-offered')

    // Not taken by itself: neither now nor by loading the page again.
    expect(await isNext(page)).toBe(false)
    await page.reload()
    await offer.waitFor()
    expect(await isNext(page)).toBe(false)

    const loaded = page.waitForEvent('load')
    await page.getByRole('button', { name: 'Use it now' }).click()
    await loaded
    await shown(page)
    expect(await isNext(page)).toBe(true)
    expect(await offer.isVisible()).toBe(false)
    expect(basalt.problems()).toEqual([])
  })
})

const isNext = (of: Page): Promise<boolean> => of.evaluate(() => document.documentElement.dataset['next'] === 'yes')

/** Waits until the app itself, not only its document, is there. */
const shown = (of: Page): Promise<void> => of.locator('#app main').first().waitFor()
