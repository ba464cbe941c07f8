/** The device worker: ports, drivers, and saving what they gave. */
import { expose } from 'comlink'
import { createConnection } from '#store/connection.ts'
import type { DeviceApi } from './api.ts'
import { createDeviceApi } from './deviceApi.ts'
import { releasing } from './releasing.ts'

const api = createDeviceApi({ store: createConnection() })
expose({
  ...api,
  read: (choice, onProgress, readId) => releasing(onProgress, () => api.read(choice, onProgress, readId)),
} satisfies DeviceApi)
