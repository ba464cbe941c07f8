/**
 * What charts say while a person steps through them, beside the columns of the table that must say the same. A readout
 * may round more than the table; each number of it has its column, or several whose sum it is.
 */

export interface ReadoutRule {
  readonly path: string
  /** Name of the table as its button has it. */
  readonly table: string
  /** How the readout's first words stand in the table's first column. */
  readonly row: 'asSaid' | 'day' | 'withoutUnit'
  /** One column, or columns to be added, for each number that the pattern takes. */
  readonly numbers: readonly (readonly [RegExp, ...(string | readonly string[])[]])[]
}

const percentiles: ReadoutRule['numbers'][number] = [/median (\d+)/, 'Median']

export const readoutRules: readonly ReadoutRule[] = [
  {
    path: '/reports/overview',
    table: 'Every day of the period',
    row: 'day',
    numbers: [
      [/(\d+) sensor values/, 'Sensor Values'],
      [/mean (\d+)/, 'Sensor Mean'],
      [/low (\d+) %/, ['Sensor <54 %', 'Sensor 54–69 %']],
      [/in range (\d+) %/, 'Sensor 70–180 %'],
      [/high (\d+) %/, ['Sensor 181–250 %', 'Sensor >250 %']],
      [/(\d+) meter values?/, 'Meter Values'],
      [/([\d.]+) U insulin/, 'Insulin Total'],
      [/(\d+) g carbs/, 'Insulin Carbs'],
    ],
  },
  {
    path: '/reports/assessment',
    table: 'Percentiles of each hour, both periods, mg/dL',
    row: 'asSaid',
    numbers: [
      [
        /this period median (\d+), half (\d+ to \d+), 5 to 95 % (\d+ to \d+)/,
        'This period Median',
        'This period 25–75 %',
        'This period 5–95 %',
      ],
      [
        /before median (\d+), half (\d+ to \d+), 5 to 95 % (\d+ to \d+)/,
        'Before Median',
        'Before 25–75 %',
        'Before 5–95 %',
      ],
    ],
  },
  {
    path: '/reports/agp',
    table: 'Percentiles of each hour',
    row: 'asSaid',
    numbers: [
      percentiles,
      [/half of the values (\d+) to (\d+)/, '25 %', '75 %'],
      [/5 to 95 % (\d+) to (\d+)/, '5 %', '95 %'],
      [/(\d+) values?$/, 'Values'],
    ],
  },
  {
    path: '/reports/overlay',
    table: 'By time of day',
    row: 'asSaid',
    numbers: [
      [/mean (\d+) mg\/dL/, 'Mean'],
      [/(\d+) to (\d+) mg\/dL/, 'Lowest', 'Highest'],
      [/(\d+) values? on (\d+) days?/, 'Values', 'Days'],
    ],
  },
  {
    path: '/reports/sensor-meter',
    table: 'Mean and percentiles of each half hour',
    row: 'asSaid',
    numbers: [
      [/mean (\d+)/, 'Mean'],
      percentiles,
      [/half of the values (\d+) to (\d+)/, '25 %', '75 %'],
      [/10 to 90 % (\d+) to (\d+)/, '10 %', '90 %'],
      [/(\d+) values?$/, 'Values'],
    ],
  },
  {
    path: '/reports/standard-day',
    table: 'Every hour of the day',
    row: 'asSaid',
    numbers: [
      [/mean (\d+)/, 'Mean'],
      percentiles,
      [/low (\d+) %/, 'Low %'],
      [/in range (\d+) %/, 'In range %'],
      [/high (\d+) %/, 'High %'],
      [/(\d+) values?/, 'Values'],
      [/carbs ([\d.]+) g/, 'Carbs g/day'],
      [/bolus ([\d.]+) U/, 'Bolus U/day'],
      [/basal ([\d.]+) U\/h/, 'Basal U/h'],
    ],
  },
  {
    path: '/reports/insulin',
    table: 'Sums',
    row: 'day',
    numbers: [
      [/basal ([\d.]+) U/, 'Basal U'],
      [/by the algorithm ([\d.]+) U/, 'Algorithm U'],
      [/bolus ([\d.]+) U in (\d+) bolus/, 'Bolus U', 'Boluses'],
      [/total ([\d.]+) U/, 'Total U'],
    ],
  },
  {
    path: '/reports/trends',
    table: 'Glucose',
    row: 'day',
    // The mean of seven days stands only in the chart.
    numbers: [[/Time in range ([\d.]+) %/, 'Sensor In range %'], [/· seven-day mean [\d.]+ %/]],
  },
  {
    path: '/reports/distribution',
    table: 'Share of each step',
    row: 'withoutUnit',
    numbers: [
      [/^([\d.]+) %, (\d+) values?/, '%', 'Values'],
      [/up to here ([\d.]+) %/, 'Up to here %'],
    ],
  },
  {
    path: '/reports/meals',
    table: 'Breakfast: mean by quarters of an hour',
    row: 'asSaid',
    numbers: [
      [/mean (\d+)/, 'Mean, mg/dL'],
      [/(\d+) meals?/, 'Meals'],
      [/meter ([\d, ]+) mg\/dL/, 'Meter, mg/dL'],
    ],
  },
  {
    path: '/reports/episodes',
    table: 'When they begin',
    row: 'asSaid',
    numbers: [
      [/(\d+) lows?/, 'Lows'],
      [/(\d+) highs?/, 'Highs'],
      [/\((\d+) very low\)/, 'Very low'],
      [/\((\d+) very high\)/, 'Very high'],
    ],
  },
  {
    path: '/reports/quality',
    table: 'Sensor data of each day',
    row: 'day',
    numbers: [
      [/([\d.]+) % of the day/, 'Covered'],
      [/(\d+ h \d+ min)/, 'Time'],
    ],
  },
]

/** What differs between the readouts of a chart and the table's rows, in words. */
export function differences(
  readouts: readonly string[],
  names: readonly string[],
  rows: readonly (readonly string[])[],
  rule: ReadoutRule,
): readonly string[] {
  return readouts.flatMap(readout => {
    const cut = readout.indexOf(': ')
    const first = rowName(readout.slice(0, cut), rule.row)
    const row = rows.find(cells => cells[0]?.startsWith(first))
    if (!row) return [`no row for ${readout}`]
    let rest = readout.slice(cut + 2).replace(/(?:low|in range|high) < 1 %/g, '')
    const wrong: string[] = []
    for (const [pattern, ...columns] of rule.numbers) {
      const found = pattern.exec(rest)
      if (!found) continue
      for (const [which, column] of columns.entries()) {
        const said = found[which + 1] ?? ''
        const cells = [column].flat().map(name => row[names.indexOf(name)] ?? `no column ${name}`)
        if (!isSame(said, cells, found[0].endsWith(' %'))) wrong.push(`${readout}: ${said} is not ${cells.join(' + ')}`)
      }
    }
    for (const [pattern] of rule.numbers) rest = rest.replace(pattern, '')
    return /\d/.test(rest.replaceAll('mg/dL', '')) ? [...wrong, `not compared in ${readout}: ${rest}`] : wrong
  })
}

function rowName(said: string, how: ReadoutRule['row']): string {
  if (how === 'withoutUnit') return said.replace(/ [^\d]*$/, '')
  // "Saturday, 7 November 2026" is "Sat 7 Nov" in a table.
  return how === 'day' ? said.replace(/^(\w{3})\w*, (\d+) (\w{3})\w* \d{4}$/, '$1 $2 $3') : said
}

const placesOf = (text: string): number => /\.(\d+)/.exec(text)?.[1]?.length ?? 0

/**
 * Equal as written; where the readout rounds more or adds columns, equal as precisely as what is written allows. Whole
 * shares of a day are made to add up to 100 (metrics sheet §3.4): those may be up to 2 away.
 */
function isSame(said: string, cells: readonly string[], isShare: boolean): boolean {
  const [only = ''] = cells
  if (cells.length === 1 && said.replace(' to ', '–') === only) return true
  const sum = cells.reduce((total, cell) => total + Number(cell.replace(/[,%\s]/g, '')), 0)
  const difference = Math.abs(sum - Number(said.replaceAll(',', '')))
  if (isShare && placesOf(said) === 0) return difference < 2
  if (cells.length === 1 && placesOf(said) === placesOf(only)) return difference === 0
  const halves = [said, ...cells].reduce((total, text) => total + 0.5 * 10 ** -placesOf(text), 0)
  return difference <= halves + 1e-9
}
