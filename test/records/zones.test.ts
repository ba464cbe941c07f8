import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type DeviceDay, type DeviceTime, deviceDayOf, deviceTimeFromIso } from '#records/time.ts'
import { localDay, offsetMinutesAt, utcFromWallTime, wallTimeAt } from '#records/zones.ts'
import { captures } from '../helpers/captures.ts'

const wall = (iso: string): DeviceTime => {
  const time = deviceTimeFromIso(iso)
  if (time === undefined) throw new Error(iso)
  return time
}
const dayOf = (iso: string): DeviceDay => deviceDayOf(wall(iso))

describe('a zone', () => {
  it.each([
    ['America/New_York', '2024-01-15T12:00:00Z', -300],
    ['America/New_York', '2024-07-15T12:00:00Z', -240],
    ['Asia/Kathmandu', '2024-07-15T12:00:00Z', 345],
    ['Pacific/Kiritimati', '2024-07-15T12:00:00Z', 840],
    ['Pacific/Pago_Pago', '2024-07-15T12:00:00Z', -660],
    ['Australia/Lord_Howe', '2024-07-15T12:00:00Z', 630],
    ['Australia/Lord_Howe', '2024-12-15T12:00:00Z', 660],
    ['US/Mountain', '2015-05-01T00:00:00Z', -360],
  ])('%s is at %s %d minutes east', (zone, utc, minutes) => {
    expect(offsetMinutesAt(zone, Date.parse(utc))).toBe(minutes)
  })

  it('keeps milliseconds, also before 1970', () => {
    expect(wallTimeAt('UTC', 1_700_000_000_123)).toBe(1_700_000_000_123)
    expect(wallTimeAt('UTC', -1)).toBe(-1)
  })

  it('takes the first of two equal wall times and the end of a gap', () => {
    // New York, 2024-11-03: 01:30 is shown at 05:30Z and again at 06:30Z.
    expect(utcFromWallTime('America/New_York', wall('2024-11-03T01:30:00'))).toBe(Date.parse('2024-11-03T05:30:00Z'))
    // 2024-03-10: 02:30 is never shown; the clock goes from 02:00 to 03:00 at 07:00Z.
    expect(utcFromWallTime('America/New_York', wall('2024-03-10T02:30:00'))).toBe(Date.parse('2024-03-10T07:00:00Z'))
  })

  it('refuses a name that is no zone', () => {
    expect(() => offsetMinutesAt('GMT+4', 0)).toThrow(RangeError)
  })
})

describe('a local day', () => {
  it.each([
    // Began at 01:00, the first instant there was.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z', 23],
    // Ended with 23:00 to 24:00 twice.
    ['America/Sao_Paulo', '2018-02-17', '2018-02-17T02:00:00Z', 25],
    ['Australia/Lord_Howe', '2024-04-07', '2024-04-06T13:00:00Z', 24.5],
    ['Australia/Lord_Howe', '2024-10-06', '2024-10-05T13:30:00Z', 23.5],
    // Midnight was shown twice: the day begins with the first.
    ['America/Havana', '2024-11-03', '2024-11-03T04:00:00Z', 25],
    // Samoa crossed the date line: that Friday never was.
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z', 0],
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00Z', 24],
    ['UTC', '2024-02-29', '2024-02-29T00:00:00Z', 24],
  ])('%s %s begins at %s and lasts %d hours', (zone, date, start, hours) => {
    const { startUtcMs, endUtcMs } = localDay(zone, dayOf(date))
    expect(new Date(startUtcMs).toISOString()).toBe(new Date(start).toISOString())
    expect((endUtcMs - startUtcMs) / 3_600_000).toBe(hours)
  })

  it('follows the day before without a hole, in every zone through two years', () => {
    for (const zone of ['America/Sao_Paulo', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Asia/Gaza', 'America/Nuuk']) {
      let { endUtcMs } = localDay(zone, dayOf('2017-12-31'))
      for (let day = dayOf('2018-01-01'); day < dayOf('2020-01-01'); day++) {
        const next = localDay(zone, day)
        expect(next.startUtcMs).toBe(endUtcMs)
        expect(deviceDayOf(wallTimeAt(zone, next.startUtcMs))).toBe(day)
        endUtcMs = next.endUtcMs
      }
    }
  })
})

interface DayCase {
  readonly zone: string
  readonly date: string
  readonly startUtc: string
  readonly endUtc: string
  readonly hours: number
  readonly expectedReadings5min: number
}

const folder = captures('cgm')
// Shape as told by the captures' readme.
const cases: DayCase[] = folder ? JSON.parse(readFileSync(join(folder, 'vectors-metrics.json'), 'utf8')).localDays : []

describe.skipIf(!folder)('the published local days (need the captures beside the checkout)', () => {
  it.each(cases)('$zone $date', ({ zone, date, startUtc, endUtc, hours, expectedReadings5min }) => {
    const { startUtcMs, endUtcMs } = localDay(zone, dayOf(date))
    expect(startUtcMs).toBe(Date.parse(startUtc))
    expect(endUtcMs).toBe(Date.parse(endUtc))
    expect((endUtcMs - startUtcMs) / 3_600_000).toBe(hours)
    expect((endUtcMs - startUtcMs) / 300_000).toBe(expectedReadings5min)
  })
})
