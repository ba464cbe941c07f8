/**
 * The Contour NEXT LINK as bridge to the pump: into its passing-on mode and out of it, one command at a time, repeats.
 * What travels stands in `linkFrame.ts`, how it is put together in `linkWire.ts`. Sheet §3.
 *
 * The meter keeps the radio for us: it wakes the pump when the connection is opened, acknowledges and repeats frames.
 * Answers name neither command nor page, so whatever is left over of a disturbed exchange has to be gone before the
 * next one begins.
 */
import { hexFromBytes } from '#bytes/hex.ts'
import { DeviceError } from '../../errors.ts'
import { drain } from '../../ports/drain.ts'
import { Control, parseFrame, recordsOf } from '../../shared/astm.ts'
import { isigPageCrcIsRight, pageCrcIsRight } from '../decode/crc16.ts'
import { type Bridge, type BridgeContext, type PumpCommand, PumpRefused } from './bridge.ts'
import { Opcode, replyBytes } from './commands.ts'
import {
  answers,
  buildMessage,
  linkProblems,
  longMessage,
  type Message,
  Operation,
  operationOf,
  Say,
  shortMessage,
} from './linkFrame.ts'
import { createLinkWire } from './linkWire.ts'
import { Answer } from './radio.ts'

/** What an earlier session left behind comes at once; see {@link drain}. */
const QUIET_MS = 100
/** For characters; a meter that is well answers within 100 ms. */
const CONTROL_MS = 1500
const HEADER_MS = 3000
const ENQ_MS = 500
/** Behind a refused or unheard character. */
const PAUSE_MS = 500
const MODE_ROUNDS = 3
const CONTROL_TRIES = 5
/** The meter itself gives up after 30 s. */
const OPEN_MS = 33_000
const OPEN_TRIES = 2
/** The meter's own tries take up to 15 s. */
const FIRST_ANSWER_MS = 20_000
/** Messages of a page come 0.55 s apart, more with repeats on the radio. */
const NEXT_ANSWER_MS = 8000
/** Longer than the pause between two messages of a page. */
const SETTLE_MS = 1000
const PAGE_TRIES = 10
const TRIES = 5
const PUMP_SILENCES = 3
const METER_SILENCES = 2
/** No command is tried again after this long. */
const ASK_MS = 60_000
/** For the whole way out; someone who cancels is not kept waiting. */
const CLOSE_MS = 6000
const CANCELLED_CLOSE_MS = 700

/** Products of the meters that are this bridge: mg/dL and mmol/L. The 2.4 (6210) talks to other pumps, encrypted. */
const products: readonly string[] = ['6200', '6300']

/** What a meter does with a character. */
type Reaction = 'yes' | 'no' | 'silence'

/** One try: the answer (`isSound`: all checksums right), the pump's refusal, or neither. */
type Outcome =
  | { readonly body: Uint8Array; readonly isSound: boolean }
  | { readonly reason: number }
  | { readonly failure: 'pumpSilences' | 'meterSilences' | 'damaged'; readonly problem: string }

/** The bridge through a Contour NEXT LINK. Opening it wakes the pump, which takes up to 30 seconds. */
export function createLink({ port, session, pumpSerial }: BridgeContext): Bridge {
  const { clock, signal, log } = session
  const wire = createLinkWire(port, session)
  const statistics = { messages: 0, repeated: 0, damaged: 0, leftOver: 0, pumpSilences: 0, meterSilences: 0 }
  /** The meter is, or may be, in command mode; the radio connection may be open. Both are to be undone. */
  let isInMode = false
  let isConnected = false

  /**
   * Says a character and waits for one of the meter's: `wanted`, or NAK. Others, such as the ENQ behind the header, are
   * passed over. While leaving, nobody can cancel.
   */
  async function reactionTo(
    said: Uint8Array,
    wanted: number,
    deadlineMs = CONTROL_MS,
    { isLeaving = false } = {},
  ): Promise<Reaction> {
    await wire.say(said)
    const endMs = clock.nowMs() + deadlineMs
    for (;;) {
      const heard = await wire.hear(endMs - clock.nowMs(), isLeaving ? undefined : signal)
      if (heard.kind === 'silence') return 'silence'
      if (heard.kind === 'control' && heard.byte === wanted) return 'yes'
      if (heard.kind === 'control' && heard.byte === Control.NAK) return 'no'
    }
  }

  /** Asks the meter who it is. False when it gives no header; throws `wrong-device` when it is no such bridge. */
  async function hearHeader(): Promise<boolean> {
    await wire.say(Say.X)
    const endMs = clock.nowMs() + HEADER_MS
    for (;;) {
      const heard = await wire.hear(endMs - clock.nowMs(), signal)
      if (heard.kind === 'silence') return false
      if (heard.kind === 'control' && heard.byte === Control.NAK) return false
      if (heard.kind !== 'text') continue
      const { frame, problem } = parseFrame(heard.bytes)
      if (!frame) {
        log('note', `the meter's header: ${problem}`)
        return false
      }
      const text = recordsOf(frame)[0]?.text ?? ''
      const product = text.split('|')[4]?.split('^')[0] ?? ''
      log('note', `the meter is ${text}`)
      if (!products.some(number => product.trim().endsWith(number))) {
        throw new DeviceError('wrong-device', { step: 'reading who the meter is', detail: product })
      }
      // The ENQ that ends the header comes in a report of its own.
      if (heard.bytes.at(-1) !== Control.ENQ) await wire.hear(ENQ_MS, signal)
      return true
    }
  }

  /** Brings a meter back that was left in whatever mode (sheet §3.2, step 0 and end). */
  async function leaveStaleMode(): Promise<void> {
    log('note', 'the meter is led back from an earlier session')
    if ((await reactionTo(Say.EOT, Control.ENQ)) === 'yes') return
    for (const said of [Say.W, Say.Q, Say.off]) await reactionTo(said, Control.ACK, PAUSE_MS)
    await reactionTo(Say.EOT, Control.ENQ, PAUSE_MS)
  }

  async function enterMode(): Promise<void> {
    const step = 'starting the meter'
    let detail = 'the meter does not say who it is'
    let isBusy = false
    for (let round = 0; round < MODE_ROUNDS; round++) {
      if (round > 0) await leaveStaleMode()
      if (!(await hearHeader())) continue
      const reaction = await enterFromHeader()
      if (reaction === 'yes') return
      isBusy = reaction === 'no'
      detail = 'the meter does not go into its command mode'
    }
    throw new DeviceError(isBusy ? 'device-busy' : 'replug-needed', { step, detail })
  }

  /** Each character of the way, once more after a pause where that can help. */
  async function enterFromHeader(): Promise<Reaction> {
    const ended = await reactionTo(Say.NAK, Control.EOT)
    if (ended !== 'yes') return ended
    isInMode = true
    const started = await reactionTo(Say.ENQ, Control.ACK)
    if (started !== 'yes') return started
    for (const said of [Say.W, Say.Q, Say.on]) {
      for (let tries = 1; ; tries++) {
        const reaction = await reactionTo(said, Control.ACK)
        if (reaction === 'yes') break
        if (tries === CONTROL_TRIES) return reaction
        await clock.sleep(PAUSE_MS, signal)
      }
    }
    return 'yes'
  }

  /** Lets the meter wake the pump; it says the same message again when it has. */
  async function connect(): Promise<void> {
    const step = 'waking the pump'
    const question = buildMessage(Operation.Open, pumpSerial)
    let problem = ''
    isConnected = true
    for (let tries = 0; tries < OPEN_TRIES; tries++) {
      await wire.dropArrived()
      statistics.messages++
      await wire.say(question)
      const answer = await echoOf(question, OPEN_MS, signal)
      if (!answer) throw new DeviceError('replug-needed', { step, detail: 'the meter has fallen silent' })
      problem = answer === 'damaged' ? 'a damaged answer' : problemOf(answer, question)
      if (problem === '') return
      log('note', `the pump is not reached: ${problem}`)
    }
    throw new DeviceError('out-of-range', { step, detail: problem })
  }

  /** The meter's answer to a message without payload, by its operation; `undefined` when none came. */
  async function echoOf(
    question: Uint8Array,
    deadlineMs: number,
    stop?: AbortSignal,
  ): Promise<Message | 'damaged' | undefined> {
    const endMs = clock.nowMs() + deadlineMs
    for (;;) {
      const heard = await wire.hear(endMs - clock.nowMs(), stop)
      if (heard.kind === 'silence') return undefined
      if (heard.kind === 'damaged') return 'damaged'
      if (heard.kind === 'message' && operationOf(heard.message.heading) === operationOf(question)) return heard.message
      statistics.leftOver++
    }
  }

  /** One try of a command, as §3.3 and §3.4 have it. */
  async function exchange(command: PumpCommand): Promise<Outcome> {
    const { opcode, params, reply } = command
    if (params.length === 0) return tell(command, shortMessage(pumpSerial, opcode, reply), replyBytes[reply])
    const announced = await tell(command, shortMessage(pumpSerial, opcode, 'ack'), replyBytes.ack)
    if (!('body' in announced)) return announced
    return tell(command, longMessage(pumpSerial, command), replyBytes[reply])
  }

  /** Sends a message and collects `size` bytes, however the meter cuts them; size 0 is the pump's ACK. */
  async function tell(command: PumpCommand, question: Uint8Array, size: number): Promise<Outcome> {
    const body = new Uint8Array(size)
    let have = 0
    let isSound = true
    statistics.messages++
    await wire.say(question)
    let endMs = clock.nowMs() + FIRST_ANSWER_MS
    for (;;) {
      const heard = await wire.hear(endMs - clock.nowMs(), signal)
      if (heard.kind === 'damaged') return { failure: 'damaged', problem: heard.problem }
      if (heard.kind === 'silence') {
        const failure = have > 0 ? 'damaged' : 'meterSilences'
        return { failure, problem: `nothing came after ${have} of ${size} bytes` }
      }
      if (heard.kind !== 'message' || !answers(heard.message, question)) {
        statistics.leftOver++
        continue
      }
      const { payload, nak, isChecksumRight } = heard.message
      const [first, reason = 0] = payload
      if (!isChecksumRight) {
        // Sheet §3.3: for sensor pages it is the page's own CRC that counts. A refusal has none.
        const mayBeSound = isSensorPage(command) && nak === 0 && payload.length !== 2
        if (!mayBeSound) return { failure: 'damaged', problem: 'a message with a wrong checksum' }
        isSound = false
      }
      if (isNotSupported(nak)) return { reason: nak }
      if (nak !== 0) {
        return {
          failure: isSilence(nak) && have === 0 ? 'pumpSilences' : 'damaged',
          problem: problemOf(heard.message, question),
        }
      }
      if (payload.length === 0) {
        return { failure: have > 0 ? 'damaged' : 'pumpSilences', problem: `the pump said nothing after ${have} bytes` }
      }
      if (payload.length === 2 && first === Answer.NAK && have === 0) return { reason }
      if (payload.length === 1 && first === Answer.ACK && have === 0) {
        if (size === 0) return { body, isSound }
        statistics.leftOver++
        continue
      }
      if (have + payload.length > size) return { failure: 'damaged', problem: `more than ${size} bytes` }
      body.set(payload, have)
      have += payload.length
      if (have === size) return { body, isSound }
      endMs = clock.nowMs() + NEXT_ANSWER_MS
    }
  }

  async function ask(command: PumpCommand): Promise<Uint8Array> {
    const step = `asking the pump for ${command.opcode.toString(16)} ${hexFromBytes(command.params)}`.trim()
    const lastMs = clock.nowMs() + ASK_MS
    const maxTries = command.reply === 'page' || command.reply === 'isig' ? PAGE_TRIES : TRIES
    const failures = { pumpSilences: 0, meterSilences: 0, damaged: 0 }
    let bodyBefore: Uint8Array | undefined
    statistics.leftOver += await wire.dropArrived()
    const leftOverBefore = statistics.leftOver
    for (let tries = 1; ; tries++) {
      const outcome = await exchange(command)
      let problem: string
      if ('failure' in outcome) {
        failures[outcome.failure]++
        statistics[outcome.failure]++
        problem = outcome.problem
      } else if ((tries > 1 || statistics.leftOver > leftOverBefore) && (await settle()) > 0) {
        // Parts of two answers may have come together.
        problem = 'more came behind the answer'
      } else if ('reason' in outcome) {
        throw new PumpRefused(outcome.reason)
      } else {
        const { body, isSound } = outcome
        // Twice the same bytes: then the pump's memory has them so.
        const isTwice = isSound && bodyBefore?.every((byte, at) => byte === body[at])
        if (isRight(command, body) || isTwice) return body
        if (isSound) bodyBefore = body
        problem = 'a page with a wrong CRC'
      }
      log('note', `try ${tries} of ${step}: ${problem}`)
      const detail = problem
      if (failures.meterSilences === METER_SILENCES) throw new DeviceError('replug-needed', { step, detail })
      if (failures.pumpSilences === PUMP_SILENCES) throw new DeviceError('out-of-range', { step, detail })
      if (tries === maxTries || clock.nowMs() > lastMs) {
        if (bodyBefore) return bodyBefore
        throw new DeviceError('weak-radio', { step, detail })
      }
      statistics.repeated++
      if ('failure' in outcome) await settle()
    }
  }

  /** Waits until nothing more comes; returns how many bytes came. */
  const settle = (): Promise<number> => drain(port, clock, SETTLE_MS, signal)

  async function close(): Promise<void> {
    const endMs = clock.nowMs() + (signal.aborted ? CANCELLED_CLOSE_MS : CLOSE_MS)
    /** A part of the time that is left: the later steps must have some too. */
    const within = (share: number) => Math.max(0, (endMs - clock.nowMs()) * share)
    try {
      if (isConnected) {
        const end = buildMessage(Operation.End, pumpSerial)
        await wire.say(buildMessage(Operation.Close, pumpSerial))
        await wire.say(end)
        await echoOf(end, within(0.5))
      }
      if (isInMode) {
        for (const said of [Say.W, Say.Q, Say.off]) {
          await reactionTo(said, Control.ACK, within(0.3), { isLeaving: true })
        }
      }
    } catch (error) {
      log('note', `the meter was gone before it was left: ${String(error)}`)
    }
    isConnected = false
    isInMode = false
  }

  return {
    statistics,
    wake: connect,
    ask,
    close,
    async open() {
      await drain(port, clock, QUIET_MS, signal)
      await enterMode()
      await connect()
    },
  }
}

/** Why a message is not the answer hoped for, in plain words; empty when it says that all went well. */
function problemOf(message: Message, question: Uint8Array): string {
  const { nak, payload, isChecksumRight } = message
  if (!isChecksumRight) return 'a message with a wrong checksum'
  if (nak !== 0) return linkProblems[nak] ?? `problem ${nak.toString(16)} of the meter`
  return payload.length === 0 && answers(message, question) ? '' : 'another answer'
}

/** The meter does not pass this command on, whatever is tried. */
const isNotSupported = (nak: number): boolean => nak >= 1 && nak <= 3

const isSilence = (nak: number): boolean => nak === 4 || nak === 5

const isSensorPage = ({ opcode }: PumpCommand): boolean => opcode === Opcode.GLUCOSE_PAGE || opcode === Opcode.ISIG_PAGE

/** Settings have no CRC of their own: the message's has to do. */
function isRight({ reply }: PumpCommand, body: Uint8Array): boolean {
  if (reply === 'page') return pageCrcIsRight(body)
  return reply === 'isig' ? isigPageCrcIsRight(body) : true
}
