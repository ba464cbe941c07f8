/**
 * One device-day of records other than sensor glucose: merge and take apart. Pure; no database.
 * The union is by id (sync sheet §3.2); of two copies of one record the better decoded is kept, decided by content so
 * that any order of merging gives the same chunk.
 */
import type { FactChunk, StoredFact } from './rows.ts'

/** Both copies of one day. Gives `a` itself when `b` adds nothing and improves nothing. */
export function mergeFacts(a: FactChunk, b: FactChunk): FactChunk {
  const byId = new Map(a.records.map(record => [record.id, record]))
  let changed = false
  for (const record of b.records) {
    const known = byId.get(record.id)
    if (known && compareCopies(known, record) <= 0) continue
    byId.set(record.id, record)
    changed = true
  }
  return changed ? { ...a, records: inOrder([...byId.values()]) } : a
}

/** The day without the records of one artifact; `chunk` itself when it has none of it. */
export function withoutArtifact(chunk: FactChunk, artifactId: string): FactChunk {
  const records = chunk.records.filter(record => record.artifactId !== artifactId)
  return records.length === chunk.records.length ? chunk : { ...chunk, records }
}

/** Records in the order of a chunk. Sorts in place. */
export const inOrder = (records: StoredFact[]): StoredFact[] =>
  records.sort((a, b) => a.deviceTime - b.deviceTime || compareText(a.id, b.id))

/**
 * Which copy of a record is kept: negative for the first. The newer decoder's, then the one that more bytes support,
 * then the smaller artifact id and place, at last the text: any fixed rule would do.
 */
function compareCopies(a: StoredFact, b: StoredFact): number {
  return (
    b.decoderVersion - a.decoderVersion ||
    (b.supporting?.length ?? 0) - (a.supporting?.length ?? 0) ||
    compareText(a.artifactId, b.artifactId) ||
    a.raw.page - b.raw.page ||
    a.raw.offset - b.raw.offset ||
    compareText(JSON.stringify(a), JSON.stringify(b))
  )
}

const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)
