/** Sentences of Episodes and patterns. What it shares with Assessment & Progress stands there. */

const many = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`

export const episodesTexts = {
  title: 'Episodes and patterns',
  text: 'Every low and high with what happened around it, at which hours they begin, and which days repeat.',
  nothing: 'Episodes need sensor values.',
  none: 'No episode in these days.',
  standsOn: (values: number, days: number) =>
    `${many(values, 'sensor value', 'sensor values')} on ${many(days, 'day', 'days')}`,
  limits: 'The limits are the consensus ones for everybody, whatever target range is set.',

  hours: {
    title: 'When they begin',
    lows: 'Lows',
    highs: 'Highs',
    text: 'Number of episodes that begin in each hour; darker: very low, very high.',
    summary: (lows: number, highs: number) =>
      `Number of ${many(lows, 'low', 'lows')} and ${many(highs, 'high', 'highs')} by the hour in which they begin.`,
    keys: 'Left and right arrow keys step hour by hour, T shows the table.',
    hint: 'Point at an hour to read it.',
    stop: (hour: string, lows: number, veryLow: number, highs: number, veryHigh: number) =>
      `${hour}: ${many(lows, 'low', 'lows')}${veryLow > 0 ? ` (${veryLow} very low)` : ''} · ${many(highs, 'high', 'highs')}${veryHigh > 0 ? ` (${veryHigh} very high)` : ''}`,
    hour: 'Hour',
    veryLow: 'Very low',
    veryHigh: 'Very high',
  },

  list: {
    title: 'Each episode',
    show: 'Show',
    sides: { all: 'All', hypo: 'Lows', hyper: 'Highs' },
    tableName: 'Episodes, newest first',
    columns: {
      start: 'Began',
      kind: 'Kind',
      duration: 'Length',
      extreme: (unit: string) => `Lowest or highest, ${unit}`,
      bolus: 'Bolus in the 3 h before',
      suspended: 'Delivery stopped',
      carbs: 'Carbs within 30 min',
      rebound: 'Other side within 2 h',
    },
    kinds: { hypo: { 1: 'Low', 2: 'Very low' }, hyper: { 1: 'High', 2: 'Very high' } } as const,
    extended: 'over 2 h',
    overnight: 'overnight',
    at: (value: string, time: string) => `${value} at ${time}`,
    bolus: (units: string, before: string) => `${units} U (${before})`,
    carbs: (grams: string | undefined, exchanges: string | undefined) =>
      [grams === undefined ? '' : `${grams} g`, exchanges === undefined ? '' : `${exchanges} exchanges`]
        .filter(Boolean)
        .join(', '),
    rebound: { hypo: (time: string) => `high at ${time}`, hyper: (time: string) => `low at ${time}` },
    unknown: 'not known',
    note: '– means none is recorded. Bolus: all of the three hours, and how long before the last of it was. Choose an episode to see the glucose around it.',
    shown: (count: number, of: number) => `The newest ${count.toLocaleString('en')} of ${of.toLocaleString('en')}.`,
    more: 'Show more',
  },

  around: {
    summary: (kind: string, when: string) => `${kind} on ${when}: the glucose from three hours before on.`,
    text: (hasDoses: boolean) =>
      `The strip marks the episode. Each dot is a sensor value.${hasDoses ? ' Below: what was eaten and boluses, in these hours.' : ''}`,
    keys: 'Left and right arrow keys step value by value.',
    hint: 'Point at the chart to read it value by value.',
    earlier: 'Earlier episode',
    later: 'Later episode',
    openDay: 'Open the day',
  },
} as const
