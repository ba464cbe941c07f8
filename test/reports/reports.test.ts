import { describe, expect, it } from 'vitest'
import { defaultPreferences, rangeSets } from '#records/preferences.ts'
import type { Smbg, TherapyRecord } from '#records/records.ts'
import type { GlucoseSeries } from '#records/series.ts'
import { DAY_MS, deviceDayOf } from '#records/time.ts'
import { daily } from '#reports/daily.ts'
import { stripDays } from '#reports/days.ts'
import type { ReportInput, Stored } from '#reports/models.ts'
import { overview } from '#reports/overview.ts'
import { rangeNames } from '#stats/ranges.ts'
import { seriesOf, wall } from '../helpers/glucose.ts'
import { bolus, logged, rate, resume, suspend } from '../helpers/pumpLog.ts'

const firstDay = deviceDayOf(wall('2024-03-30'))

function input(
  days: number,
  glucose: readonly GlucoseSeries[],
  records: readonly Stored<TherapyRecord>[],
  more: Partial<ReportInput> = {},
): ReportInput {
  return {
    period: { firstDay, lastDay: firstDay + days - 1 },
    preferences: defaultPreferences,
    glucose,
    records: records.toSorted((a, b) => a.deviceTime - b.deviceTime),
    basalFrom: firstDay - 7,
    deviceNames: {
      'pump:file:x': 'MiniMed 640G',
      'sensor:read': 'Guardian 3',
      meter: 'Contour NEXT LINK',
      'spare:read': 'Not in it',
    },
    ...more,
  }
}

const meter = (at: string, value: number, more: Partial<Smbg> = {}) =>
  logged(at, { type: 'smbg', value, units: 'mg/dL', subType: 'meter', ...more }, 'meter:read')

/** A two-day log: 1 U/h, suspended for an hour on the first day, 4 U and 40 g each noon. */
const pump = [
  rate('2024-03-29T22:00', 1),
  suspend('2024-03-30T03:00'),
  resume('2024-03-30T04:00'),
  logged('2024-03-30T12:00', { type: 'wizard', carbsGrams: 40 }),
  bolus('2024-03-30T12:00', 4),
  rate('2024-03-31T00:00', 1),
  logged('2024-03-31T12:00', { type: 'wizard', carbsGrams: 40 }),
  bolus('2024-03-31T12:00', 4),
  logged('2024-03-31T12:05', { type: 'alarm', name: 'LOW RESERVOIR' }),
  logged('2024-03-31T13:00', { type: 'setting', name: 'units', change: 'current', values: {} }),
]

/** 30 values in mg/dL on the first day (20 of 100, 10 of 200), 10 in mmol/L on the second (10.0). */
const sensor = seriesOf(
  [
    ...Array.from({ length: 30 }, (_, i) => ({
      at: wall('2024-03-30T08:00') + i * 300_000,
      value: i < 20 ? 100 : 200,
    })),
    ...Array.from({ length: 10 }, (_, i) => ({
      at: wall('2024-03-31T08:00') + i * 300_000,
      value: 10,
      units: 'mmol/L' as const,
    })),
  ],
  'sensor:read',
)

describe('the Overview', () => {
  it('of no data has its days and nothing else', () => {
    const model = overview(input(3, [], []))
    expect(model).toEqual({
      period: { firstDay, lastDay: firstDay + 2 },
      days: [{ day: firstDay }, { day: firstDay + 1 }, { day: firstDay + 2 }],
      devices: [],
    })
  })

  it('of one finger-stick value has just that', () => {
    const model = overview(input(1, [], [meter('2024-03-30T09:00', 65)]))
    expect(model).toMatchObject({
      dataFirstDay: firstDay,
      dataLastDay: firstDay,
      meter: { count: 1, meanMgdl: 65, valuesPerDay: 1, sdMgdl: { missing: 'too-few-values' } },
      devices: ['Contour NEXT LINK'],
    })
    expect(model.meter?.ranges.low).toMatchObject({ count: 1, percent: 100 })
    expect(model).not.toHaveProperty('sensor')
    expect(model).not.toHaveProperty('insulin')
  })

  it('adds up two days in two units', () => {
    const control = meter('2024-03-31T08:00', 110, { controlSolution: true })
    const calibration = logged('2024-03-31T08:01', { type: 'calibration', value: 300, units: 'mg/dL' })
    const rejected = meter('2024-03-31T09:00', 150, { rejected: true })
    const records = [...pump, control, calibration, meter('2024-03-30T09:00', 90), rejected]
    const model = overview(input(2, [sensor], records, { nextDay: firstDay + 2 }))
    // 20 * 100 + 10 * 200 + 10 * 180.1559 = 5801.559; / 40 = 145.038975
    expect(model.sensor?.meanMgdl).toBeCloseTo(145.038975, 9)
    // 10.0 mmol/L is in the target though it is more than 180 mg/dL.
    expect(model.sensor?.ranges.target).toEqual({ count: 30, fraction: 0.75, percent: 75, minutesPerDay: 1080 })
    expect(model.sensor?.ranges.high).toMatchObject({ count: 10, percent: 25 })
    expect(model.sensor).toMatchObject({
      count: 40,
      daysWithData: 2,
      gmiPercent: { missing: 'too-short' },
      tightFraction: 0.5,
      episodes: { hyperLevel1: { count: 1, meanMinutes: 50 }, hypoLevel1: { count: 0 } },
    })
    // From 08:00 to 08:45 the next day: 1485 minutes, room for 298 values.
    expect(model.sensor?.percentActive).toBeCloseTo((100 * 40) / 298, 9)
    expect(model.meter).toMatchObject({ count: 2, meanMgdl: 120, valuesPerDay: 1 })
    expect(model.insulin).toMatchObject({
      daysWithInsulin: 2,
      totalPerDay: 27.5,
      basalPerDay: 23.5,
      bolusPerDay: 4,
      bolusesPerDay: 1,
      basalPercent: 85,
      bolusPercent: 15,
      carbDays: 2,
      carbsGramsPerDay: 40,
      daysWithTotal: 2,
    })
    const [first, second] = model.days
    expect(first?.insulin).toMatchObject({ basalUnits: 23, bolusUnits: 4, totalUnits: 27, carbsGrams: 40 })
    expect(second?.insulin).toMatchObject({ basalUnits: 24, totalUnits: 28 })
    expect(first?.sensor).toMatchObject({ count: 30, daysWithData: 1 })
    // (20 * 100 + 10 * 200) / 30; deviations 20 * 33.33² + 10 * 66.67² = 66,666.67, / 29
    expect(first?.sensor?.meanMgdl).toBeCloseTo(133.333333, 6)
    expect(first?.sensor?.sdMgdl).toEqual({ value: expect.closeTo(Math.sqrt(66_666.6666667 / 29), 6) })
    expect(second?.sensor?.ranges.target.percent).toBe(100)
    expect(model.devices).toEqual(['Contour NEXT LINK', 'Guardian 3', 'MiniMed 640G'])
  })

  it('does not know the rest of the day after the last record, unless the next day has data', () => {
    const alone = overview(input(2, [], pump))
    expect(alone.days[0]?.insulin).toMatchObject({ totalUnits: 27 })
    expect(alone.days[1]?.insulin).toMatchObject({ bolusUnits: 4, note: 'basal-incomplete' })
    const followed = overview(input(2, [], pump, { nextDay: firstDay + 2 }))
    expect(followed.days[1]?.insulin).toMatchObject({ totalUnits: 28 })
    const later = overview(input(2, [], pump, { nextDay: firstDay + 3 }))
    expect(later.days[1]?.insulin).not.toHaveProperty('totalUnits')
  })

  it('takes no percentage from the unit shown', () => {
    const mgdl = overview(input(2, [sensor], pump))
    const preferences = { ...defaultPreferences, glucoseUnits: 'mmol/L' as const }
    expect(overview(input(2, [sensor], pump, { preferences }))).toEqual(mgdl)
  })

  it('uses the chosen ranges for shares and the consensus limits for episodes', () => {
    const preferences = { ...defaultPreferences, ranges: rangeSets.pregnancy }
    const model = overview(input(2, [sensor], [], { preferences }))
    expect(model.sensor?.ranges).toMatchObject({ target: { count: 20 }, high: { count: 20 }, veryHigh: { count: 0 } })
    expect(model.sensor?.episodes.hyperLevel1.count).toBe(1)
  })

  it('leaves out what lies around the period', () => {
    const around = seriesOf(
      [
        { at: wall('2024-03-29T23:59'), value: 300 },
        { at: wall('2024-03-30T00:00'), value: 100 },
        { at: wall('2024-03-30T23:59'), value: 110 },
        { at: wall('2024-03-31T00:00'), value: 300 },
      ],
      'sensor:read',
    )
    const records = [meter('2024-03-29T23:59', 300), meter('2024-03-30T12:00', 90), meter('2024-03-31T00:00', 300)]
    const model = overview(input(1, [around], records))
    expect(model.sensor).toMatchObject({ count: 2, meanMgdl: 105, daysWithData: 1 })
    expect(model.meter).toMatchObject({ count: 1, meanMgdl: 90 })
  })

  it('has no hole and no repeated hour on a day of clock changes that the device did not make', () => {
    // 2024-03-31 had 23 hours in Berlin; the device showed 24, and so does its day.
    const whole = Array.from({ length: 288 }, (_, i) => ({ at: wall('2024-03-31') + i * 300_000, value: 120 }))
    const model = overview(input(2, [seriesOf(whole, 'sensor:read')], []))
    expect(model.days[1]?.sensor?.count).toBe(288)
    expect(model.sensor?.percentActive).toBe(100)
  })

  it('takes 423 days with a few values at both ends in its stride', () => {
    const ends = [0, 1, 2].flatMap(i => [
      { at: wall('2024-03-30T08:00') + i * 300_000, value: 60 },
      { at: wall('2024-03-30T08:00') + 422 * DAY_MS + i * 300_000, value: 200 },
    ])
    const sparse = seriesOf(
      ends.sort((a, b) => a.at - b.at),
      'sensor:read',
    )
    const model = overview(input(423, [sparse], []))
    expect(model.days.length).toBe(423)
    expect(model.sensor).toMatchObject({
      count: 6,
      daysWithData: 2,
      meanMgdl: 130,
      gmiPercent: { missing: 'too-few-values' },
      episodes: { hypoLevel1: { count: 1 }, hyperLevel1: { count: 1 } },
    })
    expect(model.sensor?.episodes.hypoLevel1.perDay).toBeCloseTo(48, 9)
    expect([model.dataFirstDay, model.dataLastDay]).toEqual([firstDay, firstDay + 422])
  })

  it('counts data of two sources once', () => {
    const file = { ...sensor, sources: ['sensor:file:x'] }
    const records = pump.flatMap(record => [record, { ...record, sourceKey: 'pump:read' }])
    const both = overview(input(2, [file, sensor], records, { nextDay: firstDay + 2 }))
    const once = overview(input(2, [sensor], pump, { nextDay: firstDay + 2 }))
    expect({ ...both, devices: [] }).toEqual({ ...once, devices: [] })
  })
})

describe('the Daily page', () => {
  const records = [...pump, meter('2024-03-30T09:00', 90), meter('2024-03-30T10:00', 110, { controlSolution: true })]

  it('holds the day, clipped', () => {
    const model = daily(input(1, [sensor], records, { previousDay: firstDay - 4, nextDay: firstDay + 1 }))
    expect(model.day).toBe(firstDay)
    expect([model.previousDay, model.nextDay]).toEqual([firstDay - 4, firstDay + 1])
    expect(model.glucose.time.length).toBe(30)
    // Memory of its own: what is sent to the window is this day only.
    expect(model.glucose.time.buffer.byteLength).toBe(240)
    expect(model.sensor).toMatchObject({ count: 30, percentActive: 100 })
    expect(model.meterValues.map(value => value.value)).toEqual([90])
    expect(model.boluses.map(each => each.normalUnits)).toEqual([4])
    expect(model.wizards.map(each => each.carbsGrams)).toEqual([40])
    expect(model.events.map(each => each.type)).toEqual(['suspend', 'suspend'])
    expect(model.insulin).toMatchObject({ totalUnits: 27 })
    expect(model.basal).toEqual([
      { from: wall('2024-03-30T00:00'), to: wall('2024-03-30T03:00'), delivery: 'scheduled', rateUnitsPerHour: 1 },
      {
        from: wall('2024-03-30T03:00'),
        to: wall('2024-03-30T04:00'),
        delivery: 'suspended',
        rateUnitsPerHour: 0,
        suppressedUnitsPerHour: 1,
      },
      { from: wall('2024-03-30T04:00'), to: wall('2024-03-31T00:00'), delivery: 'scheduled', rateUnitsPerHour: 1 },
    ])
  })

  it('says the same of a day as the Overview', () => {
    const page = daily(input(1, [sensor], records, { nextDay: firstDay + 1 }))
    const [day] = overview(input(2, [sensor], records, { nextDay: firstDay + 2 })).days
    expect(page.insulin).toEqual(day?.insulin)
    expect(page.meter).toEqual(day?.meter)
    expect(page.sensor).toMatchObject({ ...day?.sensor })
  })

  it('of a day without data is empty', () => {
    expect(daily(input(1, [], []))).toEqual({
      day: firstDay,
      glucose: expect.objectContaining({ time: new Float64Array(0), sources: [] }),
      meterValues: [],
      boluses: [],
      wizards: [],
      food: [],
      therapy: [],
      calibrations: [],
      basal: [],
      events: [],
      setChanges: [],
      modes: [],
      clockChanges: [],
      patterns: [],
      settings: [],
      logs: { bolus: false, basal: false },
      devices: [],
    })
  })
})

describe('the strip of the last days', () => {
  it('has 14 days up to the last, with shares and counts', () => {
    const days = stripDays(
      [sensor],
      [meter('2024-03-30T09:00', 90), meter('2024-03-30T09:01', 90, { controlSolution: true })].filter(isSmbg),
      firstDay + 1,
      defaultPreferences,
    )
    expect(days.length).toBe(14)
    expect(days[0]).toEqual({ day: firstDay - 12, sensorCount: 0, meterCount: 0 })
    expect(days[12]).toMatchObject({ day: firstDay, sensorCount: 30, meterCount: 1 })
    expect(rangeNames.map(name => days[12]?.sensor?.[name].percent)).toEqual([0, 0, 67, 33, 0])
    expect(days[13]).toMatchObject({ day: firstDay + 1, sensorCount: 10, meterCount: 0 })
  })
})

const isSmbg = (record: Stored<TherapyRecord>): record is Stored<Smbg> => record.type === 'smbg'
