/**
 * Replaces what one artifact gave: by what a newer decoder makes of it, or by nothing. Records that only it gave and
 * that no longer come are gone; records that other artifacts give too come back from those, which are marked to be
 * merged in again (`again`). Sources: decision 5, data-model sheet §6 checks 4 and 5.
 */
import type { ChunkKind } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import { guarded } from './asStoreError.ts'
import { type Batch, firstTime, lastTime } from './collect.ts'
import type { Database } from './db.ts'
import { withoutArtifact as withoutFacts } from './factChunk.ts'
import { withoutArtifact as withoutGlucose } from './glucoseChunk.ts'
import { merge, mergeIntoStore } from './mergeChunks.ts'
import {
  type ArtifactRow,
  type Chunk,
  chunkKeyOf,
  deviceKeyOfSource,
  rowCount,
  type SourceKey,
  type SourceSummary,
} from './rows.ts'

/**
 * Puts the batch in the place of what its artifact gave before. Devices that the person deleted stay out.
 * One transaction; throws StoreError.
 */
export function replaceRecords(db: Database, batch: Batch): Promise<void> {
  return guarded(() =>
    db.transaction('rw', [db.chunks, db.artifacts, db.devices, db.skipped], async () => {
      const artifact = await db.artifacts.get(batch.artifactId)
      if (!artifact) return
      const wanted = batch.sources.filter(source => !artifact.forgotten.includes(source.deviceKey))
      const sources = [...new Set([...artifact.sources, ...wanted.map(source => source.source)])].sort()
      await replaceChunks(
        db,
        artifact,
        wanted.flatMap(source => source.chunks),
      )
      const { again: _, ...rest } = artifact
      const decoder = { id: artifact.decoder.id, version: batch.decoderVersion }
      await db.artifacts.put({ ...rest, decoder, sources })
      await db.skipped.put(batch.skipped)
      await addMissingDevices(db, batch, artifact)
      await summarise(db, sources)
    }),
  )
}

/**
 * Removes an artifact, its reads, and the records that only it gave. What others gave too is missing until those are
 * decoded again (`again`).
 */
export function deleteArtifact(db: Database, id: string): Promise<void> {
  const tables = [db.chunks, db.artifacts, db.artifactBytes, db.devices, db.reads, db.skipped]
  return guarded(() =>
    db.transaction('rw', tables, async () => {
      const artifact = await db.artifacts.get(id)
      if (!artifact) return
      await replaceChunks(db, artifact, [])
      await db.artifacts.delete(id)
      await db.artifactBytes.delete(id)
      await db.skipped.delete(id)
      await db.reads.where('artifactId').equals(id).delete()
      await summarise(db, artifact.sources)
    }),
  )
}

/** Takes out what an artifact gave and puts `fresh` in its place. Inside the caller's transaction. */
export async function replaceChunks(db: Database, artifact: ArtifactRow, fresh: readonly Chunk[]): Promise<void> {
  const before = await db.chunks
    .where('source')
    .anyOf([...artifact.sources])
    .toArray()
  const changed = before.map(chunk => ({ chunk, rest: without(chunk, artifact.id) })).filter(c => c.rest !== c.chunk)
  await db.chunks.bulkPut(changed.map(({ rest }) => rest))
  await mergeIntoStore(db, fresh)
  const after = await db.chunks.bulkGet(changed.map(({ chunk }) => chunkKeyOf(chunk)))
  const hasLost = changed.some(({ chunk }, i) => {
    const now = after[i]
    return !now || rowCount(merge(now, chunk)) > rowCount(now)
  })
  if (hasLost) await markOthers(db, artifact)
  const empty = after.filter(chunk => chunk !== undefined).filter(chunk => rowCount(chunk) === 0)
  await db.chunks.bulkDelete(empty.map(chunkKeyOf))
}

function without(chunk: Chunk, artifactId: string): Chunk {
  return chunk.kind === 'cbg' ? withoutGlucose(chunk, artifactId) : withoutFacts(chunk, artifactId)
}

async function markOthers(db: Database, artifact: ArtifactRow): Promise<void> {
  const others = await db.artifacts
    .where('sources')
    .anyOf([...artifact.sources])
    .distinct()
    .toArray()
  await db.artifacts.bulkPut(
    others.filter(other => other.id !== artifact.id).map(other => ({ ...other, again: true as const })),
  )
}

/** A newer decoder may find a device in a file that the older one did not see. */
async function addMissingDevices(db: Database, batch: Batch, artifact: ArtifactRow): Promise<void> {
  for (const { deviceKey, device } of batch.sources) {
    if (artifact.forgotten.includes(deviceKey) || (await db.devices.get(deviceKey))) continue
    await db.devices.put({
      deviceKey,
      device,
      simulated: artifact.simulated,
      lastReadAt: artifact.receivedAt,
      lastReadHow: artifact.kind === 'file' ? 'file' : artifact.simulated ? 'simulated' : 'device',
      sources: {},
    })
  }
}

/** Counts and spans of the sources, from their chunks. Inside the caller's transaction. */
export async function summarise(db: Database, sources: readonly SourceKey[]): Promise<void> {
  for (const source of sources) {
    const device = await db.devices.get(deviceKeyOfSource(source))
    if (!device) continue
    const chunks = await db.chunks.where('source').equals(source).toArray()
    await db.devices.put({ ...device, sources: { ...device.sources, [source]: summaryOf(chunks) } })
  }
}

function summaryOf(chunks: readonly Chunk[]): SourceSummary {
  const counts: Partial<Record<ChunkKind, number>> = {}
  let [oldest, newest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const chunk of chunks) {
    counts[chunk.kind] = (counts[chunk.kind] ?? 0) + rowCount(chunk)
    oldest = Math.min(oldest, firstTime(chunk))
    newest = Math.max(newest, lastTime(chunk))
  }
  // Times of records, so DeviceTime.
  return oldest <= newest ? { counts, oldest: oldest as DeviceTime, newest: newest as DeviceTime } : { counts }
}
