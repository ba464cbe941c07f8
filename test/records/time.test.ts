import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DAY_MS,
  dateFromDeviceTime,
  deviceDayOf,
  deviceTimeFromIso,
  deviceTimeOf,
  isoFromDeviceTime,
  startOfDeviceDay,
  timeOfDayMs,
} from '#records/time.ts'

describe('device time', () => {
  it('reads clock digits without any zone', () => {
    // 2010-11-28T19:49:00Z is 1,290,973,740 s after 1970: the same digits, taken as if they were UTC.
    expect(deviceTimeOf(2010, 11, 28, 19, 49)).toBe(1_290_973_740_000)
    expect(deviceTimeFromIso('2010-11-28T19:49')).toBe(1_290_973_740_000)
    expect(deviceTimeFromIso('2010-11-28 19:49:00')).toBe(1_290_973_740_000)
    expect(deviceTimeFromIso('2010-11-28')).toBe(1_290_902_400_000)
  })

  it.each([
    ['month 13', 2024, 13, 1, 0, 0],
    ['day 0', 2024, 1, 0, 0, 0],
    ['30 February', 2024, 2, 30, 0, 0],
    ['29 February of a common year', 2023, 2, 29, 0, 0],
    ['hour 24', 2024, 1, 1, 24, 0],
    ['minute 60', 2024, 1, 1, 0, 60],
    ['no number at all', Number.NaN, 1, 1, 0, 0],
    ['a year before all devices', 99, 1, 1, 0, 0],
  ])('knows no %s', (_, year, month, day, hour, minute) => {
    expect(deviceTimeOf(year, month, day, hour, minute)).toBeUndefined()
  })

  it('writes what it reads', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2099-12-31'), noInvalidDate: true }), date => {
        const text = date.toISOString().slice(0, 19)
        const time = deviceTimeFromIso(text)
        if (time === undefined) throw new Error(text)
        expect(isoFromDeviceTime(time)).toBe(text)
        expect(dateFromDeviceTime(time)).toBe(text.slice(0, 10))
        expect(startOfDeviceDay(deviceDayOf(time)) + timeOfDayMs(time)).toBe(time)
        expect(timeOfDayMs(time)).toBeLessThan(DAY_MS)
      }),
    )
  })
})
