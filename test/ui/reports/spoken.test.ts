/** The parts of spoken sentences, from numbers written down by hand. */
import { expect, it } from 'vitest'
import type { GlucoseSummary } from '#reports/models.ts'
import {
  indicesOfSpan,
  spokenByTime,
  spokenDays,
  spokenExtremes,
  spokenGlucose,
  spokenMedian,
} from '#ui/reports/spoken.ts'
import { meterSummary, sensorProfile, sensorSummary, sharesOf } from '../../helpers/reportFixtures.ts'
import { formatOf, preferencesWith } from './reportFormat.ts'

const format = formatOf(preferencesWith())
const mmol = formatOf(preferencesWith({ glucoseUnits: 'mmol/L' }))
const withTarget = (target: number): GlucoseSummary => ({
  ...meterSummary,
  ranges: sharesOf({ veryLow: 0, low: 0, target, high: 100 - target, veryHigh: 0 }, 100),
})

it('says count, days, mean and ranges; of a single day no days', () => {
  const rest = ['mean 154 mg/dL', '71 % in range', '4 % low', '25 % high']
  expect(spokenGlucose('sensor', sensorSummary, format)).toEqual(['3,921 sensor values on 14 days', ...rest])
  expect(spokenGlucose('sensor', sensorSummary, format, 'day')).toEqual(['3,921 sensor values', ...rest])
})

it('follows mmol/L', () => {
  // 154.5 / 18.01559 = 8.576; 100 and 123 are 5.55 and 6.83.
  expect(spokenGlucose('sensor', sensorSummary, mmol)[1]).toBe('mean 8.6 mmol/L')
  expect(spokenMedian(sensorProfile, mmol)).toEqual([
    'median from 5.6 mmol/L (00:00–01:00) to 6.8 mmol/L (23:00–00:00)',
  ])
})

it('says LO and HI as words without a unit', () => {
  const said: GlucoseSummary = { ...meterSummary, minMgdl: 19, minIsLo: true, maxMgdl: 601, maxIsHi: true }
  expect(spokenExtremes([meterSummary, said], format)).toEqual(['lowest LO', 'highest HI'])
  expect(spokenExtremes([meterSummary], format)).toEqual(['lowest 52 mg/dL', 'highest 301 mg/dL'])
  expect(spokenExtremes([], format)).toEqual([])
})

it('says a share that is there but rounds to nothing as below 1 %', () => {
  const ranges = { ...sensorSummary.ranges, veryLow: { count: 2, fraction: 0.0005, percent: 0, minutesPerDay: 0.7 } }
  const rare = { ...ranges, low: { count: 0, fraction: 0, percent: 0, minutesPerDay: 0 } }
  expect(spokenGlucose('sensor', { ...sensorSummary, ranges: rare }, format)[3]).toBe('< 1 % low')
})

it('says from which to which day, and of equal days the one share', () => {
  expect(spokenDays([withTarget(70), withTarget(55), withTarget(90)], format)).toEqual([
    'single days from 55 % to 90 % in range',
  ])
  expect(spokenDays([withTarget(70), withTarget(70)], format)).toEqual(['each day 70 % in range'])
  expect(spokenDays([withTarget(70)], format)).toEqual([])
  expect(spokenDays([], format)).toEqual([])
})

it('passes over what is not known', () => {
  expect(indicesOfSpan([Number.NaN, 5, 3, 3, 9, 9])).toEqual([2, 4])
  expect(indicesOfSpan([Number.NaN])).toBeUndefined()
  const when = (index: number) => `at ${index}`
  expect(spokenByTime('mean', [Number.NaN, 5, 3, 9], String, when)).toEqual(['mean from 3 (at 2) to 9 (at 3)'])
  expect(spokenByTime('mean', [7, 7, Number.NaN], String, when)).toEqual(['mean 7'])
  expect(spokenByTime('mean', [Number.NaN], String, when)).toEqual([])
})
