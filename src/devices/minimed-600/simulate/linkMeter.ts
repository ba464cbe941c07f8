/**
 * A link meter that is not there, with a pump behind it or without: the meter's side of the wire, report by report,
 * and the radio with all that can go wrong on it. A state machine without timers or chance. Source: minimed-600 sheet
 * §3 to §6 and §22, contour sheet §2 to §4 for the meter's own results.
 *
 * It shares `envelope.ts`, `cipher.ts`, `astm.ts` with the driver; captured messages pin those.
 */
import { crc16ccitt } from '#bytes/checksum.ts'
import { Reader } from '#bytes/reader.ts'
import { Writer } from '#bytes/writer.ts'
import type { Simulator } from '../../driver.ts'
import { Control } from '../../shared/astm.ts'
import { buildReports, MAX_PAYLOAD_BYTES, payloadOf, REPORT_BYTES } from '../../shared/contourReports.ts'
import { type Cipher, createCipher } from '../talk/cipher.ts'
import {
  buildEnvelope,
  type Envelope,
  envelopeLength,
  Operation,
  parseEnvelope,
  startsEnvelope,
} from '../talk/envelope.ts'
import { openingHash } from '../talk/linkKey.ts'
import { buildMessage, parseMessage, type PumpMessage } from '../talk/message.ts'
import { COMMAND_RESPONSE, RadioCommand } from '../talk/radio.ts'
import { framesOf, type OwnMemory, packLinkKey } from './meterMemory.ts'
import type { SimulatedPump } from './pump.ts'

const { EOT, ENQ, ACK, NAK } = Control
const LETTER_X = 0x58

/** The pump that the meter is linked with. */
export interface LinkedPump {
  /** Big-endian. */
  readonly mac: Uint8Array
  /** What the pump believes; the meter may hold another. */
  readonly key: Uint8Array
  readonly channel: number
  /** Raw, A8 is full. */
  readonly signal?: number
  readonly pump: SimulatedPump
  /** Too far away, or switched off. */
  readonly outOfRange?: boolean
}

/** What happens to a packet from the pump, by its number from 0. */
export type AirFault = 'lose' | 'twice' | 'late' | 'damage' | 'dropped'
/** What happens to a command to the pump, by its number from 0. */
export type CommandFault = 'unheard' | 'silent' | 'noisy' | 'failed' | 'lost' | 'stuck' | 'mute'

export interface LinkMeterOptions extends OwnMemory {
  /** Big-endian radio address. */
  readonly mac: Uint8Array
  /** ENQ comes before the header. */
  readonly asksFirst?: boolean
  /** 55 bytes; those of {@link packLinkKey} when absent. */
  readonly packedKey?: Uint8Array
  readonly linked?: LinkedPump
  /** Another program has left the meter in the middle. */
  readonly leftOpen?: boolean
  readonly airFault?: (packet: number) => AirFault | undefined
  readonly commandFault?: (command: number) => CommandFault | undefined
  /** How many messages wait that the computer has not taken; where nobody can know, none. */
  readonly unread?: () => number
  /** The pump's own packet numbers, to play a recorded conversation; counted from 1 when absent. */
  readonly packetNumbers?: readonly number[]
  /** The meter's own count of messages from the pump before the first. */
  readonly messagesBefore?: number
}

export interface SimulatedLinkMeter extends Simulator {
  /** How far a session has opened it; 'idle' is how it should be left. */
  readonly state: () => 'idle' | 'sending' | 'remote' | 'passthrough'
  /** OPEN_CONNECTION came and no CLOSE_CONNECTION since. */
  readonly isOpen: () => boolean
  /** Shows E86 and is silent until it is pulled out. */
  readonly isStuck: () => boolean
  /** How long radio and meter take for this packet, of {@link receive}'s own answers. */
  readonly tookMs: (packet: Uint8Array) => number
}

/** Sheet §3 and §20; a packet of a transfer 50 ms, another answer of the pump 300 ms. */
const METER_MS = 20
const SEGMENT_MS = 50
const ANSWER_MS = 300
const NO_CONNECT_MS = 1500
const MAX_UNREAD = 2

export function createLinkMeter(options: LinkMeterOptions): SimulatedLinkMeter {
  const { serial, mac, linked, unread = () => 0 } = options
  const frames = framesOf(options)
  const durations = new WeakMap<Uint8Array, number>()
  let state: 'idle' | 'sending' | 'remote' | 'passthrough' = options.leftOpen ? 'passthrough' : 'idle'
  /** The pairs of letters heard on the way to or from the pump. */
  let pairs = ''
  let sent = 0
  let open = false
  let stuck = false
  let joined = false
  let messages = options.messagesBefore ?? 0
  let packets = 0
  let commands = 0
  let late: Uint8Array | undefined
  let incoming: Uint8Array = new Uint8Array(0)
  const key = linked?.key ?? new Uint8Array(16)
  const packedKey = options.packedKey ?? packLinkKey(key, serial)
  const cipher: Cipher = createCipher(key, linked?.channel ?? 0)

  /** Reports of one message, the first of which takes `ms`. */
  function out(message: Uint8Array, ms: number = METER_MS): readonly Uint8Array[] {
    const reports = buildReports(message)
    reports.forEach((report, i) => durations.set(report, i === 0 ? ms : 1))
    return reports
  }
  const control = (...bytes: number[]) => out(Uint8Array.from(bytes))
  const envelope = (operation: number, sequence: number, payload: Uint8Array, ms?: number) =>
    out(buildEnvelope({ operation, sequence, payload }), ms)

  function receive(packet: Uint8Array): readonly Uint8Array[] {
    if (stuck) return []
    const answers: Uint8Array[] = []
    for (let at = 0; at + REPORT_BYTES <= packet.length; at += REPORT_BYTES) {
      const message = assemble(packet.subarray(at, at + REPORT_BYTES))
      if (message) answers.push(...answer(message))
    }
    return answers
  }

  /** Puts reports together; the host may begin them with three zeros. */
  function assemble(report: Uint8Array): Uint8Array | undefined {
    const named = report.slice()
    if (named.subarray(0, 3).every(byte => byte === 0)) named.set([0x41, 0x42, 0x43])
    const payload = payloadOf(named)
    if (!payload) {
      incoming = new Uint8Array(0)
      return undefined
    }
    if (startsEnvelope(payload)) incoming = new Uint8Array(0)
    incoming = incoming.length === 0 ? payload : Uint8Array.of(...incoming, ...payload)
    const length = startsEnvelope(incoming) ? (envelopeLength(incoming) ?? Infinity) : 0
    if (payload.length === MAX_PAYLOAD_BYTES && incoming.length < length) return undefined
    const message = incoming
    incoming = new Uint8Array(0)
    return message
  }

  function answer(message: Uint8Array): readonly Uint8Array[] {
    const heard = parseEnvelope(message)
    if (heard) return state === 'passthrough' ? answerEnvelope(heard) : []
    const [byte = 0] = message
    if (message.length === 2) return answerPair(String.fromCharCode(...message))
    return message.length === 1 ? answerControl(byte) : []
  }

  function answerControl(byte: number): readonly Uint8Array[] {
    if (byte === EOT) {
      state = 'idle'
      pairs = ''
      return control(ENQ)
    }
    if (state === 'remote' || state === 'passthrough') return []
    switch (byte) {
      case LETTER_X: {
        state = 'sending'
        sent = 0
        const header = out(frames[0] ?? new Uint8Array(0))
        return options.asksFirst ? [...control(ENQ), ...header] : [...header, ...control(ENQ)]
      }
      case ACK: {
        sent = state === 'sending' ? sent + 1 : 0
        const frame = frames[sent]
        state = frame ? 'sending' : 'idle'
        return frame ? out(frame) : control(EOT)
      }
      case NAK: {
        const again = state === 'sending' && sent > 0 ? frames[sent] : undefined
        if (again) return out(again)
        state = 'idle'
        return control(EOT)
      }
      case ENQ:
        state = 'remote'
        pairs = ''
        return control(ACK)
      default:
        return []
    }
  }

  function answerPair(pair: string): readonly Uint8Array[] {
    const way = pairs + pair
    if (state === 'remote' && 'W|Q|1|'.startsWith(way)) {
      pairs = way
      if (pairs === 'W|Q|1|') enter('passthrough')
      return control(ACK)
    }
    if ((state === 'passthrough' || state === 'remote') && 'W|Q|0|'.startsWith(way)) {
      pairs = way
      if (pairs === 'W|Q|0|') enter('remote')
      return control(ACK)
    }
    return []
  }

  function enter(next: 'passthrough' | 'remote'): void {
    state = next
    pairs = ''
  }

  function answerEnvelope({ operation, sequence, payload }: Envelope): readonly Uint8Array[] {
    switch (operation) {
      case Operation.OPEN_CONNECTION:
        if (!isPassword(payload)) return []
        open = true
        return envelope(operation, sequence, opened)
      case Operation.CLOSE_CONNECTION:
        if (!isPassword(payload)) return []
        open = false
        joined = false
        return envelope(operation, sequence, closed)
      case Operation.READ_INFO: {
        const info = new Writer().bytes(mac).bytes(linked?.mac ?? new Uint8Array(8))
        return open
          ? envelope(
              operation,
              sequence,
              info
                .u16le(linked ? 3 : 0)
                .u8(1)
                .done()
                .slice(),
            )
          : []
      }
      case Operation.REQUEST_LINK_KEY: {
        if (!open) return []
        const packed = linked ? packedKey : new Uint8Array(2)
        return envelope(Operation.REQUEST_LINK_KEY_RESPONSE, sequence, packed)
      }
      case Operation.SEND_MESSAGE:
        return open ? answerRadio(sequence, payload) : []
      default:
        throw new RangeError(`never to be sent: operation ${operation.toString(16)}`)
    }
  }

  const isPassword = (payload: Uint8Array): boolean =>
    payload.join() === openingHash(serial.slice(serial.indexOf('-') + 1)).join()

  function answerRadio(sequence: number, payload: Uint8Array): readonly Uint8Array[] {
    if (unread() >= MAX_UNREAD) {
      stuck = true
      return []
    }
    const reader = new Reader(payload)
    const body = reader.bytes(payload.length - 2)
    if (reader.u16le() !== crc16ccitt(body)) return []
    const confirm = (...bytes: number[]) =>
      envelope(Operation.SEND_MESSAGE_RESPONSE, sequence, response(Uint8Array.from(bytes)))
    switch (body[0]) {
      case RadioCommand.JOIN_NETWORK:
        return [...confirm(0x00, 0x00), ...answerJoin(body[3] ?? 0)]
      case RadioCommand.TRANSMIT_PACKET:
        return answerTransmit(body, confirm)
      default:
        throw new RangeError(`never to be sent: radio command ${body[0]}`)
    }
  }

  function answerJoin(channel: number): readonly Uint8Array[] {
    joined = linked !== undefined && !linked.outOfRange && linked.channel === channel
    if (!linked || !joined) return passOn(Uint8Array.of(0x00, 0x00, 0x20, 0, 0, 0, 0x03, 0, 0), NO_CONNECT_MS)
    const pump = reversed(linked.mac)
    const body = new Writer().u16be(0x0004).bytes(pump.subarray(0, 5)).u8(0x02).bytes(pump).u8(0x82).fill(5)
    body
      .u16be(0x0700)
      .u8(linked.signal ?? 0x5d)
      .bytes(reversed(mac))
      .u8(0x42)
      .fill(7)
      .u8(channel)
    return passOn(body.done(), ANSWER_MS)
  }

  function answerTransmit(
    body: Uint8Array,
    confirm: (...bytes: number[]) => readonly Uint8Array[],
  ): readonly Uint8Array[] {
    const fault = options.commandFault?.(commands++)
    if (fault === 'mute' || fault === 'stuck') {
      stuck = true
      return fault === 'mute' ? [] : envelope(Operation.RECEIVE_MESSAGE, 0, Uint8Array.of(0))
    }
    const state = fault === 'failed' ? 0x00 : fault === 'noisy' ? 0x04 : 0x02
    const confirmed = confirm(0x00, 0x04, 0, 0, 0, 0, 0x03, 0x00, 0x01, body[10] ?? 0, state)
    if (fault === 'failed' || fault === 'silent') return confirmed
    if (fault === 'lost') {
      joined = false
      return [...confirmed, ...passOn(Uint8Array.of(0, 0, 0, 0x02, 0, 0, 0x02, 0, 0x01, 0, 0), ANSWER_MS)]
    }
    const toThisPump = linked && body.subarray(2, 10).join() === reversed(linked.mac).join()
    const message = parseMessage(cipher.decrypt(body.subarray(13)))
    if (fault === 'unheard' || !linked || !toThisPump || !joined || !message) {
      return [...confirmed, ...passOn(Uint8Array.of(0, 0, 0, 0x02, 0, 0, 0x03, 0, 0), ANSWER_MS)]
    }
    return [...confirmed, ...linked.pump.receive(message).flatMap(said => fromPump(said, linked))]
  }

  /** One message of the pump through the air, as the computer gets it. */
  function fromPump(message: PumpMessage, { mac: pumpMac }: LinkedPump): readonly Uint8Array[] {
    const fault = options.airFault?.(packets)
    const number = options.packetNumbers?.[packets] ?? (packets % 255) + 1
    packets++
    if (fault === 'lose') return []
    if (fault === 'dropped') {
      return passOn(Uint8Array.of(0x00, 0x06, 0x88, 0x00, 0x65, number, 0x03, 0x00, 0x00), SEGMENT_MS)
    }
    const encrypted = cipher.encrypt(buildMessage(message))
    if (fault === 'damage') encrypted[encrypted.length >> 1] = (encrypted[encrypted.length >> 1] ?? 0) ^ 0x10
    const body = new Writer().u16be(0x0006).bytes(reversed(pumpMac)).bytes(reversed(mac))
    body.u8(number).u8(0x2f).u8(0x04).u8(encrypted.length).bytes(encrypted)
    const ms = message.command === 0xff01 ? SEGMENT_MS : ANSWER_MS
    if (fault === 'late') {
      late = body.done()
      return []
    }
    const reports = [...passOn(body.done(), ms), ...(fault === 'twice' ? passOn(body.done(), ms) : [])]
    if (late) reports.push(...passOn(late, ms))
    late = undefined
    return reports
  }

  /** From the radio to the computer, in the meter's own count. */
  function passOn(body: Uint8Array, ms: number): readonly Uint8Array[] {
    messages++
    return envelope(Operation.RECEIVE_MESSAGE, 0x80000000 + messages, response(body), ms)
  }

  return {
    receive,
    state: () => state,
    isOpen: () => open,
    isStuck: () => stuck,
    tookMs: packet => durations.get(packet) ?? 0,
  }
}

/** Answers of the radio: 55, length, body, CRC. */
function response(body: Uint8Array): Uint8Array {
  const bytes = new Writer()
    .u8(COMMAND_RESPONSE)
    .u8(body.length + 2)
    .bytes(body)
    .done()
  return new Writer().bytes(bytes).u16le(crc16ccitt(bytes)).done()
}

/** What a meter says that still has a connection (sheet §5.1); nobody looks at it. */
const opened = response(Uint8Array.of(...zeros(7), 0x01, ...zeros(8).map(() => 0xff), ...zeros(9)))
const closed = response(Uint8Array.from(zeros(25)))

function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0)
}

const reversed = (bytes: Uint8Array): Uint8Array => bytes.slice().reverse()
