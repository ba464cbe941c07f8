/** Sentences of the logbook. Numbers arrive formatted. */
import type { BolusMark, DayPart } from '#reports/logbookModel.ts'

export const logbookTexts = {
  title: 'Logbook',
  text: 'A row for each day: glucose, carbs and boluses by the hour or by the meals, with the day’s sums.',
  view: 'Columns',
  views: { hours: 'By hours', meals: 'By meals' },
  tableName: 'Logbook, newest day first',
  paperName: (days: string) => `Logbook, ${days}`,
  nothing: 'No glucose values, carbs or boluses in these days.',
  day: 'Day',
  hour: 'Hour',
  columns: {
    sensor: 'Sensor mean',
    meter: 'Meter mean',
    carbs: 'Carbs, g',
    exchanges: 'Exchanges',
    bolus: 'Bolus, U',
    total: 'Insulin, U',
  },
  groups: { breakfast: 'Breakfast', lunch: 'Lunch', dinner: 'Dinner' },
  before: 'before',
  after: 'after',
  parts: { night: 'Night', bedtime: 'Bedtime' },
  partNames: {
    night: 'night',
    beforeBreakfast: 'before breakfast',
    afterBreakfast: 'after breakfast',
    beforeLunch: 'before lunch',
    afterLunch: 'after lunch',
    beforeDinner: 'before dinner',
    afterDinner: 'after dinner',
    bedtime: 'bedtime',
    breakfast: 'breakfast, no meal entered',
    lunch: 'lunch, no meal entered',
    dinner: 'dinner, no meal entered',
  } satisfies Readonly<Record<DayPart, string>>,
  grams: 'g',
  exchanges: 'ex',
  units: 'U',
  low: 'LO',
  high: 'HI',
  ranges: { veryLow: 'very low', low: 'low', target: '', high: 'high', veryHigh: 'very high' },
  sensorMean: 'sensor mean',
  marks: { manual: 'M', more: '↑', less: '↓', extended: 'E', injection: 'I', automatic: 'A' } satisfies Readonly<
    Record<BolusMark, string>
  >,
  markNames: {
    manual: 'bolus without the calculator',
    more: 'more than the calculator proposed',
    less: 'less than the calculator proposed',
    extended: 'given over time, at least in part',
    injection: 'injection',
    automatic: 'all automatic boluses of the column together',
  } satisfies Readonly<Record<BolusMark, string>>,
  glucoseNote: (unit: string, hasSensor: boolean) =>
    `Bold: meter value in ${unit}; triangles point up for high and down for low, filled for very high and very low.${
      hasSensor
        ? ' Grey: mean of the sensor’s values, where no meter value stands and at least 70 % of the expected sensor values are there.'
        : ''
    }`,
  hoursNote: 'Hours in which nothing is known on any of these days are left out.',
  mealsNote:
    'A meal with carbs entered, or marked on the meter, divides its mealtime: before it, for as long as the settings say, and after it until the next part begins. A mealtime without one is not divided.',
  marksLabel: 'Marks of boluses',
} as const
