/**
 * A pump that is not there: takes clear messages and says what a pump of the 600 series would. A state machine without
 * timers or chance; the radio and the encryption between are `linkMeter.ts`'s. Source: minimed-600 sheet §7 to §10 and
 * §22. It shares `message.ts` with the driver; captured messages pin that one.
 */
import { Writer } from '#bytes/writer.ts'
import { Reader } from '#bytes/reader.ts'
import { Answer, Command, HistoryType, mayTell, type PumpMessage } from '../talk/message.ts'

/** One block of 2048 bytes and the time that its events span, in seconds of the pump's counter. */
export interface HistoryBlock {
  readonly fromRtc: number
  readonly toRtc: number
  readonly bytes: Uint8Array
}

/** What a simulated pump holds. */
export interface PumpMemory {
  /** Its counter now, and what makes wall clock of it (signed seconds). */
  readonly rtc: number
  readonly offset: number
  /** False when nobody has set its clock; set when absent. */
  readonly isClockSet?: boolean
  /** Parameters of the answers by the answer's number; what is missing is refused as not supported. */
  readonly answers: ReadonlyMap<number, Uint8Array>
  /** Parameters of the answers to the question for pattern 1 to 8. */
  readonly patterns: readonly Uint8Array[]
  /** Oldest first. */
  readonly blocks: Readonly<Record<HistoryType, readonly HistoryBlock[]>>
  /** How many blocks come in one part; 16 when absent. Fewer where they are not packed, to take as long as real ones. */
  readonly blocksAtOnce?: number
  /** Packs blocks into the parameters of one 030E. */
  readonly pack: (type: HistoryType, blocks: readonly Uint8Array[]) => Uint8Array
}

export interface PumpOptions {
  readonly memory: PumpMemory
  /** NAK instead of an answer: reason by how many commands have been taken before. */
  readonly refusals?: ReadonlyMap<number, number>
}

export interface SimulatedPump {
  /** What the pump says to a message; most have the sequence of what they answer. */
  receive(message: PumpMessage): readonly PumpMessage[]
  /** Whether the computer has left the high-speed mode on. */
  readonly inHighSpeed: () => boolean
  /** Commands taken, by number, for tests of what is asked. */
  readonly heard: readonly PumpMessage[]
}

const BLOCK_BYTES = 2048
const BLOCKS_AT_ONCE = 16
const PACKET_BYTES = 94
/** A message of more bytes, with sequence, command and CRC, goes in packets. */
const MAX_MESSAGE_BYTES = 101
const HIGH_SPEED_SEQUENCE = 0x80
const NOT_SUPPORTED = 0x08
const WRONG_STATE = 0x0f

interface Sending {
  readonly bytes: Uint8Array
  readonly packets: number
  /** More behind it. */
  readonly rest: readonly Uint8Array[]
  readonly isHistory: boolean
}

export function createPump({ memory, refusals = new Map() }: PumpOptions): SimulatedPump {
  const heard: PumpMessage[] = []
  let highSpeed = false
  let sequence = 0
  let sending: Sending | undefined

  const say = (command: number, parameters: Uint8Array = new Uint8Array(0)): PumpMessage => {
    sequence = (sequence % 127) + 1
    return { sequence, command, parameters }
  }
  const sayHighSpeed = (mode: 0 | 1): PumpMessage => ({
    sequence: HIGH_SPEED_SEQUENCE,
    command: Answer.HIGH_SPEED_MODE,
    parameters: Uint8Array.of(mode),
  })
  const refuse = (command: number, reason: number) => say(Answer.NAK, new Writer().u16be(command).u8(reason).done())

  /** An answer, in packets where it is too long for one. */
  function answer(command: number, parameters: Uint8Array): readonly PumpMessage[] {
    if (parameters.length + 5 <= MAX_MESSAGE_BYTES) return [say(command, parameters)]
    return announce([new Writer().u16be(command).bytes(parameters).done()], false)
  }

  function announce([bytes, ...rest]: readonly Uint8Array[], isHistory: boolean): readonly PumpMessage[] {
    if (!bytes) return [say(Answer.HISTORY_END), sayHighSpeed(1)]
    const packets = Math.ceil(bytes.length / PACKET_BYTES)
    sending = { bytes, packets, rest, isHistory }
    const last = bytes.length - (packets - 1) * PACKET_BYTES
    const head = new Writer().u32be(bytes.length).u16be(PACKET_BYTES).u16be(last).u16be(packets)
    return [say(Answer.MULTIPACKET, head.done())]
  }

  function segments(first: number, count: number): readonly PumpMessage[] {
    if (!sending) return []
    const { bytes, packets } = sending
    const numbers = Array.from({ length: Math.max(0, Math.min(count, packets - first)) }, (_, i) => first + i)
    return numbers.map(number => {
      const data = bytes.subarray(number * PACKET_BYTES, (number + 1) * PACKET_BYTES)
      return say(Answer.SEGMENT, new Writer().u16be(number).bytes(data).done())
    })
  }

  function acknowledged(what: number): readonly PumpMessage[] {
    if (what === Answer.MULTIPACKET) return segments(0, Infinity)
    if (!sending) return []
    const { rest, isHistory } = sending
    sending = undefined
    return isHistory ? announce(rest, true) : []
  }

  const stretch = (parameters: Uint8Array) => {
    const reader = new Reader(parameters)
    const type = reader.u8() === HistoryType.pump ? HistoryType.pump : HistoryType.sensor
    reader.skip(1)
    const fromRtc = reader.u32be()
    const toRtc = Math.min(reader.u32be(), memory.rtc)
    const blocks = memory.blocks[type].filter(block => block.toRtc >= fromRtc && block.fromRtc <= toRtc)
    return { type, fromRtc, toRtc, blocks }
  }

  function historyInfo(parameters: Uint8Array): readonly PumpMessage[] {
    const { type, fromRtc, toRtc, blocks } = stretch(parameters)
    const info = new Writer().u8(type).u32be(blocks.length * BLOCK_BYTES)
    info.u32be(fromRtc).i32be(memory.offset).u32be(toRtc).i32be(memory.offset)
    return answer(Answer.HISTORY_INFO, info.done())
  }

  function history(parameters: Uint8Array): readonly PumpMessage[] {
    const { type, blocks } = stretch(parameters)
    const parts: Uint8Array[] = []
    const { blocksAtOnce = BLOCKS_AT_ONCE } = memory
    for (let at = 0; at < blocks.length; at += blocksAtOnce) {
      const packed = memory.pack(
        type,
        blocks.slice(at, at + blocksAtOnce).map(({ bytes }) => bytes),
      )
      parts.push(new Writer().u16be(Answer.HISTORY).bytes(packed).done())
    }
    return [sayHighSpeed(0), ...announce(parts, true)]
  }

  const answered = (command: number): readonly PumpMessage[] | undefined => {
    const parameters = memory.answers.get(command)
    return parameters && answer(command, parameters)
  }

  function reply({ command, parameters }: PumpMessage): readonly PumpMessage[] | undefined {
    switch (command) {
      case Command.TIME:
        return answer(
          Answer.TIME,
          new Writer()
            .u8(memory.isClockSet === false ? 0 : 1)
            .u32be(memory.rtc)
            .i32be(memory.offset)
            .done(),
        )
      case Command.BASAL_PATTERN: {
        const pattern = memory.patterns[(parameters[0] ?? 0) - 1]
        return pattern && answer(Answer.BASAL_PATTERN, pattern)
      }
      case Command.HISTORY_INFO:
        return historyInfo(parameters)
      case Command.HISTORY:
        return history(parameters)
      case Command.STATUS:
        return answered(Answer.STATUS)
      case Command.CARB_RATIOS:
        return answered(Answer.CARB_RATIOS)
      case Command.SENSITIVITIES:
        return answered(Answer.SENSITIVITIES)
      case Command.TARGETS:
        return answered(Answer.TARGETS)
      case Command.BASIC_PARAMETERS:
        return answered(Answer.BASIC_PARAMETERS)
      case Command.DEVICE_STRING:
        return answered(Answer.DEVICE_STRING)
      case Command.DEVICE_CHARACTERISTICS:
        return answered(Answer.DEVICE_CHARACTERISTICS)
      default:
        return undefined
    }
  }

  function receive(message: PumpMessage): readonly PumpMessage[] {
    const { command, parameters } = message
    // A test must fail, loudly, that makes anybody send what could change a therapy.
    if (!mayTell(command, parameters)) throw new RangeError(`never to be sent: ${command.toString(16)}`)
    heard.push(message)
    const what = (parameters[0] ?? 0) * 256 + (parameters[1] ?? 0)
    switch (command) {
      case Command.HIGH_SPEED_MODE:
        highSpeed = parameters[0] === 0
        sending = undefined
        return []
      case Command.ACK:
        return acknowledged(what)
      case Command.RESEND:
        return segments(what, (parameters[2] ?? 0) * 256 + (parameters[3] ?? 0))
    }
    // `say` counts on from here: the answer has the question's own number.
    sequence = message.sequence - 1
    const reason = refusals.get(heard.length - 1)
    if (reason !== undefined) return [refuse(command, reason)]
    if (sending?.isHistory) return [refuse(command, WRONG_STATE)]
    const said = reply(message)
    if (!said) return [refuse(command, NOT_SUPPORTED)]
    // Long answers count on behind the question.
    return said[0]?.command === Answer.HIGH_SPEED_MODE ? said.map(behind) : said
  }

  /** History comes unasked, so to say: its first number follows the question's. */
  function behind(each: PumpMessage): PumpMessage {
    if (each.sequence === HIGH_SPEED_SEQUENCE) return each
    sequence = (each.sequence % 127) + 1
    return { ...each, sequence }
  }

  return { receive, heard, inHighSpeed: () => highSpeed }
}
