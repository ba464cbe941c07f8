/**
 * Writes stored records as CareLink's current CSV export, so that programs which read that can read ours. Written in
 * pieces, newest day first, so that ten years need no memory. Values stand to their last digit; what CareLink's format
 * has no place for is left out and counted. Source: CareLink export sheet §3 and §6, data-model sheet §5.5.
 */
import type { DeviceIdentity, RecordOf, RecordType, TherapyRecord } from '#records/records.ts'
import { type DeviceDay, type DeviceTime, deviceDayOf, startOfDeviceDay } from '#records/time.ts'
import type { GlucoseUnits } from '#records/units.ts'
import { TOLD_TWICE } from './rows.ts'
import { markedModel } from './simulated.ts'
import type { ColumnUnits } from './writeColumns.ts'
import {
  writeAlarm,
  writeBasalRate,
  writeDeviceEvent,
  writeMarker,
  writePrime,
  writeRewind,
  writeSetting,
  writeSuspend,
  writeTempBasal,
  writeTimeChange,
} from './writeEvents.ts'
import { writeCalibration, writeCbg, writeSensorState, writeSmbg } from './writeGlucose.ts'
import { writeAutoBasalDose, writeAutoInsulinTotal, writeBolus, writeFood, writeWizard } from './writeInsulin.ts'
import { isRawCbg, writeRawCbg } from './writeRaw.ts'
import { createLineWriter, type CsvStyle, type LineWriter, type SectionKind } from './writeLines.ts'
import type { Row, Written } from './writeRow.ts'

/** One device and how to get its records. */
export interface WritableDevice {
  readonly device: DeviceIdentity
  /** Made-up data: the device's name says so in the file. */
  readonly simulated: boolean
  /**
   * Its records in stretches of whole device days, the newest first; in any order within a stretch. Asked for several
   * times: `sensor` for cbg and sensorState, `therapy` for all other types. Others among them do no harm.
   */
  records(what: 'therapy' | 'sensor'): AsyncIterable<readonly TherapyRecord[]>
}

export interface WriteOptions {
  readonly devices: readonly WritableDevice[]
  /** What the file says its period is; rows of a bolus begun before may lie before it. */
  readonly firstDay: DeviceDay
  readonly lastDay: DeviceDay
  /** For columns in which nothing stands that has a unit of its own. */
  readonly glucoseUnits?: GlucoseUnits
  readonly style?: CsvStyle
}

export type TypeCounts = Readonly<Partial<Record<RecordType, number>>>

/** Complete when the last piece was taken. */
export interface WriteCounts {
  readonly written: number
  /** Not in the file: CareLink has no column for it, or no reader would believe the value. */
  readonly leftOut: TypeCounts
  /** In the file, but not with everything that the record says (a meal mark, the name of a basal pattern). */
  readonly shortened: TypeCounts
  /** LO and HI by type, which are no numbers. */
  readonly outOfRange: {
    /** Among those written: our reader gives them back, a program that does not know Raw-Types passes over them. */
    readonly raw: TypeCounts
    /** Among those left out. */
    readonly leftOut: TypeCounts
  }
}

/** The file in pieces of text, to be encoded as UTF-8, and what became of the records. */
export function writeCareLink(options: WriteOptions): {
  readonly pieces: AsyncGenerator<string>
  counts(): WriteCounts
} {
  const tally: Tally = {
    written: 0,
    leftOut: new Map(),
    shortened: new Map(),
    rawOutOfRange: new Map(),
    leftOutOfRange: new Map(),
  }
  return {
    pieces: piecesOf(options, tally),
    counts: () => ({
      written: tally.written,
      leftOut: Object.fromEntries(tally.leftOut),
      shortened: Object.fromEntries(tally.shortened),
      outOfRange: {
        raw: Object.fromEntries(tally.rawOutOfRange),
        leftOut: Object.fromEntries(tally.leftOutOfRange),
      },
    }),
  }
}

type Counts = Map<RecordType, number>
interface Tally {
  written: number
  readonly leftOut: Counts
  readonly shortened: Counts
  readonly rawOutOfRange: Counts
  readonly leftOutOfRange: Counts
}

async function* piecesOf(options: WriteOptions, tally: Tally): AsyncGenerator<string> {
  const { devices, firstDay, lastDay, glucoseUnits = 'mg/dL', style = 'eu' } = options
  const lines = createLineWriter(style)
  yield lines.preamble(devices, firstDay, lastDay)
  for (const device of devices) {
    const therapy = await unitsIn(device, 'therapy', { glucose: glucoseUnits, carbs: 'grams' })
    const { main } = therapy
    for (const units of therapy.all) yield* table({ device, kind: 'Pump', units, main }, lines, tally)
    if (therapy.has('autoInsulinTotal')) {
      yield* table({ device, kind: 'AutoInsulin', units: main, main }, lines, tally)
    }
    const sensor = await unitsIn(device, 'sensor', main)
    for (const units of sensor.all) yield* table({ device, kind: 'Sensor', units, main: sensor.main }, lines, tally)
    if (sensor.has('raw')) {
      // The one unit that raw values have.
      const units = { ...main, glucose: 'mg/dL' } as const
      yield* table({ device, kind: 'RawSensor', units, main: units }, lines, tally)
    }
  }
}

interface Table {
  readonly device: WritableDevice
  readonly kind: SectionKind
  readonly units: ColumnUnits
  /** Of the table that takes the records without a unit. */
  readonly main: ColumnUnits
}

/** One divider with its rows, newest first; nothing at all when there are no rows. */
async function* table(of: Table, lines: LineWriter, tally: Tally): AsyncGenerator<string> {
  const { device, kind, units, main } = of
  let isBegun = false
  /** Of boluses that began on an earlier day than they ended. */
  let waiting: Row[] = []
  function* text(rows: Row[]): Generator<string> {
    if (rows.length === 0) return
    const head = isBegun ? '' : lines.tableHead(device, kind, units)
    isBegun = true
    // Rows of one second stand in the order in which they happened until all is turned round.
    const descending = rows.sort((a, b) => a.time - b.time).reverse()
    yield head + descending.map(lines.row).join('')
  }
  for await (const stretch of device.records(isOfSensor(kind) ? 'sensor' : 'therapy')) {
    let earliest = Number.POSITIVE_INFINITY
    for (const { deviceTime } of stretch) if (deviceTime < earliest) earliest = deviceTime
    if (earliest === Number.POSITIVE_INFINITY) continue
    const ours = stretch.filter(record => sectionOf(record) === kind && isIn(record, units, main))
    const rows = [...rowsOf(ours, of, tally), ...waiting]
    const from = startOfDeviceDay(deviceDayOf(earliest as DeviceTime)) // the least of device times
    waiting = rows.filter(row => row.time < from)
    yield* text(rows.filter(row => row.time >= from))
  }
  yield* text(waiting)
}

/** The rows of a stretch's records, in the order in which they happened. */
function rowsOf(records: TherapyRecord[], { device, units }: Table, tally: Tally): Row[] {
  const rows: Row[] = []
  const told = new Set<string>()
  for (const record of records.sort((a, b) => a.deviceTime - b.deviceTime)) {
    const { type, deviceTime } = record
    const isOutOfRange = 'outOfRange' in record && record.outOfRange !== undefined
    const written = writtenOf(record, units, device)
    if (!written || isToldAgain(record, written, told)) {
      count(tally.leftOut, type)
      if (isOutOfRange) count(tally.leftOutOfRange, type)
      continue
    }
    tally.written++
    if (isOutOfRange) count(tally.rawOutOfRange, type)
    if (written.isShortened || deviceTime % 1000 !== 0) count(tally.shortened, type)
    rows.push(...written.rows)
  }
  return rows
}

/** Two equal rows are one to every reader: somebody pasted files together. */
function isToldAgain({ type }: TherapyRecord, { rows }: Written, told: Set<string>): boolean {
  if (TOLD_TWICE.has(type)) return false
  const key = JSON.stringify(rows.at(-1))
  if (told.has(key)) return true
  told.add(key)
  return false
}

const count = (counts: Counts, type: RecordType): void => {
  counts.set(type, (counts.get(type) ?? 0) + 1)
}

/** Gives a record's rows in a table of these units; `undefined` when CareLink's format has no place for it. */
type Writer<T extends TherapyRecord = TherapyRecord> = (record: T, units: ColumnUnits) => Written | undefined

const WRITERS: { readonly [T in RecordType]: Writer<RecordOf<T>> } = {
  cbg: writeCbg,
  smbg: writeSmbg,
  calibration: writeCalibration,
  bolus: writeBolus,
  wizard: writeWizard,
  food: writeFood,
  basalRate: writeBasalRate,
  tempBasal: writeTempBasal,
  suspend: writeSuspend,
  autoBasalDose: writeAutoBasalDose,
  autoMode: () => undefined,
  autoInsulinTotal: writeAutoInsulinTotal,
  // Only the export of the years before 2016 had a column for it.
  dailyTotal: () => undefined,
  prime: writePrime,
  rewind: writeRewind,
  alarm: writeAlarm,
  sensorState: writeSensorState,
  timeChange: writeTimeChange,
  marker: writeMarker,
  setting: writeSetting,
  deviceEvent: writeDeviceEvent,
}

function sectionOf(record: TherapyRecord): SectionKind {
  const { type } = record
  if (isRawCbg(record)) return 'RawSensor'
  return type === 'autoInsulinTotal' ? 'AutoInsulin' : type === 'cbg' || type === 'sensorState' ? 'Sensor' : 'Pump'
}

const isOfSensor = (kind: SectionKind): boolean => kind === 'Sensor' || kind === 'RawSensor'

function writtenOf(record: TherapyRecord, units: ColumnUnits, of: WritableDevice): Written | undefined {
  if (isRawCbg(record)) return writeRawCbg(record, markedModel(of.device, of.simulated))
  // A cast: the writer that stands under a record's type takes records of that type.
  return (WRITERS[record.type] as Writer)(record, units)
}

/** The units that a record needs; absent for one that stands in any table. */
function unitsOf(record: TherapyRecord): Partial<ColumnUnits> {
  switch (record.type) {
    case 'cbg':
    case 'smbg':
    case 'calibration':
      return { glucose: record.units }
    case 'wizard': {
      const glucose = record.glucose?.units ?? record.settingsUnits
      const { carbsGrams, carbsExchanges, carbRatioUnits } = record
      const isInGrams = carbsGrams !== undefined || (carbsExchanges === undefined && carbRatioUnits === 'g/U')
      const isInExchanges = !isInGrams && (carbsExchanges !== undefined || carbRatioUnits === 'U/exchange')
      return {
        ...(glucose && { glucose }),
        ...(isInGrams ? { carbs: 'grams' } : isInExchanges ? { carbs: 'exchanges' } : {}),
      }
    }
    default:
      return {}
  }
}

/** Every unit has its own table: a number must never stand under another unit. */
function isIn(record: TherapyRecord, { glucose, carbs }: ColumnUnits, main: ColumnUnits): boolean {
  const own = unitsOf(record)
  return (own.glucose ?? main.glucose) === glucose && (own.carbs ?? main.carbs) === carbs
}

/**
 * Which units there are; `main` has the most frequent ones, those preferred where nothing tells. `has`: are there records
 * of a type, or such as stand in raw rows?
 */
async function unitsIn(device: WritableDevice, what: 'therapy' | 'sensor', preferred: ColumnUnits) {
  const glucose = new Map<ColumnUnits['glucose'], number>()
  const carbs = new Map<ColumnUnits['carbs'], number>()
  const pairs = new Map<string, Partial<ColumnUnits>>()
  const found = new Set<RecordType | 'raw'>()
  for await (const stretch of device.records(what)) {
    for (const record of stretch) {
      if (isOfSensor(sectionOf(record)) !== (what === 'sensor')) continue
      found.add(isRawCbg(record) ? 'raw' : record.type)
      const own = unitsOf(record)
      if (own.glucose) glucose.set(own.glucose, (glucose.get(own.glucose) ?? 0) + 1)
      if (own.carbs) carbs.set(own.carbs, (carbs.get(own.carbs) ?? 0) + 1)
      pairs.set(`${own.glucose} ${own.carbs}`, own)
    }
  }
  const main = { glucose: mostFrequent(glucose) ?? preferred.glucose, carbs: mostFrequent(carbs) ?? preferred.carbs }
  const all = new Map(
    [main, ...[...pairs.values()].map(own => ({ ...main, ...own }))].map(each => [
      `${each.glucose} ${each.carbs}`,
      each,
    ]),
  )
  return { main, all: [...all.values()], has: (what: RecordType | 'raw') => found.has(what) }
}

const mostFrequent = <T>(counts: ReadonlyMap<T, number>): T | undefined =>
  [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]
