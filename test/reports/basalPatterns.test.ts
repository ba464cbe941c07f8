/** What a pattern gives in a day, worked out by hand. */
import { expect, it } from 'vitest'
import { HOUR_MS } from '#records/time.ts'
import { patternUnitsPerDay } from '#reports/basalPatterns.ts'

const at = (hours: number, unitsPerHour: number) => ({ startMs: hours * HOUR_MS, unitsPerHour })

it('adds rate times hours from step to step and to midnight', () => {
  // 4 h × 0.725 + 4 h × 0.825 + 4 h × 0.85 + 12 h × 0.725 = 2.9 + 3.3 + 3.4 + 8.7.
  expect(patternUnitsPerDay([at(0, 0.725), at(4, 0.825), at(8, 0.85), at(12, 0.725)])).toBeCloseTo(18.3, 9)
  // 6.5 h × 1 + 17.5 h × 0.4 = 6.5 + 7, in any order.
  expect(patternUnitsPerDay([at(6.5, 0.4), at(0, 1)])).toBeCloseTo(13.5, 9)
  expect(patternUnitsPerDay([at(0, 0)])).toBe(0)
})

it('says nothing of a day of which a part is not known', () => {
  expect(patternUnitsPerDay([])).toBeUndefined()
  expect(patternUnitsPerDay([at(1, 0.5)])).toBeUndefined()
  expect(patternUnitsPerDay([at(0, 0.5), at(6, 0.7), at(6, 0.8)])).toBeUndefined()
  expect(patternUnitsPerDay([at(0, Number.NaN)])).toBeUndefined()
  expect(patternUnitsPerDay([at(0, 0.5), at(24, 0.7)])).toBeUndefined()
})
