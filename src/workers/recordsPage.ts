/**
 * The data table's side of the worker: a page of everything stored, with names, and with a mark on what the reports
 * leave out because it is told elsewhere.
 */
import type { Preferences } from '#records/preferences.ts'
import { deviceDayOf } from '#records/time.ts'
import { noFilter, weekdayOf } from '#reports/filter.ts'
import type { Database } from '#store/db.ts'
import type { Evidence } from '#store/evidence.ts'
import { allDevices } from '#store/read.ts'
import { type ListCounts, type ListOptions, listRecords } from '#store/recordList.ts'
import { recordSearch } from '#store/recordSearch.ts'
import { deviceKeyOfSource } from '#store/rows.ts'
import type { RecordsPage, RecordsQuery, RecordsRow } from './api.ts'
import { type Counted, countedIn } from './counted.ts'
import { deviceNamesOf } from './reportInput.ts'

/** More rows than any screen shows. */
const MAX_ROWS = 1_000
/** What is a copy shows within minutes; a meter's values that a sensor's only repeat, by how many there are around. */
const DAYS_AROUND = 7

export interface PageOptions {
  /** False when nobody waits for the answer any more. */
  readonly isWanted: () => boolean
  /** What an earlier page of the same list has counted: turning pages need not count again. */
  readonly known?: ListCounts | undefined
  readonly revision: string
}

/** What the list is made of, without the page and the order: lists with the same key have the same counts. */
export const listKeyOf = ({ period, filter, types, deviceKey, search }: RecordsQuery): string =>
  JSON.stringify([period, filter, types, deviceKey, search])

/** The page asked for; `undefined` when nobody waits for it any more. */
export async function recordsPage(
  db: Database,
  query: RecordsQuery,
  preferences: Preferences,
  { isWanted, known, revision }: PageOptions,
): Promise<{ readonly page: RecordsPage; readonly counts: ListCounts } | undefined> {
  const { filter = noFilter } = query
  const devices = await allDevices(db)
  const deviceNames = deviceNamesOf(devices)
  const off = new Set(filter.devicesOff)
  const options: ListOptions = {
    ...(query.period ? { period: query.period } : {}),
    order: query.order,
    isDay: day => !filter.daysOff.includes(day) && !filter.weekdaysOff.includes(weekdayOf(day)),
    isSource: source => !off.has(deviceKeyOfSource(source)),
    search: recordSearch({
      text: query.search ?? '',
      typeNames: { ...query.typeNames },
      words: { ...query.words },
      deviceNames,
    }),
    types: query.types,
    deviceKey: query.deviceKey,
    offset: Math.max(0, query.offset),
    limit: Math.max(0, Math.min(query.limit, MAX_ROWS)),
    isWanted,
  }
  const list = await listRecords(db, options, known)
  if (!list) return undefined
  const counted = await countedAround(db, query, list.rows, preferences)
  const simulated = new Set(devices.filter(device => device.simulated).map(({ deviceKey }) => deviceKey))
  const { counts } = list
  const page: RecordsPage = {
    revision,
    total: counts.total,
    rows: list.rows.map(row => rowOf(row, { deviceNames, simulated, counted })),
    typeCounts: Object.fromEntries(counts.typeCounts),
    devices: devices
      .filter(({ deviceKey }) => !off.has(deviceKey))
      .map(device => ({
        deviceKey: device.deviceKey,
        name: deviceNames[device.deviceKey] ?? '',
        simulated: device.simulated,
        count: counts.deviceCounts.get(device.deviceKey) ?? 0,
      })),
  }
  return { page, counts }
}

/** What reports count around the days of these rows. */
async function countedAround(
  db: Database,
  { filter }: RecordsQuery,
  rows: readonly Evidence[],
  preferences: Preferences,
): Promise<Counted | undefined> {
  const days = rows.map(({ record }) => deviceDayOf(record.deviceTime))
  const [first, last] = [days.at(0), days.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const around = { firstDay: Math.min(first, last) - DAYS_AROUND, lastDay: Math.max(first, last) + DAYS_AROUND }
  return countedIn(db, around, preferences, filter)
}

interface About {
  readonly deviceNames: Readonly<Record<string, string>>
  readonly simulated: ReadonlySet<string>
  readonly counted: Counted | undefined
}

function rowOf({ id, source, artifactId, record }: Evidence, { deviceNames, simulated, counted }: About): RecordsRow {
  const { type, deviceTime, raw, ...fields } = record
  const deviceKey = deviceKeyOfSource(source)
  const isCounted =
    type === 'cbg'
      ? counted?.hasGlucose(source, deviceTime)
      : counted?.hasFact(source, id) || fields['controlSolution'] === true
  return {
    id,
    deviceKey,
    deviceName: deviceNames[source] ?? deviceNames[deviceKey] ?? '',
    deviceTime,
    type,
    fields,
    artifactId,
    page: raw.page,
    offset: raw.offset,
    length: raw.length,
    simulated: simulated.has(deviceKey),
    repeated: isCounted === false,
  }
}
