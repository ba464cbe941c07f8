/**
 * What running reads have brought so far (checkpoints): one row a read, written over in place. `save.ts` drops it in the
 * transaction that saves the read.
 */
import { guarded } from './asStoreError.ts'
import type { Database } from './db.ts'
import type { ArtifactRow, DraftRow } from './rows.ts'

/** Throws StoreError `storage-full`, `storage-gone`. */
export const putDraft = (db: Database, draft: DraftRow): Promise<void> =>
  guarded(() => db.drafts.put(draft).then(() => undefined))

/** Of reads that run and of those that never came to their end. */
export const allDraftIds = (db: Database): Promise<readonly string[]> =>
  guarded(() => db.drafts.toCollection().primaryKeys())

/** True for the download of a read whose tab died between keeping it and saving what it says. */
export const isOfDraft = (
  { receivedAt, decoder, kind }: ArtifactRow,
  { startedAt, driverId }: Pick<DraftRow, 'startedAt' | 'driverId'>,
): boolean => kind === 'download' && decoder.version === 0 && decoder.id === driverId && receivedAt === startedAt

export const allDrafts = (db: Database): Promise<readonly DraftRow[]> => guarded(() => db.drafts.toArray())

/** `undefined` when its read was saved meanwhile. */
export const readDraft = (db: Database, readId: string): Promise<DraftRow | undefined> =>
  guarded(() => db.drafts.get(readId))

/** Whether the draft's read was saved already, as what came of it in the end. */
export const isSaved = (db: Database, { readId }: DraftRow): Promise<boolean> =>
  guarded(async () => (await db.reads.where('readId').equals(readId).count()) > 0)

export const dropDraft = (db: Database, readId: string): Promise<void> => guarded(() => db.drafts.delete(readId))
