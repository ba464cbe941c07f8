/** Gaps of a sensor and how much of a day it covers, counted by hand. */
import { expect, it } from 'vitest'
import { deviceDayOf } from '#records/time.ts'
import { coveredMinutes, sensorGaps } from '#stats/sensorGaps.ts'
import { seriesOf, wall } from '../helpers/glucose.ts'

const day = deviceDayOf(wall('2024-03-01'))
const at = (iso: string) => ({ at: wall(`2024-03-${iso}`), value: 100 })

it('counts more than a quarter of an hour as a gap, and a quarter of an hour as none', () => {
  const series = seriesOf(['01T08:00', '01T08:05', '01T08:20', '01T08:36'].map(at))
  expect(sensorGaps(series, [day])).toEqual([
    { from: wall('2024-03-01T08:20'), to: wall('2024-03-01T08:36'), minutes: 16, missing: 2 },
  ])
})

it('goes over midnight, but not over a day that is left out', () => {
  const series = seriesOf(['01T23:00', '02T01:00', '04T01:00'].map(at))
  expect(sensorGaps(series, [day, day + 1, day + 2, day + 3]).map(({ minutes }) => minutes)).toEqual([120, 2880])
  expect(sensorGaps(series, [day, day + 1, day + 3]).map(({ minutes }) => minutes)).toEqual([120])
})

it('takes three intervals of a slower sensor', () => {
  const series = seriesOf(['01T08:00', '01T08:45', '01T09:31'].map(at), 'cafe:read', 15)
  expect(sensorGaps(series, [day])).toMatchObject([{ minutes: 46, missing: 2 }])
})

it('finds nothing in one value or none', () => {
  expect(sensorGaps(seriesOf([]), [day])).toEqual([])
  expect(sensorGaps(seriesOf([at('01T08:00')]), [day])).toEqual([])
})

it('covers five minutes a value, at most the whole day', () => {
  const all = Array.from({ length: 300 }, (_, i) => ({ at: wall('2024-03-02') + i * 240_000, value: 100 }))
  const series = seriesOf([at('01T08:00'), at('01T08:05'), ...all])
  expect([...coveredMinutes(series, [day, day + 1, day + 2])]).toEqual([10, 1440, 0])
})
