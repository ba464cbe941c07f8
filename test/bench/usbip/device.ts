/**
 * One virtual USB device: answers the system's requests, carries bytes between its endpoints and a simulator, and has
 * the mishaps it is told to have. Knows USB, not USB/IP (`server.ts`), no chip (`../personalities.ts`) and no protocol.
 * Source: USB 2.0 specification, chapters 5.8 (bulk), 8.5 (short packets) and 9.4 (standard requests).
 */
import { hexFromBytes } from '#bytes/hex.ts'
import type { Simulator } from '#devices/driver.ts'
import {
  configurationDescriptor,
  DEFAULT_PACKET_BYTES,
  deviceDescriptor,
  stringDescriptor,
  type UsbDescription,
} from './descriptors.ts'

export interface Setup {
  readonly requestType: number
  readonly request: number
  readonly value: number
  readonly index: number
  readonly length: number
}

/** What kind of USB device it is: descriptors, the requests of its chip, and how its data travel. */
export interface Personality {
  readonly description: UsbDescription
  /** Addresses of the endpoints that carry the simulator's bytes. */
  readonly endpoints: { readonly in: number; readonly out: number }
  /**
   * The chip's own requests. `undefined` for those it does not care about: they are answered with zeros and taken
   * without a word.
   */
  control?(setup: Setup, data: Uint8Array): Uint8Array | 'stall' | undefined
  /** The USB packets that one packet of the simulator becomes; cut at the packet size when absent. */
  split?(packet: Uint8Array): readonly Uint8Array[]
  /** What a transfer from the computer carries for the simulator; all of it when absent. */
  unwrap?(transfer: Uint8Array): Uint8Array
  /** Sent whenever the computer listens and there is nothing to say. */
  readonly idle?: { readonly everyMs: number; readonly packet: Uint8Array }
}

/** What goes wrong, and at which transfer of data, whichever way, counted from 0. */
export interface Mishap {
  readonly at: number
  readonly kind: /** The cable is pulled. */
    | 'unplug'
    /** The endpoint towards the computer halts until the computer clears it. */
    | 'stall'
    /** From here on the device takes everything and says nothing. */
    | 'silence'
}

export interface DeviceOptions {
  readonly personality: Personality
  readonly simulator: Simulator
  readonly mishaps?: readonly Mishap[]
  /** How long the device thinks before each answer. 0 when absent. */
  readonly delayMs?: number
  /** The transfer, counted as in {@link Mishap}, from which on it thinks so long; from the first when absent. */
  readonly delayFrom?: number
}

/** A request of the computer; `data` holds what it sends, `length` how much it takes. */
export interface Request {
  readonly endpoint: number
  readonly isIn: boolean
  readonly length: number
  readonly setup: Setup
  readonly data: Uint8Array
}

export interface Completion {
  /** 0, or a negative error number of Linux. */
  readonly status: number
  readonly data: Uint8Array
}

export interface VirtualDevice {
  readonly description: UsbDescription
  /** What the computer has sent on the data endpoint since it was last plugged in, transfer by transfer. */
  readonly heard: readonly Uint8Array[]
  /** From the next answer on it thinks this long. */
  setDelay(delayMs: number): void
  /** Transfers of data so far, both ways. */
  transfers(): number
  /** Plugged in: `pull` is how it takes itself out again. Starts afresh; only the count of transfers goes on. */
  plug(pull: () => void): void
  /** Pulled: nothing is answered any more. */
  pulled(): void
  /** `complete` is called once, now or later. The returned function takes the request back: false when it is too late. */
  submit(request: Request, complete: (completion: Completion) => void): () => boolean
}

const EPIPE = -32
const EOVERFLOW = -75
const NOTHING = new Uint8Array(0)
const GET_DESCRIPTOR = 6
const CLEAR_FEATURE = 1

interface Waiting {
  readonly length: number
  readonly complete: (completion: Completion) => void
  got: Uint8Array
}

/** A device with a simulator behind it. `log` gets one line for each transfer of data and each request of the chip. */
export function createDevice(
  { personality, simulator, mishaps = [], delayMs: firstDelayMs = 0, delayFrom = 0 }: DeviceOptions,
  log: (line: string) => void,
): VirtualDevice {
  const { description, endpoints } = personality
  const split = personality.split ?? (packet => inPackets(packet, DEFAULT_PACKET_BYTES))
  const idle = personality.idle

  let delayMs = firstDelayMs
  let heard: Uint8Array[] = []
  let transfers = 0
  let silent = false
  let halted = false
  let pull: (() => void) | undefined
  /** Requests for data that wait, oldest first. */
  let waiting: Waiting[] = []
  /** USB packets that wait for a request. */
  let packets: Uint8Array[] = []
  let idleTimer: NodeJS.Timeout | undefined
  const thinking = new Set<NodeJS.Timeout>()

  function plug(itsPull: () => void): void {
    pulled()
    silent = false
    heard = []
    pull = itsPull
  }

  function pulled(): void {
    pull = undefined
    waiting = []
    packets = []
    halted = false
    clearTimeout(idleTimer)
    idleTimer = undefined
    for (const timer of thinking) clearTimeout(timer)
    thinking.clear()
  }

  /** Counts a transfer and lets happen what is due. */
  function count(): void {
    const due = mishaps.find(({ at }) => at === transfers)?.kind
    transfers++
    if (due === undefined) return
    log(`mishap at transfer ${transfers - 1}: ${due}`)
    if (due === 'unplug') {
      const itsPull = pull
      pull = undefined
      itsPull?.()
    }
    if (due === 'silence') silent = true
    if (due === 'stall') halted = true
  }

  function takeFromComputer(data: Uint8Array): void {
    log(`out ${hexFromBytes(data)}`)
    heard.push(data)
    count()
    // An empty transfer only ends the one before it.
    if (silent || !pull || data.length === 0) return
    for (const packet of simulator.receive(personality.unwrap?.(data) ?? data)) {
      if (delayMs === 0 || transfers < delayFrom) {
        packets.push(...split(packet))
        continue
      }
      const timer = setTimeout(() => {
        thinking.delete(timer)
        packets.push(...split(packet))
        give()
      }, delayMs)
      thinking.add(timer)
    }
    give()
  }

  /** A request ends with a short packet or when it is full; until then packets collect in it. */
  function give(): void {
    for (;;) {
      const request = waiting[0]
      if (!request) return
      if (halted) {
        waiting.shift()
        request.complete({ status: EPIPE, data: NOTHING })
        continue
      }
      const packet = silent ? undefined : packets.shift()
      if (!packet) break
      const got = joined(request.got, packet)
      if (got.length > request.length) {
        waiting.shift()
        request.complete({ status: EOVERFLOW, data: got.subarray(0, request.length) })
        continue
      }
      request.got = got
      if (packet.length === DEFAULT_PACKET_BYTES && got.length < request.length) continue
      waiting.shift()
      if (packet !== idle?.packet) {
        log(`in  ${hexFromBytes(got)}`)
        count()
        if (!pull) return
      }
      request.complete({ status: 0, data: got })
    }
    if (idle) {
      idleTimer ??= setTimeout(() => {
        idleTimer = undefined
        if (packets.length === 0 && waiting.length > 0 && !silent) packets.push(idle.packet)
        give()
      }, idle.everyMs)
    }
  }

  function control({ setup, length, data }: Request): Completion {
    const answer = standard(setup, data) ?? personality.control?.(setup, data) ?? 'default'
    if (answer === 'stall') return { status: EPIPE, data: NOTHING }
    if (answer !== 'default') return { status: 0, data: answer.subarray(0, Math.min(setup.length, length)) }
    return { status: 0, data: setup.requestType & 0x80 ? new Uint8Array(setup.length) : NOTHING }
  }

  function standard({ requestType, request, value, index }: Setup, data: Uint8Array): Uint8Array | 'stall' | undefined {
    if (requestType === 0x80 && request === GET_DESCRIPTOR) {
      switch (value >> 8) {
        case 1:
          return deviceDescriptor(description)
        case 2:
          return configurationDescriptor(description)
        case 3:
          return stringDescriptor(description, value & 0xff) ?? 'stall'
        default:
          // Such as the qualifier of fast devices, which this one is not.
          return 'stall'
      }
    }
    if (requestType === 0x02 && request === CLEAR_FEATURE) {
      log(`halt of endpoint ${index.toString(16)} cleared`)
      if (index === endpoints.in) halted = false
      return NOTHING
    }
    if ((requestType & 0x60) === 0) return undefined
    log(
      `request ${requestType.toString(16)} ${request.toString(16)} value ${value.toString(16)} index ${index.toString(16)} ${hexFromBytes(data)}`,
    )
    return undefined
  }

  return {
    description,
    get heard() {
      return heard
    },
    setDelay(ms) {
      delayMs = ms
    },
    transfers: () => transfers,
    plug,
    pulled,
    submit(request, complete) {
      const { endpoint, isIn, length, data } = request
      if (endpoint === 0) {
        complete(control(request))
        return () => false
      }
      if (!isIn) {
        complete({ status: 0, data: NOTHING })
        takeFromComputer(data)
        return () => false
      }
      // Endpoints for changes of state, as serial bridges have: nothing ever changes.
      if ((endpoint | 0x80) !== endpoints.in) return () => true
      const mine: Waiting = { length, complete, got: NOTHING }
      waiting.push(mine)
      give()
      return () => {
        const at = waiting.indexOf(mine)
        if (at < 0) return false
        waiting.splice(at, 1)
        return true
      }
    },
  }
}

/** Cuts at the packet size. A full last packet is followed by an empty one, so that the computer knows it was the last. */
export function inPackets(bytes: Uint8Array, packetBytes: number): readonly Uint8Array[] {
  const packets: Uint8Array[] = []
  for (let at = 0; at <= bytes.length; at += packetBytes) packets.push(bytes.slice(at, at + packetBytes))
  return packets
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
