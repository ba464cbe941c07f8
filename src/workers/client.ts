/**
 * Starts each worker at most once for the life of the page and gives the window its two interfaces. The two wrappers are
 * never released; what is given for one call, the worker lets go of (`releasing.ts`).
 */
import { wrap } from 'comlink'
import type { DataApi, DeviceApi } from './api.ts'

export interface Clients {
  readonly data: DataApi
  readonly device: DeviceApi
}

export function startClients(): Clients {
  return {
    data: dataOf(new Worker(new URL('./data.worker.ts', import.meta.url), { type: 'module', name: 'data' })),
    device: whereDevicesAre(startDeviceWorker),
  }
}

/** Comlink's types forget what belongs to which kind of report; the worker on the other side has this very interface. */
const dataOf = (worker: Worker): DataApi => wrap<DataApi>(worker) as unknown as DataApi

/** Started when a device page asks for the first time: the first load does without drivers. */
const startDeviceWorker = (): DeviceApi =>
  wrap<DeviceApi>(new Worker(new URL('./device.worker.ts', import.meta.url), { type: 'module', name: 'device' }))

/**
 * The worker's interface, or the same one in the window on a browser that gives devices to windows only: WebHID in
 * workers came with Chrome 131 (architecture page §2). Decided at the first call.
 */
export function whereDevicesAre(
  startWorker: () => DeviceApi,
  inWindow: () => Promise<DeviceApi> = deviceApiInWindow,
): DeviceApi {
  let chosen: Promise<DeviceApi> | undefined
  const api = (): Promise<DeviceApi> => {
    chosen ??= choose()
    return chosen
  }
  async function choose(): Promise<DeviceApi> {
    const worker = startWorker()
    const { hid } = await worker.capabilities()
    return !hid && 'hid' in navigator ? inWindow() : worker
  }
  return {
    capabilities: async () => (await api()).capabilities(),
    scenarios: async () => (await api()).scenarios(),
    permitted: async () => (await api()).permitted(),
    read: async (choice, onProgress, readId) => (await api()).read(choice, onProgress, readId),
    cancel: async () => (await api()).cancel(),
    lastConversation: async () => (await api()).lastConversation(),
  }
}

/** Loaded only where it is needed: it brings the database into the window. */
async function deviceApiInWindow(): Promise<DeviceApi> {
  const { createDeviceApi } = await import('./deviceApi.ts')
  const { createConnection } = await import('#store/connection.ts')
  return createDeviceApi({ store: createConnection() })
}
