/** Sentences of the meals report. Numbers arrive formatted. */
import { reportTexts } from '../reports.ts'

const { many } = reportTexts

export const mealsTexts = {
  title: 'Meals with the calculator',
  text: 'Each mealtime: what was eaten, what the calculator proposed, what was given, and glucose before and after.',
  nothing: 'No carbs were entered in these days.',
  lead: 'Carbs of the calculator and noted carbs within 15 minutes are one meal. A calculator left without a bolus is not counted.',
  marks:
    'Thin lines: each meal, at most the last 90. Thick line: their mean, from three on. Diamonds: meter values. Grey bars at the foot: the windows of the means. A window in which fewer than 70 % of the expected sensor values stand gives no mean for that meal.',
  numbers: (name: string) => `${name}: means and meals`,
  counts: (meals: number, withWizard: number) =>
    `${many(meals, 'meal', 'meals')}, ${withWizard} of them entered in the calculator`,
  table: (name: string) => `${name}: every meal, newest first`,
  columns: {
    when: 'Meal',
    carbs: 'Carbs',
    entered: (unit: string) => `BG ${unit}`,
    food: 'Food U',
    correction: 'Correction U',
    active: 'Active U',
    proposed: 'Proposed U',
    delivered: 'Delivered U',
    before: 'Before',
    after: 'After',
    peak: 'Peak',
    end: 'At the end',
  },
  groups: { entered: 'Entered', insulin: 'Insulin', glucose: (unit: string) => `Glucose, ${unit}` },
  entries: (count: number) => `in ${count} entries`,
  next: (minutes: number) => `the next meal ${minutes} min later, before the window was over`,
  notes: (before: string, after: string, end: string) =>
    `Before: mean of the ${before}. After: mean of ${after}. Peak: highest value from the meal to ${end} after it. At the end: value ${end} after it. – means not known, or fewer than 70 % of the expected sensor values.`,
  minutes: (count: number) => `${count} min`,
  range: (from: number, to: number) => `${from} to ${to} min after`,
  upTo: (minutes: number) => `${minutes} min up to the meal`,
  nextMark: 'n',
  nextNote: 'n: the next meal came before the window was over.',
} as const
