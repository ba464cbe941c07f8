import { describe, expect, it } from 'vitest'
import { crc16ccitt, crc8, sum8, xor8 } from '#bytes/checksum.ts'

/** The catalogues' common test text. */
const digits = new TextEncoder().encode('123456789')

describe('checksums', () => {
  it('give the catalogued check values', () => {
    // CRC-8/LTE and CRC-16/CCITT-FALSE of the CRC RevEng catalogue; sums added by hand.
    expect(crc8(digits)).toBe(0xea)
    expect(crc16ccitt(digits)).toBe(0x29b1)
    expect(sum8(digits)).toBe(0xdd)
    expect(xor8(digits)).toBe(0x31)
  })
})
