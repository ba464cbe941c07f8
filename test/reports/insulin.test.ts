/** Insulin by day, week and month, from a pump's log made by hand. */
import { expect, it } from 'vitest'
import { defaultPreferences } from '#records/preferences.ts'
import { deviceDayOf } from '#records/time.ts'
import { insulinReport } from '#reports/insulin.ts'
import { wall } from '../helpers/glucose.ts'
import { bolus, logged, rate } from '../helpers/pumpLog.ts'

/** Friday. */
const firstDay = deviceDayOf(wall('2024-03-29'))
/** 1 U/h all the time; 3 U and 30 g on Friday, 5 U and 50 g on Monday, the first of April. */
const records = [
  ...['28T22:00', '29T00:00', '30T00:00', '31T00:00'].map(at => rate(`2024-03-${at}`, 1)),
  ...['01T00:00', '02T00:00'].map(at => rate(`2024-04-${at}`, 1)),
  logged('2024-03-29T12:00', { type: 'wizard', carbsGrams: 30 }),
  bolus('2024-03-29T12:00', 3),
  logged('2024-04-01T12:00', { type: 'wizard', carbsGrams: 50 }),
  bolus('2024-04-01T12:00', 5),
].sort((a, b) => a.deviceTime - b.deviceTime)

const model = insulinReport({
  period: { firstDay, lastDay: firstDay + 3 },
  preferences: { ...defaultPreferences, firstDayOfWeek: 1 },
  glucose: [],
  records,
  basalFrom: firstDay - 7,
  deviceNames: {},
  nextDay: firstDay + 4,
})

it('has every day with its total', () => {
  expect(model.days.map(({ insulin }) => insulin?.totalUnits)).toEqual([27, 24, 24, 29])
})

it('cuts weeks at the person’s first day of the week', () => {
  expect(model.weeks.map(({ firstDay: from, lastDay: to }) => [from - firstDay, to - firstDay])).toEqual([
    [0, 2],
    [3, 3],
  ])
  expect(model.weeks[0]?.sums).toEqual({
    totalUnits: 75,
    basalUnits: 72,
    bolusUnits: 3,
    carbsGrams: 30,
    carbsExchanges: 0,
  })
  expect(model.weeks[0]?.summary?.totalPerDay).toBe(25)
})

it('cuts months at the first', () => {
  expect(model.months.map(({ sums }) => sums.totalUnits)).toEqual([75, 29])
})
