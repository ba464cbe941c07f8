/**
 * The Contour NEXT LINK's reports put together to what it says: characters, messages, its header. Sits between the port
 * and `link.ts`; knows deadlines inside a message, but neither order nor repeats. Sheet §3.1 to §3.3.
 */
import type { Session } from '../../driver.ts'
import { DeviceError } from '../../errors.ts'
import type { Port } from '../../ports/port.ts'
import { Control, endsFrame } from '../../shared/astm.ts'
import { MAX_PAYLOAD_BYTES, payloadOf } from '../../shared/contourReports.ts'
import { type Message, messageLength, readMessage, reportsOf } from './linkFrame.ts'

export type Heard =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'control'; readonly byte: number }
  /** Text of the meter itself: its header. */
  | { readonly kind: 'text'; readonly bytes: Uint8Array }
  /** A report that begins nothing: the rest of something disturbed. */
  | { readonly kind: 'piece' }
  /** It began well and did not end so. */
  | { readonly kind: 'damaged'; readonly problem: string }
  | { readonly kind: 'silence' }

export interface LinkWire {
  /** Sends a message or control character. Throws what the port throws. */
  say(message: Uint8Array): Promise<void>
  /** The next thing that the meter says; `silence` when nothing began before the deadline. Throws `unplugged`, `cancelled`. */
  hear(deadlineMs: number, signal?: AbortSignal): Promise<Heard>
  /** Drops what has arrived already, without waiting. Returns how many reports that was. */
  dropArrived(): Promise<number>
}

/** The reports of one message come 20 ms apart. */
const REPORT_DEADLINE_MS = 1000
/** A meter that talks faster than this can be dropped is left to the deadlines. */
const MAX_DROPPED = 1000
/** The meter's header has some 200 bytes. */
const MAX_TEXT_BYTES = 4096

/** STX, frame number 1, "H", with or without EOT before it. */
const beginsHeader = (payload: Uint8Array): boolean => {
  const [stx, one, letter] = payload.subarray(payload[0] === Control.EOT ? 1 : 0)
  return stx === Control.STX && one === 0x31 && letter === 0x48
}

export function createLinkWire(port: Port, { signal, log }: Pick<Session, 'signal' | 'log'>): LinkWire {
  /** `undefined` when nothing came in time. */
  async function nextReport(deadlineMs: number, stop: AbortSignal | undefined): Promise<Uint8Array | undefined> {
    try {
      const report = await port.read(Math.max(0, deadlineMs), stop)
      log('in', report)
      return report
    } catch (error) {
      if (error instanceof DeviceError && error.code === 'no-answer') return undefined
      throw error
    }
  }

  /** The bytes that begin with `first`, until none is missing; or what went wrong. */
  async function wholeOf(
    first: Uint8Array,
    missing: (have: Uint8Array, last: Uint8Array) => number,
    stop: AbortSignal | undefined,
  ): Promise<Uint8Array | string> {
    let have = first
    let last = first
    let wanted = missing(have, last)
    while (wanted > 0) {
      const report = await nextReport(REPORT_DEADLINE_MS, stop)
      if (!report) return `a report is missing after ${have.length} bytes`
      const payload = payloadOf(report)
      if (!payload || payload.length > wanted) return `a report that does not belong after ${have.length} bytes`
      have = joined(have, payload)
      last = payload
      wanted = missing(have, last)
      // Only a message's last report is not full.
      if (wanted > 0 && payload.length < MAX_PAYLOAD_BYTES) return `a short report before byte ${have.length}`
    }
    return have
  }

  async function hear(deadlineMs: number, stop?: AbortSignal): Promise<Heard> {
    const report = await nextReport(deadlineMs, stop)
    if (!report) {
      log('note', `nothing within ${deadlineMs} ms`)
      return { kind: 'silence' }
    }
    const first = payloadOf(report)
    const only = first?.[0]
    if (!first || only === undefined) return { kind: 'damaged', problem: 'not a report of this meter' }
    if (first.length === 1) return { kind: 'control', byte: only }

    const length = messageLength(first)
    if (length !== undefined) {
      if (first.length !== Math.min(MAX_PAYLOAD_BYTES, length)) return { kind: 'damaged', problem: 'a wrong length' }
      const whole = await wholeOf(first, have => length - have.length, stop)
      return typeof whole === 'string'
        ? { kind: 'damaged', problem: whole }
        : { kind: 'message', message: readMessage(whole) }
    }
    if (!beginsHeader(first)) return { kind: 'piece' }
    const isWhole = (have: Uint8Array, last: Uint8Array) =>
      last.length < MAX_PAYLOAD_BYTES || endsFrame(have) || have.length > MAX_TEXT_BYTES
    const whole = await wholeOf(first, (have, last) => (isWhole(have, last) ? 0 : MAX_PAYLOAD_BYTES), stop)
    return typeof whole === 'string' ? { kind: 'damaged', problem: whole } : { kind: 'text', bytes: whole }
  }

  return {
    hear,
    async say(message) {
      for (const report of reportsOf(message)) {
        log('out', report)
        await port.write(report)
      }
    },
    async dropArrived() {
      for (let dropped = 0; ; dropped++) {
        if (dropped === MAX_DROPPED || !(await nextReport(0, signal))) return dropped
      }
    },
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
