/**
 * The lowest layer's promise for this pump (decision 12, sheet §0): what may be said to it, whatever the bridge. The
 * same radio carries boluses and basal rates, so a command is allowed by its opcode and by its parameters, byte for
 * byte. 28 (writes into the sensor's memory) and 4D (suspends) are not among them.
 */
import { crc8 } from '#bytes/checksum.ts'
import { Opcode } from './commands.ts'
import { PUMP, serialOfBcd } from './radio.ts'

/** Opcodes that take no parameters: settings and state. */
const plainReads: ReadonlySet<number> = new Set([
  ...[0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x79, 0x83, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8d, 0x8e],
  ...[0x8f, 0x90, 0x91, 0x92, 0x93, 0x94, 0x95, 0x97, 0x98, 0x99, 0x9c, 0x9d, 0x9f],
  ...[0xc0, 0xc1, 0xc3, 0xc5, 0xc6, 0xc7, 0xcd, 0xce, 0xcf, 0xd1, 0xd2, 0xd3, 0xd4, 0xf0, 0xf1, 0xf3],
])

const MAX_WAKE_MINUTES = 30

/**
 * True for a command that only reads, or that keeps the pump's radio awake for 1 to 30 minutes. A short packet that
 * announces a command with parameters is judged as that command.
 */
export function isReadCommand(opcode: number, params: Uint8Array): boolean {
  if (plainReads.has(opcode)) return params.length === 0
  const [first = 0, second = 0] = params
  switch (opcode) {
    case Opcode.HISTORY_PAGE:
      return params.length === 1
    case Opcode.GLUCOSE_PAGE:
    case Opcode.ISIG_PAGE:
      return params.length === 4
    case Opcode.POWER_CONTROL:
      return params.length === 2 && first === 1 && second >= 1 && second <= MAX_WAKE_MINUTES
    default:
      return false
  }
}

/** True for opcodes that {@link isReadCommand} allows with parameters: their short packet only announces the long one. */
export const takesParams = (opcode: number): boolean =>
  opcode === Opcode.HISTORY_PAGE ||
  opcode === Opcode.GLUCOSE_PAGE ||
  opcode === Opcode.ISIG_PAGE ||
  opcode === Opcode.POWER_CONTROL

/** What the stick itself may be told: who it is, how its wires and radio do, whether something has come (§1.4). */
const stickQuestions: readonly (readonly number[])[] = [
  [0x03, 0, 0],
  [0x04, 0, 0],
  [0x05, 0, 0],
  [0x05, 1, 0],
  [0x06, 0, 0],
]
const READ_RADIO = 0x0c
/** One radio frame of 1, 64 or 128 bytes with what stands around it (§1.6). */
const radioReplyBytes: readonly number[] = [15, 78, 142]

/** True for whole packets to the stick that read. */
export function isStickPacket(bytes: Uint8Array): boolean {
  if (bytes[0] === READ_RADIO) {
    const [, zero, high = 0, low = 0, crc] = bytes
    const isSized = bytes.length === 5 && zero === 0 && radioReplyBytes.includes(high * 256 + low)
    return isSized && crc === crc8(bytes.subarray(0, 4))
  }
  return stickQuestions.some(known => isEqual(known, bytes)) || isTransmitOfRead(bytes)
}

/** `01 00 A7 01 | serial | 80+count | repeat, retries, frames, 00 | opcode | CRC | params | CRC` (§1.7). */
function isTransmitOfRead(bytes: Uint8Array): boolean {
  const params = bytes.subarray(15, -1)
  if (bytes.length < 16 || !isEqual([0x01, 0x00, PUMP, 0x01], bytes.subarray(0, 4))) return false
  if (!/^\d{6}$/.test(serialOfBcd(bytes.subarray(4, 7)))) return false
  const opcode = bytes[13] ?? 0
  const isWake = opcode === Opcode.POWER_CONTROL
  const how = isWake ? [0x55, 0, 0, 0] : [0, 2, framesOf(opcode), 0]
  return (
    isEqual([0x80, params.length], bytes.subarray(7, 9)) &&
    isEqual(how, bytes.subarray(9, 13)) &&
    isReadCommand(opcode, params) &&
    bytes[14] === crc8(bytes.subarray(0, 14)) &&
    bytes.at(-1) === crc8(params)
  )
}

/** What a transmission announces: 1 frame, or 2 for "several" (§1.7). */
export const framesOf = (opcode: number): number =>
  [Opcode.HISTORY_PAGE, Opcode.GLUCOSE_PAGE, Opcode.ISIG_PAGE, 0x92, 0x93, 0x94].some(long => long === opcode) ? 2 : 1

const isEqual = (wanted: readonly number[], bytes: Uint8Array): boolean =>
  bytes.length === wanted.length && wanted.every((byte, at) => byte === bytes[at])
