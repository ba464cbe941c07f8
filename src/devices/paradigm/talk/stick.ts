/**
 * The white CareLink USB stick as a bridge: one exchange with the pump, from transmission to the last chunk, with what
 * can go wrong on its radio. Sheet §1.8 and §1.9. Knows no page and no setting.
 *
 * Neither stick nor pump say which command an answer belongs to. So nothing new is asked while anything of an older
 * command may still be on its way: after whatever did not go as it should, the stick is emptied first (`settle`).
 */
import { hexFromBytes } from '#bytes/hex.ts'
import { DeviceError } from '../../errors.ts'
import { type Bridge, type BridgeContext, type PumpCommand, PumpRefused } from './bridge.ts'
import { replyBytes, wakeFor } from './commands.ts'
import {
  Ask,
  buildReadRadio,
  buildTransmit,
  type LinkStatus,
  linkStatusOf,
  productInfoOf,
  RadioKind,
  type RadioReply,
  statisticsOf,
} from './stickFrame.ts'
import { createStickWire } from './stickWire.ts'

/** Minutes that the pump's radio stays on (§2.2). */
const AWAKE_MINUTES = 10
const WAKE_TRIES = 2
/** One question and three repeats (§1.8). */
const MAX_TRIES = 4
/** The stick has repeated each of them by itself. */
const MAX_SILENT_TRIES = 2
/** The stick's NAK of a NAK of the pump (§1.5). */
const PUMP_NAK = 0x15
/** Below it the radio is not ready (§1.4). */
const ENOUGH_SIGNAL = 50
const SIGNAL_TRIES = 8
const UNANSWERED_LIMIT = 3
const NOISE_LIMIT = 8
const BUSY_PAUSE_MS = 250
const SHORT_PAUSE_MS = 100
/** Two more frames take a quarter of a second: long enough to fetch both at once, and the stick never holds more. */
const TWO_FRAMES_MS = 200
const LAST_FRAME_MS = 80
const FRAME_BYTES = 64
/** How long after the last sign of life the stick counts as empty. */
const SETTLED_MS = 600
const SETTLING_LIMIT_MS = 8000
/** More chunks than the longest answer has frames. */
const MAX_CHUNKS = 40

/** When to look for an answer first, how often then, and how long in all. */
interface Patience {
  readonly firstMs: number
  readonly everyMs: number
  readonly limitMs: number
}
const patienceOf: Readonly<Record<PumpCommand['reply'], Patience>> = {
  // The stick calls for 12 s. Nobody has tried what it says meanwhile (§1.8).
  ack: { firstMs: 12_000, everyMs: 250, limitMs: 18_000 },
  frame: { firstMs: 250, everyMs: 25, limitMs: 1750 },
  profile: { firstMs: 250, everyMs: 25, limitMs: 2000 },
  page: { firstMs: 280, everyMs: 25, limitMs: 2000 },
  isig: { firstMs: 280, everyMs: 25, limitMs: 2000 },
}

type Outcome =
  | { readonly kind: 'answer'; readonly body: Uint8Array }
  | { readonly kind: 'refused'; readonly reason: number }
  | { readonly kind: 'silent' }
  | { readonly kind: 'damaged'; readonly problem: string }

/** The stick behind this port. */
export function createStick(context: BridgeContext): Bridge {
  const { session, pumpSerial } = context
  const wire = createStickWire(context)
  const statistics = { commands: 0, chunks: 0, repeated: 0, damaged: 0, silent: 0, foreign: 0, polls: 0 }
  let isSettled = true

  const pause = (ms: number) => session.clock.sleep(ms, session.signal)

  /** Throws DeviceError `replug-needed` once the stick has not answered, or not made sense, again and again. */
  function failIfLost(): void {
    const { silent, noisy } = wire.unanswered
    if (silent < UNANSWERED_LIMIT && noisy < NOISE_LIMIT) return
    const detail = `${silent} questions without an answer, ${noisy} with a senseless one`
    throw new DeviceError('replug-needed', { step: 'talking to the stick', detail })
  }

  /** What the stick has; `undefined` when it did not say so, and another question may. */
  async function linkStatus(): Promise<LinkStatus | undefined> {
    statistics.polls++
    const reply = await wire.ask(Ask.LINK_STATUS)
    failIfLost()
    const status = reply && linkStatusOf(reply)
    if (!status) {
      isSettled = false
      return undefined
    }
    if (status.ready > 0 || status.error > 0) {
      session.log('note', `stick: ${status.ready} bytes ready, error ${status.error}, reason ${status.reason}`)
    }
    return status
  }

  async function readRadio(size: number): Promise<RadioReply | undefined> {
    const radio = await wire.askRadio(buildReadRadio(size))
    failIfLost()
    if (radio) session.log('in', radio.data)
    else isSettled = false
    return radio
  }

  /** Throws away what is still under way. Throws DeviceError `replug-needed` when that does not end. */
  async function settle(): Promise<void> {
    await wire.drain()
    const { clock } = session
    const endMs = clock.nowMs() + SETTLING_LIMIT_MS
    let lastSignMs = clock.nowMs()
    while (clock.nowMs() - lastSignMs < SETTLED_MS) {
      if (clock.nowMs() > endMs) {
        throw new DeviceError('replug-needed', { step: 'emptying the stick', detail: 'it never becomes empty' })
      }
      const status = await linkStatus()
      if (status?.ready) await readRadio(status.ready)
      if (!status || status.ready > 0 || status.isBusy) lastSignMs = clock.nowMs()
      await pause(SHORT_PAUSE_MS)
    }
    isSettled = true
  }

  /** Sends the command. `undefined` when it is on its way, or may be. */
  async function transmit(command: PumpCommand): Promise<Outcome | undefined> {
    const packet = buildTransmit(pumpSerial, command)
    session.log('out', packet)
    statistics.commands++
    const ack = await wire.ask(packet)
    failIfLost()
    if (ack?.isOk) return undefined
    // Without a word from the stick the pump may have heard it all the same: the status will tell (§1.2).
    isSettled = false
    return ack && { kind: 'damaged', problem: `the stick refused it with reason ${ack.reason}` }
  }

  /** Once from transmission to the last chunk. */
  async function attempt(command: PumpCommand): Promise<Outcome> {
    const refusal = await transmit(command)
    if (refusal) return refusal
    const { clock } = session
    const { firstMs, everyMs, limitMs } = patienceOf[command.reply]
    const body = new Uint8Array(replyBytes[command.reply])
    let filled = 0
    let chunks = 0
    let problem = ''
    let before: Uint8Array | undefined
    let endMs = clock.nowMs() + limitMs
    await pause(firstMs)

    while (chunks < MAX_CHUNKS) {
      const status = await linkStatus()
      if (status && status.error > 0) {
        isSettled = false
        if (status.error === PUMP_NAK && status.reason >= 7) return { kind: 'refused', reason: status.reason }
        await pause(BUSY_PAUSE_MS)
        return { kind: 'damaged', problem: `link error ${status.error}, reason ${status.reason}` }
      }
      if (!status?.ready) {
        // What is on the air may still come, up to twice the time.
        if (clock.nowMs() > endMs + (status?.isBusy ? limitMs : 0)) {
          isSettled = false
          return chunks === 0 && problem === '' ? { kind: 'silent' } : { kind: 'damaged', problem: problem || 'no end' }
        }
        await pause(everyMs)
        continue
      }

      const radio = await readRadio(status.ready)
      if (!radio) {
        problem = 'a chunk was lost on the wire'
        continue
      }
      if (radio.serial !== pumpSerial) {
        statistics.foreign++
        session.log('note', 'heard another pump')
        continue
      }
      chunks++
      statistics.chunks++
      endMs = clock.nowMs() + limitMs
      if (radio.kind === RadioKind.TIMEOUT) return { kind: 'silent' }
      if (!radio.isWhole) problem = 'a chunk with a wrong checksum'
      else if (radio.kind === RadioKind.NAK) return { kind: 'refused', reason: radio.data[0] ?? 0 }
      else if (radio.kind === RadioKind.ACK) {
        if (command.reply === 'ack') return { kind: 'answer', body }
        problem = 'an answer to another command'
      } else if (!isDataOf(command, radio.kind) || filled + radio.data.length > body.length) {
        problem = 'an answer to another command'
      } else if (command.reply === 'profile' && before && isRepeated(before, radio.data)) {
        problem = 'the same chunk twice'
      } else {
        body.set(radio.data, filled)
        filled += radio.data.length
        before = radio.data
      }
      if (radio.isLast) {
        if (problem === '' && filled === body.length) return { kind: 'answer', body }
        break
      }
      await pause(body.length - filled > FRAME_BYTES ? TWO_FRAMES_MS : LAST_FRAME_MS)
    }
    isSettled = false
    return { kind: 'damaged', problem: problem || `${filled} of ${body.length} bytes` }
  }

  async function ask(command: PumpCommand): Promise<Uint8Array> {
    const step = `asking the pump ${hexFromBytes(Uint8Array.of(command.opcode, ...command.params))}`
    let silent = 0
    let problem = ''
    for (let turn = 0; turn < MAX_TRIES && silent < MAX_SILENT_TRIES; turn++) {
      if (!isSettled) await settle()
      if (turn > 0) statistics.repeated++
      const outcome = await attempt(command)
      switch (outcome.kind) {
        case 'answer':
          return outcome.body
        case 'refused':
          throw new PumpRefused(outcome.reason)
        case 'silent':
          silent++
          statistics.silent++
          isSettled = false
          session.log('note', 'the pump does not answer')
          break
        case 'damaged':
          problem = outcome.problem
          statistics.damaged++
          session.log('note', `again: ${problem}`)
          break
      }
    }
    throw new DeviceError(problem === '' ? 'out-of-range' : 'weak-radio', { step, detail: problem || 'silence' })
  }

  async function wake(): Promise<void> {
    for (let turn = 1; ; turn++) {
      if (!isSettled) await settle()
      const outcome = await attempt(wakeFor(AWAKE_MINUTES))
      if (outcome.kind === 'answer') return
      isSettled = false
      session.log('note', `waking the pump, try ${turn}: ${outcome.kind}`)
      if (turn >= WAKE_TRIES) {
        throw new DeviceError('out-of-range', { step: 'waking the pump', detail: `${turn} times in vain` })
      }
    }
  }

  async function open(): Promise<void> {
    await wire.drain()
    const step = 'greeting the stick'
    // Twice, as the maker's own program does: the first answer may be one from before.
    let info = await wire.ask(Ask.PRODUCT_INFO)
    for (let turn = 1; turn < UNANSWERED_LIMIT && !info?.isOk; turn++) info = await wire.ask(Ask.PRODUCT_INFO)
    info = (await wire.ask(Ask.PRODUCT_INFO)) ?? info
    if (!info?.isOk) {
      const code = wire.unanswered.noisy > 0 || info ? 'wrong-answer' : 'no-answer'
      throw new DeviceError(code, { step, detail: 'it does not say who it is' })
    }
    const { description, serial, version, megahertz } = productInfoOf(info)
    session.log('note', `stick ${description} ${serial} version ${version}, ${megahertz ?? 'unknown'} MHz`)
    for (let turn = 0; turn < SIGNAL_TRIES; turn++) {
      const strength = (await wire.ask(Ask.SIGNAL_STRENGTH))?.data[0] ?? 0
      failIfLost()
      session.log('note', `signal strength ${strength}`)
      if (strength >= ENOUGH_SIGNAL) break
      await pause(BUSY_PAUSE_MS)
    }
    await logStatistics()
    // A program that broke off has left something in there.
    const status = await linkStatus()
    if (!status || status.ready > 0 || status.isBusy) isSettled = false
    if (!isSettled) await settle()
  }

  async function logStatistics(): Promise<void> {
    for (const [name, question] of [
      ['USB', Ask.USB_STATISTICS],
      ['radio', Ask.RADIO_STATISTICS],
    ] as const) {
      const reply = await wire.ask(question)
      if (reply?.isOk) session.log('note', `${name}: ${JSON.stringify(statisticsOf(reply))}`)
      failIfLost()
    }
  }

  async function close(): Promise<void> {
    session.log('note', `stick: ${JSON.stringify(statistics)}`)
    try {
      if (!session.signal.aborted) await logStatistics()
    } catch {
      // Whatever ended the read has been said; the stick needs no farewell.
    }
  }

  return { open, wake, ask, close, statistics }
}

/** One frame, or several: the chunks say which of both (§1.6). */
const isDataOf = ({ reply }: PumpCommand, kind: number): boolean =>
  reply === 'frame' ? kind === RadioKind.FRAME : reply !== 'ack' && kind === RadioKind.FRAMES

/** A chunk that was handed over twice, told from zeros that follow on zeros. */
const isRepeated = (before: Uint8Array, chunk: Uint8Array): boolean =>
  chunk.length === before.length && chunk.some(byte => byte !== 0) && chunk.every((byte, at) => byte === before[at])
