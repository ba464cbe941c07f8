/** Times of day at which episodes repeat, from starts made by hand. */
import { describe, expect, it } from 'vitest'
import { DAY_MS, deviceDayOf, MINUTE_MS } from '#records/time.ts'
import { findPatterns, withSeverity } from '#stats/patterns.ts'
import { wall } from '../helpers/glucose.ts'

const first = wall('2024-03-01')
const firstDay = deviceDayOf(first)
/** An episode that begins on that day, 0 the first, at "03:10". */
const at = (day: number, clock: string, isSevere = false) => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return { startMs: first + day * DAY_MS + (hours * 60 + minutes) * MINUTE_MS, isSevere }
}
const sorted = (episodes: ReturnType<typeof at>[]) => episodes.toSorted((a, b) => a.startMs - b.startMs)
const find = (episodes: ReturnType<typeof at>[], days = 14) => findPatterns(sorted(episodes), days)

it('needs three days, and a fifth of the days with data', () => {
  const two = [at(0, '03:10'), at(1, '03:40')]
  expect(find(two)).toEqual([])
  expect(find([...two, at(1, '04:00')])).toEqual([])
  expect(find([...two, at(5, '02:50')])).toHaveLength(1)
  // A fifth of 16 days is 3.2.
  expect(find([...two, at(5, '02:50')], 16)).toEqual([])
})

it('names the three hours with most days, the middle one of equals, and the days behind them', () => {
  const [pattern] = find([at(0, '03:10'), at(1, '03:40'), at(1, '04:10'), at(5, '02:50', true)])
  // Three hours from 01:00, 01:30, 02:00 or 02:30 hold all three days; the middle of these four is 01:30.
  expect(pattern).toEqual({
    fromMinute: 90,
    toMinute: 270,
    days: [firstDay, firstDay + 1, firstDay + 5],
    severeDays: 1,
    episodes: 4,
  })
})

it('widens over half hours that bring more days, six hours at most', () => {
  const starts = [
    ...[0, 1, 2, 3].map(day => at(day, '08:10')),
    ...[0, 1, 2, 3].map(day => at(day, '10:50')),
    at(4, '11:10'),
    at(5, '11:40'),
  ]
  const [pattern] = find(starts)
  // From 09:00 to 12:00 there are all six days.
  expect(pattern?.days).toEqual([0, 1, 2, 3, 4, 5].map(day => firstDay + day))
  // Every day half an hour later: each half hour more brings a day, but six hours are the end.
  const clock = (day: number) => `${5 + Math.floor(day / 2)}:${day % 2 === 0 ? '10' : '40'}`
  const [long] = find(Array.from({ length: 14 }, (_, day) => at(day, clock(day))))
  expect(long && long.toMinute - long.fromMinute).toBe(360)
})

it('goes over midnight', () => {
  const [pattern] = find([at(0, '23:10'), at(1, '23:50'), at(3, '00:20'), at(4, '00:40')])
  expect(pattern?.days).toHaveLength(4)
  expect(pattern && pattern.fromMinute > pattern.toMinute).toBe(true)
})

it('takes each episode once, at most three patterns, those with severe days first', () => {
  const patterns = find([
    ...[0, 1, 2, 3, 4, 5].map(day => at(day, '02:10')),
    ...[0, 1, 2, 3].map(day => at(day, '09:10', true)),
    ...[0, 1, 2].map(day => at(day, '15:10')),
    ...[0, 1, 2].map(day => at(day, '20:10')),
  ])
  expect(patterns.map(({ episodes }) => episodes)).toEqual([4, 6, 3])
  expect(patterns[0]?.severeDays).toBe(4)
})

it('finds nothing in nothing', () => {
  expect(find([])).toEqual([])
  expect(find([], 0)).toEqual([])
})

describe('severity', () => {
  const episode = (start: number, minutes: number) => ({ startMs: start * MINUTE_MS, minutes, meanMgdl: 60 })
  it('is that of an episode of level 2 that begins within one of level 1', () => {
    const one = [episode(0, 30), episode(100, 40), episode(300, 20)]
    const two = [episode(110, 15), episode(320, 15)]
    expect(withSeverity(one, two).map(({ isSevere }) => isSevere)).toEqual([false, true, false])
  })
})
