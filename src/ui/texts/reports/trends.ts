/** Sentences of the report of trends. */
import type { TrendMeasure } from '#reports/trendsModel.ts'
import { reportTexts } from '../reports.ts'

const { many } = reportTexts

interface MeasureNames {
  /** In the head of a column. */
  readonly column: string
  /** In the list of measures, and in the chart. */
  readonly long: string
  /** Written behind the number, where it has no unit of its own. */
  readonly unit: string
}

const names: Readonly<Record<TrendMeasure, MeasureNames>> = {
  readings: { column: 'Values', long: 'Sensor values', unit: '' },
  mean: { column: 'Mean', long: 'Mean glucose', unit: '' },
  sd: { column: 'SD', long: 'Standard deviation', unit: '' },
  cv: { column: 'CV %', long: 'Variability (CV)', unit: '%' },
  below: { column: 'Below %', long: 'Time below range', unit: '%' },
  target: { column: 'In range %', long: 'Time in range', unit: '%' },
  above: { column: 'Above %', long: 'Time above range', unit: '%' },
  meterReadings: { column: 'Meter values', long: 'Meter values', unit: '' },
  meterMean: { column: 'Meter mean', long: 'Mean of the meter', unit: '' },
  total: { column: 'Total U', long: 'Total insulin', unit: 'U' },
  basal: { column: 'Basal U', long: 'Basal', unit: 'U' },
  automaticUnits: { column: 'Algorithm U', long: 'By the algorithm', unit: 'U' },
  bolus: { column: 'Bolus U', long: 'Bolus', unit: 'U' },
  bolusPercent: { column: 'Bolus %', long: 'Share of the bolus', unit: '%' },
  boluses: { column: 'Boluses', long: 'Number of boluses', unit: '' },
  carbs: { column: 'Carbs g', long: 'Carbs', unit: 'g' },
  exchanges: { column: 'Exchanges', long: 'Carbs in exchanges', unit: 'ex' },
  automatic: { column: 'Automatic mode', long: 'Time in automatic mode (SmartGuard, Auto Mode)', unit: '' },
  suspended: { column: 'Suspended', long: 'Time suspended', unit: '' },
  rewinds: { column: 'Rewinds', long: 'Rewinds', unit: '' },
  tubingFills: { column: 'Tubing fills', long: 'Tubing fills', unit: '' },
  cannulaFills: { column: 'Cannula fills', long: 'Cannula fills', unit: '' },
  alarms: { column: 'Alarms', long: 'Alarms', unit: '' },
}

export const trendsTexts = {
  title: 'Trends',
  text: 'All measures of every day, week and month side by side, and how one of them goes over the days.',
  names,
  chart: (measure: string) => `${measure} over the days`,
  measure: 'Measure',
  spoken: {
    known: (measure: string, known: number, of: number) => `${measure} on ${known} of ${many(of, 'day', 'days')}`,
    days: 'day by day',
    whole: (text: string, isPerDay: boolean) => `over the whole period ${text}${isPerDay ? ' a day' : ''}`,
  },
  keys: 'Left and right arrow keys step day by day, Enter opens the day, T shows the table.',
  hint: 'Point at a day to read it; choose it to open it.',
  value: (name: string, text: string) => `${name} ${text}`,
  sevenDays: (text: string) => `seven-day mean ${text}`,
  notKnown: 'not known',
  legend: 'Dots: days.',
  legendLine: 'Line: mean of the days’ numbers over the last seven days, where four of them are known.',
  legendNoLine: 'No line: a mean of seven days needs four of them with a number.',
  measureTable: (measure: string) => `${measure}, day by day`,
  day: 'Day',
  sevenDaysColumn: 'Seven-day mean',
  groupBy: 'Group by',
  groupings: { days: 'Days', weeks: 'Weeks', months: 'Months' },
  glucoseTable: 'Glucose',
  therapyTable: 'Insulin, carbs and pump',
  /** What a number of the whole period is called: "Boluses, sum". */
  whole: (name: string, row: string) => `${name}, ${row.toLowerCase()}`,
  groups: { sensor: 'Sensor', meter: 'Meter', insulin: 'Insulin', carbs: 'Carbs', pump: 'Pump' },
  span: 'Days',
  mean: 'Whole period',
  sum: 'Sum',
  known: 'Days known',
  /** Of what is there. */
  notes: {
    glucose: (unit: string) =>
      `Glucose in ${unit}. Of weeks, months and the whole period: glucose over all their values,`,
    noGlucose: 'Of weeks, months and the whole period:',
    bolusShare: 'the bolus’s share over all their units,',
    rest: 'everything else as a mean a day, over the days on which it is known. – means not known, or that there is no sum of it.',
    total: 'Total insulin is the pump’s own where it told one.',
  },
  nothing: 'Nothing of this is known in these days.',
} as const
