/**
 * `npm run --silent records`: decodes downloads, captures and import files on the command line. Installs and builds
 * what it needs first; the program itself is `src/cli/records.ts`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { hashOf, root } from './inputs.mjs'
import { ensurePackages } from './install.mjs'
import { requireNode } from './node.mjs'

const folder = join(root, 'dist', 'cli')
const stampFile = join(folder, 'inputs.sha256')

requireNode()
if (!(await ensurePackages())) process.exit(2)
// Only what the command is made of: it must work while the page's sources are being edited.
const inputs = hashOf([
  'package-lock.json',
  'src/bytes',
  'src/cli',
  'src/devices',
  'src/files',
  'src/records',
  'scripts/build.mjs',
])
if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== inputs) {
  const { buildForNode } = await import('./build.mjs')
  await buildForNode('src/cli/records.ts', folder, 'records.js')
  writeFileSync(stampFile, inputs)
}
// npm runs scripts in the repository; the files named are where the person stands.
if (process.env['npm_lifecycle_event'] === 'records') process.chdir(process.env['INIT_CWD'] ?? '.')
await import(pathToFileURL(join(folder, 'records.js')).href)
