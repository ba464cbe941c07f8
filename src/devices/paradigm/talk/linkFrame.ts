/**
 * What travels between computer and Contour NEXT LINK while it passes commands on to a pump: control characters and
 * MiniMed messages, as bytes. Knows no time and no order. Sheet §3.1 to §3.4.
 *
 * | offset | size | a message's envelope is                                             |
 * | 0      | 2    | `51 01`                                                             |
 * | 2      | 6    | the pump's serial number, ASCII digits                              |
 * | 8      | 10   | zeros                                                               |
 * | 18     | 1    | operation                                                           |
 * | 19     | 1    | 01, or 21: the meter tries again twice                              |
 * | 20     | 1    | how many seconds it waits for the pump                              |
 * | 21     | 2    | zeros                                                               |
 * | 23     | 2    | LE, bytes of an answer in several packets, else 0                   |
 * | 25     | 2    | LE, 1000h + packets of such an answer, else 0                       |
 * | 27     | 1    | from the meter: what went wrong, 0 for nothing                      |
 * | 28     | 4    | LE, size of the payload behind the envelope                         |
 * | 32     | 1    | sum of all other bytes, payload included, mod 256                   |
 */
import { sum8 } from '#bytes/checksum.ts'
import { Writer } from '#bytes/writer.ts'
import { Control } from '../../shared/astm.ts'
import { buildReports, Mark, MAX_PAYLOAD_BYTES, REPORT_BYTES } from '../../shared/contourReports.ts'
import type { PumpCommand } from './bridge.ts'
import { buildLongPacket, buildShortPacket, LONG_BYTES, SHORT_BYTES } from './radio.ts'
import { isReadCommand, takesParams } from './whitelist.ts'

export const Operation = { Open: 0x10, Close: 0x11, Send: 0x12, End: 0x13 } as const
export type Operation = (typeof Operation)[keyof typeof Operation]

/** All that is said to the meter itself. */
export const Say = {
  NAK: Uint8Array.of(Control.NAK),
  EOT: Uint8Array.of(Control.EOT),
  ENQ: Uint8Array.of(Control.ENQ),
  X: Uint8Array.of(0x58),
  /** The way into the passing on of messages: W, Q, on; and out again: W, Q, off. */
  W: Uint8Array.of(0x57, 0x7c),
  Q: Uint8Array.of(0x51, 0x7c),
  on: Uint8Array.of(0x31, 0x7c),
  off: Uint8Array.of(0x30, 0x7c),
} as const

export const ENVELOPE_BYTES = 33
const OPERATION_AT = 18
const REPLY_BYTES_AT = 23
const NAK_AT = 27
const SIZE_AT = 28
const SUM_AT = 32

/** Tries and seconds that go with an operation. */
const patienceOf: Readonly<Record<Operation, readonly [number, number]>> = {
  [Operation.Open]: [0x01, 0x1e],
  [Operation.Close]: [0x01, 0x0f],
  [Operation.Send]: [0x21, 0x05],
  [Operation.End]: [0x21, 0x05],
}

/** Bytes and packets of answers; currents have twice the packets that they announce (six real pages). */
const announced: Readonly<Record<PumpCommand['reply'], readonly [number, number]>> = {
  ack: [0, 0],
  frame: [0, 0],
  profile: [192, 0x1004],
  page: [1024, 0x1010],
  isig: [2048, 0x1010],
}

/** What the meter says went wrong, by the number at offset 27. */
export const linkProblems: Readonly<Record<number, string>> = {
  0x01: 'answers in several packets are not supported',
  0x02: 'a wrong parameter',
  0x03: 'a command that is not supported',
  0x04: 'the pump did not answer after all tries',
  0x05: 'the pump did not answer in time',
  0xfe: 'a wrong checksum',
  0xff: 'a message that the meter does not understand',
}

const none = new Uint8Array(0)

/** A whole message. `reply` names the kind of answer expected, where that has several packets. */
export function buildMessage(
  operation: Operation,
  pumpSerial: string,
  { reply = 'ack', payload = none }: { readonly reply?: PumpCommand['reply']; readonly payload?: Uint8Array } = {},
): Uint8Array {
  const [tries, seconds] = patienceOf[operation]
  const [bytes, packets] = announced[reply]
  const message = new Writer()
    .u8(0x51)
    .u8(0x01)
    .text(pumpSerial)
    .fill(10)
    .u8(operation)
    .u8(tries)
    .u8(seconds)
    .fill(2)
    .u16le(bytes)
    .u16le(packets)
    .u8(0)
    .u8(payload.length)
    .fill(4)
    .bytes(payload)
    .done()
  message[SUM_AT] = sum8(message)
  return message
}

/** The meter's message in answer to this one. */
export function buildAnswer(question: Uint8Array, payload: Uint8Array, nak = 0): Uint8Array {
  const message = new Writer()
    .bytes(question.subarray(0, NAK_AT))
    .u8(nak)
    .u32le(payload.length)
    .u8(0)
    .bytes(payload)
    .done()
  message[SUM_AT] = sum8(message)
  return message
}

/** The message that hands a short radio packet on: a command without parameters, or the announcement of one. */
export const shortMessage = (pumpSerial: string, opcode: number, reply: PumpCommand['reply']): Uint8Array =>
  buildMessage(Operation.Send, pumpSerial, { reply, payload: buildShortPacket(pumpSerial, opcode) })

/** The message that hands a command's parameters on. */
export const longMessage = (pumpSerial: string, { opcode, params, reply }: PumpCommand): Uint8Array =>
  buildMessage(Operation.Send, pumpSerial, { reply, payload: buildLongPacket(pumpSerial, opcode, params) })

/** A message from the meter. */
export interface Message {
  /** Offsets 0 to 26: the meter repeats those of the question. */
  readonly heading: Uint8Array
  /** See {@link linkProblems}; 0 when all went well. */
  readonly nak: number
  readonly payload: Uint8Array
  readonly isChecksumRight: boolean
}

/** How long the message that begins with these bytes is; `undefined` when none does. */
export function messageLength(start: Uint8Array): number | undefined {
  if (start.length < ENVELOPE_BYTES || start[0] !== 0x51 || start[1] !== 0x01) return undefined
  const size = (start[SIZE_AT] ?? 0) + 256 * (start[SIZE_AT + 1] ?? 0)
  if (size > 2048 || start[SIZE_AT + 2] !== 0 || start[SIZE_AT + 3] !== 0) return undefined
  return ENVELOPE_BYTES + size
}

/** Reads a whole message, {@link messageLength} long. */
export function readMessage(bytes: Uint8Array): Message {
  const claimed = bytes[SUM_AT] ?? 0
  return {
    heading: bytes.subarray(0, NAK_AT),
    nak: bytes[NAK_AT] ?? 0,
    payload: bytes.subarray(ENVELOPE_BYTES),
    isChecksumRight: ((sum8(bytes) - claimed) & 0xff) === claimed,
  }
}

/** What a message, or its heading, is about: one of {@link Operation} or something unknown. */
export const operationOf = (bytes: Uint8Array): number | undefined => bytes[OPERATION_AT]

/** Whether a message from the meter answers this message to it. */
export const answers = ({ heading }: Message, question: Uint8Array): boolean =>
  heading.every((byte, at) => byte === question[at])

/** The reports of a message or control character to the meter. */
export const reportsOf = (message: Uint8Array): readonly Uint8Array[] => buildReports(message, Mark.zeros)

/**
 * Whether a report is one of those that reading a pump through this meter takes: the whitelist of the lowest layer
 * (sheet §0), byte for byte. Of a command with parameters the second report is 43 zeros and any CRC, because the first
 * holds all that matters.
 */
export function isLinkReport(report: Uint8Array): boolean {
  const isZeroed = report.length === REPORT_BYTES && report[0] === 0 && report[1] === 0 && report[2] === 0
  return isZeroed && (isControl(report) || isStartOfMessage(report) || isContinuation(report))
}

const controlReports: readonly Uint8Array[] = Object.values(Say).flatMap(said => reportsOf(said))

const isControl = (report: Uint8Array): boolean => controlReports.some(known => isEqual(known, report))

function isStartOfMessage(report: Uint8Array): boolean {
  const message = report.subarray(REPORT_BYTES - MAX_PAYLOAD_BYTES)
  const serial = String.fromCharCode(...message.subarray(2, 8))
  if (messageLength(message) === undefined || !/^\d{6}$/.test(serial)) return false
  const begins = (whole: Uint8Array) => isEqual(reportsOf(whole)[0] ?? none, report)

  const operation = operationOf(message)
  if (operation === Operation.Open || operation === Operation.Close || operation === Operation.End) {
    return begins(buildMessage(operation, serial))
  }
  if (operation !== Operation.Send) return false
  const reply = replyNames.find(name => announced[name][0] === word(message, REPLY_BYTES_AT))
  const packet = message.subarray(ENVELOPE_BYTES)
  const [opcode = 0, count = 0] = packet.subarray(4, 6)
  if (!reply) return false
  switch (message[SIZE_AT]) {
    case SHORT_BYTES:
      return (takesParams(opcode) || isReadCommand(opcode, none)) && begins(shortMessage(serial, opcode, reply))
    case LONG_BYTES: {
      const params = packet.subarray(6, 6 + count)
      return count > 0 && isReadCommand(opcode, params) && begins(longMessage(serial, { opcode, params, reply }))
    }
    default:
      return false
  }
}

/** The last 44 bytes of a radio packet of 71, whose parameters stand in the first 27. */
const isContinuation = (report: Uint8Array): boolean =>
  report[3] === ENVELOPE_BYTES + LONG_BYTES - MAX_PAYLOAD_BYTES &&
  report.every((byte, at) => byte === 0 || at === 3 || at === 47)

const replyNames: readonly PumpCommand['reply'][] = ['frame', 'profile', 'page', 'isig']

const word = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0)

const isEqual = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at])
