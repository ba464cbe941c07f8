/** The Calendar from values made by hand: months in weeks, lows by the day they began, the best day. */
import { describe, expect, it } from 'vitest'
import { defaultPreferences } from '#records/preferences.ts'
import type { TherapyRecord } from '#records/records.ts'
import { deviceDayOf } from '#records/time.ts'
import { calendar } from '#reports/calendar.ts'
import { noFilter } from '#reports/filter.ts'
import type { ReportInput, Stored } from '#reports/models.ts'
import { type Reading, seriesOf, wall } from '../helpers/glucose.ts'
import { bolus, logged } from '../helpers/pumpLog.ts'

/** Thursday 29 February to Friday 1 March 2024. */
const firstDay = deviceDayOf(wall('2024-02-29'))

const calendarOf = (
  readings: readonly Reading[],
  records: readonly Stored<TherapyRecord>[] = [],
  more: Partial<ReportInput> = {},
) =>
  calendar({
    period: { firstDay, lastDay: firstDay + 1 },
    preferences: defaultPreferences,
    glucose: [seriesOf(readings, 'sensor:read')],
    records,
    basalFrom: firstDay - 7,
    deviceNames: {},
    ...more,
  })

/** Values every five minutes from midnight on. */
const values = (day: string, list: readonly number[]): Reading[] =>
  list.map((value, i) => ({ at: wall(`${day}T00:00`) + i * 300_000, value }))
const many = (count: number, value: number): number[] => Array.from({ length: count }, () => value)

describe('the months', () => {
  it('are whole weeks from the person’s first day on, each day once', () => {
    const { months } = calendarOf([])
    expect(months).toHaveLength(2)
    const [february, march] = months
    // 1 February 2024 was a Thursday; the grid begins on Monday 29 January.
    expect(february?.weeks).toHaveLength(5)
    expect(february?.weeks[0]?.[0]?.day).toBe(firstDay - 31)
    expect(
      february?.weeks
        .flat()
        .filter(({ state }) => state === 'shown')
        .map(({ day }) => day),
    ).toEqual([firstDay])
    expect(march?.firstDay).toBe(firstDay + 1)
    expect(
      march?.weeks
        .flat()
        .filter(({ state }) => state === 'shown')
        .map(({ day }) => day),
    ).toEqual([firstDay + 1])
    expect(march?.weeks[0]?.[0]?.day).toBe(firstDay - 3)
    const sunday = calendarOf([], [], { preferences: { ...defaultPreferences, firstDayOfWeek: 0 } })
    expect(sunday.months[0]?.weeks[0]?.[0]?.day).toBe(firstDay - 32)
  })

  it('mark days that are left out, and count nothing of them', () => {
    const { months } = calendarOf(values('2024-02-29', many(288, 100)), [bolus('2024-02-29T12:00', 5)], {
      filter: { ...noFilter, daysOff: [firstDay] },
    })
    const day = months[0]?.weeks.flat().find(one => one.day === firstDay)
    expect(day).toMatchObject({ state: 'leftOut', lows: 0, sensorWear: 0 })
    expect(day).not.toHaveProperty('sensor')
  })
})

describe('a day', () => {
  it('counts the lows that began on it, and of these the very low ones', () => {
    const readings = [
      // 15 minutes below 70; then below 54; then from 23:50 on over midnight.
      ...values('2024-02-29', [
        ...many(12, 100),
        ...many(3, 65),
        ...many(12, 100),
        ...many(4, 50),
        ...many(255, 100),
        60,
        60,
      ]),
      ...values('2024-03-01', [...many(3, 60), ...many(285, 100)]),
    ]
    const days = calendarOf(readings)
      .months.flatMap(({ weeks }) => weeks.flat())
      .filter(({ state }) => state === 'shown')
    expect(days.map(({ lows, veryLows }) => [lows, veryLows])).toEqual([
      [3, 1],
      [0, 0],
    ])
  })

  it('has its share of sensor time, its set changes and its insulin', () => {
    const [day] = calendarOf(values('2024-02-29', many(144, 100)), [
      logged('2024-02-29T08:00', { type: 'prime', target: 'cannula', volumeUnits: 0.3 }),
      bolus('2024-02-29T12:00', 5),
    ])
      .months.flatMap(({ weeks }) => weeks.flat())
      .filter(({ state }) => state === 'shown')
    expect(day).toMatchObject({ sensorWear: 0.5, setChanges: 1, insulin: { bolusUnits: 5 } })
  })
})

describe('the best day', () => {
  it('is the one with the most time in range among days with enough values', () => {
    // All in range, but a sensor for half the day only; then 90 % in range all day.
    const readings = [
      ...values('2024-02-29', many(144, 100)),
      ...values('2024-03-01', [...many(260, 100), ...many(28, 250)]),
    ]
    expect(calendarOf(readings)).toMatchObject({ bestDay: firstDay + 1, candidates: 1 })
    const both = [...values('2024-02-29', many(288, 100)), ...readings.slice(144)]
    expect(calendarOf(both)).toMatchObject({ bestDay: firstDay, candidates: 2 })
  })

  it('is the later of two alike, and none without enough values', () => {
    const alike = [...values('2024-02-29', many(288, 100)), ...values('2024-03-01', many(288, 120))]
    expect(calendarOf(alike).bestDay).toBe(firstDay + 1)
    expect(calendarOf(values('2024-02-29', many(100, 100)))).not.toHaveProperty('bestDay')
  })
})
