/**
 * Whole messages over the port: reports put together, deadlines, quiet. Knows where a message ends and nothing of
 * what it says. Source: minimed-600 sheet §2.
 */
import { hexFromBytes } from '#bytes/hex.ts'
import type { Session } from '../../driver.ts'
import { DeviceError } from '../../errors.ts'
import type { Clock, Port } from '../../ports/port.ts'
import { endsFrame } from '../../shared/astm.ts'
import { buildReports, MAX_PAYLOAD_BYTES, payloadOf, REPORT_BYTES } from '../../shared/contourReports.ts'
import { envelopeLength, startsEnvelope } from './envelope.ts'

export interface Wire {
  readonly clock: Clock
  note(text: string): void
  /** From now on nothing cancels: for leaving in good order. */
  shield(): void
  /** Lets time pass. Throws DeviceError `cancelled`. */
  pause(ms: number): Promise<void>
  /** Sends one message. Throws DeviceError `unplugged`, `permission-lost`, `command-refused`. */
  say(message: Uint8Array): Promise<void>
  /**
   * The next whole message within `deadlineMs`, or `undefined`. What is broken is noted and passed over.
   * Throws DeviceError `unplugged`, `cancelled`.
   */
  hear(deadlineMs: number): Promise<Uint8Array | undefined>
  /**
   * Takes in all that comes until nothing has come for `quietMs`. Throws DeviceError `replug-needed` when it never
   * ends, `unplugged`, `cancelled`.
   */
  settle(quietMs: number): Promise<readonly Uint8Array[]>
}

/** The reports of one message follow each other at once. */
const NEXT_REPORT_MS = 1500
/** The longest real message, the meter's header, has 300 bytes. */
const MAX_MESSAGE_BYTES = 1024
/** A history transfer that nobody takes goes on for 163 packets; a meter that never ends has lost its way. */
const MAX_UNASKED = 400

/** The messages of a port. */
export function createWire(port: Port, { clock, log, signal }: Pick<Session, 'clock' | 'log' | 'signal'>): Wire {
  const note = (text: string) => log('note', text)
  let shielded = false

  /** The next report, or `undefined` after `timeoutMs`. */
  async function nextReport(timeoutMs: number): Promise<Uint8Array | undefined> {
    try {
      const report = await port.read(Math.max(0, timeoutMs), shielded ? undefined : signal)
      log('in', report)
      return report
    } catch (error) {
      if (error instanceof DeviceError && error.code === 'no-answer') return undefined
      throw error
    }
  }

  /** A whole message within `deadlineMs` from its first report; `broken` when something came that is none. */
  async function nextMessage(deadlineMs: number): Promise<Uint8Array | 'broken' | undefined> {
    let message: Uint8Array = new Uint8Array(0)
    for (;;) {
      const started = message.length > 0
      const report = await nextReport(started ? NEXT_REPORT_MS : deadlineMs)
      if (!report) {
        if (!started) return undefined
        note(`a message without its end: ${hexFromBytes(message.subarray(0, 40))}`)
        return 'broken'
      }
      const payload = payloadOf(report)
      if (!payload) {
        note('not a report of this meter')
        return 'broken'
      }
      // The rest of the message before was lost.
      message = started && !startsEnvelope(payload) ? joined(message, payload) : payload
      const end = endOf(message, payload)
      if (end === 'whole') return message
      if (end === 'broken' || message.length > MAX_MESSAGE_BYTES) {
        note(`a message that does not end as it should: ${hexFromBytes(message.subarray(0, 40))}`)
        return 'broken'
      }
    }
  }

  async function hear(deadlineMs: number): Promise<Uint8Array | undefined> {
    const endMs = clock.nowMs() + deadlineMs
    for (let broken = 0; broken <= MAX_UNASKED; broken++) {
      const message = await nextMessage(endMs - clock.nowMs())
      if (message !== 'broken') return message
      if (clock.nowMs() > endMs) return undefined
    }
    throw endless()
  }

  return {
    clock,
    note,
    hear,
    shield() {
      shielded = true
    },
    pause: ms => clock.sleep(ms, shielded ? undefined : signal),
    async say(message) {
      const bytes = reportsTogether(message)
      log('out', bytes)
      await port.write(bytes)
    },
    async settle(quietMs) {
      const heard: Uint8Array[] = []
      while (heard.length <= MAX_UNASKED) {
        const message = await hear(quietMs)
        if (!message) return heard
        heard.push(message)
      }
      throw endless()
    },
  }
}

const endless = () => new DeviceError('replug-needed', { step: 'waiting for quiet', detail: 'it never stops sending' })

/**
 * All reports of a message as one stretch of bytes: the port cuts it into reports again, and its guard judges the
 * message as a whole instead of halves of it.
 */
export function reportsTogether(message: Uint8Array): Uint8Array {
  const reports = buildReports(message)
  const bytes = new Uint8Array(reports.length * REPORT_BYTES)
  reports.forEach((report, i) => bytes.set(report, i * REPORT_BYTES))
  return bytes
}

/**
 * Whether the message ends with this last payload. Reports are full until the last one, and where the last is full
 * too only the message itself can tell (sheet §2): an envelope by its length, a header by its end of frame.
 */
function endOf(message: Uint8Array, last: Uint8Array): 'whole' | 'broken' | 'open' {
  if (startsEnvelope(message)) {
    const length = envelopeLength(message)
    if (length !== undefined && message.length >= length) return message.length === length ? 'whole' : 'broken'
    return last.length < MAX_PAYLOAD_BYTES ? 'broken' : 'open'
  }
  return last.length < MAX_PAYLOAD_BYTES || endsFrame(message) ? 'whole' : 'open'
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
