/** What is left out of a report is left out of all its numbers; nothing else changes. */
import { describe, expect, test } from 'vitest'
import { defaultPreferences } from '#records/preferences.ts'
import type { TherapyRecord, Wizard } from '#records/records.ts'
import { type DeviceTime, startOfDeviceDay } from '#records/time.ts'
import { prepare } from '#reports/days.ts'
import { asWanted, daysOf, noFilter, weekdayOf } from '#reports/filter.ts'
import { insulinReport } from '#reports/insulin.ts'
import type { ReportInput, Stored } from '#reports/models.ts'
import { overview } from '#reports/overview.ts'
import { seriesOf } from '../helpers/glucose.ts'

/** 2026-03-02, a Monday. */
const monday = Date.UTC(2026, 2, 2) / 86_400_000
const at = (day: number, hour: number, minute = 0): DeviceTime =>
  (startOfDeviceDay(monday + day) + (hour * 60 + minute) * 60_000) as DeviceTime

type Fields = TherapyRecord extends infer R ? (R extends unknown ? Omit<R, 'raw'> : never) : never
let ids = 0
const stored = (record: Fields, sourceKey = 'pump:read'): Stored<TherapyRecord> =>
  ({
    raw: { page: 0, offset: 0, length: 1 },
    ...record,
    id: `id-${ids++}`,
    sourceKey,
    artifactId: 'a',
  }) as unknown as Stored<TherapyRecord>

const rate = (day: number, rateUnitsPerHour: number) =>
  stored({ type: 'basalRate', deviceTime: at(day, 0), rateUnitsPerHour } as Fields)
const bolus = (day: number, normalUnits: number) =>
  stored({ type: 'bolus', deviceTime: at(day, 12), subType: 'normal', normalUnits } as Fields)

/** A week: 1 U/h on Monday, set to 0.5 U/h on Saturday for good; a bolus of day number + 1 units at noon each day. */
function week(change: Partial<ReportInput> = {}): ReportInput {
  const boluses = Array.from({ length: 7 }, (_, day) => bolus(day, day + 1))
  const records = [rate(0, 1), rate(5, 0.5), ...boluses].sort((a, b) => a.deviceTime - b.deviceTime)
  return {
    period: { firstDay: monday, lastDay: monday + 6 },
    preferences: defaultPreferences,
    glucose: [],
    records,
    basalFrom: monday,
    nextDay: monday + 7,
    deviceNames: { pump: 'Pump', meter: 'Meter' },
    ...change,
  }
}

describe('the days of a period', () => {
  test('are all without a filter', () => {
    expect(daysOf({ firstDay: monday, lastDay: monday + 6 })).toHaveLength(7)
  })

  test('are those whose weekday and date are not left out', () => {
    expect(weekdayOf(monday)).toBe(1)
    const filter = { ...noFilter, weekdaysOff: [0, 6], daysOff: [monday + 2] }
    expect(daysOf({ firstDay: monday, lastDay: monday + 6 }, filter)).toEqual([0, 1, 3, 4].map(day => monday + day))
  })
})

describe('a report with days left out', () => {
  test('counts only the others, and lists only them', () => {
    const model = insulinReport(week({ filter: { ...noFilter, weekdaysOff: [2] } }))
    expect(model.days.map(({ day }) => day - monday)).toEqual([0, 2, 3, 4, 5, 6])
    // 1 + 3 + 4 + 5 + 6 + 7 units in six days.
    expect(model.summary?.bolusPerDay).toBeCloseTo(26 / 6, 10)
    expect(model.summary?.daysWithInsulin).toBe(6)
  })

  test('still knows a rate that was set on a day left out', () => {
    const model = insulinReport(week({ filter: { ...noFilter, daysOff: [monday + 5] } }))
    const sunday = model.days.find(({ day }) => day === monday + 6)
    // Half a unit an hour since Saturday, which is left out.
    expect(sunday?.insulin?.basalUnits).toBeCloseTo(12, 6)
  })

  test('counts sensor use over the days that are left', () => {
    const readings = Array.from({ length: 7 * 288 }, (_, i) => [at(0, 0, i * 5), 100 + Math.floor(i / 288)] as const)
    const glucose = [seriesOf(readings.map(([time, value]) => ({ at: time, value })))]
    const whole = overview(week({ glucose }))
    const part = overview(week({ glucose, filter: { ...noFilter, weekdaysOff: [0, 6] } }))
    expect(whole.sensor?.count).toBe(7 * 288)
    expect(part.sensor?.count).toBe(5 * 288)
    // Days hold 100, 101 … 106; without Saturday and Sunday 100 to 104.
    expect(part.sensor?.meanMgdl).toBeCloseTo(102, 10)
    expect(part.sensor?.daysWithData).toBe(5)
  })
})

describe('a device left out', () => {
  test('is as if it had never been there', () => {
    const finger = stored(
      { type: 'smbg', deviceTime: at(1, 8), value: 99, units: 'mg/dL', subType: 'meter' } as Fields,
      'meter:read',
    )
    const input = week()
    const records = [...input.records, finger].sort((a, b) => a.deviceTime - b.deviceTime)
    expect(prepare({ ...input, records }).devices).toEqual(['Meter', 'Pump'])
    const without = prepare({ ...input, records, filter: { ...noFilter, devicesOff: ['meter'] } })
    expect(without.devices).toEqual(['Pump'])
    expect(without.meterValues).toEqual([])
  })
})

describe('carbohydrate', () => {
  const food = [
    stored({ type: 'food', deviceTime: at(0, 8), carbsGrams: 45 } as Fields),
    stored({ type: 'food', deviceTime: at(0, 13), carbsExchanges: 2 } as Fields),
  ]
  const carbsOf = (carbUnits: 'asEntered' | 'grams' | 'exchanges') => {
    const preferences = { ...defaultPreferences, carbUnits, gramsPerExchange: 12 }
    const day = insulinReport(week({ records: food, preferences })).days[0]?.insulin
    return [day?.carbsGrams, day?.carbsExchanges, day?.carbEntries]
  }

  test('stays as it was entered', () => {
    expect(carbsOf('asEntered')).toEqual([45, 2, 2])
  })

  test('is counted in grams, or in exchanges of as many grams as one has', () => {
    expect(carbsOf('grams')).toEqual([69, 0, 2])
    expect(carbsOf('exchanges')).toEqual([0, 5.75, 2])
  })

  const ratioOf = (carbUnits: 'asEntered' | 'grams' | 'exchanges', wizard: Partial<Wizard>) => {
    const records = [stored({ type: 'wizard', deviceTime: at(0, 8), ...wizard } as Fields)]
    const input = asWanted(week({ records, preferences: { ...defaultPreferences, carbUnits, gramsPerExchange: 12 } }))
    const { carbRatio, carbRatioUnits } = input.records[0] as Wizard
    return [carbRatio, carbRatioUnits]
  }

  test('has the calculator’s ratio beside it in the same unit', () => {
    // 12 g are one exchange: at 10 g/U they need 1.2 U, and 1.5 U for 12 g are 8 g/U.
    const [grams, exchanges] = [
      { carbsGrams: 40, carbRatio: 10 },
      { carbsExchanges: 3, carbRatio: 1.5 },
    ]
    expect(ratioOf('asEntered', { ...grams, carbRatioUnits: 'g/U' })).toEqual([10, 'g/U'])
    expect(ratioOf('exchanges', { ...grams, carbRatioUnits: 'g/U' })).toEqual([1.2, 'U/exchange'])
    expect(ratioOf('exchanges', grams)).toEqual([1.2, 'U/exchange'])
    expect(ratioOf('exchanges', { carbRatio: 10, carbRatioUnits: 'g/U' })).toEqual([1.2, 'U/exchange'])
    expect(ratioOf('grams', { ...exchanges, carbRatioUnits: 'U/exchange' })).toEqual([8, 'g/U'])
    expect(ratioOf('exchanges', { ...exchanges, carbRatioUnits: 'U/exchange' })).toEqual([1.5, 'U/exchange'])
    // Of exchanges without a unit of the ratio nobody knows which it is.
    expect(ratioOf('grams', exchanges)).toEqual([1.5, undefined])
  })
})

test('a preferred device goes before one that was read by cable', () => {
  const of = (sourceKey: string, mgdl: number) => seriesOf([{ at: at(0, 8), value: mgdl }], sourceKey)
  const glucose = [of('pump:read', 100), of('phone:file', 110)]
  expect(prepare(week({ glucose })).sensor.mgdl).toEqual(Float64Array.of(100))
  const preferences = { ...defaultPreferences, preferredDevices: ['phone'] }
  expect(prepare(week({ glucose, preferences })).sensor.mgdl).toEqual(Float64Array.of(110))
})
