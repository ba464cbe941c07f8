/**
 * A made-up CareLink export of the current generation, for "Look around with sample data", benchmarks and tests: one
 * pump with a sensor, in manual mode and in its last days in SmartGuard, written as CareLink writes it (sections,
 * descending rows, two rows a bolus). One thing is of the generation before: the loop's doses stand there one by one,
 * where current exports give a sum a day and so nothing of hours.
 * Deterministic in its options; written day by day, so that its length needs no memory.
 * Source: CareLink export sheet §3, §6.
 */
import {
  DAY_MS,
  dateFromDeviceTime,
  type DeviceDay,
  isoFromDeviceTime,
  MINUTE_MS,
  startOfDeviceDay,
} from '#records/time.ts'
import type { DeviceTime } from '#records/time.ts'
import { type GlucoseUnits, mmolFromMgdl } from '#records/units.ts'
import { createLife, type Life } from './sampleLife.ts'
import { pumpRows } from './samplePump.ts'
import { createSmartGuard, type SmartGuard } from './sampleSmartGuard.ts'
import type { InUnits, SampleRow } from './sampleTherapy.ts'
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

/** The export as pieces of text: the beginning, then one piece a day and section. */
export function* sampleCsv(options: SampleOptions): Generator<string> {
  const { days, lastDay, seed, units = 'mg/dL', style = 'eu' } = options
  const delimiter = style === 'eu' ? ';' : ','
  const names = columnNames({ glucose: units, carbs: 'grams' })
  const life = createLife(seed)
  const smartGuard = createSmartGuard(life, lastDay)
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
  const inUnits: InUnits = mgdl => (units === 'mg/dL' ? mgdl : Math.round(mmolFromMgdl(mgdl) * 10) / 10)

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
    yield pumpRows({ life, smartGuard, day, sensorMs: sensorMs(seed), inUnits })
      .sort((a, b) => a.at - b.at)
      .reverse()
      .map(write)
      .join('')
  }
  yield section('Sensor')
  for (let day = lastDay; day > lastDay - days; day--)
    yield sensorRows(life, smartGuard, day, seed, inUnits).reverse().map(write).join('')
}

/** The same as bytes, as a file gives them. */
export async function* sampleCsvBytes(options: SampleOptions): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  for (const text of sampleCsv(options)) yield encoder.encode(text)
}

/** When in every five minutes the sensor's value comes. */
const sensorMs = (seed: number): number => 2 * MINUTE_MS + 1000 * (10 + (seed % 40))

function sensorRows(life: Life, smartGuard: SmartGuard, day: DeviceDay, seed: number, inUnits: InUnits): SampleRow[] {
  const rows: SampleRow[] = []
  const warmUp = life.warmUp(day)
  for (let slot = 0; slot < 288; slot++) {
    const at = day * DAY_MS + slot * 5 * MINUTE_MS + sensorMs(seed)
    if (warmUp && at >= warmUp.from && at < warmUp.to) {
      if (at > warmUp.from + 10 * MINUTE_MS) rows.push({ at, cells: { 'Sensor Exception': 'SENSOR_INIT_CODE' } })
      continue
    }
    if (smartGuard.hasSensorError(at)) {
      rows.push({ at, cells: { 'Sensor Exception': 'SENSOR_ERROR' } })
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
