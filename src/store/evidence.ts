/**
 * Records by their places, for the evidence behind a number and for lists. Glucose stays in its columns; only the rows
 * asked for become objects.
 */
import type { ChunkKind, TherapyRecord } from '#records/records.ts'
import { DAY_MS } from '#records/time.ts'
import { guarded } from './asStoreError.ts'
import type { Database } from './db.ts'
import { artifactAt, cbgAt, glucoseIdAt } from './glucoseChunk.ts'
import type { Chunk, ChunkKey, SourceKey } from './rows.ts'

/** Where a record stands. */
export interface EvidencePlace {
  readonly sourceKey: SourceKey
  readonly kind: ChunkKind
  /** Device time. */
  readonly time: number
  /** Of all records but sensor glucose. */
  readonly id?: string
  /** Of sensor glucose: how many values of the same source and moment stand before it. */
  readonly nth?: number
}

export interface Evidence {
  readonly id: string
  readonly source: SourceKey
  readonly artifactId: string
  /** The record's fields as stored, without id and artifact. */
  readonly record: Readonly<Record<string, unknown>> & Pick<TherapyRecord, 'type' | 'deviceTime' | 'raw'>
}

/** The records at these places, in the same order. Reads the places' days only; what is no longer there is left out. */
export async function evidenceAtPlaces(db: Database, places: readonly EvidencePlace[]): Promise<Evidence[]> {
  const keys = new Map(places.map(place => [keyOf(place).join(' '), keyOf(place)]))
  const chunks = await guarded(() => db.chunks.bulkGet([...keys.values()]))
  const byKey = new Map([...keys.keys()].map((key, i) => [key, chunks[i]]))
  return places.flatMap(place => {
    const chunk = byKey.get(keyOf(place).join(' '))
    const row = chunk ? rowOf(chunk, place) : -1
    return chunk && row >= 0 ? [evidenceAt(chunk, row)] : []
  })
}

const keyOf = ({ sourceKey, kind, time }: EvidencePlace): ChunkKey => [sourceKey, kind, Math.floor(time / DAY_MS)]

/** -1 when it is not there. */
function rowOf(chunk: Chunk, { time, id, nth = 0 }: EvidencePlace): number {
  if (chunk.kind !== 'cbg') return chunk.records.findIndex(record => record.id === id)
  const first = chunk.time.indexOf(time)
  return first >= 0 && chunk.time[first + nth] === time ? first + nth : -1
}

/** The record at a row of a chunk. Throws RangeError when there is none. */
export function evidenceAt(chunk: Chunk, row: number): Evidence {
  const { source } = chunk
  if (chunk.kind === 'cbg') {
    return { id: glucoseIdAt(chunk, row), source, artifactId: artifactAt(chunk, row), record: { ...cbgAt(chunk, row) } }
  }
  const fact = chunk.records[row]
  if (!fact) throw new RangeError(`No row ${row}`)
  const { id, artifactId, ...record } = fact
  return { id, source, artifactId, record: { ...record } }
}
