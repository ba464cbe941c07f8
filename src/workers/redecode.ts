/**
 * Decodes kept artifacts again whose driver or importer has become newer, whose records have to be merged in again, or
 * which were kept but never saved because the tab died in between. Decision 5.
 */
import { parseDownload } from '#devices/downloadFile.ts'
import { loadDriver } from '#devices/registry.ts'
import { ImportError } from '#files/importer.ts'
import { importerById } from '#files/registry.ts'
import { allArtifacts, dropUnusedArtifact, type KeptArtifact, readArtifact } from '#store/artifacts.ts'
import { announce } from '#store/changes.ts'
import type { Batch } from '#store/collect.ts'
import type { Database } from '#store/db.ts'
import { allDrafts, isOfDraft } from '#store/drafts.ts'
import { StoreError } from '#store/errors.ts'
import { newReadId } from '#records/readId.ts'
import { replaceRecords } from '#store/redecode.ts'
import type { ArtifactRow } from '#store/rows.ts'
import { saveRead } from '#store/save.ts'
import { decodeDownload, decodeFile } from './decode.ts'
import { whileNobodySaves } from './locks.ts'

/**
 * Decodes what needs it; how many artifacts that were. One at a time, so that a read or an import waits for one at most.
 * Ends while another tab saves: its artifact may be on the way. What cannot be decoded keeps its records.
 */
export async function redecodeOutdated(db: Database): Promise<number> {
  const done = await decodeWaiting(db)
  if (done > 0) announce('changed')
  return done
}

async function decodeWaiting(db: Database): Promise<number> {
  const versions = new Map<string, number | undefined>()
  const tried = new Set<string>()
  const attemptOf = ({ id, again }: ArtifactRow) => `${id} ${again ?? false}`
  const isWaiting = async (artifact: ArtifactRow) =>
    !tried.has(attemptOf(artifact)) && (artifact.again || (await isOutdated(artifact, versions)))
  let done = 0
  // Decoding one may mark others, so the list is asked for again until nothing waits. An artifact may come twice: for
  // its decoder, and because another one's records went away.
  for (;;) {
    const waiting: ArtifactRow[] = []
    for (const artifact of await allArtifacts(db)) if (await isWaiting(artifact)) waiting.push(artifact)
    if (waiting.length === 0) return done
    for (const artifact of waiting) {
      tried.add(attemptOf(artifact))
      const decoded = await whileNobodySaves(() => decodeOne(db, artifact.id))
      if (decoded === undefined) return done
      if (decoded) done++
    }
  }
}

async function isOutdated(artifact: ArtifactRow, versions: Map<string, number | undefined>): Promise<boolean> {
  const key = `${artifact.kind} ${artifact.decoder.id}`
  if (!versions.has(key)) versions.set(key, (await decoderOf(artifact))?.decoderVersion)
  return (versions.get(key) ?? 0) > artifact.decoder.version
}

const decoderOf = ({ kind, decoder }: ArtifactRow) =>
  kind === 'download' ? loadDriver(decoder.id) : importerById(decoder.id)

async function decodeOne(db: Database, id: string): Promise<boolean> {
  const artifact = await readArtifact(db, id).catch(ignoreGone)
  if (!artifact) return false
  const { row } = artifact
  const wasSaved = row.decoder.version > 0
  // `drafts.ts` knows more of such a read, and saves it.
  if ((await allDrafts(db)).some(draft => isOfDraft(row, draft))) return false
  const batch = await decode(artifact)
  if (!batch) {
    // A file that gives nothing was refused or cancelled, and the tab died before it could be put away.
    if (!wasSaved && row.kind === 'file') await dropUnusedArtifact(db, row.id)
    return false
  }
  if (wasSaved) {
    await replaceRecords(db, batch.batch)
    return true
  }
  await saveRead(db, artifact, batch.batch, {
    readId: newReadId(),
    how: row.kind === 'file' ? 'file' : row.simulated ? 'simulated' : 'device',
    at: row.receivedAt,
    title: row.name,
    result: batch.complete ? 'complete' : 'partial',
    durationMs: 0,
    ...(batch.modelId === undefined ? {} : { modelId: batch.modelId }),
  })
  return true
}

/** Deleted since the list was made. */
function ignoreGone(error: unknown): undefined {
  if (!(error instanceof StoreError && error.code === 'not-found')) throw error
}

interface Decoded {
  readonly batch: Batch
  readonly complete: boolean
  readonly modelId?: string
}

/** `undefined` when nobody understands it any more. */
async function decode({ row, blob }: KeptArtifact): Promise<Decoded | undefined> {
  if (row.kind === 'download') {
    const driver = await loadDriver(row.decoder.id)
    const download = parseDownload(new Uint8Array(await blob.arrayBuffer()))
    if (!driver || !download) return undefined
    const batch = decodeDownload(driver, download, { artifactId: row.id, simulated: row.simulated })
    return { batch, complete: download.complete, modelId: download.modelId }
  }
  const importer = await importerById(row.decoder.id)
  try {
    return importer && { batch: await decodeFile(importer, blob, row.id), complete: true }
  } catch (error) {
    if (error instanceof ImportError) return undefined
    throw error
  }
}
