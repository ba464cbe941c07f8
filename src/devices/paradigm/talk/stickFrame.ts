/**
 * The white stick's packets: bytes to message and back, checksums. Knows no time and no order. Sheet §1.2 to §1.7.
 *
 * Everything that comes from the stick tells its own length, so it can be cut out of a stream of bytes however that
 * was split: what begins with 01 has 64 bytes, what begins with 02 has 14 more than its bytes 5 and 6 say.
 */
import { crc8 } from '#bytes/checksum.ts'
import type { PumpCommand } from './bridge.ts'
import { Opcode } from './commands.ts'
import { bcdOfSerial, PUMP, serialOfBcd } from './radio.ts'
import { framesOf } from './whitelist.ts'

export const REPLY_BYTES = 64
const RADIO_HEADER_BYTES = 13
const REPLY = 0x01
const RADIO = 0x02

/** Questions to the stick itself (§1.4). */
export const Ask = {
  LINK_STATUS: Uint8Array.of(0x03, 0, 0),
  PRODUCT_INFO: Uint8Array.of(0x04, 0, 0),
  RADIO_STATISTICS: Uint8Array.of(0x05, 0, 0),
  USB_STATISTICS: Uint8Array.of(0x05, 1, 0),
  SIGNAL_STRENGTH: Uint8Array.of(0x06, 0, 0),
} as const

/** Hands over what the radio has received: `size` is the one that the status told. */
export function buildReadRadio(size: number): Uint8Array {
  const head = [0x0c, 0x00, size >> 8, size & 0xff]
  return Uint8Array.of(...head, crc8(Uint8Array.from(head)))
}

/** Sends a command to the pump (§1.7). Throws RangeError for a serial number that has not 6 digits. */
export function buildTransmit(serial: string, { opcode, params }: Pick<PumpCommand, 'opcode' | 'params'>): Uint8Array {
  // While it wakes a pump the stick repeats the packet for seconds; otherwise twice, should no answer come.
  const how = opcode === Opcode.POWER_CONTROL ? [0x55, 0, 0] : [0x00, 2, framesOf(opcode)]
  const head = [0x01, 0x00, PUMP, 0x01, ...bcdOfSerial(serial), 0x80, params.length, ...how, 0x00, opcode]
  return Uint8Array.of(...head, crc8(Uint8Array.from(head)), ...params, crc8(params))
}

/** The answer to everything but {@link buildReadRadio}. Its tail is what the stick had said before. */
export interface Reply {
  readonly isOk: boolean
  /** Why not: 1 CRC, 2 data, 3 busy, 4 not supported. */
  readonly reason: number
  /** From byte 3 on. */
  readonly data: Uint8Array
}

/** One chunk from the radio (§1.6). */
export interface RadioReply {
  readonly kind: number
  readonly serial: string
  /** The last chunk of the pump's answer. */
  readonly isLast: boolean
  readonly data: Uint8Array
  /** False when the CRC over the data is wrong; the header's is right. */
  readonly isWhole: boolean
}

export const RadioKind = { ACK: 1, NAK: 2, FRAME: 3, FRAMES: 4, TIMEOUT: 5 } as const

export type Message = { readonly reply: Reply } | { readonly radio: RadioReply }

/**
 * The first message of a stream of bytes: how many it takes and what it says, `undefined` when bytes are missing,
 * `noise` when the stream does not begin with a message.
 */
export function firstMessage(
  stream: Uint8Array,
): { readonly length: number; readonly message: Message } | 'noise' | undefined {
  if (stream.length === 0) return undefined
  if (stream[0] === REPLY) {
    const mark = stream[1]
    if (mark !== undefined && mark !== 0x55 && mark !== 0x66) return 'noise'
    if (stream.length < REPLY_BYTES) return undefined
    const reply = { isOk: mark === 0x55, reason: stream[2] ?? 0, data: stream.slice(3, REPLY_BYTES) }
    return { length: REPLY_BYTES, message: { reply } }
  }
  if (stream[0] !== RADIO) return 'noise'
  if (stream.length < RADIO_HEADER_BYTES) return undefined
  if (crc8(stream.subarray(0, RADIO_HEADER_BYTES - 1)) !== stream[RADIO_HEADER_BYTES - 1]) return 'noise'
  const [, , kind = 0, , , high = 0, low = 0] = stream
  const end = RADIO_HEADER_BYTES + (high & 0x7f) * 256 + low
  if (stream.length <= end) return undefined
  const radio: RadioReply = {
    kind,
    serial: serialOfBcd(stream.subarray(9, 12)),
    isLast: (high & 0x80) !== 0,
    data: stream.slice(RADIO_HEADER_BYTES, end),
    isWhole: crc8(stream.subarray(RADIO_HEADER_BYTES, end)) === stream[end],
  }
  return { length: end + 1, message: { radio } }
}

/** What LinkStatus says (§1.5). */
export interface LinkStatus {
  /** 0: none. */
  readonly error: number
  readonly reason: number
  /** Bytes that {@link buildReadRadio} would give; 0 when nothing whole has come. */
  readonly ready: number
  /** Something is on the air, one way or the other. */
  readonly isBusy: boolean
}

const Status = { RECEIVED: 0x01, RECEIVING: 0x02, TRANSMITTING: 0x04 } as const
const readySizes: readonly number[] = [15, 78, 142]

/** `undefined` when no LinkStatus says so: a late answer to another question. */
export function linkStatusOf({ isOk, data }: Reply): LinkStatus | undefined {
  const [error = 0, reason = 0, bits = 0, high = 0, low = 0] = data
  const size = high * 256 + low
  if (!isOk || bits > 0x3f || (size !== 0 && !readySizes.includes(size))) return undefined
  return {
    error,
    reason,
    ready: error === 0 && bits & Status.RECEIVED ? size : 0,
    isBusy: (bits & (Status.RECEIVING | Status.TRANSMITTING)) !== 0,
  }
}

export interface ProductInfo {
  readonly serial: string
  readonly description: string
  readonly version: string
  readonly megahertz: 916.5 | 868.35 | undefined
}

/** Who the stick says it is (§1.4). */
export function productInfoOf({ data }: Reply): ProductInfo {
  const band = data[5]
  return {
    serial: serialOfBcd(data.subarray(0, 3)),
    description: String.fromCharCode(...data.subarray(6, 16)).trim(),
    version: `${data[16]}.${(data[17] ?? 0).toString(16)}`,
    megahertz: band === 0x00 || band === 0xff ? 916.5 : band === 0x01 ? 868.35 : undefined,
  }
}

/** Both counters' layout is the same (§1.4). */
export function statisticsOf({ data }: Reply): Readonly<Record<string, number>> {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const [crcErrors = 0, sequenceErrors = 0, naks = 0, timeouts = 0] = data
  return { crcErrors, sequenceErrors, naks, timeouts, received: view.getUint32(4), sent: view.getUint32(8) }
}
