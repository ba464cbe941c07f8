/**
 * The meter's own part of the session: waking it, opening the way to the pump, asking who is linked, and leaving all
 * as it was. Source: minimed-600 sheet §3, §5.1 to §5.3 and §19.
 */
import { hexFromBytes } from '#bytes/hex.ts'
import { DeviceError } from '../../errors.ts'
import { Control, parseFrame, recordsOf, separatorsOf } from '../../shared/astm.ts'
import { buildEnvelope, type Envelope, Operation, parseEnvelope, startsEnvelope } from './envelope.ts'
import { openingHash, readLinkInfo, unpackLinkKey } from './linkKey.ts'
import type { Addresses } from './radio.ts'
import type { Wire } from './wire.ts'

const { EOT, ENQ, ACK, NAK, STX } = Control
const LETTER_X = 0x58

/** The meter answers within about 100 ms. */
const ANSWER_MS = 2000
const QUIET_MS = 50
/** ENQ may be lost without harm once the header is here. */
const SOON_MS = 500
const MAX_ATTEMPTS = 3
const MAX_EOTS = 10

/** Who the meter is, of its header's fifth field. */
export interface LinkMeter {
  /** `6213-1065043`. */
  readonly serial: string
  /** `1065043`: what the password is made of. */
  readonly shortSerial: string
}

/** How far the session has come, so that leaving undoes exactly that. */
export interface Progress {
  /** Something was said to the meter. */
  awake: boolean
  /** The first of the three pairs that open the way was sent. */
  passthrough: boolean
  /** OPEN_CONNECTION was sent, with this payload. */
  opened?: Uint8Array
}

/**
 * Wakes the meter and opens the way to the pump. Throws DeviceError `replug-needed` (it does not come to itself),
 * `wrong-device` (no link meter of the 600 series).
 */
export async function enterPassthrough(wire: Wire, progress: Progress): Promise<LinkMeter> {
  let meter: LinkMeter | undefined
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    if (attempt > 1) wire.note(`starting over, attempt ${attempt}`)
    const left = await wire.settle(QUIET_MS)
    if (left.length > 0) wire.note(`${left.length} messages were left from before`)
    progress.awake = true
    meter = (await readHeader(wire)) ?? meter
    if (meter && (await enterRemoteMode(wire)) && (await openWay(wire, progress))) return meter
    if (!(await recover(wire))) break
    progress.passthrough = false
  }
  throw new DeviceError('replug-needed', { step: 'waking the meter', detail: meter ? 'it loses its way' : 'no header' })
}

/** "X": the header and ENQ come in either order. `undefined` when no header came. */
async function readHeader(wire: Wire): Promise<LinkMeter | undefined> {
  await wire.say(Uint8Array.of(LETTER_X))
  let meter: LinkMeter | undefined
  let asked = false
  const endMs = wire.clock.nowMs() + 2 * ANSWER_MS
  while (!(meter && asked) && wire.clock.nowMs() < endMs) {
    const message = await hearControl(wire, meter ? SOON_MS : ANSWER_MS)
    if (!message) break
    if (message.length === 1 && message[0] === ENQ) asked = true
    else if (message.includes(STX)) {
      meter ??= meterOf(message)
      // Behind a header that fills its last report the ENQ may stand in the header's own message.
      asked ||= message.at(-1) === ENQ
    }
  }
  return meter
}

/** Throws DeviceError `wrong-device` when the header is another device's. */
function meterOf(message: Uint8Array): LinkMeter | undefined {
  const { frame } = parseFrame(message)
  const text = frame && recordsOf(frame)[0]?.text
  if (!text?.startsWith('H')) return undefined
  const { field, component } = separatorsOf(text)
  const [product = '', , serial = ''] = (text.split(field)[4] ?? '').split(component)
  const [, shortSerial] = /^\d{4}-(\d{7})$/.exec(serial) ?? []
  if (!product.endsWith('6210') || shortSerial === undefined) {
    throw new DeviceError('wrong-device', { step: 'reading who the meter is', detail: `${product} ${serial}` })
  }
  return { serial, shortSerial }
}

/** NAK makes the meter end its transfer, ENQ puts it into remote mode. */
async function enterRemoteMode(wire: Wire): Promise<boolean> {
  for (const repeat of [false, true]) {
    if ((await askControl(wire, Uint8Array.of(NAK))) === EOT) {
      return (await askControl(wire, Uint8Array.of(ENQ))) === ACK
    }
    if (!repeat) await askControl(wire, Uint8Array.of(EOT))
  }
  return false
}

async function openWay(wire: Wire, progress: Progress): Promise<boolean> {
  progress.passthrough = true
  for (const pair of ['W|', 'Q|', '1|']) {
    if ((await askControl(wire, new TextEncoder().encode(pair))) !== ACK) return false
  }
  return true
}

/** Brings a meter back that another program left in the middle (sheet §3): EOT until ENQ comes. */
async function recover(wire: Wire): Promise<boolean> {
  for (let turn = 0; turn < MAX_EOTS; turn++) {
    if ((await askControl(wire, Uint8Array.of(EOT))) === ENQ) return true
  }
  return false
}

/** The control byte that comes in answer; `undefined` when there is none. */
async function askControl(wire: Wire, message: Uint8Array, waitMs = ANSWER_MS): Promise<number | undefined> {
  await wire.say(message)
  const answer = await hearControl(wire, waitMs)
  // EOT ENQ in one message means what its end means.
  return answer && !answer.includes(STX) ? answer.at(-1) : undefined
}

/** The next message that is no late envelope of an earlier session. */
async function hearControl(wire: Wire, waitMs: number): Promise<Uint8Array | undefined> {
  const endMs = wire.clock.nowMs() + waitMs
  for (;;) {
    const message = await wire.hear(Math.max(0, endMs - wire.clock.nowMs()))
    if (!message || !startsEnvelope(message)) return message
    wire.note(`a late message: ${hexFromBytes(message)}`)
    if (wire.clock.nowMs() >= endMs) return undefined
  }
}

/** Counts the envelopes of a session: 1 to 254 and again. */
export interface Counter {
  next(): number
}

export function createCounter(last: number): Counter {
  let count = 0
  return {
    next() {
      count = (count % last) + 1
      return count
    },
  }
}

/** What pump and meter share. */
export interface Link extends Addresses {
  readonly key: Uint8Array
}

/**
 * Opens the connection and reads with which pump the meter is linked, and the key. Throws DeviceError `not-paired`,
 * `replug-needed` (no answer).
 */
export async function readLink(wire: Wire, numbers: Counter, meter: LinkMeter, progress: Progress): Promise<Link> {
  const ask = (operation: number, payload: Uint8Array, answer = operation) =>
    askMeter(wire, { operation, sequence: numbers.next(), payload }, answer)

  progress.opened = openingHash(meter.shortSerial)
  await ask(Operation.OPEN_CONNECTION, progress.opened)
  const info = readLinkInfo((await ask(Operation.READ_INFO, new Uint8Array(0))).payload)
  const notPaired = (detail: string) => new DeviceError('not-paired', { step: 'asking for the linked pump', detail })
  if (!info) throw notPaired('a short answer')
  if (info.pumpMac.every(byte => byte === 0)) throw notPaired('the address of the pump is zero')
  const { REQUEST_LINK_KEY, REQUEST_LINK_KEY_RESPONSE } = Operation
  const packed = await ask(REQUEST_LINK_KEY, new Uint8Array(0), REQUEST_LINK_KEY_RESPONSE)
  const key = unpackLinkKey(packed.payload, meter.serial)
  if (!key) throw notPaired('no key')
  return { ...info, key }
}

async function askMeter(wire: Wire, request: Envelope, answer: number): Promise<Envelope> {
  await wire.settle(QUIET_MS)
  await wire.say(buildEnvelope(request))
  const heard = await hearEnvelope(wire, 2 * ANSWER_MS, ({ operation }) => operation === answer)
  if (heard) return heard
  throw new DeviceError('replug-needed', {
    step: 'asking the meter',
    detail: `no answer to operation ${request.operation.toString(16)}`,
  })
}

/** The next envelope that `wanted` wants; what else comes is noted and passed over. */
async function hearEnvelope(
  wire: Wire,
  waitMs: number,
  wanted: (envelope: Envelope) => boolean,
): Promise<Envelope | undefined> {
  const endMs = wire.clock.nowMs() + waitMs
  for (;;) {
    const message = await wire.hear(Math.max(0, endMs - wire.clock.nowMs()))
    if (!message) return undefined
    const envelope = parseEnvelope(message)
    if (envelope && wanted(envelope)) return envelope
    wire.note(`not what was asked: ${hexFromBytes(message)}`)
    if (wire.clock.nowMs() >= endMs) return undefined
  }
}

/**
 * Closes the connection and leaves the meter as it was found, as far as it listens. Each step is tried, whatever
 * became of the one before: what stays open would need replugging. Throws DeviceError `unplugged` only.
 */
export async function leave(wire: Wire, numbers: Counter, progress: Progress, waitMs: number): Promise<void> {
  if (progress.opened) {
    const { CLOSE_CONNECTION } = Operation
    const close = { operation: CLOSE_CONNECTION, sequence: numbers.next(), payload: progress.opened }
    await wire.say(buildEnvelope(close))
    const closed = await hearEnvelope(wire, waitMs, ({ operation }) => operation === CLOSE_CONNECTION)
    if (!closed) wire.note('the meter does not say that the connection is closed')
  }
  if (progress.passthrough) {
    for (const pair of ['W|', 'Q|', '0|']) await askControl(wire, new TextEncoder().encode(pair), waitMs)
  }
  if (!progress.awake) return
  for (let turn = 0; turn < 2; turn++) {
    if ((await askControl(wire, Uint8Array.of(EOT), waitMs)) === ENQ) return
  }
  wire.note('the meter does not say that it is free again')
}
