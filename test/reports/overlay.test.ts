/** The Overlay by day from values made by hand: means by the quarter of an hour, of all days and of parts of the week. */
import { expect, it } from 'vitest'
import { defaultPreferences } from '#records/preferences.ts'
import type { TherapyRecord } from '#records/records.ts'
import { GlucoseFlag } from '#records/series.ts'
import { deviceDayOf, HOUR_MS } from '#records/time.ts'
import { noFilter } from '#reports/filter.ts'
import type { ReportInput, Stored } from '#reports/models.ts'
import { overlay } from '#reports/overlay.ts'
import { type Reading, seriesOf, wall } from '../helpers/glucose.ts'
import { logged } from '../helpers/pumpLog.ts'

/** Friday 29 March 2024 to Monday. */
const firstDay = deviceDayOf(wall('2024-03-29'))
const at = (iso: string, value: number): Reading => ({ at: wall(iso), value })

const overlayOf = (
  readings: readonly Reading[],
  records: readonly Stored<TherapyRecord>[] = [],
  more: Partial<ReportInput> = {},
) =>
  overlay({
    period: { firstDay, lastDay: firstDay + 3 },
    preferences: defaultPreferences,
    glucose: [seriesOf(readings, 'sensor:read')],
    records,
    basalFrom: firstDay - 7,
    deviceNames: {},
    ...more,
  })

const readings = [
  at('2024-03-29T08:00', 100),
  at('2024-03-29T08:10', 130),
  at('2024-03-30T08:05', 200),
  at('2024-03-31T08:14', 300),
  at('2024-03-31T08:20', 50),
  at('2024-04-01T08:00', 160),
]

it('has the mean, the lowest, the highest and the counts of each quarter of an hour', () => {
  const { all } = overlayOf(readings).means ?? {}
  // 08:00 is slot 32: 100, 130, 200, 300, 160.
  expect(all?.mgdl[32]).toBeCloseTo(890 / 5, 9)
  expect([all?.lowest[32], all?.highest[32], all?.values[32], all?.days[32]]).toEqual([100, 300, 5, 4])
  // The mean of one day is that day.
  expect(all?.mgdl[33]).toBeNaN()
  expect([all?.lowest[33], all?.values[33], all?.days[33]]).toEqual([50, 1, 1])
  expect(all?.values[34]).toBe(0)
})

it('has means of Monday to Friday and of the weekend', () => {
  const { weekdays, weekend } = overlayOf(readings).means ?? {}
  expect(weekdays?.mgdl[32]).toBeCloseTo((100 + 130 + 160) / 3, 9)
  expect(weekend?.mgdl[32]).toBeCloseTo(250, 9)
})

it('has the days with values, with memory of their own', () => {
  const { days, from } = overlayOf(readings.slice(0, 3))
  expect(from).toBe('sensor')
  expect(days.map(({ day, weekday }) => [day - firstDay, weekday])).toEqual([
    [0, 5],
    [1, 6],
  ])
  expect(days[0]?.glucose.time.buffer.byteLength).toBe(16)
  expect(days[0]?.summary).toMatchObject({ count: 2, meanMgdl: 115 })
})

it('keeps where the device said LO or HI instead of a number', () => {
  const said = seriesOf(
    [at('2024-03-29T08:00', 39), at('2024-03-30T08:00', 401), at('2024-03-30T08:15', 40)],
    'sensor:read',
  )
  const flags = Uint8Array.of(GlucoseFlag.Low, GlucoseFlag.High, 0)
  const { all } = overlayOf([], [], { glucose: [{ ...said, flags }] }).means ?? {}
  expect([all?.lowestIsLo[32], all?.highestIsHi[32]]).toEqual([1, 1])
  expect([all?.lowestIsLo[33], all?.highestIsHi[33]]).toEqual([0, 0])
})

it('leaves days out', () => {
  const { days, means } = overlayOf(readings, [], { filter: { ...noFilter, weekdaysOff: [0, 6] } })
  expect(days.map(({ day }) => day - firstDay)).toEqual([0, 3])
  expect(means?.all.mgdl[32]).toBeCloseTo(130, 9)
})

it('shows the values of a meter as points where no sensor was worn, without a mean', () => {
  const meter = logged('2024-03-30T09:00', { type: 'smbg', value: 7, units: 'mmol/L', subType: 'meter' }, 'meter:read')
  const model = overlayOf([], [meter])
  expect(model.from).toBe('meter')
  expect(model).not.toHaveProperty('means')
  expect(model.days).toHaveLength(1)
  // 7 * 18.01559
  expect(model.days[0]?.meterMarks).toEqual([
    { ms: 9 * HOUR_MS, mgdl: expect.closeTo(126.10913, 5), flags: GlucoseFlag.Mmol },
  ])
})

it('of no data has no day', () => {
  expect(overlayOf([])).toMatchObject({ from: 'meter', days: [] })
})
