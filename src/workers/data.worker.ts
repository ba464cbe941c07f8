/** The data worker: files, statistics, reports, store. */
import { expose } from 'comlink'
import { createConnection } from '#store/connection.ts'
import { createDataApi } from './dataApi.ts'

const store = createConnection({ onTrouble: trouble => worker.onStoreTrouble(trouble) })
const worker = createDataApi({ store })
expose(worker.api)
