/** The Weekly review from records made by hand: where weeks begin, whose numbers they are, what is left out. */
import { describe, expect, it } from 'vitest'
import { defaultPreferences } from '#records/preferences.ts'
import type { TherapyRecord } from '#records/records.ts'
import { deviceDayOf, HOUR_MS, MINUTE_MS } from '#records/time.ts'
import { noFilter } from '#reports/filter.ts'
import type { ReportInput, Stored } from '#reports/models.ts'
import { weekly } from '#reports/weekly.ts'
import { type Reading, seriesOf, wall } from '../helpers/glucose.ts'
import { bolus, dose, logged, rate } from '../helpers/pumpLog.ts'

/** Friday 29 March to Tuesday 2 April 2024. */
const firstDay = deviceDayOf(wall('2024-03-29'))

function weeklyOf(
  records: readonly Stored<TherapyRecord>[],
  readings: readonly Reading[] = [],
  more: Partial<ReportInput> = {},
) {
  return weekly({
    period: { firstDay, lastDay: firstDay + 4 },
    preferences: defaultPreferences,
    glucose: [seriesOf(readings, 'sensor:read')],
    records: records.toSorted((a, b) => a.deviceTime - b.deviceTime),
    basalFrom: firstDay - 7,
    deviceNames: {},
    nextDay: firstDay + 5,
    ...more,
  })
}

const at = (iso: string, value: number): Reading => ({ at: wall(iso), value })

describe('the weeks', () => {
  it('begin on the person’s first day of the week and are always seven days', () => {
    const monday = weeklyOf([])
    expect(monday.weeks.map(({ days }) => days.map(({ day }) => day - firstDay))).toEqual([
      [-4, -3, -2, -1, 0, 1, 2],
      [3, 4, 5, 6, 7, 8, 9],
    ])
    expect(monday.weeks[0]?.days.map(({ state }) => state)).toEqual([
      'outside',
      'outside',
      'outside',
      'outside',
      'shown',
      'shown',
      'shown',
    ])
    const sunday = weeklyOf([], [], { preferences: { ...defaultPreferences, firstDayOfWeek: 0 } })
    expect(sunday.weeks.map(({ days }) => (days[0]?.day ?? 0) - firstDay)).toEqual([-5, 2])
  })

  it('have the mean of all their values, not of the days’ means', () => {
    const { weeks } = weeklyOf(
      [],
      [
        at('2024-03-29T08:00', 100),
        at('2024-03-30T08:00', 200),
        at('2024-03-30T08:05', 200),
        at('2024-03-30T08:10', 60),
        at('2024-04-01T08:00', 300),
      ],
    )
    // (100 + 200 + 200 + 60) / 4; the days' means are 100 and 153.3.
    expect(weeks[0]?.sensor).toMatchObject({ count: 4, meanMgdl: 140, daysWithData: 2 })
    expect(weeks[0]?.days[5]?.sensor?.meanMgdl).toBeCloseTo(460 / 3, 9)
    expect(weeks[0]?.sensor?.ranges.target.percent).toBe(25)
    expect(weeks[1]?.sensor).toMatchObject({ count: 1, meanMgdl: 300 })
  })

  it('leave days and weekdays out of every number', () => {
    const readings = [at('2024-03-29T08:00', 100), at('2024-03-30T08:00', 200), at('2024-03-31T08:00', 300)]
    const { weeks } = weeklyOf([bolus('2024-03-30T12:00', 5)], readings, {
      filter: { ...noFilter, weekdaysOff: [6] },
    })
    const saturday = weeks[0]?.days[5]
    expect(saturday).toMatchObject({ state: 'leftOut', boluses: [] })
    expect(saturday).not.toHaveProperty('sensor')
    expect(weeks[0]?.sensor).toMatchObject({ count: 2, meanMgdl: 200 })
  })
})

describe('lows and highs', () => {
  /** Values every five minutes up to, not including, `to`: 100, but for spans like ["08:00", "08:45", 60]. */
  const every5 = (from: string, to: string, spans: readonly (readonly [string, string, number])[]): Reading[] => {
    const count = (wall(to) - wall(from)) / (5 * MINUTE_MS)
    return Array.from({ length: count }, (_, i) => {
      const moment = wall(from) + i * 5 * MINUTE_MS
      const span = spans.find(([start, end]) => wall(start) <= moment && moment < wall(end))
      return { at: moment, value: span?.[2] ?? 100 }
    })
  }
  const { weeks } = weeklyOf(
    [],
    [
      ...every5('2024-03-29T00:00', '2024-03-31T06:00', [
        ['2024-03-29T08:00', '2024-03-29T08:45', 60],
        // Two values are ten minutes: no episode.
        ['2024-03-29T10:00', '2024-03-29T10:10', 60],
        // Over midnight.
        ['2024-03-29T23:50', '2024-03-30T00:25', 60],
        ['2024-03-30T12:00', '2024-03-30T12:15', 200],
        ['2024-03-31T03:00', '2024-03-31T03:25', 60],
      ]),
      ...every5('2024-04-01T08:00', '2024-04-01T12:00', [['2024-04-01T09:00', '2024-04-01T10:00', 60]]),
    ],
  )
  const [friday, saturday, sunday] = weeks[0]?.days.slice(4) ?? []

  it('count with their whole length on the day on which they begin', () => {
    expect(friday?.outside).toEqual({
      low: {
        count: 2,
        minutes: 45 + 35,
        within: [
          { from: wall('2024-03-29T07:55') + 1, to: wall('2024-03-29T08:45') },
          { from: wall('2024-03-29T23:45') + 1, to: wall('2024-03-30T00:25') },
        ],
      },
      high: { count: 0, minutes: 0, within: [] },
    })
    expect(saturday?.outside).toMatchObject({ low: { count: 0 }, high: { count: 1, minutes: 15 } })
  })

  it('are not told of a day with a quarter of its values, but count in its week', () => {
    expect(sunday).not.toHaveProperty('outside')
    expect(weeks[0]?.outside).toMatchObject({
      low: { count: 3, minutes: 45 + 35 + 25 },
      high: { count: 1, minutes: 15 },
    })
  })

  it('are not told of a week with less than a day of values', () => {
    expect(weeks[1]?.sensor?.count).toBe(48)
    expect(weeks[1]).not.toHaveProperty('outside')
  })

  it('come with the spread of the week from 30 values on', () => {
    // Fewer than 30.
    const few = weeklyOf([], every5('2024-03-29T00:00', '2024-03-29T02:25', []))
    expect(few.weeks[0]?.sensor).toMatchObject({ count: 29, sdMgdl: { missing: 'too-few-values' } })
    // 15 of 100 and 15 of 200: mean 150, SD sqrt(30 * 2500 / 29).
    const spread = weeklyOf(
      [],
      every5('2024-03-29T00:00', '2024-03-29T02:30', [['2024-03-29T01:15', '2024-03-29T02:30', 200]]),
    ).weeks[0]?.sensor
    const sd = spread && 'value' in spread.sdMgdl ? spread.sdMgdl.value : undefined
    expect(sd).toBeCloseTo(50.855, 3)
    expect(spread && 'value' in spread.cvPercent ? spread.cvPercent.value : undefined).toBeCloseTo(33.903, 3)
  })
})

describe('a day', () => {
  const day = weeklyOf([
    ...['28T22:00', '29T00:00', '30T00:00', '31T00:00'].map(time => rate(`2024-03-${time}`, 1)),
    logged('2024-03-30T12:00', { type: 'wizard', carbsGrams: 45 }),
    bolus('2024-03-30T12:00', 4),
    logged('2024-03-30T18:00', { type: 'wizard', carbsGrams: 20, delivered: false }),
    logged('2024-03-30T19:00', {
      type: 'bolus',
      subType: 'square',
      extendedUnits: 2,
      durationMs: HOUR_MS,
      startTime: wall('2024-03-30T18:00'),
    }),
    logged('2024-03-30T20:00', { type: 'prime', target: 'cannula', volumeUnits: 0.3 }),
    logged('2024-03-30T07:00', { type: 'smbg', value: 90, units: 'mg/dL', subType: 'meter' }, 'meter:read'),
  ]).weeks[0]?.days[5]

  it('has its marks in ms since midnight', () => {
    expect(day?.boluses).toEqual([
      { ms: 12 * HOUR_MS, normalUnits: 4, extendedUnits: 0, durationMs: 0, automatic: false },
      { ms: 18 * HOUR_MS, normalUnits: 0, extendedUnits: 2, durationMs: HOUR_MS, automatic: false },
    ])
    // Carbs that no bolus followed were perhaps never eaten.
    expect(day?.carbs).toEqual([{ ms: 12 * HOUR_MS, grams: 45 }])
    expect(day?.setChanges).toEqual([20 * HOUR_MS])
    expect(day?.meterMarks).toEqual([{ ms: 7 * HOUR_MS, mgdl: 90, flags: 0 }])
  })

  it('has its basal as columns and its insulin as sums', () => {
    expect([...(day?.basal.from ?? [])]).toEqual([0])
    expect([...(day?.basal.to ?? [])]).toEqual([24 * HOUR_MS])
    expect([...(day?.basal.unitsPerHour ?? [])]).toEqual([1])
    expect(day?.insulin).toMatchObject({ totalUnits: 30, bolusUnits: 6, carbsGrams: 45 })
    expect(day?.automation).toEqual({ automatedMs: 0, spannedMs: 24 * HOUR_MS })
  })

  it('of an algorithm tells its share, where at least half the day is known', () => {
    const doses = (from: string, hours: number) =>
      Array.from({ length: hours * 12 }, (_, i) => dose(wall(from) + i * 300_000, 0.05))
    const model = weeklyOf([...doses('2024-03-29T00:00', 24), ...doses('2024-03-31T00:00', 3)])
    expect(model.hasAutomation).toBe(true)
    const [friday, , sunday] = model.weeks[0]?.days.slice(4) ?? []
    expect(friday?.automation?.automatedMs).toBe(friday?.automation?.spannedMs)
    // Off from noon to 18:00, of which nobody knows the rate: a quarter of the day.
    const off = weeklyOf([...doses('2024-03-29T00:00', 12), ...doses('2024-03-29T18:00', 30)])
    const share = off.weeks[0]?.days[4]?.automation
    expect((share?.automatedMs ?? 0) / (share?.spannedMs ?? 1)).toBeCloseTo(0.75, 2)
    expect(sunday).not.toHaveProperty('automation')
  })
})

it('says the same in mmol/L, and of no data nothing', () => {
  const readings = [at('2024-03-29T08:00', 100)]
  const preferences = { ...defaultPreferences, glucoseUnits: 'mmol/L' as const }
  expect(weeklyOf([], readings, { preferences })).toEqual(weeklyOf([], readings))
  const nothing = weeklyOf([])
  expect(nothing).not.toHaveProperty('dataFirstDay')
  expect(nothing.weeks[0]).not.toHaveProperty('sensor')
  expect([nothing.highestBolus, nothing.highestBasal, nothing.hasAutomation]).toEqual([0, 0, false])
})
