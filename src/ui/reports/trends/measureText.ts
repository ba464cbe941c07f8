/** How the trends' measures are written. Source: metrics sheet §1.3: shares one decimal in tables, insulin two. */
import type { TrendMeasure } from '#reports/trendsModel.ts'
import type { Format } from '../../texts/format.ts'
import { reportTexts } from '../../texts/reports.ts'
import { trendsTexts as t } from '../../texts/reports/trends.ts'
import { hoursText, rounded } from '../amounts.ts'

export const glucoseMeasures: ReadonlySet<TrendMeasure> = new Set(['mean', 'sd', 'meterMean'])
export const shareMeasures: ReadonlySet<TrendMeasure> = new Set(['below', 'target', 'above'])
export const minuteMeasures: ReadonlySet<TrendMeasure> = new Set(['automatic', 'suspended'])
const percentMeasures: ReadonlySet<TrendMeasure> = new Set(['cv', 'bolusPercent'])
const unitMeasures: ReadonlySet<TrendMeasure> = new Set(['total', 'basal', 'automaticUnits', 'bolus'])

/** Of more days than one such a number is a mean a day; the others are of all their values. */
export const isPerDay = (name: TrendMeasure): boolean =>
  ![glucoseMeasures, shareMeasures, percentMeasures].some(measures => measures.has(name))

/** A number as it stands in a table; "–" when it is not known. `exact` for a day's own counts, else they are means. */
export function cellText(name: TrendMeasure, value: number, format: Format, exact: boolean): string {
  if (Number.isNaN(value)) return reportTexts.none
  if (glucoseMeasures.has(name)) return format.glucose(value)
  if (shareMeasures.has(name)) return rounded(value * 100, 1, format)
  if (percentMeasures.has(name)) return rounded(value, 1, format)
  if (unitMeasures.has(name)) return rounded(value, 2, format)
  if (minuteMeasures.has(name)) return hoursText(value)
  if (name === 'exchanges') return rounded(value, 1, format)
  // Carbs may have been converted from exchanges; counts of one day are whole.
  return rounded(value, exact ? 0 : 1, format)
}

/** The same with its unit, for the readout. */
export function readText(name: TrendMeasure, value: number, format: Format, exact: boolean): string {
  if (Number.isNaN(value)) return t.notKnown
  const unit = glucoseMeasures.has(name) ? format.glucoseUnit() : t.names[name].unit
  const text = cellText(name, value, format, exact)
  return unit === '' ? text : `${text} ${unit}`
}
