/** The class of a drawn value: decided in the unit of its device. Vectors: metrics sheet §1.4. */
import { describe, expect, test } from 'vitest'
import { rangeSets } from '#records/preferences.ts'
import { GlucoseFlag } from '#records/series.ts'
import { rangeOf } from '#ui/charts/rangeOf.ts'

describe('a value in whole mg/dL', () => {
  test.each([
    [53, 'veryLow'],
    [54, 'low'],
    [69, 'low'],
    [70, 'target'],
    [180, 'target'],
    [181, 'high'],
    [250, 'high'],
    [251, 'veryHigh'],
    // LO and HI stand one step outside what the device can measure.
    [39, 'veryLow'],
    [401, 'veryHigh'],
  ] as const)('of %i is %s by the standard set', (mgdl, name) => {
    expect(rangeOf(mgdl, 0, rangeSets.standard)).toBe(name)
  })
})

describe('a value in tenths of mmol/L', () => {
  test.each([
    [29, 'veryLow'],
    [30, 'low'],
    [38, 'low'],
    [39, 'target'],
    [100, 'target'],
    [101, 'high'],
    [139, 'high'],
    [140, 'veryHigh'],
  ] as const)('of %i tenths is %s by the standard set', (tenths, name) => {
    expect(rangeOf(tenths, GlucoseFlag.Mmol, rangeSets.standard)).toBe(name)
  })
})

test('a set without a class never gives it', () => {
  expect(rangeOf(20, 0, rangeSets.older)).toBe('low')
  expect(rangeOf(500, 0, rangeSets.pregnancy)).toBe('high')
  expect(rangeOf(280, GlucoseFlag.Mmol, rangeSets.pregnancy)).toBe('high')
})
