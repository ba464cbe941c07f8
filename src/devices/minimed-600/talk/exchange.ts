/**
 * Talking with the pump once the channel is known: one command at a time, its confirmation by the meter, the pump's
 * answers, and when to ask again. Source: minimed-600 sheet §6.2, §7 and §19.
 *
 * The meter holds few messages: a command that finds two of them unread makes it show E86 and fall silent until it is
 * pulled out. So everything that has come is taken in before each command, and no command is sent while the one before
 * is not confirmed.
 */
import { hexFromBytes } from '#bytes/hex.ts'
import { DeviceError, type DeviceErrorCode } from '../../errors.ts'
import { type Cipher, createCipher } from './cipher.ts'
import { buildEnvelope, Operation, parseEnvelope } from './envelope.ts'
import { type Counter, createCounter, type Link } from './linkMeter.ts'
import { Answer, buildCommand, Command, parseMessage, type PumpMessage } from './message.ts'
import { type RadioAnswer, readRadioAnswer, transmitPacket } from './radio.ts'
import type { Wire } from './wire.ts'

/** Quiet before a command, and before an acknowledgement (as CareLink waits). */
const QUIET_MS = 50
export const QUIET_BEFORE_ACK_MS = 300
/** Quiet before leaving: of what the pump is still sending, a packet comes every 50 ms. */
export const QUIET_BEFORE_LEAVING_MS = 300
/** The meter confirms at once. */
const CONFIRM_MS = 5000
/** The pump answers within a second. */
const ANSWER_MS = 10_000
/** For so long a request is repeated that the pump does not take. */
const PERSIST_MS = 30_000
const PAUSE_MS = 1000
/** Below this share of the full signal many packets are lost (sheet §6.1). */
const WEAK_SIGNAL_PERCENT = 20
/** Messages that are no answer, before a request counts as unanswered. */
const MAX_STRAYS = 100

/** What comes from the pump, or from the meter instead of it. */
export type Heard =
  | { readonly kind: 'message'; readonly message: PumpMessage }
  /** The pump did not take the last command. */
  | { readonly kind: 'no-response' }
  /** Something came that cannot be read: a packet counts as lost. */
  | { readonly kind: 'garbled' }

export interface TransmitOptions {
  readonly quietMs?: number
  /** What comes in before the command belongs to a transfer and is not dropped. */
  readonly keep?: boolean
  /** That of a command that is sent again; the next one when absent. */
  readonly sequence?: number
}

export interface Exchange {
  readonly wire: Wire
  /** Sends a command and waits until the meter confirms it. */
  transmit(command: Command, parameters: Uint8Array, options?: TransmitOptions): Promise<void>
  /** The next thing from the pump within `waitMs`. */
  next(waitMs: number): Promise<Heard | undefined>
  /**
   * Sends a command until `isAnswer` likes what comes back. Throws {@link Refused} for the pump's NAK, DeviceError
   * `out-of-range`, `weak-radio` when it does not answer for half a minute.
   */
  request(command: Command, parameters: Uint8Array, isAnswer: (message: PumpMessage) => boolean): Promise<PumpMessage>
  /** High-speed mode on: the pump listens, and numbers begin anew. */
  begin(): Promise<void>
  /** High-speed mode off, if it was on and the meter still confirms. Throws DeviceError `unplugged` only. */
  end(quietMs: number): Promise<void>
}

/** The pump's NAK. Becomes a DeviceError by {@link errorOfRefusal} unless the question was one it may not know. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly reason: number
  constructor(command: number, reason: number) {
    super(`the pump refuses ${command.toString(16).padStart(4, '0')}, reason ${reason.toString(16)}`)
    this.reason = reason
  }
}

/** Reasons that mean "this pump has no such thing": not supported, out of range, disabled, no data, not available. */
export const isUnknownToPump = ({ reason }: Refused): boolean => [0x08, 0x09, 0x0b, 0x0d, 0x15].includes(reason)

/** What the person has to do about a NAK. */
export function errorOfRefusal(refused: Refused, step: string): DeviceError {
  const codes: Readonly<Record<number, DeviceErrorCode>> = {
    0x02: 'device-busy',
    0x04: 'device-busy',
    0x05: 'weak-radio',
    0x07: 'alarm-waiting',
    0x0c: 'device-busy',
    0x0f: 'device-busy',
    0x10: 'device-busy',
    0x13: 'weak-radio',
    0x14: 'bolus-running',
  }
  return new DeviceError(codes[refused.reason] ?? 'wrong-answer', { step, detail: refused.message, cause: refused })
}

/** The conversation with the pump that was found on `channel`. */
export function createExchange(
  wire: Wire,
  numbers: Counter,
  link: Link,
  { channel, signalPercent }: { readonly channel: number; readonly signalPercent: number },
): Exchange {
  const cipher: Cipher = createCipher(link.key, channel)
  const radioNumbers = createCounter(127)
  // JOIN_NETWORK was number 1.
  radioNumbers.next()
  let pumpNumbers = createCounter(127)
  /** A command whose confirmation has not come. */
  let unconfirmed = false
  let highSpeed = false
  /** What the meter passed on and nobody has asked for yet. */
  const waiting: RadioAnswer[] = []

  const lossCode: DeviceErrorCode = signalPercent < WEAK_SIGNAL_PERCENT ? 'weak-radio' : 'out-of-range'
  const replugNeeded = (detail: string) => new DeviceError('replug-needed', { step: 'talking to the pump', detail })

  /** Sorts one message of the meter; returns the confirmation when it is one. */
  function sort(message: Uint8Array): RadioAnswer | undefined {
    const envelope = parseEnvelope(message)
    const { operation } = envelope ?? {}
    if (envelope && operation === Operation.RECEIVE_MESSAGE) {
      waiting.push(readRadioAnswer(envelope.payload, link))
    } else if (envelope && operation === Operation.SEND_MESSAGE_RESPONSE) {
      unconfirmed = false
      return readRadioAnswer(envelope.payload, link)
    } else {
      wire.note(`not of the radio: ${hexFromBytes(message)}`)
    }
    return undefined
  }

  async function send(clear: Uint8Array): Promise<void> {
    if (unconfirmed) throw replugNeeded('the command before was never confirmed')
    const radioNumber = radioNumbers.next()
    const payload = transmitPacket(radioNumber, link, cipher.encrypt(clear))
    unconfirmed = true
    wire.note(`to the pump: ${hexFromBytes(clear)}`)
    await wire.say(buildEnvelope({ operation: Operation.SEND_MESSAGE, sequence: numbers.next(), payload }))
    const endMs = wire.clock.nowMs() + CONFIRM_MS
    for (;;) {
      const message = await wire.hear(Math.max(0, endMs - wire.clock.nowMs()))
      if (!message) throw replugNeeded('the meter does not confirm')
      const confirmation = sort(message)
      if (!confirmation) continue
      if (confirmation.kind === 'stuck') throw replugNeeded('the meter has lost its way')
      if (confirmation.kind === 'lost') throw lost()
      if (confirmation.kind !== 'sent' || confirmation.state === 'failed') {
        throw new DeviceError('weak-radio', {
          step: 'talking to the pump',
          detail: `sending ended in ${confirmation.kind}`,
        })
      }
      if (confirmation.sequence !== radioNumber) {
        // A confirmation that came twice: ours is still to come.
        unconfirmed = true
        continue
      }
      if (confirmation.state === 'noisy') {
        wire.note('the radio is noisy')
        await wire.pause(PAUSE_MS)
      }
      return
    }
  }

  const lost = () => new DeviceError(lossCode, { step: 'talking to the pump', detail: 'the meter has lost the pump' })

  async function takeIn(quietMs: number): Promise<void> {
    for (const message of await wire.settle(quietMs)) sort(message)
  }

  async function transmit(
    command: Command,
    parameters: Uint8Array,
    { quietMs = QUIET_MS, keep = false, sequence = pumpNumbers.next() }: TransmitOptions = {},
  ): Promise<void> {
    const clear = buildCommand({ sequence, command, parameters })
    await takeIn(quietMs)
    if (!keep && waiting.length > 0) wire.note(`${waiting.splice(0).length} answers came too late`)
    await send(clear)
  }

  async function next(waitMs: number): Promise<Heard | undefined> {
    const endMs = wire.clock.nowMs() + waitMs
    for (;;) {
      const answer = waiting.shift()
      if (!answer) {
        const message = await wire.hear(Math.max(0, endMs - wire.clock.nowMs()))
        if (!message) return undefined
        sort(message)
        continue
      }
      const heard = meaningOf(answer)
      if (heard) return heard
    }
  }

  /** Throws where the session cannot go on; `undefined` for what means nothing here. */
  function meaningOf(answer: RadioAnswer): Heard | undefined {
    switch (answer.kind) {
      case 'data': {
        const clear = cipher.decrypt(answer.encrypted)
        const message = parseMessage(clear)
        // Packets of a transfer are thousands, and what they hold is kept anyway.
        if (message?.command !== Answer.SEGMENT) {
          wire.note(`from the pump${message ? '' : ', damaged'}: ${hexFromBytes(clear)}`)
        }
        return message ? { kind: 'message', message } : { kind: 'garbled' }
      }
      case 'no-response':
        return { kind: 'no-response' }
      case 'dropped':
        return { kind: 'garbled' }
      case 'stuck':
        throw replugNeeded('the meter has lost its way')
      case 'lost':
        throw lost()
      case 'unknown':
        wire.note(`from the radio: ${answer.problem}`)
        return undefined
      default:
        return undefined
    }
  }

  async function request(
    command: Command,
    parameters: Uint8Array,
    isAnswer: (message: PumpMessage) => boolean,
  ): Promise<PumpMessage> {
    const giveUpMs = wire.clock.nowMs() + PERSIST_MS
    const sequence = pumpNumbers.next()
    let problem = ''
    for (;;) {
      // Unconfirmed: that a repeated command keeps its number. A pump that has not seen it expects just this one.
      await transmit(command, parameters, { sequence })
      const answer = await answerTo(command, isAnswer)
      if (typeof answer === 'object') return answer
      problem = answer
      wire.note(`${command.toString(16).padStart(4, '0')}: ${problem}`)
      if (wire.clock.nowMs() >= giveUpMs) break
      await wire.pause(PAUSE_MS)
    }
    const step = `asking the pump for ${command.toString(16).padStart(4, '0')}`
    throw new DeviceError(problem === 'a damaged answer' ? 'weak-radio' : lossCode, { step, detail: problem })
  }

  async function answerTo(
    command: Command,
    isAnswer: (message: PumpMessage) => boolean,
  ): Promise<PumpMessage | 'no answer' | 'not taken' | 'a damaged answer'> {
    const endMs = wire.clock.nowMs() + ANSWER_MS
    let garbled = false
    for (let strays = 0; strays < MAX_STRAYS; strays++) {
      const heard = await next(Math.max(0, endMs - wire.clock.nowMs()))
      if (!heard) break
      if (heard.kind === 'no-response') return 'not taken'
      if (heard.kind === 'garbled') {
        garbled = true
        continue
      }
      const { message } = heard
      if (isAnswer(message)) return message
      const refused = refusalOf(message, command)
      if (refused) throw refused
      wire.note(`not an answer to ${command.toString(16)}: ${message.command.toString(16)}`)
    }
    return garbled ? 'a damaged answer' : 'no answer'
  }

  return {
    wire,
    transmit,
    next,
    request,
    async begin() {
      pumpNumbers = createCounter(127)
      highSpeed = true
      await transmit(Command.HIGH_SPEED_MODE, Uint8Array.of(0), { sequence: HIGH_SPEED_SEQUENCE })
    },
    async end(quietMs) {
      await takeIn(quietMs)
      waiting.length = 0
      if (!highSpeed || unconfirmed) return
      highSpeed = false
      await send(
        buildCommand({
          sequence: HIGH_SPEED_SEQUENCE,
          command: Command.HIGH_SPEED_MODE,
          parameters: Uint8Array.of(1),
        }),
      )
    },
  }
}

const HIGH_SPEED_SEQUENCE = 0x80

/** The pump's NAK to this command: the command at 0, the reason at 2 of the parameters (sheet §7.1). */
export function refusalOf({ command, parameters }: PumpMessage, asked: Command): Refused | undefined {
  if (command !== Answer.NAK || parameters.length < 3) return undefined
  const [high = 0, low = 0, reason = 0] = parameters
  return high * 256 + low === asked ? new Refused(asked, reason) : undefined
}
