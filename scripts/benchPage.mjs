/** Chromium with the benchmarks' page, served by the real server with its strict headers; and the tab's memory. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { chromiumLaunchOptions } from './chromium.mjs'
import { root } from './inputs.mjs'

/** @typedef {import('../bench/page/bench.ts').Bench} Bench */

/** @param {string} folder the built page */
export async function openBenchPage(folder) {
  const server = spawn(process.execPath, [join(root, 'dist', 'server', 'main.js')], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', BASALT_APP: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(server.stdout, 'data')
  const address = /http:\S+/.exec(String(line))?.[0] ?? ''
  const profile = mkdtempSync(join(tmpdir(), 'basalt-bench-profile-'))
  const context = await chromium.launchPersistentContext(profile, { ...chromiumLaunchOptions, headless: true })
  context.setDefaultTimeout(0)
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(address)
  await ready()

  /** The page's handle is there when its script has run. */
  function ready() {
    return page.waitForFunction(() => 'bench' in globalThis)
  }

  return {
    /** @param {number} years */
    years: years =>
      page.evaluate(
        each => /** @type {{ bench: Bench }} */ (/** @type {unknown} */ (globalThis)).bench.years(each),
        years,
      ),
    /** @param {number} days */
    overview: days =>
      page.evaluate(
        each => /** @type {{ bench: Bench }} */ (/** @type {unknown} */ (globalThis)).bench.overview(each),
        days,
      ),
    reportKinds: () =>
      page.evaluate(() => /** @type {{ bench: Bench }} */ (/** @type {unknown} */ (globalThis)).bench.reportKinds()),
    /** @param {string} kind @param {number} days */
    report: (kind, days) =>
      page.evaluate(
        ([name, count]) =>
          /** @type {{ bench: Bench }} */ (/** @type {unknown} */ (globalThis)).bench.report(name, count),
        /** @type {const} */ ([kind, days]),
      ),
    /**
     * Bytes that are held after the overview of so many days, beyond what one day takes with all code loaded.
     * @param {number} days
     */
    async heldBytes(days) {
      const session = await context.newCDPSession(page)
      const overview = (/** @type {number} */ each) =>
        page.evaluate(
          count => /** @type {{ bench: Bench }} */ (/** @type {unknown} */ (globalThis)).bench.overviewHere(count),
          each,
        )
      const used = async () => {
        for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage')
        // Not yet in the protocol's types: memory of typed arrays.
        const usage = /** @type {{ usedSize: number, backingStorageSize?: number }} */ (
          await session.send('Runtime.getHeapUsage')
        )
        if (usage.backingStorageSize === undefined) throw new Error('this Chromium does not tell the memory of arrays')
        return usage.usedSize + usage.backingStorageSize
      }
      try {
        for (let i = 0; i < 3; i++) await overview(days)
        // Two others take its place.
        for (const each of [1, 2]) await overview(each)
        const before = await used()
        await overview(days)
        return (await used()) - before
      } finally {
        await session.detach()
      }
    },
    /** @param {string} path */
    async importFile(path) {
      await page.setInputFiles('#file', path)
      const renderers = renderersBelow(process.pid)
      for (const pid of renderers) forgetPeak(pid)
      const before = Math.max(...renderers.map(peakOf))
      const took = await page.evaluate(() =>
        /** @type {{ bench: Bench }} */ (/** @type {unknown} */ (globalThis)).bench.importChosenFile(),
      )
      const peak = Math.max(...renderers.map(peakOf))
      const peakMb = Number.isFinite(peak)
        ? `${Math.round(peak)} MB (${Math.round(before)} MB before)`
        : 'not known here'
      return { seconds: took / 1000, peakMb }
    },
    async reload() {
      await page.reload()
      await ready()
    },
    async close() {
      await context.close()
      server.kill('SIGTERM')
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

/**
 * Chromium's tabs, workers included, among the descendants of a process. None where there is no /proc.
 * @param {number} ancestor
 * @returns {number[]}
 */
function renderersBelow(ancestor) {
  if (!existsSync('/proc/self/status')) return []
  const pids = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
  return pids.filter(pid => textOf(`/proc/${pid}/cmdline`).includes('--type=renderer') && isBelow(pid, ancestor))
}

/** @param {number} pid @param {number} ancestor @returns {boolean} */
function isBelow(pid, ancestor) {
  const parent = Number(/^PPid:\s*(\d+)/m.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0)
  return parent === ancestor || (parent > 1 && isBelow(parent, ancestor))
}

/** Largest resident memory in MB. @param {number} pid */
function peakOf(pid) {
  return Number(/^VmHWM:\s*(\d+)/m.exec(textOf(`/proc/${pid}/status`))?.[1] ?? Number.NaN) / 1024
}

/** The peak is measured anew from here on. @param {number} pid */
function forgetPeak(pid) {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5')
  } catch {
    // Not allowed here: the peak is then the one since the tab began.
  }
}

/** Empty for a process that has just ended. @param {string} path */
function textOf(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
