/** The sum behind "N passed, N failed": whatever went wrong, something is counted as failed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { closingLine, countOf, sum } from '../../scripts/tally.mjs'

const folder = mkdtempSync(join(tmpdir(), 'basalt-tally-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const green = { numPassedTests: 7, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1, testResults: [] }

function report(content: unknown): string {
  const path = join(folder, `${Math.random()}.json`)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

test('counts passed, failed and skipped tests', () => {
  expect(countOf(report(green), 0)).toEqual({ passed: 7, failed: 0, skipped: 3 })
  expect(countOf(report({ ...green, numFailedTests: 2 }), 1)).toEqual({ passed: 7, failed: 2, skipped: 3 })
})

test('a file that broke before its first test is one failure', () => {
  const testResults = [
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{ status: 'failed' }] },
  ]
  expect(countOf(report({ ...green, numFailedTests: 1, testResults }), 1).failed).toBe(2)
})

test.each([
  ['ended badly without a failed test', report(green), 1],
  ['left no report', join(folder, 'nowhere.json'), 0],
  ['left half a report', report('{"numPassed'), 0],
  ['had no test in it', report({ ...green, numPassedTests: 0 }), 0],
])('a run that %s is one failure', (_, path, status) => {
  expect(countOf(path, status).failed).toBe(1)
})

test('sums are written as one line', () => {
  const total = sum({ passed: 1, failed: 0, skipped: 0 }, { passed: 2, failed: 3, skipped: 0 })
  expect(closingLine(total)).toBe('3 passed, 3 failed')
  expect(closingLine({ ...total, skipped: 4 })).toBe('3 passed, 3 failed, 4 skipped')
})
