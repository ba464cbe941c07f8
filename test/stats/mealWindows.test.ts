/** Windows around a moment: when they have a mean, and what many of them have in common. */
import { describe, expect, it } from 'vitest'
import {
  alignedCurve,
  alignedTraces,
  meanOfEvents,
  meterMean,
  stretchesAround,
  valueAt,
  windowMean,
  windowPeak,
  wordBehind,
} from '#stats/mealWindows.ts'
import { seriesOf, wall } from '../helpers/glucose.ts'

const MINUTE = 60_000
const meal = wall('2024-03-01T12:00')
/** One value each five minutes from `from` on, in mg/dL. */
const every5 = (from: number, values: readonly number[]) =>
  values.map((value, i) => ({ at: from + i * 5 * MINUTE, value }))

describe('the mean of a window', () => {
  const hour = (count: number) =>
    seriesOf(
      every5(
        meal - 60 * MINUTE,
        Array.from({ length: count }, (_, i) => 100 + i),
      ),
    )

  it('is that of its values when 70 % of them are there', () => {
    // 9 of 12 are 75 %: 100 to 108.
    expect(windowMean(hour(9), meal - 60 * MINUTE, meal)).toBe(104)
    // 8 of 12 are 67 %.
    expect(windowMean(hour(8), meal - 60 * MINUTE, meal)).toBeNaN()
    expect(windowMean(hour(0), meal - 60 * MINUTE, meal)).toBeNaN()
  })

  it('leaves out the value at its end and has the one at its beginning', () => {
    const values = seriesOf(every5(meal - 60 * MINUTE, [...Array<number>(12).fill(100), 220]))
    expect(windowMean(values, meal - 60 * MINUTE, meal)).toBe(100)
    expect(windowMean(values, meal - 55 * MINUTE, meal + 5 * MINUTE)).toBe(110)
  })

  it('goes over midnight', () => {
    const late = wall('2024-03-01T23:30')
    const values = seriesOf(every5(late, [...Array<number>(6).fill(100), ...Array<number>(6).fill(200)]))
    expect(windowMean(values, late, late + 60 * MINUTE)).toBe(150)
  })

  it('knows sensors with another interval', () => {
    const values = Array.from({ length: 3 }, (_, i) => ({ at: meal + i * 15 * MINUTE, value: 90 + i * 15 }))
    expect(windowMean(seriesOf(values, 'cafe:read', 15), meal, meal + 60 * MINUTE)).toBe(105)
    expect(windowMean(seriesOf(values, 'cafe:read', 5), meal, meal + 60 * MINUTE)).toBeNaN()
  })
})

it('finds the peak of a window under the same rule', () => {
  const values = seriesOf(every5(meal, [100, 140, 260, 180, 120, 110, 110, 110, 110]))
  expect(windowPeak(values, meal, meal + 60 * MINUTE)).toBe(260)
  expect(windowPeak(values, meal, meal + 90 * MINUTE)).toBeNaN()
})

it('takes the last value up to a moment, not older than a quarter of an hour', () => {
  const values = seriesOf(every5(meal, [100, 110, 120]))
  expect(valueAt(values, meal + 10 * MINUTE)).toBe(120)
  expect(valueAt(values, meal + 25 * MINUTE)).toBe(120)
  expect(valueAt(values, meal + 26 * MINUTE)).toBeNaN()
  expect(valueAt(values, meal - 1)).toBeNaN()
})

it('knows the word that a number stands for: where all were LO, or the highest was HI', () => {
  const readings = [
    { at: meal, value: 40, outOfRange: 'low' as const },
    { at: meal + 5 * MINUTE, value: 40, outOfRange: 'low' as const },
    { at: meal + 10 * MINUTE, value: 40 },
    { at: meal + 15 * MINUTE, value: 400, outOfRange: 'high' as const },
  ]
  const values = seriesOf(readings)
  const minutes = (from: number, to: number) => ({ from: meal + from * MINUTE, to: meal + to * MINUTE })
  // LO is held as 39 and HI as 401; a measured 40 is a number.
  expect(wordBehind(values, minutes(0, 10), 39)).toBe('low')
  expect(wordBehind(values, minutes(0, 15), (39 + 39 + 40) / 3)).toBeUndefined()
  expect(wordBehind(values, minutes(10, 15), 40)).toBeUndefined()
  expect(wordBehind(values, minutes(0, 20), 401)).toBe('high')
  expect(wordBehind(values, minutes(0, 15), 401)).toBeUndefined()
  expect(wordBehind(values, minutes(0, 20), Number.NaN)).toBeUndefined()
})

it('has a plain mean of the meter, of however few values', () => {
  const values = seriesOf([
    { at: meal - 20 * MINUTE, value: 90 },
    { at: meal - 5 * MINUTE, value: 110 },
  ])
  expect(meterMean(values, meal - 60 * MINUTE, meal)).toBe(100)
  expect(meterMean(values, meal, meal + 60 * MINUTE)).toBeNaN()
})

it('means over events leave out those without a value', () => {
  expect(meanOfEvents([100, Number.NaN, undefined, 130])).toEqual({ events: 2, mean: 115 })
  expect(meanOfEvents([Number.NaN])).toEqual({ events: 0 })
})

describe('many moments over one another', () => {
  const moments = [0, 1, 2].map(day => meal + day * 86_400_000)
  // A quarter of an hour from the meal on: means 110, 210 and 340; then only the first day goes on.
  const series = seriesOf([
    ...every5(meal, [100, 110, 120, 150, 150, 150]),
    ...every5(meal + 86_400_000, [200, 210, 220]),
    ...every5(meal + 2 * 86_400_000, [330, 350]),
  ])

  it('have a mean course, each counting alike, where three have values', () => {
    const curve = alignedCurve(series, moments, { fromMinute: -15, toMinute: 30 }, 15)
    expect([...curve.count]).toEqual([0, 3, 1])
    expect([...curve.meanMgdl]).toEqual([Number.NaN, 220, Number.NaN])
  })

  it('are traces that break between moments and where the sensor was silent', () => {
    const values = seriesOf([
      ...every5(meal, [100, 110]),
      { at: meal + 40 * MINUTE, value: 120 },
      ...every5(meal + 86_400_000, [200]),
    ])
    const { minute, mgdl } = alignedTraces(values, moments, { fromMinute: 0, toMinute: 60 })
    expect([...mgdl]).toEqual([100, 110, Number.NaN, 120, Number.NaN, 200])
    expect([...minute]).toEqual([0, 5, 40, 40, 0, 0])
  })

  it('count a value once that lies in two windows', () => {
    const close = [meal, meal + 10 * MINUTE]
    expect(stretchesAround(series, close, { fromMinute: 0, toMinute: 20 })).toEqual([
      [0, 4],
      [4, 6],
    ])
  })
})
