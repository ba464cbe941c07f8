/**
 * `npm run build`: the app with its service worker, the server, and the `records` command, all into `dist/`.
 * Does nothing when `dist/` was made from just these sources; `--force` builds all the same.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { hashOfBuildInputs, root } from './inputs.mjs'

const dist = join(root, 'dist')
const stampFile = join(dist, 'inputs.sha256')

/** What a whole build leaves; one that somebody deleted in part counts as none. */
const results = [join('app', 'index.html'), join('app', 'sw.js'), join('server', 'main.js'), join('cli', 'records.js')]

/** True when `dist/` was built from the sources as they are. */
export function isBuilt() {
  if (!results.every(path => existsSync(join(dist, path)))) return false
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hashOfBuildInputs()
}

/**
 * Builds everything. Throws when a part cannot be built; `dist/` then counts as stale.
 * @param {{ quiet?: boolean }} [options]
 */
export async function build({ quiet = false } = {}) {
  const inputs = hashOfBuildInputs()
  rmSync(stampFile, { force: true })
  const started = performance.now()
  await buildApp(join(dist, 'app'))
  await buildForNode('server/main.ts', join(dist, 'server'), 'main.js')
  await buildForNode('src/cli/records.ts', join(dist, 'cli'), 'records.js')
  writeFileSync(stampFile, inputs)
  if (!quiet) process.stdout.write(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s\n`)
}

/**
 * The page, its workers and the service worker.
 * @param {string} outDir
 */
export async function buildApp(outDir) {
  await viteBuild({ build: { outDir, emptyOutDir: true } })
  await buildServiceWorker(outDir)
}

/**
 * Always the production build: test runners set NODE_ENV, and Vite would follow it.
 * @param {import('vite').InlineConfig} config
 */
async function viteBuild(config) {
  const vite = await import('vite')
  const before = process.env['NODE_ENV']
  process.env['NODE_ENV'] = 'production'
  try {
    await vite.build({ root, logLevel: 'warn', ...config })
  } finally {
    if (before === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = before
  }
}

/**
 * Precaches the whole app, so that it works offline from its first visit on. A new version waits until the person
 * takes it (the page then sends `{ type: 'SKIP_WAITING' }`): a device read may be running. Source: stack sheet §2.
 * @param {string} folder of the built app
 */
export async function buildServiceWorker(folder) {
  const { generateSW } = await import('workbox-build')
  const { warnings } = await generateSW({
    globDirectory: folder,
    globPatterns: ['**/*.{html,js,css,png,svg,ttf,webmanifest}'],
    swDest: join(folder, 'sw.js'),
    mode: 'production',
    sourcemap: false,
    // One file without importScripts, so that the policy stays `script-src 'self'`.
    inlineWorkboxRuntime: true,
    cleanupOutdatedCaches: true,
    skipWaiting: false,
    clientsClaim: false,
    navigateFallback: '/index.html',
    navigateFallbackDenylist: [/^\/api\//, /^\/v1\//],
    dontCacheBustURLsMatching: /-[\w-]{8}\./,
  })
  if (warnings.length > 0) throw new Error(`The service worker leaves something out: ${warnings.join(' ')}`)
}

/**
 * The benchmarks' page with the app's workers.
 * @param {string} outDir
 */
export async function buildBenchPage(outDir) {
  const vite = await import('vite')
  await vite.build({
    root: join(root, 'bench', 'page'),
    configFile: join(root, 'vite.config.ts'),
    publicDir: false,
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
  })
}

/**
 * One command for Node with everything it needs inside, so that `dist/` runs without `node_modules`.
 * @param {string} entry
 * @param {string} outDir
 * @param {string} name
 */
export async function buildForNode(entry, outDir, name) {
  await viteBuild({
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        checks: { bundlerTimings: false },
        output: { entryFileNames: name, chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (!process.argv.includes('--force') && isBuilt()) process.stdout.write('Nothing to build: dist/ is up to date\n')
  else await build()
}
