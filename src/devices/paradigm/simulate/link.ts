/**
 * A Contour NEXT LINK that is not there, in front of a simulated pump: the meter's side of the wire, report by report.
 * Without timers or chance; how long its real brother takes for a report says {@link linkLatencyMs}. Sheet §3.
 *
 * It shares `linkFrame.ts` with the bridge; that is safe because a captured conversation pins both
 * (`test/devices/paradigm/talk/linkReplay.test.ts`).
 */
import type { Simulator } from '../../driver.ts'
import { buildFrame, Control } from '../../shared/astm.ts'
import { buildReports, Mark, MAX_PAYLOAD_BYTES, REPORT_BYTES } from '../../shared/contourReports.ts'
import { replyBytes } from '../talk/commands.ts'
import { buildAnswer, messageLength, Operation, readMessage } from '../talk/linkFrame.ts'
import { Answer, parseRadioPacket, SHORT_BYTES } from '../talk/radio.ts'
import { takesParams } from '../talk/whitelist.ts'
import type { PumpAnswer, SimulatedPump } from './pump.ts'

export interface LinkTroubles {
  /** It shows E86 and says nothing. */
  readonly isDead?: boolean
  /** It refuses ENQ so many times. */
  readonly busyFor?: number
  /** An earlier program left it so. */
  readonly leftIn?: 'command mode' | 'passing on'
  /** Of an earlier conversation; they come with the first answer. */
  readonly leftOver?: readonly Uint8Array[]
  /** Every so many-th message comes with a wrong checksum. */
  readonly damagesEvery?: number
  /** Every so many-th message is not an answer but this problem. */
  readonly problemEvery?: { readonly every: number; readonly nak: number }
  /** How many bytes of a long answer stand in its first message; 256 when absent. */
  readonly firstBytes?: number
}

export interface LinkOptions {
  /** The meter's H record. */
  readonly header?: string
  readonly troubles?: LinkTroubles
}

export interface SimulatedLink extends Simulator {
  /** Where it stands: `idle` is how a meter is found and to be left. */
  mode(): Mode
}

/** Ready for X; its header was asked for; that was broken off; remote commands; W and Q were said; passing on. */
type Mode = 'idle' | 'header' | 'ended' | 'commands' | 'W' | 'Q' | 'passing'

const usualHeader = 'H|\\^&||SIMPWD|Bayer6200^01.22\\01.13\\XX.XX^6201-0000001^0000-|A=1^U=0|0||||||1|20260101000000'
const PAGE_MESSAGE_BYTES = 256
const FRAME_BYTES = 64
const { ACK, NAK, EOT, ENQ } = Control
const none = new Uint8Array(0)

/** The meter's side of the wire. */
export function createLink(pump: SimulatedPump, options: LinkOptions = {}): SimulatedLink {
  const { header = usualHeader, troubles = {} } = options
  const { damagesEvery, problemEvery, firstBytes = PAGE_MESSAGE_BYTES } = troubles
  let mode: Mode = troubles.leftIn === 'passing on' ? 'passing' : troubles.leftIn ? 'commands' : 'idle'
  let leftOver = troubles.leftOver ?? []
  let busyFor = troubles.busyFor ?? 0
  let messages = 0
  /** The pump was woken and answered. */
  let isConnected = false
  /** What has come of a message to the meter. */
  let begun: Uint8Array = none

  const say = (...bytes: readonly number[]): readonly Uint8Array[] => buildReports(Uint8Array.from(bytes))

  /** From `mode` on to the next, with the meter's answer. */
  function go(next: Mode, ...bytes: readonly number[]): readonly Uint8Array[] {
    mode = next
    return say(...bytes)
  }

  function control(text: string): readonly Uint8Array[] {
    switch (`${mode} ${text}`) {
      case 'idle X':
      case 'header X':
      case 'ended X':
        mode = 'header'
        return [...buildReports(Uint8Array.of(EOT, ...buildFrame(1, header))), ...say(ENQ)]
      case 'header NAK':
        return go('ended', EOT)
      case 'ended ENQ':
        if (busyFor-- > 0) return say(NAK)
        return go('commands', ACK)
      case 'commands W|':
      case 'passing W|':
        return go('W', ACK)
      case 'W Q|':
        return go('Q', ACK)
      case 'Q 1|':
        return go('passing', ACK)
      case 'Q 0|':
        // The ENQ comes 14 s later from the real one.
        return [...go('idle', ACK), ...say(ENQ)]
      default:
        if (mode === 'passing') return []
        return text === 'EOT' ? go('idle', ENQ) : say(NAK)
    }
  }

  function message(question: Uint8Array): readonly Uint8Array[] {
    const { payload, isChecksumRight } = readMessage(question)
    const serial = String.fromCharCode(...question.subarray(2, 8))
    messages++
    if (!isChecksumRight) return buildReports(buildAnswer(question, none, 0xfe))
    switch (question[18]) {
      case Operation.Open:
        isConnected = pump.wake(serial)
        return buildReports(isConnected ? question : buildAnswer(question, none, 0x05))
      case Operation.Close:
        return []
      case Operation.End:
        isConnected = false
        return buildReports(question)
      case Operation.Send:
        return payloadsOf(serial, payload).flatMap(part =>
          buildReports(disturbed(buildAnswer(question, part), question)),
        )
      default:
        return buildReports(buildAnswer(question, none, 0xff))
    }
  }

  /** What the pump says to a radio packet, cut as the meter hands it over. */
  function payloadsOf(serial: string, bytes: Uint8Array): readonly Uint8Array[] {
    const packet = parseRadioPacket(bytes)
    if (!packet || packet.serial !== serial || !isConnected) return [none]
    const isAnnounced = bytes.length === SHORT_BYTES && takesParams(packet.opcode)
    const answer: PumpAnswer = isAnnounced ? { kind: 'ack' } : pump.hear(serial, packet.opcode, packet.params)
    switch (answer.kind) {
      case 'silence':
        return [none]
      case 'ack':
        return [Uint8Array.of(Answer.ACK)]
      case 'nak':
        return [Uint8Array.of(Answer.NAK, answer.reason)]
      case 'data':
        return answer.bytes.length < replyBytes.page
          ? cut(answer.bytes, FRAME_BYTES, FRAME_BYTES)
          : cut(answer.bytes, firstBytes, PAGE_MESSAGE_BYTES)
    }
  }

  function disturbed(answer: Uint8Array, question: Uint8Array): Uint8Array {
    messages++
    if (problemEvery && messages % problemEvery.every === 0) return buildAnswer(question, none, problemEvery.nak)
    if (damagesEvery === undefined || messages % damagesEvery !== 0) return answer
    return answer.map((byte, at) => (at === 32 ? byte ^ 1 : byte))
  }

  function answer(payload: Uint8Array): readonly Uint8Array[] {
    const isStart = messageLength(payload) !== undefined
    if (isStart || begun.length > 0) {
      const whole = isStart ? payload : Uint8Array.of(...begun, ...payload)
      const length = messageLength(whole) ?? 0
      // A report that is not full is a message's last one, whatever its size field says.
      begun = whole.length < length && payload.length === MAX_PAYLOAD_BYTES ? whole : none
      return whole.length === length && mode === 'passing' ? message(whole) : []
    }
    const [byte = 0] = payload
    const names: Readonly<Record<number, string>> = { [NAK]: 'NAK', [EOT]: 'EOT', [ENQ]: 'ENQ' }
    return control((payload.length === 1 && names[byte]) || String.fromCharCode(...payload))
  }

  return {
    mode: () => mode,
    receive(packet) {
      const payload = packet.subarray(4, 4 + (packet[3] ?? 0))
      const isReport = packet.length === REPORT_BYTES && String.fromCharCode(...packet.subarray(0, 3)) === Mark.zeros
      if (troubles.isDead || !isReport || payload.length === 0) return []
      const reports = [...leftOver, ...answer(payload)]
      leftOver = []
      return reports
    },
  }
}

/** `first` bytes, then `size` at a time. */
function cut(bytes: Uint8Array, first: number, size: number): readonly Uint8Array[] {
  const parts = [bytes.slice(0, first)]
  for (let at = first; at < bytes.length; at += size) parts.push(bytes.slice(at, at + size))
  return parts
}

/** Measured on a real meter (the bus log of a 522 being read, sheet §3.4), from one report to the next. */
const latenciesMs = {
  control: 10,
  continuation: 15,
  open: 9800,
  close: 80,
  acknowledgement: 170,
  setting: 230,
  profile: 175,
  pageMessage: 550,
  silence: 5000,
} as const

/** How long a real meter takes until it hands over this report, after the one before it. Radio and bus together. */
export function linkLatencyMs(report: Uint8Array): number {
  const payload = report.subarray(4)
  const size = (payload[28] ?? 0) + 256 * (payload[29] ?? 0)
  if (messageLength(payload) === undefined) {
    return (report[3] ?? 0) === 1 ? latenciesMs.control : latenciesMs.continuation
  }
  if (payload[18] === Operation.Open) return latenciesMs.open
  if (payload[18] !== Operation.Send) return latenciesMs.close
  if (size === 0) return latenciesMs.silence
  if (size < FRAME_BYTES) return latenciesMs.acknowledgement
  if (size > FRAME_BYTES) return latenciesMs.pageMessage
  return payload[23] === replyBytes.profile ? latenciesMs.profile : latenciesMs.setting
}
