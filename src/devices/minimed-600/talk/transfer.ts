/**
 * Receives the pump's long answers: one of them with its acknowledgements and requests to send again, and a whole
 * stretch of history, which comes as several. Source: minimed-600 sheet §10.
 */
import { Reader } from '#bytes/reader.ts'
import { Writer } from '#bytes/writer.ts'
import { DeviceError } from '../../errors.ts'
import { type Exchange, QUIET_BEFORE_ACK_MS, Refused } from './exchange.ts'
import { Answer, Command, type HistoryType, type PumpMessage, RANGE_FROM_TO } from './message.ts'
import { createMultipacket, readAnnouncement } from './multipacket.ts'

/** Silence after which missing packets are asked for: packets come every 50 ms. */
const GAP_MS = 1500
/** The pump takes a moment before its first packet, and between two answers. */
const BEGINNING_MS = 5000
/** Rounds of asking that bring nothing new. */
const MAX_FRUITLESS = 10
const MAX_SILENT_BEGINNINGS = 5
/** Behind the last packet the pump says that it leaves its history mode. */
const FAREWELL_MS = 5000

const ACK_ANNOUNCED = Uint8Array.of(0xff, 0x00)
const ACK_WHOLE = Uint8Array.of(0xff, 0x01)

/** Which history, from and to in seconds of the pump's own counter. */
export interface Stretch {
  readonly type: HistoryType
  readonly fromRtc: number
  readonly toRtc: number
}

/** What the pump has of a stretch. It rounds outwards to whole blocks. */
export interface HistoryInfo {
  readonly bytes: number
  readonly fromRtc: number
}

/** Asks how much there is. Throws as {@link Exchange.request}. */
export async function askHistoryInfo(exchange: Exchange, stretch: Stretch): Promise<HistoryInfo> {
  const { parameters } = await exchange.request(
    Command.HISTORY_INFO,
    historyParameters(stretch),
    message =>
      message.command === Answer.HISTORY_INFO &&
      message.parameters.length >= 9 &&
      message.parameters[0] === stretch.type,
  )
  const reader = new Reader(parameters.subarray(1))
  return { bytes: reader.u32be(), fromRtc: reader.u32be() }
}

/** One of the pump's compressed answers, command first. */
export interface HistoryPart {
  readonly bytes: Uint8Array
  /** How long it is when unpacked. */
  readonly unpackedBytes: number
}

export interface HistoryReader {
  /** Called for each part the moment it is whole. */
  onPart(part: HistoryPart): void
  /** Called for each packet; `share` of the part that is on its way, 0 to 1. */
  onPacket(share: number): void
}

/**
 * Reads a stretch of history. Returns after the pump has left its history mode. Throws DeviceError `weak-radio`,
 * `out-of-range`, `wrong-answer` and {@link Refused}.
 */
export async function readHistory(exchange: Exchange, stretch: Stretch, reader: HistoryReader): Promise<void> {
  const { wire } = exchange
  const begins = ({ command }: PumpMessage) =>
    command === Answer.MULTIPACKET || command === Answer.HISTORY_END || command === Answer.HIGH_SPEED_MODE
  let message: PumpMessage | undefined = await exchange.request(Command.HISTORY, historyParameters(stretch), begins)
  let parts = 0
  let ended = false
  let silences = 0
  let repeated = false

  while (!(ended && message && isFarewell(message))) {
    switch (message?.command) {
      case Answer.MULTIPACKET: {
        const bytes = await receiveMultipacket(exchange, message, share => reader.onPacket(share))
        reader.onPart(readPart(bytes, stretch.type))
        parts++
        silences = 0
        break
      }
      case Answer.HISTORY_END:
        ended = true
        break
      case Answer.SEGMENT:
        // The last packet again: the pump has not heard that all is here.
        repeated = true
        break
      case Answer.NAK:
        throw new Refused(Command.HISTORY, message.parameters[2] ?? 0)
      case Answer.HIGH_SPEED_MODE:
        // It leaves although we have not heard its end: that one was lost.
        if (isFarewell(message) && parts > 0) return
        break
      default:
        // Nothing, or an answer that came late: neither says where the transfer stands.
        break
    }
    const heard = await exchange.next(repeated ? GAP_MS : ended ? FAREWELL_MS : BEGINNING_MS)
    message = heard?.kind === 'message' ? heard.message : undefined
    if (message || heard?.kind === 'garbled') continue
    // Silence, or the last acknowledgement did not reach the pump.
    if (ended) {
      wire.note('the pump did not say that it has left its history mode')
      return
    }
    silences++
    if (silences > MAX_SILENT_BEGINNINGS) throw weak(`nothing more after part ${parts}`)
    repeated = false
    if (parts > 0) await acknowledge(exchange, ACK_WHOLE)
  }
}

const isFarewell = ({ command, parameters }: PumpMessage): boolean =>
  command === Answer.HIGH_SPEED_MODE && ((parameters[0] ?? 0) & 1) === 1

/**
 * Receives one long answer after its announcement FF00, and acknowledges it. Lost packets are asked for again.
 * Returns the answer's command and parameters. Throws DeviceError `weak-radio`, `wrong-answer`.
 */
export async function receiveMultipacket(
  exchange: Exchange,
  announcement: PumpMessage,
  onPacket: (share: number) => void = () => undefined,
): Promise<Uint8Array> {
  const announced = readAnnouncement(announcement.parameters)
  if (!announced) {
    throw new DeviceError('wrong-answer', { step: 'receiving a long answer', detail: 'announced against itself' })
  }
  const parts = createMultipacket(announced)
  await acknowledge(exchange, ACK_ANNOUNCED)
  let fruitless = 0
  // Each round of asking may bring every packet once more; a pump that goes on beyond has lost its way.
  let patience = (MAX_FRUITLESS + 2) * (announced.packets + 10)
  for (;;) {
    const gap = parts.gap()
    if (!gap) break
    if (patience-- <= 0) throw weak('packets without end')
    const begun = parts.received() > 0
    const heard = await exchange.next(begun ? GAP_MS : BEGINNING_MS)
    if (heard?.kind === 'message') {
      const { message } = heard
      if (message.command === Answer.SEGMENT) {
        const taken = parts.take(message.parameters)
        if (taken === 'new') {
          fruitless = 0
          onPacket(parts.received() / announced.packets)
        }
      } else if (message.command === Answer.NAK) {
        throw new Refused(Command.ACK, message.parameters[2] ?? 0)
      }
      continue
    }
    if (heard?.kind === 'garbled') continue

    fruitless++
    if (fruitless > (begun ? MAX_FRUITLESS : MAX_SILENT_BEGINNINGS)) {
      throw weak(`${parts.received()} of ${announced.packets} packets came`)
    }
    if (heard) await exchange.wire.pause(QUIET_BEFORE_ACK_MS)
    if (begun) {
      const parameters = new Writer().u16be(gap.first).u16be(gap.count).done()
      await exchange.transmit(Command.RESEND, parameters, { keep: true })
    } else {
      // Not one packet: the acknowledgement of the announcement was lost.
      await acknowledge(exchange, ACK_ANNOUNCED)
    }
  }
  await acknowledge(exchange, ACK_WHOLE)
  return parts.joined()
}

const acknowledge = (exchange: Exchange, what: Uint8Array): Promise<void> =>
  exchange.transmit(Command.ACK, what, { quietMs: QUIET_BEFORE_ACK_MS, keep: true })

/**
 * The head of a compressed answer 030E; the sheet counts from a sequence byte that is not here.
 *
 * | offset | size | is                                                    |
 * | 0      | 2    | 03 0E                                                 |
 * | 2      | 1    | data type, as asked                                   |
 * | 3      | 4    | length of the data, u32be                             |
 * | 7      | 4    | length when unpacked, u32be                           |
 * | B      | 1    | 01 packed, 00 as it is                                |
 * | C      |      | data                                                  |
 */
function readPart(bytes: Uint8Array, type: HistoryType): HistoryPart {
  const wrong = (detail: string) => new DeviceError('wrong-answer', { step: 'receiving history', detail })
  if (bytes.length < 12) throw wrong('a part without its head')
  const reader = new Reader(bytes)
  if (reader.u16be() !== Answer.HISTORY || reader.u8() !== type) throw wrong('a part of something else')
  if (reader.u32be() !== bytes.length - 12) throw wrong('a part of another length')
  return { bytes, unpackedBytes: reader.u32be() }
}

const historyParameters = ({ type, fromRtc, toRtc }: Stretch): Uint8Array =>
  new Writer().u8(type).u8(RANGE_FROM_TO).u32be(fromRtc).u32be(toRtc).u16be(0).done()

const weak = (detail: string) => new DeviceError('weak-radio', { step: 'receiving from the pump', detail })
