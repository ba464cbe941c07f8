/** The list of lows and highs with what happened around them, from a trace made by hand. */
import { describe, expect, it } from 'vitest'
import { defaultPreferences } from '#records/preferences.ts'
import { deviceDayOf, MINUTE_MS } from '#records/time.ts'
import { episodesReport } from '#reports/episodes.ts'
import type { ReportInput } from '#reports/models.ts'
import { seriesOf, wall } from '../helpers/glucose.ts'
import { bolus, logged, rate, resume, suspend } from '../helpers/pumpLog.ts'

const start = wall('2024-03-30')
const firstDay = deviceDayOf(start)
/** Values of two days every five minutes; spans of minutes from the first midnight have values of their own. */
function trace(spans: readonly (readonly [from: number, to: number, value: number])[], units?: 'mmol/L') {
  const usual = units ? 6.7 : 120
  return seriesOf(
    Array.from({ length: 576 }, (_, i) => {
      const minute = i * 5
      const span = spans.find(([from, to]) => minute >= from && minute < to)
      return { at: start + minute * MINUTE_MS, value: span ? span[2] : usual, ...(units ? { units } : {}) }
    }),
  )
}
const report = (change: Partial<ReportInput> = {}) =>
  episodesReport({
    period: { firstDay, lastDay: firstDay + 1 },
    preferences: defaultPreferences,
    glucose: [],
    records: [],
    basalFrom: firstDay - 7,
    deviceNames: {},
    ...change,
  })

/** Low at 03:00 for 20 minutes; very low at 14:00 on the second day, for three hours; high at 18:00 for an hour. */
const sensor = trace([
  [180, 200, 65],
  [1080, 1140, 260],
  [2280, 2460, 50],
])

describe('the list', () => {
  const records = [
    rate('2024-03-29T22:00', 1),
    rate('2024-03-30T00:00', 1),
    suspend('2024-03-30T02:50'),
    resume('2024-03-30T03:10'),
    bolus('2024-03-30T17:30', 3),
    rate('2024-03-31T00:00', 1),
    logged('2024-03-31T14:20', { type: 'food', carbsGrams: 20 }),
  ]
  const model = report({ glucose: [sensor], records, nextDay: firstDay + 2 })

  it('has each episode, newest first, with its level and length', () => {
    expect(
      model.episodes.map(({ side, startMs, minutes, level, isExtended, isOvernight }) => [
        side,
        (startMs - start) / MINUTE_MS,
        minutes,
        level,
        isExtended,
        isOvernight,
      ]),
    ).toEqual([
      ['hypo', 2280, 180, 2, true, false],
      ['hyper', 1080, 60, 2, false, false],
      ['hypo', 180, 20, 1, false, true],
    ])
  })

  it('tells what happened around each', () => {
    const [veryLow, high, low] = model.episodes
    expect(veryLow).toMatchObject({ extremeMgdl: 50, suspendedMinutes: 0, carbs: { grams: 20, exchanges: 0 } })
    expect(high).toMatchObject({ extremeMgdl: 260, bolus: { units: 3, count: 1, lastAt: wall('2024-03-30T17:30') } })
    expect(low).toMatchObject({ extremeMgdl: 65, suspendedMinutes: 10 })
    expect(low).not.toHaveProperty('bolus')
  })

  it('counts the hours in which they begin', () => {
    const lows = [...model.hours.hypo.all]
    expect(lows.flatMap((count, hour) => (count > 0 ? [[hour, count]] : []))).toEqual([
      [3, 1],
      [14, 1],
    ])
    expect(model.hours.hypo.severe[14]).toBe(1)
    expect(model.hours.hyper.all[18]).toBe(1)
  })

  it('sums up each kind', () => {
    expect(model.summary?.hypoLevel1.count).toBe(2)
    expect(model.summary?.hypoLevel2.count).toBe(1)
    expect(model.summary?.hypoExtended.count).toBe(1)
    expect(model.summary?.hyperLevel2.count).toBe(1)
  })

  it('carries the values for the pictures and no others', () => {
    const minutes = [...model.trace.time].map(time => (time - start) / MINUTE_MS)
    // Three hours before to three hours after, or to an hour after the end of the long one (14:00 + 3 h + 1 h).
    expect([minutes[0], minutes.at(-1)]).toEqual([0, 2520])
    expect(minutes).not.toContain(365)
    expect(minutes).toContain(900)
    expect(minutes).toHaveLength(73 + 73 + 85)
  })

  it('carries the boluses and carbs of the pictures, each once, and no others', () => {
    const doses = [
      bolus('2024-03-29T23:59', 1),
      bolus('2024-03-30T00:00', 2),
      bolus('2024-03-30T17:30', 3),
      // An hour after the end of the long one at 17:00, and a minute more.
      bolus('2024-03-31T18:00', 4),
      bolus('2024-03-31T18:01', 5),
      logged('2024-03-30T09:00', { type: 'food', carbsGrams: 10 }),
      logged('2024-03-31T14:20', { type: 'food', carbsGrams: 20 }),
    ].toSorted((a, b) => a.deviceTime - b.deviceTime)
    const { boluses, carbs } = report({ glucose: [sensor], records: doses })
    expect(boluses.map(({ normalUnits }) => normalUnits)).toEqual([2, 3, 4])
    expect(carbs.map(({ carbsGrams }) => carbsGrams)).toEqual([20])
  })
})

it('sees a bolus of the evening before the period', () => {
  const earlier = bolus('2024-03-29T23:30', 4)
  const [low] = report({ glucose: [trace([[30, 60, 60]])], records: [earlier] }).episodes
  expect(low?.bolus).toEqual({ units: 4, count: 1, lastAt: earlier.deviceTime })
})

it('follows the person’s own night', () => {
  const preferences = { ...defaultPreferences, overnight: { fromMinute: 22 * 60, toMinute: 3 * 60 } }
  const model = report({
    glucose: [
      trace([
        [170, 200, 65],
        [1380, 1400, 60],
      ]),
    ],
    preferences,
  })
  expect(model.episodes.map(({ isOvernight }) => isOvernight)).toEqual([true, true])
})

it('compares in the unit that the device stored', () => {
  // 3.9 mmol/L is 70.26 mg/dL and not low; 3.8 is.
  const model = report({
    glucose: [
      trace(
        [
          [180, 220, 3.9],
          [600, 640, 3.8],
        ],
        'mmol/L',
      ),
    ],
  })
  expect(model.episodes.map(({ startMs }) => (startMs - start) / MINUTE_MS)).toEqual([600])
})

it('does not see what happened on days left out', () => {
  const filter = { weekdaysOff: [], daysOff: [firstDay], devicesOff: [] }
  expect(report({ glucose: [sensor], filter }).episodes).toHaveLength(1)
})

it('bears no values, one value, and a meter alone', () => {
  const nothing = report()
  expect(nothing.episodes).toEqual([])
  expect(nothing).not.toHaveProperty('summary')
  expect(report({ glucose: [seriesOf([{ at: start, value: 40 }])] }).episodes).toEqual([])
  const stick = logged('2024-03-30T08:00', { type: 'smbg', subType: 'meter', value: 40, units: 'mg/dL' })
  const meter = report({ records: [stick] })
  expect(meter.episodes).toEqual([])
  expect(meter.dataFirstDay).toBe(firstDay)
})
