/**
 * Meals with the bolus calculator: by mealtime what was eaten, what was given for it and what glucose did, and every
 * meal by itself. Source: reports sheet §1.2 (10), metrics sheet §10.
 */
import { periodModel, prepare } from './days.ts'
import { eatenMeals, mealGroups } from './mealEvents.ts'
import type { MealGroup, MealsModel } from './mealsModel.ts'
import type { ReportInput } from './models.ts'
import { mealPanel } from './panels.ts'

export function mealsReport(input: ReportInput): MealsModel {
  const material = prepare(input)
  const all = eatenMeals(material, input.preferences)
  return {
    ...periodModel(input, material),
    groups: mealGroups.map((name): MealGroup => {
      const meals = all.filter(({ group }) => group === name)
      return {
        ...mealPanel(material, name, meals, input.preferences),
        meals: meals.map(({ event }) => event).reverse(),
        withWizard: meals.filter(({ withWizard }) => withWizard).length,
      }
    }),
  }
}
