import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesFromHex, hexFromBytes } from '#bytes/hex.ts'
import {
  answers,
  buildAnswer,
  buildMessage,
  isLinkReport,
  longMessage,
  messageLength,
  Operation,
  readMessage,
  reportsOf,
  shortMessage,
} from '#devices/paradigm/talk/linkFrame.ts'
import { isOnSheet, samples } from '../linkWhitelist.ts'

const zeros = (count: number) => '00'.repeat(count)

describe('a message to the meter', () => {
  it('opens the connection as the sheet prints it (§3.4)', () => {
    const message = hexFromBytes(buildMessage(Operation.Open, '665455'))
    expect(message).toBe(`5101363635343535${zeros(10)}10011e${zeros(11)}c0`)
  })

  it('asks for a history page as the sheet prints it, in two reports (§3.4)', () => {
    const command = { opcode: 0x80, params: Uint8Array.of(0), reply: 'page' } as const
    const reports = reportsOf(longMessage('665455', command)).map(report => hexFromBytes(report))
    const envelope = `5101363635343535${zeros(10)}122105000000041010004700${'0000'}e2`
    expect(reports).toEqual([`0000003c${envelope}a7665455800100${zeros(20)}`, `0000002c${zeros(43)}77${zeros(16)}`])
  })

  it('is refused for a serial number that does not have 6 digits', () => {
    expect(() => shortMessage('66545', 0x8d, 'frame')).toThrow(RangeError)
  })
})

describe('a message from the meter', () => {
  const question = shortMessage('665455', 0x8d, 'frame')

  it('is read back as it was built, and any changed byte of it is noticed', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (payload, at, bits) => {
          const bytes = buildAnswer(question, payload, 5)
          expect(messageLength(bytes)).toBe(bytes.length)
          const message = readMessage(bytes)
          expect(message).toMatchObject({ nak: 5, isChecksumRight: true })
          expect(hexFromBytes(message.payload)).toBe(hexFromBytes(payload))
          expect(answers(message, question)).toBe(true)
          expect(answers(message, shortMessage('665455', 0x92, 'profile'))).toBe(false)

          const changed = bytes.slice()
          changed[at % bytes.length] = (changed[at % bytes.length] ?? 0) ^ bits
          const isSeen = messageLength(changed) !== bytes.length || !readMessage(changed).isChecksumRight
          expect(isSeen).toBe(true)
        },
      ),
    )
  })

  it('of an impossible size begins no message', () => {
    const bytes = buildAnswer(question, new Uint8Array(0))
    expect(messageLength(bytes.map((byte, at) => (at === 29 ? 0x09 : byte)))).toBeUndefined()
    expect(messageLength(bytes.map((byte, at) => (at === 31 ? 0x01 : byte)))).toBeUndefined()
    expect(messageLength(bytes.subarray(0, 32))).toBeUndefined()
    expect(messageLength(bytesFromHex('06'))).toBeUndefined()
  })
})

describe('the whitelist of reports', () => {
  it('allows what the sheet lists and refuses every variant that it does not', () => {
    for (const sample of samples) {
      expect({ sample: hexFromBytes(sample), allowed: isLinkReport(sample) }).toEqual({
        sample: hexFromBytes(sample),
        allowed: true,
      })
      for (let at = 0; at < sample.length; at++) {
        // Of the pump's opcode and its count of parameters every value, of the others every eleventh.
        for (let byte = 0; byte < 256; byte += at === 41 || at === 42 ? 1 : 11) {
          const variant = sample.map((old, i) => (i === at ? byte : old))
          if (isLinkReport(variant) !== isOnSheet(variant)) expect(hexFromBytes(variant)).toBe('')
        }
      }
    }
  })

  it('refuses every opcode that the sheet does not list, also with all checksums right', () => {
    const allowed = new Set(
      `5D 70 71 72 73 74 75 76 79 80 83 86 87 88 89 8A 8B 8C 8D 8E 8F 90 91 92 93 94 95 97 98 99 9A 9B 9C 9D 9F C0 C1
       C3 C5 C6 C7 CD CE CF D1 D2 D3 D4 F0 F1 F3`
        .split(/\s+/)
        .map(hex => Number.parseInt(hex, 16)),
    )
    for (let opcode = 0; opcode < 256; opcode++) {
      const [report] = reportsOf(shortMessage('665455', opcode, 'frame'))
      const isAllowed = report !== undefined && isLinkReport(report)
      expect({ opcode, isAllowed }).toEqual({ opcode, isAllowed: allowed.has(opcode) })
    }
  })

  it('refuses to suspend (4D), to write a timestamp (28), to give a bolus (42) or to set anything with parameters', () => {
    for (const opcode of [0x28, 0x40, 0x42, 0x4c, 0x4d, 0x5b, 0x69]) {
      for (const params of [Uint8Array.of(1), Uint8Array.of(0), Uint8Array.of(1, 10)]) {
        const [report] = reportsOf(longMessage('665455', { opcode, params, reply: 'frame' }))
        expect(report && isLinkReport(report)).toBe(false)
      }
    }
    // Reads with parameters that they do not have.
    for (const [opcode, params] of [
      [0x8d, Uint8Array.of(1)],
      [0x80, Uint8Array.of(1, 2)],
      [0x5d, Uint8Array.of(0, 0)],
      [0x5d, Uint8Array.of(1, 31)],
      [0x8d, new Uint8Array(0)],
    ] as const) {
      const [report] = reportsOf(longMessage('665455', { opcode, params, reply: 'frame' }))
      expect(report && isLinkReport(report)).toBe(false)
    }
  })
})
