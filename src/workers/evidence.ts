/**
 * The records behind a number. With a range asked for these are exactly the values that the reports counted: what a
 * second source repeats is left out here as it is there.
 */
import { parseDownload } from '#devices/downloadFile.ts'
import { countedMeterValues, mergeSeries, withoutCopies } from '#stats/dedupe.ts'
import { classifier, rangeNames } from '#stats/ranges.ts'
import type { Preferences } from '#records/preferences.ts'
import { DAY_MS } from '#records/time.ts'
import { daysOf, type ReportFilter } from '#reports/filter.ts'
import type { Period } from '#reports/models.ts'
import type { Database } from '#store/db.ts'
import { type Evidence, type EvidenceValue, readEvidence } from '#store/evidence.ts'
import { readRaw } from '#store/raw.ts'
import { allDevices, readGlucose, readRecords } from '#store/read.ts'
import { deviceKeyOfSource } from '#store/rows.ts'
import type { EvidenceQuery, EvidenceRow, RawBytes } from './api.ts'

/** More rows than any screen shows. */
const MAX_ROWS = 1_000

export async function evidencePage(
  db: Database,
  { kinds, period, filter, range, types, offset, limit }: EvidenceQuery,
  preferences: Preferences,
): Promise<{ readonly total: number; readonly rows: readonly EvidenceRow[] }> {
  const isInReport = filter ? lookedAt(period, filter) : undefined
  const isCounted = range === undefined ? undefined : await countedIn(db, { period, range, filter }, preferences)
  const isWanted =
    isInReport || isCounted
      ? (value: EvidenceValue) => (isInReport?.(value) ?? true) && (isCounted?.(value) ?? true)
      : undefined
  const { total, rows } = await readEvidence(db, {
    kinds,
    period,
    offset: Math.max(0, offset),
    limit: Math.max(0, Math.min(limit, MAX_ROWS)),
    ...(types ? { types } : {}),
    ...(isWanted ? { isWanted } : {}),
  })
  const names = new Map((await allDevices(db)).map(({ deviceKey, device }) => [deviceKey, device.model]))
  return { total, rows: rows.map(row => rowOf(row, names)) }
}

export const rawBytes = (
  db: Database,
  ref: Pick<EvidenceRow, 'artifactId' | 'page' | 'offset' | 'length'>,
): Promise<RawBytes> =>
  readRaw(db, ref, bytes => parseDownload(bytes)?.pages.map(page => page.bytes)).then(({ name, ...raw }) => ({
    ...raw,
    artifactName: name,
  }))

/** True for what a report with this filter looks at. */
function lookedAt(period: Period, filter: ReportFilter): (value: EvidenceValue) => boolean {
  const days = new Set(daysOf(period, filter))
  const devicesOff = new Set(filter.devicesOff)
  return ({ source, time }) => days.has(Math.floor(time / DAY_MS)) && !devicesOff.has(deviceKeyOfSource(source))
}

/** True for the values of a class that the reports count. */
async function countedIn(
  db: Database,
  { period, range, filter }: Required<Pick<EvidenceQuery, 'period' | 'range'>> & { filter: ReportFilter | undefined },
  preferences: Preferences,
): Promise<(value: EvidenceValue) => boolean> {
  // What is left out of the report hides nothing of what is in it.
  const off = new Set(filter?.devicesOff)
  const isOn = (source: string) => !off.has(deviceKeyOfSource(source))
  const glucose = (await readGlucose(db, period)).filter(({ sources }) => isOn(sources[0] ?? ''))
  const sensor = mergeSeries(glucose, preferences.preferredDevices)
  const counted = new Set(Array.from(sensor.time, (time, i) => `${sensor.sources[sensor.source[i] ?? 0]} ${time}`))
  const records = withoutCopies((await readRecords(db, ['smbg'], period)).filter(({ sourceKey }) => isOn(sourceKey)))
  const meter = countedMeterValues(
    records.filter(record => record.type === 'smbg'),
    sensor,
  )
  const meterIds = new Set(meter.map(record => record.id))
  const classOf = classifier(preferences.ranges)
  const wanted = rangeNames.indexOf(range)
  return ({ source, time, steps, isMmol, id }) =>
    classOf(steps, isMmol) === wanted && (id === undefined ? counted.has(`${source} ${time}`) : meterIds.has(id))
}

function rowOf({ id, source, artifactId, record }: Evidence, names: ReadonlyMap<string, string>): EvidenceRow {
  const { type, deviceTime, raw, ...fields } = record
  return {
    id,
    deviceName: names.get(deviceKeyOfSource(source)) ?? '',
    deviceTime,
    type,
    fields,
    artifactId,
    page: raw.page,
    offset: raw.offset,
    length: raw.length,
  }
}
