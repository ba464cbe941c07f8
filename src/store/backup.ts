/**
 * The whole database as one file, and back. Restoring adds: what is here stays, what the file has more is merged in.
 * A file is read to its end and checked before anything is written; writing is one transaction.
 */
import { contentId } from './artifacts.ts'
import { guarded } from './asStoreError.ts'
import { type Entry, readBackup, unreadable, writeBackup } from './backupFormat.ts'
import {
  factChunk,
  factsHead,
  glucoseBody,
  glucoseChunk,
  glucoseHead,
  isPlainTable,
  type PlainRows,
  type PlainTable,
  plainRow,
} from './backupRows.ts'
import type { Database } from './db.ts'
import { mergeIntoStore } from './mergeChunks.ts'
import { summarise } from './redecode.ts'
import { type ArtifactRow, type BytesRow, type Chunk, chunkKeyOf, deviceKeyOfSource } from './rows.ts'

/** The whole database as a file. The bytes of artifacts are read one by one, as each is written. */
export function backup(db: Database): Promise<Blob> {
  return guarded(() => writeBackup(entriesOf(db)))
}

export interface Restored {
  /** How many the store did not have. */
  readonly artifacts: number
  readonly records: number
}

/**
 * Adds what a backup holds. Throws StoreError `backup-unreadable` when the file is cut, garbled or no backup,
 * `storage-newer` when a later version wrote it, `storage-full`; nothing has changed then.
 */
export async function restore(db: Database, file: Blob): Promise<Restored> {
  const contents = await readContents(file)
  // Dexie follows native awaits only from a scope that is itself an async function; else it commits too early.
  return guarded(() => db.transaction('rw', db.tables, async () => addContents(db, contents)))
}

interface Contents {
  readonly chunks: Chunk[]
  readonly bytes: BytesRow[]
  readonly rows: { readonly [T in PlainTable]: PlainRows[T][] }
}

async function* entriesOf(db: Database): AsyncGenerator<Entry> {
  // One transaction, so that the tables fit together whatever other tabs write meanwhile.
  const all = await db.transaction('r', db.tables, async () => ({
    chunks: await db.chunks.toArray(),
    rows: {
      artifact: await db.artifacts.toArray(),
      read: await db.reads.toArray(),
      device: await db.devices.toArray(),
      skipped: await db.skipped.toArray(),
      observation: await db.observations.toArray(),
      document: await db.documents.toArray(),
    } satisfies { [T in PlainTable]: PlainRows[T][] },
    // Handles, not contents; they stay readable when another tab deletes the rows while the backup is written.
    blobs: new Map((await db.artifactBytes.toArray()).map(({ id, blob }) => [id, blob])),
  }))
  const nothing = new Blob([])
  for (const chunk of all.chunks) {
    if (chunk.kind === 'cbg') yield { head: glucoseHead(chunk), body: glucoseBody(chunk) }
    else yield { head: factsHead(chunk), body: nothing }
  }
  for (const [table, rows] of Object.entries(all.rows)) {
    for (const row of rows) {
      const body = table === 'artifact' && 'id' in row ? all.blobs.get(row.id) : nothing
      if (!body) throw new Error('An artifact has lost its bytes')
      yield { head: { table, row }, body }
    }
  }
}

async function readContents(file: Blob): Promise<Contents> {
  const contents: Contents = {
    chunks: [],
    bytes: [],
    rows: { artifact: [], read: [], device: [], skipped: [], observation: [], document: [] },
  }
  for await (const { head, body } of readBackup(file)) {
    const { table, row } = head
    if (table === 'glucose') contents.chunks.push(await glucoseChunk(head, body))
    else if (table === 'facts') contents.chunks.push(factChunk(row))
    else if (table === 'artifact') {
      const artifact = plainRow(table, row)
      if (artifact.size !== body.size || (await contentId(body)) !== artifact.id) throw unreadable('artifact')
      contents.rows.artifact.push(artifact)
      contents.bytes.push({ id: artifact.id, blob: body })
    } else if (isPlainTable(table)) addRow(contents, table, row)
    else throw unreadable(`table ${String(table)}`)
  }
  const keys = new Set(contents.chunks.map(chunk => chunkKeyOf(chunk).join(' ')))
  if (keys.size < contents.chunks.length) throw unreadable('the same day twice')
  return contents
}

function addRow<T extends PlainTable>(contents: Contents, table: T, row: unknown): void {
  contents.rows[table].push(plainRow(table, row))
}

async function addContents(db: Database, { chunks, bytes, rows }: Contents): Promise<Restored> {
  const added = await mergeIntoStore(db, chunks)
  const artifacts = await addArtifacts(db, rows.artifact, bytes, chunks)
  await addMissing(rows.read, read => read.readId, db.reads)
  await addMissing(rows.device, device => device.deviceKey, db.devices)
  await addMissing(rows.skipped, skipped => skipped.artifactId, db.skipped)
  await addMissing(rows.observation, ({ deviceKey, hostMs }): [string, number] => [deviceKey, hostMs], db.observations)
  await addMissing(rows.document, document => document.key, db.documents)
  await checkDevices(db, chunks)
  await summarise(db, [...added.keys()])
  const records = [...added.values()].flatMap(counts => Object.values(counts)).reduce((sum, count) => sum + count, 0)
  return { artifacts, records }
}

/** Data that no device stands for would be counted, and nobody could delete it. */
async function checkDevices(db: Database, chunks: readonly Chunk[]): Promise<void> {
  const keys = [...new Set(chunks.map(chunk => deviceKeyOfSource(chunk.source)))]
  const devices = await db.devices.bulkGet(keys)
  if (devices.includes(undefined)) throw unreadable('data of a device that is not in it')
}

async function addArtifacts(
  db: Database,
  rows: readonly ArtifactRow[],
  bytes: readonly BytesRow[],
  chunks: readonly Chunk[],
): Promise<number> {
  const devices = new Set(chunks.map(chunk => deviceKeyOfSource(chunk.source)))
  const known = await db.artifacts.bulkGet(rows.map(row => row.id))
  await db.artifacts.bulkPut(rows.map((row, i) => joined(known[i], row, devices)))
  const fresh = bytes.filter((_, i) => !known[i])
  await db.artifactBytes.bulkPut(fresh)
  return fresh.length
}

/** What is here with what the backup knows; restoring takes the deletion of a device back. */
function joined(here: ArtifactRow | undefined, row: ArtifactRow, devices: ReadonlySet<string>): ArtifactRow {
  if (!here) return row
  const isOlder = row.decoder.version > 0 && row.decoder.version < here.decoder.version
  return {
    ...here,
    // An older decoder's records have just been merged in: let the newer one look again. And bytes of which nothing was
    // saved here have records now.
    decoder: isOlder || here.decoder.version === 0 ? row.decoder : here.decoder,
    sources: [...new Set([...here.sources, ...row.sources])].sort(),
    forgotten: here.forgotten.filter(key => !devices.has(key)),
  }
}

interface PutTable<Row, Key> {
  bulkGet(keys: Key[]): PromiseLike<(Row | undefined)[]>
  bulkPut(rows: Row[]): PromiseLike<unknown>
}

async function addMissing<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key, table: PutTable<Row, Key>) {
  const known = await table.bulkGet(rows.map(keyOf))
  await table.bulkPut(rows.filter((_, i) => known[i] === undefined))
}
