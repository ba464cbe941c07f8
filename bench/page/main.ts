/** The page that the benchmarks drive: the app's own workers, without its pages. `globalThis.bench` is the handle. */
import '#ui/trustedTypes.ts'
import { proxy, type Remote, wrap } from 'comlink'
import type { Outcome } from '#workers/outcome.ts'
import { createConnection } from '#store/connection.ts'
import { createDataApi } from '#workers/dataApi.ts'
import { startClients } from '#workers/client.ts'
import type { Bench } from './bench.ts'
import type { ReportsBench } from './reports.worker.ts'
import type { StoreBench } from './store.worker.ts'

const { data } = startClients()
let here: ReturnType<typeof createDataApi> | undefined
const store = wrap<StoreBench>(new Worker(new URL('./store.worker.ts', import.meta.url), { type: 'module' }))

async function inNewWorker<T>(work: (reports: Remote<ReportsBench>) => Promise<T>): Promise<T> {
  const worker = new Worker(new URL('./reports.worker.ts', import.meta.url), { type: 'module' })
  try {
    return await work(wrap<ReportsBench>(worker))
  } finally {
    worker.terminate()
  }
}

const bench: Bench = {
  reportKinds: () => inNewWorker(reports => reports.kinds()),
  report: (kind, days) => inNewWorker(reports => reports.times(kind, days)),
  years: years => store.years(years),
  async importChosenFile() {
    const input = document.querySelector<HTMLInputElement>('#file')
    const file = input?.files?.[0]
    if (!file) throw new Error('No file was chosen')
    const started = performance.now()
    const [outcome] = await data.importFiles(
      [file],
      proxy(() => {}),
    )
    if (!outcome) throw new Error('No outcome')
    valueOf(outcome)
    return performance.now() - started
  },
  async overviewHere(days) {
    const { api } = (here ??= createDataApi({ store: createConnection() }))
    valueOf(await api.open())
    const lastDay = valueOf(await api.lastDayWithData())
    if (lastDay === undefined) throw new Error('There are no data')
    valueOf(await api.report('overview', { period: { firstDay: lastDay - days + 1, lastDay } }))
  },
  async overview(days) {
    const opened = performance.now()
    valueOf(await data.open())
    const lastDay = valueOf(await data.lastDayWithData())
    if (lastDay === undefined) throw new Error('There are no data')
    const openMs = performance.now() - opened
    const times: number[] = []
    for (let i = 0; i < 6; i++) {
      const started = performance.now()
      valueOf(await data.report('overview', { period: { firstDay: lastDay - days + 1, lastDay } }))
      times.push(performance.now() - started)
    }
    const [coldMs = 0, ...warm] = times
    return { openMs, coldMs, warmMs: median(warm) }
  },
}

Object.assign(globalThis, { bench })

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.code}: ${outcome.failure.detail ?? ''}`)
  return outcome.value
}

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0
