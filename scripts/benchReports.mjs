/**
 * How long the built app's window is busy at most while a report opens: the longest task of the main thread, in processor
 * time of that thread, so that other programs on the computer do not count. Reads Chromium's own trace.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { chromiumLaunchOptions } from './chromium.mjs'
import { root } from './inputs.mjs'

/** @typedef {{ name: string, pid: number, tid: number, tdur?: number, args?: { name?: string } }} TraceEvent */

const DAYS = 90
/** Of Chromium's trace: those that have the tasks of each thread. */
const CATEGORIES = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline']
const TASK = 'RunTask'
/** After the report is drawn, for what it draws afterwards. */
const SETTLE_MS = 1000

/**
 * Opens every report of 90 days of sample data: once after a reload, then `later` times again from the list of reports.
 * @param {number} later
 * @returns {AsyncGenerator<{ name: string, firstMs: number, laterMs: number }>} `laterMs`: the median
 */
export async function* measureReports(later) {
  const server = spawn(process.execPath, [join(root, 'dist', 'server', 'main.js')], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', BASALT_APP: join(root, 'dist', 'app') },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(server.stdout, 'data')
  const address = /http:[^\s]+/.exec(String(line))?.[0] ?? ''
  const browser = await chromium.launch({ ...chromiumLaunchOptions, headless: true })
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    const page = await context.newPage()
    await page.goto(address)
    await page.getByRole('button', { name: 'Look around with sample data' }).click()
    await page.getByRole('heading', { name: 'Home' }).waitFor()
    const list = new URL('/#/reports', address).href
    const choices = page.locator('.report-choice')
    await page.goto(list)
    await choices.first().waitFor()
    const paths = await choices.evaluateAll(links => links.map(link => link.getAttribute('href') ?? ''))

    for (const path of paths) {
      const name = path.replace('#/reports/', '')
      const opened = []
      for (let run = 0; run <= later; run += 1) {
        await page.goto(list)
        if (run === 0) await page.reload()
        await choices.first().waitFor()
        await page.waitForTimeout(SETTLE_MS / 4)
        await browser.startTracing(page, { categories: CATEGORIES })
        await page.evaluate(hash => (location.hash = hash), `${path}?days=${DAYS}`)
        await page.locator('.report-body, .empty').first().waitFor()
        await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
        await page.waitForTimeout(SETTLE_MS)
        opened.push(tasksOf(await browser.stopTracing()))
      }
      const [firstMs = 0, ...others] = opened.map(longestMs)
      yield { name, firstMs, laterMs: others.toSorted((a, b) => a - b)[others.length >> 1] ?? 0 }
    }
  } finally {
    await browser.close()
    server.kill('SIGTERM')
  }
}
/** @param {TraceEvent[]} tasks */
const longestMs = tasks => Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur)) / 1000

/**
 * The main threads' tasks.
 * @param {Buffer} trace
 */
function tasksOf(trace) {
  /** @type {{ traceEvents: TraceEvent[] }} */
  const { traceEvents } = JSON.parse(trace.toString())
  const thread = (/** @type {TraceEvent} */ { pid, tid }) => `${pid} ${tid}`
  const main = new Set(
    traceEvents.filter(each => each.name === 'thread_name' && each.args?.name === 'CrRendererMain').map(thread),
  )
  return traceEvents.filter(each => each.name === TASK && main.has(thread(each)))
}
