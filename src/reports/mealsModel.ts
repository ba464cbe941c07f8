/** The meals report as plain data: a panel of each mealtime, and every meal in it. */
import type { PeriodModel } from './models.ts'
import type { MealEvent, MealPanel } from './panelsModel.ts'

export interface MealGroup extends MealPanel {
  /** Newest first. */
  readonly meals: readonly MealEvent[]
  /** Of the events with a calculator's screen. */
  readonly withWizard: number
}

export interface MealsModel extends PeriodModel {
  /** Breakfast, lunch, dinner, other times; also those without a meal. */
  readonly groups: readonly MealGroup[]
}
