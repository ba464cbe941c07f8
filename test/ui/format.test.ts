/** Numbers, dates and times as people say them. */
import { describe, expect, test } from 'vitest'
import { deviceDayOf } from '#records/time.ts'
import { createFormat, type FormatOptions } from '#ui/texts/format.ts'
import { time } from './scriptedApi.ts'

/** Berlin, Saturday 14 March 2026, 20:00 (UTC+1). */
const now = Date.UTC(2026, 2, 14, 19, 0)
const options = (change: Partial<FormatOptions> = {}): FormatOptions => ({
  preferences: { clock: '24h', glucoseUnits: 'mg/dL' },
  locale: 'en-GB',
  nowMs: now,
  timeZone: 'Europe/Berlin',
  ...change,
})
const format = createFormat(() => options())
const format12 = createFormat(() => options({ preferences: { clock: '12h', glucoseUnits: 'mmol/L' } }))
const american = createFormat(() => options({ locale: 'en-US' }))

describe('moments of the computer', () => {
  test('are told as today, yesterday, or with the day', () => {
    expect(format.moment(Date.UTC(2026, 2, 14, 17, 40))).toBe('today 18:40')
    expect(format.moment(Date.UTC(2026, 2, 13, 17, 40))).toBe('yesterday 18:40')
    expect(format.moment(Date.UTC(2026, 2, 1, 5, 5))).toBe('1 March, 06:05')
    expect(format.moment(Date.UTC(2025, 11, 24, 17, 0))).toBe('24 December 2025, 18:00')
  })

  test('change the day at the computer’s midnight, not at that of UTC', () => {
    // 23:30 UTC on the 13th is half past midnight on the 14th in Berlin.
    expect(format.moment(Date.UTC(2026, 2, 13, 23, 30))).toBe('today 00:30')
  })

  test('follow the 12-hour clock', () => {
    expect(format12.moment(Date.UTC(2026, 2, 14, 17, 40))).toBe('today 6:40 pm')
    expect(format12.moment(Date.UTC(2026, 2, 13, 23, 5))).toBe('today 12:05 am')
  })

  test('in full name the day of the week and the second', () => {
    expect(format.momentExact(Date.UTC(2026, 2, 14, 17, 40, 5))).toMatch(/Saturday.*14 March 2026.*18:40:05/)
  })
})

describe('times of a device', () => {
  test('are shown as the device’s digits, in whatever zone the computer is', () => {
    const far = createFormat(() => options({ timeZone: 'Pacific/Auckland' }))
    for (const one of [format, far]) expect(one.timeOfDay(time('2026-03-14T00:05:00'))).toBe('00:05')
  })

  test('do not jump where the computer’s zone changes to summer time', () => {
    expect(format.timeOfDay(time('2026-03-29T02:30:00'))).toBe('02:30')
  })
})

describe('days', () => {
  const day = deviceDayOf(time('2026-03-14T00:00:00'))
  test('have no year in this year', () => {
    expect(format.day(day)).toBe('14 March')
    expect(american.day(day)).toBe('March 14')
    expect(format.day(deviceDayOf(time('2025-03-14T00:00:00')))).toBe('14 March 2025')
  })
  test('are told in full and in short', () => {
    // Some versions of the language data put a comma behind the weekday.
    expect(format.dayExact(day)).toMatch(/^Saturday,? 14 March 2026$/)
    expect(format.dayShortParts(day)).toEqual(['Sat', '14'])
  })
  test('from and to leave out what is the same', () => {
    expect(format.days(day - 13, day)).toMatch(/^1\D{1,3}14 March 2026$/)
  })
})

describe('numbers', () => {
  test.each([
    [20_000, 'less than a minute'],
    [60_000, '1 minute'],
    [12 * 60_000, '12 minutes'],
    [3_600_000, '1 hour'],
    [3 * 3_600_000 + 5 * 60_000, '3 hours 5 minutes'],
    [49 * 3_600_000, '2 days'],
  ])('%d ms is %s', (ms, text) => {
    expect(format.duration(ms)).toBe(text)
  })

  test.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1200, '1.2 kB'],
    [4_200_000, '4.2 MB'],
    [250_000_000, '250 MB'],
    [2_000_000_000, '2.0 GB'],
  ])('%d is %s', (count, text) => {
    expect(format.bytes(count)).toBe(text)
  })

  test('glucose follows the unit', () => {
    expect(format.glucose(104)).toBe('104')
    // 104 / 18.01559 = 5.7728…
    expect(format12.glucose(104)).toBe('5.8')
    expect(format12.glucoseUnit()).toBe('mmol/L')
  })

  test('thousands are grouped', () => {
    expect(format.number(12_345)).toBe('12,345')
    expect(format.number(5.8, 2)).toBe('5.80')
    // A minus sign, not a hyphen; none before what rounds to nothing.
    expect(format.number(-0.1, 2)).toBe('−0.10')
    expect(format.number(-0.04, 1)).toBe('0.0')
  })
})
