import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DeviceTime, deviceTimeFromIso, MINUTE_MS } from '#records/time.ts'
import { type ClockChange, clockVerdict, timelineOf } from '#records/timeline.ts'
import { captures } from '../helpers/captures.ts'

const wall = (iso: string): DeviceTime => {
  const time = deviceTimeFromIso(iso)
  if (time === undefined) throw new Error(iso)
  return time
}

describe('a timeline', () => {
  it('reads wall times in the zone when the clock was never set', () => {
    const timeline = timelineOf('Europe/Berlin', Date.parse('2024-07-01T00:00:00Z'), [])
    expect(timeline(wall('2024-01-15T12:00:00'))).toEqual({
      utcMs: Date.parse('2024-01-15T11:00:00Z'),
      offsetMinutes: 60,
      conversionMs: 0,
      driftMs: 0,
      isUncertain: false,
    })
    expect(timeline(wall('2024-06-15T12:00:00'))?.utcMs).toBe(Date.parse('2024-06-15T10:00:00Z'))
  })

  it('moves the offset for a change of an hour and keeps the odd minutes as drift', () => {
    // Set from 12:01:21 to 13:00:00 on the day of daylight saving: an hour, less 81 s of drift.
    const change = {
      from: wall('2015-03-08T12:01:21'),
      to: wall('2015-03-08T13:00:00'),
      deviceTime: wall('2015-03-08T12:01:21'),
      index: 10,
    }
    const timeline = timelineOf('America/New_York', Date.parse('2015-06-01T00:00:00Z'), [change])
    expect(timeline(wall('2015-03-01T00:00:00'), 3)).toEqual({
      utcMs: Date.parse('2015-03-01T05:00:00Z'),
      offsetMinutes: -300,
      conversionMs: 0,
      driftMs: 81_000,
      isUncertain: false,
    })
    expect(timeline(wall('2015-04-01T00:00:00'))).toMatchObject({ offsetMinutes: -240, isUncertain: true })
  })

  it('leaves the change itself to the older clock', () => {
    const change = {
      from: wall('2015-04-01T19:00:00'),
      to: wall('2015-04-01T07:00:00'),
      deviceTime: wall('2015-04-01T19:00:00'),
      index: 50,
    }
    const timeline = timelineOf('America/Denver', Date.parse('2015-05-01T00:00:00Z'), [change])
    expect(timeline(wall('2015-04-01T19:00:00'), 50)?.offsetMinutes).toBe(360)
    expect(timeline(wall('2015-04-01T07:00:00'), 51)?.offsetMinutes).toBe(-360)
  })

  it('keeps the identity device time = UTC + offset + conversion, whatever the changes', () => {
    const day = wall('2020-01-01T00:00:00')
    const time = fc.integer({ min: 0, max: 400 * 86_400 }).map(seconds => (day + seconds * 1000) as DeviceTime)
    const change = fc.record({ from: time, to: time, index: fc.integer({ min: 0, max: 1000 }) })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), time, fc.nat(1000), (changes, deviceTime, index) => {
        const withTimes: ClockChange[] = changes.map(each => ({ ...each, deviceTime: each.from }))
        const found = timelineOf('Pacific/Auckland', day + 500 * 86_400_000, withTimes)(deviceTime, index)
        if (!found) throw new Error('an index always fits somewhere')
        expect(found.utcMs + found.offsetMinutes * MINUTE_MS + found.conversionMs).toBe(deviceTime)
        expect(found.offsetMinutes).toBeGreaterThanOrEqual(-720)
        expect(found.offsetMinutes).toBeLessThanOrEqual(840)
      }),
    )
  })
})

describe('the verdict on a device clock', () => {
  it.each([
    ['right', 0],
    ['right', 2 * MINUTE_MS],
    ['off', -2 * MINUTE_MS - 1],
    ['off', 15 * MINUTE_MS],
    ['wrong', 15 * MINUTE_MS + 1],
    ['wrong', -24 * 60 * MINUTE_MS],
    ['wrong', 365 * 24 * 60 * MINUTE_MS],
  ] as const)('is %s at %d ms', (verdict, differenceMs) => {
    expect(clockVerdict(differenceMs)).toBe(verdict)
  })
})

interface ClockCase {
  readonly name: string
  readonly timezone: string
  readonly mostRecent: string
  readonly changes: readonly { from: string; to: string; deviceTime: string; index: number }[]
  readonly lookups: readonly {
    deviceTime: string
    index: number | null
    expected: { time: string; timezoneOffset: number; clockDriftOffset: number; conversionOffset: number }
  }[]
}

const folder = captures('cgm')
// Shape as told by the captures' readme.
const cases: ClockCase[] = folder
  ? JSON.parse(readFileSync(join(folder, 'vectors-metrics.json'), 'utf8')).bootstrapToUtc
  : []

describe.skipIf(!folder)('the published clock cases (need the captures beside the checkout)', () => {
  it('are ten with 23 look-ups', () => {
    expect(cases.length).toBe(10)
    expect(cases.flatMap(each => each.lookups).length).toBe(23)
  })

  it.each(cases)('$name', ({ timezone, mostRecent, changes, lookups }) => {
    const timeline = timelineOf(
      timezone,
      Date.parse(mostRecent),
      changes.map(({ from, to, deviceTime, index }) => ({
        from: wall(from),
        to: wall(to),
        deviceTime: wall(deviceTime),
        index,
      })),
    )
    for (const { deviceTime, index, expected } of lookups) {
      const found = timeline(wall(deviceTime), index ?? undefined)
      expect(found).toMatchObject({
        utcMs: Date.parse(expected.time),
        offsetMinutes: expected.timezoneOffset,
        driftMs: expected.clockDriftOffset,
        conversionMs: expected.conversionOffset,
      })
    }
  })
})
