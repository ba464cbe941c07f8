/** Two periods side by side, from a made-up person whose days are all alike. */
import { describe, expect, it } from 'vitest'
import { defaultPreferences } from '#records/preferences.ts'
import { DAY_MS, deviceDayOf, MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import { assessment } from '#reports/assessment.ts'
import type { ReportFilter } from '#reports/filter.ts'
import type { ReportInput } from '#reports/models.ts'
import { seriesOf, wall } from '../helpers/glucose.ts'
import { bolus, logged, rate } from '../helpers/pumpLog.ts'

const firstDay = deviceDayOf(wall('2024-03-15'))
const lastDay = firstDay + 13

/**
 * 288 values a day: `low` of them 60 mg/dL from 03:00 on, then 120, `high` of them 200 at its end. In mmol/L: 3.3, 6.7
 * and 11.1.
 */
function alike(from: number, days: number, low: number, high: number, units: 'mg/dL' | 'mmol/L' = 'mg/dL') {
  const readings = []
  const [lowValue, inside, highValue] = units === 'mg/dL' ? [60, 120, 200] : [3.3, 6.7, 11.1]
  for (let day = from; day < from + days; day++) {
    for (let i = 0; i < 288; i++) {
      const value = i >= 36 && i < 36 + low ? lowValue : i >= 288 - high ? highValue : inside
      readings.push({ at: startOfDeviceDay(day) + i * 5 * MINUTE_MS, value: value ?? 0, units })
    }
  }
  return seriesOf(readings)
}

const input = (from: number, change: Partial<ReportInput> = {}): ReportInput => ({
  period: { firstDay: from, lastDay: from + 13 },
  preferences: defaultPreferences,
  glucose: [],
  records: [],
  basalFrom: from - 7,
  deviceNames: {},
  ...change,
})
// Now 16 low (80 min), 72 high, 200 in range: 5.56, 25 and 69.44 %. Before 8, 100 and 180: 2.78, 34.72 and 62.5 %.
const sensorNow = alike(firstDay, 14, 16, 72)
const sensorBefore = alike(firstDay - 14, 14, 8, 100)
const both = (now: Partial<ReportInput> = {}, before: Partial<ReportInput> = {}) =>
  assessment({
    ...input(firstDay, { glucose: [sensorNow], ...now }),
    before: input(firstDay - 14, { glucose: [sensorBefore], ...before }),
  })

describe('the sensor', () => {
  const model = both()

  it('gives both periods in the same numbers', () => {
    expect(model.now.sensor?.count).toBe(14 * 288)
    expect(model.now.sensor?.meanMgdl).toBeCloseTo((16 * 60 + 200 * 120 + 72 * 200) / 288, 9)
    expect(model.before?.sensor?.meanMgdl).toBeCloseTo((8 * 60 + 180 * 120 + 100 * 200) / 288, 9)
    expect([model.now.sensorWear, model.before?.sensorWear]).toEqual([1, 1])
    expect(model.now.profile?.count[0]).toBe(14 * 12)
    expect(model.before?.period).toEqual({ firstDay: firstDay - 14, lastDay: firstDay - 1 })
  })

  it('computes the risk index on the consensus limits, whatever the target range', () => {
    // 2.4 times 5.556 % low and 0.8 times 25 % high.
    expect(model.now.risk?.gri).toBeCloseTo(2.4 * (1600 / 288) + 0.8 * 25, 9)
    const mgdl = { veryLow: 54, low: 63, high: 100, veryHigh: 9999 }
    const preferences = { ...defaultPreferences, ranges: { ...defaultPreferences.ranges, mgdl } }
    expect(both({ preferences }).now.risk?.gri).toBe(model.now.risk?.gri)
  })

  it('says how the shown percentages moved', () => {
    expect(model.headline).toEqual({
      of: 'sensor',
      inRange: { percent: 69, before: 62, course: 'up' },
      below: { percent: 6, before: 3, course: 'up', minutesPerDay: 80 },
    })
  })

  it('finds the lows of every night, and the days behind them', () => {
    const [pattern] = model.patterns.hypo
    // All begin at 03:00; the middle of the six windows that hold it is 01:30 to 04:30.
    expect(pattern).toMatchObject({ fromMinute: 90, toMinute: 270, severeDays: 0, episodes: 14 })
    expect(pattern?.days).toEqual(Array.from({ length: 14 }, (_, i) => firstDay + i))
    expect(model.patterns.daysWithData).toBe(14)
  })
})

it('gives the same percentages in mmol/L', () => {
  const model = both(
    { glucose: [alike(firstDay, 14, 16, 72, 'mmol/L')] },
    { glucose: [alike(firstDay - 14, 14, 8, 100, 'mmol/L')] },
  )
  expect(model.headline?.inRange).toEqual({ percent: 69, before: 62, course: 'up' })
  expect(model.patterns.hypo[0]?.days).toHaveLength(14)
})

describe('the comparison', () => {
  it('calls less than five points in range and nothing below the same', () => {
    // Now 186 in range, 8 low and 94 high: 65, 3 and 33 %, one point too many, which high gives up. Before 62 and 3 %.
    const model = both({ glucose: [alike(firstDay, 14, 8, 94)] })
    expect(model.headline?.inRange.course).toBe('same')
    expect(model.headline?.below).toMatchObject({ percent: 3, before: 3, course: 'same' })
  })

  it('is not made when the sensor was worn for less than 70 % of a period', () => {
    expect(both({}, { glucose: [alike(firstDay - 14, 9, 8, 100)] }).headline?.notCompared).toBe('too-few-before')
    expect(both({ glucose: [alike(firstDay, 9, 8, 100)] }).headline?.notCompared).toBe('too-few-now')
    expect(both({}, { glucose: [alike(firstDay - 14, 10, 8, 100)] }).headline).not.toHaveProperty('notCompared')
  })

  it('is not made without anything before', () => {
    const alone = assessment(input(firstDay, { glucose: [sensorNow] }))
    expect(alone).not.toHaveProperty('before')
    expect(alone.headline).toMatchObject({ inRange: { percent: 69 }, notCompared: 'nothing-before' })
    expect(both({}, { glucose: [] }).headline?.notCompared).toBe('nothing-before')
  })
})

it('looks only at the days that are not left out, in both periods', () => {
  const filter: ReportFilter = { weekdaysOff: [0, 6], daysOff: [], devicesOff: [] }
  const model = both({ filter }, { filter })
  expect([model.now.days, model.before?.days]).toEqual([10, 10])
  expect(model.now.sensor?.count).toBe(10 * 288)
  expect(model.patterns.hypo[0]?.days).toHaveLength(10)
})

describe('the pump', () => {
  const at = (day: number, clock: string) => startOfDeviceDay(day) + (wall(`2024-03-15T${clock}`) - wall('2024-03-15'))
  const days = Array.from({ length: 14 }, (_, i) => firstDay + i)
  const records = [
    rate(at(firstDay - 1, '22:00'), 1),
    ...days.flatMap((day, i) => [
      rate(at(day, '00:00'), 1),
      logged(at(day, '08:00'), { type: 'wizard', carbsGrams: i % 2 === 0 ? 50 : 70 }),
      bolus(at(day, '08:01'), 8),
      logged(at(day, '15:00'), { type: 'bolus', subType: 'normal', normalUnits: 2, context: 'automatic' }),
      logged(at(day, '16:00'), { type: 'alarm', name: 'ALERT ON HIGH' }),
    ]),
    logged(at(firstDay + 1, '10:00'), { type: 'rewind' }),
    logged(at(firstDay + 1, '10:02'), { type: 'prime', target: 'tubing', volumeUnits: 7 }),
    logged(at(firstDay + 4, '10:02'), { type: 'rewind' }),
    logged(at(firstDay + 4, '10:04'), { type: 'prime', target: 'tubing', volumeUnits: 7 }),
    // The rewind stops delivery until the cannula is filled.
    logged(at(firstDay + 1, '10:03'), { type: 'prime', target: 'cannula', volumeUnits: 0.3 }),
    logged(at(firstDay + 4, '10:05'), { type: 'prime', target: 'cannula', volumeUnits: 0.3 }),
    logged(at(firstDay + 5, '01:00'), { type: 'suspend', suspended: true, reason: 'beforeLow', rawReason: 'x' }),
    logged(at(firstDay + 5, '01:28'), { type: 'suspend', suspended: false, rawReason: 'y' }),
    logged(at(firstDay + 9, '00:00'), {
      type: 'setting',
      change: 'changed',
      name: 'insulin action curve time',
      values: { minutes: '180' },
    }),
  ].toSorted((a, b) => a.deviceTime - b.deviceTime)
  const earlier = [
    logged(at(firstDay - 2, '10:00'), { type: 'rewind' }),
    logged(at(firstDay - 2, '10:02'), { type: 'prime', target: 'tubing', volumeUnits: 7 }),
  ]
  const { now } = both({ records, earlier, nextDay: lastDay + 1 })

  it('gives insulin and carbs a day', () => {
    expect(now.insulin).toMatchObject({ bolusPerDay: 10, daysWithInsulin: 14 })
    expect(now.autoCorrection).toEqual({ unitsPerDay: 2, percentOfBolus: 20 })
    // Seven days with 50 and seven with 70: deviation is the root of 14 times 100 over 13.
    expect(now.carbs).toMatchObject({ grams: { perDay: 60, days: 14 }, mealsPerDay: 1 })
    expect(now.carbs).not.toHaveProperty('exchanges')
    expect(now.carbs?.grams?.sd).toBeCloseTo(Math.sqrt(1400 / 13), 9)
  })

  it('gives alerts a day', () => {
    expect(now.alerts).toEqual({ lowPerDay: 0, highPerDay: 1 })
  })

  it('measures the first set from the last change before the period', () => {
    // 13, 16 and 19 March, each at ten, the last two minutes later.
    expect(now.intervals?.set).toMatchObject({ count: 2, intervals: 2 })
    expect(now.intervals?.set.meanDays).toBeCloseTo(3 + 1 / 1440, 6)
    expect(now.intervals?.sensor).toEqual({ count: 0, intervals: 0 })
  })

  it('tells stops by their reason', () => {
    expect(now.suspends?.kinds.beforeLow).toEqual({ count: 1, minutes: 28 })
    expect(now.suspends?.kinds.change).toEqual({ count: 2, minutes: 6 })
  })

  it('knows the active insulin time where a setting tells it', () => {
    expect(now.activeInsulin?.minutes).toBe(180)
  })

  it('says nothing of an algorithm that was never there', () => {
    expect(now).not.toHaveProperty('algorithm')
  })
})

describe('the meter', () => {
  const stick = (day: number, i: number, value: number) =>
    logged(startOfDeviceDay(day) + i * 3_600_000, { type: 'smbg', subType: 'meter', value, units: 'mg/dL' }, 'm:read')
  const sticks = (from: number, low: number) =>
    Array.from({ length: 14 }, (_, i) => [
      stick(from + i, 8, i < low ? 60 : 120),
      stick(from + i, 12, 130),
      stick(from + i, 18, 200),
    ]).flat()

  it('stands in where no sensor was worn', () => {
    const model = both(
      { glucose: [], records: sticks(firstDay, 0) },
      { glucose: [], records: sticks(firstDay - 14, 7) },
    )
    // 28 of 42 in range now, 21 before; 0 and 7 of 42 below.
    expect(model.headline).toEqual({
      of: 'meter',
      inRange: { percent: 67, before: 50, course: 'up' },
      below: { percent: 0, before: 17, course: 'down' },
    })
    expect(model.patterns).toEqual({ daysWithData: 0, hypo: [], hyper: [] })
    expect(model.now).not.toHaveProperty('calibrationsPerDay')
  })

  it('is compared from 30 values on', () => {
    const model = both(
      { glucose: [], records: sticks(firstDay, 0) },
      { glucose: [], records: sticks(firstDay - 14, 0).slice(0, 29) },
    )
    expect(model.headline?.notCompared).toBe('too-few-before')
  })
})

it('says nothing of nothing', () => {
  const model = both({ glucose: [] }, { glucose: [] })
  expect(model).not.toHaveProperty('headline')
  expect(model.now).toEqual({
    period: { firstDay, lastDay },
    devices: [],
    days: 14,
    sensorWear: 0,
  })
})

it('bears a single value', () => {
  const one = seriesOf([{ at: wall('2024-03-20T08:00'), value: 100 }])
  const { now, headline } = both({ glucose: [one] })
  expect(now.sensor?.count).toBe(1)
  expect(now.sensorWear).toBeCloseTo((5 * MINUTE_MS) / (14 * DAY_MS), 12)
  expect(now).not.toHaveProperty('profile')
  expect(now).not.toHaveProperty('risk')
  expect(headline?.notCompared).toBe('too-few-now')
})
