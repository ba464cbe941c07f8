/** Data quality of hand-made days. */
import { describe, expect, it } from 'vitest'
import { defaultPreferences } from '#records/preferences.ts'
import { deviceDayOf } from '#records/time.ts'
import type { ReportInput } from '#reports/models.ts'
import { quality } from '#reports/quality.ts'
import { seriesOf, wall } from '../helpers/glucose.ts'
import { bolus, clockSet, logged, rate } from '../helpers/pumpLog.ts'

/** Friday. */
const firstDay = deviceDayOf(wall('2024-03-01'))
const inputOf = (change: Partial<ReportInput> = {}): ReportInput => ({
  period: { firstDay, lastDay: firstDay + 2 },
  preferences: defaultPreferences,
  glucose: [],
  records: [],
  basalFrom: firstDay - 7,
  deviceNames: { pump: 'MiniMed 780G', meter: 'Contour' },
  nextDay: firstDay + 3,
  ...change,
})
/** Every five minutes from one time to another, the last not in it. */
const every5 = (from: string, to: string) =>
  Array.from({ length: (wall(to) - wall(from)) / 300_000 }, (_, i) => ({ at: wall(from) + i * 300_000, value: 120 }))

describe('sensor data', () => {
  // The first day whole, of the second 16 hours (66.7 %), of the third nothing but one value.
  const glucose = [
    seriesOf(
      [
        ...every5('2024-03-01T00:00', '2024-03-02T10:00'),
        ...every5('2024-03-02T12:00', '2024-03-02T18:00'),
        { at: wall('2024-03-03T06:00'), value: 120 },
      ],
      'pump:read',
    ),
  ]
  const records = [
    logged('2024-03-02T10:30', { type: 'sensorState', state: 'signal lost' }, 'pump:read'),
    logged('2024-03-02T11:00', { type: 'sensorState', state: 'signal lost' }, 'pump:read'),
    clockSet('2024-03-02T11:30', '2024-03-02T11:40'),
  ]
  const model = quality(inputOf({ glucose, records }))

  it('covers each day by so much', () => {
    expect(model.coverage.map(({ minutes }) => minutes)).toEqual([1440, 960, 5])
    expect(model.coverage[1]?.fraction).toBeCloseTo(2 / 3, 9)
    expect(model.daysBelow).toBe(2)
  })

  it('has gaps, with what was told meanwhile', () => {
    expect(model.gaps).toEqual([
      {
        from: wall('2024-03-02T09:55'),
        to: wall('2024-03-02T12:00'),
        minutes: 125,
        missing: 24,
        states: ['signal lost'],
        clockSet: true,
      },
      {
        from: wall('2024-03-02T17:55'),
        to: wall('2024-03-03T06:00'),
        minutes: 725,
        missing: 144,
        states: [],
        clockSet: false,
      },
    ])
  })

  it('leaves days out that are left out', () => {
    const filter = { weekdaysOff: [], daysOff: [firstDay + 1], devicesOff: [] }
    const without = quality(inputOf({ glucose, records, filter }))
    expect(without.coverage.map(({ day }) => day - firstDay)).toEqual([0, 2])
    expect(without.gaps).toEqual([])
    expect(without.clockSettings).toEqual([])
    expect(without.stored).toEqual([
      { deviceKey: 'pump', device: 'MiniMed 780G', type: 'cbg', stored: 289, leftOut: 0 },
    ])
  })

  it('says when a clock was set, and by how much', () => {
    expect(model.clockSettings).toEqual([
      {
        at: wall('2024-03-02T11:30'),
        device: 'MiniMed 780G',
        from: wall('2024-03-02T11:30'),
        to: wall('2024-03-02T11:40'),
        byMs: 600_000,
      },
    ])
  })
})

describe('totals', () => {
  const total = (at: string, totalUnits: number) => logged(at, { type: 'dailyTotal', totalUnits })
  // 1 U/h: 24 U of basal a day, and boluses.
  const records = [
    rate('2024-02-29T22:00', 1),
    bolus('2024-03-01T12:00', 6),
    total('2024-03-01T23:59', 30),
    rate('2024-03-02T00:00', 1),
    bolus('2024-03-02T12:00', 6),
    total('2024-03-02T23:59', 27),
    rate('2024-03-03T00:00', 1),
    rate('2024-03-04T00:00', 1),
  ]
  const model = quality(inputOf({ records }))

  it('stand side by side, with their difference and the reason', () => {
    expect(model.totals).toEqual([
      { day: firstDay, pumpUnits: 30, ourUnits: 30, differenceUnits: 0 },
      { day: firstDay + 1, pumpUnits: 27, ourUnits: 30, differenceUnits: 3, note: 'differs-from-pump' },
    ])
    expect([model.totalsAgree, model.totalsCompared]).toEqual([1, 2])
  })

  it('say why there is none of ours', () => {
    const incomplete = quality(inputOf({ records: [bolus('2024-03-01T12:00', 6), total('2024-03-01T23:59', 30)] }))
    expect(incomplete.totals).toEqual([{ day: firstDay, pumpUnits: 30, note: 'basal-incomplete' }])
    expect(incomplete.totalsCompared).toBe(0)
  })
})

it('counts copies by source, and what is stored by device and kind', () => {
  const stick = (at: string, subType: 'meter' | 'linked', source: string) =>
    logged(at, { type: 'smbg', subType, value: 112, units: 'mg/dL' }, source)
  const model = quality(
    inputOf({
      glucose: [
        seriesOf(every5('2024-03-01T08:00', '2024-03-01T09:00'), 'pump:read'),
        seriesOf(every5('2024-03-01T08:00', '2024-03-01T10:00'), 'pump:file:x'),
      ],
      records: [
        stick('2024-03-01T08:00', 'meter', 'meter:read'),
        stick('2024-03-01T08:01', 'linked', 'pump:read'),
        logged('2024-03-01T09:00', { type: 'rewind' }, 'pump:read'),
      ],
    }),
  )
  const read = { device: 'MiniMed 780G', fromFile: false }
  expect(model.copies).toEqual([
    { type: 'cbg', leftOut: { device: 'MiniMed 780G', fromFile: true }, believed: read, count: 12 },
    { type: 'smbg', leftOut: read, believed: { device: 'Contour', fromFile: false }, count: 1 },
  ])
  expect(model.stored.map(({ device, type, stored, leftOut }) => [device, type, stored, leftOut])).toEqual([
    ['Contour', 'smbg', 1, 0],
    ['MiniMed 780G', 'cbg', 36, 12],
    ['MiniMed 780G', 'smbg', 1, 1],
    ['MiniMed 780G', 'rewind', 1, 0],
  ])
})

it('says nothing of a sensor that was not worn, and nothing of days without data', () => {
  const meterOnly = quality(
    inputOf({ records: [logged('2024-03-01T08:00', { type: 'smbg', subType: 'meter', value: 6.1, units: 'mmol/L' })] }),
  )
  expect(meterOnly).toMatchObject({ coverage: [], daysBelow: 0, gaps: [], totals: [], dataFirstDay: firstDay })
  const empty = quality(inputOf())
  expect(empty).toMatchObject({ coverage: [], gaps: [], copies: [], stored: [] })
  expect(empty.dataFirstDay).toBeUndefined()
})
