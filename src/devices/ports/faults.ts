/**
 * A wire on which things go wrong at chosen moments: wraps a port between the guard and the device.
 * Deterministic: the same faults on the same conversation give the same result.
 *
 * A step is one packet crossing the port, whichever way, counted from 0: packets written and packets read.
 */
import { DeviceError } from '../errors.ts'
import type { Clock, Port } from './port.ts'

export const faultKinds = [
  /** The packet is lost. */
  'drop',
  /** One bit of it is turned. */
  'corrupt',
  /** It comes as two. */
  'split',
  /** It comes together with the one after it. */
  'merge',
  /** It comes late. */
  'delay',
  /** It comes twice. */
  'duplicate',
  /** The cable is pulled: this packet and all after it fail. */
  'unplug',
  /** The device falls silent: this packet and all after it are lost, and nobody says so. */
  'silence',
] as const

export interface Fault {
  readonly atStep: number
  readonly kind: (typeof faultKinds)[number]
  /** For `corrupt`: which bit, counted from the first byte's lowest; wraps around the packet. 0 when absent. */
  readonly bit?: number
  /** For `delay`. A minute when absent, longer than any deadline. */
  readonly delayMs?: number
}

const LONG_MS = 60_000

/** The same port with these faults on its wire. */
export function withFaults(port: Port, faults: readonly Fault[], clock: Clock): Port {
  let step = 0
  let unplugged = false
  let silent = false
  /** The first half of a merge that is on its way out. */
  let outHeld: Uint8Array = new Uint8Array(0)
  /** The first half of a merge that has come in. */
  let inHeld: Uint8Array = new Uint8Array(0)
  /** Packets made by faults that wait to be read, in order. */
  const arrived: { readonly packet: Uint8Array; readonly atMs: number }[] = []

  /** The fault of this step, if any; moves on to the next step. */
  function nextFault(): Fault | undefined {
    const fault = faults.find(({ atStep }) => atStep === step)
    step++
    if (fault?.kind === 'unplug') unplugged = true
    if (fault?.kind === 'silence') silent = true
    return fault
  }

  function failIfUnplugged(doing: string): void {
    if (unplugged) throw new DeviceError('unplugged', { step: doing })
  }

  async function write(bytes: Uint8Array): Promise<void> {
    failIfUnplugged('sending to the device')
    const fault = nextFault()
    failIfUnplugged('sending to the device')
    if (silent || fault?.kind === 'drop') return
    if (fault?.kind === 'merge') {
      outHeld = bytes
      return
    }
    const packet = joined(outHeld, bytes)
    outHeld = new Uint8Array(0)
    if (fault?.kind === 'delay') await clock.sleep(fault.delayMs ?? LONG_MS)
    for (const part of changed(packet, fault)) await port.write(part)
  }

  async function read(timeoutMs: number, signal?: AbortSignal): Promise<Uint8Array> {
    const endMs = clock.nowMs() + timeoutMs
    for (;;) {
      failIfUnplugged('waiting for the device')
      const late = arrived[0]
      if (late) {
        const waitMs = late.atMs - clock.nowMs()
        if (waitMs > endMs - clock.nowMs()) {
          await clock.sleep(endMs - clock.nowMs(), signal)
          throw new DeviceError('no-answer', { step: 'waiting for the device' })
        }
        if (waitMs > 0) await clock.sleep(waitMs, signal)
        if (signal?.aborted) throw new DeviceError('cancelled', { step: 'waiting for the device' })
        arrived.shift()
        return late.packet
      }

      const packet = await port.read(Math.max(0, endMs - clock.nowMs()), signal)
      const fault = nextFault()
      if (silent || fault?.kind === 'drop') continue
      if (fault?.kind === 'merge') {
        inHeld = packet
        continue
      }
      const atMs = clock.nowMs() + (fault?.kind === 'delay' ? (fault.delayMs ?? LONG_MS) : 0)
      for (const part of changed(joined(inHeld, packet), fault)) arrived.push({ packet: part, atMs })
      inHeld = new Uint8Array(0)
    }
  }

  return { write, read, close: () => port.close() }
}

/** The packets that a packet becomes. */
function changed(packet: Uint8Array, fault: Fault | undefined): Uint8Array[] {
  switch (fault?.kind) {
    case 'corrupt':
      return [withBitTurned(packet, fault.bit ?? 0)]
    case 'split': {
      const middle = Math.ceil(packet.length / 2)
      return [packet.slice(0, middle), packet.slice(middle)]
    }
    case 'duplicate':
      return [packet, packet.slice()]
    default:
      return [packet]
  }
}

function withBitTurned(packet: Uint8Array, bit: number): Uint8Array {
  const turned = packet.slice()
  const at = Math.floor(bit / 8) % packet.length
  turned[at] = (turned[at] ?? 0) ^ (1 << (bit % 8))
  return turned
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
