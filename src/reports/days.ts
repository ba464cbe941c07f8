/**
 * What all reports share: the store's input without copies, cut to the period, with its basal derived. And the strip of
 * the last days for the first page. Source: metrics sheet §4, §10, §13.3 (device time), decision 8.
 */
import type { Preferences } from '#records/preferences.ts'
import type { Smbg, TherapyRecord } from '#records/records.ts'
import type { GlucoseSeries } from '#records/series.ts'
import { type DeviceDay, type DeviceTime, deviceDayOf, startOfDeviceDay } from '#records/time.ts'
import { combinePumps, deriveBasal } from '#stats/basal.ts'
import type { BasalSegment } from '#stats/basalSegment.ts'
import { countedMeterValues, deviceOf, mergeSeries, meterSeries, withoutCopies } from '#stats/dedupe.ts'
import { type DayInsulin, insulinByDay } from '#stats/insulin.ts'
import { classify, type RangeShares, rangeShares } from '#stats/ranges.ts'
import { between, indexAt, recordAt } from '#stats/slices.ts'
import { clipped } from '#stats/stretches.ts'
import { asWanted, daysOf, ofDays } from './filter.ts'
import type { PeriodModel, ReportInput, Stored } from './models.ts'

export interface Material {
  /** The period's whole days, both ends included. */
  readonly firstDay: DeviceDay
  readonly lastDay: DeviceDay
  /** Those of them that are looked at, ascending; all others are as if nothing had happened on them. */
  readonly days: readonly DeviceDay[]
  readonly sensor: GlucoseSeries
  /** Index into `rangeNames` of each value of `sensor`. */
  readonly sensorClasses: Uint8Array
  readonly meterValues: readonly Stored<Smbg>[]
  readonly meter: GlucoseSeries
  readonly meterClasses: Uint8Array
  /** Of the days looked at, without copies, ascending. */
  readonly records: readonly Stored<TherapyRecord>[]
  /** The same of all days, also those left out, and what is known of some days before: for what lasts over days. */
  readonly log: readonly Stored<TherapyRecord>[]
  readonly basal: readonly BasalSegment[]
  /** Index i is day `firstDay` + i. */
  readonly insulin: readonly (DayInsulin | undefined)[]
  /** Names of the devices whose data are in the period, in alphabetical order. */
  readonly devices: readonly string[]
}

/** Of inputs that are in use: going from report to report of the same days prepares them once. */
const prepared = new WeakMap<ReportInput, Material>()

/** Prepares a period's data, with what is left out left out. Values of control solution are in `records` only. */
export function prepare(input: ReportInput): Material {
  const known = prepared.get(input)
  if (known) return known
  const material = materialOf(input)
  prepared.set(input, material)
  return material
}

function materialOf(whole: ReportInput): Material {
  const input = asWanted(whole)
  const { firstDay, lastDay } = input.period
  const { ranges, preferredDevices } = input.preferences
  const from = startOfDeviceDay(firstDay)
  const to = startOfDeviceDay(lastDay + 1)
  const days = daysOf(input.period, input.filter)
  const looked = new Set(days)
  const hasAllDays = days.length === lastDay - firstDay + 1
  const ofDaysLookedAt = hasAllDays
    ? (series: GlucoseSeries) => series
    : (series: GlucoseSeries) => ofDays(series, looked)
  const merged = mergeSeries(
    input.glucose.map(series => between(series, from, to)),
    preferredDevices,
  )
  const sensor = ofDaysLookedAt(merged)
  const all = withoutCopies(input.records)
  const ofPeriod = all.slice(recordAt(all, from), recordAt(all, to))
  const records = hasAllDays ? ofPeriod : ofPeriod.filter(({ deviceTime }) => looked.has(deviceDayOf(deviceTime)))
  const meterValues = countedMeterValues(
    records.filter(record => record.type === 'smbg'),
    sensor,
  )
  const meter = meterSeries(meterValues)
  // The rate of a day may have been set on a day that is left out, and what stopped it on a day before the period.
  const log = withEarlier(all, input.earlier ?? [], from)
  const unbroken = combinePumps(basalOfEachPump(input, log, from, to))
  const basal = hasAllDays
    ? unbroken
    : days.flatMap(day => clipped(unbroken, startOfDeviceDay(day), startOfDeviceDay(day + 1)))
  return {
    firstDay,
    lastDay,
    days,
    sensor,
    sensorClasses: classify(sensor, ranges),
    meterValues,
    meter,
    meterClasses: classify(meter, ranges),
    records,
    log,
    basal,
    insulin: insulinByDay(records, basal, firstDay, lastDay),
    devices: deviceNamesOf(input.deviceNames, sensor, records),
  }
}

/** `all` reaches back with some kinds, `earlier` has the other kinds of the same days. */
function withEarlier(
  all: readonly Stored<TherapyRecord>[],
  earlier: readonly Stored<TherapyRecord>[],
  from: DeviceTime,
): readonly Stored<TherapyRecord>[] {
  if (earlier.length === 0) return all
  const start = recordAt(all, from)
  const before = [...all.slice(0, start), ...withoutCopies(earlier)].sort((a, b) => a.deviceTime - b.deviceTime)
  return before.concat(all.slice(start))
}

/** What the model of every report of a period begins with. */
export function periodModel(input: ReportInput, material: Material): PeriodModel {
  const span = dataDays(material)
  // A pump in use without a sensor keeps its meter's values under that name.
  const calibrations =
    material.sensor.time.length > 0 ? 0 : material.records.filter(({ type }) => type === 'calibration').length
  return {
    period: input.period,
    ...(span ? { dataFirstDay: span[0], dataLastDay: span[1] } : {}),
    devices: material.devices,
    ...(calibrations > 0 ? { uncountedCalibrations: calibrations } : {}),
  }
}

/** One day of the strip on the first page. */
export interface DayShares {
  readonly day: DeviceDay
  readonly sensor?: RangeShares
  readonly sensorCount: number
  readonly meterCount: number
}

/** Days of the strip. */
const STRIP_DAYS = 14

/** The 14 days up to `lastDay`, oldest first, also those without data. `smbg` ascending in time. */
export function stripDays(
  glucose: readonly GlucoseSeries[],
  smbg: readonly Stored<Smbg>[],
  lastDay: DeviceDay,
  { ranges, preferredDevices }: Pick<Preferences, 'ranges' | 'preferredDevices'>,
): DayShares[] {
  const firstDay = lastDay - STRIP_DAYS + 1
  const [from, to] = [startOfDeviceDay(firstDay), startOfDeviceDay(lastDay + 1)]
  const sensor = mergeSeries(
    glucose.map(series => between(series, from, to)),
    preferredDevices,
  )
  const classes = classify(sensor, ranges)
  const meterTimes = countedMeterValues(withoutCopies(smbg), sensor).map(value => value.deviceTime)
  return Array.from({ length: STRIP_DAYS }, (_, i) => {
    const day = firstDay + i
    const [start, end] = dayRows(sensor.time, day)
    const [meterStart, meterEnd] = dayRows(meterTimes, day)
    return {
      day,
      ...(end > start ? { sensor: rangeShares(sensor, classes, start, end) } : {}),
      sensorCount: end - start,
      meterCount: meterEnd - meterStart,
    }
  })
}

/** First row of a day and the row after its last, in ascending `times`. */
export function dayRows(times: ArrayLike<number>, day: DeviceDay): [number, number] {
  return [indexAt(times, startOfDeviceDay(day)), indexAt(times, startOfDeviceDay(day + 1))]
}

/** First and last day with data of any kind; nothing when there is none. */
export function dataDays({
  sensor,
  records,
}: Pick<Material, 'sensor' | 'records'>): [DeviceDay, DeviceDay] | undefined {
  const firsts = [sensor.time[0], records[0]?.deviceTime].filter(time => time !== undefined)
  const lasts = [sensor.time.at(-1), records.at(-1)?.deviceTime].filter(time => time !== undefined)
  if (firsts.length === 0) return undefined
  // Both are device times.
  return [deviceDayOf(Math.min(...firsts) as DeviceTime), deviceDayOf(Math.max(...lasts) as DeviceTime)]
}

/** Each pump by itself: two pumps' logs say nothing about each other. */
function basalOfEachPump(
  input: ReportInput,
  records: readonly Stored<TherapyRecord>[],
  from: DeviceTime,
  to: DeviceTime,
): BasalSegment[][] {
  const logs = new Map<string, DeviceLog>()
  const logOf = (sourceKey: string): DeviceLog => {
    const device = deviceOf(sourceKey)
    const log = logs.get(device) ?? { records: [], hasBasal: false, lastSign: 0 }
    logs.set(device, log)
    return log
  }
  let sourceKey = ''
  let log = logOf(sourceKey)
  for (const record of records) {
    if (record.sourceKey !== sourceKey) {
      sourceKey = record.sourceKey
      log = logOf(sourceKey)
    }
    log.records.push(record)
    log.hasBasal ||= basalTypes.has(record.type)
    log.lastSign = record.deviceTime
  }
  for (const { time, sources } of input.glucose) {
    const sensorLog = logOf(sources[0] ?? '')
    sensorLog.lastSign = Math.max(sensorLog.lastSign, time.at(-1) ?? 0)
  }
  const pumps = [...logs.values()].filter(each => each.hasBasal)
  const newest = Math.max(...pumps.map(pump => pump.lastSign))
  return pumps.map(pump => {
    // The input ends with the period. When the next day holds data too, the pump in use went on; else nobody knows.
    const goesOn = pump.lastSign === newest && input.nextDay === input.period.lastDay + 1
    // The earlier of two device times.
    return deriveBasal(pump.records, from, goesOn ? to : (Math.min(to, pump.lastSign) as DeviceTime))
  })
}

interface DeviceLog {
  readonly records: Stored<TherapyRecord>[]
  hasBasal: boolean
  lastSign: number
}

/** Kinds that make a device's log worth deriving from. */
const basalTypes: ReadonlySet<TherapyRecord['type']> = new Set(['basalRate', 'tempBasal', 'autoBasalDose', 'suspend'])

function deviceNamesOf(
  names: Readonly<Record<string, string>>,
  sensor: GlucoseSeries,
  records: readonly Stored<TherapyRecord>[],
): string[] {
  const sourceKeys = new Set<string>()
  for (const { sourceKey } of records) sourceKeys.add(sourceKey)
  sensor.sources.forEach((sourceKey, index) => {
    if (sensor.source.includes(index)) sourceKeys.add(sourceKey)
  })
  // By source or by device, whichever the store has named.
  const found = [...sourceKeys].map(key => names[key] ?? names[deviceOf(key)])
  return [...new Set(found.filter(name => name !== undefined))].sort((a, b) => a.localeCompare(b, 'en'))
}
