/** Glucose by the hour, basal by the hour, and spans of the clock. */
import { describe, expect, it } from 'vitest'
import { defaultPreferences } from '#records/preferences.ts'
import type { DeviceTime } from '#records/time.ts'
import { distributionOf, distributionOfRows, distributionsByHour, meansByTimeOfDay } from '#stats/distribution.ts'
import { classify } from '#stats/ranges.ts'
import { basalByHour } from '#stats/therapyByHour.ts'
import { isWithin, minutesOf, minutesUntil } from '#stats/timeSpans.ts'
import { seriesOf, wall } from '../helpers/glucose.ts'

describe('a distribution', () => {
  const of = (values: readonly number[]) => {
    const series = seriesOf(values.map((value, i) => ({ at: wall('2024-03-01T08:00') + i * 300_000, value })))
    return distributionOf(series, classify(series, defaultPreferences.ranges))
  }

  it('has mean, extremes, percentiles and ranges of its values, in whatever order they came', () => {
    // 60 to 240 in steps of 20: ten values; type 7 quantiles lie at 9 p.
    const found = of([240, 60, 220, 80, 200, 100, 180, 120, 160, 140])
    expect(found).toMatchObject({ count: 10, meanMgdl: 150, minMgdl: 60, maxMgdl: 240, medianMgdl: 150 })
    expect(found?.quartilesMgdl).toEqual([105, 195])
    expect(found?.tailsMgdl?.[0]).toBeCloseTo(78, 9)
    expect(found?.tailsMgdl?.[1]).toBeCloseTo(222, 9)
    expect(found?.ranges.low.count).toBe(1)
    expect(found?.ranges.target.count).toBe(6)
    expect(found?.ranges.high.count).toBe(3)
    expect(found?.sdMgdl).toEqual({ missing: 'too-few-values' })
  })

  it('has no median of two, no quartiles of four, no tails of nine values', () => {
    expect(of([100, 120])).not.toHaveProperty('medianMgdl')
    expect(of([100, 120, 140])?.medianMgdl).toBe(120)
    expect(of([100, 110, 120, 130])).not.toHaveProperty('quartilesMgdl')
    expect(of([100, 110, 120, 130, 140])?.quartilesMgdl).toEqual([110, 130])
    expect(of(Array<number>(9).fill(100))).not.toHaveProperty('tailsMgdl')
    expect(of([])).toBeUndefined()
  })
})

it('sorts values into the hours of the clock, whole hours to the later one', () => {
  const series = seriesOf([
    { at: wall('2024-03-01T00:00'), value: 100 },
    { at: wall('2024-03-01T00:59'), value: 110 },
    { at: wall('2024-03-01T01:00'), value: 120 },
    { at: wall('2024-03-01T23:59'), value: 130 },
    { at: wall('2024-03-02T00:30'), value: 140 },
  ])
  const hours = distributionsByHour(series, classify(series, defaultPreferences.ranges))
  expect(hours.map(hour => hour?.count ?? 0)).toEqual([3, 1, ...Array<number>(21).fill(0), 1])
  // Of the first hour two values are of the first day and one of the second: 100, 110 and 140.
  expect(hours[0]).toMatchObject({ meanMgdl: 350 / 3, medianMgdl: 110, daysWithData: 2 })
})

it('has the mean of each half hour', () => {
  const series = seriesOf([
    { at: wall('2024-03-01T08:00'), value: 100 },
    { at: wall('2024-03-01T08:29'), value: 140 },
    { at: wall('2024-03-02T08:30'), value: 200 },
  ])
  const means = meansByTimeOfDay(series, 30)
  expect([means[15], means[16], means[17]]).toEqual([Number.NaN, 120, 200])
})

it('has the mean basal rate of each hour over the time in which it is known', () => {
  const segment = (from: string, to: string, rateUnitsPerHour: number) => ({
    from: wall(from) as DeviceTime,
    to: wall(to) as DeviceTime,
    delivery: 'scheduled' as const,
    rateUnitsPerHour,
  })
  const hours = basalByHour([
    segment('2024-03-01T22:30', '2024-03-02T00:30', 1),
    segment('2024-03-02T22:00', '2024-03-02T23:00', 0.4),
  ])
  // 22 to 23: half an hour of 1 and a whole hour of 0.4: 0.9 U in 1.5 h.
  expect(hours[22]?.rateUnitsPerHour).toBeCloseTo(0.6, 12)
  expect(hours[22]?.hours).toBe(1.5)
  expect(hours[23]).toEqual({ rateUnitsPerHour: 1, hours: 1 })
  expect(hours[0]).toEqual({ rateUnitsPerHour: 1, hours: 0.5 })
  expect(hours[1]).toEqual({ hours: 0 })
})

it('knows spans of the clock that go over midnight', () => {
  const night = { fromMinute: 22 * 60, toMinute: 6 * 60 }
  expect([isWithin(21 * 60, night), isWithin(23 * 60, night), isWithin(0, night), isWithin(6 * 60, night)]).toEqual([
    false,
    true,
    true,
    false,
  ])
  expect(minutesOf(night)).toBe(480)
  expect(minutesOf({ fromMinute: 20 * 60, toMinute: 1440 })).toBe(240)
  expect(minutesUntil(20 * 60, 5 * 60)).toBe(540)
  expect(minutesUntil(300, 300)).toBe(1440)
})

it('finds the same quantiles as sorting does, also of values in both units', () => {
  const readings = Array.from({ length: 500 }, (_, i) => {
    // Scattered, but the same every time.
    const mgdl = 50 + ((i * 7919) % 331)
    const isMmol = i % 3 === 0
    return {
      at: wall('2024-03-01') + i * 300_000,
      value: isMmol ? Math.round(mgdl / 1.8) / 10 : mgdl,
      units: isMmol ? ('mmol/L' as const) : ('mg/dL' as const),
    }
  })
  const series = seriesOf(readings)
  const rows = readings.flatMap((_, i) => (i % 2 === 0 ? [i] : []))
  const sorted = rows.map(row => series.mgdl[row] ?? 0).sort((a, b) => a - b)
  const found = distributionOfRows(series, classify(series, defaultPreferences.ranges), rows)
  const at = (p: number) => {
    const h = (sorted.length - 1) * p
    const [below = 0, above = 0] = [sorted[Math.floor(h)], sorted[Math.ceil(h)]]
    return below + (above - below) * (h % 1)
  }
  expect(found?.medianMgdl).toBeCloseTo(at(0.5), 9)
  expect(found?.quartilesMgdl?.[0]).toBeCloseTo(at(0.25), 9)
  expect(found?.quartilesMgdl?.[1]).toBeCloseTo(at(0.75), 9)
  expect(found?.tailsMgdl?.[0]).toBeCloseTo(at(0.1), 9)
  expect(found?.tailsMgdl?.[1]).toBeCloseTo(at(0.9), 9)
})
