/**
 * What lies in the tables, row by row. Decision 5: artifacts are the raw bytes as they came, chunks hold what was
 * understood, one row per source, kind and device-day. Sources: data-model sheet §3 and §4, sync sheet §2 and §3.
 */
import type { DeviceKey, RecordId } from '#records/identity.ts'
import type { Cbg, ChunkKind, DeviceIdentity, Skipped, TherapyRecord } from '#records/records.ts'
import type { DeviceDay, DeviceTime } from '#records/time.ts'

/** By which way data of a device came: read from the thing itself, or found in a file by the importer named. */
export type Route = 'read' | `file:${string}`
/** A device and a way: the same pump read by cable and found in a file are two sources; reports weigh them. */
export type SourceKey = string

export const sourceKeyOf = (deviceKey: DeviceKey, route: Route): SourceKey => `${deviceKey}:${route}`
export const deviceKeyOfSource = (source: SourceKey): DeviceKey => source.slice(0, source.indexOf(':'))

/** Columns of glucose values, ascending; index i is the same value in each. See `glucoseChunk.ts`. */
export interface GlucoseColumns {
  /** Device wall clock, ms. */
  readonly time: Float64Array<ArrayBuffer>
  /** Native steps as in `records/series.ts` `stepsOf`. */
  readonly steps: Uint16Array<ArrayBuffer>
  /** `GlucoseFlag` bits. */
  readonly flags: Uint8Array<ArrayBuffer>
  /** Sensor current, nA; NaN when not told. */
  readonly isigNa: Float32Array<ArrayBuffer>
  /** Index into `artifacts`. */
  readonly artifact: Uint16Array<ArrayBuffer>
  /** Where the value's bytes stand in that artifact. */
  readonly page: Uint32Array<ArrayBuffer>
  readonly offset: Uint32Array<ArrayBuffer>
  readonly length: Uint32Array<ArrayBuffer>
  /** The device's own record number, NaN when it gave none; absent when it never does. */
  readonly seq?: Float64Array<ArrayBuffer>
  /** Ids of the artifacts that the values came from, sorted, each in use. */
  readonly artifacts: readonly string[]
}

export interface GlucoseChunk extends GlucoseColumns {
  readonly source: SourceKey
  readonly kind: 'cbg'
  readonly day: DeviceDay
}

type WithoutIdentity<T> = T extends unknown ? Omit<T, 'identity'> : never
/** A record as stored: its identity text has become its id. */
export type StoredFact = WithoutIdentity<Exclude<TherapyRecord, Cbg>> & {
  readonly id: RecordId
  readonly artifactId: string
  readonly decoderVersion: number
}
export type FactKind = Exclude<ChunkKind, 'cbg'>

export interface FactChunk {
  readonly source: SourceKey
  readonly kind: FactKind
  readonly day: DeviceDay
  /** Sorted by device time, then id. */
  readonly records: readonly StoredFact[]
}

export type Chunk = GlucoseChunk | FactChunk
export type ChunkKey = [SourceKey, ChunkKind, DeviceDay]
export const chunkKeyOf = (chunk: Chunk): ChunkKey => [chunk.source, chunk.kind, chunk.day]
export const rowCount = (chunk: Chunk): number => (chunk.kind === 'cbg' ? chunk.time.length : chunk.records.length)

export interface ArtifactRow {
  /** SHA-256 of the bytes, 64 hex digits. */
  readonly id: string
  readonly name: string
  /** A download of a device (`devices/downloadFile.ts`), or a file as the person gave it. */
  readonly kind: 'download' | 'file'
  readonly mediaType: string
  readonly size: number
  /** ms UTC, when these bytes came first. */
  readonly receivedAt: number
  /** What decoded it: driver or importer, and its version; 0 while nothing was decoded yet. */
  readonly decoder: { readonly id: string; readonly version: number }
  readonly simulated: boolean
  /** Sources that its records went to. */
  readonly sources: readonly SourceKey[]
  /** Devices whose data the person deleted: their records in these bytes stay out until read or imported again. */
  readonly forgotten: readonly DeviceKey[]
  /** Its records have to be merged in again, whatever the decoder's version: another artifact's were taken away. */
  readonly again?: true
}

export interface BytesRow {
  readonly id: string
  readonly blob: Blob
}

export interface KindTally {
  readonly found: number
  readonly added: number
}

/** What one device brought in one read. */
export interface ReadDevice {
  readonly deviceKey: DeviceKey
  readonly device: DeviceIdentity
  readonly tally: Readonly<Partial<Record<ChunkKind, KindTally>>>
  /** How many settings it told as they stood then; not in `tally`, as every read brings them anew. */
  readonly settings?: number
  readonly from?: DeviceTime
  readonly to?: DeviceTime
}

/** One read of a device or one imported file. `workers/api.ts` shows it to the window as `ReadReport`. */
export interface ReadRow {
  readonly readId: string
  readonly how: 'device' | 'simulated' | 'file'
  /** ms UTC. */
  readonly at: number
  readonly title: string
  readonly artifactId: string
  readonly known: boolean
  readonly result: 'complete' | 'partial'
  readonly devices: readonly ReadDevice[]
  /** The keys in `devices`, for the index. */
  readonly deviceKeys: readonly DeviceKey[]
  readonly skippedCount: number
  /** The first hundred. */
  readonly skipped: readonly Skipped[]
  readonly warnings: readonly string[]
  readonly clockDifferenceMs?: number
  readonly durationMs: number
  readonly endedBy?: { readonly code: string; readonly step?: string }
}

export interface SourceSummary {
  readonly counts: Readonly<Partial<Record<ChunkKind, number>>>
  readonly oldest?: DeviceTime
  readonly newest?: DeviceTime
}

export interface DeviceRow {
  readonly deviceKey: DeviceKey
  readonly device: DeviceIdentity
  /** Model of the driver that read it, if one did. */
  readonly modelId?: string
  /** All that we have of it came from a simulator or from sample data. */
  readonly simulated: boolean
  readonly lastReadAt: number
  readonly lastReadHow: ReadRow['how']
  /** Device clock minus the computer's, ms, at the last read that told. */
  readonly clockDifferenceMs?: number
  readonly sources: Readonly<Record<SourceKey, SourceSummary>>
}

/** What an artifact's decoder did not understand. */
export interface SkippedRow {
  readonly artifactId: string
  readonly count: number
  readonly byReason: Readonly<Record<string, number>>
  /** The first thousand. */
  readonly first: readonly Skipped[]
}

/** The device's clock beside the computer's, from which UTC can be derived later. Sync sheet §2.1. */
export interface ObservationRow {
  readonly deviceKey: DeviceKey
  /** ms UTC by the computer. */
  readonly hostMs: number
  readonly deviceTime: DeviceTime
  /** The computer's zone, IANA name, and its offset then, minutes east of UTC. */
  readonly zone: string
  readonly offsetMinutes: number
}

export interface DocumentRow {
  readonly key: string
  readonly value: unknown
}

/**
 * What a running read has brought so far, written over again and again, so that nothing is lost should the tab die. Gone
 * when the read is saved; not in backups, as it soon becomes an artifact or goes.
 */
export interface DraftRow {
  /** The read's own, under which it will be saved. */
  readonly readId: string
  readonly deviceKey: DeviceKey
  /** ms UTC, when the read began. */
  readonly startedAt: number
  /** ms UTC, when this was written. */
  readonly writtenAt: number
  /** Folder of the driver that reads. */
  readonly driverId: string
  readonly modelId: string
  readonly modelName: string
  readonly simulated: boolean
  /** Where the device told its time, which the download's bytes do not hold. */
  readonly clock?: Omit<ObservationRow, 'deviceKey'> & { readonly differenceMs: number }
  /** A download (`devices/downloadFile.ts`). */
  readonly blob: Blob
}
