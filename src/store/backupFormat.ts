/**
 * The bytes of a backup file, without knowing what is in it.
 *
 *     basalt-backup 1 LF
 *     gzip of: entry, entry, …, end entry
 *
 * An entry is two little-endian 32-bit lengths, then that many bytes of JSON (its head) and that many bytes of body.
 * The end entry's head is {"end":true}; its body is the SHA-256 of all bytes of the entries before it.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { StoreError } from './errors.ts'

const MAGIC = 'basalt-backup'
const BACKUP_VERSION = 1
const END = { end: true } as const

/** A JSON head is never longer in a backup that we wrote: the largest is a day of records. */
const MAX_HEAD = 64 * 1024 * 1024
/**
 * What unpacks to more than a hundred times its size was made to harm (security sheet, V5: zip bombs). Not below the
 * floor, a little more than the largest file that can be imported: one of empty spreadsheet rows shrinks a thousandfold.
 */
const MAX_RATIO = 100
const RATIO_FLOOR = 272 * 1024 * 1024

export interface Entry {
  readonly head: Readonly<Record<string, unknown>>
  readonly body: Blob
}

/** Writes entries into one file as they come; only one is in memory at a time. */
export async function writeBackup(entries: AsyncIterable<Entry>): Promise<Blob> {
  const stream = streamOf(bytesOf(entries)).pipeThrough(new CompressionStream('gzip'))
  const packed = await new Response(stream).blob()
  return new Blob([`${MAGIC} ${BACKUP_VERSION}\n`, packed], { type: 'application/octet-stream' })
}

/**
 * Reads the entries of a file, one after the other; after the last one the whole file is known to be as it was
 * written. Throws StoreError `backup-unreadable`, and `storage-newer` for a later version.
 */
export async function* readBackup(file: Blob): AsyncGenerator<Entry> {
  const packed = file.slice(await headerLength(file))
  const source = new ByteSource(
    packed.stream().pipeThrough(new DecompressionStream('gzip')),
    Math.max(packed.size * MAX_RATIO, RATIO_FLOOR),
  )
  const hash = sha256.create()
  try {
    for (;;) {
      const before = hash.clone().digest()
      const lengths = await source.take(8)
      const view = new DataView(lengths.buffer)
      const headLength = view.getUint32(0, true)
      if (headLength > MAX_HEAD) throw unreadable(`a head of ${headLength} bytes`)
      const headBytes = await source.take(headLength)
      const head: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(headBytes))
      if (!isObject(head)) throw unreadable('a head that is no object')
      hash.update(lengths).update(headBytes)
      const parts: Uint8Array<ArrayBuffer>[] = []
      await source.pass(view.getUint32(4, true), part => {
        hash.update(part)
        parts.push(part)
      })
      const body = new Blob(parts)
      if (head['end'] !== true) {
        yield { head, body }
        continue
      }
      const kept = new Uint8Array(await body.arrayBuffer())
      if (kept.length !== before.length || !before.every((byte, i) => kept[i] === byte)) throw unreadable('checksum')
      if (!(await source.isAtEnd())) throw unreadable('bytes after the end')
      return
    }
  } catch (error) {
    throw error instanceof StoreError ? error : unreadable(String(error), error)
  } finally {
    await source.cancel()
  }
}

export const unreadable = (detail: string, cause?: unknown) => new StoreError('backup-unreadable', detail, cause)

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

async function headerLength(file: Blob): Promise<number> {
  const text = await file.slice(0, 40).text()
  const match = /^basalt-backup (\d{1,9})\n/.exec(text)
  if (!match) throw unreadable('not a backup file')
  if (Number(match[1]) > BACKUP_VERSION) throw new StoreError('storage-newer', `backup of version ${match[1]}`)
  return match[0].length
}

async function* bytesOf(entries: AsyncIterable<Entry>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const hash = sha256.create()
  for await (const { head, body } of entries) {
    const front = frontOf(head, body.size)
    hash.update(front)
    yield front
    for await (const part of body.stream()) {
      hash.update(part)
      yield part
    }
  }
  const digest = new Uint8Array(hash.digest())
  yield frontOf(END, digest.length)
  yield digest
}

function frontOf(head: Readonly<Record<string, unknown>>, bodyLength: number): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(head))
  const front = new Uint8Array(8 + json.length)
  const view = new DataView(front.buffer)
  view.setUint32(0, json.length, true)
  view.setUint32(4, bodyLength, true)
  front.set(json, 8)
  return front
}

function streamOf(parts: AsyncGenerator<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await parts.return(undefined)
    },
  })
}

/** Gives exactly as many bytes as are asked for, however the stream cuts them. */
class ByteSource {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>
  readonly #limit: number
  #chunk: Uint8Array<ArrayBuffer> = new Uint8Array(0)
  #seen = 0

  constructor(stream: ReadableStream<Uint8Array<ArrayBuffer>>, limit: number) {
    this.#reader = stream.getReader()
    this.#limit = limit
  }

  async take(count: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(count)
    let at = 0
    await this.pass(count, part => {
      bytes.set(part, at)
      at += part.length
    })
    return bytes
  }

  async pass(count: number, onPart: (part: Uint8Array<ArrayBuffer>) => void): Promise<void> {
    let left = count
    while (left > 0) {
      if (this.#chunk.length === 0 && !(await this.#fill())) throw unreadable('cut off')
      const part = this.#chunk.subarray(0, left)
      this.#chunk = this.#chunk.subarray(part.length)
      left -= part.length
      onPart(part)
    }
  }

  async isAtEnd(): Promise<boolean> {
    return this.#chunk.length === 0 && !(await this.#fill())
  }

  async cancel(): Promise<void> {
    // The stream may have failed already; that failure was thrown where it was met.
    await this.#reader.cancel().catch(() => {})
  }

  /** False at the end. */
  async #fill(): Promise<boolean> {
    while (this.#chunk.length === 0) {
      const { done, value } = await this.#reader.read()
      if (done) return false
      this.#seen += value.length
      if (this.#seen > this.#limit) throw unreadable('unpacks to far more than it can hold')
      this.#chunk = value
    }
    return true
  }
}
