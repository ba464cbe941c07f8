/**
 * The link meter's binary messages, "envelopes": what computer and meter say to each other once the meter passes on to
 * the pump. Bytes to envelope and back; knows no port and nothing of what is inside. Source: minimed-600 sheet §4.
 *
 * | offset | size | is                                                             |
 * | 00     | 1    | 51 "Q"                                                         |
 * | 01     | 1    | 03: a pump of the 600 series                                   |
 * | 02     | 6    | ASCII 000000                                                   |
 * | 08     | 10   | zero                                                           |
 * | 12     | 1    | operation                                                      |
 * | 13     | 4    | sequence, u32le                                                |
 * | 17     | 5    | zero                                                           |
 * | 1C     | 2    | length of the payload, u16le                                   |
 * | 1E     | 2    | zero                                                           |
 * | 20     | 1    | sum of all other bytes of the message                          |
 * | 21     | n    | payload                                                        |
 */
import { sum8 } from '#bytes/checksum.ts'
import { Reader } from '#bytes/reader.ts'
import { Writer } from '#bytes/writer.ts'

export const Operation = {
  OPEN_CONNECTION: 0x10,
  CLOSE_CONNECTION: 0x11,
  SEND_MESSAGE: 0x12,
  READ_INFO: 0x14,
  REQUEST_LINK_KEY: 0x16,
  /** From the pump, by radio. */
  RECEIVE_MESSAGE: 0x80,
  /** From the meter: the first answer to every SEND_MESSAGE. */
  SEND_MESSAGE_RESPONSE: 0x81,
  REQUEST_LINK_KEY_RESPONSE: 0x86,
} as const

export const HEADER_BYTES = 33
const OPERATION_AT = 0x12
const LENGTH_AT = 0x1c
const CHECKSUM_AT = 0x20
const START = [0x51, 0x03, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30] as const

export interface Envelope {
  readonly operation: number
  /** Counted by whoever sends; an answer of the meter itself repeats the computer's. */
  readonly sequence: number
  readonly payload: Uint8Array
}

/** The bytes of an envelope. */
export function buildEnvelope({ operation, sequence, payload }: Envelope): Uint8Array {
  const bytes = new Writer()
    .bytes(Uint8Array.from(START))
    .fill(10)
    .u8(operation)
    .u32le(sequence)
    .fill(5)
    .u16le(payload.length)
    .fill(3)
    .bytes(payload)
    .done()
  bytes[CHECKSUM_AT] = sum8(bytes)
  return bytes
}

/** The envelope in these bytes; `undefined` when they are not exactly one. */
export function parseEnvelope(bytes: Uint8Array): Envelope | undefined {
  if (bytes.length < HEADER_BYTES || !startsEnvelope(bytes) || bytes.length !== envelopeLength(bytes)) return undefined
  const others = (sum8(bytes) - (bytes[CHECKSUM_AT] ?? 0)) & 0xff
  if (others !== bytes[CHECKSUM_AT]) return undefined
  const reader = new Reader(bytes)
  reader.skip(OPERATION_AT)
  return { operation: reader.u8(), sequence: reader.u32le(), payload: bytes.slice(HEADER_BYTES) }
}

/** Whether these first bytes of a message are those of an envelope. */
export const startsEnvelope = (bytes: Uint8Array): boolean => START.every((byte, at) => bytes[at] === byte)

/** How long the envelope is that begins with these bytes; `undefined` while they do not tell. */
export const envelopeLength = (bytes: Uint8Array): number | undefined =>
  bytes.length < HEADER_BYTES ? undefined : HEADER_BYTES + (bytes[LENGTH_AT] ?? 0) + 256 * (bytes[LENGTH_AT + 1] ?? 0)
