/** Fresh records, batches and databases for the tests of the store. */
import type { Cbg, ChunkKind, DeviceIdentity, Smbg, TherapyRecord } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import { type KeptArtifact, putArtifact } from '#store/artifacts.ts'
import { type Batch, Collector } from '#store/collect.ts'
import { type Database, openDatabase } from '#store/db.ts'
import { type Evidence, evidenceAt } from '#store/evidence.ts'
import { type DayRange, readChunks } from '#store/read.ts'
import { type ReadRow, type Route, rowCount } from '#store/rows.ts'
import { type ReadInfo, saveRead } from '#store/save.ts'

/** 2024-05-06T00:00:00 on the device's clock, the start of a device-day. */
export const MIDNIGHT = Date.UTC(2024, 4, 6)
export const DAY = MIDNIGHT / 86_400_000

export const meter: DeviceIdentity = {
  kind: 'meter',
  manufacturer: 'Ascensia',
  model: 'Contour NEXT LINK',
  serial: '6301-1C2CF8C',
}
export const pump: DeviceIdentity = { kind: 'pump', manufacturer: 'Medtronic', model: 'MiniMed 780G', serial: 'NG1' }

/** Milliseconds after {@link MIDNIGHT} as a device's clock. */
export const after = (ms: number): DeviceTime => (MIDNIGHT + ms) as DeviceTime
export const minutes = (n: number): number => n * 60_000

export const cbg = (ms: number, value: number, more: Partial<Cbg> = {}): Cbg => ({
  type: 'cbg',
  deviceTime: after(ms),
  value,
  units: 'mg/dL',
  identity: '',
  raw: { page: 0, offset: 0, length: 10 },
  ...more,
})

export const smbg = (ms: number, value: number, more: Partial<Smbg> = {}): Smbg => ({
  type: 'smbg',
  subType: 'meter',
  deviceTime: after(ms),
  value,
  units: 'mg/dL',
  identity: `R|^^^Glucose|${value}|mg/dL|${ms}`,
  raw: { page: 0, offset: 0, length: 10 },
  ...more,
})

let databases = 0
/** A database that no other test has. */
export const freshName = (): string => `test-${++databases}-${Math.random().toString(36).slice(2)}`
export const freshDatabase = (): Promise<Database> => openDatabase({ name: freshName() })

export interface Kept {
  readonly text?: string
  readonly kind?: 'download' | 'file'
  readonly decoderVersion?: number
  readonly device?: DeviceIdentity
  readonly at?: number
}

/** Keeps a text as an artifact. */
export const keep = (db: Database, { text = 'some bytes', kind = 'download', at = 1_000 }: Kept = {}) =>
  putArtifact(db, new Blob([text]), {
    name: 'a name',
    kind,
    mediaType: 'text/plain',
    receivedAt: at,
    decoderId: kind === 'file' ? 'carelink-csv' : 'contour',
    simulated: false,
  })

/** What a decoder of that version makes of an artifact: these records, of one device. */
export function batchOf(
  artifactId: string,
  records: readonly TherapyRecord[],
  { device = meter, decoderVersion = 1, kind = 'download' }: Kept = {},
): Batch {
  const route: Route = kind === 'file' ? 'file:carelink-csv' : 'read'
  const collector = new Collector({ artifactId, decoderVersion, route })
  const number = collector.device(device)
  for (const record of records) collector.record(number, record)
  return collector.finish()
}

export const readInfo = (more: Partial<ReadInfo> = {}): ReadInfo => ({
  readId: `read-${Math.random()}`,
  how: 'device',
  at: 1_000,
  title: 'Contour NEXT LINK',
  result: 'complete',
  durationMs: 10,
  ...more,
})

/** Keeps the text, then saves the records as what it gave. */
export async function saved(
  db: Database,
  text: string,
  records: readonly TherapyRecord[],
  options: Kept = {},
): Promise<{ readonly artifact: KeptArtifact; readonly read: ReadRow }> {
  const artifact = await keep(db, { ...options, text })
  const how = options.kind === 'file' ? 'file' : 'device'
  const info = readInfo({ how, at: options.at ?? 1_000 })
  return { artifact, read: await saveRead(db, artifact, batchOf(artifact.row.id, records, options), info) }
}

/** Everything stored of some kinds, day by day. */
export async function storedOf(db: Database, kinds: readonly ChunkKind[], days: DayRange): Promise<Evidence[]> {
  const chunks = (await Promise.all(kinds.map(kind => readChunks(db, kind, days)))).flat()
  return chunks.flatMap(chunk => Array.from({ length: rowCount(chunk) }, (_, row) => evidenceAt(chunk, row)))
}
