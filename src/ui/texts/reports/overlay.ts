/** Sentences of the Overlay by day. */
import { reportTexts } from '../reports.ts'

const { many } = reportTexts

export const overlayTexts = {
  title: 'Overlay by day',
  text: 'Every day’s trace over one axis of 24 hours, a line style for each day of the week, with the mean.',
  chart: 'Days over one another',
  explained: (days: number) =>
    `Heavy line: mean of every quarter of an hour over ${many(days, 'day', 'days')}, where at least two have values.`,
  explainedFew: 'There is no mean line: it needs values of at least two days.',
  explainedMeter: (twoWeeks: boolean) =>
    `Each mark is one value of the meter, with a symbol for each day of the week${twoWeeks ? ', larger in the last seven days' : ''}.`,
  which: 'Days shown',
  sets: { all: 'All days', weekdays: 'Monday to Friday', weekend: 'Weekend' },
  toggles: 'Shown in the chart',
  meanHides: 'Days taken off here only leave the chart; the mean stays that of all days of the choice above.',
  spoken: {
    name: (days: number, of: 'sensor' | 'meter') => `${many(days, 'day', 'days')} of ${of} values`,
    mean: 'mean',
  },
  keys: 'Left and right arrow keys step through the day, T shows the table.',
  hint: 'Point at a time of day to read it.',
  stop: (hours: string, mean: string | undefined, lowest: string, highest: string, values: number, days: number) =>
    `${hours}: ${mean === undefined ? '' : `mean ${mean} · `}${lowest} to ${highest} · ${many(values, 'value', 'values')} on ${many(days, 'day', 'days')}`,
  stopNothing: (hours: string) => `${hours}: no values`,
  stopMeter: (time: string, day: string, value: string) => `${time}, ${day}: meter ${value}`,
  daysTable: 'The days',
  timesTable: 'By time of day',
  columns: {
    day: 'Day',
    values: 'Values',
    mean: 'Mean',
    lowest: 'Lowest',
    highest: 'Highest',
    inRange: 'In range',
    time: 'Time',
    days: 'Days',
    each: 'Each value',
  },
  eachValue: (time: string, value: string) => `${time} ${value}`,
  glucoseUnit: (unit: string) => `Glucose in ${unit}.`,
  nothing: 'No glucose values in these days.',
} as const
