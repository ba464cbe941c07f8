import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesFromHex } from '#bytes/hex.ts'
import { OutOfBytes, Reader } from '#bytes/reader.ts'
import { Writer } from '#bytes/writer.ts'

/** Every number that both sides know: its name and its range. */
const numbers = [
  ['u8', 0, 0xff],
  ['u16be', 0, 0xffff],
  ['u16le', 0, 0xffff],
  ['u24be', 0, 0xffffff],
  ['u24le', 0, 0xffffff],
  ['u32be', 0, 0xffffffff],
  ['u32le', 0, 0xffffffff],
  ['i16be', -0x8000, 0x7fff],
  ['i16le', -0x8000, 0x7fff],
  ['i32be', -0x80000000, 0x7fffffff],
] as const

describe('reading', () => {
  it('takes numbers in the named byte order', () => {
    // 12 34 56 78: written out by hand.
    const read = () => new Reader(bytesFromHex('12 34 56 78'))
    expect(read().u8()).toBe(0x12)
    expect(read().u16be()).toBe(0x1234)
    expect(read().u16le()).toBe(0x3412)
    expect(read().u24be()).toBe(0x123456)
    expect(read().u24le()).toBe(0x563412)
    expect(read().u32be()).toBe(0x12345678)
    expect(read().u32le()).toBe(0x78563412)
    const negative = () => new Reader(bytesFromHex('ff fe ff ff'))
    expect(negative().i16be()).toBe(-2)
    expect(negative().i16le()).toBe(-257)
    expect(new Reader(bytesFromHex('ff ff ff fe')).i32be()).toBe(-2)
    expect(negative().u32be()).toBe(0xfffeffff)
  })

  it('works on a part of a larger buffer', () => {
    const reader = new Reader(bytesFromHex('00 01 02 03 04').subarray(2, 4))
    expect(reader.u16be()).toBe(0x0203)
    expect(reader.remaining).toBe(0)
  })

  it('knows where it stands', () => {
    const reader = new Reader(new Uint8Array(10))
    reader.skip(3)
    reader.u16le()
    reader.bytes(1)
    reader.text(2)
    expect([reader.offset, reader.remaining]).toEqual([8, 2])
  })

  it('reads text byte by byte, also above 127', () => {
    expect(new Reader(bytesFromHex('41 e9 00 ff')).text(4)).toBe('A\u00e9\u0000\u00ff')
  })

  it('past the end says where it stood, and stands there still', () => {
    const short = fc.uint8Array({ maxLength: 3 })
    fc.assert(
      fc.property(short, bytes => {
        const reader = new Reader(bytes)
        reader.skip(bytes.length)
        for (const [name] of numbers) {
          const failure = failureOf(() => reader[name]())
          expect(failure).toBeInstanceOf(OutOfBytes)
          expect(failure instanceof OutOfBytes && failure.offset).toBe(bytes.length)
        }
        for (const count of [1, 1000, -1]) {
          expect(failureOf(() => reader.bytes(count))).toBeInstanceOf(OutOfBytes)
          expect(failureOf(() => reader.text(count))).toBeInstanceOf(OutOfBytes)
          expect(failureOf(() => reader.skip(count))).toBeInstanceOf(OutOfBytes)
        }
        expect(reader.offset).toBe(bytes.length)
      }),
    )
  })

  it('never takes a part of a number', () => {
    const reader = new Reader(Uint8Array.of(1, 2, 3))
    expect(() => reader.u32be()).toThrow(OutOfBytes)
    expect(reader.u24be()).toBe(0x010203)
  })
})

describe('writing and reading', () => {
  it('mirror each other for any sequence', () => {
    const step = fc.oneof(
      ...numbers.map(([name, min, max]) => fc.integer({ min, max }).map(value => ({ name, value }))),
      fc.uint8Array({ maxLength: 100 }).map(value => ({ name: 'bytes' as const, value })),
      fc
        .string({ unit: fc.integer({ min: 0, max: 255 }).map(code => String.fromCharCode(code)) })
        .map(value => ({ name: 'text' as const, value })),
    )
    fc.assert(
      fc.property(fc.array(step), steps => {
        const writer = new Writer()
        for (const { name, value } of steps) {
          if (name === 'bytes') writer.bytes(value)
          else if (name === 'text') writer.text(value)
          else writer[name](value)
        }
        const bytes = writer.done()
        expect(bytes.length).toBe(writer.length)
        const reader = new Reader(bytes)
        const read = steps.map(({ name, value }) => ({
          name,
          value: name === 'bytes' || name === 'text' ? reader[name](value.length) : reader[name](),
        }))
        expect(read).toEqual(steps)
        expect(reader.remaining).toBe(0)
      }),
    )
  })

  it.each(numbers)('%s takes its whole range and nothing outside', (name, min, max) => {
    for (const value of [min, max, 0]) expect(new Reader(new Writer()[name](value).done())[name]()).toBe(value)
    for (const value of [min - 1, max + 1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => new Writer()[name](value)).toThrow(RangeError)
    }
  })

  it('give a copy that later writing does not change', () => {
    const writer = new Writer().u8(1)
    const first = writer.done()
    writer.u8(2)
    expect(first).toEqual(Uint8Array.of(1))
    expect(writer.done()).toEqual(Uint8Array.of(1, 2))
  })

  it('fill, and refuse text that is not one byte a character', () => {
    expect(new Writer().fill(3).fill(2, 0xaa).done()).toEqual(bytesFromHex('000000aaaa'))
    expect(() => new Writer().text('\u0100')).toThrow(RangeError)
  })
})

function failureOf(work: () => unknown): unknown {
  try {
    work()
    return undefined
  } catch (error) {
    return error
  }
}
