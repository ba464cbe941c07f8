/**
 * The records behind a number, page by page. Glucose stays in its columns; only the rows of the page asked for become
 * objects.
 */
import type { ChunkKind, TherapyRecord } from '#records/records.ts'
import { GlucoseFlag, stepsOf } from '#records/series.ts'
import type { Database } from './db.ts'
import { artifactAt, cbgAt, glucoseIdAt } from './glucoseChunk.ts'
import { type DayRange, readChunks } from './read.ts'
import type { Chunk, GlucoseChunk, SourceKey, StoredFact } from './rows.ts'

export interface EvidenceOptions {
  readonly kinds: readonly ChunkKind[]
  readonly period: DayRange
  /** Only these record types. */
  readonly types?: readonly string[]
  /**
   * Only glucose values of which this is true; other records, and control solution, are then left out.
   */
  readonly isWanted?: (value: EvidenceValue) => boolean
  readonly offset: number
  readonly limit: number
}

export interface EvidenceValue {
  readonly source: SourceKey
  readonly time: number
  /** Native steps: whole mg/dL or tenths of mmol/L, limit -1 or +1 for LO and HI. */
  readonly steps: number
  readonly isMmol: boolean
  /** Not for sensor glucose, whose ids are made only for the rows shown. */
  readonly id?: string
}

export interface Evidence {
  readonly id: string
  readonly source: SourceKey
  readonly artifactId: string
  /** The record's fields as stored, without id and artifact. */
  readonly record: Readonly<Record<string, unknown>> & Pick<TherapyRecord, 'type' | 'deviceTime' | 'raw'>
}

/** A row of a chunk, not yet an object of its own. */
interface Place {
  readonly time: number
  readonly chunk: Chunk
  readonly row: number
}

/** The records asked for, oldest first, and how many there are in all. */
export async function readEvidence(
  db: Database,
  options: EvidenceOptions,
): Promise<{ readonly total: number; readonly rows: readonly Evidence[] }> {
  const { kinds, period, offset, limit } = options
  const chunks = (await Promise.all(kinds.map(kind => readChunks(db, kind, period)))).flat()
  const places = chunks.flatMap(chunk => placesIn(chunk, options)).sort((a, b) => a.time - b.time)
  const page = places.slice(offset, offset + limit)
  return { total: places.length, rows: page.map(({ chunk, row }) => evidenceAt(chunk, row)) }
}

function placesIn(chunk: Chunk, { types, isWanted }: EvidenceOptions): Place[] {
  const places: Place[] = []
  if (chunk.kind !== 'cbg') {
    chunk.records.forEach((record, row) => {
      const wanted =
        (types?.includes(record.type) ?? true) && (!isWanted || isWantedFact(chunk.source, record, isWanted))
      if (wanted) places.push({ time: record.deviceTime, chunk, row })
    })
    return places
  }
  if (types && !types.includes('cbg')) return places
  chunk.time.forEach((time, row) => {
    if (!isWanted || isWantedGlucose(chunk, row, isWanted)) places.push({ time, chunk, row })
  })
  return places
}

type IsWanted = NonNullable<EvidenceOptions['isWanted']>

function isWantedGlucose(chunk: GlucoseChunk, row: number, isWanted: IsWanted): boolean {
  return isWanted({
    source: chunk.source,
    time: chunk.time[row] ?? Number.NaN,
    steps: chunk.steps[row] ?? 0,
    isMmol: ((chunk.flags[row] ?? 0) & GlucoseFlag.Mmol) !== 0,
  })
}

function isWantedFact(source: SourceKey, record: StoredFact, isWanted: IsWanted): boolean {
  if (record.type !== 'smbg' || record.controlSolution) return false
  const { id, deviceTime: time, value, units, outOfRange } = record
  return isWanted({ source, time, steps: stepsOf(value, units, outOfRange), isMmol: units === 'mmol/L', id })
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
