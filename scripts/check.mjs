/** `npm run check`: types, lint, format, unused; everything that needs no test to run. */
import { pathToFileURL } from 'node:url'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './inputs.mjs'
import { installed, runQuietly } from './run.mjs'

/** Folders with code of our own; over the whole tree the linter would also read installed packages. */
const folders = ['src', 'server', 'scripts', 'bench', 'test'].filter(folder => existsSync(join(root, folder)))

/** @type {readonly { name: string, command: string, args: readonly string[] }[]} */
const steps = [
  { name: 'types', command: installed('tsc'), args: ['--noEmit'] },
  { name: 'lint', command: installed('oxlint'), args: ['--type-aware', '--deny-warnings', ...folders] },
  { name: 'format', command: installed('biome'), args: ['format', '--max-diagnostics=50', '.'] },
  { name: 'unused', command: installed('knip'), args: ['--no-progress'] },
]

/**
 * Runs all steps and prints what each found.
 * @returns {Promise<{ passed: number, failed: number }>} counted in steps
 */
export async function check() {
  let failed = 0
  for (const { name, command, args } of steps) {
    const started = performance.now()
    const { status, output } = await runQuietly(command, args)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    process.stdout.write(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`)
    if (status !== 0) {
      failed++
      process.stdout.write(`${output}\n`)
    }
  }
  return { passed: steps.length - failed, failed }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { failed } = await check()
  process.exitCode = failed === 0 ? 0 : 1
}
