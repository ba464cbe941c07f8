/**
 * Trends: the measures of every day side by side, and of weeks, months and the whole period. Source: reports sheet §1.2
 * (13 Trends Summary, 21 Quarterly Summary), §4, metrics sheet §5 to §10.
 */
import { type DeviceDay, deviceDayOf, MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import type { BasalSegment } from '#stats/basalSegment.ts'
import type { DayInsulin } from '#stats/insulin.ts'
import { movingMean } from '#stats/movingMean.ts'
import { indexAt } from '#stats/slices.ts'
import { summarise, type Sufficient } from '#stats/summary.ts'
import { type Material, periodModel, prepare } from './days.ts'
import { weekdayOf } from './filter.ts'
import type { ReportInput } from './models.ts'
import {
  type TrendColumns,
  type TrendMeasure,
  trendMeasures,
  type TrendsModel,
  type TrendSpan,
  type TrendTable,
  type TrendValues,
} from './trendsModel.ts'

const DAYS_OF_MEAN = 7
const KNOWN_OF_MEAN = 4

export function trends(input: ReportInput): TrendsModel {
  const material = prepare(input)
  const { firstDayOfWeek } = input.preferences
  const amounts = amountsOfDays(material)
  const daySpans = material.days.map(day => ({ firstDay: day, lastDay: day, days: 1 }))
  const days = tableOf(daySpans, span => valuesOf(material, amounts, span))
  const ofSpans = (begins: (day: DeviceDay) => boolean) =>
    tableOf(spansOf(material, begins), span => valuesOf(material, amounts, span))
  const whole = { firstDay: material.firstDay, lastDay: material.lastDay, days: material.days.length }
  return {
    ...periodModel(input, material),
    days,
    weeks: ofSpans(day => (weekdayOf(day) - firstDayOfWeek + 7) % 7 === 0),
    months: ofSpans(day => new Date(startOfDeviceDay(day)).getUTCDate() === 1),
    means: valuesOf(material, amounts, whole),
    sums: valuesBy(name => (addable.has(name) ? sumOf(days.columns[name]) : Number.NaN)),
    knownDays: valuesBy(name => days.columns[name].reduce((count, value) => count + Number(!Number.isNaN(value)), 0)),
    sevenDays: columnsBy(name => lastSevenDays(days.columns[name], material.days)),
  }
}

/** What is summed up day by day; the rest of the measures comes from values or from other measures. */
const amountNames = [
  'total',
  'basal',
  'automaticUnits',
  'bolus',
  'boluses',
  'carbs',
  'exchanges',
  'automatic',
  'suspended',
  'rewinds',
  'tubingFills',
  'cannulaFills',
  'alarms',
] as const satisfies readonly TrendMeasure[]
type AmountName = (typeof amountNames)[number]

const addable: ReadonlySet<TrendMeasure> = new Set([...amountNames, 'readings', 'meterReadings'])

/** By day of the period: index i is day `firstDay` + i, NaN where it is not known or the day is left out. */
interface Amounts {
  readonly byName: Readonly<Record<AmountName, Float64Array>>
  /** Of the days whose insulin is whole, for the share of the bolus. */
  readonly wholeTotal: Float64Array
  readonly wholeBolus: Float64Array
}

function amountsOfDays(material: Material): Amounts {
  const count = material.lastDay - material.firstDay + 1
  const column = () => new Float64Array(count).fill(Number.NaN)
  const wholeTotal = column()
  const wholeBolus = column()
  const byName: Record<AmountName, Float64Array> = {
    ...countedEvents(material),
    ...basalMinutes(material),
    total: column(),
    basal: column(),
    automaticUnits: column(),
    bolus: column(),
    boluses: column(),
    carbs: column(),
    exchanges: column(),
  }
  for (const day of material.days) {
    const i = day - material.firstDay
    const insulin = material.insulin[i]
    if (!insulin) continue
    if (hasInsulin(insulin)) {
      byName.total[i] = insulin.totalUnits ?? Number.NaN
      byName.basal[i] = insulin.basalUnits ?? Number.NaN
      byName.automaticUnits[i] = insulin.algorithmUnits ?? Number.NaN
      byName.bolus[i] = insulin.bolusUnits
      byName.boluses[i] = insulin.bolusCount
    }
    if (insulin.carbsGrams > 0) byName.carbs[i] = insulin.carbsGrams
    if (insulin.carbsExchanges > 0) byName.exchanges[i] = insulin.carbsExchanges
    if (insulin.ownTotalUnits !== undefined) {
      wholeTotal[i] = insulin.ownTotalUnits
      wholeBolus[i] = insulin.bolusUnits
    }
  }
  return { byName, wholeTotal, wholeBolus }
}

/** A day with insulin has a total, or a note that says why not. */
const hasInsulin = (day: DayInsulin): boolean => day.totalUnits !== undefined || day.note !== undefined

/** A day without any record of a pump has not zero alarms: nobody knows. */
function countedEvents({ firstDay, lastDay, records }: Material) {
  const column = () => new Float64Array(lastDay - firstDay + 1).fill(Number.NaN)
  const counts = { rewinds: column(), tubingFills: column(), cannulaFills: column(), alarms: column() }
  const raise = (list: Float64Array, i: number) => {
    list[i] = (list[i] ?? 0) + 1
  }
  for (const record of records) {
    if (record.type === 'smbg' || record.type === 'calibration' || record.type === 'setting') continue
    const i = deviceDayOf(record.deviceTime) - firstDay
    if (Number.isNaN(counts.alarms[i])) for (const list of Object.values(counts)) list[i] = 0
    if (record.type === 'rewind') raise(counts.rewinds, i)
    else if (record.type === 'prime') raise(record.target === 'tubing' ? counts.tubingFills : counts.cannulaFills, i)
    else if (record.type === 'alarm' && !record.cleared) raise(counts.alarms, i)
  }
  return counts
}

/** Minutes of each day in automatic mode, and suspended; known where the basal is known at all. */
function basalMinutes({ firstDay, lastDay, basal, insulin }: Material) {
  const column = () => new Float64Array(lastDay - firstDay + 1).fill(Number.NaN)
  const minutes = { automatic: column(), suspended: column() }
  const add = (segment: BasalSegment, i: number, ms: number) => {
    if (Number.isNaN(minutes.suspended[i])) for (const list of Object.values(minutes)) list[i] = 0
    const list =
      segment.delivery === 'automated'
        ? minutes.automatic
        : segment.delivery === 'suspended'
          ? minutes.suspended
          : undefined
    if (list) list[i] = (list[i] ?? 0) + ms / MINUTE_MS
  }
  for (const segment of basal) {
    for (let day = deviceDayOf(segment.from); startOfDeviceDay(day) < segment.to; day++) {
      const from = Math.max(segment.from, startOfDeviceDay(day))
      add(segment, day - firstDay, Math.min(segment.to, startOfDeviceDay(day + 1)) - from)
    }
  }
  insulin.forEach((day, i) => {
    // The source told how much the algorithm gave on this day, but not when.
    if (day?.autoUnits !== undefined && (minutes.automatic[i] ?? 0) === 0) minutes.automatic[i] = Number.NaN
  })
  return minutes
}

function valuesOf(material: Material, amounts: Amounts, { firstDay, lastDay }: TrendSpan): TrendValues {
  const [from, to] = [startOfDeviceDay(firstDay), startOfDeviceDay(lastDay + 1)]
  const rows = (time: Float64Array): [number, number] => [indexAt(time, from), indexAt(time, to)]
  const sensor = summarise(material.sensor, material.sensorClasses, ...rows(material.sensor.time))
  const meter = summarise(material.meter, material.meterClasses, ...rows(material.meter.time))
  const [start, end] = [firstDay - material.firstDay, lastDay - material.firstDay + 1]
  const amount = (name: AmountName) => meanOf(amounts.byName[name].subarray(start, end))
  const bolusShare =
    (100 * sumOf(amounts.wholeBolus.subarray(start, end))) / sumOf(amounts.wholeTotal.subarray(start, end))
  const perDay = (summary: { count: number; daysWithData: number } | undefined) =>
    summary ? summary.count / summary.daysWithData : Number.NaN
  return {
    // All amounts come first; what follows is made otherwise.
    ...(Object.fromEntries(amountNames.map(name => [name, amount(name)])) as Record<AmountName, number>),
    readings: perDay(sensor),
    mean: sensor?.meanMgdl ?? Number.NaN,
    sd: known(sensor?.sdMgdl),
    cv: known(sensor?.cvPercent),
    below: sensor ? sensor.ranges.veryLow.fraction + sensor.ranges.low.fraction : Number.NaN,
    target: sensor?.ranges.target.fraction ?? Number.NaN,
    above: sensor ? sensor.ranges.high.fraction + sensor.ranges.veryHigh.fraction : Number.NaN,
    meterReadings: perDay(meter),
    meterMean: meter?.meanMgdl ?? Number.NaN,
    bolusPercent: bolusShare,
  }
}

const known = (number: Sufficient | undefined): number => (number && 'value' in number ? number.value : Number.NaN)

/** Cut at each day with which a new span begins; only days that are looked at count, and spans that have some. */
function spansOf({ days }: Material, begins: (day: DeviceDay) => boolean): TrendSpan[] {
  const spans: TrendSpan[] = []
  let first: DeviceDay | undefined
  let count = 0
  days.forEach((day, i) => {
    first ??= day
    count++
    const next = days[i + 1]
    if (next !== undefined && !isCutBetween(day, next, begins)) return
    spans.push({ firstDay: first, lastDay: day, days: count })
    first = undefined
    count = 0
  })
  return spans
}

function isCutBetween(day: DeviceDay, next: DeviceDay, begins: (day: DeviceDay) => boolean): boolean {
  for (let after = day + 1; after <= next; after++) if (begins(after)) return true
  return false
}

function tableOf(spans: readonly TrendSpan[], values: (span: TrendSpan) => TrendValues): TrendTable {
  const columns = columnsBy(() => new Float64Array(spans.length))
  spans.forEach((span, i) => {
    const row = values(span)
    for (const name of trendMeasures) columns[name][i] = row[name]
  })
  return { spans, columns }
}

/** Days that are left out are days without a number. */
function lastSevenDays(column: Float64Array, days: readonly DeviceDay[]): Float64Array<ArrayBuffer> {
  const first = days[0] ?? 0
  const byDay = new Float64Array((days.at(-1) ?? first) - first + 1).fill(Number.NaN)
  days.forEach((day, i) => byDay.fill(column[i] ?? Number.NaN, day - first, day - first + 1))
  const means = movingMean(byDay, DAYS_OF_MEAN, KNOWN_OF_MEAN)
  return Float64Array.from(days, day => means[day - first] ?? Number.NaN)
}

// Object.fromEntries forgets the names; these have every measure.
const columnsBy = (make: (name: TrendMeasure) => Float64Array<ArrayBuffer>): TrendColumns =>
  Object.fromEntries(trendMeasures.map(name => [name, make(name)])) as TrendColumns
const valuesBy = (make: (name: TrendMeasure) => number): TrendValues =>
  Object.fromEntries(trendMeasures.map(name => [name, make(name)])) as TrendValues

/** Of what is known; NaN when nothing is. */
function sumOf(values: Float64Array): number {
  const numbers = values.filter(value => !Number.isNaN(value))
  return numbers.length === 0 ? Number.NaN : numbers.reduce((sum, value) => sum + value, 0)
}

const meanOf = (values: Float64Array): number =>
  sumOf(values) / values.reduce((count, value) => count + Number(!Number.isNaN(value)), 0)
