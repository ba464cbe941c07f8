/**
 * The device worker's side of `api.ts`: opens, reads, saves. A plain function, so that tests build it without a worker,
 * and so that a browser without WebHID in workers can run it in the window (architecture page §2).
 */
import type { Driver, Model } from '#devices/driver.ts'
import { connectionOf } from '#devices/connectionOf.ts'
import { DeviceError } from '#devices/errors.ts'
import { systemClock } from '#devices/ports/clock.ts'
import { type DeviceApis, deviceApis, permittedConnections } from '#devices/ports/findDevice.ts'
import type { Clock } from '#devices/ports/port.ts'
import { allDrivers, allModels, driverOfModel, loadDriver, loadSimulation, modelById } from '#devices/registry.ts'
import type { Connection } from '#store/connection.ts'
import type { DeviceApi, PortChoice, ReadProgress, ReadReport, ScenarioChoice } from './api.ts'
import { type Conversation, createConversation } from './conversation.ts'
import { type HostZone, systemZone } from './hostClock.ts'
import { holding, openPort as openChosenPort } from './openPort.ts'
import { outcomeOf } from './outcome.ts'
import { downloadFrom, saveDownload } from './readDevice.ts'
import { throttled } from './throttle.ts'

export interface DeviceApiDeps {
  readonly store: Connection
  readonly clock?: Clock
  readonly zone?: HostZone
  /** What the browser offers; asked at each call, as a policy may change. */
  readonly apis?: () => DeviceApis
  /** Tests put faults on the wire here. */
  readonly openPort?: typeof openChosenPort
}

export function createDeviceApi({
  store,
  clock = systemClock,
  zone = systemZone,
  apis = deviceApis,
  openPort = openChosenPort,
}: DeviceApiDeps): DeviceApi {
  let running: AbortController | undefined
  let conversation: Conversation | undefined

  async function read(choice: PortChoice, onProgress: (progress: ReadProgress) => void): Promise<ReadReport> {
    const { signal } = (running = new AbortController())
    const startedAt = clock.nowMs()
    const progress = throttled(onProgress, ({ stage }) => stage, clock)
    progress({ stage: 'opening', done: 0, unit: '' })
    const talk = (conversation = createConversation(clock))
    const { model, driver } = await driverFor(choice.modelId)
    talk.log('note', `${model.name}, ${choice.transport}, decoder ${driver.decoderVersion}`)
    // Before the conversation: a store that cannot be opened is better known now.
    await store.open()
    const arrived = await holding(choice, async () => {
      const port = await openPort(choice, { driver, model, clock, zone, apis: apis() })
      try {
        return await downloadFrom(port, {
          driver,
          model,
          connection: connectionOf(model),
          answers: {},
          clock,
          signal,
          conversation: talk,
          onProgress: progress,
        })
      } finally {
        await port.close()
      }
    })
    progress.flush()
    progress({ stage: 'saving', done: 0, unit: '' })
    // Asked for again: it may have been deleted under us meanwhile, and what was read is to be kept all the same.
    const db = await store.open()
    const simulated = choice.transport === 'simulated'
    return saveDownload(db, arrived, { driver, model, simulated, clock, zone, startedAt })
  }

  return {
    async capabilities() {
      const { hid, usb, serial } = apis()
      return { hid: hid !== undefined, usb: usb !== undefined, serial: serial !== undefined }
    },

    scenarios: () => outcomeOf(allScenarios),

    permitted: () =>
      outcomeOf(async () => {
        const choices = await Promise.all(
          allModels.map(async model =>
            (await permittedConnections(model.connections, apis())).map(({ transport, vendorId, productId }) => ({
              transport,
              modelId: model.id,
              vendorId,
              productId,
            })),
          ),
        )
        return choices.flat()
      }),

    read: (choice, onProgress) =>
      outcomeOf(async () => {
        if (running) throw new DeviceError('device-in-use', { step: 'opening the device', detail: 'a read is running' })
        try {
          return await read(choice, onProgress)
        } finally {
          running = undefined
        }
      }),

    async cancel() {
      running?.abort()
    },

    async lastConversation() {
      return conversation?.text() ?? ''
    },
  }
}

async function driverFor(modelId: string): Promise<{ readonly model: Model; readonly driver: Driver }> {
  const model = modelById(modelId)
  const folder = driverOfModel(modelId)
  const driver = folder === undefined ? undefined : await loadDriver(folder)
  if (!model || !driver) throw new DeviceError('bug', { step: 'looking for the driver', detail: modelId })
  return { model, driver }
}

async function allScenarios(): Promise<readonly ScenarioChoice[]> {
  const choices = await Promise.all(
    allDrivers.map(async folder => {
      const simulation = await loadSimulation(folder)
      // One model stands for its family: the others speak the same language.
      const model = allModels.find(({ id }) => driverOfModel(id) === folder)
      if (!model) return []
      return (simulation?.scenarios ?? []).map(({ id, name, description }) => ({
        modelId: model.id,
        modelName: model.name,
        scenarioId: id,
        name,
        description,
      }))
    }),
  )
  return choices.flat()
}
