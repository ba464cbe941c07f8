/** The data worker's side of reports, timed where it runs: without the way of a page model to the window. */
import { expose } from 'comlink'
import { type ReportKind, reportMakers } from '#reports/catalogue.ts'
import { createConnection } from '#store/connection.ts'
import { createDataApi } from '#workers/dataApi.ts'
import type { Outcome } from '#workers/outcome.ts'
import type { ReportTimes } from './bench.ts'

const { api } = createDataApi({ store: createConnection() })

/** The data, as a person meets them, were read a while ago: what is kept of the last report is let go first. */
const reportsBench = {
  kinds: (): readonly string[] => Object.keys(reportMakers),

  async times(name: string, days: number): Promise<ReportTimes> {
    // The names come from `kinds`.
    const kind = name as ReportKind
    valueOf(await api.open())
    const lastDay = valueOf(await api.lastDayWithData())
    if (lastDay === undefined) throw new Error('There are no data')
    const firstDay = kind === 'daily' ? lastDay : lastDay - days + 1
    const compareWith =
      kind === 'assessment' ? { compareWith: { firstDay: firstDay - days, lastDay: firstDay - 1 } } : {}
    const query = { period: { firstDay, lastDay }, ...compareWith }
    // The report's code is loaded by then.
    await reportMakers[kind]()
    const times: number[] = []
    for (let i = 0; i < 8; i++) {
      const started = performance.now()
      valueOf(await api.report(kind, query))
      times.push(performance.now() - started)
    }
    const [coldMs = 0, ...warm] = times
    return { coldMs, warmMs: [...warm].sort((a, b) => a - b)[warm.length >> 1] ?? 0 }
  },
}

export type ReportsBench = typeof reportsBench

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.code}: ${outcome.failure.detail ?? ''}`)
  return outcome.value
}

expose(reportsBench)
