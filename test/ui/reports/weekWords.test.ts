/** What the Weekly review says of a day with carbohydrate in exchanges: the same as of one in grams. */
import { expect, test } from 'vitest'
import type { WeekDay } from '#reports/weeklyModel.ts'
import { weekLegend } from '#ui/reports/weekly/weekLegend.ts'
import { spokenDay } from '#ui/reports/weekly/weekNumbers.ts'
import { lastDay, seriesOf } from '../../helpers/reportFixtures.ts'
import { formatOf, preferencesWith } from './reportFormat.ts'

const format = formatOf(preferencesWith())
const dayWith = (carbsGrams: number, carbsExchanges: number): WeekDay => ({
  day: lastDay,
  state: 'shown',
  glucose: seriesOf(lastDay, []),
  meterMarks: [],
  boluses: [],
  carbs: [
    ...(carbsGrams > 0 ? [{ ms: 0, grams: carbsGrams }] : []),
    ...(carbsExchanges > 0 ? [{ ms: 3_600_000, exchanges: carbsExchanges }] : []),
  ],
  basal: {
    from: new Float64Array(0),
    to: new Float64Array(0),
    unitsPerHour: new Float64Array(0),
    delivery: new Uint8Array(0),
  },
  exits: [],
  setChanges: [],
  insulin: { day: lastDay, bolusUnits: 0, bolusCount: 0, carbsGrams, carbsExchanges, carbEntries: 1 },
})

test.each([
  [40, 0, '40 g carbs'],
  [0, 13, '13.0 exchanges carbs'],
  [40, 2.5, '40 g carbs, 2.5 exchanges carbs'],
])('of %d g and %d exchanges', (grams, exchanges, text) => {
  expect(spokenDay(dayWith(grams, exchanges), format)).toContain(text)
})

test.each([
  [40, 0, 'carbs, g'],
  [0, 13, 'carbs, exchanges (ex)'],
  [40, 2.5, 'carbs, g or exchanges (ex)'],
])('the legend of %d g and %d exchanges', (grams, exchanges, text) => {
  expect(weekLegend([dayWith(grams, exchanges)]).map(entry => entry.text)).toContain(text)
})
