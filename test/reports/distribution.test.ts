/** Distribution: which values it looks at, the map of hours, and which indices there are enough values for. */
import { describe, expect, it } from 'vitest'
import { defaultPreferences, type Preferences } from '#records/preferences.ts'
import { deviceDayOf } from '#records/time.ts'
import { distribution } from '#reports/distribution.ts'
import { type ReportInput, rangeNames } from '#reports/models.ts'
import { seriesOf, wall } from '../helpers/glucose.ts'
import { logged } from '../helpers/pumpLog.ts'

const firstDay = deviceDayOf(wall('2024-03-01'))
const inputOf = (change: Partial<ReportInput> = {}, preferences: Partial<Preferences> = {}): ReportInput => ({
  period: { firstDay, lastDay: firstDay + 1 },
  preferences: { ...defaultPreferences, ...preferences },
  glucose: [],
  records: [],
  basalFrom: firstDay - 7,
  deviceNames: {},
  ...change,
})
const every5 = (count: number, value: (i: number) => number) =>
  seriesOf(
    Array.from({ length: count }, (_, i) => ({ at: wall('2024-03-01') + i * 300_000, value: value(i) })),
    'pump:read',
  )
const sticks = (values: readonly number[]) =>
  values.map((value, i) =>
    logged(
      wall('2024-03-01T06:00') + i * 3_600_000,
      { type: 'smbg', subType: 'meter', value, units: 'mg/dL' },
      'm:read',
    ),
  )

describe('two days of a sensor', () => {
  // 100 on the first day, 200 on the second.
  const model = distribution(
    inputOf({ glucose: [every5(576, i => (i < 288 ? 100 : 200))], records: sticks([90, 250]) }),
  )

  it('have a histogram of the sensor and one of the meter', () => {
    expect(model.sensor).toMatchObject({ from: 100, binWidth: 10, count: 576 })
    expect(model.sensor?.cumulative[0]).toBeCloseTo(0.5, 9)
    expect(model.meter).toMatchObject({ from: 90, count: 2 })
  })

  it('have the mean of each hour with its range', () => {
    const map = model.hours.sensor
    expect(map?.mgdl[5]).toBe(100)
    expect(map?.mgdl[24 + 5]).toBe(200)
    expect([map?.ranges[5], map?.ranges[29]].map(range => rangeNames[range ?? -1])).toEqual(['target', 'high'])
    expect(model.hours.meter?.ranges.filter(range => range !== 255)).toHaveLength(2)
  })

  it('have their indices', () => {
    const { indices } = model
    // Half of the time high: 0.8 times 50; 0.5 times 50 for the part of the highs.
    expect(indices?.risk).toMatchObject({ gri: 40, zone: 'B', hypoComponent: 0, hyperComponent: 25 })
    // The same time of the next day is always 100 higher, but for the grid's points of the jump itself.
    expect(indices?.modd).toBeCloseTo(100, 0)
    expect(indices).toMatchObject({ from: 'sensor', count: 576, daysWithData: 2 })
    // (150 + 50.04)² / 1000.
    expect(indices?.jIndex).toBeCloseTo(40.02, 1)
  })
})

it('is never in the colour of a low where the number shown is in range', () => {
  // A mean of 69.6 is shown as 70.
  const model = distribution(inputOf({ glucose: [every5(5, i => (i < 2 ? 69 : 70))] }))
  expect(model.hours.sensor?.mgdl[0]).toBeCloseTo(69.6, 9)
  expect(rangeNames[model.hours.sensor?.ranges[0] ?? -1]).toBe('target')
})

it('is made in the person’s unit', () => {
  const model = distribution(inputOf({ glucose: [every5(3, () => 100)] }, { glucoseUnits: 'mmol/L' }))
  // 100 mg/dL is 5.6 mmol/L.
  expect(model.sensor).toMatchObject({ binWidth: 0.5, from: 5.5 })
  expect(model.units).toBe('mmol/L')
})

it('gives no index for less than a day of values', () => {
  const { indices } = distribution(inputOf({ glucose: [every5(200, i => 80 + i)] }))
  expect(indices).toEqual({ from: 'sensor', count: 200, daysWithData: 1 })
})

describe('a meter alone', () => {
  const long = { period: { firstDay, lastDay: firstDay + 13 } }
  const thrice = Array.from({ length: 42 }, (_, i) =>
    logged(
      wall('2024-03-01T07:00') + Math.floor(i / 3) * 86_400_000 + (i % 3) * 18_000_000,
      { type: 'smbg', subType: 'meter', value: 112.5, units: 'mg/dL' },
      'm:read',
    ),
  )

  it('has the indices of finger-sticks from 30 values on', () => {
    const { indices } = distribution(inputOf({ ...long, records: thrice }))
    // 112 or 113 mg/dL are next to no risk.
    expect(indices?.lbgi).toBeCloseTo(0, 2)
    expect(indices?.adrr).toBeCloseTo(0, 2)
    expect(indices?.mage).toBeUndefined()
    expect(indices?.risk).toBeUndefined()
  })

  it('has no daily risk range from fewer than 14 days with three values', () => {
    const { indices } = distribution(inputOf({ ...long, records: thrice.slice(1) }))
    expect(indices?.lbgi).toBeDefined()
    expect(indices?.adrr).toBeUndefined()
  })

  it('has none at all from one value', () => {
    const model = distribution(inputOf({ records: sticks([104]) }))
    expect(model.indices).toEqual({ from: 'meter', count: 1, daysWithData: 1 })
    expect(model.meter).toMatchObject({ from: 100, count: 1 })
  })
})

it('leaves out what is left out, and is empty without values', () => {
  const filter = { weekdaysOff: [], daysOff: [firstDay], devicesOff: [] }
  const model = distribution(inputOf({ glucose: [every5(576, i => (i < 288 ? 100 : 200))], filter }))
  expect(model.sensor).toMatchObject({ from: 200, count: 288 })
  expect(model.hours.sensor?.days).toEqual([firstDay + 1])
  const empty = distribution(inputOf())
  expect(empty).toMatchObject({ hours: {} })
  expect([empty.sensor, empty.indices, empty.dataFirstDay]).toEqual([undefined, undefined, undefined])
})
