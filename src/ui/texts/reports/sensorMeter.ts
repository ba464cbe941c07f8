/** Sentences of the sensor and meter overview. Numbers arrive formatted. */
import { reportTexts } from '../reports.ts'

const { many } = reportTexts

export const sensorMeterTexts = {
  title: 'Sensor and meter overview',
  text: 'All days laid over one another, with the nights and the meals; what sensor, meter and pump amount to.',
  overlay: 'All days laid over one another',
  legend: {
    label: 'Marks in the chart',
    trace: 'one day',
    mean: 'mean',
    inner: 'the middle half of the values',
    outer: 'from 10 to 90 %',
    meter: 'meter value',
  },
  legendNote: (days: number, traced: number) =>
    days > traced
      ? `By half hours of the device’s clock. Mean and percentiles are of all ${many(days, 'day', 'days')}, the single lines of the last ${traced}.`
      : 'By half hours of the device’s clock.',
  spokenName: (days: number) => many(days, 'day', 'days'),
  keys: 'Left and right arrow keys step through the half hours, T shows the table.',
  hint: 'Point at a time of day to read it.',
  stop: (time: string, mean: string, p: readonly string[], unit: string, count: number) =>
    `${time}: mean ${mean} ${unit} · median ${p[2]} · half of the values ${p[1]} to ${p[3]} · 10 to 90 % ${p[0]} to ${p[4]} · ${many(count, 'value', 'values')}`,
  meterStop: (time: string, values: readonly string[], unit: string) => `${time}: meter ${values.join(', ')} ${unit}`,
  tableName: 'Mean and percentiles of each half hour',
  meterTableName: 'Meter values by time of day',
  time: 'Time',
  columns: ['Mean', '10 %', '25 %', 'Median', '75 %', '90 %'],
  meterColumn: (unit: string) => `Meter values, ${unit}`,
  glucoseUnit: (unit: string) => `Glucose in ${unit}.`,
  numbers: 'Key numbers',
  wear: 'Sensor worn',
  wearNote: (hours: string, days: number) => `of the time of ${many(days, 'day', 'days')}: ${hours} a day`,
  lowAlerts: 'Low alerts',
  highAlerts: 'High alerts',
  perDay: 'a day',
  alertsNote: (count: number, days: number) =>
    `${many(count, 'alert', 'alerts')} on or before the limit, in ${many(days, 'day', 'days')}`,
  noAlerts: 'The devices of these days told no alarms.',
  meterMean: 'Mean of the meter',
  meterPerDay: 'Meter values',
  meterPerDayNote: (count: number, days: number) =>
    `${many(count, 'value', 'values')} on ${many(days, 'day', 'days')} with values`,
  insulin: 'Insulin and carbs',
  noMeals: 'No carbs were entered at mealtimes, so there are no meals to lay over one another.',
  dayByDay: 'Day by day',
  lastDays: (shown: number, all: number) =>
    `The last ${many(shown, 'day', 'days')} of ${all}; the Weekly review has them all.`,
  panelsNote: 'Carbs of the calculator and noted carbs within 15 minutes are one meal.',
} as const
