/**
 * Brings what a command needs and finds missing: the packages of the lock file, and for browser tests the system's
 * Chromium with a font. Plain Node, nothing installed needed.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromiumPlaces } from './chromium.mjs'
import { root } from './inputs.mjs'
import { run } from './run.mjs'

/** @typedef {Record<string, { version?: string, optional?: boolean }>} LockedPackages */

/** True when every package is there in the version that the lock file names. Optional ones may be missing. */
function packagesAreInstalled() {
  const wanted = lockedPackages(join(root, 'package-lock.json'))
  const there = lockedPackages(join(root, 'node_modules', '.package-lock.json'))
  return Object.entries(wanted).every(([path, { version, optional }]) =>
    path === '' ? true : there[path] ? there[path].version === version : optional === true,
  )
}

/**
 * @param {string} path
 * @returns {LockedPackages}
 */
function lockedPackages(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {}
}

/**
 * Installs the packages if something is missing. No dependency's install script runs; none is needed.
 * @returns {Promise<boolean>} false when it failed
 */
export async function ensurePackages() {
  if (packagesAreInstalled()) return true
  process.stderr.write('Installing packages …\n')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  // To the error stream: the output of `npm run records` is records and nothing else.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const status = await run(npm, args, { output: 2 })
  if (status !== 0) process.stderr.write('"npm ci" failed, see above. Is the package registry reachable?\n')
  return status === 0
}

const fontFolders = ['/usr/share/fonts', '/usr/local/share/fonts']

/**
 * Finds Chromium, or installs Debian's package as root.
 * @returns {Promise<string | undefined>} why browser tests cannot run; undefined when they can
 */
export async function ensureChromium() {
  const named = process.env['CHROMIUM']
  if (named && !existsSync(named)) return `CHROMIUM names ${named}, where there is no browser.`
  const needed = [...(chromiumIsThere() ? [] : ['chromium']), ...(fontIsThere() ? [] : ['fonts-dejavu-core'])]
  if (needed.length === 0) return undefined
  const names = needed.join(' and ')
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    if (chromiumIsThere()) return undefined
    return `Browser tests need ${names}. On Debian: "apt-get install ${needed.join(' ')}" as root; elsewhere set CHROMIUM to the browser's path.`
  }
  process.stdout.write(`Installing ${names} …\n`)
  process.env['DEBIAN_FRONTEND'] = 'noninteractive'
  const updated = await run('apt-get', ['update', '-qq'])
  const status = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...needed])
  if (chromiumIsThere()) return undefined
  return `Browser tests need ${names}, and apt-get could not install it (update ended with ${updated}, install with ${status}).`
}

const chromiumIsThere = () => chromiumPlaces.some(place => existsSync(place))

const fontIsThere = () =>
  fontFolders.some(
    folder =>
      existsSync(folder) &&
      readdirSync(folder, { recursive: true }).some(name => /\.(?:ttf|otf|pfb|ttc)$/i.test(String(name))),
  )
