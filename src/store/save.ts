/**
 * Saves one read of a device or one imported file: either all of it is there afterwards, or nothing.
 * The artifact is kept before, by `artifacts.ts`. Source: architecture page §9.
 */
import type { DeviceKey } from '#records/identity.ts'
import type { ChunkKind, DeviceIdentity } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import type { KeptArtifact } from './artifacts.ts'
import { guarded } from './asStoreError.ts'
import type { Batch, SourceBatch } from './collect.ts'
import type { Database } from './db.ts'
import { type Added, mergeIntoStore } from './mergeChunks.ts'
import { replaceChunks, summarise } from './redecode.ts'
import {
  type Chunk,
  chunkKeyOf,
  type DeviceRow,
  type DraftRow,
  type KindTally,
  type ReadDevice,
  type ReadRow,
  type SourceKey,
  type SourceSummary,
} from './rows.ts'

const REPORTED_SKIPPED = 100

export interface ReadInfo {
  readonly readId: string
  readonly how: ReadRow['how']
  readonly at: number
  readonly title: string
  readonly result: ReadRow['result']
  readonly durationMs: number
  readonly endedBy?: NonNullable<ReadRow['endedBy']>
  /** Only where the device told its time. */
  readonly clock?: NonNullable<DraftRow['clock']>
  /** Model of the driver that read it. */
  readonly modelId?: string
}

/**
 * Merges the batch into the store, notes the read and drops its draft, in one transaction.
 * Throws StoreError `storage-full`, `storage-gone`; nothing has changed then.
 */
export function saveRead(db: Database, artifact: KeptArtifact, batch: Batch, info: ReadInfo): Promise<ReadRow> {
  const tables = [
    db.chunks,
    db.artifacts,
    db.artifactBytes,
    db.devices,
    db.reads,
    db.skipped,
    db.observations,
    db.drafts,
  ]
  return guarded(() =>
    db.transaction('rw', tables, async () => {
      const before = await db.artifacts.get(artifact.row.id)
      const chunks = batch.sources.flatMap(source => source.chunks)
      const snapshots = await snapshotsIn(db, chunks)
      const added = await mergeIntoStore(db, chunks)
      // What another decoder made of the very same bytes goes, as when they are decoded again.
      const isOther = before && before.decoder.version > 0 && before.decoder.version !== batch.decoderVersion
      if (isOther) await replaceChunks(db, before, chunks)
      await keepArtifact(db, artifact, batch)
      for (const source of batch.sources) await noteDevice(db, source, added, artifact.row.simulated, info)
      if (isOther) await summarise(db, [...before.sources, ...batch.sources.map(({ source }) => source)])
      const read = readRowOf(artifact, batch, added, snapshots, info)
      await db.reads.put(read)
      await db.drafts.delete(read.readId)
      await db.skipped.put(batch.skipped)
      if (info.clock) {
        const { differenceMs: _, ...observation } = info.clock
        await db.observations.bulkPut(read.deviceKeys.map(deviceKey => ({ deviceKey, ...observation })))
      }
      return read
    }),
  )
}

/** Notes what decoded the artifact and where its records went. Puts it back should another tab have dropped it. */
async function keepArtifact(db: Database, { row, blob }: KeptArtifact, batch: Batch): Promise<void> {
  const present = (await db.artifacts.get(row.id)) ?? row
  const { again: _, ...rest } = present
  const deviceKeys = new Set(batch.sources.map(source => source.deviceKey))
  await db.artifacts.put({
    ...rest,
    decoder: { id: row.decoder.id, version: batch.decoderVersion },
    sources: [...new Set([...present.sources, ...batch.sources.map(source => source.source)])].sort(),
    // Reading or importing again is how a person takes a deletion back.
    forgotten: present.forgotten.filter(key => !deviceKeys.has(key)),
  })
  if ((await db.artifactBytes.where('id').equals(row.id).count()) === 0)
    await db.artifactBytes.put({ id: row.id, blob })
}

async function noteDevice(db: Database, batch: SourceBatch, added: Added, simulated: boolean, info: ReadInfo) {
  const before = await db.devices.get(batch.deviceKey)
  const newer = !before || info.at >= before.lastReadAt
  const modelId = info.modelId ?? before?.modelId
  const clockDifferenceMs = newer && info.clock ? info.clock.differenceMs : before?.clockDifferenceMs
  await db.devices.put({
    deviceKey: batch.deviceKey,
    device: identityOf(before, batch.device, info),
    simulated: simulated && (before?.simulated ?? true),
    lastReadAt: newer ? info.at : before.lastReadAt,
    lastReadHow: newer ? info.how : before.lastReadHow,
    sources: {
      ...before?.sources,
      [batch.source]: grown(before?.sources[batch.source], batch, added.get(batch.source) ?? {}),
    },
    ...(modelId === undefined ? {} : { modelId }),
    ...(clockDifferenceMs === undefined ? {} : { clockDifferenceMs }),
  })
}

/** A device's own word about itself is worth more than a file's. */
function identityOf(before: DeviceRow | undefined, now: DeviceIdentity, info: ReadInfo): DeviceIdentity {
  if (!before) return now
  const fromDevice = info.how !== 'file' || before.lastReadHow === 'file'
  return fromDevice ? { ...before.device, ...now } : { ...now, ...before.device }
}

function grown(before: SourceSummary | undefined, batch: SourceBatch, added: Partial<Record<ChunkKind, number>>) {
  const counts: Partial<Record<ChunkKind, number>> = { ...before?.counts }
  // Object.entries widens the keys of `added`.
  for (const [kind, more] of Object.entries(added)) counts[kind as ChunkKind] = (counts[kind as ChunkKind] ?? 0) + more
  return { counts, ...span([before?.oldest, batch.from], [before?.newest, batch.to]) }
}

/** Earliest and latest of the times that are known. */
export function span(
  from: readonly (DeviceTime | undefined)[],
  to: readonly (DeviceTime | undefined)[],
): { readonly oldest?: DeviceTime; readonly newest?: DeviceTime } {
  const oldest = from.filter(time => time !== undefined).sort((a, b) => a - b)[0]
  const newest = to.filter(time => time !== undefined).sort((a, b) => b - a)[0]
  return { ...(oldest === undefined ? {} : { oldest }), ...(newest === undefined ? {} : { newest }) }
}

/**
 * How many of the records only tell how a device that was read is set at that moment. They are new with every read, so
 * they are no result of it. `added`: those that the store does not have yet; to be asked before they are merged in.
 */
async function snapshotsIn(db: Database, chunks: readonly Chunk[]): Promise<ReadonlyMap<SourceKey, KindTally>> {
  const snapshots = new Map<SourceKey, KindTally>()
  for (const chunk of chunks) {
    if (chunk.kind !== 'event' || !isRead(chunk.source)) continue
    const told = chunk.records.filter(record => record.type === 'setting' && record.change === 'current')
    if (told.length === 0) continue
    const before = await db.chunks.get(chunkKeyOf(chunk))
    const known = new Set(before?.kind === 'event' ? before.records.map(({ id }) => id) : [])
    const { found, added } = snapshots.get(chunk.source) ?? { found: 0, added: 0 }
    const fresh = told.filter(({ id }) => !known.has(id)).length
    snapshots.set(chunk.source, { found: found + told.length, added: added + fresh })
  }
  return snapshots
}

/** Settings in a file stand where the device wrote them, and are not new when the file comes again. */
const isRead = (source: SourceKey): boolean => source.endsWith(':read')

type Snapshots = Awaited<ReturnType<typeof snapshotsIn>>

function readRowOf(artifact: KeptArtifact, batch: Batch, added: Added, snapshots: Snapshots, info: ReadInfo): ReadRow {
  const { clock, modelId: _, ...about } = info
  return {
    ...about,
    artifactId: artifact.row.id,
    known: artifact.known,
    devices: batch.sources.map(source => readDeviceOf(source, added, snapshots.get(source.source))),
    deviceKeys: batch.sources.map((source): DeviceKey => source.deviceKey),
    skippedCount: batch.skipped.count,
    skipped: batch.skipped.first.slice(0, REPORTED_SKIPPED),
    warnings: batch.warnings,
    ...(clock ? { clockDifferenceMs: clock.differenceMs } : {}),
  }
}

function readDeviceOf(source: SourceBatch, added: Added, snapshot: KindTally = { found: 0, added: 0 }): ReadDevice {
  const tally: Partial<Record<ChunkKind, KindTally>> = {}
  for (const [name, all] of Object.entries(source.found)) {
    // Object.entries widens the keys of `found`.
    const kind = name as ChunkKind
    const counts = { found: all, added: added.get(source.source)?.[kind] ?? 0 }
    const results =
      kind === 'event' ? { found: counts.found - snapshot.found, added: counts.added - snapshot.added } : counts
    if (results.found > 0) tally[kind] = results
  }
  return {
    deviceKey: source.deviceKey,
    device: source.device,
    tally,
    ...(snapshot.found > 0 ? { settings: snapshot.found } : {}),
    ...(source.from === undefined ? {} : { from: source.from }),
    ...(source.to === undefined ? {} : { to: source.to }),
  }
}
