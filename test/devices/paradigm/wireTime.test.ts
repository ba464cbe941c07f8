/** How long a read takes, against what radio and bus need at least: the simulated bridges count it. */
import { expect, it } from 'vitest'
import { busMs, radioMs } from '#devices/paradigm/simulate/stick.ts'
import type { Way } from './readPump.ts'
import { readTimed } from './wireTime.ts'

it.each<readonly [Way, boolean]>([
  ['stick', false],
  ['stick', true],
  ['link', false],
])(
  'reads 36 pages through the %s in at most 1.05 × the time that the wire needs (asleep: %s)',
  async (way, isAsleep) => {
    const { tookMs, wireMs, pages, written } = await readTimed(way, isAsleep)
    expect(pages).toBe(36)
    expect(tookMs / wireMs).toBeLessThanOrEqual(1.05)
    expect(tookMs).toBeGreaterThanOrEqual(wireMs)
    // Without flooding it: the program that others use asks ten times a second.
    expect(written / (tookMs / 1000)).toBeLessThan(15)
  },
)

it('counts what was measured on a real stick: a page 2.6 s, 36 pages 95 to 110 s', () => {
  const pageMs = radioMs.firstFrame + 15 * radioMs.frame + 3 * busMs
  expect(pageMs).toBeGreaterThan(2500)
  expect(pageMs).toBeLessThan(2700)
  expect(36 * pageMs).toBeLessThan(110_000)
})
