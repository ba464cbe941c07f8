/** Comparing a computed number with a published one; the tolerances are those of the captures' readme. */
import { expect } from 'vitest'

/** Equal to a millionth of the published number, as the captures' readme says: a published zero is zero. */
export function expectClose(actual: number, expected: number, what: string): void {
  expectWithin(actual, expected, 1e-6 * Math.abs(expected), what)
}

/** Equal to within `tolerance`, in the number's own unit. */
export function expectWithin(actual: number, expected: number, tolerance: number, what: string): void {
  expect(Math.abs(actual - expected), `${what}: ${actual} for ${expected}`).toBeLessThanOrEqual(tolerance)
}
