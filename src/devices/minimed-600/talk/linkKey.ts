/**
 * What follows from serial numbers and from the meter's answers without any radio: the meter's password, the key that
 * pump and meter share, and the radio addresses behind serial numbers. Pure. Source: minimed-600 sheet §5.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { Reader } from '#bytes/reader.ts'

/** Joined to the meter's short serial before hashing; the same in every host program. */
const OPENING_SALT = 'A4BD6CED9A42602564F413123'
const KEY_BYTES = 16
/** Up to here the packed key can reach: 7 bytes of noise, then 16 steps of at most 3. */
const LEAST_PACKED_BYTES = 50
const MAC_MAKER = 0x0023f7
/** Of the seven characters of a serial number; from there on the address has its lowest letter bit set. */
const LAST_LOW_NUMBER = 16_581_375

/** What OPEN_CONNECTION and CLOSE_CONNECTION carry; `shortSerial` is what stands behind the dash: `1065043`. */
export const openingHash = (shortSerial: string): Uint8Array =>
  sha256(new TextEncoder().encode(shortSerial + OPENING_SALT)).reverse()

/** The answer to READ_INFO. */
export interface LinkInfo {
  /** Radio addresses, big-endian. */
  readonly linkMac: Uint8Array
  readonly pumpMac: Uint8Array
}

/** Reads the answer to READ_INFO; `undefined` when it is too short. */
export function readLinkInfo(payload: Uint8Array): LinkInfo | undefined {
  if (payload.length < 16) return undefined
  const reader = new Reader(payload)
  return { linkMac: reader.bytes(8).slice(), pumpMac: reader.bytes(8).slice() }
}

/**
 * Unpacks the key that pump and meter share. `serial` is the meter's: its last digit says where in the noise the key
 * begins. `undefined` when the meter has none (sheet: a short answer means not paired).
 */
export function unpackLinkKey(packed: Uint8Array, serial: string): Uint8Array | undefined {
  if (packed.length < LEAST_PACKED_BYTES) return undefined
  const key = new Uint8Array(KEY_BYTES)
  let at = serial.charCodeAt(serial.length - 1) & 7
  for (let i = 0; i < KEY_BYTES; i++) {
    const value = packed[at] ?? 0
    const how = packed[at + 1] ?? 0
    key[i] = how & 1 ? ~value : value
    at += how & 2 ? 2 : 3
  }
  return key
}

/** The serial number, as printed, behind a big-endian radio address; `undefined` when no serial number has it. */
export function serialOfMac(mac: Uint8Array): string | undefined {
  const reader = new Reader(mac)
  if (mac.length !== 8 || reader.u24be() !== MAC_MAKER) return undefined
  const letters = reader.u16be()
  const low = reader.u24be()
  const number = letters & 1 && low <= LAST_LOW_NUMBER ? low + 0x1000000 : low
  const code = letters >> 1
  const first = Math.floor(code / 676)
  const millions = Math.floor(number / 1_000_000)
  if (first > 25 || millions > 35) return undefined
  const lead = millions < 10 ? String(millions) : letter(millions - 10)
  const rest = String(number % 1_000_000).padStart(6, '0')
  return `${letter(first)}${letter(Math.floor(code / 26) % 26)}${lead}${rest}${letter(code % 26)}`
}

/** The big-endian radio address of a serial number such as `NG1057941H`; `undefined` when it is not of that form. */
export function macOfSerial(serial: string): Uint8Array | undefined {
  const [, first = '', second = '', lead = '', rest = '', last = ''] =
    /^([A-Z])([A-Z])([0-9A-Z])(\d{6})([A-Z])$/.exec(serial) ?? []
  if (first === '') return undefined
  const millions = /\d/.test(lead) ? Number(lead) : numberOf(lead) + 10
  const number = millions * 1_000_000 + Number(rest)
  const code = numberOf(first) * 676 + numberOf(second) * 26 + numberOf(last)
  const letters = 2 * code + (number > LAST_LOW_NUMBER ? 1 : 0)
  const low = number % 0x1000000
  return Uint8Array.of(0x00, 0x23, 0xf7, letters >> 8, letters & 0xff, low >> 16, (low >> 8) & 0xff, low & 0xff)
}

const numberOf = (capital: string): number => capital.charCodeAt(0) - 0x41
const letter = (number: number): string => String.fromCharCode(0x41 + number)
