/**
 * The meals of a period with what the calculator said, what was given and what glucose did: one event a meal, in its
 * mealtime. Source: reports sheet §1.2 (10), metrics sheet §10 (entries within 15 minutes are one meal).
 */
import { defaultPreferences, type Mealtime, type Preferences } from '#records/preferences.ts'
import type { Bolus, Food, Wizard } from '#records/records.ts'
import { type DeviceTime, MINUTE_MS } from '#records/time.ts'
import type { GlucoseSeries } from '#records/series.ts'
import { mgdlFrom } from '#records/units.ts'
import { mealtimeAt } from '#stats/dayParts.ts'
import { type Meal, eatenEntries, mealsOf } from '#stats/meals.ts'
import { AT_MOMENT_MS, meterMean, valueAt, windowMean, windowPeak, wordBehind } from '#stats/mealWindows.ts'
import type { Stretch } from '#stats/stretches.ts'
import { minuteOfDay } from '#stats/timeSpans.ts'
import type { Material } from './days.ts'
import type { Stored } from './models.ts'
import type { AmountsBehind, MealEvent, MealGroupName, RatioInUse } from './panelsModel.ts'
import { proposedUnits, therapyRows } from './wizards.ts'

export const mealGroups: readonly MealGroupName[] = ['breakfast', 'lunch', 'dinner', 'other']

/** A meal's event with what a panel needs besides. */
export interface EatenMeal {
  readonly group: MealGroupName
  readonly event: MealEvent
  readonly ratios: readonly Omit<RatioInUse, 'meals'>[]
  /** Entered in the calculator, not only noted. */
  readonly withWizard: boolean
  /** What the mean before and the mean after it are of. */
  readonly before: Stretch
  readonly after: Stretch
  readonly amountsBehind: AmountsBehind
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
    const around = stretchesOf(meal.at, window, material)
    return {
      ...around,
      group,
      event: {
        at: meal.at,
        entries: meal.entries.length,
        ...carbsOf(meal),
        ...(asked.length > 0 ? insulinOf(asked, given) : {}),
        ...glucoseOf(meal.at, around, material),
        ...nextMeal(meal.at, meals[i + 1]?.at, window),
      },
      withWizard: asked.length > 0,
      ratios: asked.flatMap(({ carbRatio: ratio, carbRatioUnits: units }) =>
        ratio !== undefined && units !== undefined ? [{ ratio, units }] : [],
      ),
      amountsBehind: amountsBehind(meal, asked, given),
    }
  })
}

/** The windows of a mealtime; other meals have those that a mealtime comes with. */
export const windowOf = (group: MealGroupName, meals: Preferences['meals']): Mealtime =>
  group === 'other' ? defaultPreferences.meals.lunch : meals[group]

interface Given {
  readonly units: number
  /** Of the boluses. */
  readonly ids: readonly string[]
}

/** What was given for each screen, both parts of a dual bolus. */
function unitsByWizard({ records }: Source): ReadonlyMap<Wizard, Given> {
  const given = new Map<Wizard, Given>()
  for (const { wizard, bolus, secondPart } of therapyRows(records)) {
    if (!wizard || !bolus) continue
    const parts = secondPart ? [bolus, secondPart] : [bolus]
    given.set(wizard, { units: parts.reduce((sum, part) => sum + unitsOf(part), 0), ids: parts.map(({ id }) => id) })
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

function insulinOf(asked: readonly Wizard[], given: ReadonlyMap<Wizard, Given>): Partial<MealEvent> {
  const glucose = asked.find(wizard => wizard.glucose)?.glucose
  const known: Partial<Record<keyof MealEvent, number | undefined>> = {
    enteredMgdl: glucose ? mgdlFrom(glucose.value, glucose.units) : undefined,
    foodUnits: sumOf(asked.map(wizard => wizard.recommendedCarbUnits)),
    correctionUnits: sumOf(asked.map(wizard => wizard.recommendedCorrectionUnits)),
    activeUnits: asked[0]?.insulinOnBoardUnits,
    proposedUnits: sumOf(asked.map(proposedUnits)),
    deliveredUnits: sumOf(asked.map(wizard => given.get(wizard)?.units)),
  }
  return withoutUnknown(known)
}

/** Of each amount the records that tell it, where it is known. */
function amountsBehind(
  { entries }: Meal<Entry>,
  asked: readonly Stored<Wizard>[],
  given: ReadonlyMap<Wizard, Given>,
): AmountsBehind {
  const idsOf = (records: readonly Entry[]) => records.map(({ id }) => id)
  const ifAll = (of: (wizard: Wizard) => unknown) =>
    asked.every(wizard => of(wizard) !== undefined) ? idsOf(asked) : []
  return {
    carbsGrams: idsOf(entries.filter(({ carbsGrams = 0 }) => carbsGrams > 0)),
    carbsExchanges: idsOf(entries.filter(({ carbsExchanges = 0 }) => carbsExchanges > 0)),
    foodUnits: ifAll(wizard => wizard.recommendedCarbUnits),
    correctionUnits: ifAll(wizard => wizard.recommendedCorrectionUnits),
    deliveredUnits:
      ifAll(wizard => given.get(wizard)).length > 0 ? asked.flatMap(wizard => given.get(wizard)?.ids ?? []) : [],
    ratios: idsOf(
      asked.filter(({ carbRatio, carbRatioUnits }) => carbRatio !== undefined && carbRatioUnits !== undefined),
    ),
  }
}

/** The windows around a meal. Without a sensor the one before has the meal's own minute too. */
function stretchesOf(at: DeviceTime, window: Mealtime, { sensor }: Source): Pick<EatenMeal, 'before' | 'after'> {
  const minute = (minutes: number) => at + minutes * MINUTE_MS
  return {
    // The value that the meal was reckoned with may have the very minute of the meal.
    before: { from: minute(-window.beforeMinutes), to: sensor.time.length === 0 ? minute(1) : at },
    after: { from: minute(window.afterFromMinutes), to: minute(window.afterToMinutes) },
  }
}

function glucoseOf(
  at: number,
  { before, after }: Pick<EatenMeal, 'before' | 'after'>,
  { sensor, meter }: Source,
): Partial<MealEvent> {
  if (sensor.time.length === 0) {
    const numbers = {
      beforeMgdl: meterMean(meter, before.from, before.to),
      afterMgdl: meterMean(meter, after.from, after.to),
    }
    return { ...withoutUnknown(numbers), ...wordsOf(numbers, meter, { beforeMgdl: before, afterMgdl: after }) }
  }
  const numbers = {
    beforeMgdl: windowMean(sensor, before.from, before.to),
    afterMgdl: windowMean(sensor, after.from, after.to),
    peakMgdl: windowPeak(sensor, at, after.to),
    endMgdl: valueAt(sensor, after.to),
  }
  const stretches = {
    beforeMgdl: before,
    afterMgdl: after,
    peakMgdl: { from: at, to: after.to },
    endMgdl: { from: after.to - AT_MOMENT_MS, to: after.to + 1 },
  }
  return { ...withoutUnknown(numbers), ...wordsOf(numbers, sensor, stretches) }
}

function wordsOf<K extends keyof NonNullable<MealEvent['words']>>(
  numbers: Readonly<Record<K, number>>,
  series: GlucoseSeries,
  stretches: Readonly<Record<K, Stretch>>,
): Pick<MealEvent, 'words'> {
  // The keys are those of the numbers.
  const names = Object.keys(numbers) as K[]
  const words = names.flatMap(name => {
    const word = wordBehind(series, stretches[name], numbers[name])
    return word ? [[name, word] as const] : []
  })
  return words.length > 0 ? { words: Object.fromEntries(words) as NonNullable<MealEvent['words']> } : {}
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
