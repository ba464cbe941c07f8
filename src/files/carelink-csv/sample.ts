/**
 * A made-up CareLink export of the current generation, for "Look around with sample data", benchmarks and tests: one
 * pump in manual mode with a sensor, written as CareLink writes it (sections, descending rows, two rows a bolus).
 * Deterministic in its options; written day by day, so that its length needs no memory.
 * Source: CareLink export sheet §3, §6.
 */
import {
  DAY_MS,
  dateFromDeviceTime,
  type DeviceDay,
  HOUR_MS,
  isoFromDeviceTime,
  MINUTE_MS,
  startOfDeviceDay,
} from '#records/time.ts'
import type { DeviceTime } from '#records/time.ts'
import { type GlucoseUnits, mmolFromMgdl } from '#records/units.ts'
import { createLife, type Life } from './sampleLife.ts'
import { columnNames } from './writeColumns.ts'

export interface SampleOptions {
  readonly days: number
  /** The last day written, whole. */
  readonly lastDay: DeviceDay
  readonly seed: number
  readonly units?: GlucoseUnits
  /** eu: semicolons and decimal commas; us: commas and points. */
  readonly style?: 'eu' | 'us'
}

/** The made-up pump's serial number: tells sample data from a person's own. */
export const SAMPLE_SERIAL = 'SIM0780G'
const MODEL = 'MiniMed 780G MMT-1886'
const METER = 'SIM00000001'

/** Hour the rate begins and U/h. */
const BASAL: readonly (readonly [number, number])[] = [
  [0, 0.7],
  [3, 0.85],
  [7, 0.95],
  [11, 0.75],
  [16, 0.8],
  [21, 0.7],
]
const EXERCISE_PERCENT = 60
const GRAMS_PER_UNIT = 10
const MGDL_PER_UNIT = 45
const TARGET = { low: 100, high: 120 } as const
const ACTIVE_HOURS = 3
/** The pump gives 1.5 U a minute. */
const MS_PER_UNIT = 40_000
const ALERT_HIGH = 250
const ALERT_LOW = 70

/** Cells by the beginning of their column's name; values as numbers are written in the file's style. */
type Cells = Readonly<Record<string, string | number>>
interface SampleRow {
  readonly at: number
  readonly cells: Cells
}

/** The export as pieces of text: the beginning, then one piece a day and section. */
export function* sampleCsv(options: SampleOptions): Generator<string> {
  const { days, lastDay, seed, units = 'mg/dL', style = 'eu' } = options
  const delimiter = style === 'eu' ? ';' : ','
  const names = columnNames({ glucose: units, carbs: 'grams' })
  const life = createLife(seed)
  const line = (cells: readonly string[]): string => `${cells.join(delimiter)}\r\n`
  const short = (day: DeviceDay): string => {
    const [year = '', month = '', date = ''] = dateFromDeviceTime(startOfDeviceDay(day)).split('-')
    return `"${style === 'eu' ? `${date}/${month}/${year}` : `${Number(month)}/${Number(date)}/${year}`} 00:00:00"`
  }
  const places = new Map(names.map((name, i) => [name.replace(/ \(.*$/, ''), i]))
  const blank = names.map(() => '')
  let index = 0
  const decimal = (text: string): string => (style === 'eu' ? text.replace('.', ',') : text)
  function write({ at, cells }: SampleRow): string {
    const row = [...blank]
    const iso = isoFromDeviceTime(at as DeviceTime) // whole seconds of the same wall clock
    row[0] = decimal(`${index++}.00000`)
    row[1] = iso.slice(0, 10).replaceAll('-', '/')
    row[2] = iso.slice(11)
    for (const [name, value] of Object.entries(cells)) {
      const place = places.get(name)
      if (place !== undefined) row[place] = typeof value === 'number' ? decimal(String(value)) : value
    }
    return line(row)
  }
  const section = (kind: string): string =>
    `\r\n${['-------', MODEL, kind, SAMPLE_SERIAL, '-------'].join(delimiter)} \r\n${line(names)}`
  const inUnits = (mgdl: number): number => (units === 'mg/dL' ? mgdl : Math.round(mmolFromMgdl(mgdl) * 10) / 10)

  yield '\uFEFF' +
    line([
      'Last Name',
      'First Name',
      'Patient ID',
      'System ID',
      'Start Date',
      'End Date',
      'Device',
      MODEL,
      'Hardware Version',
      'A2.01',
      'Firmware Version',
      '8.13.2',
    ]) +
    line([
      '""',
      '""',
      '""',
      '""',
      short(lastDay - days + 1),
      short(lastDay),
      '"Serial Number"',
      SAMPLE_SERIAL,
      'Software Version',
      '',
    ]) +
    line(['Patient DOB', '', '', '', '', '', 'CGM', 'Guardian™ 4 Sensor']) +
    'Device data shown may exceed selected date range.\r\n'

  yield section('Pump')
  for (let day = lastDay; day > lastDay - days; day--) {
    yield pumpRows(life, day, inUnits)
      .sort((a, b) => a.at - b.at)
      .reverse()
      .map(write)
      .join('')
  }
  yield section('Sensor')
  for (let day = lastDay; day > lastDay - days; day--)
    yield sensorRows(life, day, seed, inUnits).reverse().map(write).join('')
}

/** The same as bytes, as a file gives them. */
export async function* sampleCsvBytes(options: SampleOptions): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  for (const text of sampleCsv(options)) yield encoder.encode(text)
}

function sensorRows(life: Life, day: DeviceDay, seed: number, inUnits: (mgdl: number) => number): SampleRow[] {
  const rows: SampleRow[] = []
  const warmUp = life.warmUp(day)
  const second = 1000 * (10 + (seed % 40))
  for (let slot = 0; slot < 288; slot++) {
    const at = day * DAY_MS + slot * 5 * MINUTE_MS + 2 * MINUTE_MS + second
    if (warmUp && at >= warmUp.from && at < warmUp.to) {
      if (at > warmUp.from + 10 * MINUTE_MS) rows.push({ at, cells: { 'Sensor Exception': 'SENSOR_INIT_CODE' } })
      continue
    }
    // A reading is lost now and then.
    if (life.chance(day, 5000 + slot) < 0.012) continue
    const mgdl = life.glucoseMgdl(at)
    rows.push({
      at,
      cells: { 'Sensor Glucose': inUnits(mgdl), 'ISIG Value': Math.round((mgdl / 5.1 + 1.3) * 100) / 100 },
    })
  }
  return rows
}

/** The pump's rows of a day, in no order; rows of one second as they happened. */
function pumpRows(life: Life, day: DeviceDay, inUnits: (mgdl: number) => number): SampleRow[] {
  const rows: SampleRow[] = []
  const add = (at: number, cells: Cells): void => {
    if (Math.floor(at / DAY_MS) === day) rows.push({ at, cells })
  }
  basalRows(life, day, add)
  bolusRows(life, day, add, inUnits)
  setChangeRows(life, day, add)
  alertRows(life, day, add)
  if (life.chance(day, 300) < 0.5) {
    const at = day * DAY_MS + Math.round((11 + 8 * life.chance(day, 301)) * 3600) * 1000
    const value = inUnits(life.glucoseMgdl(at) + Math.round(16 * life.chance(day, 302) - 8))
    const reading = { 'BG Reading': value, 'Linked BG Meter ID': METER }
    add(at, { 'BG Source': 'BG_READIN_RECEIVED', ...reading })
    add(at + 4000, { 'BG Source': 'USER_ACCEPTED_REMOTE_BG', ...reading })
  }
  return rows
}

type Add = (at: number, cells: Cells) => void

function scheduledRate(at: number): number {
  const hour = (at % DAY_MS) / HOUR_MS
  return BASAL.findLast(([from]) => from <= hour)?.[1] ?? 0
}

/** The rate in force is written at each block, at both ends of a temporary rate, and after each stop. */
function basalRows(life: Life, day: DeviceDay, add: Add): void {
  const training = life.exercise(day)
  const low = life.nightLow(day)
  const within = (at: number, span: { from: number; to: number } | undefined) =>
    span !== undefined && at >= span.from && at < span.to
  const rateInForce = (at: number): number => {
    const share = within(at, training) ? EXERCISE_PERCENT / 100 : 1
    return Math.round(scheduledRate(at) * share * 10_000) / 10_000
  }
  for (const [hour] of BASAL) {
    const at = day * DAY_MS + hour * HOUR_MS
    if (!within(at, low)) add(at, { 'Basal Rate': rateInForce(at) })
  }
  if (training) {
    add(training.from, {
      'Temp Basal Amount': EXERCISE_PERCENT,
      'Temp Basal Type': 'Percent',
      'Temp Basal Duration': '01:30:00',
    })
    add(training.from, { 'Basal Rate': rateInForce(training.from) })
    add(training.to, { 'Basal Rate': rateInForce(training.to) })
  }
  if (low) {
    add(low.from, { 'Basal Rate': 0, Suspend: 'PLGM_PREDICTED_LOW_SG' })
    add(low.from + 2000, { Alert: 'SUSPEND BEFORE LOW ALARM, QUIET: tone and vibration' })
    add(low.to, { Suspend: 'NORMAL_PUMPING' })
    add(low.to, { 'Basal Rate': rateInForce(low.to) })
    add(low.to + 2000, { Alert: 'BASAL DELIVERY RESUMED ALERT, QUIET: tone and vibration' })
  }
}

/** Meals and corrections: the calculator's two rows, the programmed row, the delivered row at the end. */
function bolusRows(life: Life, day: DeviceDay, add: Add, inUnits: (mgdl: number) => number): void {
  const asks = [
    ...life.meals(day).map(meal => ({ at: meal.at, carbsGrams: meal.carbsGrams, isSlow: meal.isSlow })),
    ...life.corrections(day).map(at => ({ at, carbsGrams: 0, isSlow: false })),
  ].sort((a, b) => a.at - b.at)
  const given: { at: number; units: number }[] = []
  asks.forEach(({ at, carbsGrams, isSlow }, i) => {
    const mgdl = life.glucoseMgdl(at)
    const active = given.reduce(
      (sum, { at: then, units }) => sum + units * Math.max(0, 1 - (at - then) / (ACTIVE_HOURS * HOUR_MS)),
      0,
    )
    const above = mgdl > TARGET.high ? mgdl - TARGET.high : Math.min(0, mgdl - TARGET.low)
    const correction = step(above / MGDL_PER_UNIT)
    const food = step(carbsGrams / GRAMS_PER_UNIT)
    const activeUnits = step(active)
    const units = Math.max(0, step(food + (correction > 0 ? Math.max(0, correction - activeUnits) : correction)))
    add(at, {
      'BWZ Estimate': units,
      'BWZ Target High BG': inUnits(TARGET.high),
      'BWZ Target Low BG': inUnits(TARGET.low),
      'BWZ Carb Ratio': GRAMS_PER_UNIT,
      'BWZ Insulin Sensitivity': inUnits(MGDL_PER_UNIT),
      'BWZ Carb Input': carbsGrams,
      'BWZ BG/SG Input': inUnits(mgdl),
      'BWZ Correction Estimate': correction,
      'BWZ Food Estimate': food,
      'BWZ Active Insulin': activeUnits,
      'BWZ Status': units > 0 ? 'Delivered' : 'Not Delivered',
    })
    add(at, {
      'BWZ Unabsorbed Insulin Total': activeUnits,
      'Final Bolus Estimate': units,
      'Scroll Step Size': 'STEP_0_POINT_025',
    })
    if (units === 0) return
    given.push({ at, units })
    // Numbers run on from day to day and wrap at 256; sixteen a day are enough.
    const about = { 'Bolus Number': (day * 16 + i) % 256, 'Bolus Source': 'BOLUS_WIZARD' }
    const extended = isSlow ? step(units * 0.4) : 0
    const normal = step(units - extended)
    const part = { ...about, 'Bolus Type': isSlow ? 'Dual (normal part)' : 'Normal', 'Bolus Volume Selected': normal }
    const end = at + Math.ceil((normal * MS_PER_UNIT) / 1000) * 1000
    add(at, part)
    if (extended > 0) {
      const square = {
        ...about,
        'Bolus Type': 'Dual (square part)',
        'Bolus Volume Selected': extended,
        'Bolus Duration': '02:00:00',
      }
      add(at, square)
      add(end + 2 * HOUR_MS, { ...square, 'Bolus Volume Delivered': extended })
    }
    add(end, { ...part, 'Bolus Volume Delivered': normal })
  })
}

function setChangeRows(life: Life, day: DeviceDay, add: Add): void {
  const at = life.setChange(day)
  if (at === undefined) return
  const reservoir = 150 + Math.round(60 * life.chance(day, 200))
  const end = at + 150_000
  add(at, { 'Basal Rate': 0, Suspend: 'NOTSEATED_SUSPEND' })
  add(at + 18_000, { 'Basal Rate': 0, Rewind: 'Rewind' })
  const after = { 'Estimated Reservoir Volume after Fill': reservoir }
  add(at + 95_000, {
    'Prime Type': 'Tubing Fill',
    'Prime Volume Delivered': Math.round(835 + 300 * life.chance(day, 201)) / 100,
    ...after,
  })
  add(end, { 'Prime Type': 'Cannula Fill', 'Prime Volume Delivered': 0.7, ...after })
  add(end, { Suspend: 'NORMAL_PUMPING' })
  add(end, { 'Basal Rate': scheduledRate(end) })
}

/** A limit that is crossed calls once, and the person answers. */
function alertRows(life: Life, day: DeviceDay, add: Add): void {
  const alert = (at: number, name: string, answerMs: number): void => {
    add(at, { Alert: `${name}: tone and vibration` })
    add(at + answerMs, { 'User Cleared Alerts': name })
  }
  let before = life.glucoseMgdl(day * DAY_MS - 5 * MINUTE_MS)
  for (let slot = 0; slot < 288; slot++) {
    const at = day * DAY_MS + slot * 5 * MINUTE_MS + 3 * MINUTE_MS
    const mgdl = life.glucoseMgdl(at)
    const answerMs = 4000 + Math.round(60 * life.chance(day, 400 + slot)) * 1000
    if (mgdl > ALERT_HIGH && before <= ALERT_HIGH) alert(at, 'ALERT ON HIGH', answerMs)
    if (mgdl < ALERT_LOW && before >= ALERT_LOW) alert(at, 'ALERT ON LOW', answerMs)
    before = mgdl
  }
  const warmUp = life.warmUp(day)
  if (!warmUp) return
  alert(warmUp.from, 'CHANGE SENSOR', 9000)
  alert(warmUp.from + 8 * MINUTE_MS, 'SENSOR CONNECTED', 3000)
}

/** Insulin goes in steps of 0.025 U, downwards. */
const step = (units: number): number => Math.floor(Number((units * 40).toPrecision(12))) / 40
