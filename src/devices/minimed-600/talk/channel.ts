/**
 * Finding the pump: which of the five radio channels it listens on. Source: minimed-600 sheet §6.1.
 */
import { DeviceError } from '../../errors.ts'
import { buildEnvelope, Operation, parseEnvelope } from './envelope.ts'
import type { Counter, Link } from './linkMeter.ts'
import { joinNetwork, type RadioAnswer, readRadioAnswer } from './radio.ts'
import type { Wire } from './wire.ts'

/** In the order in which CareLink tries them. */
export const CHANNELS: readonly number[] = [0x14, 0x11, 0x0e, 0x17, 0x1a]

const QUIET_MS = 50
const CONFIRM_MS = 5000
/** "Not here" comes within 3 s; as CareLink's successor waits. */
const JOIN_MS = 10_000
const ROUNDS = 2

export interface Joined {
  readonly channel: number
  readonly signalPercent: number
  /** What the meter said of it, as it came. */
  readonly answer: Uint8Array
}

/**
 * Tries all channels, the last good one first, and all of them once more. Throws DeviceError `out-of-range` when the
 * pump is on none, `replug-needed` when the meter does not confirm.
 */
export async function findPump(wire: Wire, numbers: Counter, link: Link, lastGood?: number): Promise<Joined> {
  const known = CHANNELS.filter(channel => channel === lastGood)
  const order = [...known, ...CHANNELS.filter(channel => channel !== lastGood)]
  for (let round = 0; round < ROUNDS; round++) {
    for (const channel of order) {
      const joined = await join(wire, numbers, link, channel)
      if (joined) return joined
      wire.note(`the pump is not on channel ${channel}`)
    }
  }
  throw new DeviceError('out-of-range', { step: 'looking for the pump', detail: 'on none of the five channels' })
}

async function join(wire: Wire, numbers: Counter, link: Link, channel: number): Promise<Joined | undefined> {
  await wire.settle(QUIET_MS)
  const payload = joinNetwork(channel, link)
  await wire.say(buildEnvelope({ operation: Operation.SEND_MESSAGE, sequence: numbers.next(), payload }))
  let confirmed = false
  let answer: RadioAnswer | undefined
  const endMs = wire.clock.nowMs() + JOIN_MS
  while (!confirmed || !answer) {
    const waitMs = (confirmed ? endMs : endMs - JOIN_MS + CONFIRM_MS) - wire.clock.nowMs()
    const message = await wire.hear(Math.max(0, waitMs))
    if (!message) break
    const envelope = parseEnvelope(message)
    if (!envelope) continue
    const heard = readRadioAnswer(envelope.payload, link)
    if (heard.kind === 'stuck') throw notConfirmed('the meter has lost its way')
    if (envelope.operation === Operation.SEND_MESSAGE_RESPONSE) confirmed = true
    else if (envelope.operation !== Operation.RECEIVE_MESSAGE) continue
    // A meter that is still joined says so in its confirmation.
    if (heard.kind === 'joined' && heard.channel === channel) {
      if (confirmed) return { ...heard, answer: envelope.payload }
      continue
    }
    if (confirmed && (heard.kind === 'no-connect' || heard.kind === 'lost')) answer = heard
  }
  if (!confirmed) throw notConfirmed('the meter does not confirm')
  return undefined
}

const notConfirmed = (detail: string) => new DeviceError('replug-needed', { step: 'looking for the pump', detail })
