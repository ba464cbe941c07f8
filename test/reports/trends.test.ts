/** Trends of hand-made days: each measure of a day, a week, the period; the seven-day mean. */
import { describe, expect, it } from 'vitest'
import { defaultPreferences } from '#records/preferences.ts'
import { deviceDayOf } from '#records/time.ts'
import { insulinReport } from '#reports/insulin.ts'
import type { ReportInput } from '#reports/models.ts'
import { trends } from '#reports/trends.ts'
import type { TrendMeasure } from '#reports/trendsModel.ts'
import { seriesOf, wall } from '../helpers/glucose.ts'
import { bolus, dose, logged, rate, resume, suspend } from '../helpers/pumpLog.ts'

/** Friday; the fourth day is Monday, the first of April. */
const firstDay = deviceDayOf(wall('2024-03-29'))
/** `count` values of a day from midnight on. */
const dayOf = (iso: string, count: number, value: (i: number) => number) =>
  Array.from({ length: count }, (_, i) => ({ at: wall(iso) + i * 300_000, value: value(i) }))

const glucose = [
  seriesOf(
    [
      // 40 values: half 60 (low), half 140: mean 100.
      ...dayOf('2024-03-29', 40, i => (i % 2 === 0 ? 60 : 140)),
      // 20 values of 200, too few for a deviation.
      ...dayOf('2024-04-01', 20, () => 200),
    ],
    'pump:file:x',
  ),
]
const records = [
  ...['28T22:00', '29T00:00', '30T00:00', '31T00:00'].map(at => rate(`2024-03-${at}`, 1)),
  ...['01T00:00', '02T00:00'].map(at => rate(`2024-04-${at}`, 1)),
  logged('2024-03-29T12:00', { type: 'wizard', carbsGrams: 30 }),
  bolus('2024-03-29T12:00', 6),
  suspend('2024-03-30T10:00'),
  // 80 minutes, and ten more while the reservoir is out: 90.
  resume('2024-03-30T11:20'),
  logged('2024-03-30T12:00', { type: 'rewind' }),
  logged('2024-03-30T12:05', { type: 'prime', target: 'tubing', volumeUnits: 10 }),
  logged('2024-03-30T12:10', { type: 'prime', target: 'cannula', volumeUnits: 0.3 }),
  logged('2024-03-30T13:00', { type: 'alarm', name: 'Low reservoir' }),
  logged('2024-03-30T13:01', { type: 'alarm', name: 'Low reservoir', cleared: true }),
  logged('2024-04-01T07:00', { type: 'smbg', subType: 'meter', value: 90, units: 'mg/dL' }, 'meter:read'),
  logged('2024-04-01T09:00', { type: 'smbg', subType: 'meter', value: 110, units: 'mg/dL' }, 'meter:read'),
].sort((a, b) => a.deviceTime - b.deviceTime)

const inputOf = (change: Partial<ReportInput> = {}): ReportInput => ({
  period: { firstDay, lastDay: firstDay + 3 },
  preferences: { ...defaultPreferences, firstDayOfWeek: 1 },
  glucose,
  records,
  basalFrom: firstDay - 7,
  deviceNames: {},
  nextDay: firstDay + 4,
  ...change,
})
const model = trends(inputOf())
const days = (name: TrendMeasure) => [...model.days.columns[name]]
const none = Number.NaN

describe('a day', () => {
  it('has its glucose, and no deviation of too few values', () => {
    expect(days('readings')).toEqual([40, none, none, 20])
    expect(days('mean')).toEqual([100, none, none, 200])
    // Half of the values 40 above, half 40 below: 40 * sqrt(40 / 39).
    expect(days('sd')[0]).toBeCloseTo(40.5096, 4)
    expect(days('cv')[0]).toBeCloseTo(40.5096, 4)
    expect(days('sd')[3]).toBeNaN()
    expect(days('below')).toEqual([0.5, none, none, 0])
    expect(days('target')).toEqual([0.5, none, none, 0])
    expect(days('above')).toEqual([0, none, none, 1])
    expect(days('meterReadings')).toEqual([none, none, none, 2])
    expect(days('meterMean')).toEqual([none, none, none, 100])
  })

  it('has its insulin and carbs', () => {
    expect(days('total')).toEqual([30, 22.5, 24, 24])
    expect(days('basal')).toEqual([24, 22.5, 24, 24])
    expect(days('bolus')).toEqual([6, 0, 0, 0])
    expect(days('bolusPercent')).toEqual([20, 0, 0, 0])
    expect(days('carbs')).toEqual([30, none, none, none])
  })

  it('has what was done with the pump', () => {
    expect(days('suspended')).toEqual([0, 90, 0, 0])
    expect(days('rewinds')).toEqual([0, 1, 0, 0])
    expect(days('tubingFills')).toEqual([0, 1, 0, 0])
    expect(days('cannulaFills')).toEqual([0, 1, 0, 0])
    // The answer to an alarm is not one more.
    expect(days('alarms')).toEqual([0, 1, 0, 0])
  })
})

it('cuts weeks at the person’s first day, months at the first, and takes means a day', () => {
  expect(model.weeks.spans.map(span => [span.firstDay - firstDay, span.lastDay - firstDay, span.days])).toEqual([
    [0, 2, 3],
    [3, 3, 1],
  ])
  expect(model.weeks.columns.total[0]).toBeCloseTo((30 + 22.5 + 24) / 3, 9)
  // 6 of 76.5 U, not the mean of the days' percents.
  expect(model.weeks.columns.bolusPercent[0]).toBeCloseTo(600 / 76.5, 9)
  expect(model.months.spans).toHaveLength(2)
})

it('sums up the whole period', () => {
  // 40 values of 100 and 20 of 200: not the mean of the days' means.
  expect(model.means.mean).toBeCloseTo(8000 / 60, 9)
  expect(model.means.total).toBeCloseTo(100.5 / 4, 9)
  expect(model.sums.total).toBe(100.5)
  expect(model.sums.readings).toBe(60)
  expect(model.sums.mean).toBeNaN()
  expect(model.knownDays).toMatchObject({ mean: 2, total: 4, carbs: 1, sd: 1 })
})

it('says the same of insulin as the insulin report', () => {
  const { summary } = insulinReport(inputOf())
  expect(summary?.totalPerDay).toBeCloseTo(model.means.total, 9)
  expect(summary?.basalPerDay).toBeCloseTo(model.means.basal, 9)
  expect(summary?.bolusPerDay).toBeCloseTo(model.means.bolus, 9)
  expect(summary?.carbsGramsPerDay).toBe(model.means.carbs)
})

it('takes the seven-day mean from four known days on', () => {
  expect([...model.sevenDays.total]).toEqual([none, none, none, 100.5 / 4])
  expect([...model.sevenDays.mean]).toEqual([none, none, none, none])
})

it('leaves out what is left out', () => {
  const filter = { weekdaysOff: [6], daysOff: [], devicesOff: ['meter'] }
  const without = trends(inputOf({ filter }))
  expect(without.days.spans.map(span => span.firstDay - firstDay)).toEqual([0, 2, 3])
  expect(without.weeks.spans[0]?.days).toBe(2)
  expect(without.sums.rewinds).toBe(0)
  expect(without.means.meterMean).toBeNaN()
  // The day left out is a day without a number, and three are too few.
  expect([...without.sevenDays.total]).toEqual([none, none, none])
})

it('counts time in automatic mode', () => {
  // Micro-doses every five minutes of the first day, from 00:00 to 12:00; each stands until the next.
  const doses = Array.from({ length: 145 }, (_, i) => dose(wall('2024-03-29') + i * 300_000, 0.05))
  const automatic = trends(inputOf({ glucose: [], records: doses, period: { firstDay, lastDay: firstDay } }))
  expect(automatic.days.columns.automatic[0]).toBe(720)
})

it('knows nothing of a pump from a sensor alone, and nothing at all without data', () => {
  const sensorOnly = trends(inputOf({ records: [] }))
  expect(sensorOnly.means.mean).toBeCloseTo(8000 / 60, 9)
  expect(sensorOnly.means.alarms).toBeNaN()
  expect(sensorOnly.knownDays.total).toBe(0)
  const empty = trends(inputOf({ records: [], glucose: [] }))
  expect(empty.dataFirstDay).toBeUndefined()
  expect(Object.values(empty.means).every(Number.isNaN)).toBe(true)
})
