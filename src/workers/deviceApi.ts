/**
 * The device worker's side of `api.ts`: opens, reads, saves. A plain function, so that tests build it without a worker,
 * and so that a browser without WebHID in workers can run it in the window (architecture page §2).
 */
import { connectionOf, isScenarioOf } from '#devices/connectionOf.ts'
import { DOWNLOAD_MEDIA_TYPE, encodeDownload } from '#devices/downloadFile.ts'
import type { Download, Driver, Model, Scenario } from '#devices/driver.ts'
import { DeviceError } from '#devices/errors.ts'
import { systemClock } from '#devices/ports/clock.ts'
import { type DeviceApis, deviceApis, permittedConnections } from '#devices/ports/findDevice.ts'
import type { Clock } from '#devices/ports/port.ts'
import { allDrivers, allModels, driverOfModel, loadDriver, loadSimulation, modelById } from '#devices/registry.ts'
import { deviceKeyOf } from '#records/identity.ts'
import type { Connection } from '#store/connection.ts'
import { putDraft } from '#store/drafts.ts'
import { newReadId } from '#records/readId.ts'
import type { DraftRow } from '#store/rows.ts'
import type { DeviceApi, PortChoice, ReadProgress, ReadReport, ScenarioChoice } from './api.ts'
import { createCheckpoints } from './checkpoints.ts'
import { type Conversation, createConversation } from './conversation.ts'
import { createDraftSaver } from './drafts.ts'
import { earlierIn } from './earlier.ts'
import { type HostZone, systemZone } from './hostClock.ts'
import { withRead } from './locks.ts'
import { holding, openPort as openChosenPort, wayOf } from './openPort.ts'
import { outcomeOf } from './outcome.ts'
import { downloadFrom, observed, type SaveOptions, saveDownload } from './readDevice.ts'
import { throttled } from './throttle.ts'

export interface DeviceApiDeps {
  readonly store: Connection
  readonly clock?: Clock
  readonly zone?: HostZone
  /** What the browser offers; asked at each call, as a policy may change. */
  readonly apis?: () => DeviceApis
  /** Tests put faults on the wire here. */
  readonly openPort?: typeof openChosenPort
  /** Tests give drivers and models of their own. */
  readonly findDriver?: typeof driverFor
}

export function createDeviceApi({
  store,
  clock = systemClock,
  zone = systemZone,
  apis = deviceApis,
  openPort = openChosenPort,
  findDriver = driverFor,
}: DeviceApiDeps): DeviceApi {
  let running: AbortController | undefined
  let conversation: Conversation | undefined

  async function read(
    choice: PortChoice,
    onProgress: (progress: ReadProgress) => void,
    readId: string,
  ): Promise<ReadReport> {
    const { signal } = (running = new AbortController())
    const startedAt = clock.nowMs()
    const progress = throttled(onProgress, ({ stage }) => stage, clock)
    progress({ stage: 'opening', done: 0, unit: '' })
    const talk = (conversation = createConversation(clock))
    const { model, driver } = await findDriver(choice.modelId)
    talk.log('note', `${model.name}, ${choice.transport}, decoder ${driver.decoderVersion}`)
    const { connection, answers } = await wayOf(choice, driver, model)
    // Before the conversation: a store that cannot be opened is better known now.
    const db = await store.open()
    // What an earlier read had brought that was broken off may be all that this one needs.
    await createDraftSaver(error => talk.log('note', String(error)))(db)
    const simulated = choice.transport === 'simulated'
    const about = { driver, model, simulated, readId, startedAt }
    return withRead(about.readId, async () => {
      const checkpoints = createCheckpoints({
        clock,
        write: download => putDraft(db, draftOf(download, about)),
        onFailure: error => talk.log('note', `what has arrived could not be written down yet: ${String(error)}`),
      })
      const { download, endedBy } = await holding(choice, async () => {
        const port = await openPort(choice, { driver, model, connection, clock, zone, apis: apis() })
        try {
          return await downloadFrom(port, {
            driver,
            model,
            connection,
            answers,
            simulated,
            clock,
            signal,
            conversation: talk,
            earlier: earlierIn(db, { driverId: driver.id, simulated, note: text => talk.log('note', text) }),
            onProgress: progress,
            onKeep: checkpoints.keep,
          })
        } finally {
          await port.close()
        }
      }).finally(checkpoints.end)
      progress.flush()
      progress({ stage: 'saving', done: 0, unit: '' })
      // Asked for again: it may have been deleted under us meanwhile, and what was read is to be kept all the same.
      return saveDownload(await store.open(), download, {
        ...about,
        durationMs: clock.nowMs() - startedAt,
        ...(endedBy ? { endedBy: { code: endedBy.code, step: endedBy.step } } : {}),
        ...observed(download, zone),
      })
    })
  }

  const draftOf = (download: Download, about: Omit<SaveOptions, 'durationMs'>): DraftRow => ({
    readId: about.readId,
    deviceKey: deviceKeyOf(download.device),
    startedAt: about.startedAt,
    writtenAt: clock.nowMs(),
    driverId: about.driver.id,
    modelId: about.model.id,
    modelName: about.model.name,
    simulated: about.simulated,
    ...observed(download, zone),
    blob: new Blob([encodeDownload({ ...download, complete: false })], { type: DOWNLOAD_MEDIA_TYPE }),
  })

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
            (await permittedConnections(model.connections, apis())).map(
              ({ transport, vendorId, productId, bridge }) => ({
                transport,
                modelId: model.id,
                vendorId,
                productId,
                ...(bridge === undefined ? {} : { bridge }),
              }),
            ),
          ),
        )
        return choices.flat()
      }),

    read: (choice, onProgress, readId = newReadId()) =>
      outcomeOf(async () => {
        if (running) throw new DeviceError('device-in-use', { step: 'opening the device', detail: 'a read is running' })
        try {
          return await read(choice, onProgress, readId)
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

/** Each scenario once, with the first model that can have it: the others of its family speak the same language. */
async function allScenarios(): Promise<readonly ScenarioChoice[]> {
  const choices = await Promise.all(
    allDrivers.map(async folder => {
      const models = allModels.filter(({ id }) => driverOfModel(id) === folder)
      return scenarioChoices((await loadSimulation(folder))?.scenarios ?? [], models)
    }),
  )
  return choices.flat()
}

/** Leaves out a scenario that no model has. */
export function scenarioChoices(scenarios: readonly Scenario[], models: readonly Model[]): readonly ScenarioChoice[] {
  return scenarios.flatMap(scenario => {
    const model = models.find(one => isScenarioOf(one, scenario))
    if (!model) return []
    const bridge = model.bridges?.find(({ id }) => id === connectionOf(model, scenario).bridge)
    return [
      {
        modelId: model.id,
        modelName: model.name,
        scenarioId: scenario.id,
        name: scenario.name,
        description: scenario.description,
        ...(bridge ? { bridgeName: bridge.name } : {}),
      },
    ]
  })
}
