/**
 * When meals were, as far as anything tells: carbs entered, or the meter told that a value is before a meal or so many
 * minutes after one. Source: metrics sheet §10, `records/preferences.ts` (mealtimes).
 */
import type { Preferences } from '#records/preferences.ts'
import { type DeviceDay, type DeviceTime, deviceDayOf, MINUTE_MS, shifted } from '#records/time.ts'
import { mealtimeAt } from '#stats/dayParts.ts'
import { eatenEntries, mealsOf } from '#stats/meals.ts'
import { minuteOfDay } from '#stats/timeSpans.ts'
import type { Material } from './days.ts'
import type { MealGroupName } from './panelsModel.ts'

export interface MealMoment {
  readonly at: DeviceTime
  readonly group: MealGroupName
  /** The day on which its mealtime began. */
  readonly day: DeviceDay
}

/** Ascending. The meter's marks count on days without carbs entered in that mealtime. */
export function mealMoments(
  { records, meterValues }: Pick<Material, 'records' | 'meterValues'>,
  { meals }: Pick<Preferences, 'meals'>,
): readonly MealMoment[] {
  const momentAt = (at: DeviceTime): MealMoment => {
    const minute = minuteOfDay(at)
    const group = mealtimeAt(minute, meals) ?? 'other'
    const isNextMorning = group !== 'other' && minute < meals[group].fromMinute
    return { at, group, day: deviceDayOf(at) - (isNextMorning ? 1 : 0) }
  }
  const entries = eatenEntries(
    records.filter(record => record.type === 'wizard'),
    records.filter(record => record.type === 'food'),
  )
  const entered = mealsOf(entries).map(({ at }) => momentAt(at))
  const known = new Set(entered.map(keyOf))
  const marked = meterValues
    .flatMap(({ deviceTime, meal, minutesAfterMeal }): DeviceTime[] => {
      if (meal === 'before') return [shifted(deviceTime, MINUTE_MS)]
      return meal === 'after' && minutesAfterMeal !== undefined
        ? [shifted(deviceTime, -minutesAfterMeal * MINUTE_MS)]
        : []
    })
    .map(momentAt)
    .filter(moment => {
      // Of two marks of one meal the first tells enough.
      const isNew = moment.group !== 'other' && !known.has(keyOf(moment))
      known.add(keyOf(moment))
      return isNew
    })
  return [...entered, ...marked].sort((a, b) => a.at - b.at)
}

const keyOf = ({ group, day }: MealMoment): string => `${day} ${group}`
