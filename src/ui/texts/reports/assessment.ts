/** Sentences of Assessment & Progress, and those about patterns and exits that other reports share. */
import type { AssessmentHeadline, ExitReason, SuspendKind } from '#reports/assessmentModel.ts'

const many = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`

const points = (count: number): string => many(count, 'point', 'points')

const exitReasons: Readonly<Record<ExitReason, string>> = {
  user: 'Switched off by the person',
  bgRequired: 'Glucose check asked for',
  maximumDelivery: 'At maximum delivery too long',
  minimumDelivery: 'At minimum delivery too long',
  highGlucose: 'Glucose high for long',
  noCalibration: 'Calibration needed',
  noSensorValues: 'No sensor values',
  sensorUpdating: 'Sensor updating',
  sensorExpired: 'Sensor expired',
  warmUp: 'New sensor, warm-up',
  suspended: 'Delivery stopped by the person',
  alarm: 'Alarm of the pump',
  notTold: 'Not told',
}

const suspends: Readonly<Record<SuspendKind, string>> = {
  manual: 'Stopped by hand, a day',
  beforeLow: 'Stopped before a low, a day',
  low: 'Stopped at a low, a day',
  alarm: 'Stopped by an alarm, a day',
  change: 'Stopped for a reservoir change, a day',
  other: 'Stopped, reason not told, a day',
}

const notCompared: Readonly<Record<NonNullable<AssessmentHeadline['notCompared']>, string>> = {
  'nothing-before': 'There is nothing in the comparison period to compare with.',
  'too-few-now': 'Not compared: this period has too few values (the sensor worn 70 % of the time, or 30 meter values).',
  'too-few-before':
    'Not compared: the comparison period has too few values (the sensor worn 70 % of the time, or 30 meter values).',
}

export const assessmentTexts = {
  title: 'Assessment & Progress',
  text: 'This period beside the one before it: ranges, key numbers, what changed, and when lows and highs repeat.',
  now: 'This period',
  before: 'Before',
  change: 'Change',
  noBefore: 'no data',
  /** The part of the Overview that has both. */
  against: 'Against the days before',

  lead: {
    inRange: (percent: string) => `Time in range ${percent}`,
    meterInRange: (percent: string, count: number) =>
      `${percent} of ${many(count, 'meter value', 'meter values')} in range`,
    /** Of fewer values than a share would say something of. */
    fewInRange: (count: number, of: number) => `${count} of ${many(of, 'meter value', 'meter values')} in range`,
    fewBelow: (count: number, of: number) => `${count} of ${of} below range`,
    below: (percent: string, time: string | undefined) =>
      `below range ${percent}${time === undefined ? '' : ` (${time} a day)`}`,
    moved: (count: number, course: 'up' | 'down') =>
      `${points(count)} ${course === 'up' ? 'more' : 'less'} than in the comparison period`,
    same: (percent: string) => `about the same as in the comparison period (${percent})`,
    sentence: (what: string, how: string | undefined) => (how === undefined ? `${what}.` : `${what}, ${how}.`),
    capital: (text: string) => text.charAt(0).toUpperCase() + text.slice(1),
    lows: (from: string, to: string, days: number, of: number) =>
      `Lows began most often between ${from} and ${to}, on ${days} of ${many(of, 'day', 'days')}.`,
    highs: (from: string, to: string, days: number, of: number) =>
      `Highs began most often between ${from} and ${to}, on ${days} of ${many(of, 'day', 'days')}.`,
    notCompared,
    rule: 'A difference is named from 5 points in range and from 1 point below range on.',
  },

  chart: {
    title: 'Glucose by time of day, compared',
    onlyNowTitle: 'Glucose by time of day',
    text: 'Filled: this period; line median, darker area the middle half of the values, lighter area 5 to 95 %. Dashed lines: the same of the comparison period. Each hour is smoothed with the two beside it.',
    onlyNow:
      'Line: median. Darker area: the middle half of the values. Lighter area: 5 to 95 %. Each hour is smoothed with the two beside it.',
    notEnough:
      'A profile needs more than a day of sensor values, and the sensor active 70 % of the time on the best seven days.',
    keys: 'Left and right arrow keys step hour by hour, T shows the table.',
    hint: 'Point at an hour to read both periods.',
    onlyNowHint: 'Point at an hour to read it.',
    stop: (hours: string, now: string, before: string) => `${hours}: this period ${now} · before ${before}`,
    values: ([p5, p25, median, p75, p95]: readonly string[]) =>
      `median ${median}, half ${p25} to ${p75}, 5 to 95 % ${p5} to ${p95}`,
    noValues: 'no values',
    tableName: (unit: string) => `Percentiles of each hour, both periods, ${unit}`,
    hour: 'Hour',
    middle: '25–75 %',
    outer: '5–95 %',
    median: 'Median',
    count: 'Values',
  },

  ranges: {
    nothing: 'No glucose values in this period.',
  },

  table: {
    title: 'Numbers',
    name: 'Numbers of both periods',
    what: 'Number',
    groups: {
      sensor: 'Sensor',
      meter: 'Meter',
      insulin: 'Insulin',
      automatic: 'Automatic mode',
      food: 'Food',
      pump: 'Pump',
    },
    notEnough: 'not enough data',
    perWeek: (days: number, hours: number) => `${days} d ${hours} h a week`,
    perDay: (text: string) => `${text} a day`,
    onDays: (count: number) => `on ${many(count, 'day', 'days')}`,
    values: (count: number) => many(count, 'value', 'values'),
    of: (percent: string, what: 'total' | 'bolus') => `${percent} of ${what === 'total' ? 'the total' : 'bolus'}`,
    intervals: (count: number) => many(count, 'interval', 'intervals'),
    times: (text: string) => `${text} times a day`,
    zone: (letter: string) => `zone ${letter}`,
    toldAt: (when: string) => `as of ${when}`,
    sumDays: (days: number, of: number) =>
      days === of ? 'the file tells only sums of the day' : `only sums on ${days} of ${many(of, 'day', 'days')}`,
    rows: {
      wear: 'Sensor wear',
      mean: 'Mean sensor glucose ± SD',
      gmi: 'Glucose management indicator (GMI)',
      cv: 'Variability (CV)',
      target: 'Time in range',
      tight: (limits: string) => `Tight range, ${limits}`,
      below: 'Time below range',
      above: 'Time above range',
      gri: 'Glycaemia risk index (GRI)',
      lowAlerts: 'Low alerts a day',
      highAlerts: 'High alerts a day',
      meterMean: 'Mean meter glucose',
      meterCount: 'Meter values a day',
      calibrations: 'Calibrations a day',
      total: 'Insulin a day',
      bolus: 'Bolus a day',
      boluses: 'Boluses a day',
      overridden: 'Boluses of more than proposed',
      underridden: 'Boluses of less than proposed',
      interrupted: 'Interrupted boluses',
      tempBasals: 'Temporary rates',
      autoCorrection: 'Automatic corrections a day',
      basal: 'Basal a day',
      autoBasal: 'Of it automatic basal',
      algorithm: 'By the algorithm a day',
      automatic: 'In automatic mode',
      manual: 'In manual mode',
      unknown: 'Mode not known',
      exits: 'Exits from automatic mode',
      set: 'Set change every … days',
      reservoir: 'Reservoir change every … days',
      sensor: 'New sensor every … days',
      battery: 'New battery every … days',
      suspends,
      meals: 'Meals a day',
      carbs: 'Carbs a day ± SD',
      exchanges: 'Exchanges a day ± SD',
      active: 'Active insulin time',
    },
    /** A difference of percentages. */
    points: (amount: string) => `${amount} ${amount === '1' ? 'point' : 'points'}`,
    note: 'Changes are differences of the numbers shown, of glucose only where both periods have enough values (of a meter 30), of insulin and carbs where they are known on half of the days. – means that it is not known.',
    change: { more: '+', less: '−', same: '±0' },
  },

  patterns: {
    title: 'Patterns',
    lows: 'Lows',
    highs: 'Highs',
    rule: 'A pattern: at least three hours of the day in which episodes of 15 minutes or longer begin on 3 days or more, and on 20 % of the days with sensor values. At most three each.',
    none: { hypo: 'No time of day at which lows repeat.', hyper: 'No time of day at which highs repeat.' },
    span: (from: string, to: string) => `${from}–${to}`,
    days: (days: number, of: number) => `${days} of ${many(of, 'day', 'days')}`,
    severe: (count: number, side: 'hypo' | 'hyper') =>
      count === 0 ? '' : `${side === 'hypo' ? 'very low' : 'very high'} on ${count}`,
    open: (day: string) => `Open ${day}`,
    more: (count: number) => `and ${count} more`,
    noSensor: 'Patterns need sensor values.',
  },

  exits: {
    title: 'Exits from automatic mode',
    total: 'All',
    inDays: (name: string, count: number) => `${name}, ${many(count, 'day', 'days')}`,
    reason: 'Reason',
    reasons: exitReasons,
    none: 'No exit is told in either period.',
    note: 'The reason is the last alert of the pump that can end automatic mode, if it was not answered before.',
  },
} as const
