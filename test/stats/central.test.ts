/** Central values and the R package's percent time active on values made by hand. Metrics sheet §5, §6 and §8. */
import { describe, expect, it } from 'vitest'
import { MINUTE_MS } from '#records/time.ts'
import { percentActiveByGaps } from '#stats/activePercent.ts'
import { gmiMmolPerMol, gmiPercent, interquartileRange } from '#stats/central.ts'

it.each([
  // The published check points of Bergenstal 2018.
  [100, '5.7'],
  [150, '6.9'],
  [200, '8.1'],
  [350, '11.7'],
])('gives GMI of %d mg/dL as %s percent', (mean, shown) => {
  expect(gmiPercent(mean).toFixed(1)).toBe(shown)
})

it('gives GMI in mmol/mol by its own line', () => {
  // 180.1559 mg/dL are 10 mmol/L: 12.71 + 4.70587 * 10.
  expect(gmiMmolPerMol(180.1559)).toBeCloseTo(59.7687, 10)
})

it('spans the middle half of the values', () => {
  // Quartiles of type 7: 1.75 and 5.
  expect(interquartileRange([1, 2, 4, 8])).toBe(3.25)
  expect(interquartileRange([7])).toBe(0)
  expect(interquartileRange([])).toBeNaN()
})

describe('percent time active by gaps', () => {
  const active = (minutes: readonly number[]) =>
    percentActiveByGaps(Float64Array.from(minutes, minute => minute * MINUTE_MS))

  it.each([
    ['no gap', [0, 5, 10, 15], 100],
    // Seven fit; those at 10, 15 and 20 are missing.
    ['one gap', [0, 5, 25, 30], 100 * (4 / 7)],
    // Five fit into 22 minutes; 12.4 count as 12, of which 7 are lost: one value.
    ['a gap that is no multiple of the interval', [0, 5, 17.4, 22.4], 80],
    ['quarters of an hour', [0, 15, 30, 60], 80],
  ])('%s', (_, minutes, percent) => {
    expect(active(minutes)).toBeCloseTo(percent, 10)
  })

  it('says nothing of a single value', () => {
    expect(active([0])).toBeNaN()
    expect(active([])).toBeNaN()
  })
})
