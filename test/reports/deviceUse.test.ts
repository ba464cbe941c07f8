/** What was done with the devices on each day, from records made by hand. */
import { expect, it } from 'vitest'
import { defaultPreferences } from '#records/preferences.ts'
import type { TherapyRecord } from '#records/records.ts'
import { deviceDayOf, MINUTE_MS } from '#records/time.ts'
import { deviceUse } from '#reports/deviceUse.ts'
import type { Stored } from '#reports/models.ts'
import { seriesOf, wall } from '../helpers/glucose.ts'
import { logged, rate, resume, suspend, tempPercent } from '../helpers/pumpLog.ts'

const firstDay = deviceDayOf(wall('2024-03-30'))
const useOf = (records: readonly Stored<TherapyRecord>[], glucose = seriesOf([])) =>
  deviceUse({
    period: { firstDay, lastDay: firstDay + 1 },
    preferences: defaultPreferences,
    glucose: [glucose],
    records: records.toSorted((a, b) => a.deviceTime - b.deviceTime),
    basalFrom: firstDay - 7,
    deviceNames: {},
  })

it('tells boluses by hand from those of the calculator, and what the calculator was used for', () => {
  const [day] = useOf([
    logged('2024-03-30T07:00', { type: 'bolus', subType: 'normal', normalUnits: 2 }),
    logged('2024-03-30T08:00', {
      type: 'wizard',
      carbsGrams: 40,
      recommendedCorrectionUnits: 0,
      recommendedNetUnits: 4,
    }),
    logged('2024-03-30T08:00:20', { type: 'bolus', subType: 'normal', normalUnits: 4, context: 'wizard' }),
    logged('2024-03-30T12:00', {
      type: 'wizard',
      carbsGrams: 60,
      recommendedCarbUnits: 6,
      recommendedCorrectionUnits: -0.5,
    }),
    logged('2024-03-30T12:00:10', {
      type: 'bolus',
      subType: 'normal',
      normalUnits: 3,
      programmedNormalUnits: 6,
      context: 'wizard',
    }),
    // Left without a bolus: it explains none.
    logged('2024-03-30T15:00', { type: 'wizard', carbsGrams: 20, delivered: false }),
    logged('2024-03-30T15:01', { type: 'bolus', subType: 'normal', normalUnits: 1 }),
    // One dual bolus as two records, one that gave nothing, one by the algorithm.
    logged('2024-03-30T18:00', { type: 'bolus', subType: 'dual', normalUnits: 2 }),
    logged('2024-03-30T18:02', { type: 'bolus', subType: 'dual', extendedUnits: 2, durationMs: 3_600_000 }),
    logged('2024-03-30T19:00', { type: 'bolus', subType: 'normal', normalUnits: 0, programmedNormalUnits: 3 }),
    logged('2024-03-30T20:00', { type: 'bolus', subType: 'normal', normalUnits: 0.4, context: 'automatic' }),
  ]).days
  expect(day).toMatchObject({
    boluses: 5,
    manualBoluses: 3,
    wizardBoluses: 2,
    automaticBoluses: 1,
    withFood: 2,
    // One proposed 0.5 U less: that corrects nothing upwards.
    withCorrection: 0,
    // 6 U were programmed where 5.5 had been proposed; that only 3 came is an interruption.
    overridden: 1,
    underridden: 0,
    // The one of which 3 U came, and the one of which nothing came.
    interrupted: 2,
  })
})

it('counts fills, rewinds, alarms, calibrations, meter values and the hours of the sensor', () => {
  const [first, second] = useOf(
    [
      logged('2024-03-30T09:00', { type: 'rewind' }),
      logged('2024-03-30T09:05', { type: 'prime', target: 'tubing', volumeUnits: 8.5 }),
      logged('2024-03-30T09:06', { type: 'prime', target: 'cannula', volumeUnits: 0.5 }),
      logged('2024-03-30T10:00', { type: 'alarm', name: 'LOW RESERVOIR' }),
      logged('2024-03-30T10:01', { type: 'alarm', name: 'LOW RESERVOIR', cleared: true }),
      logged('2024-03-31T07:00', { type: 'smbg', value: 100, units: 'mg/dL', subType: 'meter' }, 'meter:read'),
      logged('2024-03-31T07:00', { type: 'calibration', value: 100, units: 'mg/dL' }),
    ],
    seriesOf(Array.from({ length: 36 }, (_, i) => ({ at: wall('2024-03-31') + i * 5 * MINUTE_MS, value: 100 }))),
  ).days
  expect(first).toMatchObject({
    rewinds: 1,
    tubingFills: 1,
    cannulaFills: 1,
    fillUnits: 9,
    alarms: 1,
    sensorMinutes: 0,
  })
  expect(second).toMatchObject({ meterValues: 1, calibrations: 1, sensorMinutes: 180, rewinds: 0 })
})

it('adds up how long delivery was suspended, over midnight too', () => {
  const { days } = useOf([
    rate('2024-03-29T22:00', 1),
    suspend('2024-03-30T23:30'),
    resume('2024-03-31T00:20'),
    rate('2024-03-31T06:00', 1),
    logged('2024-03-31T23:00', { type: 'alarm', name: 'x' }),
  ])
  expect(days.map(({ suspendMinutes }) => suspendMinutes)).toEqual([30, 20])
})

it('knows the calculator that was left just before midnight', () => {
  const [, day] = useOf([
    logged('2024-03-30T23:59', { type: 'wizard', carbsGrams: 40, recommendedNetUnits: 4 }),
    logged('2024-03-31T00:01', { type: 'bolus', subType: 'normal', normalUnits: 4 }),
  ]).days
  expect(day).toMatchObject({
    boluses: 1,
    wizardBoluses: 1,
    manualBoluses: 0,
    withFood: 1,
    overridden: 0,
    underridden: 0,
  })
})

it('counts temporary rates on the day they were set', () => {
  const { days } = useOf([
    rate('2024-03-29T22:00', 1),
    rate('2024-03-30T06:00', 1),
    tempPercent('2024-03-30T23:30', 50, 60),
    rate('2024-03-31T06:00', 1),
    tempPercent('2024-03-31T08:00', 150, 60),
    logged('2024-03-31T23:00', { type: 'alarm', name: 'x' }),
  ])
  expect(days.map(({ tempBasals }) => tempBasals)).toEqual([1, 1])
})
