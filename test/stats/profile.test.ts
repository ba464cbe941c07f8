/** Time-of-day percentiles and whether there is enough for them, on values made by hand. Metrics sheet §5.1, §8. */
import { describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#records/time.ts'
import { profileSufficiency } from '#stats/sufficiency.ts'
import { ambulatoryProfile, profileOf, smoothed } from '#stats/timeOfDay.ts'
import { seriesOf, wall } from '../helpers/glucose.ts'

const start = wall('2024-03-01')
/** Every five minutes from `from` for so many hours. */
const worn = (from: number, hours: number) =>
  Array.from({ length: hours * 12 }, (_, i) => ({ at: from + i * 5 * MINUTE_MS, value: 120 }))

describe('percentiles by time of day', () => {
  it('takes each value into the slot of its own wall clock, midnight into the first', () => {
    const values = [
      { at: start, value: 100 },
      { at: start + DAY_MS, value: 120 },
      { at: start + 2 * DAY_MS, value: 180 },
      { at: start + 3 * DAY_MS - 1, value: 60 },
    ]
    const { count, percentiles } = profileOf(seriesOf(values), 60, [0, 0.5, 1])
    expect([count[0], count[23]]).toEqual([3, 1])
    expect(percentiles.map(column => column[0])).toEqual([100, 120, 180])
    expect(percentiles.map(column => column[23])).toEqual([60, 60, 60])
    expect(percentiles[1]?.[12]).toBeNaN()
  })

  it('has slots for times before 1970 too', () => {
    const { count } = profileOf(seriesOf([{ at: -MINUTE_MS, value: 100 }]), 30, [0.5])
    expect(count[47]).toBe(1)
  })

  it('smooths each hour with its two neighbours around the clock', () => {
    // (24 + 4 * 0 + 6) / 6, (0 + 4 * 6 + 12) / 6, (6 + 4 * 12 + 24) / 6, (12 + 4 * 24 + 0) / 6
    expect([...smoothed(Float64Array.of(0, 6, 12, 24))]).toEqual([5, 6, 13, 18])
  })

  it('does not count an empty neighbour and leaves an empty hour empty', () => {
    // (4 * 10 + 20) / 5, empty, (20 * 4 + 10) / 5
    expect([...smoothed(Float64Array.of(10, Number.NaN, 20))]).toEqual([12, Number.NaN, 18])
  })

  it('gives no median of two finger-sticks in an hour', () => {
    const minutes = [0, 10, 60, 70, 80]
    const values = minutes.map(minute => ({ at: start + minute * MINUTE_MS, value: 100 }))
    const { percentiles } = ambulatoryProfile(seriesOf(values), [9, 5, 3, 5, 9])
    expect([percentiles[2]?.[0], percentiles[2]?.[1], percentiles[1]?.[1]]).toEqual([Number.NaN, 100, Number.NaN])
  })
})

describe('enough sensor values for a profile', () => {
  it.each([
    ['no value', 0, 'nothing'],
    ['less than a day', 23, 'nothing'],
    ['a day exactly', 24, 'numbers'],
    ['two days', 48, 'numbers'],
    ['five days without a gap: five of the seven that are asked for', 120, 'curve'],
    ['four days without a gap', 96, 'numbers'],
  ] as const)('%s', (_, hours, verdict) => {
    expect(profileSufficiency(seriesOf(worn(start, hours)))).toBe(verdict)
  })

  it('counts a first day that begins in the evening from there', () => {
    const from = start + 20 * HOUR_MS
    expect(profileSufficiency(seriesOf(worn(from, 100)))).toBe('curve')
  })

  it('wants seventy percent of seven days; the last day ends with its last value', () => {
    const days = (hours: number) => Array.from({ length: 10 }, (_, day) => worn(start + day * DAY_MS, hours)).flat()
    expect(profileSufficiency(seriesOf(days(17)))).toBe('curve')
    expect(profileSufficiency(seriesOf(days(15)))).toBe('numbers')
  })

  it('leaves out days with less than an hour', () => {
    const good = Array.from({ length: 5 }, (_, day) => worn(start + day * DAY_MS, 20)).flat()
    const few = Array.from({ length: 3 }, (_, day) => worn(start + (6 + day) * DAY_MS, 0.5)).flat()
    expect(profileSufficiency(seriesOf([...good, ...few]))).toBe('numbers')
  })
})
