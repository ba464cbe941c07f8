/** The data worker: files, statistics, reports, store. */
import { expose } from 'comlink'
import { createConnection } from '#store/connection.ts'
import type { DataApi } from './api.ts'
import { createDataApi } from './dataApi.ts'
import { releasing } from './releasing.ts'

const store = createConnection({ onTrouble: trouble => worker.onStoreTrouble(trouble) })
const worker = createDataApi({ store })
const { api } = worker
expose({
  ...api,
  importFiles: (files, onProgress) => releasing(onProgress, () => api.importFiles(files, onProgress)),
} satisfies DataApi)
