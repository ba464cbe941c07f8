/**
 * Recorded transfers of real pumps through our receiver: the encrypted one (a key published by its owner), and a read of
 * 90 days whose recording has lines cut off, which count as lost on the radio and are asked for again.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { crc16ccitt } from '#bytes/checksum.ts'
import { bytesFromHex, hexFromBytes } from '#bytes/hex.ts'
import { Reader } from '#bytes/reader.ts'
import { Writer } from '#bytes/writer.ts'
import { createCipher } from '#devices/minimed-600/talk/cipher.ts'
import type { Exchange, Heard } from '#devices/minimed-600/talk/exchange.ts'
import { Answer, Command, parseMessage, type PumpMessage } from '#devices/minimed-600/talk/message.ts'
import { readRadioAnswer } from '#devices/minimed-600/talk/radio.ts'
import { receiveMultipacket } from '#devices/minimed-600/talk/transfer.ts'
import { createFakeClock } from '../../../helpers/fakeClock.ts'
import { captures } from '../../../helpers/captures.ts'

const folder = captures('minimed-600')

interface EncryptedTransfer {
  readonly key: string
  readonly channel: number
  readonly frames: readonly { readonly frame: string; readonly clear: string }[]
  readonly unmerged: string
}

/** A pump that sends these packets when told to, the lost ones only from the second time on. */
function replayer(packets: readonly Uint8Array[], isLost: (packet: number) => boolean) {
  const asked: string[] = []
  let first = true
  const queue: Heard[] = []
  const push = (number: number) => {
    const parameters = new Writer()
      .u16be(number)
      .bytes(packets[number] ?? new Uint8Array(0))
      .done()
    queue.push({ kind: 'message', message: { sequence: 1, command: Answer.SEGMENT, parameters } })
  }
  const clock = createFakeClock()
  const exchange: Exchange = {
    wire: {
      clock,
      note: () => undefined,
      shield: () => undefined,
      pause: ms => clock.sleep(ms),
      say: async () => undefined,
      hear: async () => undefined,
      settle: async () => [],
    },
    async transmit(command, parameters) {
      asked.push(`${command.toString(16).padStart(4, '0')} ${hexFromBytes(parameters)}`)
      if (command === Command.ACK && parameters[1] === 0) {
        for (const number of packets.keys()) if (!first || !isLost(number)) push(number)
        first = false
      } else if (command === Command.RESEND) {
        const reader = new Reader(parameters)
        const from = reader.u16be()
        const count = reader.u16be()
        for (let number = from; number < from + count; number++) push(number)
      }
    },
    next: async () => queue.shift(),
    request: async () => Promise.reject(new Error('nothing is asked')),
    begin: async () => undefined,
    end: async () => undefined,
  }
  const last = packets.at(-1)?.length ?? 0
  const total = packets.reduce((sum, { length }) => sum + length, 0)
  const head = new Writer()
    .u32be(total)
    .u16be(packets[0]?.length ?? 0)
    .u16be(last)
    .u16be(packets.length)
  const announcement: PumpMessage = { sequence: 1, command: Answer.MULTIPACKET, parameters: head.done() }
  return { exchange, announcement, asked }
}

describe.skipIf(!folder)('recorded transfers (skipped without the captures beside the checkout)', () => {
  const text = (name: string) => (folder ? readFileSync(`${folder}/${name}`, 'utf8') : '')

  it('decrypts a real transfer with every CRC good, and joins it to its payload', async () => {
    // The capture's own form, described in its README.
    const { key, channel, frames, unmerged } = JSON.parse(text('encrypted-transfer-real.json')) as EncryptedTransfer
    const cipher = createCipher(bytesFromHex(key), channel)
    const addresses = { linkMac: bytesFromHex('0023f70682101c7a'), pumpMac: bytesFromHex('0023f745ee102495') }
    const messages = frames.map(({ frame, clear }) => {
      // The recording is without the radio's CRC.
      const body = bytesFromHex(frame)
      const answer = readRadioAnswer(new Writer().bytes(body).u16le(crc16ccitt(body)).done(), addresses)
      const decrypted = answer.kind === 'data' ? cipher.decrypt(answer.encrypted) : new Uint8Array(0)
      expect(hexFromBytes(decrypted)).toBe(clear)
      return parseMessage(decrypted)
    })
    const packets = messages.map(message => message?.parameters.slice(2) ?? new Uint8Array(0))
    expect(packets.map(({ length }) => length)).toEqual([94, 94, 94, 94, 4])
    for (const lost of [[], [0], [4], [1, 2], [0, 2, 4], [0, 1, 2, 3, 4]]) {
      const { exchange, announcement } = replayer(packets, number => lost.includes(number))
      expect(hexFromBytes(await receiveMultipacket(exchange, announcement))).toBe(unmerged)
    }
  })

  it('asks again for the lines that the recording of 90 days has lost, and makes whole what is there', async () => {
    const lines = text('raw-multipacket-90day-part1.txt')
      .split('\n')
      .filter(line => line.trim() !== '')
    /** Packets of each transfer by number; a line whose CRC is wrong was cut off in the recording. */
    const transfers: Map<number, Uint8Array>[] = []
    let bad = 0
    for (const line of lines) {
      const bytes = bytesFromHex(line.trim().length % 2 ? `${line.trim()}0` : line.trim())
      const message = parseMessage(bytes)
      if (!message) {
        bad++
        continue
      }
      const number = new Reader(message.parameters).u16be()
      if (number === 0) transfers.push(new Map())
      transfers.at(-1)?.set(number, message.parameters.slice(2))
    }
    expect(transfers).toHaveLength(8)
    expect(bad).toBeGreaterThan(0)

    for (const known of transfers) {
      const head = new Reader((known.get(0) ?? new Uint8Array(0)).slice(3))
      const total = 12 + head.u32be()
      const count = Math.ceil(total / 94)
      const lost = new Set(Array.from({ length: count }, (_, n) => n).filter(n => !known.has(n)))
      // What the recording has lost, the pump still has: here zeros in its place.
      const packets = Array.from({ length: count }, (_, n) => {
        const length = n === count - 1 ? total - 94 * (count - 1) : 94
        return known.get(n) ?? new Uint8Array(length)
      })
      const { exchange, announcement, asked } = replayer(packets, number => lost.has(number))
      const joined = await receiveMultipacket(exchange, announcement)
      expect(joined).toHaveLength(total)
      for (const [number, data] of known) expect(joined.slice(94 * number, 94 * number + 94)).toEqual(data)

      // Each gap is asked for once, first to last, between the two acknowledgements.
      const gaps: string[] = []
      for (const n of lost) {
        if (lost.has(n - 1)) continue
        let end = n
        while (lost.has(end)) end++
        gaps.push(`ff02 ${n.toString(16).padStart(4, '0')}${(end - n).toString(16).padStart(4, '0')}`)
      }
      expect(asked).toEqual(['00fe ff00', ...gaps, '00fe ff01'])
    }
  })
})
