/**
 * At which time of day episodes begin again and again. A simple rule that can be checked by hand: a window of three
 * hours is moved over the day in steps of half an hour, and the days are counted on which an episode begins in it.
 * Source: reports sheet §6, last paragraph.
 */
import { DAY_MS, type DeviceDay, type DeviceTime, deviceDayOf, MINUTE_MS, timeOfDayMs } from '#records/time.ts'
import type { Episode } from './episodes.ts'

export interface PatternEpisode {
  readonly startMs: number
  /** Very low, or very high. */
  readonly isSevere: boolean
}

export interface Pattern {
  /** Minutes since midnight, on the half hour; `toMinute` not in it, at most 1440, and not after `fromMinute` when the window goes over midnight. */
  readonly fromMinute: number
  readonly toMinute: number
  /** The days on which an episode begins in it, ascending. */
  readonly days: readonly DeviceDay[]
  /** Of these, the days with a severe one. */
  readonly severeDays: number
  readonly episodes: number
}

const STEP_MINUTES = 30
const STEPS = 1440 / STEP_MINUTES
/** Three hours; widened to six at most, because a pattern of half a day tells nothing. */
const WINDOW_STEPS = 6
const MOST_STEPS = 12
const LEAST_DAYS = 3
const LEAST_SHARE = 0.2
const MOST_PATTERNS = 3

interface Placed extends PatternEpisode {
  readonly day: DeviceDay
  readonly step: number
}

/**
 * The times of day with most days, at most three, the ones with most severe days first. `episodes` ascending; `daysWithData` is the number of
 * days on which an episode could have been seen.
 */
export function findPatterns(episodes: readonly PatternEpisode[], daysWithData: number): Pattern[] {
  const needed = Math.max(LEAST_DAYS, LEAST_SHARE * daysWithData)
  if (episodes.length < needed) return []
  const found: Pattern[] = []
  let left = episodes.map((episode): Placed => {
    // A moment of the grid is one of a device's clock.
    const at = episode.startMs as DeviceTime
    return { ...episode, day: deviceDayOf(at), step: Math.floor(timeOfDayMs(at) / (STEP_MINUTES * MINUTE_MS)) }
  })
  while (found.length < MOST_PATTERNS) {
    const first = busiestWindow(left)
    if (daysIn(left, first, WINDOW_STEPS) < needed) break
    const window = widened(left, { first, steps: WINDOW_STEPS })
    const isInside = ({ step }: Placed) => (step - window.first + STEPS) % STEPS < window.steps
    const inside = left.filter(isInside)
    found.push(patternOf(window, inside))
    left = left.filter(placed => !isInside(placed))
  }
  return found.sort((a, b) => b.severeDays - a.severeDays || b.days.length - a.days.length)
}

/** Episodes of level 1 and worse; severe is one in which an episode of level 2 begins. Both ascending. */
export function withSeverity(levelOne: readonly Episode[], levelTwo: readonly Episode[]): PatternEpisode[] {
  let next = 0
  return levelOne.map(({ startMs, minutes }) => {
    const endMs = startMs + minutes * MINUTE_MS
    while (next < levelTwo.length && (levelTwo[next]?.startMs ?? 0) < startMs) next++
    return { startMs, isSevere: (levelTwo[next]?.startMs ?? Number.POSITIVE_INFINITY) < endMs }
  })
}

/** The first step of the window with most days; of several in a row that have as many, the middle one. */
function busiestWindow(episodes: readonly Placed[]): number {
  const counts = new Uint32Array(STEPS)
  // The day that was counted last for the window which begins at each step.
  const counted = new Float64Array(STEPS).fill(Number.NaN)
  for (const { day, step } of episodes) {
    for (let back = 0; back < WINDOW_STEPS; back++) {
      const first = (step - back + STEPS) % STEPS
      if (counted[first] === day) continue
      counted[first] = day
      counts[first] = (counts[first] ?? 0) + 1
    }
  }
  const most = Math.max(...counts)
  // Rows of equals may go over midnight: begin after a window that has fewer.
  const start = counts.findIndex((count, i) => count === most && counts[(i + STEPS - 1) % STEPS] !== most)
  if (start < 0) return 0
  let length = 1
  while (length < STEPS && counts[(start + length) % STEPS] === most) length++
  return (start + Math.floor((length - 1) / 2)) % STEPS
}

interface Window {
  readonly first: number
  readonly steps: number
}

/** By half an hour at a time, on the side that brings more days, as long as one is brought. */
function widened(episodes: readonly Placed[], window: Window): Window {
  const { first, steps } = window
  if (steps >= MOST_STEPS) return window
  const count = daysIn(episodes, first, steps)
  const earlier = { first: (first + STEPS - 1) % STEPS, steps: steps + 1 }
  const later = { first, steps: steps + 1 }
  const withEarlier = daysIn(episodes, earlier.first, earlier.steps)
  const withLater = daysIn(episodes, later.first, later.steps)
  if (Math.max(withEarlier, withLater) === count) return window
  return widened(episodes, withEarlier > withLater ? earlier : later)
}

/** On how many days an episode begins in the window; `episodes` ascending. */
function daysIn(episodes: readonly Placed[], first: number, steps: number): number {
  let count = 0
  let last: DeviceDay | undefined
  for (const { day, step } of episodes) {
    if (day === last || (step - first + STEPS) % STEPS >= steps) continue
    count++
    last = day
  }
  return count
}

function patternOf({ first, steps }: Window, inside: readonly Placed[]): Pattern {
  const days = [...new Set(inside.map(({ day }) => day))].sort((a, b) => a - b)
  const end = ((first + steps) % STEPS) * STEP_MINUTES
  return {
    fromMinute: first * STEP_MINUTES,
    toMinute: end === 0 ? DAY_MS / MINUTE_MS : end,
    days,
    severeDays: new Set(inside.filter(({ isSevere }) => isSevere).map(({ day }) => day)).size,
    episodes: inside.length,
  }
}
