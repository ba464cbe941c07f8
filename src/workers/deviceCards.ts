/** What the window shows of each device: identity, reads, how much we have, when its memory wraps. */
import { modelById } from '#devices/registry.ts'
import type { ChunkKind } from '#records/records.ts'
import { DAY_MS } from '#records/time.ts'
import type { Database } from '#store/db.ts'
import { allDevices, readRecords, readsOfDevice } from '#store/read.ts'
import { type DeviceRow, sourceKeyOf } from '#store/rows.ts'
import { span } from '#store/save.ts'
import type { DeviceCard } from './api.ts'

/** The pace of the last month foretells when a memory is full. */
const PACE_DAYS = 30

/** All devices, last read first. */
export async function deviceCards(db: Database, nowMs: number): Promise<readonly DeviceCard[]> {
  const rows = [...(await allDevices(db))].sort((a, b) => b.lastReadAt - a.lastReadAt)
  return Promise.all(rows.map(row => deviceCard(db, row, nowMs)))
}

async function deviceCard(db: Database, row: DeviceRow, nowMs: number): Promise<DeviceCard> {
  const summaries = Object.values(row.sources)
  const { oldest, newest } = span(
    summaries.map(summary => summary.oldest),
    summaries.map(summary => summary.newest),
  )
  const counts: Partial<Record<ChunkKind, number>> = {}
  for (const summary of summaries) {
    // Object.entries widens the keys of `counts`.
    for (const [kind, count] of Object.entries(summary.counts)) {
      counts[kind as ChunkKind] = (counts[kind as ChunkKind] ?? 0) + count
    }
  }
  const daysUntilFull = await daysLeft(db, row, nowMs)
  const { deviceKey, device, modelId, simulated, lastReadAt, lastReadHow, clockDifferenceMs } = row
  return {
    deviceKey,
    device,
    simulated,
    lastReadAt,
    lastReadHow,
    counts,
    reads: await readsOfDevice(db, deviceKey),
    ...(modelId === undefined ? {} : { modelId }),
    ...(clockDifferenceMs === undefined ? {} : { clockDifferenceMs }),
    ...(newest === undefined ? {} : { newestRecord: newest }),
    ...(oldest === undefined ? {} : { oldestRecord: oldest }),
    ...(daysUntilFull === undefined ? {} : { daysUntilFull }),
  }
}

/**
 * Whole days until results that nobody has read yet begin to fall out of its memory: the memory's size at the pace of
 * the thirty days before its newest result, less the days since it was read.
 */
async function daysLeft(db: Database, row: DeviceRow, nowMs: number): Promise<number | undefined> {
  const capacity = row.modelId === undefined ? undefined : modelById(row.modelId)?.capacity
  const source = sourceKeyOf(row.deviceKey, 'read')
  const { newest, oldest } = row.sources[source] ?? {}
  if (capacity === undefined || newest === undefined || oldest === undefined) return undefined
  const lastDay = Math.floor(newest / DAY_MS)
  const period = { firstDay: Math.max(lastDay - PACE_DAYS + 1, Math.floor(oldest / DAY_MS)), lastDay }
  const records = await readRecords(db, ['smbg'], period)
  const count = records.filter(record => record.sourceKey === source).length
  const perDay = count / (lastDay - period.firstDay + 1)
  if (perDay === 0) return undefined
  return Math.max(0, Math.floor(capacity / perDay - (nowMs - row.lastReadAt) / DAY_MS))
}
