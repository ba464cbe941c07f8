/** Intervals between changes of sets, reservoirs, sensors and batteries, from logs made by hand. */
import { expect, it } from 'vitest'
import { DAY_MS, deviceDayOf } from '#records/time.ts'
import { deviceIntervals } from '#stats/deviceIntervals.ts'
import { wall } from '../helpers/glucose.ts'
import { bolus, clockSet, logged } from '../helpers/pumpLog.ts'

const rewind = (at: string) => logged(at, { type: 'rewind' })
const tubing = (at: string) => logged(at, { type: 'prime', target: 'tubing', volumeUnits: 8 })
const cannula = (at: string) => logged(at, { type: 'prime', target: 'cannula', volumeUnits: 0.3 })
const alarm = (at: string, name: string) => logged(at, { type: 'alarm', name })
/** So that the pump is never silent: a bolus every noon. */
const alive = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => bolus(`2024-03-${String(from + i).padStart(2, '0')}T12:00`, 1))
const inMarch = { from: wall('2024-03-08'), to: wall('2024-03-22') }
type Log = ReturnType<typeof rewind>[]
const of = (records: Log, options = inMarch) =>
  deviceIntervals(
    records.toSorted((a, b) => a.deviceTime - b.deviceTime),
    options,
  )
const change = (day: string) => [
  rewind(`2024-03-${day}T08:00`),
  tubing(`2024-03-${day}T08:02`),
  cannula(`2024-03-${day}T08:03`),
]

it('measures from the change before the period, and in days of 24 hours', () => {
  const { set, reservoir } = of([
    ...alive(5, 20),
    ...change('06'),
    ...change('09'),
    rewind('2024-03-13T20:00'),
    tubing('2024-03-13T20:01'),
  ])
  // 6 to 9 March: 3 days; 9 March 08:00 to 13 March 20:00: 4.5 days.
  expect(set).toEqual({ count: 2, intervals: 2, meanDays: 3.75, longestDays: 4.5 })
  expect(reservoir.meanDays).toBe(3.75)
})

it('has no first interval when nothing is known of the time before', () => {
  expect(of([...alive(8, 20), ...change('09')]).set).toEqual({ count: 1, intervals: 0 })
})

it('does not count air driven out as a set, nor a second try within the hour as another', () => {
  const { set, reservoir } = of([
    ...alive(8, 20),
    ...change('09'),
    tubing('2024-03-10T09:00'),
    rewind('2024-03-12T08:00'),
    tubing('2024-03-12T08:02'),
    rewind('2024-03-12T08:05'),
    tubing('2024-03-12T08:07'),
  ])
  expect(set).toEqual({ count: 2, intervals: 1, meanDays: 3, longestDays: 3 })
  expect(reservoir.count).toBe(2)
})

it('does not believe an interval over which the pump was silent for days', () => {
  expect(of([...change('09'), ...alive(9, 10), ...alive(16, 20), ...change('18')]).set).toEqual({
    count: 2,
    intervals: 0,
  })
})

it('does not believe an interval over which the clock was set by days', () => {
  const set = clockSet('2024-03-10T10:00', '2024-03-16T10:00')
  expect(of([...change('09'), ...alive(9, 10), set, ...alive(16, 18), ...change('18')]).set.intervals).toBe(0)
})

it('counts only changes of the days looked at, but measures from the others', () => {
  const records = [...alive(8, 20), ...change('09'), ...change('12'), ...change('15')]
  const day12 = deviceDayOf(wall('2024-03-12'))
  const { set } = deviceIntervals(
    records.toSorted((a, b) => a.deviceTime - b.deviceTime),
    { ...inMarch, isCounted: at => Math.floor(at / DAY_MS) !== day12 },
  )
  expect(set).toEqual({ count: 2, intervals: 1, meanDays: 3, longestDays: 3 })
})

it('takes a person’s two pumps together', () => {
  const other = change('13').map(record => ({ ...record, sourceKey: 'other:read' }))
  expect(of([...alive(8, 20), ...change('09'), ...other]).set).toEqual({
    count: 2,
    intervals: 1,
    meanDays: 4,
    longestDays: 4,
  })
})

it('sees a sensor where its warm-up begins, and once however often it connects', () => {
  const rewound = change('09')
  expect(
    of([
      ...alive(1, 20),
      ...rewound,
      alarm('2024-03-10T08:00', 'SENSOR CONNECTED'),
      alarm('2024-03-10T08:10', 'SENSOR CONNECTED'),
      alarm('2024-03-17T08:00', 'SENSOR CONNECTED'),
    ]).sensor,
  ).toEqual({ count: 2, intervals: 1, meanDays: 7, longestDays: 7 })
  const warmUp = (at: string) => logged(at, { type: 'sensorState', state: 'SENSOR_INIT_CODE' })
  expect(
    of([
      ...alive(1, 20),
      ...rewound,
      warmUp('2024-03-10T08:00'),
      warmUp('2024-03-10T08:05'),
      alarm('2024-03-12T08:00', 'SENSOR CONNECTED'),
      warmUp('2024-03-16T08:00'),
    ]).sensor,
  ).toEqual({ count: 2, intervals: 1, meanDays: 6, longestDays: 6 })
})

it('sees a battery by the alarm that asks for it', () => {
  const { battery } = of([
    ...alive(1, 20),
    ...change('09'),
    alarm('2024-03-08T08:00', 'INSERT BATTERY ALARM, DELIVERY STOPPED'),
    logged('2024-03-08T08:01', { type: 'deviceEvent', name: 'Battery inserted', text: '' }),
    logged('2024-03-18T08:00', { type: 'deviceEvent', name: 'Battery inserted', text: '' }),
  ])
  expect(battery).toEqual({ count: 2, intervals: 1, meanDays: 10, longestDays: 10 })
})
