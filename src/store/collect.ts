/**
 * Takes records as a decoder finds them and sorts them into day chunks. Glucose goes straight into growing columns, so
 * that a file of a million values never becomes a million objects. Gives each record its id and, among otherwise
 * identical ones of one read, its ordinal in the device's order (sync sheet §2.2).
 *
 * The sheet's rule for a ring buffer's cut oldest minute needs nothing here: a part of a group of equal records has the
 * ordinals from 0 on, so the union adds nothing.
 */
import { deviceKeyOf, recordIdOf } from '#records/identity.ts'
import {
  type Cbg,
  type ChunkKind,
  type DeviceIdentity,
  KIND_OF_TYPE,
  type Skipped,
  type TherapyRecord,
} from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import { deviceDayOf } from '#records/time.ts'
import { inOrder } from './factChunk.ts'
import { GlucoseBuilder } from './glucoseBuilder.ts'
import {
  type Chunk,
  type FactChunk,
  type Route,
  rowCount,
  type SkippedRow,
  type SourceKey,
  type StoredFact,
  sourceKeyOf,
} from './rows.ts'

const MAX_SKIPPED = 1_000
const MAX_WARNINGS = 100

export interface CollectOptions {
  readonly artifactId: string
  readonly decoderVersion: number
  readonly route: Route
}

/** What one device brought, in day chunks. */
export interface SourceBatch {
  readonly source: SourceKey
  readonly deviceKey: string
  readonly device: DeviceIdentity
  readonly chunks: readonly Chunk[]
  readonly found: Readonly<Partial<Record<ChunkKind, number>>>
  readonly from?: DeviceTime
  readonly to?: DeviceTime
}

/** All that one artifact gave. */
export interface Batch {
  readonly artifactId: string
  readonly decoderVersion: number
  readonly sources: readonly SourceBatch[]
  readonly skipped: SkippedRow
  readonly warnings: readonly string[]
}

export class Collector {
  readonly #options: CollectOptions
  readonly #sources: SourceCollector[] = []
  readonly #first: Skipped[] = []
  readonly #byReason = new Map<string, number>()
  readonly #warnings: string[] = []

  constructor(options: CollectOptions) {
    this.#options = options
  }

  /** The number to give with a device's records; the same device twice has the same number. */
  device(identity: DeviceIdentity): number {
    const deviceKey = deviceKeyOf(identity)
    const known = this.#sources.findIndex(source => source.deviceKey === deviceKey)
    if (known >= 0) return known
    this.#sources.push(new SourceCollector(deviceKey, identity, this.#options))
    return this.#sources.length - 1
  }

  record(device: number, record: TherapyRecord): void {
    const source = this.#sources[device]
    if (!source) throw new RangeError(`No device ${device}`)
    const problem = source.add(record)
    if (problem) this.skipped({ ...record.raw, reason: problem })
  }

  skipped(skipped: Skipped): void {
    if (skipped.holdsNothing) return
    this.#byReason.set(skipped.reason, (this.#byReason.get(skipped.reason) ?? 0) + 1)
    if (this.#first.length < MAX_SKIPPED) this.#first.push(skipped)
  }

  warning(text: string): void {
    if (this.#warnings.length < MAX_WARNINGS && !this.#warnings.includes(text)) this.#warnings.push(text)
  }

  finish(): Batch {
    const { artifactId, decoderVersion } = this.#options
    const count = [...this.#byReason.values()].reduce((sum, n) => sum + n, 0)
    return {
      artifactId,
      decoderVersion,
      sources: this.#sources.map(source => source.finish()),
      skipped: { artifactId, count, byReason: Object.fromEntries(this.#byReason), first: this.#first },
      warnings: this.#warnings,
    }
  }
}

class SourceCollector {
  readonly deviceKey: string
  readonly #device: DeviceIdentity
  readonly #source: SourceKey
  readonly #options: CollectOptions
  readonly #glucose: GlucoseBuilder
  /** By "kind day". */
  readonly #facts = new Map<string, { readonly kind: FactChunk['kind']; readonly day: number; records: StoredFact[] }>()
  /** How many records so far have this id but for their ordinal. */
  readonly #seen = new Map<string, number>()

  constructor(deviceKey: string, device: DeviceIdentity, options: CollectOptions) {
    this.deviceKey = deviceKey
    this.#device = device
    this.#source = sourceKeyOf(deviceKey, options.route)
    this.#options = options
    this.#glucose = new GlucoseBuilder(options.artifactId)
  }

  /** Takes a record, or says why it cannot be kept. */
  add(record: TherapyRecord): string | undefined {
    if (!Number.isFinite(record.deviceTime)) return 'no valid time'
    return record.type === 'cbg' ? this.#glucose.add(record) : this.#addFact(record)
  }

  finish(): SourceBatch {
    const chunks: Chunk[] = this.#glucose.chunks(this.#source)
    for (const { kind, day, records } of this.#facts.values()) {
      chunks.push({ source: this.#source, kind, day, records: inOrder(records) })
    }
    const found: Partial<Record<ChunkKind, number>> = {}
    let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const chunk of chunks) {
      found[chunk.kind] = (found[chunk.kind] ?? 0) + rowCount(chunk)
      from = Math.min(from, firstTime(chunk))
      to = Math.max(to, lastTime(chunk))
    }
    return {
      source: this.#source,
      deviceKey: this.deviceKey,
      device: this.#device,
      chunks,
      found,
      // Times of records, so DeviceTime.
      ...(from <= to ? { from: from as DeviceTime, to: to as DeviceTime } : {}),
    }
  }

  #addFact(record: Exclude<TherapyRecord, Cbg>): undefined {
    const kind = KIND_OF_TYPE[record.type]
    // Only the type cbg is of the kind cbg.
    if (kind === 'cbg') throw new TypeError(`A ${record.type} is no glucose column`)
    const day = deviceDayOf(record.deviceTime)
    const key = `${kind} ${day}`
    const group = this.#facts.get(key) ?? { kind, day, records: [] }
    this.#facts.set(key, group)
    const { artifactId, decoderVersion } = this.#options
    const { identity: _, ...fact } = record
    group.records.push({ ...fact, id: this.#nextId(record), artifactId, decoderVersion })
  }

  #nextId(record: TherapyRecord): string {
    const first = recordIdOf(this.deviceKey, record, 0)
    const ordinal = this.#seen.get(first) ?? 0
    this.#seen.set(first, ordinal + 1)
    return ordinal === 0 ? first : recordIdOf(this.deviceKey, record, ordinal)
  }
}

/** Earliest and latest time in a chunk; chunks are sorted. */
export const firstTime = (chunk: Chunk): number =>
  (chunk.kind === 'cbg' ? chunk.time[0] : chunk.records[0]?.deviceTime) ?? Number.POSITIVE_INFINITY
export const lastTime = (chunk: Chunk): number =>
  (chunk.kind === 'cbg' ? chunk.time.at(-1) : chunk.records.at(-1)?.deviceTime) ?? Number.NEGATIVE_INFINITY
