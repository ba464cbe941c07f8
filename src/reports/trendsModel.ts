/** What the report of trends shows: a table of measures by day, week and month. */
import type { DeviceDay } from '#records/time.ts'
import type { PeriodModel } from './models.ts'

/**
 * mean, sd, meterMean: mg/dL. cv, bolusPercent: percent. below, target, above: 0 to 1. automatic, suspended: minutes.
 * total to bolus: U. The others are counts, grams, exchanges.
 */
export const trendMeasures = [
  'readings',
  'mean',
  'sd',
  'cv',
  'below',
  'target',
  'above',
  'meterReadings',
  'meterMean',
  'total',
  'basal',
  'automaticUnits',
  'bolus',
  'bolusPercent',
  'boluses',
  'carbs',
  'exchanges',
  'automatic',
  'suspended',
  'rewinds',
  'tubingFills',
  'cannulaFills',
  'alarms',
] as const
export type TrendMeasure = (typeof trendMeasures)[number]

export type TrendValues = Readonly<Record<TrendMeasure, number>>
/** Index i is row i; NaN where it is not known. */
export type TrendColumns = Readonly<Record<TrendMeasure, Float64Array<ArrayBuffer>>>

export interface TrendSpan {
  readonly firstDay: DeviceDay
  readonly lastDay: DeviceDay
  /** How many of its days are looked at. */
  readonly days: number
}

/**
 * Of a day: the day's own. Of longer spans: glucose over all values, shares over all units, everything else as a mean a
 * day, over the days on which it is known.
 */
export interface TrendTable {
  readonly spans: readonly TrendSpan[]
  readonly columns: TrendColumns
}

export interface TrendsModel extends PeriodModel {
  readonly days: TrendTable
  readonly weeks: TrendTable
  readonly months: TrendTable
  /** Of the whole period, as of any longer span. */
  readonly means: TrendValues
  /** Of what can be added up; NaN for the rest. */
  readonly sums: TrendValues
  /** On how many days each is known. */
  readonly knownDays: TrendValues
  /** Of the rows of `days`: mean of the days' numbers over the seven days that end there, from four known days on. */
  readonly sevenDays: TrendColumns
}
