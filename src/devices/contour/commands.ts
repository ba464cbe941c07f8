/**
 * The conversation of the data transfer mode: start it, take one frame after the other, end it. Knows bytes on the
 * wire, deadlines and repeats; does not know what a record says. Source: contour sheet §2, §5 and §7.
 *
 * The mode is lock step: the meter sends one frame for each ACK and the same one again for NAK. So whatever arrives
 * before we have answered is left over from a disturbance and may be dropped.
 */
import { hexFromBytes } from '#bytes/hex.ts'
import { DeviceError } from '../errors.ts'
import type { Session } from '../driver.ts'
import { drain } from '../ports/drain.ts'
import type { Port } from '../ports/port.ts'
import { Control, type Frame, parseFrame } from '../shared/astm.ts'
import { buildReports, MAX_PAYLOAD_BYTES, payloadOf } from '../shared/contourReports.ts'
import { endsMessage } from './frame.ts'

export interface Link {
  readonly port: Port
  readonly session: Pick<Session, 'clock' | 'signal' | 'log'>
}

/** A frame and the message it came in, as it came. */
export interface Received {
  readonly frame: Frame
  readonly message: Uint8Array
}

/** All that this driver ever says (whitelist of `driver.ts`). */
export const Say = { ACK: Control.ACK, NAK: Control.NAK, EOT: Control.EOT, X: 0x58 } as const
export type Say = (typeof Say)[keyof typeof Say]

const MESSAGE_DEADLINE_MS = 5000
/** For what should have come already: an ENQ behind EOT, the frame behind a doubled one. */
const SOON_MS = 500
const QUIET_MS = 100
const END_DEADLINE_MS = 1000
/** Bad frames in a row before giving up (sheet §2). */
const MAX_REPEATS = 6
const MAX_SILENCES = 3
/** The longest real message, a header, has 300 bytes. */
const MAX_MESSAGE_BYTES = 4096

/**
 * Starts the transfer and returns the first frame, the meter's header. `opening` is "X" for meters that link to a
 * pump, EOT for others; from then on EOT, which also brings a meter back that was left in remote mode.
 * Throws DeviceError `no-answer` (it fell silent), `wrong-answer` (no header among what came).
 */
export async function startTransfer(link: Link, opening: typeof Say.X | typeof Say.EOT): Promise<Received> {
  const step = 'starting the transfer'
  let command: Say | undefined = opening
  let problem = ''
  let understood = true
  let silences = 0
  for (let turn = 0; turn < 2 * MAX_REPEATS; turn++) {
    if (command !== undefined) await say(link, command)
    const heard: Heard = await listen(link, command === undefined ? SOON_MS : MESSAGE_DEADLINE_MS)
    switch (heard.kind) {
      case 'frame':
        if (heard.received.frame.text.startsWith('H')) {
          // Behind a header that fills its last report the ENQ comes by itself, and would be taken for the next answer.
          if (heard.received.message.length % MAX_PAYLOAD_BYTES === 0) {
            await drain(link.port, link.session.clock, QUIET_MS, link.session.signal)
          }
          return heard.received
        }
        // The rest of a transfer that somebody broke off.
        problem = 'the transfer does not begin with a header'
        understood = false
        command = Say.EOT
        break
      case 'control':
        problem = `only control characters, last ${hexFromBytes(Uint8Array.of(heard.byte))}`
        if (heard.byte === Control.ENQ) command = Say.ACK
        // EOT is the first half of the answer EOT ENQ: wait for the other.
        else command = heard.byte === Control.EOT && command !== undefined ? undefined : Say.EOT
        break
      case 'noise':
        problem = heard.problem
        understood = false
        await drain(link.port, link.session.clock, QUIET_MS, link.session.signal)
        command = heard.isFrame ? Say.NAK : Say.EOT
        break
      case 'silence':
        if (command !== undefined) silences++
        if (silences >= MAX_SILENCES) {
          throw new DeviceError(understood ? 'no-answer' : 'wrong-answer', { step, detail: problem })
        }
        command = Say.EOT
        break
    }
  }
  throw new DeviceError('wrong-answer', { step, detail: `${problem}, again and again` })
}

/**
 * Acknowledges `last` and returns the frame after it. Damaged and missing frames are asked for again; a frame that
 * comes twice is passed over by its number.
 * Throws DeviceError `no-answer`, `wrong-answer` (a frame was lost, the meter ended or started over).
 */
export async function readNextFrame(link: Link, last: Frame): Promise<Received> {
  const step = `reading the frame after ${last.number}`
  let repeats = 0
  let silences = 0
  let problem = ''
  let deadlineMs = MESSAGE_DEADLINE_MS
  /** We have asked for a repeat: the same frame again is the answer to that, and waits for its ACK. */
  let asked = false

  const ask = async (command: Say) => {
    asked = true
    deadlineMs = MESSAGE_DEADLINE_MS
    await say(link, command)
  }

  await say(link, Say.ACK)
  while (repeats < MAX_REPEATS) {
    const heard = await listen(link, deadlineMs)
    switch (heard.kind) {
      case 'frame': {
        const { frame } = heard.received
        if (frame.number === (last.number + 1) % 8) return heard.received
        if (frame.number !== last.number || frame.text !== last.text) {
          throw new DeviceError('wrong-answer', { step, detail: `frame ${frame.number} came: ${frame.text}` })
        }
        repeats++
        problem = 'the same frame came again'
        if (asked) {
          asked = false
          await say(link, Say.ACK)
        } else {
          // A second ACK now would make the meter run one frame ahead.
          deadlineMs = SOON_MS
        }
        break
      }
      case 'control':
        if (heard.byte === Control.EOT) {
          throw new DeviceError('wrong-answer', { step, detail: 'the meter ended before its closing record' })
        }
        repeats++
        problem = `control character ${hexFromBytes(Uint8Array.of(heard.byte))}`
        await ask(heard.byte === Control.ENQ ? Say.ACK : Say.NAK)
        break
      case 'noise':
        repeats++
        problem = heard.problem
        await drain(link.port, link.session.clock, QUIET_MS, link.session.signal)
        await ask(Say.NAK)
        break
      case 'silence':
        if (deadlineMs === MESSAGE_DEADLINE_MS) silences++
        if (silences >= MAX_SILENCES) throw new DeviceError('no-answer', { step, detail: problem })
        await ask(Say.NAK)
        break
    }
  }
  throw new DeviceError('wrong-answer', { step, detail: `${problem}, ${repeats} times` })
}

/** Acknowledges the closing record and lets the meter say EOT; whether it does changes nothing. */
export async function endTransfer(link: Link): Promise<void> {
  try {
    await say(link, Say.ACK)
    await listen(link, END_DEADLINE_MS)
  } catch (error) {
    if (error instanceof DeviceError && error.code === 'cancelled') throw error
    link.session.log('note', `the meter was gone after its closing record: ${String(error)}`)
  }
}

/** What one message turned out to be. `isFrame`: it was meant to be a frame. */
type Heard =
  | { readonly kind: 'frame'; readonly received: Received }
  | { readonly kind: 'control'; readonly byte: number }
  | { readonly kind: 'noise'; readonly problem: string; readonly isFrame: boolean }
  | { readonly kind: 'silence' }

async function say(link: Link, command: Say): Promise<void> {
  for (const report of buildReports(Uint8Array.of(command))) {
    link.session.log('out', report)
    await link.port.write(report)
  }
}

/** The next message, put together from its reports, within `deadlineMs`. */
async function listen({ port, session }: Link, deadlineMs: number): Promise<Heard> {
  const endMs = session.clock.nowMs() + deadlineMs
  let message: Uint8Array = new Uint8Array(0)
  for (;;) {
    let report: Uint8Array
    try {
      report = await port.read(Math.max(0, endMs - session.clock.nowMs()), session.signal)
    } catch (error) {
      if (!(error instanceof DeviceError && error.code === 'no-answer')) throw error
      session.log('note', `nothing within ${deadlineMs} ms`)
      return { kind: 'silence' }
    }
    session.log('in', report)
    const payload = payloadOf(report)
    if (!payload) return { kind: 'noise', problem: 'not a report of this meter', isFrame: message.length > 0 }
    message = joined(message, payload)
    if (message.length > MAX_MESSAGE_BYTES) return { kind: 'noise', problem: 'a message without end', isFrame: true }
    if (endsMessage(message, payload)) return meaningOf(message)
  }
}

function meaningOf(message: Uint8Array): Heard {
  const { frame, problem } = parseFrame(message)
  if (frame) return { kind: 'frame', received: { frame, message } }
  const isFrame = message.includes(Control.STX)
  const last = message.at(-1)
  // EOT ENQ in one message means what its end means.
  if (!isFrame && last !== undefined && message.every(isControl)) return { kind: 'control', byte: last }
  return { kind: 'noise', problem, isFrame }
}

const isControl = (byte: number): boolean =>
  byte === Control.EOT || byte === Control.ENQ || byte === Control.ACK || byte === Control.NAK || byte === Control.CAN

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
