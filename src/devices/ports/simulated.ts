/**
 * A port joined to a simulated device inside the page: for tests, and for "Try it without a device".
 * Behaves as a real one: answers come later, never within the call, and only through `read`.
 */
import { DeviceError } from '../errors.ts'
import type { Simulator } from '../driver.ts'
import { type Fault, withFaults } from './faults.ts'
import { guarded } from './guarded.ts'
import { createInbox } from './inbox.ts'
import type { Clock, Port, Whitelist } from './port.ts'

export interface SimulatedSurroundings {
  readonly clock: Clock
  /** How long the wire and the device take for each packet they send, one after the other. 0 when absent. */
  readonly latencyMs?: number | ((packet: Uint8Array) => number)
  /** What goes wrong on the wire. */
  readonly faults?: readonly Fault[]
}

/** Plugs a simulated device in. Only bytes that `mayWrite` allows reach it. */
export function openSimulated(
  simulator: Simulator,
  mayWrite: Whitelist,
  { clock, latencyMs = 0, faults = [] }: SimulatedSurroundings,
): Port {
  const inbox = createInbox(clock)
  let delivered = Promise.resolve()
  let open = true

  const wire: Port = {
    async write(bytes) {
      if (!open) throw new DeviceError('bug', { step: 'sending to the device', detail: 'the port is closed' })
      for (const packet of simulator.receive(bytes.slice())) {
        delivered = delivered.then(async () => {
          const waitMs = typeof latencyMs === 'number' ? latencyMs : latencyMs(packet)
          if (waitMs > 0) await clock.sleep(waitMs)
          inbox.push(packet.slice())
        })
      }
    },
    read: inbox.read,
    async close() {
      open = false
      inbox.fail(new DeviceError('bug', { step: 'listening to the device', detail: 'the port is closed' }))
    },
  }
  return guarded(withFaults(wire, faults, clock), mayWrite)
}
