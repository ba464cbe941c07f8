/** Sentences of the panels: nights and meals laid over one another. Numbers arrive formatted. */
import type { MealGroupName, NightName } from '#reports/panelsModel.ts'
import { reportTexts } from '../reports.ts'

const { many } = reportTexts

const mealNames: Readonly<Record<MealGroupName, string>> = {
  breakfast: 'Breakfast',
  lunch: 'Lunch',
  dinner: 'Dinner',
  other: 'Other times',
}
const nightNames: Readonly<Record<NightName, string>> = {
  bedtimeToWakeUp: 'Bedtime to wake-up',
  overnight: 'Overnight',
}

export const panelTexts = {
  names: { ...mealNames, ...nightNames },
  otherTimes: 'outside the mealtimes',
  span: (from: string, to: string) => `${from}–${to}`,
  meals: (count: number) => many(count, 'meal', 'meals'),
  nights: (count: number) => many(count, 'night', 'nights'),
  noMeals: 'No carbs were entered in this mealtime, so there is nothing to lay over one another.',
  noValues: 'No glucose values around these meals.',
  noNights: 'No glucose values in these nights.',
  before: 'Before',
  after: 'After',
  change: 'Change',
  bedtime: 'At bedtime',
  wakeUp: 'At wake-up',
  firstHour: 'First hour',
  lastHour: 'Last hour',
  beforeWindow: (minutes: number) => `${minutes} min up to the meal`,
  afterWindow: (from: number, to: number) => `${from} to ${to} min after`,
  changeNote: 'after less before',
  /** "mean of 12 of 14 meals". */
  stands: (having: number, of: number, what: 'meals' | 'nights') => {
    const all = what === 'meals' ? many(of, 'meal', 'meals') : many(of, 'night', 'nights')
    return having === of ? all : `${having} of ${all}`
  },
  parts: (parts: readonly string[]) => parts.filter(Boolean).join('; '),
  noWindow: {
    sensor: 'in no window are 70\u00A0% of its values',
    meter: 'no meter value in the window',
  },
  carbs: 'Carbs',
  food: 'Food bolus',
  foodNote: 'as the calculator proposed',
  correction: 'Correction',
  delivered: 'Delivered',
  ratio: 'Ratio in use',
  ratioUnits: { 'g/U': 'g/U', 'U/exchange': 'U/exchange' },
  ratioMore: (text: string, meals: number) => `${text} (${meals})`,
  ratioNote: (most: number, all: number) => `with ${most} of ${many(all, 'meal', 'meals')}`,
  units: 'U',
  grams: 'g',
  exchanges: 'exchanges',
  inRange: 'In range',
  low: 'low',
  high: 'high',
  /** "Overnight, in range": what a share is of. */
  rangesOf: (panel: string, range: string) => `${panel}, ${range.toLowerCase()}`,
  rangesNote: {
    sensor: (count: number) => many(count, 'sensor value', 'sensor values'),
    meter: (count: number) => many(count, 'meter value', 'meter values'),
  },
  picture: (name: string, events: string, inRange: string | undefined) =>
    `${name}: glucose of ${events} laid over one another${inRange === undefined ? '' : `, ${inRange} in range`}.`,
  atMeal: 'meal',
  hours: (sign: '−' | '+', hours: number) => `${sign}${hours} h`,
  legend:
    'Thin lines: each meal or night, at most the last 90. Thick line: their mean, from three on. Diamonds: meter values. Grey bars at the foot: the windows of the means. A window in which fewer than 70 % of the expected sensor values stand gives no mean for that meal or night.',
  slot: (from: number, to: number) =>
    `${from < 0 ? '−' : ''}${Math.abs(from)} to ${to < 0 ? '−' : ''}${Math.abs(to)} min`,
  stop: (time: string, parts: readonly string[]) => `${time}: ${parts.join(' · ')}`,
  stopMean: (mean: string | undefined) => (mean === undefined ? 'too few for a mean' : `mean ${mean}`),
  stopMeter: (values: readonly string[], unit: string) => `meter ${values.join(', ')} ${unit}`,
  keys: 'Left and right arrow keys step through quarters of an hour, T shows the table.',
  hint: 'Point at a time to read it.',
  curveTable: (name: string) => `${name}: mean by quarters of an hour`,
  columns: {
    fromMeal: 'From the meal',
    clock: 'Time',
    mean: (unit: string) => `Mean, ${unit}`,
    meals: 'Meals',
    nights: 'Nights',
    meter: (unit: string) => `Meter, ${unit}`,
  },
} as const
