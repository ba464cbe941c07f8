/**
 * What a build is made from, as one hash: tells a fresh build from a stale one, and names the build in the app.
 * Plain Node, nothing installed needed.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

const buildInputs = [
  'index.html',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
  'public',
  'scripts/build.mjs',
  'scripts/inputs.mjs',
  'server',
  'src',
]

/**
 * 64 hex digits over names and contents of all files below the given files and folders.
 * @param {readonly string[]} places relative to the repository
 */
export function hashOf(places) {
  const hash = createHash('sha256')
  for (const path of places.flatMap(filesBelow)) {
    const content = readFileSync(join(root, path))
    hash.update(`${path.split(sep).join('/')}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

export const hashOfBuildInputs = () => hashOf(buildInputs)

/**
 * Files at or below a place, sorted, relative to the repository; none when there is no such place.
 * @param {string} place
 * @returns {string[]}
 */
export function filesBelow(place) {
  const path = join(root, place)
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [place]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(root, join(entry.parentPath, entry.name)))
    .sort()
}
