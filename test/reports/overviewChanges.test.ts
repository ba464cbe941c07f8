/** What the Overview says of set changes and of the risk index, from records made by hand. */
import { expect, it } from 'vitest'
import { defaultPreferences } from '#records/preferences.ts'
import { deviceDayOf, MINUTE_MS } from '#records/time.ts'
import type { ReportInput } from '#reports/models.ts'
import { overview } from '#reports/overview.ts'
import { seriesOf, wall } from '../helpers/glucose.ts'
import { bolus, logged, rate } from '../helpers/pumpLog.ts'

const firstDay = deviceDayOf(wall('2024-03-10'))
const input = (change: Partial<ReportInput> = {}): ReportInput => ({
  period: { firstDay, lastDay: firstDay + 6 },
  preferences: defaultPreferences,
  glucose: [],
  records: [],
  basalFrom: firstDay - 7,
  deviceNames: {},
  ...change,
})
const change = (at: string) => [
  logged(`${at}:00`, { type: 'rewind' }),
  logged(`${at}:30`, { type: 'prime', target: 'tubing', volumeUnits: 8 }),
]

it('says how often set and reservoir are changed, from the last change before the period', () => {
  const noons = ['10', '11', '12', '13', '14', '15'].map(day => bolus(`2024-03-${day}T12:00`, 1))
  // Basal records reach back before the period: the pump was in use all the time.
  const records = [rate('2024-03-09T00:00', 1), ...noons, ...change('2024-03-11T08:00'), ...change('2024-03-14T20:00')]
  const { changes } = overview(
    input({
      records: records.toSorted((a, b) => a.deviceTime - b.deviceTime),
      earlier: change('2024-03-08T08:00'),
    }),
  )
  // Three days, then three and a half.
  expect(changes?.set).toEqual({ count: 2, intervals: 2, meanDays: 3.25, longestDays: 3.5 })
  expect(changes?.reservoir.count).toBe(2)
})

it('gives the risk index of a day of values and more', () => {
  // Of 600 values 60 are 60 and 150 are 200 mg/dL: 2.4 times 10 % and 0.8 times 25 %.
  const values = Array.from({ length: 600 }, (_, i) => (i < 60 ? 60 : i < 210 ? 200 : 100))
  const readings = values.map((value, i) => ({ at: wall('2024-03-10') + i * 5 * MINUTE_MS, value }))
  const { risk } = overview(input({ glucose: [seriesOf(readings)] }))
  expect(risk?.gri).toBeCloseTo(44, 9)
  expect(risk?.zone).toBe('C')
  expect(overview(input({ glucose: [seriesOf(readings.slice(0, 200))] }))).not.toHaveProperty('risk')
})

it('says neither where nothing tells of it', () => {
  const model = overview(input({ records: [bolus('2024-03-10T12:00', 1)] }))
  expect(model).not.toHaveProperty('changes')
  expect(model).not.toHaveProperty('risk')
})
