/** What the Overview says of set changes, of the risk index and of the days before, from records made by hand. */
import { expect, it } from 'vitest'
import { defaultPreferences } from '#records/preferences.ts'
import { deviceDayOf, MINUTE_MS } from '#records/time.ts'
import type { ReportInput } from '#reports/models.ts'
import { overview } from '#reports/overview.ts'
import { seriesOf, wall } from '../helpers/glucose.ts'
import { bolus, dose, logged, rate } from '../helpers/pumpLog.ts'

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

it('compares the main numbers with the days before, where these have any', () => {
  const days = (first: number) => Array.from({ length: 7 }, (_, i) => first + i)
  const noons = (first: number, units: number) =>
    days(first).map(day => bolus(`2024-03-${String(day).padStart(2, '0')}T12:00`, units))
  const before = input({ period: { firstDay: firstDay - 7, lastDay: firstDay - 1 }, records: noons(3, 4) })
  const { comparison } = overview(input({ records: noons(10, 5), before }))
  expect(comparison?.now.insulin?.bolusPerDay).toBe(5)
  expect(comparison?.before?.insulin?.bolusPerDay).toBe(4)
  expect(comparison?.before?.period).toEqual({ firstDay: firstDay - 7, lastDay: firstDay - 1 })
  expect(overview(input({ records: noons(10, 5) }))).not.toHaveProperty('comparison')
  expect(overview(input({ records: noons(10, 5), before: { ...before, records: [] } }))).not.toHaveProperty(
    'comparison',
  )
})

it('has the share of time in automatic mode where there was any', () => {
  // A dose every five minutes from midnight to noon, then the programme until midnight.
  const start = wall('2024-03-10')
  const doses = Array.from({ length: 144 }, (_, i) => dose(start + i * 5 * MINUTE_MS, 0.1))
  const mode = (at: string, active: boolean) => logged(at, { type: 'autoMode', active })
  const records = [mode('2024-03-10T00:00', true), ...doses, mode('2024-03-10T12:00', false)]
  const { automaticShare } = overview(input({ period: { firstDay, lastDay: firstDay }, records }))
  expect(automaticShare).toBeGreaterThan(0.9)
  expect(overview(input({ records: [bolus('2024-03-10T12:00', 1)] }))).not.toHaveProperty('automaticShare')
})

it('says how many values were told for calibration without any sensor value', () => {
  const calibration = (at: string) => logged(at, { type: 'calibration', value: 120, units: 'mg/dL' })
  const records = [calibration('2024-03-10T08:00'), calibration('2024-03-11T08:00'), calibration('2024-03-25T08:00')]
  expect(overview(input({ records })).uncountedCalibrations).toBe(2)
  const glucose = [seriesOf([{ at: wall('2024-03-10T09:00'), value: 120 }])]
  expect(overview(input({ records, glucose }))).not.toHaveProperty('uncountedCalibrations')
})
