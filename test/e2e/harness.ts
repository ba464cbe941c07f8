/**
 * A real Chromium with a fresh profile against the built app and the real server. Everything that must never happen is
 * watched all the time: requests to another origin, violations of the content security policy, errors in the console.
 *
 *     const basalt = await startHarness()
 *     await basalt.page.goto(basalt.url('/'))
 *     await basalt.server.stop()                      // offline
 *     expect(await seriousFindings(basalt.page)).toEqual([])
 *     expect(basalt.problems()).toEqual([])
 *     await basalt.close()
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import { type BrowserContext, type ConsoleMessage, chromium, type Page, type Worker } from 'playwright'
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs'
import { root } from '../../scripts/inputs.mjs'
import { startServer, type TestServer } from './server.ts'

export interface Harness {
  readonly server: TestServer
  readonly context: BrowserContext
  /** The first tab. */
  readonly page: Page
  url(path: string): string
  /** What went wrong since the start, in words; empty is what every story must end with. */
  problems(): readonly string[]
  /** From here on such console errors are expected, such as a failed request while the server is off. */
  expectErrors(pattern: RegExp): void
  /** A PNG in `test-results/screenshots/`. */
  screenshot(name: string, page?: Page): Promise<void>
  /** Closes the browser, stops the server, removes the profile. */
  close(): Promise<void>
}

export interface HarnessOptions {
  /** Another build than `dist/app`. */
  readonly appFolder?: string
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly colorScheme?: 'light' | 'dark'
  /** What a person set in the browser's own settings before, as its profile keeps it. */
  readonly browserSettings?: object
}

const screenshots = join(root, 'test-results', 'screenshots')

export async function startHarness(options: HarnessOptions = {}): Promise<Harness> {
  const { appFolder, viewport, colorScheme, browserSettings } = options
  const server = await startServer(appFolder)
  const profile = mkdtempSync(join(tmpdir(), 'basalt-profile-'))
  if (browserSettings) {
    mkdirSync(join(profile, 'Default'))
    writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(browserSettings))
  }
  const context = await chromium.launchPersistentContext(profile, {
    ...chromiumLaunchOptions,
    headless: true,
    viewport: viewport ?? { width: 1366, height: 768 },
    colorScheme: colorScheme ?? 'light',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  })
  const watch = watchOver(context, server.origin)
  const page = context.pages()[0] ?? (await context.newPage())
  mkdirSync(screenshots, { recursive: true })
  return {
    server,
    context,
    page,
    url: path => server.origin + path,
    problems: watch.problems,
    expectErrors: watch.expectErrors,
    screenshot: async (name, of = page) => {
      await of.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true })
    },
    close: async () => {
      await context.close()
      await server.stop()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

function watchOver(context: BrowserContext, origin: string) {
  const foreign: string[] = []
  const errors: string[] = []
  const expected: RegExp[] = []

  // Also those of workers and of the service worker.
  context.on('request', request => {
    const { protocol, origin: itsOrigin } = new URL(request.url())
    if (protocol === 'http:' || protocol === 'https:' || protocol === 'ws:' || protocol === 'wss:') {
      if (itsOrigin !== origin) foreign.push(`request to another origin: ${request.url()}`)
    }
  })
  // A violation of the policy is also an error in the console, with the policy's name in it.
  const take = (message: ConsoleMessage) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()} (${message.location().url})`)
  }
  context.on('console', take)
  // Violations inside workers are not in the console.
  const watchPage = (page: Page) => page.on('worker', reportViolations)
  context.pages().forEach(watchPage)
  context.on('page', watchPage)
  context.on('serviceworker', reportViolations)
  context.on('weberror', error => errors.push(`uncaught: ${error.error().stack ?? String(error.error())}`))

  return {
    problems: () => [...foreign, ...errors.filter(error => !expected.some(pattern => pattern.test(error)))],
    expectErrors: (pattern: RegExp) => {
      expected.push(pattern)
    },
  }
}

function reportViolations(worker: Worker): void {
  const listening = worker.evaluate(() =>
    addEventListener('securitypolicyviolation', event => {
      // The event of this name is always one of these.
      const { effectiveDirective, blockedURI } = event as SecurityPolicyViolationEvent
      console.error(`Content Security Policy: ${effectiveDirective} refused ${blockedURI} in a worker`)
    }),
  )
  // The worker may have ended already.
  listening.catch(() => undefined)
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** All findings of axe on the page as it stands. */
export async function axe(page: Page): Promise<AxeResults> {
  // By the developer tools' protocol, since the policy lets no script in any other way.
  await page.evaluate(axeSource)
  // The script above has just put `axe` there.
  return page.evaluate(() =>
    (globalThis as unknown as { axe: { run(on: Document, how: object): Promise<AxeResults> } }).axe.run(document, {
      resultTypes: ['violations'],
    }),
  )
}

/** Serious and critical findings, one line each. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  const { violations } = await axe(page)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help} at ${nodes.map(node => node.target.join(' ')).join(', ')}`)
}

/** Resolves once the service worker holds the whole app. */
export async function readyOffline(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
}
