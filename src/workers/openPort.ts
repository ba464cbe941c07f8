/** From what the person chose to an open port, real or simulated; a real device is held for one tab at a time. */
import { answersTo } from '#devices/answers.ts'
import { connectionOf } from '#devices/connectionOf.ts'
import type { Connection, Driver, Model, Scenario, Simulation } from '#devices/driver.ts'
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
/** Behind so many packets only one in a few takes that long: a pump's whole memory would take minutes. */
const SEEN_PACKETS = 3_000
const HURRY = 32

export interface PortSurroundings {
  readonly driver: Driver
  readonly model: Model
  readonly connection: Connection
  readonly clock: Clock
  readonly zone: HostZone
  readonly apis: DeviceApis
}

/** The way that a choice stands for, and what was answered to the model's questions. */
export interface Way {
  readonly connection: Connection
  readonly answers: Readonly<Record<string, string>>
}

/** Checks a choice. Throws DeviceError `device-missing`, and `bug` when an answer is missing. */
export async function wayOf(choice: PortChoice, driver: Driver, model: Model): Promise<Way> {
  if (choice.transport === 'simulated') {
    const { scenario } = await simulationOf(choice.scenarioId, driver)
    return { connection: connectionOf(model, scenario), answers: answersTo(model, scenario.answers) }
  }
  const { transport, vendorId, productId, bridge } = choice
  const connection = model.connections.find(
    known =>
      known.transport === transport &&
      known.vendorId === vendorId &&
      known.productId === productId &&
      (bridge === undefined || known.bridge === bridge),
  )
  if (!connection) throw new DeviceError('device-missing', { step: 'looking for the device' })
  return { connection, answers: answersTo(model, choice.answers) }
}

/**
 * Opens the chosen device's port, which takes only what the driver may send. Throws DeviceError `device-missing`,
 * `device-ambiguous`, `device-in-use`, `permission-lost`, `browser-unsupported`.
 */
export async function openPort(choice: PortChoice, surroundings: PortSurroundings): Promise<Port> {
  const { driver, model, connection, clock, zone, apis } = surroundings
  if (choice.transport !== 'simulated') return openDevice(connection, driver.mayWrite, clock, apis)
  const { simulation } = await simulationOf(choice.scenarioId, driver)
  const simulator = simulation.create(model.id, choice.scenarioId, wallTime(clock.nowMs(), zone))
  return openSimulated(simulator, driver.mayWrite, { clock, latencyMs: createLatency() })
}

function createLatency(): () => number {
  let packets = 0
  return () => {
    packets++
    return packets <= SEEN_PACKETS || packets % HURRY === 0 ? SIMULATED_LATENCY_MS : 0
  }
}

/** Runs while no other tab may open the device. Simulated ones are many. Throws DeviceError `device-in-use`. */
export function holding<T>(choice: PortChoice, work: () => Promise<T>): Promise<T> {
  return choice.transport === 'simulated' ? work() : withDevice(choice.vendorId, choice.productId, work)
}

async function simulationOf(
  scenarioId: string,
  driver: Driver,
): Promise<{ readonly simulation: Simulation; readonly scenario: Scenario }> {
  const simulation = await loadSimulation(driver.id)
  const scenario = simulation?.scenarios.find(({ id }) => id === scenarioId)
  if (simulation && scenario) return { simulation, scenario }
  throw new DeviceError('device-missing', { step: 'starting the simulated device', detail: scenarioId })
}
