/**
 * The checksums of the field's wires. Each function names its parameters as the CRC catalogues do,
 * and its check value: the result for the nine characters "123456789".
 */

/** Sum of all bytes modulo 256 (ASTM E1381 frames). Check value 0xDD. */
export function sum8(bytes: Uint8Array): number {
  let sum = 0
  for (const byte of bytes) sum = (sum + byte) & 0xff
  return sum
}

/** All bytes joined by exclusive or. Check value 0x31. */
export function xor8(bytes: Uint8Array): number {
  let sum = 0
  for (const byte of bytes) sum ^= byte
  return sum
}

const table8 = tableOf(8, 0x9b)
const table16 = tableOf(16, 0x1021)

/** CRC-8, polynomial 0x9B, start 0, as on the MiniMed Paradigm radio. Check value 0xEA. */
export function crc8(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) crc = table8[crc ^ byte] ?? 0
  return crc
}

/** CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF, not reflected. Check value 0x29B1. */
export function crc16ccitt(bytes: Uint8Array, start = 0xffff): number {
  let crc = start
  for (const byte of bytes) crc = ((crc << 8) & 0xffff) ^ (table16[(crc >> 8) ^ byte] ?? 0)
  return crc
}

function tableOf(bits: 8 | 16, polynomial: number): Uint16Array {
  const top = 1 << (bits - 1)
  const mask = (1 << bits) - 1
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let crc = byte << (bits - 8)
    for (let bit = 0; bit < 8; bit++) crc = crc & top ? ((crc << 1) ^ polynomial) & mask : (crc << 1) & mask
    return crc
  })
}
