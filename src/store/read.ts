/**
 * Reads what reports are made of: glucose as series, everything else as records, and which days hold data.
 * A period is whole device days, both ends included.
 */
import Dexie from 'dexie'
import type { ChunkKind, TherapyRecord } from '#records/records.ts'
import { GlucoseFlag, type GlucoseSeries } from '#records/series.ts'
import type { DeviceDay } from '#records/time.ts'
import { mgdlFrom } from '#records/units.ts'
import { guarded } from './asStoreError.ts'
import type { Database } from './db.ts'
import {
  type ArtifactRow,
  type Chunk,
  type DeviceRow,
  type FactKind,
  type GlucoseChunk,
  type ReadRow,
  type SourceKey,
  sourceKeyOf,
} from './rows.ts'

export interface DayRange {
  readonly firstDay: DeviceDay
  readonly lastDay: DeviceDay
}

/** A record as `reports/models.ts` `Stored` has it; the identity text is not kept, its id is. */
export type StoredRecord = TherapyRecord & {
  readonly id: string
  readonly sourceKey: SourceKey
  readonly artifactId: string
}

/** All sensors that the app knows give a value every five minutes. */
const CBG_INTERVAL_MS = 300_000

export const allKinds: readonly ChunkKind[] = ['cbg', 'smbg', 'bolus', 'basal', 'event']

/** All chunks of one kind in a period, by day. */
export function readChunks(db: Database, kind: ChunkKind, { firstDay, lastDay }: DayRange) {
  return guarded(() => db.chunks.where('[kind+day]').between([kind, firstDay], [kind, lastDay], true, true).toArray())
}

/** All chunks of some kinds from some sources in a period, by source and day. */
export async function chunksOfSources(
  db: Database,
  sources: readonly SourceKey[],
  kinds: readonly ChunkKind[],
  period: DayRange,
): Promise<Chunk[]> {
  return guarded(async () =>
    (await Promise.all(rangesOf(db, sources, kinds, period).map(range => range.toArray()))).flat(),
  )
}

/** Days on which some sources have data of some kinds, ascending. Reads keys only. */
export async function daysOfSources(
  db: Database,
  sources: readonly SourceKey[],
  kinds: readonly ChunkKind[],
  period: DayRange,
): Promise<DeviceDay[]> {
  const ranges = rangesOf(db, sources, kinds, period)
  const keys = await guarded(async () => (await Promise.all(ranges.map(range => range.primaryKeys()))).flat())
  return [...new Set(keys.map(([, , day]) => day))].sort((a, b) => a - b)
}

const rangesOf = (
  db: Database,
  sources: readonly SourceKey[],
  kinds: readonly ChunkKind[],
  { firstDay, lastDay }: DayRange,
) =>
  sources.flatMap(source =>
    kinds.map(kind =>
      db.chunks.where('[source+kind+day]').between([source, kind, firstDay], [source, kind, lastDay], true, true),
    ),
  )

/** Sensor glucose of a period, one series per source, each ascending in time. */
export async function readGlucose(db: Database, period: DayRange): Promise<GlucoseSeries[]> {
  const bySource = new Map<SourceKey, GlucoseChunk[]>()
  for (const chunk of await readChunks(db, 'cbg', period)) {
    if (chunk.kind !== 'cbg') continue
    const chunks = bySource.get(chunk.source)
    if (chunks) chunks.push(chunk)
    else bySource.set(chunk.source, [chunk])
  }
  return [...bySource].map(([source, chunks]) => seriesOf(source, chunks))
}

/**
 * Records of a period, sorted by device time, then id. Without `supporting`, which only the way back to the bytes needs
 * (`evidence.ts`): reports hold the records of years.
 */
export async function readRecords(db: Database, kinds: readonly FactKind[], period: DayRange): Promise<StoredRecord[]> {
  const records: StoredRecord[] = []
  const chunks = (await Promise.all(kinds.map(kind => readChunks(db, kind, period)))).flat()
  for (const chunk of chunks) {
    if (chunk.kind === 'cbg') continue
    const { source: sourceKey } = chunk
    for (const { supporting: _, ...fact } of chunk.records) {
      // A StoredFact is a TherapyRecord but for its identity text.
      records.push(Object.assign(fact, { identity: '', sourceKey }) as StoredRecord)
    }
  }
  return records.sort((a, b) => a.deviceTime - b.deviceTime || (a.id < b.id ? -1 : 1))
}

/**
 * Last day with data of any kind. A device whose clock stands in the future must not hide everybody else's last weeks,
 * so days after `today` count only when there are no others.
 */
export async function lastDayWithData(db: Database, today: DeviceDay): Promise<DeviceDay | undefined> {
  return (await nearestDay(db, 'before', today + 1)) ?? (await nearestDay(db, 'before', Number.POSITIVE_INFINITY))
}

/** Nearest days with data before and after a period. */
export async function neighbours(
  db: Database,
  { firstDay, lastDay }: DayRange,
): Promise<{ readonly previousDay?: DeviceDay; readonly nextDay?: DeviceDay }> {
  const previousDay = await nearestDay(db, 'before', firstDay - 1)
  const nextDay = await nearestDay(db, 'after', lastDay + 1)
  return { ...(previousDay === undefined ? {} : { previousDay }), ...(nextDay === undefined ? {} : { nextDay }) }
}

export const allDevices = (db: Database): Promise<readonly DeviceRow[]> => guarded(() => db.devices.toArray())

/** Newest first. */
export const recentReads = (db: Database, limit: number): Promise<readonly ReadRow[]> =>
  guarded(() => db.reads.orderBy('at').reverse().limit(limit).toArray())

/** Newest first. */
export async function readsOfDevice(db: Database, deviceKey: string): Promise<readonly ReadRow[]> {
  const reads = await guarded(() => db.reads.where('deviceKeys').equals(deviceKey).toArray())
  return reads.sort((a, b) => b.at - a.at)
}

/** Downloads of a device by one driver, newest first. */
export async function downloadsOfDevice(
  db: Database,
  deviceKey: string,
  driverId: string,
): Promise<readonly ArtifactRow[]> {
  const rows = await guarded(() => db.artifacts.where('sources').equals(sourceKeyOf(deviceKey, 'read')).toArray())
  return rows
    .filter(({ kind, decoder }) => kind === 'download' && decoder.id === driverId)
    .sort((a, b) => b.receivedAt - a.receivedAt)
}

/** How many reads and imports are noted: another number after each one, in whichever thread it ran. */
export const readCount = (db: Database): Promise<number> => guarded(() => db.reads.count())

/** How much is kept. */
export async function storeCounts(db: Database): Promise<{ readonly artifacts: number; readonly records: number }> {
  const [artifacts, devices] = await guarded(() => Promise.all([db.artifacts.count(), db.devices.toArray()]))
  const counts = devices.flatMap(device => Object.values(device.sources)).flatMap(({ counts }) => Object.values(counts))
  return { artifacts, records: counts.reduce((sum, count) => sum + count, 0) }
}

/** Nearest day with data at or before, at or after `day`. */
async function nearestDay(db: Database, where: 'before' | 'after', day: number): Promise<DeviceDay | undefined> {
  const days = await guarded(() => Promise.all(allKinds.map(kind => nearestDayOfKind(db, kind, where, day))))
  const known = days.filter(found => found !== undefined)
  if (known.length === 0) return undefined
  return where === 'before' ? Math.max(...known) : Math.min(...known)
}

async function nearestDayOfKind(db: Database, kind: ChunkKind, where: 'before' | 'after', day: number) {
  const index = db.chunks.where('[kind+day]')
  const found =
    where === 'before'
      ? index.between([kind, Dexie.minKey], [kind, day], true, true).reverse()
      : index.between([kind, day], [kind, Dexie.maxKey], true, true)
  if (kind === 'event') return (await found.filter(tellsOfTheDay).first())?.day
  // Keys of the index [kind+day].
  const [key] = (await found.limit(1).keys()) as unknown as [ChunkKind, DeviceDay][]
  return key?.[1]
}

/** Settings are dated by the read: a pump that lay in a drawer for weeks has data up to its last day in use. */
const tellsOfTheDay = (chunk: Chunk): boolean =>
  chunk.kind === 'cbg' || chunk.records.some(record => record.type !== 'setting' || record.change === 'changed')

/** The glucose of one source's days as a series; the chunks ascending by day. */
export function seriesOf(source: SourceKey, chunks: readonly GlucoseChunk[]): GlucoseSeries {
  const count = chunks.reduce((sum, chunk) => sum + chunk.time.length, 0)
  const time = new Float64Array(count)
  const steps = new Uint16Array(count)
  const flags = new Uint8Array(count)
  let at = 0
  for (const chunk of chunks) {
    time.set(chunk.time, at)
    steps.set(chunk.steps, at)
    flags.set(chunk.flags, at)
    at += chunk.time.length
  }
  const mgdl = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const native = steps[i] ?? 0
    mgdl[i] = (flags[i] ?? 0) & GlucoseFlag.Mmol ? mgdlFrom(native / 10, 'mmol/L') : native
  }
  const intervalMs = new Uint32Array(count).fill(CBG_INTERVAL_MS)
  return { time, steps, flags, mgdl, intervalMs, source: new Uint8Array(count), sources: [source] }
}
