/**
 * The checksums at the end of a Paradigm pump's pages (CRC-16/CCITT-FALSE, `#bytes/checksum.ts`).
 * Source: paradigm sheet §1.10 and §2.3.
 */
import { crc16ccitt } from '#bytes/checksum.ts'

/** Bytes of a history or glucose page, its checksum in the last two, big-endian. */
export const PAGE_BYTES = 1024
/** Bytes of a history or glucose page that hold something. */
export const PAGE_CONTENT_BYTES = 1022
/** Bytes of an ISIG page; its checksum in bytes 2044 and 2046. */
export const ISIG_PAGE_BYTES = 2048
/** Bytes of an ISIG page that hold something: one word for each of a glucose page. */
export const ISIG_CONTENT_BYTES = 2044

/** Whether these are the 1024 bytes of a history or glucose page with its right checksum. */
export function pageCrcIsRight(bytes: Uint8Array): boolean {
  if (bytes.length !== PAGE_BYTES) return false
  const told = ((bytes[PAGE_CONTENT_BYTES] ?? 0) << 8) | (bytes[PAGE_CONTENT_BYTES + 1] ?? 0)
  return crc16ccitt(bytes.subarray(0, PAGE_CONTENT_BYTES)) === told
}

/** Whether these are the 2048 bytes of an ISIG page with its right checksum. */
export function isigPageCrcIsRight(bytes: Uint8Array): boolean {
  if (bytes.length !== ISIG_PAGE_BYTES) return false
  // The checksum stands as two little-endian words with one byte of it in each: 2045 and 2047 are zero.
  const [high = 0, zero = 0, low = 0, secondZero = 0] = bytes.subarray(ISIG_CONTENT_BYTES)
  return zero === 0 && secondZero === 0 && crc16ccitt(bytes.subarray(0, ISIG_CONTENT_BYTES)) === ((high << 8) | low)
}
