/**
 * A download as bytes, as it is kept in the store and read by the command line tool.
 *
 *     basalt-download 1 LF
 *     one line of JSON LF     driver, modelId, device, complete, pages [{kind, index, length}]
 *     the pages' bytes, one after the other
 *
 * Neither the device's clock nor the computer's is in it: the same memory read twice gives the same bytes.
 */
import * as v from 'valibot'
import type { DeviceIdentity } from '#records/records.ts'
import type { Download, Page } from './driver.ts'

const MAGIC = 'basalt-download 1\n'
const LINE_FEED = 0x0a

export const DOWNLOAD_MEDIA_TYPE = 'application/vnd.basalt.download'

const wholeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const headSchema = v.object({
  driver: v.string(),
  modelId: v.string(),
  device: v.object({
    kind: v.picklist(['pump', 'meter', 'sensor']),
    manufacturer: v.string(),
    model: v.string(),
    serial: v.string(),
    firmware: v.exactOptional(v.string()),
  }),
  complete: v.boolean(),
  pages: v.array(v.object({ kind: v.string(), index: wholeNumber, length: wholeNumber })),
})

/** The bytes of a download, without its clocks. */
export function encodeDownload({ driver, modelId, device, complete, pages }: Download): Uint8Array<ArrayBuffer> {
  const { kind, manufacturer, model, serial, firmware } = device
  // In a fixed order, whatever the order of the fields given.
  const identity: DeviceIdentity = {
    kind,
    manufacturer,
    model,
    serial,
    ...(firmware === undefined ? {} : { firmware }),
  }
  const heads = pages.map(page => ({ kind: page.kind, index: page.index, length: page.bytes.length }))
  const head = JSON.stringify({ driver, modelId, device: identity, complete, pages: heads })
  const front = new TextEncoder().encode(`${MAGIC}${head}\n`)
  const bytes = new Uint8Array(front.length + pages.reduce((sum, page) => sum + page.bytes.length, 0))
  bytes.set(front)
  let at = front.length
  for (const page of pages) {
    bytes.set(page.bytes, at)
    at += page.bytes.length
  }
  return bytes
}

/** True when the bytes begin as a download does; a few are enough. */
export function looksLikeDownload(head: Uint8Array): boolean {
  return head.length >= MAGIC.length && [...MAGIC].every((char, i) => head[i] === char.charCodeAt(0))
}

/** The download in the bytes; `undefined` when they are anything else, are cut or go on too long. Never throws. */
export function parseDownload(bytes: Uint8Array): Download | undefined {
  if (!looksLikeDownload(bytes)) return undefined
  const end = bytes.indexOf(LINE_FEED, MAGIC.length)
  const head = end < 0 ? undefined : parseHead(bytes.subarray(MAGIC.length, end))
  if (!head) return undefined
  const pages: Page[] = []
  let at = end + 1
  for (const { kind, index, length } of head.pages) {
    if (length > bytes.length - at) return undefined
    pages.push({ kind, index, bytes: bytes.slice(at, at + length) })
    at += length
  }
  return at === bytes.length ? { ...head, pages } : undefined
}

function parseHead(bytes: Uint8Array): v.InferOutput<typeof headSchema> | undefined {
  try {
    const parsed = v.safeParse(headSchema, JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
    return parsed.success ? parsed.output : undefined
  } catch {
    // Not UTF-8, or not JSON.
    return undefined
  }
}
