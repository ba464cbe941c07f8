/** The legend of some days' strips: only what is drawn in it. */
import { deliveries, type WeekDay } from '#reports/weeklyModel.ts'
import { weeklyTexts } from '../../texts/reports/weekly.ts'
import type { LegendEntry } from '../Legend.tsx'

const t = weeklyTexts.legend

export function weekLegend(days: readonly WeekDay[]): readonly LegendEntry[] {
  const has = (test: (day: WeekDay) => boolean, entry: LegendEntry): readonly LegendEntry[] =>
    days.some(test) ? [entry] : []
  const delivers = (name: (typeof deliveries)[number]) => (day: WeekDay) =>
    day.basal.delivery.includes(deliveries.indexOf(name))
  return [
    ...has(day => day.glucose.time.length > 0, { shape: 'line', tone: 'ink', text: t.trace }),
    ...has(day => day.meterMarks.length > 0, { shape: 'diamond', tone: 'ink', text: t.meter }),
    ...has(day => day.carbs.length > 0, { shape: 'dot', tone: 'carbs', text: t.carbs(carbUnitsOf(days)) }),
    ...has(day => day.boluses.some(({ automatic }) => !automatic), { shape: 'bar', tone: 'bolus', text: t.bolus }),
    ...has(day => day.boluses.some(({ automatic }) => automatic), { shape: 'bar', tone: 'auto', text: t.auto }),
    ...has(delivers('scheduled'), { shape: 'area', tone: 'basal', text: t.basal }),
    ...has(delivers('temp'), { shape: 'area', tone: 'temp', text: t.temp }),
    ...has(delivers('automated'), { shape: 'area', tone: 'automated', text: t.automated }),
    ...has(delivers('suspended'), { shape: 'area', tone: 'suspended', text: t.suspended }),
    ...has(day => day.exits.length > 0, {
      shape: 'letter',
      tone: 'ink',
      letter: weeklyTexts.letters.exit,
      text: t.exit,
    }),
    ...has(day => day.setChanges.length > 0, {
      shape: 'letter',
      tone: 'ink',
      letter: weeklyTexts.letters.set,
      text: t.set,
    }),
  ]
}

/** An entry with grams shows these. */
function carbUnitsOf(days: readonly WeekDay[]): 'grams' | 'exchanges' | 'both' {
  const marks = days.flatMap(({ carbs }) => carbs)
  if (marks.every(({ grams }) => grams !== undefined)) return 'grams'
  return marks.some(({ grams }) => grams !== undefined) ? 'both' : 'exchanges'
}
