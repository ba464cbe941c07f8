/**
 * Saves what a read had brought whose tab was closed, crashed or lost power: as a partial read, exactly as if the cable
 * had been pulled. Nothing happens to the drafts of reads that still run somewhere.
 */
import { parseDownload } from '#devices/downloadFile.ts'
import type { Download } from '#devices/driver.ts'
import { loadDriver } from '#devices/registry.ts'
import { allArtifacts, readArtifact } from '#store/artifacts.ts'
import { announce } from '#store/changes.ts'
import type { Database } from '#store/db.ts'
import { allDraftIds, dropDraft, isOfDraft, isSaved, readDraft } from '#store/drafts.ts'
import type { DraftRow } from '#store/rows.ts'
import { afterRead } from './locks.ts'
import { saveDownload } from './readDevice.ts'

/**
 * A function that saves all drafts of reads that run nowhere any more; it never throws. Those of reads that still run
 * are waited for in the background: in case their tab dies, or has only just died.
 */
export function createDraftSaver(onTrouble: (error: unknown) => void): (db: Database) => Promise<void> {
  const waitedFor = new Set<string>()

  async function wait(db: Database, readId: string): Promise<void> {
    if (waitedFor.has(readId)) return
    waitedFor.add(readId)
    try {
      await afterRead(readId, 'later', () => saveDraft(db, readId))
      // Once more, now that nobody holds the read: the window looks at that too.
      announce('changed')
    } catch (error) {
      onTrouble(error)
    }
    waitedFor.delete(readId)
  }

  return async db => {
    try {
      for (const readId of await allDraftIds(db)) {
        const isOver = await afterRead(readId, 'now', () => saveDraft(db, readId))
        if (!isOver) void wait(db, readId)
      }
    } catch (error) {
      onTrouble(error)
    }
  }
}

/** Throws StoreError; the draft stays then, for the next start. */
async function saveDraft(db: Database, readId: string): Promise<void> {
  const draft = await readDraft(db, readId)
  // Saved meanwhile; or it is of a newer Basalt, which will know what to do with it.
  const driver = draft && (await loadDriver(draft.driverId))
  if (!driver) return
  if (await isSaved(db, draft)) return dropDraft(db, readId)
  const download = (await keptDownload(db, draft)) ?? (await downloadIn(draft.blob))
  if (!download) return dropDraft(db, readId)
  const { startedAt, writtenAt, simulated, modelId, modelName, clock } = draft
  await saveDownload(db, download, {
    driver,
    readId,
    startedAt,
    simulated,
    model: { id: modelId, name: modelName },
    durationMs: writtenAt - startedAt,
    ...(download.complete ? {} : { endedBy: { code: 'interrupted' } }),
    ...(clock ? { clock } : {}),
  })
}

/** What the read gave in the end, when its tab died between keeping that and saving what it says. */
async function keptDownload(db: Database, draft: DraftRow): Promise<Download | undefined> {
  const row = (await allArtifacts(db)).find(artifact => isOfDraft(artifact, draft))
  return row && downloadIn((await readArtifact(db, row.id)).blob)
}

async function downloadIn(blob: Blob): Promise<Download | undefined> {
  try {
    return parseDownload(new Uint8Array(await blob.arrayBuffer()))
  } catch {
    // The browser has lost the bytes.
    return undefined
  }
}
