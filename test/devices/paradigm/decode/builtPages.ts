/** Pages and replies for tests, built from hex; their checksums by ten obvious lines of their own. */
import { bytesFromHex } from '#bytes/hex.ts'
import { type Family, familyOf } from '#devices/paradigm/decode/family.ts'
import type { Page } from '#devices/driver.ts'

/** The family of a model that is known to exist. */
export function family(model: string): Family {
  const found = familyOf(model)
  if (!found) throw new Error(`No family ${model}`)
  return found
}

/** CRC-16/CCITT-FALSE, bit by bit. */
export function plainCrc16(bytes: Uint8Array): number {
  let crc = 0xffff
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff
  }
  return crc
}

/** A history or glucose page: the hex from byte 0, zeros, checksum. */
export function pageOf(...hex: readonly string[]): Uint8Array {
  const page = new Uint8Array(1024)
  page.set(bytesFromHex(hex.join('')))
  return sealed(page)
}

/** The same page with the checksum that its content needs. */
export function sealed(page: Uint8Array): Uint8Array {
  const copy = page.slice()
  new DataView(copy.buffer).setUint16(1022, plainCrc16(copy.subarray(0, 1022)))
  return copy
}

/** An ISIG page: words from index 0, zeros, checksum in bytes 2044 and 2046. */
export function isigPageOf(words: readonly number[]): Uint8Array {
  const page = new Uint8Array(2048)
  const view = new DataView(page.buffer)
  words.forEach((word, i) => view.setUint16(2 * i, word, true))
  const crc = plainCrc16(page.subarray(0, 2044))
  page[2044] = crc >> 8
  page[2046] = crc & 0xff
  return page
}

/** A reply as it is delivered: padded with zeros to 64 bytes, 192 of a basal profile. */
export function replyOf(opcode: number, hex: string): Page {
  const bytes = new Uint8Array(opcode >= 0x92 && opcode <= 0x94 ? 192 : 64)
  bytes.set(bytesFromHex(hex))
  return { kind: 'reply', index: opcode, bytes }
}

/** A number from 0 up to below `below`, the same row of them for the same seed. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1
  return below => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state % below
  }
}
