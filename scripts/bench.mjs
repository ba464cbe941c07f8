/**
 * `npm run bench`: prints figures, fails on nothing. Builds the app and the benchmarks, then measures decoders and importers in
 * Node, the store and the reports in Chromium, and what the first load costs. Single runs: orders of magnitude.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { root } from './inputs.mjs'
import { ensureChromium, ensurePackages } from './install.mjs'
import { requireNode } from './node.mjs'

const MEGABYTE = 1e6
/** Gives 50 MB of sample export. */
const LARGE_BYTES = 50 * MEGABYTE

requireNode()
if (!(await ensurePackages())) process.exit(1)
const { build, buildBenchPage, buildForNode, isBuilt } = await import('./build.mjs')
const folder = mkdtempSync(join(tmpdir(), 'basalt-bench-'))
const program = join(root, 'dist', 'bench', 'node', 'node.js')

try {
  if (!isBuilt()) await build()
  await buildForNode('bench/node.ts', join(root, 'dist', 'bench', 'node'), 'node.js')
  print('', `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`)
  await loads()
  await decoding()
  await statistics()
  await reading()
  const large = await importing()
  await inChromium(large)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function loads() {
  heading('First load, gzip')
  const { loadSizes } = await import('./loadSizes.mjs')
  const { script, css, workers, charts } = loadSizes(join(root, 'dist', 'app'))
  print('page: script', kilobytes(script))
  print('page: style', kilobytes(css))
  // `client.ts` starts the device worker when a device page asks for it; `test/e2e/firstLoad.test.ts` watches over that.
  const [later, atOnce] = [true, false].map(is => workers.filter(({ name }) => name.startsWith('device.') === is))
  for (const { name, bytes } of atOnce ?? []) print(`worker started with the page: ${name}`, kilobytes(bytes))
  print('scripts in all', kilobytes(script + (atOnce ?? []).reduce((sum, { bytes }) => sum + bytes, 0)))
  for (const { name, bytes } of later ?? []) print(`when a device page opens: ${name}`, kilobytes(bytes))
  print('charts, when a report opens', charts === undefined ? 'not found' : kilobytes(charts))
}

async function decoding() {
  heading('Decoding')
  for (const driver of readdirSync(join(root, 'src', 'devices'))) {
    if (!existsSync(join(root, 'src', 'devices', driver, 'simulator.ts'))) continue
    await measured(driver, async () => {
      const { records, bytes, megabytesPerSecond } = await inNode('decode', driver)
      return `${megabytesPerSecond.toFixed(1)} MB/s (${records} records in ${kilobytes(bytes)})`
    })
  }
  for (const [folder, model] of /** @type {const} */ ([
    ['522-contour-next-link', '522'],
    ['723-stick', '723'],
  ])) {
    const pages = join(root, '..', 'shared', 'captures', 'paradigm', folder)
    const name = `Paradigm ${model}: history pages checked and cut`
    if (!existsSync(pages)) print(name, 'no captures beside the checkout')
    else {
      await measured(name, async () => {
        const { pagesPerSecond, recordsPerPage } = await inNode('pages', pages, model)
        return `${Math.round(pagesPerSecond)} pages/s (${Math.round(recordsPerPage)} records a page)`
      })
      await measured(`Paradigm ${model}: history pages to final records`, async () => {
        const { pagesPerSecond, recordsPerPage } = await inNode('page-records', pages, model)
        return `${Math.round(pagesPerSecond)} pages/s of one core (${Math.round(recordsPerPage)} records a page)`
      })
    }
  }
  for (const what of ['pump', 'all']) {
    const name = what === 'pump' ? 'the pump alone' : 'pump and sensor'
    await measured(`MiniMed 600: 90 days to final records, ${name}`, async () => {
      const path = join(folder, `minimed-600-${what}`)
      const { blocks } = await inNode('sample-600', path, what)
      const { records, firstMs, coreMs, clockMs, baseMb, peakMb } = await inNode('decode-600', path)
      const memory = `peak ${Math.round(peakMb)} MB (${Math.round(baseMb)} MB before)`
      const times = `${ms(coreMs)} of one core (${ms(clockMs)} by the clock), the first time ${ms(firstMs)}`
      return `${times}; ${records} records in ${blocks} blocks; ${memory}`
    })
  }
}

async function statistics() {
  heading('Statistics alone, of five-minute glucose')
  for (const days of [90, 365]) {
    await measured(`${days} days`, async () => {
      const { values, medianMs } = await inNode('statistics', String(days))
      return `${medianMs.toFixed(1)} ms (${values} values)`
    })
  }
}

async function reading() {
  heading('Reading a simulated Paradigm pump with 36 pages: its own time against what radio and bus need at least')
  for (const way of ['stick', 'link']) {
    await measured(way, async () => {
      const { tookMs, wireMs } = await inNode('wire', way)
      return `${(tookMs / wireMs).toFixed(3)} (${(tookMs / 1000).toFixed(1)} s of ${(wireMs / 1000).toFixed(1)} s)`
    })
  }
  heading('Reading a simulated MiniMed 640G with 90 days, pump and sensor: its own time against what its radio needs')
  await measured('link meter', async () => {
    const { tookMs, wireMs, prescribedMs } = await inNode('wire', 'minimed-600')
    const beyond = `${((tookMs - wireMs - prescribedMs) / 1000).toFixed(1)} s beyond what the protocol prescribes`
    return `${(tookMs / wireMs).toFixed(3)} (${(tookMs / 1000).toFixed(1)} s of ${(wireMs / 1000).toFixed(1)} s; ${beyond})`
  })
}

/** @returns {Promise<string>} path of the large sample */
async function importing() {
  heading('Importing in Node: importer and day chunks, without the database; memory is the whole process')
  const largest = largestCapture()
  if (largest) await measured(`largest capture, ${basename(largest)}`, () => importLine(largest))
  else print('largest capture', 'no captures beside the checkout')

  const path = join(folder, 'large.csv')
  // The last weeks of a sample hold more than the days before, so what a day adds is measured beyond them.
  const month = await inNode('sample', path, '30')
  const twoMonths = await inNode('sample', path, '60')
  const days = 30 + Math.ceil((30 * (LARGE_BYTES - month.bytes)) / (twoMonths.bytes - month.bytes))
  const { bytes, rows } = await inNode('sample', path, String(days))
  print('sample export written', `${(bytes / MEGABYTE).toFixed(1)} MB, ${rows} rows, ${days} days`)
  await measured('sample export', () => importLine(path))
  return path
}

/** @param {string} path */
async function importLine(path) {
  const { records, seconds, peakMb, baseMb, bytes } = await inNode('import', path)
  const speed = `${Math.round(records / seconds)} records/s, ${(bytes / MEGABYTE / seconds).toFixed(1)} MB/s`
  return `${seconds.toFixed(2)} s for ${records} records, ${speed}; peak ${Math.round(peakMb)} MB (${Math.round(baseMb)} MB before)`
}

/** @param {string} large path of the large sample */
async function inChromium(large) {
  heading('In Chromium, with the real store')
  const missing = await ensureChromium()
  if (missing) return print('not run', missing)
  await buildBenchPage(join(root, 'dist', 'bench', 'page'))
  const { openBenchPage } = await import('./benchPage.mjs')
  const year = join(folder, 'year.csv')
  await inNode('sample', year, '400')

  const page = await openBenchPage(join(root, 'dist', 'bench', 'page'))
  try {
    for (const years of [1, 10]) {
      await measured(`${years} year${years === 1 ? '' : 's'} of 5-minute glucose`, async () => {
        const { values, collectMs, writeMs, readMs } = await page.years(years)
        return `${values} values: sorted in ${ms(collectMs)}, written in ${ms(writeMs)}, read in ${ms(readMs)}`
      })
    }
    await measured('import of 400 days of sample export', async () => {
      const { seconds, peakMb } = await page.importFile(year)
      return `${seconds.toFixed(2)} s; peak of the tab ${peakMb}`
    })
    for (const days of [14, 90, 365]) {
      await measured(`overview of ${days} days`, async () => {
        await page.reload()
        const { openMs, coldMs, warmMs } = await page.overview(days)
        return `${ms(coldMs)} from the cold store, ${ms(warmMs)} warm (opening ${ms(openMs)})`
      })
    }
    await measured('memory held after a report of 365 days, for the next one', async () => {
      await page.reload()
      return `${((await page.heldBytes(365)) / 2 ** 20).toFixed(1)} MiB`
    })
    await reportModels(page, [14, 90, 365])
  } finally {
    await page.close()
  }
  await tenYears()
  heading('Opening reports of 90 days in the built app: the longest task of the window, in processor time')
  try {
    const { measureReports } = await import('./benchReports.mjs')
    for await (const { name, firstMs, laterMs } of measureReports(3)) {
      print(name, `${ms(firstMs)} the first time, ${ms(laterMs)} later`)
    }
  } catch (error) {
    print('reports', failed(error))
  }
  heading('In Chromium, beyond the store')
  const { measurePdf } = await import('./benchPdf.mjs')
  await measured('PDF of the usual reports of 14 days', async () => {
    const { firstMs, laterMs, said, bytes } = await measurePdf()
    return `${ms(firstMs)} the first time, ${ms(laterMs)} later (${said}, ${kilobytes(bytes)})`
  })
  await measured(
    `import of ${(statSync(large).size / MEGABYTE).toFixed(1)} MB of sample export, fresh browser`,
    async () => {
      const fresh = await openBenchPage(join(root, 'dist', 'bench', 'page'))
      try {
        const { seconds, peakMb } = await fresh.importFile(large)
        return `${seconds.toFixed(1)} s; peak of the tab ${peakMb}`
      } finally {
        await fresh.close()
      }
    },
  )
}

/**
 * Page models of all reports; a line for each period.
 * @param {Awaited<ReturnType<typeof import('./benchPage.mjs').openBenchPage>>} page
 * @param {readonly number[]} periods days
 */
async function reportModels(page, periods) {
  const kinds = await page.reportKinds()
  for (const days of periods) {
    heading(`Page models of ${days} days, ready in the worker: from the cold store, warm`)
    for (const kind of kinds) {
      await measured(kind, async () => {
        const { coldMs, warmMs } = await page.report(kind, days)
        return `${ms(coldMs)}, ${ms(warmMs)}`
      })
    }
  }
}

async function tenYears() {
  const path = join(folder, 'ten-years.csv')
  await inNode('sample', path, '3653')
  const { openBenchPage } = await import('./benchPage.mjs')
  const page = await openBenchPage(join(root, 'dist', 'bench', 'page'))
  try {
    await page.importFile(path)
    await reportModels(page, [3650])
  } finally {
    await page.close()
  }
}

/** @param {...string} words */
async function inNode(...words) {
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...words], { maxBuffer: 1e8 })
  return JSON.parse(stdout)
}

/**
 * One figure; what goes wrong is printed in its place.
 * @param {string} name
 * @param {() => Promise<string>} measure
 */
async function measured(name, measure) {
  try {
    print(name, await measure())
  } catch (error) {
    print(name, failed(error))
  }
}

/** @param {unknown} error */
function failed(error) {
  return `failed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`
}

/** The largest file beside the checkout that an importer may know. */
function largestCapture() {
  const captures = join(root, '..', 'shared', 'captures', 'carelink-csv')
  if (!existsSync(captures)) return undefined
  const files = readdirSync(captures)
    .filter(name => name.endsWith('.csv'))
    .map(name => join(captures, name))
  return files.sort((a, b) => statSync(b).size - statSync(a).size)[0]
}

/** @param {string} title */
function heading(title) {
  process.stdout.write(`\n${title}\n`)
}

/** @param {string} name @param {string} figure */
function print(name, figure) {
  process.stdout.write(name === '' ? `${figure}\n` : `  ${name}: ${figure}\n`)
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`
}

/** @param {number} time */
function ms(time) {
  return `${time < 10 ? time.toFixed(1) : Math.round(time)} ms`
}
