/**
 * The day as a logbook has it: night, before and after each meal, bedtime. Every minute of a day is in exactly one part.
 * Only a meal whose time is known divides its mealtime into before and after; else the mealtime is one part: nobody knows
 * which value was before it. Source: reports sheet §1.2 (6), `records/preferences.ts`.
 */
import { type MealName, mealNames, type Preferences } from '#records/preferences.ts'
import { DAY_MINUTES, isWithin } from './timeSpans.ts'

export const dayParts = [
  'night',
  'beforeBreakfast',
  'afterBreakfast',
  'beforeLunch',
  'afterLunch',
  'beforeDinner',
  'afterDinner',
  'bedtime',
  // Mealtimes that are not divided.
  'breakfast',
  'lunch',
  'dinner',
] as const
export type DayPart = (typeof dayParts)[number]

export const beforeMeal: Readonly<Record<MealName, DayPart>> = {
  breakfast: 'beforeBreakfast',
  lunch: 'beforeLunch',
  dinner: 'beforeDinner',
}
export const afterMeal: Readonly<Record<MealName, DayPart>> = {
  breakfast: 'afterBreakfast',
  lunch: 'afterLunch',
  dinner: 'afterDinner',
}

type Times = Pick<Preferences, 'meals' | 'overnight' | 'bedtime'>
/** The minute of the day of the first meal in a mealtime; absent where it is not known. */
export type MealMinutes = Partial<Readonly<Record<MealName, number>>>

export interface PartStart {
  readonly part: DayPart
  readonly fromMinute: number
}

/** The mealtime that a minute of the day lies in. */
export const mealtimeAt = (minute: number, meals: Times['meals']): MealName | undefined =>
  mealNames.find(name => isWithin(minute, meals[name]))

/**
 * Where each part of one day begins, ascending, the first at 0; parts that have no room on that day are absent.
 * A meal's "before" begins its preferred minutes before it, its "after" with the meal, and lasts until the next part; an
 * undivided mealtime begins those minutes before itself.
 */
export function partStarts({ meals, overnight, bedtime }: Times, eaten: MealMinutes): readonly PartStart[] {
  const overMidnight = overnight.fromMinute >= overnight.toMinute
  const startsInNight = overMidnight || overnight.fromMinute === 0
  const starts: PartStart[] = [{ part: startsInNight ? 'night' : 'bedtime', fromMinute: 0 }]
  if (!startsInNight) starts.push({ part: 'night', fromMinute: overnight.fromMinute })
  // Who has breakfast before the night is over, is up.
  let earliest = Math.min(overnight.toMinute, eaten.breakfast ?? DAY_MINUTES)
  let afterOver = 0
  for (const name of mealNames) {
    const { fromMinute, beforeMinutes, afterToMinutes } = meals[name]
    const meal = eaten[name]
    if (meal === undefined) {
      earliest = Math.max(fromMinute - beforeMinutes, afterOver, earliest)
      starts.push({ part: name, fromMinute: earliest })
      continue
    }
    starts.push({ part: beforeMeal[name], fromMinute: Math.max(meal - beforeMinutes, earliest) })
    earliest = Math.max(meal, earliest)
    starts.push({ part: afterMeal[name], fromMinute: earliest })
    afterOver = meal + afterToMinutes
  }
  starts.push({ part: 'bedtime', fromMinute: Math.max(bedtime.fromMinute, afterOver, earliest) })
  if (overMidnight) starts.push({ part: 'night', fromMinute: overnight.fromMinute })
  return withRoom(starts)
}

/** Without the parts that the next one leaves no room. */
function withRoom(starts: readonly PartStart[]): PartStart[] {
  const kept: PartStart[] = []
  let next = DAY_MINUTES
  for (const start of starts.toReversed()) {
    if (start.fromMinute >= next) continue
    kept.push(start)
    next = start.fromMinute
  }
  return kept.reverse()
}
