/** The sums of each day of the logbook; columns in which nothing ever stands are left out. */
import type { LogbookDay, LogbookMean } from '#reports/logbookModel.ts'
import type { Format } from '../../texts/format.ts'
import { logbookTexts } from '../../texts/reports/logbook.ts'
import { rounded } from '../amounts.ts'

export interface TotalColumn {
  readonly name: string
  /** `undefined` where there is nothing. */
  readonly text: (day: LogbookDay, format: Format) => string | undefined
}

const t = logbookTexts.columns
const some = (value: number | undefined, places: number, format: Format) =>
  value === undefined || value === 0 ? undefined : rounded(value, places, format)

const mean = (of: LogbookMean | undefined, format: Format) => of && meanText(of, format)

/** The word where the device said nothing but that word. */
export const meanText = ({ mgdl, outOfRange }: LogbookMean, format: Format): string =>
  outOfRange ? logbookTexts[outOfRange] : format.glucose(mgdl)

const all: readonly TotalColumn[] = [
  { name: t.sensor, text: (day, format) => mean(day.sensorMean, format) },
  { name: t.meter, text: (day, format) => mean(day.meterMean, format) },
  { name: t.carbs, text: (day, format) => some(day.insulin?.carbsGrams, 0, format) },
  { name: t.exchanges, text: (day, format) => some(day.insulin?.carbsExchanges, 1, format) },
  { name: t.bolus, text: (day, format) => some(day.insulin?.bolusUnits, 2, format) },
  { name: t.total, text: (day, format) => some(day.insulin?.totalUnits, 2, format) },
]

export const totalColumns = (days: readonly LogbookDay[], format: Format): readonly TotalColumn[] =>
  all.filter(column => days.some(day => column.text(day, format) !== undefined))
