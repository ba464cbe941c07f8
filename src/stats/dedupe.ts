/**
 * One truth out of several sources: sensor glucose that came by cable and in a file, meter values that a pump and its
 * meter both kept, records of one device found on two ways. Nothing is deleted; copies are left out of a report.
 * Source: metrics sheet §4.
 */
import type { Smbg, TherapyRecord } from '#records/records.ts'
import { GlucoseFlag, type GlucoseSeries, stepsOf } from '#records/series.ts'
import { MINUTE_MS } from '#records/time.ts'
import { mgdlFrom, roundHalfEven } from '#records/units.ts'
import { emptySeries, indexAt } from './slices.ts'

/** A value blocks the time it stands for, less this: sensors are not punctual to the second. */
const SLACK_MS = 10_000
/** Clocks of a pump and a meter may differ by this much and the value still be the same one. */
const LINKED_WITHIN_MS = 5 * MINUTE_MS
/** Rows of one finger-stick lie at most as far apart. */
const SAME_FINGERSTICK_MS = 5 * MINUTE_MS
/** Some sources round to the minute. */
const COPY_WITHIN_MS = MINUTE_MS
const SENSOR_COPY_WITHIN_MS = 500
/** As many equal pairs may be chance. */
const CHANCE_PAIRS = 10

/**
 * One series out of several, ascending, without copies: every value kept blocks the time it stands for. The preferred
 * devices (their keys, the best first) go before all others, what was read from a device before what was found in a
 * file, then the order given decides.
 */
export function mergeSeries(
  seriesList: readonly GlucoseSeries[],
  preferredDevices: readonly string[] = [],
): GlucoseSeries {
  const preferenceOf = ({ sources }: GlucoseSeries) => {
    const index = preferredDevices.indexOf(deviceOf(sources[0] ?? ''))
    return index < 0 ? preferredDevices.length : index
  }
  const byRank = seriesList
    .filter(series => series.time.length > 0)
    .toSorted((a, b) => preferenceOf(a) - preferenceOf(b) || rankOf(a) - rankOf(b))
  return byRank.reduce(filledWith, emptySeries())
}

/** The finger-stick values that count: no control solution, nothing that is there twice, no copies of sensor values. */
export function countedMeterValues<T extends Smbg & { readonly sourceKey: string }>(
  values: readonly T[],
  sensor: GlucoseSeries,
): T[] {
  const real = withoutLinkedTwins(withoutRepeats(values.filter(value => !value.controlSolution)))
  const isSensorCopy = real.map(value => hasSensorTwin(value, sensor))
  const copies = isSensorCopy.filter(Boolean).length
  return copies > CHANCE_PAIRS ? real.filter((_, i) => !isSensorCopy[i]) : real
}

const outOfRangeFlag = (outOfRange: Smbg['outOfRange']): number =>
  outOfRange === 'low' ? GlucoseFlag.Low : outOfRange === 'high' ? GlucoseFlag.High : 0

/** Finger-stick values as a series in which each weighs the same. `values` ascending in time. */
export function meterSeries(values: readonly Smbg[]): GlucoseSeries {
  const count = values.length
  const series = { ...seriesOfLength(count), sources: [] }
  values.forEach(({ deviceTime, value, units, outOfRange }, i) => {
    const steps = stepsOf(value, units, outOfRange)
    series.time[i] = deviceTime
    series.steps[i] = steps
    series.flags[i] = (units === 'mmol/L' ? GlucoseFlag.Mmol : 0) | outOfRangeFlag(outOfRange)
    series.mgdl[i] = mgdlFrom(units === 'mmol/L' ? steps / 10 : steps, units)
    series.intervalMs[i] = 1
  })
  return series
}

/**
 * Leaves out what a device's lesser source repeats: a record of a file when the same device, read by cable, told the
 * same thing within a minute. `records` ascending in time; the order is kept.
 */
export function withoutCopies<T extends TherapyRecord & { readonly sourceKey: string }>(
  records: readonly T[],
): readonly T[] {
  const sourceKeys = new Set<string>()
  for (const { sourceKey } of records) sourceKeys.add(sourceKey)
  const bestSources = bestSourceOfEach(sourceKeys)
  if (bestSources.size === 0) return records
  const keyOf = (record: T) => `${deviceOf(record.sourceKey)} ${said(record)}`
  const told = new Map<string, number[]>()
  for (const record of records) {
    if (bestSources.get(record.sourceKey) !== record.sourceKey) continue
    const moments = told.get(keyOf(record))
    if (moments) moments.push(...momentsOf(record))
    else told.set(keyOf(record), momentsOf(record))
  }
  return records.filter(record => {
    const best = bestSources.get(record.sourceKey)
    if (best === undefined || best === record.sourceKey) return true
    const moments = told.get(keyOf(record)) ?? []
    return !momentsOf(record).some(own => moments.some(moment => Math.abs(moment - own) <= COPY_WITHIN_MS))
  })
}

/** By source key, the best source of the same device; only for devices that have several. */
export function bestSourceOfEach(sourceKeys: ReadonlySet<string>): Map<string, string> {
  const ranked = [...sourceKeys].sort(bySourceRank)
  const best = new Map<string, string>()
  for (const sourceKey of ranked) {
    const siblings = ranked.filter(other => deviceOf(other) === deviceOf(sourceKey))
    if (siblings.length > 1 && siblings[0] !== undefined) best.set(sourceKey, siblings[0])
  }
  return best
}

/** A source's key is its device's, a colon, and the way: `read` by cable, or `file` and the importer. */
export const deviceOf = (sourceKey: string): string => sourceKey.split(':', 1)[0] ?? sourceKey

const rankOfKey = (sourceKey: string): number => (sourceKey.endsWith(':read') ? 0 : 1)
const rankOf = (series: GlucoseSeries): number => rankOfKey(series.sources[0] ?? '')
const bySourceRank = (a: string, b: string): number => rankOfKey(a) - rankOfKey(b) || (a < b ? -1 : 1)

/** A bolus may be dated by its beginning in one source and by its end in the other. */
const momentsOf = (record: TherapyRecord): number[] =>
  record.type === 'bolus' && record.startTime !== undefined
    ? [record.deviceTime, record.startTime]
    : [record.deviceTime]

/** What a record says, in the words that any source of it has. */
function said(record: TherapyRecord): string {
  switch (record.type) {
    case 'cbg':
    case 'smbg':
    case 'calibration':
      return `${record.type} ${record.value} ${record.units}`
    case 'bolus':
      return `bolus ${((record.normalUnits ?? 0) + (record.extendedUnits ?? 0)).toFixed(3)}`
    case 'wizard':
    case 'food':
      return `${record.type} ${record.carbsGrams ?? ''} ${record.carbsExchanges ?? ''}`
    case 'basalRate':
      return `basalRate ${record.rateUnitsPerHour}`
    case 'tempBasal':
      return `tempBasal ${record.durationMs} ${record.percent ?? ''} ${record.rateUnitsPerHour ?? ''}`
    case 'suspend':
      return `suspend ${record.suspended}`
    case 'autoMode':
      return `autoMode ${record.active}`
    case 'autoBasalDose':
    case 'autoInsulinTotal':
      return `${record.type} ${record.units.toFixed(3)}`
    case 'dailyTotal':
      return `dailyTotal ${record.totalUnits.toFixed(3)}`
    case 'prime':
      return `prime ${record.target}`
    case 'rewind':
      return 'rewind'
    case 'alarm':
      return `alarm ${record.rawCode ?? record.name}`
    case 'sensorState':
      return `sensorState ${record.state}`
    case 'timeChange':
      return `timeChange ${record.to}`
    case 'marker':
      return `marker ${record.kind} ${record.text}`
    case 'setting':
    case 'deviceEvent':
      return `${record.type} ${record.name}`
  }
}

/** `preferred`, and of `other` what falls into its holes. */
function filledWith(preferred: GlucoseSeries, other: GlucoseSeries): GlucoseSeries {
  const kept = new Uint32Array(other.time.length)
  let keptCount = 0
  let blockedUntil = Number.NEGATIVE_INFINITY
  let next = 0
  for (let i = 0; i < other.time.length; i++) {
    const time = other.time[i] ?? 0
    while (next < preferred.time.length && (preferred.time[next] ?? 0) <= time) {
      blockedUntil = Math.max(blockedUntil, blockEnd(preferred, next++))
    }
    const own = blockEnd(other, i)
    if (time < blockedUntil || (preferred.time[next] ?? Number.POSITIVE_INFINITY) < own) continue
    kept[keptCount++] = i
    blockedUntil = own
  }
  if (preferred.time.length === 0 && keptCount === other.time.length) return other
  return interleaved(preferred, other, kept.subarray(0, keptCount))
}

/** A value at the same moment is always a copy, however short its time. */
const blockEnd = ({ time, intervalMs }: GlucoseSeries, i: number): number =>
  (time[i] ?? 0) + Math.max(1, (intervalMs[i] ?? 0) - SLACK_MS)

function interleaved(a: GlucoseSeries, b: GlucoseSeries, rowsOfB: Uint32Array): GlucoseSeries {
  const sources = [...new Set([...a.sources, ...b.sources])]
  const merged = { ...seriesOfLength(a.time.length + rowsOfB.length), sources }
  let [fromA, fromB] = [0, 0]
  for (let i = 0; i < merged.time.length; i++) {
    const rowB = rowsOfB[fromB] ?? -1
    const timeA = a.time[fromA] ?? Number.POSITIVE_INFINITY
    const takesA = timeA <= (b.time[rowB] ?? Number.POSITIVE_INFINITY)
    const [series, row] = takesA ? [a, fromA++] : [b, rowB]
    if (!takesA) fromB++
    merged.time[i] = series.time[row] ?? 0
    merged.steps[i] = series.steps[row] ?? 0
    merged.flags[i] = series.flags[row] ?? 0
    merged.mgdl[i] = series.mgdl[row] ?? 0
    merged.intervalMs[i] = series.intervalMs[row] ?? 0
    merged.source[i] = sources.indexOf(series.sources[series.source[row] ?? 0] ?? '')
  }
  return merged
}

const seriesOfLength = (count: number) => ({
  time: new Float64Array(count),
  steps: new Uint16Array(count),
  flags: new Uint8Array(count),
  mgdl: new Float64Array(count),
  intervalMs: new Uint32Array(count),
  source: new Uint8Array(count),
})

/**
 * A file tells a pump's finger-stick in several rows (CareLink sheet §6); one that is cut between them names the value by
 * another row than the whole file does. So of equal values of a pump's file at most five minutes apart the first counts.
 */
function withoutRepeats<T extends Smbg & { readonly sourceKey: string }>(values: readonly T[]): T[] {
  const lastAt = new Map<string, number>()
  return values.filter(value => {
    if (value.subType === 'meter' || rankOfKey(value.sourceKey) === 0) return true
    const key = `${value.sourceKey} ${said(value)} ${value.outOfRange ?? ''}`
    const before = lastAt.get(key) ?? Number.NEGATIVE_INFINITY
    lastAt.set(key, value.deviceTime)
    return value.deviceTime - before > SAME_FINGERSTICK_MS
  })
}

/** Drops the pump's link of each value that a meter itself gave; each meter value stands for one link at most. */
function withoutLinkedTwins<T extends Smbg>(values: readonly T[]): T[] {
  const fromMeters = values.filter(value => value.subType === 'meter')
  if (fromMeters.length === 0) return [...values]
  const times = fromMeters.map(value => value.deviceTime)
  const taken = new Set<T>()
  return values.filter(value => {
    if (value.subType !== 'linked') return true
    let twin: T | undefined
    for (let i = indexAt(times, value.deviceTime - LINKED_WITHIN_MS); i < fromMeters.length; i++) {
      const candidate = fromMeters[i]
      if (!candidate || candidate.deviceTime > value.deviceTime + LINKED_WITHIN_MS) break
      if (taken.has(candidate) || !isSameValue(value, candidate)) continue
      if (!twin || distance(value, candidate) < distance(value, twin)) twin = candidate
    }
    if (twin) taken.add(twin)
    return !twin
  })
}

const distance = (a: Smbg, b: Smbg): number => Math.abs(a.deviceTime - b.deviceTime)

/** Equal in the coarser of the two units: a meter in mmol/L and a pump in mg/dL keep the same value differently. */
function isSameValue(a: Smbg, b: Smbg): boolean {
  if (a.outOfRange !== b.outOfRange) return false
  if (a.units === b.units) return a.value === b.value
  const tenths = ({ value, units }: Smbg) =>
    units === 'mmol/L' ? Math.round(value * 10) : roundHalfEven(value / mgdlFrom(0.1, 'mmol/L'))
  return tenths(a) === tenths(b)
}

function hasSensorTwin({ deviceTime, value, units, outOfRange }: Smbg, sensor: GlucoseSeries): boolean {
  const steps = stepsOf(value, units, outOfRange)
  for (let i = indexAt(sensor.time, deviceTime - SENSOR_COPY_WITHIN_MS); i < sensor.time.length; i++) {
    if ((sensor.time[i] ?? 0) > deviceTime + SENSOR_COPY_WITHIN_MS) return false
    const isMmol = ((sensor.flags[i] ?? 0) & GlucoseFlag.Mmol) !== 0
    if (sensor.steps[i] === steps && isMmol === (units === 'mmol/L')) return true
  }
  return false
}
