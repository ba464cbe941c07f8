/** From what the person chose to an open port, real or simulated; a real device is held for one tab at a time. */
import type { Driver, Model } from '#devices/driver.ts'
import { DeviceError } from '#devices/errors.ts'
import { type DeviceApis, openDevice } from '#devices/ports/findDevice.ts'
import type { Clock, Port } from '#devices/ports/port.ts'
import { openSimulated } from '#devices/ports/simulated.ts'
import { loadSimulation } from '#devices/registry.ts'
import type { PortChoice } from './api.ts'
import { type HostZone, wallTime } from './hostClock.ts'
import { withDevice } from './locks.ts'

/** About what a packet takes on a real cable, so that trying it shows what reading is like. */
const SIMULATED_LATENCY_MS = 2

export interface PortSurroundings {
  readonly driver: Driver
  readonly model: Model
  readonly clock: Clock
  readonly zone: HostZone
  readonly apis: DeviceApis
}

/**
 * Opens the chosen device's port, which takes only what the driver may send. Throws DeviceError `device-missing`,
 * `device-ambiguous`, `device-in-use`, `permission-lost`, `browser-unsupported`.
 */
export async function openPort(
  choice: PortChoice,
  { driver, model, clock, zone, apis }: PortSurroundings,
): Promise<Port> {
  if (choice.transport !== 'simulated') {
    const connection = model.connections.find(
      ({ transport, vendorId, productId }) =>
        transport === choice.transport && vendorId === choice.vendorId && productId === choice.productId,
    )
    if (!connection) throw new DeviceError('device-missing', { step: 'looking for the device' })
    return openDevice(connection, driver.mayWrite, clock, apis)
  }
  const simulation = await loadSimulation(driver.id)
  if (!simulation?.scenarios.some(scenario => scenario.id === choice.scenarioId)) {
    throw new DeviceError('device-missing', { step: 'starting the simulated device', detail: choice.scenarioId })
  }
  const simulator = simulation.create(model.id, choice.scenarioId, wallTime(clock.nowMs(), zone))
  return openSimulated(simulator, driver.mayWrite, { clock, latencyMs: SIMULATED_LATENCY_MS })
}

/** Runs while no other tab may open the device. Simulated ones are many. Throws DeviceError `device-in-use`. */
export function holding<T>(choice: PortChoice, work: () => Promise<T>): Promise<T> {
  return choice.transport === 'simulated' ? work() : withDevice(choice.vendorId, choice.productId, work)
}
