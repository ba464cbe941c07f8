/** What the built app costs to load, in bytes after gzip, by following its imports from `index.html`. */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'

/**
 * @param {string} app folder of the built app
 * @returns {{ script: number, css: number, workers: { name: string, bytes: number }[], charts: number | undefined }}
 *   charts: the chunk with Chart.js and what it alone brings; undefined when the entry holds it or nobody does
 */
export function loadSizes(app) {
  const html = readFileSync(join(app, 'index.html'), 'utf8')
  const entries = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(match => match[1] ?? '')
  const scripts = closure(
    app,
    entries.filter(path => path.endsWith('.js')),
  )
  const styles = entries.filter(path => path.endsWith('.css'))
  const workers = new Set(
    scripts.flatMap(path =>
      [...textOf(app, path).matchAll(/assets\/[\w.-]*worker-[\w-]+\.js/g)].map(match => match[0]),
    ),
  )
  const chartsEntry = lazyChunks(app, scripts).find(path =>
    closure(app, [path]).some(each => isCharts(textOf(app, each))),
  )
  const charts = chartsEntry && closure(app, [chartsEntry]).filter(path => !scripts.includes(path))
  return {
    script: gzipped(app, scripts),
    css: gzipped(app, styles),
    workers: [...workers].map(path => ({ name: basename(path), bytes: gzipped(app, closure(app, [path])) })),
    charts: charts ? gzipped(app, charts) : undefined,
  }
}

/** Chart.js names its registry's kinds so; minifying keeps texts. @param {string} text */
const isCharts = text => text.includes('is not a registered')

/**
 * The files and everything they import statically, each once.
 * @param {string} app
 * @param {readonly string[]} paths
 */
function closure(app, paths) {
  const found = new Set(paths)
  for (const path of found) {
    for (const [, name = ''] of textOf(app, path).matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)) {
      found.add(`assets/${name}`)
    }
  }
  return [...found]
}

/**
 * Chunks that are loaded when needed.
 * @param {string} app
 * @param {readonly string[]} paths
 */
function lazyChunks(app, paths) {
  const names = paths.flatMap(path => [...textOf(app, path).matchAll(/import\(\s*["'`]\.\/([\w.-]+\.js)["'`]\s*\)/g)])
  return [...new Set(names.map(([, name = '']) => `assets/${name}`))]
}

/** @param {string} app @param {string} path */
const textOf = (app, path) => readFileSync(join(app, path), 'utf8')

/** @param {string} app @param {readonly string[]} paths */
const gzipped = (app, paths) =>
  paths.reduce((sum, path) => sum + gzipSync(readFileSync(join(app, path)), { level: 9 }).length, 0)
