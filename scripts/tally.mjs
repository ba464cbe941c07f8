/** Adds up the reports of test runs, so that nothing that failed can end in a green line. */
import { readFileSync } from 'node:fs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/**
 * @param {Tally} a
 * @param {Tally} b
 * @returns {Tally}
 */
export const sum = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
})

/** @param {Tally} tally */
export const closingLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`

/**
 * Counts of one vitest JSON report. A file that failed before its first test counts as one failure, and so does a run
 * that ended badly without naming a test: no report, no tests found, an unhandled rejection.
 * @param {string} path of the report
 * @param {number} status exit status of the run
 * @returns {Tally}
 */
export function countOf(path, status) {
  const report = readReport(path)
  const failedFiles = (report?.testResults ?? []).filter(
    file => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  ).length
  const passed = report?.numPassedTests ?? 0
  const failed = (report?.numFailedTests ?? 0) + failedFiles
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0)
  const endedBadly = status !== 0 || passed === 0
  return { passed, failed: endedBadly && failed === 0 ? 1 : failed, skipped }
}

/**
 * @typedef {{
 *   numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[]
 * }} VitestReport
 */

/**
 * @param {string} path
 * @returns {VitestReport | undefined}
 */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
