/** Finding what the pointer is at. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nearestStop, type Stop } from '#ui/charts/spec.ts'

const stopsAt = (...xs: readonly number[]): readonly Stop[] => xs.map(x => ({ x, text: String(x) }))

describe('the nearest stop', () => {
  test('is none without stops', () => {
    expect(nearestStop([], 5)).toBeUndefined()
  })

  test.each([
    [-100, 0],
    [14, 0],
    [16, 1],
    [20, 1],
    [999, 2],
  ])('of 10, 20, 40 to %i is number %i', (x, index) => {
    expect(nearestStop(stopsAt(10, 20, 40), x)).toBe(index)
  })

  test('is the one a plain search finds', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { minLength: 1 }),
        fc.integer({ min: -50, max: 550 }),
        (values, x) => {
          const sorted = values.toSorted((a, b) => a - b)
          const found = sorted[nearestStop(stopsAt(...sorted), x) ?? -1] ?? Number.NaN
          expect(Math.abs(found - x)).toBe(Math.min(...sorted.map(value => Math.abs(value - x))))
        },
      ),
    )
  })
})
