/**
 * What was eaten and when: carbohydrate of the calculator and noted by hand, each counted once, and entries that are
 * one meal. Source: metrics sheet §10 (Carbs/day).
 */
import type { Food, Wizard } from '#records/records.ts'
import { type DeviceTime, MINUTE_MS } from '#records/time.ts'

/** Entries as near as this to the first are one meal; food noted again as near as this is the same food. */
export const MEAL_MS = 15 * MINUTE_MS

export interface Meal<T> {
  /** When it began: the time of its first entry. */
  readonly at: DeviceTime
  /** At least one, ascending. */
  readonly entries: readonly T[]
}

/** Whether there is any carbohydrate in it. */
export const hasCarbs = ({ carbsGrams = 0, carbsExchanges = 0 }: Wizard | Food): boolean =>
  carbsGrams > 0 || carbsExchanges > 0

/**
 * All entries with carbohydrate, ascending. A calculator left without a bolus does not count, and food noted again with
 * the calculator's amount is not eaten again. Both lists ascending.
 */
export function eatenEntries<W extends Wizard, F extends Food>(
  wizards: readonly W[],
  food: readonly F[],
): readonly (W | F)[] {
  const asked = wizards.filter(wizard => wizard.delivered !== false && hasCarbs(wizard))
  const matched = new Set<W>()
  let first = 0
  const eaten = food.filter(entry => {
    if (!hasCarbs(entry)) return false
    while ((asked[first]?.deviceTime ?? Number.POSITIVE_INFINITY) < entry.deviceTime - MEAL_MS) first++
    for (let i = first; (asked[i]?.deviceTime ?? Number.POSITIVE_INFINITY) <= entry.deviceTime + MEAL_MS; i++) {
      const wizard = asked[i]
      if (!wizard || matched.has(wizard) || !sameCarbs(wizard, entry)) continue
      matched.add(wizard)
      return false
    }
    return true
  })
  return [...asked, ...eaten].sort((a, b) => a.deviceTime - b.deviceTime)
}

/** Entries, ascending, as meals: a quarter of an hour after its first entry a meal is over. */
export function mealsOf<T extends { readonly deviceTime: DeviceTime }>(entries: readonly T[]): readonly Meal<T>[] {
  const meals: { at: DeviceTime; entries: T[] }[] = []
  for (const entry of entries) {
    const last = meals.at(-1)
    if (last && entry.deviceTime - last.at <= MEAL_MS) last.entries.push(entry)
    else meals.push({ at: entry.deviceTime, entries: [entry] })
  }
  return meals
}

const sameCarbs = (wizard: Wizard, food: Food): boolean =>
  wizard.carbsGrams === food.carbsGrams && wizard.carbsExchanges === food.carbsExchanges
