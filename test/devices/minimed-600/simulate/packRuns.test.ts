import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bytesFromHex, hexFromBytes } from '#bytes/hex.ts'
import { unpack } from '#devices/minimed-600/decode/lzo.ts'
import { packRuns } from '#devices/minimed-600/simulate/packRuns.ts'

it('packs so that unpacking gives the same again', () => {
  const piece = fc.oneof(
    fc.uint8Array({ minLength: 4, maxLength: 600 }),
    fc
      .tuple(fc.nat({ max: 255 }), fc.integer({ min: 4, max: 3000 }))
      .map(([byte, count]) => new Uint8Array(count).fill(byte)),
  )
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), pieces => {
      const bytes = Uint8Array.from(pieces.flatMap(part => [...part]))
      expect(unpack(packRuns(bytes), bytes.length)).toEqual({ bytes })
    }),
  )
})

it('leaves little of a block that is nearly empty', () => {
  const block = new Uint8Array(2048).fill(0xff)
  block.set([1, 2, 3])
  // Three bytes and four of the filler, the other 2041 by one match of 33 + 7 × 255 + 223, the end.
  expect(hexFromBytes(packRuns(block))).toBe('18010203ffffffff2000000000000000df0000110000')
  expect(unpack(bytesFromHex('18010203ffffffff2000000000000000df0000110000'), 2048)).toEqual({ bytes: block })
})
