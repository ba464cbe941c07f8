/**
 * Raw bytes as they came: kept before anything is understood of them, once per content (decision 5).
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { hexFromBytes } from '#bytes/hex.ts'
import { guarded } from './asStoreError.ts'
import { breathing } from './breathing.ts'
import type { Database } from './db.ts'
import { StoreError } from './errors.ts'
import type { ArtifactRow } from './rows.ts'

export interface NewArtifact {
  readonly name: string
  readonly kind: ArtifactRow['kind']
  readonly mediaType: string
  /** ms UTC. */
  readonly receivedAt: number
  /** Folder of the driver or importer that understands it. */
  readonly decoderId: string
  readonly simulated: boolean
}

/** An artifact that is in the store, with its bytes at hand. */
export interface KeptArtifact {
  readonly row: ArtifactRow
  readonly blob: Blob
  /** The very same bytes were here before and their records were saved. */
  readonly known: boolean
}

/**
 * SHA-256 of the bytes as 64 hex digits, read in stretches. `onBytes` is called with the bytes done so far and may
 * throw to stop.
 */
export async function contentId(blob: Blob, onBytes: (done: number) => void = () => {}): Promise<string> {
  const hash = sha256.create()
  let done = 0
  for await (const bytes of breathing(blob.stream())) {
    hash.update(bytes)
    done += bytes.length
    onBytes(done)
  }
  return hexFromBytes(hash.digest())
}

/** Keeps bytes in a transaction of their own. Throws StoreError `storage-full`, and what reading the blob throws. */
export async function putArtifact(
  db: Database,
  blob: Blob,
  { decoderId, ...about }: NewArtifact,
  onBytes?: (done: number) => void,
): Promise<KeptArtifact> {
  const id = await contentId(blob, onBytes)
  const fresh: ArtifactRow = {
    ...about,
    id,
    size: blob.size,
    decoder: { id: decoderId, version: 0 },
    sources: [],
    forgotten: [],
  }
  return guarded(() =>
    db.transaction('rw', db.artifacts, db.artifactBytes, async () => {
      const row = await db.artifacts.get(id)
      const kept = await db.artifactBytes.get(id)
      if (row && kept) return { row, blob: kept.blob, known: row.decoder.version > 0 }
      await db.artifacts.put(fresh)
      await db.artifactBytes.put({ id, blob })
      return { row: fresh, blob, known: false }
    }),
  )
}

/** Takes bytes away again of which nothing was ever saved, after a cancelled or failed import. */
export function dropUnusedArtifact(db: Database, id: string): Promise<void> {
  return guarded(() =>
    db.transaction('rw', db.artifacts, db.artifactBytes, async () => {
      const row = await db.artifacts.get(id)
      if (row?.decoder.version !== 0) return
      await db.artifacts.delete(id)
      await db.artifactBytes.delete(id)
    }),
  )
}

/** The kept bytes. Throws StoreError `not-found`. */
export async function readArtifact(db: Database, id: string): Promise<KeptArtifact> {
  const [row, kept] = await guarded(() => Promise.all([db.artifacts.get(id), db.artifactBytes.get(id)]))
  if (!row || !kept) throw new StoreError('not-found', `artifact ${id}`)
  return { row, blob: kept.blob, known: row.decoder.version > 0 }
}

export const allArtifacts = (db: Database): Promise<readonly ArtifactRow[]> => guarded(() => db.artifacts.toArray())
