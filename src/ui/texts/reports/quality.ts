/** Sentences of the report of data quality. */
import { reportTexts } from '../reports.ts'

const { many } = reportTexts

export const qualityTexts = {
  title: 'Data quality',
  text: 'What the numbers stand on: gaps, entries told twice, set clocks, what was not understood, and the pump’s totals against ours.',
  lead: {
    allCovered: (days: number) => `The sensor covers at least 70 % of every one of the ${many(days, 'day', 'days')}.`,
    below: (below: number, days: number) =>
      `${many(below, 'day', 'days')} of ${days} ${below === 1 ? 'has' : 'have'} less than 70 % sensor data.`,
    noSensor: 'There are no sensor values in these days.',
    totals: (agree: number, compared: number) =>
      agree === compared
        ? `The pump’s totals and our sums agree on ${compared === 1 ? 'the one day' : `all ${compared} days`} on which both are known.`
        : `The pump’s totals and our sums agree on ${agree} of ${many(compared, 'day', 'days')}.`,
    noTotals: 'There is no day on which the pump’s total and our sum are both known.',
    copies: (count: number) =>
      count === 0 ? 'Nothing is left out as a copy.' : `${many(count, 'entry is', 'entries are')} left out as copies.`,
    clock: (count: number) => (count === 0 ? '' : `A clock was set ${count === 1 ? 'once' : `${count} times`}.`),
    simulated: (names: string) => `Simulated data are among these: ${names}.`,
  },
  absent: 'Looked for and not found',
  coverage: {
    title: 'Sensor data of each day',
    axis: 'Percent of the day’s 24 hours',
    summary: (days: number, below: number) =>
      `Bars of ${many(days, 'day', 'days')}: how much of each the sensor covers; ${below} below 70 %.`,
    keys: 'Left and right arrow keys step day by day, Enter opens the day, T shows the table.',
    hint: 'Point at a day to read it; choose it to open it.',
    stop: (percent: string, time: string) => `${percent} of the day, ${time}`,
    columns: { day: 'Day', percent: 'Covered', time: 'Time', missing: 'Missing' },
    note: 'Each value stands for the time until the next one is due; the share is of all 24 hours, also on the first and the last day.',
  },
  gaps: {
    title: 'Gaps of the sensor',
    none: 'No gap of the sensor of more than 15 minutes.',
    columns: {
      from: 'Last value before',
      to: 'First value after',
      length: 'Length',
      missing: 'Values missing',
      why: 'What was told meanwhile',
    },
    clockSet: 'the clock was set',
    note: 'More than 15 minutes without a value. What lies before the first value of these days and after the last is no gap.',
    longest: (shown: number, all: number) => `The ${shown} longest of ${all}.`,
    sum: (count: number, time: string) => `${many(count, 'gap', 'gaps')}, ${time} in all.`,
  },
  totals: {
    title: 'The pump’s totals and ours',
    none: 'No daily total that a pump counted, to compare with ours.',
    columns: { day: 'Day', pump: 'Pump U', ours: 'Ours U', difference: 'Difference U', percent: '%', reason: 'Remark' },
    agrees: 'agree',
    noPumpTotal: 'the pump told no total',
    note: 'Ours: boluses as delivered and the basal rates. They agree when they differ by no more than 2 %.',
  },
  copies: {
    title: 'Entries told twice',
    none: 'No entry told twice.',
    columns: { kind: 'Kind', leftOut: 'Left out', believed: 'Believed', count: 'Entries' },
    read: (device: string) => `${device}, read`,
    file: (device: string) => `${device}, from a file`,
    twice: (source: string) => `${source} (tells it twice)`,
    note: 'Left out of the reports, kept in the data table. The very same entry read again is stored once and does not count here.',
  },
  clocks: {
    title: 'Clocks',
    setTitle: 'Clocks that were set',
    none: 'No clock that was set in these days.',
    columns: { at: 'On the device', device: 'Device', from: 'From', to: 'To', by: 'Moved by' },
    forward: (by: string) => `${by} forward`,
    back: (by: string) => `${by} back`,
    notTold: 'not told',
  },
  reads: {
    title: 'Reads and files',
    text: 'All that brought entries of these days.',
    none: 'None.',
    columns: { when: 'When', what: 'What', device: 'Clock against this computer', skipped: 'Not understood' },
    ahead: (by: string) => `${by} ahead`,
    behind: (by: string) => `${by} behind`,
    right: 'right, to 2 minutes',
    unknown: 'not told',
    simulated: 'simulated',
    partial: 'ended early',
    nothingSkipped: 'nothing',
    places: (count: number) => many(count, 'place', 'places'),
    skippedTitle: (what: string) => `Not understood in ${what}`,
    place: 'Place',
    reason: 'Why',
    line: (line: string) => `line ${line}`,
    byte: (page: string, offset: string) => `page ${page}, byte ${offset}`,
    show: 'Bytes',
    showOf: (place: string) => `Bytes of ${place}`,
    first: (shown: number, all: number) => `The first ${shown} of ${all}.`,
  },
  stored: {
    title: 'What is stored',
    columns: { device: 'Device', kind: 'Kind', stored: 'Entries', leftOut: 'Left out' },
    storedOf: (kind: string, device: string) => `Stored of ${device}: ${kind}`,
    leftOutOf: (kind: string, device: string) => `Left out of ${device}: ${kind}`,
    simulated: 'simulated',
  },
} as const
