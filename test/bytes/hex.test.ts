import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesFromHex, hexFromBytes } from '#bytes/hex.ts'

describe('hexadecimal text', () => {
  it('is read with blanks, line breaks, capitals and 0x', () => {
    expect(bytesFromHex('02 0F\n0xff\t7e')).toEqual(Uint8Array.of(2, 15, 255, 126))
    expect(bytesFromHex('')).toEqual(new Uint8Array(0))
  })

  it('is written in small letters, two digits a byte', () => {
    expect(hexFromBytes(Uint8Array.of(0, 10, 255))).toBe('000aff')
    expect(hexFromBytes(Uint8Array.of(0, 10, 255), ' ')).toBe('00 0a ff')
    expect(hexFromBytes(new Uint8Array(0))).toBe('')
  })

  it('goes there and back, with any separator of blanks', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom('', ' ', '\n'), (bytes, separator) => {
        expect(bytesFromHex(hexFromBytes(bytes, separator))).toEqual(bytes)
      }),
    )
  })

  it.each(['1', '123', '0g', 'zz', '1.', '+1', '-1', '\u0661\u0662'])('%o is refused', text => {
    expect(() => bytesFromHex(text)).toThrow(RangeError)
  })

  it('is refused for anything else than digits, and never guessed', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const digits = text.replace(/0x|\s+/gi, '').toLowerCase()
        const isHex = digits.length % 2 === 0 && Array.from(digits).every(digit => '0123456789abcdef'.includes(digit))
        expect(readOrRefused(text)).toBe(isHex ? digits : 'refused')
      }),
    )
  })
})

function readOrRefused(text: string): string {
  try {
    return hexFromBytes(bytesFromHex(text))
  } catch (error) {
    return error instanceof RangeError ? 'refused' : String(error)
  }
}
