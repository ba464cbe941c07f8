/**
 * The union of new day chunks with those in the store. Runs inside the caller's transaction, which makes it safe
 * against other tabs: the browser lets one writer at the chunks at a time.
 */
import type { ChunkKind } from '#records/records.ts'
import type { Database } from './db.ts'
import { mergeFacts } from './factChunk.ts'
import { mergeGlucose } from './glucoseChunk.ts'
import { type Chunk, chunkKeyOf, rowCount, type SourceKey } from './rows.ts'

/** How many records of a kind a source has more than before. */
export type Added = Map<SourceKey, Partial<Record<ChunkKind, number>>>

/** Chunks on their way to the database at once: each waits as a copy of its own until the browser has taken it. */
const GROUP = 100

/** Merges and writes what has changed. */
export async function mergeIntoStore(db: Database, chunks: readonly Chunk[]): Promise<Added> {
  const added: Added = new Map()
  for (let first = 0; first < chunks.length; first += GROUP) {
    await mergeGroup(db, chunks.slice(first, first + GROUP), added)
  }
  return added
}

async function mergeGroup(db: Database, chunks: readonly Chunk[], added: Added): Promise<void> {
  const known = await db.chunks.bulkGet(chunks.map(chunkKeyOf))
  const changed: Chunk[] = []
  chunks.forEach((chunk, i) => {
    const before = known[i]
    const after = before ? merge(before, chunk) : chunk
    if (after === before) return
    changed.push(after)
    const counts = added.get(chunk.source) ?? {}
    counts[chunk.kind] = (counts[chunk.kind] ?? 0) + rowCount(after) - (before ? rowCount(before) : 0)
    added.set(chunk.source, counts)
  })
  await db.chunks.bulkPut(changed)
}

/** Both copies of one day of one source and kind; `a` itself when `b` adds nothing. */
export function merge(a: Chunk, b: Chunk): Chunk {
  if (a.kind === 'cbg' && b.kind === 'cbg') return mergeGlucose(a, b)
  if (a.kind !== 'cbg' && b.kind !== 'cbg') return mergeFacts(a, b)
  throw new TypeError(`Cannot merge ${a.kind} with ${b.kind}`)
}
