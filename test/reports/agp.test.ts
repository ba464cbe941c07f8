/** The page model of the ambulatory glucose profile, from values made by hand. */
import { expect, it } from 'vitest'
import { defaultPreferences } from '#records/preferences.ts'
import type { GlucoseSeries } from '#records/series.ts'
import { DAY_MS, deviceDayOf, HOUR_MS, MINUTE_MS } from '#records/time.ts'
import { agp } from '#reports/agp.ts'
import type { ReportInput, Stored } from '#reports/models.ts'
import type { TherapyRecord } from '#records/records.ts'
import { seriesOf, wall } from '../helpers/glucose.ts'
import { logged } from '../helpers/pumpLog.ts'

const start = wall('2024-03-01')
const firstDay = deviceDayOf(start)

const input = (
  days: number,
  glucose: readonly GlucoseSeries[],
  records: readonly Stored<TherapyRecord>[] = [],
): ReportInput => ({
  period: { firstDay, lastDay: firstDay + days - 1 },
  preferences: defaultPreferences,
  glucose,
  records,
  basalFrom: firstDay - 7,
  deviceNames: {},
})

/** On day d of so many: 100 + d all day, every five minutes. */
const flatDays = (days: number) =>
  seriesOf(
    Array.from({ length: days * 288 }, (_, i) => ({ at: start + i * 5 * MINUTE_MS, value: 100 + Math.floor(i / 288) })),
  )

const stick = (ms: number, value: number) =>
  logged(
    new Date(start + ms).toISOString().slice(0, 16),
    { type: 'smbg', value, units: 'mg/dL', subType: 'meter' },
    'meter:read',
  )

it('has the percentiles over the days, and pictures of the last fourteen', () => {
  const model = agp(input(21, [flatDays(21)]))
  // 21 days of 100 to 120: the median is the eleventh, the quartiles the sixth and the sixteenth.
  expect(model.profiles.sensor?.percentiles.map(column => column[7])).toEqual([101, 105, 110, 115, 119])
  expect(model.profiles.sensor?.count[7]).toBe(21 * 12)
  expect(model.days.map(day => day.day)).toEqual(Array.from({ length: 14 }, (_, i) => firstDay + 7 + i))
  expect(model.days[0]?.sensor?.meanMgdl).toBe(107)
  expect(model.days[0]?.glucose.time.length).toBe(288)
  expect(model.points).toEqual([])
})

it('has no profile of two days, but their numbers', () => {
  const model = agp(input(14, [flatDays(2)]))
  expect(model.profiles).toEqual({})
  expect(model.sensor?.count).toBe(576)
  expect(model.days.length).toBe(14)
})

it('without a sensor shows finger-sticks as points, and the median of hours with three', () => {
  const few = [stick(8 * HOUR_MS, 90), stick(DAY_MS + 8 * HOUR_MS + MINUTE_MS, 200)]
  const pointsOnly = agp(input(14, [], few))
  expect(pointsOnly.sensor).toBeUndefined()
  expect(pointsOnly.profiles).toEqual({})
  expect(pointsOnly.points).toEqual([
    { ms: 8 * HOUR_MS, mgdl: 90 },
    { ms: 8 * HOUR_MS + MINUTE_MS, mgdl: 200 },
  ])

  const many = Array.from({ length: 30 }, (_, day) => stick(day * DAY_MS + 8 * HOUR_MS, 100 + day))
  const { profiles, meter } = agp(input(30, [], many))
  const profile = profiles.meter
  expect(profile?.percentiles[2]?.[8]).toBe(114.5)
  expect(profile?.percentiles[0]?.[8]).toBeNaN()
  expect(profile?.percentiles[2]?.[9]).toBeNaN()
  // One on each of 30 days.
  expect(meter?.valuesPerDay).toBe(1)
})

it('has of both what each of them measured, none of it mixed', () => {
  const sticks = Array.from({ length: 30 }, (_, i) => stick(i * 12 * HOUR_MS + 8 * HOUR_MS, 200 + i))
  const model = agp(input(21, [flatDays(21)], sticks))
  // Of the sensor as without a meter: 100 to 120, half of the days below 110.
  expect(model.sensor?.count).toBe(21 * 288)
  expect(model.sensor?.meanMgdl).toBeCloseTo(110, 10)
  expect(model.profiles.sensor?.percentiles.map(column => column[8])).toEqual([101, 105, 110, 115, 119])
  // At eight on 15 days 200, 202 … 228, at twenty on 15 days 201, 203 … 229.
  expect(model.meter).toMatchObject({ count: 30, daysWithData: 15, meanMgdl: 214.5, valuesPerDay: 2 })
  expect([8, 20].map(hour => model.profiles.meter?.percentiles[2]?.[hour])).toEqual([214, 215])
  expect([8, 20].map(hour => model.profiles.meter?.percentiles[1]?.[hour])).toEqual([207, 208])
  expect(model.points.slice(0, 2)).toEqual([
    { ms: 8 * HOUR_MS, mgdl: 200 },
    { ms: 20 * HOUR_MS, mgdl: 201 },
  ])
})

it('keeps of a finger-stick that the meter said LO or HI', () => {
  const said = (ms: number, outOfRange: 'low' | 'high', value: number) =>
    logged(
      new Date(start + ms).toISOString().slice(0, 16),
      { type: 'smbg', value, units: 'mg/dL', subType: 'meter', outOfRange },
      'meter:read',
    )
  const { points } = agp(input(14, [], [said(8 * HOUR_MS, 'low', 20), said(9 * HOUR_MS, 'high', 600)]))
  expect(points.map(({ limit }) => limit)).toEqual(['low', 'high'])
})

it('is empty without data', () => {
  const model = agp(input(14, []))
  expect(model.dataFirstDay).toBeUndefined()
  expect(model.profiles).toEqual({})
  expect(model.points).toEqual([])
})
