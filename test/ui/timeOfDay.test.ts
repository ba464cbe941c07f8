/** Times of day as they are shown on either clock and as people type them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endMinuteFrom, minuteFrom, timeText } from '#ui/state/timeOfDay.ts'

describe('a time of day', () => {
  test.each([
    [390, '06:30', '6:30 am'],
    [0, '00:00', '12:00 am'],
    [720, '12:00', '12:00 pm'],
    [1439, '23:59', '11:59 pm'],
    [1440, '00:00', '12:00 am'],
  ])('of minute %i is shown by the chosen clock', (minute, day, half) => {
    expect(timeText(minute, '24h')).toBe(day)
    expect(timeText(minute, '12h')).toBe(half)
  })

  test.each([
    ['06:30', 390],
    ['6:30', 390],
    ['6.30', 390],
    ['0630', 390],
    ['630', 390],
    [' 18 ', 1080],
    ['6:30 pm', 1110],
    ['6:30PM', 1110],
    ['6pm', 1080],
    ['6 p.m.', 1080],
    ['12 am', 0],
    ['12:15 am', 15],
    ['12:15 pm', 735],
  ])('typed as "%s" is understood', (typed, minute) => {
    expect(minuteFrom(typed)).toBe(minute)
  })

  test.each(['', 'noon', '24:00', '25:10', '12:60', '13 pm', '0 am', '6:3', '-6:00', '6:30 xm', '12345'])(
    'typed as "%s" is none',
    typed => expect(minuteFrom(typed)).toBeUndefined(),
  )

  test('as an end takes midnight for the end of the day', () => {
    expect(['00:00', '24:00', '24', '12 am'].map(endMinuteFrom)).toEqual([1440, 1440, 1440, 1440])
    expect(endMinuteFrom('22:00')).toBe(1320)
  })

  test('that is shown is understood again, on both clocks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), fc.constantFrom('24h', '12h'), (minute, clock) => {
        expect(minuteFrom(timeText(minute, clock))).toBe(minute)
      }),
    )
  })
})
