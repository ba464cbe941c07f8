/** Histogram, hourly means and moving means, worked out by hand. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rangeSets } from '#records/preferences.ts'
import { deviceDayOf } from '#records/time.ts'
import { histogramOf, hourlyMeans } from '#stats/histogram.ts'
import { movingMean } from '#stats/movingMean.ts'
import { classify } from '#stats/ranges.ts'
import { type Reading, seriesOf, wall } from '../helpers/glucose.ts'

const day = deviceDayOf(wall('2024-03-01'))
const reading = (value: number, i: number, more: Partial<Reading> = {}): Reading => ({
  at: wall('2024-03-01T08:00') + i * 300_000,
  value,
  ...more,
})
const histogram = (readings: readonly Reading[], units: 'mg/dL' | 'mmol/L') => {
  const series = seriesOf(readings)
  return histogramOf(series, classify(series, rangeSets.standard), units)
}

describe('the histogram', () => {
  it('has bins of 10 mg/dL, each cut into its ranges', () => {
    // 53 and 54 are in one bin and of two ranges.
    const found = histogram(
      [53, 54, 69, 70, 79].map((value, i) => reading(value, i)),
      'mg/dL',
    )
    expect(found).toMatchObject({ binWidth: 10, from: 50, count: 5 })
    expect(found?.counts.map(column => [...column])).toEqual([
      [1, 0, 0],
      [1, 1, 0],
      [0, 0, 2],
      [0, 0, 0],
      [0, 0, 0],
    ])
    expect([...(found?.cumulative ?? [])].map(share => Math.round(share * 100))).toEqual([40, 60, 100])
  })

  it('has bins of 0.5 mmol/L', () => {
    const found = histogram(
      [3.8, 3.9, 4, 4.4, 4.5].map((value, i) => reading(value, i, { units: 'mmol/L' })),
      'mmol/L',
    )
    expect(found).toMatchObject({ binWidth: 0.5, from: 3.5 })
    // 3.8 is low; 3.9 to 4.4 are in the target.
    expect(found?.counts.slice(1, 3).map(column => [...column])).toEqual([
      [1, 0, 0],
      [1, 2, 1],
    ])
  })

  it('puts a value where the number shown belongs, and keeps the range of the number stored', () => {
    // 180 mg/dL is shown as 10.0 and 181 as 10.0 too: one bin, but 181 is high.
    const found = histogram([reading(180, 0), reading(181, 1)], 'mmol/L')
    expect(found).toMatchObject({ from: 10 })
    expect(found?.counts.map(column => [...column])).toEqual([[0], [0], [1], [1], [0]])
    // 5.5 mmol/L is 99.09 mg/dL.
    expect(histogram([reading(5.5, 0, { units: 'mmol/L' })], 'mg/dL')).toMatchObject({ from: 90 })
  })

  it('puts LO and HI one step outside the limits', () => {
    const found = histogram([reading(40, 0, { outOfRange: 'low' }), reading(400, 1, { outOfRange: 'high' })], 'mg/dL')
    expect(found?.from).toBe(30)
    expect(found?.cumulative).toHaveLength(38)
  })

  it('loses nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 20, max: 600 }), { minLength: 1, maxLength: 200 }), list => {
        const found = histogram(
          list.map((value, i) => reading(value, i)),
          'mg/dL',
        )
        const counted = found?.counts.flatMap(column => [...column]).reduce((sum, count) => sum + count, 0)
        expect(counted).toBe(list.length)
        expect(found?.cumulative.at(-1)).toBeCloseTo(1, 9)
        for (let bin = 0; bin < (found?.cumulative.length ?? 0); bin++) {
          const low = (found?.from ?? 0) + bin * 10
          const inBin = list.filter(value => value >= low && value < low + 10).length
          expect(found?.counts.reduce((sum, column) => sum + (column[bin] ?? 0), 0)).toBe(inBin)
        }
      }),
    )
  })

  it('is nothing without values', () => {
    expect(histogram([], 'mg/dL')).toBeUndefined()
  })
})

it('gives the mean of each hour of each day, and nothing for empty hours', () => {
  const series = seriesOf(
    (['01T00:00', '01T00:55', '01T01:00', '02T23:59'] as const).map((iso, i) => ({
      at: wall(`2024-03-${iso}`),
      value: 100 + 10 * i,
    })),
  )
  const { mgdl, counts } = hourlyMeans(series, [day, day + 1])
  expect(mgdl[0]).toBe(105)
  expect(mgdl[1]).toBe(120)
  expect(mgdl[47]).toBe(130)
  expect(counts[0]).toBe(2)
  expect([...mgdl].filter(value => !Number.isNaN(value))).toHaveLength(3)
})

it('gives the mean of the last values where enough of them are known', () => {
  expect([...movingMean([1, 2, 6], 2, 1)]).toEqual([1, 1.5, 4])
  expect([...movingMean([1, Number.NaN, 3, 5], 3, 2)]).toEqual([Number.NaN, Number.NaN, 2, 4])
  expect([...movingMean([], 7, 4)]).toEqual([])
})
