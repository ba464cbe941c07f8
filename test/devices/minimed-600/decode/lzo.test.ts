/** Unpacking: streams written by hand after the description, a real one, and streams that mean harm. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesFromHex, hexFromBytes } from '#bytes/hex.ts'
import { packLiterals, unpack } from '#devices/minimed-600/decode/lzo.ts'

const unpacked = (hex: string, length: number) => {
  const { bytes, problem } = unpack(bytesFromHex(hex), length)
  return problem === undefined ? hexFromBytes(bytes) : `${hexFromBytes(bytes)} (${problem})`
}
const END = '110000'

describe('LZO1X', () => {
  it('copies a run of literals at the beginning', () => {
    expect(unpacked(`15 01020304 ${END}`, 4)).toBe('01020304')
  })

  it('copies a long run whose length is 18 and what follows', () => {
    // 00 02: 15 + 2 + 3 = 20 literals.
    const literals = '000102030405060708090a0b0c0d0e0f10111213'
    expect(unpacked(`00 02 ${literals} ${END}`, 20)).toBe(literals)
  })

  it('counts 255 for each zero byte of a length', () => {
    // 00 00 01: 15 + 255 + 1 + 3 = 274 literals.
    const literals = 'ab'.repeat(274)
    expect(unpacked(`00 00 01 ${literals} ${END}`, 274)).toBe(literals)
  })

  it('repeats by a match of the near kind, two to eight bytes, up to 2 kB back', () => {
    // 40: length 3, distance ((40 >> 2) & 7) + 1 = 1; 4c: length 3, distance 4.
    expect(unpacked(`15 01020304 40 00 ${END}`, 7)).toBe('01020304040404')
    expect(unpacked(`15 01020304 4c 00 ${END}`, 7)).toBe('01020304010203')
  })

  it('repeats by a match of the middle kind, up to 16 kB back, with literals behind', () => {
    // 23: length 3 + 2 = 5; 0d 00: distance (0d >> 2) + 1 = 4, one literal follows.
    expect(unpacked(`15 01020304 23 0d00 ff ${END}`, 10)).toBe('010203040102030401ff')
  })

  it('repeats by a match of the far kind, beyond 16 kB', () => {
    const far = 0x4001
    const literals = Uint8Array.from({ length: far }, (_, i) => i % 251)
    const head = packLiterals(literals).slice(0, -3)
    // 11: length 1 + 2 = 3; 04 00: distance 0x4000 + 1.
    const stream = Uint8Array.of(...head, 0x11, 0x04, 0x00, 0x11, 0x00, 0x00)
    const { bytes, problem } = unpack(stream, far + 3)
    expect(problem).toBeUndefined()
    expect([...bytes.subarray(-3)]).toEqual([0, 1, 2])
  })

  it('repeats two bytes after a match with literals, and three far ones after a run', () => {
    // 41 00: length 3, distance 1, one literal; then 04 00: length 2, distance 2.
    expect(unpacked(`15 01020304 41 00 ff 04 00 ${END}`, 10)).toBe('01020304040404ff04ff')
    const literals = Uint8Array.from({ length: 0x802 }, (_, i) => i % 251)
    // After a run, 00 00 is 3 bytes from 801 hex back.
    const stream = Uint8Array.of(...packLiterals(literals).slice(0, -3), 0x00, 0x00, 0x11, 0x00, 0x00)
    const { bytes, problem } = unpack(stream, 0x805)
    expect(problem).toBeUndefined()
    expect([...bytes.subarray(-3)]).toEqual([1, 2, 3])
  })

  it('unpacks the stream of the worked session', () => {
    const { bytes, problem } = unpack(bytesFromHex(WORKED_STREAM), 2048)
    expect(problem).toBeUndefined()
    expect(hexFromBytes(bytes.subarray(0, 142))).toBe(WORKED_EVENTS)
    expect(hexFromBytes(bytes.subarray(-4))).toBe('008edc3c')
  })

  it.each([
    ['ends in the middle of a run', '15 0102', 4],
    ['ends in the middle of a match', '15 01020304 40', 7],
    ['has no end mark', '15 01020304', 4],
    ['reaches back before its beginning', `12 01 4c 00 ${END}`, 4],
    ['gives more than it announces', `15 01020304 ${END}`, 3],
    ['gives less than it announces', `15 01020304 ${END}`, 5],
    ['goes on behind its end mark', `15 01020304 ${END} 00`, 4],
    ['is empty', '', 4],
  ])('gives what came until then when a stream %s', (_, stream, length) => {
    const { bytes, problem } = unpack(bytesFromHex(stream), length)
    expect(problem).toBeDefined()
    expect(bytes.length).toBeLessThanOrEqual(length)
  })

  it('gives back what was packed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), bytes => {
        const { bytes: back, problem } = unpack(packLiterals(bytes), bytes.length)
        expect(problem).toBeUndefined()
        expect(hexFromBytes(back)).toBe(hexFromBytes(bytes))
      }),
    )
  })

  it('takes any bytes and never gives more than announced', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(5000), (bytes, length) => {
        expect(unpack(bytes, length).bytes.length).toBeLessThanOrEqual(length)
      }),
      { numRuns: 2000 },
    )
  })
})

/** Sheet §22.1. */
const WORKED_EVENTS =
  '1d00118673a638a115f6670102000032c83d01358673ad40a115f667000000b4002d003200000064005a006e000036b00000afc800001388000013880000d2f000000000d2f01501168673ad54a115f6670107000000d2f000001388dc011a8673adcca115f6670107000000d2f00000d2f0000013881e000c8673bb50a115f667021f000c8673bda8a115f66701'
const WORKED_STREAM = `a0${WORKED_EVENTS}ff200000000000000053000001008edc3c110000`
