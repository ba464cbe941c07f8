/**
 * The meals of a period with what the calculator said, what was given and what glucose did: one event a meal, in its
 * mealtime. Source: reports sheet §1.2 (10), metrics sheet §10 (entries within 15 minutes are one meal).
 */
import { defaultPreferences, type Mealtime, type Preferences } from '#records/preferences.ts'
import type { Bolus, Food, Wizard } from '#records/records.ts'
import { MINUTE_MS } from '#records/time.ts'
import { mgdlFrom } from '#records/units.ts'
import { mealtimeAt } from '#stats/dayParts.ts'
import { type Meal, eatenEntries, mealsOf } from '#stats/meals.ts'
import { meterMean, valueAt, windowMean, windowPeak } from '#stats/mealWindows.ts'
import { minuteOfDay } from '#stats/timeSpans.ts'
import type { Material } from './days.ts'
import type { Stored } from './models.ts'
import type { MealEvent, MealGroupName, RatioInUse } from './panelsModel.ts'
import { proposedUnits, therapyRows } from './wizards.ts'

export const mealGroups: readonly MealGroupName[] = ['breakfast', 'lunch', 'dinner', 'other']

/** A meal's event with what a panel needs besides. */
export interface EatenMeal {
  readonly group: MealGroupName
  readonly event: MealEvent
  readonly ratios: readonly Omit<RatioInUse, 'meals'>[]
  /** Entered in the calculator, not only noted. */
  readonly withWizard: boolean
}

type Entry = Stored<Wizard> | Stored<Food>
type Source = Pick<Material, 'records' | 'sensor' | 'meter'>

/** All meals of the period, ascending. */
export function eatenMeals(material: Source, { meals: mealtimes }: Pick<Preferences, 'meals'>): readonly EatenMeal[] {
  const wizards = material.records.filter(record => record.type === 'wizard')
  const food = material.records.filter(record => record.type === 'food')
  const given = unitsByWizard(material)
  const meals = mealsOf<Entry>(eatenEntries(wizards, food))
  return meals.map((meal, i) => {
    const group = mealtimeAt(minuteOfDay(meal.at), mealtimes) ?? 'other'
    const window = windowOf(group, mealtimes)
    const asked = meal.entries.filter(entry => entry.type === 'wizard')
    return {
      group,
      event: {
        at: meal.at,
        entries: meal.entries.length,
        ...carbsOf(meal),
        ...(asked.length > 0 ? insulinOf(asked, given) : {}),
        ...glucoseOf(meal.at, window, material),
        ...nextMeal(meal.at, meals[i + 1]?.at, window),
      },
      withWizard: asked.length > 0,
      ratios: asked.flatMap(({ carbRatio: ratio, carbRatioUnits: units }) =>
        ratio !== undefined && units !== undefined ? [{ ratio, units }] : [],
      ),
    }
  })
}

/** The windows of a mealtime; other meals have those that a mealtime comes with. */
export const windowOf = (group: MealGroupName, meals: Preferences['meals']): Mealtime =>
  group === 'other' ? defaultPreferences.meals.lunch : meals[group]

/** What was given for each screen, both parts of a dual bolus. */
function unitsByWizard({ records }: Source): ReadonlyMap<Wizard, number> {
  const given = new Map<Wizard, number>()
  for (const { wizard, bolus, secondPart } of therapyRows(records)) {
    if (wizard && bolus) given.set(wizard, unitsOf(bolus) + (secondPart ? unitsOf(secondPart) : 0))
  }
  return given
}

const unitsOf = ({ normalUnits = 0, extendedUnits = 0 }: Bolus): number => normalUnits + extendedUnits

function carbsOf({ entries }: Meal<Entry>): Pick<MealEvent, 'carbsGrams' | 'carbsExchanges'> {
  const grams = sumOf(entries.map(entry => entry.carbsGrams).filter(amount => (amount ?? 0) > 0))
  const exchanges = sumOf(entries.map(entry => entry.carbsExchanges).filter(amount => (amount ?? 0) > 0))
  return {
    ...(grams === undefined ? {} : { carbsGrams: grams }),
    ...(exchanges === undefined ? {} : { carbsExchanges: exchanges }),
  }
}

function insulinOf(asked: readonly Wizard[], given: ReadonlyMap<Wizard, number>): Partial<MealEvent> {
  const glucose = asked.find(wizard => wizard.glucose)?.glucose
  const known: Partial<Record<keyof MealEvent, number | undefined>> = {
    enteredMgdl: glucose ? mgdlFrom(glucose.value, glucose.units) : undefined,
    foodUnits: sumOf(asked.map(wizard => wizard.recommendedCarbUnits)),
    correctionUnits: sumOf(asked.map(wizard => wizard.recommendedCorrectionUnits)),
    activeUnits: asked[0]?.insulinOnBoardUnits,
    proposedUnits: sumOf(asked.map(proposedUnits)),
    deliveredUnits: sumOf(asked.map(wizard => given.get(wizard))),
  }
  return withoutUnknown(known)
}

function glucoseOf(at: number, window: Mealtime, { sensor, meter }: Source): Partial<MealEvent> {
  const minute = (minutes: number) => at + minutes * MINUTE_MS
  const end = minute(window.afterToMinutes)
  const before = [minute(-window.beforeMinutes), at] as const
  const after = [minute(window.afterFromMinutes), end] as const
  // The value that the meal was reckoned with may have the very minute of the meal.
  if (sensor.time.length === 0) {
    const meterBefore = meterMean(meter, before[0], at + MINUTE_MS)
    return withoutUnknown({ beforeMgdl: meterBefore, afterMgdl: meterMean(meter, ...after) })
  }
  return withoutUnknown({
    beforeMgdl: windowMean(sensor, ...before),
    afterMgdl: windowMean(sensor, ...after),
    peakMgdl: windowPeak(sensor, at, end),
    endMgdl: valueAt(sensor, end),
  })
}

function nextMeal(at: number, next: number | undefined, { afterToMinutes }: Mealtime): Partial<MealEvent> {
  const minutes = next === undefined ? Number.POSITIVE_INFINITY : (next - at) / MINUTE_MS
  return minutes < afterToMinutes ? { nextMealMinutes: minutes } : {}
}

/** Known only when there is an amount and each is known; without the tail of binary fractions. */
function sumOf(amounts: readonly (number | undefined)[]): number | undefined {
  if (amounts.length === 0) return undefined
  let sum = 0
  for (const amount of amounts) {
    if (amount === undefined) return undefined
    sum += amount
  }
  return Math.round(sum * 10_000) / 10_000
}

function withoutUnknown(numbers: Partial<Record<keyof MealEvent, number | undefined>>): Partial<MealEvent> {
  // The keys are those of the event's numbers, and what is left are numbers.
  return Object.fromEntries(
    Object.entries(numbers).filter(([, value]) => value !== undefined && !Number.isNaN(value)),
  ) as Partial<MealEvent>
}
