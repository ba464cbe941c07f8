/**
 * `npm test`: installs what it needs, then checks, unit tests, browser tests, builds, and end-to-end tests. The last line
 * is the sum of all: "N passed, N failed" or "N passed, N failed, N skipped". Plain Node until the packages are there.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './inputs.mjs'
import { ensureChromium, ensurePackages } from './install.mjs'
import { requireNode } from './node.mjs'
import { installed, run } from './run.mjs'
import { closingLine, countOf, sum } from './tally.mjs'

/** @typedef {import('./tally.mjs').Tally} Tally */

const reports = join(root, 'test-results')

/** @type {Tally} */
let total = { passed: 0, failed: 0, skipped: 0 }

/** @param {Tally} tally */
const add = tally => {
  total = sum(total, tally)
}

/** @param {string} why */
const fail = why => {
  process.stdout.write(`FAILED ${why}\n`)
  add({ passed: 0, failed: 1, skipped: 0 })
}

requireNode()
await everything()
process.stdout.write(`${closingLine(total)}\n`)
process.exitCode = total.failed === 0 ? 0 : 1

async function everything() {
  if (!(await ensurePackages())) return fail('packages could not be installed')
  rmSync(reports, { recursive: true, force: true })
  mkdirSync(reports, { recursive: true })

  heading('check')
  const { check } = await import('./check.mjs')
  add({ ...(await check()), skipped: 0 })

  await vitest('node')

  const missing = await ensureChromium()
  if (missing) return fail(missing)
  await vitest('browser')

  heading('build')
  const built = (await run(process.execPath, [join(root, 'scripts', 'build.mjs')])) === 0
  if (!built) return fail('the build; end-to-end tests need it')
  add({ passed: 1, failed: 0, skipped: 0 })
  await vitest('e2e')
}

/**
 * Runs one of the projects of `vitest.config.ts` and adds up its report.
 * @param {string} project
 */
async function vitest(project) {
  heading(project)
  const report = join(reports, `${project}.json`)
  const status = await run(installed('vitest'), [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  add(countOf(report, status))
}

/** @param {string} title */
function heading(title) {
  process.stdout.write(`\n== ${title}\n`)
}
