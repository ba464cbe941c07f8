/**
 * Tables and versions: the only file that names an index, and the only one that opens the database.
 * Versions only add. Sources: data-model sheet §4, sync sheet §5 (upgrade), architecture page §9.
 */
import Dexie, { type Table, type Transaction } from 'dexie'
import { asStoreError } from './asStoreError.ts'
import { StoreError } from './errors.ts'
import type {
  ArtifactRow,
  BytesRow,
  Chunk,
  ChunkKey,
  DeviceRow,
  DocumentRow,
  DraftRow,
  ObservationRow,
  ReadRow,
  SkippedRow,
} from './rows.ts'

export const DATABASE_NAME = 'basalt'

export interface SchemaVersion {
  readonly version: number
  /** Tables in Dexie's notation; only those that are new or whose indexes change. `null` gives a table up. */
  readonly stores: Readonly<Record<string, string | null>>
  /** Brings the rows of the version before into this one's shape. Runs inside the upgrade's own transaction. */
  readonly upgrade?: (transaction: Transaction) => PromiseLike<unknown>
}

/** All versions ever shipped, oldest first. A change of shape adds one with its `upgrade`; none is ever edited. */
export const versions: readonly SchemaVersion[] = [
  {
    version: 1,
    stores: {
      chunks: '[source+kind+day], [kind+day], source',
      artifacts: 'id, *sources',
      artifactBytes: 'id',
      reads: 'readId, at, *deviceKeys, artifactId',
      devices: 'deviceKey',
      skipped: 'artifactId',
      observations: '[deviceKey+hostMs], deviceKey',
      documents: 'key',
    },
  },
  { version: 2, stores: { drafts: 'readId, deviceKey' } },
]

export interface Tables {
  readonly chunks: Table<Chunk, ChunkKey>
  readonly artifacts: Table<ArtifactRow, string>
  readonly artifactBytes: Table<BytesRow, string>
  readonly reads: Table<ReadRow, string>
  readonly devices: Table<DeviceRow, string>
  readonly skipped: Table<SkippedRow, string>
  readonly observations: Table<ObservationRow, [string, number]>
  readonly documents: Table<DocumentRow, string>
  readonly drafts: Table<DraftRow, string>
}
export type Database = Dexie & Tables

export interface OpenOptions {
  readonly name?: string
  readonly versions?: readonly SchemaVersion[]
  /**
   * The connection was lost while open (`storage-gone`, or `storage-newer` when a newer tab needs it; it is closed
   * then), or the opening waits for another tab (`storage-blocked`; it goes on by itself).
   */
  readonly onTrouble?: (trouble: StoreError) => void
}

/**
 * Opens the database, creating or upgrading it when needed.
 * Throws StoreError `storage-unavailable`, `storage-newer` (nothing is touched then), `storage-full`.
 */
export async function openDatabase(options: OpenOptions = {}): Promise<Database> {
  const { name = DATABASE_NAME, versions: known = versions, onTrouble = () => {} } = options
  const newest = known.at(-1)?.version ?? 0
  await refuseNewer(name, newest)
  // `autoOpen` would quietly make a fresh, empty database when the old one was deleted under us.
  // `strict`: what is said to be saved is on the disk, also when the power fails the next moment.
  const dexie = new Dexie(name, { autoOpen: false, cache: 'disabled', chromeTransactionDurability: 'strict' })
  for (const { version, stores, upgrade } of known) {
    const declared = dexie.version(version).stores({ ...stores })
    if (upgrade) declared.upgrade(upgrade)
  }
  // Another connection wants to upgrade or to delete: give way. `false` keeps Dexie's own handlers from running.
  dexie.on('versionchange', event => {
    dexie.close()
    const gone = event.newVersion === null
    onTrouble(
      new StoreError(gone ? 'storage-gone' : 'storage-newer', gone ? 'deleted elsewhere' : 'upgraded elsewhere'),
    )
    return false
  })
  dexie.on('blocked', () => {
    onTrouble(new StoreError('storage-blocked', 'another tab holds an older version open'))
    return false
  })
  try {
    await dexie.open()
  } catch (error) {
    const failure = asStoreError(error)
    throw failure instanceof StoreError ? failure : new StoreError('storage-unavailable', String(error), error)
  }
  if (nativeVersion(dexie) > newest) {
    dexie.close()
    throw new StoreError('storage-newer', `version ${nativeVersion(dexie)}, this Basalt knows ${newest}`)
  }
  watchConnection(dexie, onTrouble)
  // Dexie gives one property per table of `stores`; the newest version has all of `Tables`.
  return dexie as Database
}

/** The browser itself ends a connection when the person clears the site's data. */
function watchConnection(dexie: Dexie, onTrouble: (trouble: StoreError) => void): void {
  dexie.backendDB().onclose = () => {
    dexie.close()
    onTrouble(new StoreError('storage-gone', 'the browser closed the database'))
  }
}

/**
 * Dexie opens a database of a newer version too, and would "repair" it. So the version is looked at before.
 * Dexie's version n is n × 10 for the browser.
 */
async function refuseNewer(name: string, newest: number): Promise<void> {
  const present = await allDatabases()
  const version = Math.floor((present.find(database => database.name === name)?.version ?? 0) / 10)
  if (version > newest) throw new StoreError('storage-newer', `version ${version}, this Basalt knows ${newest}`)
}

async function allDatabases(): Promise<readonly IDBDatabaseInfo[]> {
  try {
    return await indexedDB.databases()
  } catch (error) {
    throw new StoreError('storage-unavailable', String(error), error)
  }
}

const nativeVersion = (dexie: Dexie): number => Math.floor((dexie.backendDB()?.version ?? 0) / 10)
