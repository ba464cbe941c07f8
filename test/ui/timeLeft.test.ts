/** The guess of the time left while a device is read. */
import { describe, expect, test } from 'vitest'
import { roundedSeconds, timeLeftMs } from '#ui/state/timeLeft.ts'

const pace = { sinceMs: 1000, doneThen: 20, nowMs: 11_000, done: 120, total: 220 }

describe('time left', () => {
  test('is the rest at the pace so far', () => {
    // 100 in 10 s, 100 to go.
    expect(timeLeftMs(pace)).toBe(10_000)
  })
  test('is not guessed in the first three seconds', () => {
    expect(timeLeftMs({ ...pace, nowMs: 3999 })).toBeUndefined()
    expect(timeLeftMs({ ...pace, nowMs: 4000 })).toBe(3000)
  })
  test('is unknown without a total and before anything was done', () => {
    expect(timeLeftMs({ ...pace, total: undefined })).toBeUndefined()
    expect(timeLeftMs({ ...pace, done: 20 })).toBeUndefined()
  })
  test('is never negative when a device has more than it said', () => {
    expect(timeLeftMs({ ...pace, done: 300 })).toBe(0)
  })
  test('is said in steps of five seconds', () => {
    expect([0, 1, 5000, 5001, 42_000].map(roundedSeconds)).toEqual([5, 5, 5, 10, 45])
  })
})
