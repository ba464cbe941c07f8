import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rangeSets } from '#records/preferences.ts'
import type { Smbg } from '#records/records.ts'
import type { GlucoseSeries } from '#records/series.ts'
import { DAY_MS, type DeviceTime } from '#records/time.ts'
import { meanAndSd, quantile } from '#stats/central.ts'
import { meterSeries } from '#stats/dedupe.ts'
import { findEpisodes, summariseEpisodes } from '#stats/episodes.ts'
import { uniformGrid } from '#stats/grid.ts'
import { classify, rangeNames, rangeShares, wholePercents } from '#stats/ranges.ts'
import { percentActive, sensorUse, summarise, summariseSensor } from '#stats/summary.ts'
import { type Reading, seriesOf, wall } from '../helpers/glucose.ts'

const start = wall('2024-03-01T08:00')
const every = (minutes: number, values: readonly number[], units: Reading['units'] = 'mg/dL'): Reading[] =>
  values.map((value, i) => ({ at: start + i * minutes * 60_000, value, units }))
const classesOf = (series: ReturnType<typeof seriesOf>) => classify(series, rangeSets.standard)

describe('classes', () => {
  it('are those of the unit in which a value is stored', () => {
    // 10.0 mmol/L is 180.2 mg/dL and 3.9 is 70.3; 180 mg/dL is shown as 10.0.
    const series = seriesOf([
      ...every(5, [2.9, 3, 3.8, 3.9, 10, 10.1, 13.9, 14], 'mmol/L'),
      ...every(5, [53, 54, 69, 70, 180, 181, 250, 251]),
    ])
    const expected = ['veryLow', 'low', 'low', 'target', 'target', 'high', 'high', 'veryHigh']
    expect(Array.from(classesOf(series), index => rangeNames[index])).toEqual([...expected, ...expected])
  })

  it('weigh by time', () => {
    const a = seriesOf(every(15, [60, 100]), 'a:read', 15)
    const series = { ...a, intervalMs: Uint32Array.of(900_000, 300_000) }
    expect(rangeShares(series, classesOf(series), 0, 2).low).toEqual({
      count: 1,
      fraction: 0.75,
      percent: 75,
      minutesPerDay: 1080,
    })
  })

  it('have whole percents that add up to 100 and stay near the fraction, whatever the counts', () => {
    fc.assert(
      fc.property(fc.tuple(fc.nat(300), fc.nat(300), fc.nat(300), fc.nat(300), fc.nat(300)), counts => {
        const total = counts.reduce((a, b) => a + b, 0)
        fc.pre(total > 0)
        const fractions = counts.map(count => count / total)
        const percents = wholePercents(fractions)
        expect(percents.reduce((a, b) => a + b, 0)).toBe(100)
        percents.forEach((percent, i) => {
          expect(Number.isInteger(percent) && percent >= 0 && percent <= 100).toBe(true)
          expect(Math.abs(percent - (fractions[i] ?? 0) * 100)).toBeLessThanOrEqual(
            (i === 2 || i === 3 ? 2.5 : 0.5) + 1e-9,
          )
        })
      }),
    )
    expect(wholePercents([0, 0, 0, 0, 0])).toEqual([0, 0, 0, 0, 0])
  })
})

/** So many days, from the one of the first value on. */
const daysFrom = ({ time }: GlucoseSeries, count: number) =>
  Array.from({ length: count }, (_, i) => Math.floor((time[0] ?? 0) / DAY_MS) + i)

describe('a summary', () => {
  it('says nothing of no values and little of one', () => {
    const none = seriesOf([])
    expect(summarise(none, classesOf(none))).toBeUndefined()
    const one = seriesOf(every(5, [100]))
    expect(summariseSensor(one, classesOf(one), daysFrom(one, 1))).toMatchObject({
      count: 1,
      daysWithData: 1,
      meanMgdl: 100,
      minMgdl: 100,
      maxMgdl: 100,
      sdMgdl: { missing: 'too-few-values' },
      cvPercent: { missing: 'too-few-values' },
      gmiPercent: { missing: 'too-short' },
      percentActive: 100,
      tightFraction: 1,
    })
  })

  it('tells LO and HI apart from values', () => {
    // Some minutes later on the same wall clock.
    const at = (minutes: number) => (start + minutes * 60_000) as DeviceTime
    const smbg = (minutes: number, value: number, outOfRange?: 'low' | 'high'): Smbg => ({
      type: 'smbg',
      deviceTime: at(minutes),
      identity: '',
      raw: { page: 0, offset: 0, length: 1 },
      value,
      units: 'mg/dL',
      subType: 'manual',
      ...(outOfRange ? { outOfRange } : {}),
    })
    // A meter that measures 20 to 600 and said LO and HI.
    const beyond = meterSeries([smbg(0, 20, 'low'), smbg(5, 100), smbg(10, 600, 'high')])
    expect(summarise(beyond, classesOf(beyond))).toMatchObject({ minIsLo: true, maxIsHi: true })
    const within = meterSeries([smbg(0, 20), smbg(5, 100), smbg(10, 600)])
    const summary = summarise(within, classesOf(within))
    expect([summary?.minMgdl, summary?.maxMgdl]).toEqual([20, 600])
    expect([summary?.minIsLo, summary?.maxIsHi]).toEqual([undefined, undefined])
  })

  it('has a spread from thirty values on', () => {
    const values = Array.from({ length: 30 }, (_, i) => 100 + i)
    const series = seriesOf(every(5, values))
    // Variance of 30 consecutive numbers, divisor n - 1: (30² + 30) / 12 = 77.5
    const sd = Math.sqrt(77.5)
    const summary = summarise(series, classesOf(series))
    expect(summary?.sdMgdl).toEqual({ value: expect.closeTo(sd, 9) })
    expect(summary?.cvPercent).toEqual({ value: expect.closeTo((100 * sd) / 114.5, 9) })
    expect(summarise(series, classesOf(series), 0, 29)?.sdMgdl).toEqual({ missing: 'too-few-values' })
  })

  it('has a GMI from 14 days with 70 % use on', () => {
    const values = Array.from({ length: Math.ceil(14 * 288 * 0.7) }, () => 150)
    const enough = seriesOf(every(5, values))
    expect(summariseSensor(enough, classesOf(enough), daysFrom(enough, 14))?.gmiPercent).toEqual({
      value: expect.closeTo(6.898, 9),
    })
    // 12.71 + 4.70587 · 150 / 18.01559.
    expect(summariseSensor(enough, classesOf(enough), daysFrom(enough, 14))?.gmiMmolPerMol).toEqual({
      value: expect.closeTo(51.89165, 5),
    })
    const short = summariseSensor(enough, classesOf(enough), daysFrom(enough, 13))
    expect(short?.gmiPercent).toEqual({ missing: 'too-short' })
    expect(short?.gmiMmolPerMol).toEqual({ missing: 'too-short' })
    const few = seriesOf(every(5, values.slice(0, -8)))
    expect(summariseSensor(few, classesOf(few), daysFrom(few, 14))?.gmiPercent).toEqual({ missing: 'too-few-values' })
  })

  it('counts use between first and last value, and of whole days', () => {
    // Four values in 19 min 1 s: 20 minutes have room for five.
    const series = seriesOf([0, 300, 600, 1141].map(seconds => ({ at: start + seconds * 1000, value: 100 })))
    expect(percentActive(series)).toBeCloseTo(80, 9)
    expect(sensorUse(series, 1)).toBeCloseTo(20 / 1440, 9)
    expect(percentActive(seriesOf([]))).toBe(0)
  })

  it('counts no use of a day that is left out between two others', () => {
    // From 08:00 to 20:25, on the first and on the third day.
    const morning = every(
      5,
      Array.from({ length: 150 }, () => 100),
    )
    const twoDaysOn = morning.map(value => ({ ...value, at: value.at + 2 * DAY_MS }))
    const series = seriesOf([...morning, ...twoDaysOn])
    const [first = 0] = daysFrom(series, 1)
    const activeOn = (days: readonly number[]) => summariseSensor(series, classesOf(series), days)?.percentActive
    // 1,500 minutes of 2 days and 12 h 30; and of one day less.
    expect(activeOn([first, first + 1, first + 2])).toBeCloseTo((100 * 1500) / 3630, 9)
    expect(activeOn([first, first + 2])).toBeCloseTo((100 * 1500) / 2190, 9)
  })
})

describe('quantiles', () => {
  it('interpolate as R does', () => {
    expect(quantile([1, 2, 4, 8], 0.5)).toBe(3)
    expect(quantile([1, 2, 4, 8], 0)).toBe(1)
    expect(quantile([1, 2, 4, 8], 1)).toBe(8)
    expect(quantile([7], 0.25)).toBe(7)
    expect(quantile([], 0.5)).toBeNaN()
  })
})

describe('mean and spread', () => {
  it('do not depend on where the values begin', () => {
    const values = Float64Array.of(999, 100, 110, 120, 999)
    expect(meanAndSd(values, new Float64Array(5).fill(7), 1, 4)).toEqual({ mean: 110, sd: 10 })
    expect(meanAndSd(values, new Float64Array(5).fill(7), 1, 2)).toEqual({ mean: 100, sd: 0 })
  })
})

describe('episodes', () => {
  it('compare values in mmol/L with limits in mmol/L', () => {
    // 10.0 mmol/L is 180.16 mg/dL and 3.9 is the first that is not low.
    const edge = seriesOf(every(5, [10, 10, 10, 10, 3.9, 3.9, 3.9, 3.9, 13.9], 'mmol/L'))
    const grid = uniformGrid(edge)
    expect(findEpisodes(grid, 'hyperLevel1').length + findEpisodes(grid, 'hypoLevel1').length).toBe(0)
    const low = seriesOf(every(5, [5, 3.8, 3.8, 3.8, 5, 5, 5, 10.1, 10.1, 10.1], 'mmol/L'))
    expect(summariseEpisodes(low)).toMatchObject({
      hypoLevel1: { count: 1, meanMinutes: 15, perDay: expect.closeTo(1440 / 50, 9) },
      hyperLevel1: { count: 1, meanMinutes: 15 },
      hypoLevel2: { count: 0, perDay: 0, meanMinutes: 0 },
    })
  })

  it('survive a gap of years without memory for it', () => {
    const readings = [
      { at: wall('2014-02-03T03:40'), value: 60 },
      { at: wall('2014-02-03T03:45'), value: 60 },
      { at: wall('2024-04-02T15:05'), value: 60 },
      { at: wall('2024-04-02T15:10'), value: 60 },
      { at: wall('2024-04-02T15:15'), value: 60 },
    ]
    const grid = uniformGrid(seriesOf(readings))
    expect(grid.points).toBe(5)
    expect(findEpisodes(grid, 'hypoLevel1')).toEqual([{ startMs: wall('2024-04-02T15:05'), minutes: 15, meanMgdl: 60 }])
  })

  it('are none in no values and in one', () => {
    expect(summariseEpisodes(seriesOf([])).hypoLevel1).toEqual({ count: 0, perDay: 0, meanMinutes: 0 })
    expect(summariseEpisodes(seriesOf(every(5, [40]))).hypoLevel2.count).toBe(0)
  })

  it('use steps that fit into a day', () => {
    expect(uniformGrid(seriesOf(every(7, [100, 100, 100]))).stepMinutes).toBe(5)
    expect(uniformGrid(seriesOf(every(35, [100, 100, 100]))).stepMinutes).toBe(20)
    expect(uniformGrid(seriesOf(every(15, [100, 100, 100]))).stepMinutes).toBe(15)
    expect(uniformGrid(seriesOf(every(1, [100, 100, 100]))).stepMinutes).toBe(1)
  })

  it('take the last of two values at the same moment', () => {
    const grid = uniformGrid(
      seriesOf([
        { at: start, value: 100 },
        { at: start + 300_000, value: 60 },
        { at: start + 300_000, value: 120 },
        { at: start + 600_000, value: 140 },
      ]),
    )
    expect(Array.from(grid.runs[0]?.mgdl ?? [])).toEqual([100, 120, 140])
  })
})
