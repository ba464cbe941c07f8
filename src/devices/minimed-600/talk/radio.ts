/**
 * What the meter's radio is told and what it tells: the payloads of the envelopes SEND_MESSAGE, its response, and
 * RECEIVE_MESSAGE. Bytes to meaning; the pump's own messages inside are encrypted and not looked at here.
 * Source: minimed-600 sheet §6. Offsets here are from the payload's start: the sheet's minus 21 hex.
 */
import { crc16ccitt } from '#bytes/checksum.ts'
import { Reader } from '#bytes/reader.ts'
import { Writer } from '#bytes/writer.ts'

export const RadioCommand = { JOIN_NETWORK: 0x03, TRANSMIT_PACKET: 0x05 } as const
/** First byte of every answer. */
export const COMMAND_RESPONSE = 0x55

/** Encrypted and at high speed (sheet §6.2: the one value that all host programs have used with success). */
export const TRANSMIT_FLAGS = 0x11

/** Behind the sequence and the channel of JOIN_NETWORK; meaning unknown, the same in every host program. */
const JOIN_CONSTANTS = Uint8Array.of(0x00, 0x00, 0x00, 0x07, 0x07, 0x00, 0x00, 0x02)
const CRC_BYTES = 2
/** Where encrypted data begin. */
const DATA_AT = 0x18
/** Raw signal strength that counts as 100 %. */
const FULL_SIGNAL = 0xa8

export interface Addresses {
  /** Big-endian, as READ_INFO tells them; on the radio they are little-endian. */
  readonly linkMac: Uint8Array
  readonly pumpMac: Uint8Array
}

/** Asks for the pump on one channel. */
export function joinNetwork(channel: number, { linkMac, pumpMac }: Addresses): Uint8Array {
  const payload = new Writer().u8(1).u8(channel).bytes(JOIN_CONSTANTS).bytes(reversed(linkMac)).bytes(reversed(pumpMac))
  return withCrc(RadioCommand.JOIN_NETWORK, payload.done())
}

/** Sends encrypted data to the pump. `sequence` counts radio commands, 1 to 127. */
export function transmitPacket(sequence: number, { pumpMac }: Addresses, encrypted: Uint8Array): Uint8Array {
  const payload = new Writer().bytes(reversed(pumpMac)).u8(sequence).u8(TRANSMIT_FLAGS).u8(encrypted.length)
  return withCrc(RadioCommand.TRANSMIT_PACKET, payload.bytes(encrypted).done())
}

function withCrc(command: number, payload: Uint8Array): Uint8Array {
  const bytes = new Writer()
    .u8(command)
    .u8(payload.length + 2)
    .bytes(payload)
    .done()
  return new Writer().bytes(bytes).u16le(crc16ccitt(bytes)).done()
}

/** What came from the meter's radio. */
export type RadioAnswer =
  | { readonly kind: 'joined'; readonly channel: number; readonly signalPercent: number }
  /** The meter has taken a JOIN_NETWORK; whether the pump is there comes later. */
  | { readonly kind: 'joining' }
  /** The pump is not on that channel. */
  | { readonly kind: 'no-connect' }
  /** The meter has sent a packet: `ok`, or `noisy`: it goes on, but slower; or `failed`. */
  | { readonly kind: 'sent'; readonly sequence: number; readonly state: 'ok' | 'noisy' | 'failed' }
  | { readonly kind: 'data'; readonly encrypted: Uint8Array }
  /** The pump did not take the packet; the wire is clean and the request may be repeated. */
  | { readonly kind: 'no-response' }
  /** A packet from the pump found the meter's memory full. */
  | { readonly kind: 'dropped' }
  /** The connection to the pump is gone. */
  | { readonly kind: 'lost' }
  /** The meter itself has lost its way (E86). */
  | { readonly kind: 'stuck' }
  | { readonly kind: 'unknown'; readonly problem: string }

/** Reads the payload of a RECEIVE_MESSAGE or of the response to SEND_MESSAGE. `addresses`: whom data must name. */
export function readRadioAnswer(payload: Uint8Array, addresses: Addresses): RadioAnswer {
  if (payload.length === 1 && (payload[0] === 0x00 || payload[0] === 0xff)) return { kind: 'stuck' }
  if (payload[0] !== COMMAND_RESPONSE) return { kind: 'unknown', problem: 'not an answer of the radio' }
  if (payload[1] !== payload.length - CRC_BYTES) return { kind: 'unknown', problem: 'a wrong length' }
  const reader = new Reader(payload)
  const body = reader.bytes(payload.length - CRC_BYTES)
  if (reader.u16le() !== crc16ccitt(body)) return { kind: 'unknown', problem: 'a wrong checksum' }

  const is = (from: number, ...expected: number[]) => expected.every((byte, at) => body[from + at] === byte)
  // Data first: they may have the length of any other answer.
  if (is(2, 0x00, 0x06) && body.length >= DATA_AT) return readData(body, addresses)
  switch (body.length) {
    case 4:
      if (is(2, 0x00, 0x00)) return { kind: 'joining' }
      break
    case 11:
      if (is(3, 0x00, 0x20)) return { kind: 'no-connect' }
      if (is(3, 0x00, 0x00, 0x02, 0x00)) return { kind: 'no-response' }
      if (is(3, 0x06, 0x88, 0x00, 0x65)) return { kind: 'dropped' }
      break
    case 13:
      if (is(2, 0x00, 0x04)) return { kind: 'sent', sequence: body[11] ?? 0, state: stateOf(body[12]) }
      if (is(3, 0x00, 0x00, 0x02)) return { kind: 'lost' }
      break
    case 44:
      if (is(2, 0x00, 0x04) && is(0x12, 0x82) && is(0x23, 0x42)) return readJoin(body, addresses)
      if (is(3, 0x00) && is(0x12, 0x83) && is(0x23, 0x43)) return { kind: 'lost' }
      break
    default:
      break
  }
  return { kind: 'unknown', problem: 'an answer that the sheet does not know' }
}

const stateOf = (byte: number | undefined): 'ok' | 'noisy' | 'failed' =>
  byte === 0x02 ? 'ok' : byte === 0x04 ? 'noisy' : 'failed'

/**
 * | offset | size | is                                                       |
 * | 0A     | 8    | address of the pump, little-endian                       |
 * | 12     | 1    | 82: the pump is active                                   |
 * | 1A     | 1    | signal strength                                          |
 * | 1B     | 8    | address of the meter, little-endian                      |
 * | 23     | 1    | 42: the meter is active                                  |
 * | 2B     | 1    | channel                                                  |
 */
function readJoin(body: Uint8Array, { linkMac, pumpMac }: Addresses): RadioAnswer {
  if (!same(body.subarray(0x0a, 0x12), reversed(pumpMac)) || !same(body.subarray(0x1b, 0x23), reversed(linkMac))) {
    return { kind: 'unknown', problem: 'another pump or meter' }
  }
  const signalPercent = Math.min(100, Math.round((100 * (body[0x1a] ?? 0)) / FULL_SIGNAL))
  return { kind: 'joined', channel: body[0x2b] ?? 0, signalPercent }
}

/**
 * | offset | size | is                                                       |
 * | 04     | 8    | address of the pump, little-endian                       |
 * | 0C     | 8    | address of the meter, little-endian                      |
 * | 14     | 1    | the pump's packet sequence                               |
 * | 15     | 2    | unknown; the first looks like the signal's level         |
 * | 17     | 1    | length n of the encrypted data                           |
 * | 18     | n    | encrypted data                                           |
 */
function readData(body: Uint8Array, { linkMac, pumpMac }: Addresses): RadioAnswer {
  if (body[DATA_AT - 1] !== body.length - DATA_AT) return { kind: 'unknown', problem: 'data cut short' }
  if (!same(body.subarray(4, 12), reversed(pumpMac)) || !same(body.subarray(12, 20), reversed(linkMac))) {
    return { kind: 'unknown', problem: 'data of another pump or meter' }
  }
  return { kind: 'data', encrypted: body.slice(DATA_AT) }
}

const reversed = (bytes: Uint8Array): Uint8Array => bytes.slice().reverse()
const same = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at])
