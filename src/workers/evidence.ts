/**
 * The records behind a number. They are found in what the report itself was made from (`reports/evidence.ts`), so they
 * are exactly those that it counted; only the rows of the page asked for are read from the store.
 */
import { parseDownload } from '#devices/downloadFile.ts'
import type { Preferences } from '#records/preferences.ts'
import { placesBehind } from '#reports/evidence.ts'
import type { ReportInput } from '#reports/models.ts'
import type { Database } from '#store/db.ts'
import { type Evidence, evidenceAtPlaces } from '#store/evidence.ts'
import { readRaw } from '#store/raw.ts'
import { allDevices, readGlucose } from '#store/read.ts'
import { deviceKeyOfSource } from '#store/rows.ts'
import type { EvidenceQuery, EvidenceRow, RawBytes } from './api.ts'

/** More rows than any screen shows. */
const MAX_ROWS = 1_000

/** A page of what stands behind a number; `input` is that of its report, or its glucose alone when no more is asked. */
export async function evidencePage(
  db: Database,
  { offset, limit, ...choice }: EvidenceQuery,
  input: ReportInput,
): Promise<{ readonly total: number; readonly rows: readonly EvidenceRow[] }> {
  const places = placesBehind(input, choice)
  const from = Math.max(0, offset)
  const page = places.slice(from, from + Math.max(0, Math.min(limit, MAX_ROWS)))
  const [rows, devices] = await Promise.all([evidenceAtPlaces(db, page), allDevices(db)])
  const names = new Map(devices.map(({ deviceKey, device }) => [deviceKey, device.model]))
  return { total: places.length, rows: rows.map(row => rowOf(row, names)) }
}

/** True when the glucose of the days says all: what else happened has no say in which sensor values count. */
export const needsOnlyGlucose = ({ kinds }: Pick<EvidenceQuery, 'kinds'>): boolean =>
  kinds.every(kind => kind === 'cbg')

/** The input of a report as far as its sensor values go. */
export const glucoseInput = async (
  db: Database,
  { period, filter }: Pick<EvidenceQuery, 'period' | 'filter'>,
  preferences: Preferences,
): Promise<ReportInput> => ({
  period,
  ...(filter ? { filter } : {}),
  preferences,
  glucose: await readGlucose(db, period),
  records: [],
  basalFrom: period.firstDay,
  deviceNames: {},
})

export const rawBytes = (
  db: Database,
  ref: Pick<EvidenceRow, 'artifactId' | 'page' | 'offset' | 'length'>,
): Promise<RawBytes> =>
  readRaw(db, ref, bytes => parseDownload(bytes)?.pages.map(page => page.bytes)).then(({ name, ...raw }) => ({
    ...raw,
    artifactName: name,
  }))

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
