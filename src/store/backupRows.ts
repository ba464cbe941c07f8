/**
 * Rows of the store as entries of a backup and back. What comes back is from outside: each row is checked for all that
 * the store relies on before it is believed. Typed arrays are little-endian, as on every machine that Chrome runs on.
 */
import * as v from 'valibot'
import { KIND_OF_TYPE } from '#records/records.ts'
import { DAY_MS } from '#records/time.ts'
import { unreadable } from './backupFormat.ts'
import { compareRows } from './glucoseChunk.ts'
import type {
  ArtifactRow,
  Chunk,
  DeviceRow,
  DocumentRow,
  FactChunk,
  GlucoseChunk,
  GlucoseColumns,
  ObservationRow,
  ReadRow,
  SkippedRow,
} from './rows.ts'

/** Bytes of one glucose value: the columns of `glucoseBody` in their order, without `seq`. */
const ROW_BYTES = 8 + 4 + 4 + 4 + 4 + 2 + 2 + 1
const SEQ_BYTES = 8

export function glucoseHead(chunk: GlucoseChunk): Readonly<Record<string, unknown>> {
  const { source, day, artifacts, time, seq } = chunk
  return { table: 'glucose', source, day, artifacts, count: time.length, withSeq: seq !== undefined }
}

/** Columns one after the other, widest first. */
export function glucoseBody(chunk: GlucoseChunk): Blob {
  const { seq, time, isigNa, page, offset, length, steps, artifact, flags } = chunk
  return new Blob([...(seq ? [seq] : []), time, isigNa, page, offset, length, steps, artifact, flags])
}

const id64 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const id32 = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/))
const sourceKey = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}:(read|file:[\w-]+)$/))
const whole = v.pipe(v.number(), v.safeInteger())
const count = v.pipe(whole, v.minValue(0))
const finite = v.pipe(v.number(), v.finite())
const rawRef = v.object({ page: count, offset: count, length: count })
const identity = v.looseObject({
  kind: v.picklist(['pump', 'meter', 'sensor']),
  manufacturer: v.string(),
  model: v.string(),
  serial: v.string(),
})
const skippedList = v.array(v.looseObject({ page: count, offset: count, length: count, reason: v.string() }))
const how = v.picklist(['device', 'simulated', 'file'])
const byKind = <S extends v.GenericSchema>(value: S) => v.record(v.picklist(Object.values(KIND_OF_TYPE)), value)
const tallied = v.object({ found: count, added: count })

const glucoseSchema = v.object({
  source: sourceKey,
  day: whole,
  artifacts: v.array(id64),
  count: v.pipe(count, v.minValue(1)),
  withSeq: v.boolean(),
})

const factsSchema = v.object({
  source: sourceKey,
  kind: v.picklist(['smbg', 'bolus', 'basal', 'event']),
  day: whole,
  records: v.pipe(
    v.array(
      v.looseObject({
        id: id32,
        type: v.string(),
        deviceTime: whole,
        artifactId: id64,
        decoderVersion: count,
        raw: rawRef,
      }),
    ),
    v.minLength(1),
  ),
})

const schemas = {
  artifact: v.object({
    id: id64,
    name: v.string(),
    kind: v.picklist(['download', 'file']),
    mediaType: v.string(),
    size: count,
    receivedAt: finite,
    decoder: v.object({ id: v.string(), version: count }),
    simulated: v.boolean(),
    sources: v.array(sourceKey),
    forgotten: v.array(id32),
    again: v.exactOptional(v.literal(true)),
  }),
  read: v.looseObject({
    readId: v.pipe(v.string(), v.nonEmpty()),
    how,
    at: finite,
    title: v.string(),
    artifactId: id64,
    known: v.boolean(),
    result: v.picklist(['complete', 'partial']),
    devices: v.array(
      v.looseObject({
        deviceKey: id32,
        device: identity,
        tally: byKind(tallied),
        settings: v.exactOptional(count),
        from: v.exactOptional(finite),
        to: v.exactOptional(finite),
      }),
    ),
    deviceKeys: v.array(id32),
    skippedCount: count,
    skipped: skippedList,
    warnings: v.array(v.string()),
    durationMs: finite,
    clockDifferenceMs: v.exactOptional(finite),
    endedBy: v.exactOptional(v.object({ code: v.string(), step: v.exactOptional(v.string()) })),
  }),
  device: v.looseObject({
    deviceKey: id32,
    device: identity,
    simulated: v.boolean(),
    lastReadAt: finite,
    lastReadHow: how,
    modelId: v.exactOptional(v.string()),
    clockDifferenceMs: v.exactOptional(finite),
    sources: v.record(
      sourceKey,
      v.object({ counts: byKind(count), oldest: v.exactOptional(finite), newest: v.exactOptional(finite) }),
    ),
  }),
  skipped: v.object({ artifactId: id64, count, byReason: v.record(v.string(), count), first: skippedList }),
  observation: v.object({
    deviceKey: id32,
    hostMs: finite,
    deviceTime: finite,
    zone: v.string(),
    offsetMinutes: finite,
  }),
  document: v.object({ key: v.pipe(v.string(), v.nonEmpty()), value: v.unknown() }),
} as const

export type PlainTable = keyof typeof schemas
export interface PlainRows {
  readonly artifact: ArtifactRow
  readonly read: ReadRow
  readonly device: DeviceRow
  readonly skipped: SkippedRow
  readonly observation: ObservationRow
  readonly document: DocumentRow
}

export const isPlainTable = (table: unknown): table is PlainTable =>
  typeof table === 'string' && Object.hasOwn(schemas, table)

/** A row of a table that is kept as JSON. Throws StoreError `backup-unreadable`. */
export function plainRow<T extends PlainTable>(table: T, row: unknown): PlainRows[T] {
  // The schema checks every field that the store relies on; the rest is as this program wrote it.
  return checked(schemas[table], row, table) as unknown as PlainRows[T]
}

export const factsHead = (chunk: FactChunk): Readonly<Record<string, unknown>> => ({ table: 'facts', row: chunk })

/** Throws StoreError `backup-unreadable`. */
export function factChunk(row: unknown): Chunk {
  const chunk = checked(factsSchema, row, 'facts')
  const kinds: Readonly<Record<string, string>> = KIND_OF_TYPE
  const ids = new Set<string>()
  let before = Number.NEGATIVE_INFINITY
  for (const { id, type, deviceTime } of chunk.records) {
    const fits = Object.hasOwn(KIND_OF_TYPE, type) && kinds[type] === chunk.kind
    if (!fits || !isOnDay(deviceTime, chunk.day)) throw unreadable(`a ${type} where it does not belong`)
    if (deviceTime < before || ids.has(id)) throw unreadable('records in disorder or twice')
    before = deviceTime
    ids.add(id)
  }
  // Checked: the frame of every record; its further fields are as this program wrote them.
  return chunk as unknown as FactChunk
}

/** Throws StoreError `backup-unreadable`. */
export async function glucoseChunk(head: unknown, body: Blob): Promise<GlucoseChunk> {
  const { source, day, artifacts, count: n, withSeq } = checked(glucoseSchema, head, 'glucose')
  if (body.size !== n * (ROW_BYTES + (withSeq ? SEQ_BYTES : 0))) throw unreadable('columns of the wrong length')
  const bytes = await body.arrayBuffer()
  let at = 0
  const next = (width: number): ArrayBuffer => {
    const part = bytes.slice(at, at + n * width)
    at += n * width
    return part
  }
  const seq = withSeq ? { seq: new Float64Array(next(8)) } : {}
  const columns: GlucoseColumns = {
    time: new Float64Array(next(8)),
    isigNa: new Float32Array(next(4)),
    page: new Uint32Array(next(4)),
    offset: new Uint32Array(next(4)),
    length: new Uint32Array(next(4)),
    steps: new Uint16Array(next(2)),
    artifact: new Uint16Array(next(2)),
    flags: new Uint8Array(next(1)),
    artifacts,
    ...seq,
  }
  for (let i = 0; i < n; i++) {
    const inOrder = i === 0 || compareRows(columns, i - 1, columns, i) <= 0
    const known = (columns.artifact[i] ?? 0) < artifacts.length
    if (!inOrder || !known || !isOnDay(columns.time[i] ?? Number.NaN, day)) throw unreadable(`glucose value ${i}`)
  }
  return { ...columns, source, kind: 'cbg', day }
}

const isOnDay = (time: number, day: number): boolean => Math.floor(time / DAY_MS) === day

function checked<S extends v.GenericSchema>(schema: S, value: unknown, what: string): v.InferOutput<S> {
  const parsed = v.safeParse(schema, value)
  if (!parsed.success) throw unreadable(`${what}: ${parsed.issues[0].message}`)
  return parsed.output
}
