/**
 * One question to the stick and its answer, over USB transfers or a serial line that splits and joins as it likes. An
 * answer does not name its question, so stale bytes are thrown away before each one. Sheet §1.2 and §1.9.
 */
import { DeviceError } from '../../errors.ts'
import { drain } from '../../ports/drain.ts'
import type { BridgeContext } from './bridge.ts'
import { firstMessage, type RadioReply, type Reply } from './stickFrame.ts'

/** §1.2 has programs that give up after 750 ms. So do we, about, while nothing says that there is a stick at all. */
const FIRST_DEADLINE_MS = 900
/**
 * Once it has answered: on a busy computer an answer that is there may be fetched late, and one given up costs emptying
 * the stick and asking again. Waiting longer is cheaper, and only a lost answer pays.
 */
const REPLY_DEADLINE_MS = 2500
const QUIET_MS = 50
/** Stale messages in a row, before what comes is noise. */
const MAX_STALE = 8

export interface StickWire {
  /** The 64-byte answer; `undefined` when none came or noise. Throws DeviceError of the port. */
  ask(packet: Uint8Array): Promise<Reply | undefined>
  /** What the radio has received; `undefined` also when the stick refuses. */
  askRadio(packet: Uint8Array): Promise<RadioReply | undefined>
  /** Throws away all that comes until it is quiet. */
  drain(): Promise<void>
  /** Questions in a row that nothing came for, and that something senseless came for. */
  readonly unanswered: { readonly silent: number; readonly noisy: number }
}

export function createStickWire({ port, session }: Pick<BridgeContext, 'port' | 'session'>): StickWire {
  let stream: Uint8Array = new Uint8Array(0)
  const unanswered = { silent: 0, noisy: 0 }
  let hasAnswered = false

  /** The next bytes, or `undefined` when none come in time. */
  async function receive(timeoutMs: number): Promise<Uint8Array | undefined> {
    try {
      return await port.read(timeoutMs, session.signal)
    } catch (error) {
      if (error instanceof DeviceError && error.code === 'no-answer') return undefined
      throw error
    }
  }

  async function throwAwayStale(): Promise<void> {
    stream = new Uint8Array(0)
    for (let turn = 0; turn < MAX_STALE; turn++) {
      const stale = await receive(0)
      if (!stale) return
      session.log('note', `${stale.length} bytes that nobody asked for`)
    }
    await drain(port, session.clock, QUIET_MS, session.signal)
  }

  /** The first message that `pick` takes; `refused` is as good as none. */
  async function question<T>(
    packet: Uint8Array,
    pick: (heard: { reply?: Reply; radio?: RadioReply }) => T | 'refused' | undefined,
  ): Promise<T | undefined> {
    await throwAwayStale()
    await port.write(packet)
    const endMs = session.clock.nowMs() + (hasAnswered ? REPLY_DEADLINE_MS : FIRST_DEADLINE_MS)
    let stale = 0
    for (;;) {
      const first = firstMessage(stream)
      if (first === 'noise' || stale > MAX_STALE) {
        session.log('note', 'noise')
        unanswered.noisy++
        await drain(port, session.clock, QUIET_MS, session.signal)
        return undefined
      }
      if (first) {
        stream = stream.slice(first.length)
        const picked = pick(first.message)
        if (picked !== undefined) {
          hasAnswered = true
          unanswered.silent = 0
          unanswered.noisy = 0
          return picked === 'refused' ? undefined : picked
        }
        stale++
        continue
      }
      const bytes = await receive(Math.max(0, endMs - session.clock.nowMs()))
      if (!bytes) {
        if (stream.length > 0) unanswered.noisy++
        else unanswered.silent++
        return undefined
      }
      stream = joined(stream, bytes)
    }
  }

  return {
    unanswered,
    ask: packet => question(packet, ({ reply }) => reply),
    askRadio: packet => question(packet, ({ reply, radio }) => (reply && !reply.isOk ? 'refused' : radio)),
    async drain() {
      stream = new Uint8Array(0)
      await drain(port, session.clock, QUIET_MS, session.signal)
    },
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
