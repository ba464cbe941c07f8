/**
 * The pump's radio packets, which the stick builds by itself and the link is given whole. Sheet §2.1.
 *
 *     short   A7 | serial, BCD | opcode | 00 | CRC-8                                          7 bytes
 *     long    A7 | serial, BCD | opcode | count | params, padded with zeros to 64 | CRC-8     71 bytes
 */
import { crc8 } from '#bytes/checksum.ts'

export const PUMP = 0xa7
export const SHORT_BYTES = 7
export const LONG_BYTES = 71
const PARAM_BYTES = 64

/** Opcodes of answers, as opposed to those of commands. */
export const Answer = { ACK: 0x06, NAK: 0x15 } as const

/** The reasons of a NAK that mean more than "not now" or "not in this model" (§1.5). */
export const NakReason = { PUMP_IN_ERROR: 0x07, REFUSED: 0x08, BOLUS_RUNNING: 0x0c, NO_SUCH_PAGE: 0x0d } as const

/** The 3 bytes of packed BCD of a serial number of 6 digits. Throws RangeError for anything else. */
export function bcdOfSerial(serial: string): Uint8Array {
  if (!/^\d{6}$/.test(serial)) throw new RangeError('a pump’s serial number has 6 digits')
  return Uint8Array.from([0, 2, 4], at => Number.parseInt(serial.slice(at, at + 2), 16))
}

/** The 6 digits of 3 bytes of packed BCD; not all digits when the bytes are not BCD. */
export const serialOfBcd = (bytes: Uint8Array): string =>
  [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')

/** A command without parameters, or the announcement of one that has some. */
export const buildShortPacket = (serial: string, opcode: number): Uint8Array =>
  withCrc([PUMP, ...bcdOfSerial(serial), opcode, 0])

/** A command with 1 to 64 bytes of parameters, or an answer. */
export function buildLongPacket(serial: string, opcode: number, params: Uint8Array): Uint8Array {
  const padding = Array<number>(PARAM_BYTES - params.length).fill(0)
  return withCrc([PUMP, ...bcdOfSerial(serial), opcode, params.length, ...params, ...padding])
}

export interface RadioPacket {
  readonly serial: string
  readonly opcode: number
  /** Empty in a short packet. */
  readonly params: Uint8Array
}

/** The packet in exactly these bytes; `undefined` when length, device type, padding or CRC are wrong. */
export function parseRadioPacket(bytes: Uint8Array): RadioPacket | undefined {
  const last = bytes.length - 1
  if (bytes[0] !== PUMP || crc8(bytes.subarray(0, last)) !== bytes[last]) return undefined
  const serial = serialOfBcd(bytes.subarray(1, 4))
  const [opcode = 0, count = 0] = bytes.subarray(4, 6)
  if (!/^\d{6}$/.test(serial)) return undefined
  if (bytes.length === SHORT_BYTES) return count === 0 ? { serial, opcode, params: new Uint8Array(0) } : undefined
  if (bytes.length !== LONG_BYTES || count < 1 || count > PARAM_BYTES) return undefined
  const isPadded = bytes.subarray(6 + count, last).every(byte => byte === 0)
  return isPadded ? { serial, opcode, params: bytes.slice(6, 6 + count) } : undefined
}

const withCrc = (bytes: readonly number[]): Uint8Array => Uint8Array.of(...bytes, crc8(Uint8Array.from(bytes)))
