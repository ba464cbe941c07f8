/**
 * The bytes behind a record, for the evidence view: a stretch of a device's page or of a file, with its line number.
 */
import { type KeptArtifact, readArtifact } from './artifacts.ts'
import type { Database } from './db.ts'
import { StoreError } from './errors.ts'

export interface RawStretch {
  readonly name: string
  /** ms UTC. */
  readonly receivedAt: number
  readonly bytes: Uint8Array<ArrayBuffer>
  /** 1 the first; for files only. */
  readonly line?: number
}

/** No record is longer; keeps a wrong pointer from moving a whole file through the threads. */
const MAX_BYTES = 65_536

/**
 * The stretch that a record's raw reference names. `pagesOf` takes a download apart.
 * Throws StoreError `not-found` when there is no such artifact, page or stretch.
 */
export async function readRaw(
  db: Database,
  ref: { readonly artifactId: string; readonly page: number; readonly offset: number; readonly length: number },
  pagesOf: (download: Uint8Array<ArrayBuffer>) => readonly Uint8Array[] | undefined,
): Promise<RawStretch> {
  const kept = await readArtifact(db, ref.artifactId)
  const { name, receivedAt, kind } = kept.row
  const end = ref.offset + Math.min(ref.length, MAX_BYTES)
  if (kind === 'file') {
    if (ref.offset > kept.blob.size) throw new StoreError('not-found', `offset ${ref.offset} of ${name}`)
    const bytes = new Uint8Array(await kept.blob.slice(ref.offset, end).arrayBuffer())
    return { name, receivedAt, bytes, line: await lineAt(kept, ref.offset) }
  }
  const page = pagesOf(new Uint8Array(await kept.blob.arrayBuffer()))?.[ref.page]
  if (!page || ref.offset > page.length) throw new StoreError('not-found', `page ${ref.page} of ${name}`)
  return { name, receivedAt, bytes: new Uint8Array(page.slice(ref.offset, end)) }
}

const LINE_FEED = 0x0a

/** Number of the line that begins at or holds `offset`. */
async function lineAt({ blob }: KeptArtifact, offset: number): Promise<number> {
  let line = 1
  for await (const bytes of blob.slice(0, offset).stream()) {
    for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) line++
  }
  return line
}
