/** The sheet's vectors, layer by layer, each way, and what each layer refuses. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc16ccitt } from '#bytes/checksum.ts'
import { bytesFromHex, hexFromBytes } from '#bytes/hex.ts'
import { Writer } from '#bytes/writer.ts'
import { createCipher } from '#devices/minimed-600/talk/cipher.ts'
import { buildEnvelope, Operation, parseEnvelope } from '#devices/minimed-600/talk/envelope.ts'
import {
  macOfSerial,
  openingHash,
  readLinkInfo,
  serialOfMac,
  unpackLinkKey,
} from '#devices/minimed-600/talk/linkKey.ts'
import { buildMessage, parseMessage } from '#devices/minimed-600/talk/message.ts'
import { createMultipacket, readAnnouncement } from '#devices/minimed-600/talk/multipacket.ts'
import { joinNetwork, readRadioAnswer } from '#devices/minimed-600/talk/radio.ts'
import { packLinkKey } from '#devices/minimed-600/simulate/meterMemory.ts'

const hex = (text: string) => bytesFromHex(text)

describe('envelope', () => {
  // Real: opening the connection of meter 6213-1065043 (sheet §5.1).
  const REAL =
    '510330303030303000000000000000000000100100000000000000002000 00005f' +
    '0b54886d21d4754d8c845f10e6652aa3b0b3dce65a2ae388a54bbe4f1a511587'

  it('builds and reads the real opening of a connection, password and sum', () => {
    const payload = openingHash('1065043')
    const envelope = { operation: Operation.OPEN_CONNECTION, sequence: 1, payload }
    expect(buildEnvelope(envelope)).toEqual(hex(REAL))
    expect(parseEnvelope(hex(REAL))).toEqual(envelope)
  })

  it('makes the password of the second public vector', () => {
    const expected = 'e28fe4e5cf3c1eb6d6a2ec5a093093d4f397237dc60b3f2c1ef64f31e32077c4'
    expect(hexFromBytes(openingHash('1055866'))).toBe(expected)
  })

  it('refuses every envelope with one bit turned, cut or lengthened', () => {
    const real = hex(REAL)
    for (let bit = 0; bit < 8 * real.length; bit++) {
      const turned = real.slice()
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(parseEnvelope(turned)).toBeUndefined()
    }
    expect(parseEnvelope(real.slice(0, -1))).toBeUndefined()
    expect(parseEnvelope(Uint8Array.of(...real, 0))).toBeUndefined()
  })

  it('reads back whatever it builds', () => {
    const any = fc.record({
      operation: fc.nat({ max: 255 }),
      sequence: fc.nat({ max: 0xffffffff }),
      payload: fc.uint8Array({ maxLength: 300 }),
    })
    fc.assert(
      fc.property(any, envelope => {
        expect(parseEnvelope(buildEnvelope(envelope))).toEqual(envelope)
      }),
    )
  })
})

describe('key and addresses', () => {
  const PACKED =
    '0b3055a1a0074d333c5dbdd44a1a07f618cef88129189229fec5653a4b2c95a3d36d3a81c1a68f70016f0f42678cb1d6fb20456a8fb4d9'

  it('unpacks the key of the sheet', () => {
    expect(hexFromBytes(unpackLinkKey(hex(PACKED), '6213-1234563') ?? hex(''))).toBe('a1b2c3d4e5f60718293a4b5c6d7e8f90')
  })

  it('finds no key in a short answer', () => {
    expect(unpackLinkKey(hex(PACKED).slice(0, 49), '6213-1234563')).toBeUndefined()
  })

  it('unpacks whatever the simulated meter packs, for any last digit', () => {
    const key = fc.uint8Array({ minLength: 16, maxLength: 16 })
    fc.assert(
      fc.property(key, fc.nat({ max: 9 }), (bytes, digit) => {
        expect(unpackLinkKey(packLinkKey(bytes, `6213-000000${digit}`), `6213-000000${digit}`)).toEqual(bytes)
      }),
    )
  })

  it.each([
    ['NG1057941H', '0023f745ee102495'],
    ['BG1055866B', '0023f70682101c7a'],
    ['NG7654321H', '0023f745ee74cbb1'],
  ])('knows that %s is %s on the radio', (serial, mac) => {
    expect(hexFromBytes(macOfSerial(serial) ?? hex(''))).toBe(mac)
    expect(serialOfMac(hex(mac))).toBe(serial)
  })

  it('finds back every serial number, also with a letter in the place of millions', () => {
    const letter = fc.integer({ min: 65, max: 90 }).map(code => String.fromCharCode(code))
    const lead = fc.constantFrom(...'0123456789ABCDEFG')
    const rest = fc.nat({ max: 999_999 }).map(number => String(number).padStart(6, '0'))
    fc.assert(
      fc.property(letter, letter, lead, rest, letter, (...parts) => {
        const serial = parts.join('')
        // From 16,777,216 to twice the range the address is ambiguous only beyond what a G leads to.
        fc.pre(serial < `${serial.slice(0, 2)}G77721`)
        expect(serialOfMac(macOfSerial(serial) ?? hex(''))).toBe(serial)
      }),
    )
  })

  it('reads who is linked', () => {
    const info = readLinkInfo(hex('0023f7068212d6830023f745ee74cbb1030001'))
    expect(info && [hexFromBytes(info.linkMac), hexFromBytes(info.pumpMac)]).toEqual([
      '0023f7068212d683',
      '0023f745ee74cbb1',
    ])
    expect(readLinkInfo(new Uint8Array(15))).toBeUndefined()
  })
})

describe('radio', () => {
  // Real (sheet §6.1), both with good sums.
  const addresses = { linkMac: hex('0023f70682101c7a'), pumpMac: hex('0023f745ee102495') }
  const JOINED = '552c00042c3710ee45022c3710ee45f7230082000000000007005 5be22118206f7230042000000000000 00118c2a'

  it('asks for a channel as a real computer did', () => {
    const real = '031c010e00000007070000027a1c108206f72300952410ee45f72300f7f0'
    expect(hexFromBytes(joinNetwork(0x0e, addresses))).toBe(real)
  })

  it('reads a real joining, its channel and signal', () => {
    const of = { linkMac: hex('0023f706821122be'), pumpMac: hex('0023f745ee10372c') }
    // 55 hex of A8 hex.
    expect(readRadioAnswer(hex(JOINED), of)).toEqual({ kind: 'joined', channel: 0x11, signalPercent: 51 })
    expect(readRadioAnswer(hex(JOINED), addresses).kind).toBe('unknown')
  })

  it.each([
    ['55 04 00 00 7e91', 'joining'],
    ['550b000020000000030000cb80', 'no-connect'],
    ['550d00040000000003000102025803', 'sent'],
    ['00', 'stuck'],
    ['ff', 'stuck'],
  ])('knows %s as %s', (text, kind) => {
    expect(readRadioAnswer(hex(text), addresses).kind).toBe(kind)
  })

  it('knows data by their mark, also where they are as long as another answer', () => {
    for (let length = 0; length <= 101; length++) {
      const encrypted = new Uint8Array(length).fill(0x82)
      const head = new Writer()
        .u16be(0x0006)
        .bytes(addresses.pumpMac.toReversed())
        .bytes(addresses.linkMac.toReversed())
      const body = head.u8(1).u16be(0x2f04).u8(length).bytes(encrypted).done()
      const bytes = new Writer()
        .u8(0x55)
        .u8(body.length + 2)
        .bytes(body)
        .done()
      const answer = new Writer().bytes(bytes).u16le(crc16ccitt(bytes)).done()
      expect(readRadioAnswer(answer, addresses)).toEqual({ kind: 'data', encrypted })
    }
  })

  it('refuses an answer with any bit turned', () => {
    const real = hex('550d00040000000003000102025803')
    for (let bit = 8; bit < 8 * real.length; bit++) {
      const turned = real.slice()
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(readRadioAnswer(turned, addresses).kind).toBe('unknown')
    }
  })
})

describe('cipher and message', () => {
  it('decrypts the real message of the sheet: feedback over full blocks', () => {
    const key = hex('57833334130906a587b7a0437bc28a69')
    const cipher = createCipher(key, 0x14)
    const clear = hex('1fff0100047811 0000c515')
    expect(cipher.decrypt(hex('a29765e45294954487acc0'))).toEqual(clear)
    expect(cipher.encrypt(clear)).toEqual(hex('a29765e45294954487acc0'))
    expect(parseMessage(clear)).toEqual({ sequence: 0x1f, command: 0xff01, parameters: hex('000478110000') })
  })

  it('reads a message with its CRC and refuses it with any bit turned', () => {
    // Real: an announcement of 14,032 bytes in 150 packets (sheet §23).
    const real = hex('1bff00000036d0005e001a0096fd8b')
    expect(parseMessage(real)).toEqual({ sequence: 0x1b, command: 0xff00, parameters: hex('000036d0005e001a0096') })
    for (let bit = 0; bit < 8 * real.length; bit++) {
      const turned = real.slice()
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(parseMessage(turned)).toBeUndefined()
    }
  })

  it('reads back whatever it builds', () => {
    const any = fc.record({
      sequence: fc.nat({ max: 255 }),
      command: fc.nat({ max: 0xffff }),
      parameters: fc.uint8Array({ maxLength: 250 }),
    })
    fc.assert(
      fc.property(any, message => {
        expect(parseMessage(buildMessage(message))).toEqual(message)
      }),
    )
  })
})

describe('multipacket', () => {
  it('reads the real announcement of the sheet', () => {
    expect(readAnnouncement(hex('000036d0005e001a0096'))).toEqual({
      totalBytes: 14_032,
      packetBytes: 94,
      lastBytes: 26,
      packets: 150,
    })
  })

  it.each([
    ['another total', '000036d1005e001a0096'],
    ['no packets', '00000000005e001a0000'],
    ['more than any pump sends', '0100000001000100ffff'],
    ['cut short', '000036d0005e001a00'],
  ])('refuses an announcement with %s', (_, text) => {
    expect(readAnnouncement(hex(text))).toBeUndefined()
  })

  it('puts packets together in any order, some twice, and always knows the first gap', () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 })
    fc.assert(
      fc.property(order, fc.nat({ max: 6 }), (numbers, twice) => {
        const whole = Uint8Array.from({ length: 6 * 10 + 3 }, (_, i) => i)
        const parts = createMultipacket({ totalBytes: 63, packetBytes: 10, lastBytes: 3, packets: 7 })
        const packet = (n: number) => Uint8Array.of(0, n, ...whole.subarray(10 * n, 10 * n + 10))
        const here = new Set<number>()
        for (const n of [...numbers.slice(0, 4), numbers[twice] ?? 0, ...numbers]) {
          expect(parts.take(packet(n))).toBe(here.has(n) ? 'again' : 'new')
          here.add(n)
          const first = [0, 1, 2, 3, 4, 5, 6].find(each => !here.has(each))
          expect(parts.gap()?.first).toBe(first)
        }
        expect(parts.joined()).toEqual(whole)
      }),
    )
  })

  it('refuses packets of another length or beyond the last', () => {
    const parts = createMultipacket({ totalBytes: 13, packetBytes: 10, lastBytes: 3, packets: 2 })
    expect(parts.take(Uint8Array.of(0, 0, 1, 2, 3))).toBe('unfit')
    expect(parts.take(new Uint8Array(12).fill(1))).toBe('unfit')
    expect(parts.take(Uint8Array.of(0, 2, 1, 2, 3))).toBe('unfit')
    expect(parts.take(Uint8Array.of(0))).toBe('unfit')
    expect(parts.gap()).toEqual({ first: 0, count: 2 })
  })
})
