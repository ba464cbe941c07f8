/**
 * Everything that may leave the computer, judged byte by byte at the lowest layer. Source: minimed-600 sheet §3, §4,
 * §6 and §14; decision 12.
 *
 * What the pump is told is encrypted, so this layer cannot read it; two locks close the door together. `message.ts`
 * encrypts nothing but what its own list of commands and parameters allows, and is the only maker of such messages.
 * Here only reports, envelopes and radio commands of exactly the right shape pass: no other operation (a new link key
 * would be 17), no other radio command (14 sets a key), and only encrypted data of a length that an allowed command
 * has.
 */
import { crc16ccitt } from '#bytes/checksum.ts'
import { Reader } from '#bytes/reader.ts'
import { payloadOf, REPORT_BYTES } from '../../shared/contourReports.ts'
import { Operation, parseEnvelope } from './envelope.ts'
import { RadioCommand, TRANSMIT_FLAGS } from './radio.ts'

/** "X", EOT, ENQ, NAK, and the three pairs that open and close the way to the pump. */
const controls: readonly string[] = ['X', '\x04', '\x05', '\x15', 'W|', 'Q|', '1|', '0|']
const CHANNELS: readonly number[] = [0x14, 0x11, 0x0e, 0x17, 0x1a]
/** Sequence, command and CRC are 5; then 0, 1, 2, 4, 9 or 12 bytes of parameters. */
const MESSAGE_LENGTHS: readonly number[] = [5, 6, 7, 9, 14, 17]
const JOIN_CONSTANTS = '0,0,0,7,7,0,0,2'

/** True for one whole message, in its reports, that the meter may be sent. */
export function mayWrite(bytes: Uint8Array): boolean {
  const message = messageOf(bytes)
  if (!message) return false
  if (controls.includes(String.fromCharCode(...message.subarray(0, 3)))) return true
  const envelope = parseEnvelope(message)
  if (!envelope) return false
  // What the layout leaves zero is zero, so that nothing travels beside what was judged.
  if (![...message.subarray(8, 18), ...message.subarray(23, 28), ...message.subarray(30, 32)].every(isZero))
    return false
  const { operation, payload } = envelope
  switch (operation) {
    case Operation.OPEN_CONNECTION:
    case Operation.CLOSE_CONNECTION:
      return payload.length === 32
    case Operation.READ_INFO:
    case Operation.REQUEST_LINK_KEY:
      return payload.length === 0
    case Operation.SEND_MESSAGE:
      return isAllowedRadio(payload)
    default:
      return false
  }
}

/** The message in these reports; `undefined` unless every byte of them has its place. */
function messageOf(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length === 0 || bytes.length % REPORT_BYTES !== 0) return undefined
  const parts: number[] = []
  for (let at = 0; at < bytes.length; at += REPORT_BYTES) {
    const report = bytes.subarray(at, at + REPORT_BYTES)
    const payload = payloadOf(report)
    const isLast = at + REPORT_BYTES === bytes.length
    if (!payload || payload.length === 0 || (!isLast && payload.length < 60)) return undefined
    if (!report.subarray(4 + payload.length).every(isZero)) return undefined
    parts.push(...payload)
  }
  return Uint8Array.from(parts)
}

function isAllowedRadio(payload: Uint8Array): boolean {
  if (payload.length < 4 || payload[1] !== payload.length - 2) return false
  const reader = new Reader(payload)
  const body = reader.bytes(payload.length - 2)
  if (reader.u16le() !== crc16ccitt(body)) return false
  switch (body[0]) {
    case RadioCommand.JOIN_NETWORK:
      return (
        body.length === 28 &&
        body[2] === 1 &&
        CHANNELS.includes(body[3] ?? 0) &&
        body.subarray(4, 12).join() === JOIN_CONSTANTS
      )
    case RadioCommand.TRANSMIT_PACKET: {
      const length = body[12] ?? 0
      return body.length === 13 + length && body[11] === TRANSMIT_FLAGS && MESSAGE_LENGTHS.includes(length)
    }
    default:
      return false
  }
}

const isZero = (byte: number): boolean => byte === 0
