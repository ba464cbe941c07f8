/**
 * The white CareLink USB stick that is not there, in front of a simulated pump: the stick's side of the wire. Sheet §1.
 *
 * Without a clock everything is there at once. With one, frames arrive as the radio brings them, and `wireMs` counts
 * what the conversation must take at least: the radio's time of each exchange and the bus's of what cannot overlap it.
 */
import { crc8 } from '#bytes/checksum.ts'
import type { Clock } from '../../ports/port.ts'
import type { Simulator } from '../../driver.ts'
import { Opcode } from '../talk/commands.ts'
import { bcdOfSerial, PUMP, serialOfBcd } from '../talk/radio.ts'
import { RadioKind, REPLY_BYTES } from '../talk/stickFrame.ts'
import type { PumpAnswer, SimulatedPump } from './pump.ts'

export interface StickTroubles {
  /** Every so many-th chunk comes with a byte turned. */
  readonly damagesEvery?: number
  /** What SignalStrength says; 190 when absent. */
  readonly signalStrength?: number
  /** A program that broke off has left so many frames in the stick. */
  readonly leftOver?: number
}

export interface StickOptions {
  readonly clock?: Clock
  readonly troubles?: StickTroubles
}

export interface SimulatedStick extends Simulator {
  /** Ms that radio and bus needed so far. */
  wireMs(): number
}

/** As measured (§1.8, §3.4): one page 2.6 s, one setting 0.27 s on the air, waking 12 s. */
export const radioMs = { firstFrame: 300, frame: 150, setting: 270, wake: 12_000, listening: 1500 } as const
/** One packet to the stick and its answer; in the captures questions to the stick alone follow each other so. */
export const busMs = 10

const FRAME_BYTES = 64
const Bit = { RECEIVED: 0x01, RECEIVING: 0x02, TRANSMITTING: 0x04 } as const

/** What the radio brings: one frame, or the one byte of ACK and NAK. */
interface Arriving {
  readonly kind: number
  readonly data: Uint8Array
  readonly isLast: boolean
  readonly atMs: number
}

export function createStick(pump: SimulatedPump, { clock, troubles = {} }: StickOptions = {}): SimulatedStick {
  let serial = '000000'
  let arriving: Arriving[] = Array.from({ length: troubles.leftOver ?? 0 }, () => ({
    kind: RadioKind.FRAMES,
    data: new Uint8Array(FRAME_BYTES),
    isLast: false,
    atMs: 0,
  }))
  let wireMs = 0
  let chunks = 0
  let received = 0
  let sent = 0
  /** What the stick said last: its next answers still have the tail of it. */
  let memory: Uint8Array = new Uint8Array(REPLY_BYTES)

  const nowMs = () => clock?.nowMs() ?? Infinity

  function reply(isOk: boolean, reason: number, data: readonly number[] = []): Uint8Array {
    const packet = new Uint8Array(REPLY_BYTES)
    packet.set(memory.subarray(0, REPLY_BYTES))
    packet.set([0x01, isOk ? 0x55 : 0x66, reason, ...data])
    memory = packet
    return packet
  }

  /** What the last LinkStatus announced, and ReadRadio therefore gives. */
  let announced: readonly Arriving[] = []

  /** The frames that have come and go into one chunk: two at most. */
  function waiting(): readonly Arriving[] {
    const [first, second] = arriving.filter(({ atMs }) => atMs <= nowMs())
    if (!first) return []
    // The very first frame of a long answer comes alone, when there was no time for a second.
    const isAlone = first.isLast || first.data.length < FRAME_BYTES || second?.kind !== first.kind || first === head
    return isAlone || !second ? [first] : [first, second]
  }
  /** First frame of the answer under way. */
  let head: Arriving | undefined

  function linkStatus(): Uint8Array {
    announced = waiting()
    const ready = sizeOf(announced)
    const isReceiving = arriving.some(({ atMs }) => atMs > nowMs())
    const bits = (ready > 0 ? Bit.RECEIVED : 0) | (isReceiving ? Bit.RECEIVING : 0)
    return reply(true, 0, [0, 0x02, bits, ready >> 8, ready & 0xff])
  }

  function readRadio(packet: Uint8Array): Uint8Array {
    const chunk = announced
    announced = []
    const [first] = chunk
    const size = (packet[2] ?? 0) * 256 + (packet[3] ?? 0)
    if (crc8(packet.subarray(0, 4)) !== packet[4]) return reply(false, 1)
    if (!first || size !== sizeOf(chunk)) return reply(false, 3)
    arriving = arriving.filter(each => !chunk.includes(each))
    chunks++
    const data = chunk.flatMap(each => [...each.data])
    const end = chunk.at(-1)?.isLast ? 0x80 : 0
    const header = [0x02, 0x00, first.kind, 0x00, 0xdf, end, data.length, PUMP, 0x01, ...bcdOfSerial(serial)]
    const answer = Uint8Array.of(...header, crc8(Uint8Array.from(header)), ...data, crc8(Uint8Array.from(data)))
    if (troubles.damagesEvery !== undefined && chunks % troubles.damagesEvery === 0) {
      answer[13] = (answer[13] ?? 0) ^ 0xff
    }
    memory = answer
    return answer
  }

  function transmit(packet: Uint8Array): Uint8Array {
    const params = packet.subarray(15, -1)
    const isWhole = crc8(packet.subarray(0, 14)) === packet[14] && crc8(params) === packet.at(-1)
    if (!isWhole) return reply(false, 1)
    serial = serialOfBcd(packet.subarray(4, 7))
    const opcode = packet[13] ?? 0
    sent++
    const answer = pump.hear(serial, opcode, params)
    const tookMs = durationOf(opcode, answer)
    // The packet with its ACK before, the last status and the last chunk after.
    wireMs += tookMs + 3 * busMs
    arriving = framesOf(answer).map((frame, i, all) => {
      const atMs = answer.kind === 'silence' ? Infinity : nowMs() + tookMs - (all.length - 1 - i) * radioMs.frame
      return { ...frame, atMs: clock ? atMs : 0 }
    })
    head = arriving[0]
    announced = []
    received += arriving.length
    return reply(true, 0)
  }

  return {
    wireMs: () => wireMs,
    receive(packet) {
      switch (packet[0]) {
        case 0x01:
          return packet.length >= 16 ? [transmit(packet)] : [reply(false, 2)]
        case 0x03:
          return [linkStatus()]
        case 0x0c:
          return [readRadio(packet)]
        case 0x04:
          wireMs += busMs
          return [reply(true, 0, productInfo)]
        case 0x05:
          wireMs += busMs
          return [reply(true, 0, [0, 0, 0, 0, ...bigEndian(received), ...bigEndian(sent)])]
        case 0x06:
          wireMs += busMs
          return [reply(true, 0, [troubles.signalStrength ?? 190])]
        default:
          return [reply(false, 4)]
      }
    },
  }
}

/** As in the captures, with a serial number of zeros: version 0.0, 916.5 MHz, "ComLink II", 1.16, radio and USB. */
const productInfo = [
  ...[0, 0, 0, 0, 0, 0],
  ...[...'ComLink II'].map(char => char.charCodeAt(0)),
  ...[1, 16, 2, 0, 1, 1, 3],
]

/** Bytes of a chunk with these frames and what stands around them (§1.6). */
const sizeOf = (frames: readonly Arriving[]): number =>
  frames.length === 0 ? 0 : 14 + frames.reduce((sum, { data }) => sum + data.length, 0)

function framesOf(answer: PumpAnswer): readonly Omit<Arriving, 'atMs'>[] {
  switch (answer.kind) {
    case 'silence':
      return []
    case 'ack':
      return [{ kind: RadioKind.ACK, data: Uint8Array.of(0), isLast: true }]
    case 'nak':
      return [{ kind: RadioKind.NAK, data: Uint8Array.of(answer.reason), isLast: true }]
    case 'data': {
      const { bytes } = answer
      const count = Math.ceil(bytes.length / FRAME_BYTES)
      return Array.from({ length: count }, (_, i) => ({
        kind: count === 1 ? RadioKind.FRAME : RadioKind.FRAMES,
        data: bytes.slice(i * FRAME_BYTES, (i + 1) * FRAME_BYTES),
        isLast: i === count - 1,
      }))
    }
  }
}

/** From the stick's ACK to the last frame. */
function durationOf(opcode: number, answer: PumpAnswer): number {
  if (opcode === Opcode.POWER_CONTROL) return radioMs.wake
  if (answer.kind === 'silence') return radioMs.listening
  if (answer.kind !== 'data' || answer.bytes.length === FRAME_BYTES) return radioMs.setting
  return radioMs.firstFrame + (answer.bytes.length / FRAME_BYTES - 1) * radioMs.frame
}

function bigEndian(number: number): readonly number[] {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, number)
  return [...bytes]
}
