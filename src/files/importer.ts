/**
 * The contract of file importers. An importer reads a file's bytes as they stream by and hands over records as it
 * understands them; it keeps no file in memory and knows no database.
 */
import type { DeviceIdentity, Skipped, TherapyRecord } from '#records/records.ts'

/** Takes what an importer finds, in the file's order. */
export interface ImportSink {
  /** A device named in the file; returns the number to give with its records. The same device twice: the same number. */
  device(identity: DeviceIdentity): number
  record(device: number, record: TherapyRecord): void
  /** Bytes not understood. A row that holds nothing needs no mention. */
  skipped(skipped: Skipped): void
  /** Something a person should know about the file as a whole: "The last line is cut off." */
  warning(text: string): void
  /** Called between stretches of work with the bytes read so far; throws ImportError `cancelled` to stop. */
  progress(bytesRead: number): void
}

export interface Importer {
  /** The folder's name. */
  readonly id: string
  readonly name: string
  /** Raised when the same file gives other records than before. */
  readonly decoderVersion: number
  /** 0: not mine … 1: certainly mine, from the first bytes (up to 64 KiB) and the file's name. */
  recognise(head: Uint8Array, fileName: string): number
  /** Our own export of made-up data, as the first bytes say: it must not come back as a person's own. */
  isSimulated?(head: Uint8Array): boolean
  /** Reads the file. Throws ImportError only. */
  read(bytes: AsyncIterable<Uint8Array>, sink: ImportSink): Promise<void>
}

export const importErrorCodes = [
  /** No importer knows it. `detail` says what it looks like. */
  'unknown-file',
  'empty-file',
  /** Not text at all. */
  'binary-file',
  /** The right kind of file, but nothing in it could be read. */
  'nothing-readable',
  'too-large',
  'cancelled',
  /** The browser could not read the file (moved, no rights). */
  'file-unreadable',
  'bug',
] as const
export type ImportErrorCode = (typeof importErrorCodes)[number]

export class ImportError extends Error {
  override readonly name = 'ImportError'
  readonly code: ImportErrorCode
  readonly detail: string | undefined

  constructor(code: ImportErrorCode, detail?: string, cause?: unknown) {
    super(detail ? `${code}: ${detail}` : code, { cause })
    this.code = code
    this.detail = detail
  }
}
