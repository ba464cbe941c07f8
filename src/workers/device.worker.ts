/** The device worker: ports, drivers, and saving what they gave. */
import { expose } from 'comlink'
import { createConnection } from '#store/connection.ts'
import { createDeviceApi } from './deviceApi.ts'

expose(createDeviceApi({ store: createConnection() }))
