/**
 * One file from the person's disk to the saved report: recognised by its first bytes, kept as it is, then understood.
 * A file that could not be read leaves nothing behind.
 */
import { ImportError, type Importer } from '#files/importer.ts'
import { recognise } from '#files/registry.ts'
import { dropUnusedArtifact, putArtifact } from '#store/artifacts.ts'
import { announce } from '#store/changes.ts'
import type { Database } from '#store/db.ts'
import { StoreError } from '#store/errors.ts'
import { newReadId } from '#records/readId.ts'
import { saveRead } from '#store/save.ts'
import type { ImportProgress, ReadReport } from './api.ts'
import { decodeFile } from './decode.ts'
import { whileSaving } from './locks.ts'

/** No export is near it; what is larger was chosen by mistake, or to harm. */
export const MAX_FILE_BYTES = 256 * 1024 * 1024
const HEAD_BYTES = 65_536

export interface ImportOptions {
  readonly nowMs: () => number
  readonly simulated: boolean
  readonly signal: AbortSignal
  readonly onProgress: (progress: Pick<ImportProgress, 'stage' | 'bytesRead'>) => void
}

/** Throws ImportError and StoreError; nothing of the file is kept then. */
export async function importFile(db: Database, file: File, options: ImportOptions): Promise<ReadReport> {
  try {
    return await tryImport(db, file, options)
  } catch (error) {
    throw error instanceof ImportError || error instanceof StoreError ? error : readingError(error)
  }
}

async function tryImport(db: Database, file: File, options: ImportOptions): Promise<ReadReport> {
  const { nowMs, signal, onProgress } = options
  const startedAt = nowMs()
  const head = await headOf(file)
  const importer = await importerOf(head, file.name)
  const simulated = options.simulated || importer.isSimulated?.(head) === true
  const onBytes = (stage: ImportProgress['stage']) => (bytesRead: number) => {
    if (signal.aborted) throw new ImportError('cancelled')
    onProgress({ stage, bytesRead })
  }
  onBytes('storing')(0)
  const read = await whileSaving(async () => {
    const artifact = await putArtifact(
      db,
      file,
      {
        name: file.name,
        kind: 'file',
        mediaType: file.type || 'text/csv',
        receivedAt: startedAt,
        decoderId: importer.id,
        simulated,
      },
      onBytes('storing'),
    )
    try {
      const batch = await decodeFile(importer, artifact.blob, artifact.row.id, onBytes('reading'))
      onBytes('saving')(file.size)
      return await saveRead(db, artifact, batch, {
        readId: newReadId(),
        how: 'file',
        at: startedAt,
        title: file.name,
        result: 'complete',
        durationMs: nowMs() - startedAt,
      })
    } catch (error) {
      // The reason for the failure is the one to tell, also when tidying up fails too (a full or vanished store).
      await dropUnusedArtifact(db, artifact.row.id).catch(() => {})
      throw error
    }
  })
  announce('saved')
  return read
}

async function headOf(file: File): Promise<Uint8Array> {
  if (file.size === 0) throw new ImportError('empty-file')
  if (file.size > MAX_FILE_BYTES) throw new ImportError('too-large', `${file.size} bytes`)
  return new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
}

async function importerOf(head: Uint8Array, fileName: string): Promise<Importer> {
  const importer = await recognise(head, fileName)
  if (importer) return importer
  const looks = looksLike(head)
  throw new ImportError(looks === undefined && isBinary(head) ? 'binary-file' : 'unknown-file', looks)
}

/** Beginnings of files that people choose by mistake. */
const beginnings: readonly (readonly [string, string])[] = [
  ['PK', 'a ZIP archive or an Excel file'],
  ['%PDF', 'a PDF'],
  ['\x1f\x8b', 'a gzip archive'],
  ['\xd0\xcf\x11\xe0', 'an old Excel file'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['basalt-backup ', 'a backup of Basalt: restore it in Settings'],
  ['<', 'a web page or XML'],
  ['{', 'JSON'],
  ['[', 'JSON'],
]

function looksLike(head: Uint8Array): string | undefined {
  const start = String.fromCharCode(...head.subarray(0, 16))
  return beginnings.find(([beginning]) => start.startsWith(beginning))?.[1]
}

/** Text has no zero bytes, unless it is UTF-16, which says so in its first two bytes. */
function isBinary(head: Uint8Array): boolean {
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  return !isUtf16 && head.includes(0)
}

/** What reading a file's bytes throws when it was moved, changed or may not be read. */
const unreadable = ['NotReadableError', 'NotFoundError', 'NotAllowedError', 'SecurityError']

function readingError(error: unknown): unknown {
  const isUnreadable = error instanceof DOMException && unreadable.includes(error.name)
  return isUnreadable ? new ImportError('file-unreadable', String(error), error) : error
}
