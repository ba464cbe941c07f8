/** Temporary basal rates out of a pump's log made by hand: how many, how long, and more or less than the programme. */
import { expect, test } from 'vitest'
import { deviceDayOf } from '#records/time.ts'
import { deriveBasal } from '#stats/basal.ts'
import { summariseTempBasals, tempBasals } from '#stats/tempBasals.ts'
import type { Stored } from '#reports/models.ts'
import type { TherapyRecord } from '#records/records.ts'
import { wall } from '../helpers/glucose.ts'
import { bolus, clockSet, rate, resume, suspend, tempPercent, tempRate } from '../helpers/pumpLog.ts'

const day = deviceDayOf(wall('2024-03-10'))

/** Of 10 March, its programme 1 U/h from the evening before; the log ends where `until` says. */
function found(records: readonly Stored<TherapyRecord>[], until = '2024-03-11T00:00') {
  const log = [rate('2024-03-09T22:00', 1), rate('2024-03-10T00:00', 1), ...records].toSorted(
    (a, b) => a.deviceTime - b.deviceTime,
  )
  return tempBasals(deriveBasal(log, wall('2024-03-10'), wall(until)), log, [day])
}
const at = (time: string) => wall(`2024-03-10T${time}`)

test('a rate that runs to its end: two hours at half of 1 U/h are 1 U less', () => {
  expect(found([tempPercent('2024-03-10T08:00', 50, 120)])).toEqual([{ at: at('08:00'), minutes: 120, netUnits: -1 }])
})

test('the effect follows the programme: an hour over 1 U/h, an hour over 2 U/h, at 3 U/h', () => {
  const temps = found([tempRate('2024-03-10T08:00', 3, 120), rate('2024-03-10T09:00', 2)])
  expect(temps).toEqual([{ at: at('08:00'), minutes: 120, netUnits: 3 }])
})

test('a cancelled rate is as long as it ran, and the row that cancels it is none', () => {
  expect(found([tempPercent('2024-03-10T08:00', 200, 240), tempPercent('2024-03-10T09:30', 100, 0)])).toEqual([
    { at: at('08:00'), minutes: 90, netUnits: 1.5 },
  ])
  // CareLink's way: a second row at the end, with the time that it ran.
  expect(found([tempPercent('2024-03-10T08:00', 200, 240), tempPercent('2024-03-10T09:30', 200, 90)])).toEqual([
    { at: at('08:00'), minutes: 90, netUnits: 1.5 },
  ])
})

test('a rate set again while it runs is another one, also to the same value', () => {
  expect(found([tempPercent('2024-03-10T08:00', 150, 240), tempPercent('2024-03-10T09:00', 150, 120)])).toEqual([
    { at: at('08:00'), minutes: 60, netUnits: 0.5 },
    { at: at('09:00'), minutes: 120, netUnits: 1 },
  ])
})

test('a suspend within belongs to its length and not to its effect', () => {
  const temps = found([
    tempPercent('2024-03-10T08:00', 150, 120),
    suspend('2024-03-10T08:30'),
    resume('2024-03-10T09:00'),
  ])
  // 30 and 60 minutes at half a unit more.
  expect(temps).toEqual([{ at: at('08:00'), minutes: 120, netUnits: 0.75 }])
})

test('counts on the day it was set', () => {
  expect(found([tempPercent('2024-03-09T23:00', 150, 120)])).toEqual([])
  // Over the last midnight: how it went on is not looked at, so its length is not known.
  expect(found([tempPercent('2024-03-10T23:00', 150, 120)])).toEqual([{ at: at('23:00'), netUnits: 0.5 }])
})

test('the end of the log is no end of a rate', () => {
  const log = [tempPercent('2024-03-10T08:00', 50, 120), bolus('2024-03-10T09:00', 1)]
  expect(found(log, '2024-03-10T09:00')).toEqual([{ at: at('08:00'), netUnits: -0.5 }])
})

test('of a rate over a clock that was set nothing is said of the length', () => {
  const [temp] = found([
    tempRate('2024-03-10T08:00', 0.5, 240),
    clockSet('2024-03-10T09:00', '2024-03-10T10:00'),
    rate('2024-03-10T10:00', 1),
  ])
  expect(temp).toMatchObject({ at: at('08:00') })
  expect(temp).not.toHaveProperty('minutes')
})

test('a mean says of how many it is', () => {
  expect(
    summariseTempBasals([
      { at: at('08:00'), minutes: 60, netUnits: -0.5 },
      { at: at('12:00'), minutes: 90 },
      { at: at('20:00'), netUnits: 0.2 },
    ]),
  ).toEqual({ count: 3, meanMinutes: 75, withLength: 2, netUnits: -0.3, withNet: 2 })
  expect(summariseTempBasals([])).toEqual({ count: 0, withLength: 0, withNet: 0 })
})
