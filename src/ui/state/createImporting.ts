/**
 * Importing files: a queue above the pages, so that files can be dropped anywhere and go on while the person looks
 * elsewhere. Files given together are one batch; the data worker answers with one outcome per file.
 */
import { proxy } from 'comlink'
import { type Accessor, createContext, createSignal, useContext } from 'solid-js'
import type { ImportProgress, ReadReport } from '#workers/api.ts'
import { failureFrom, type Outcome } from '#workers/outcome.ts'
import type { Api } from './api.ts'
import { askToKeepStorage } from './keepStorage.ts'

export interface ImportJob {
  readonly id: number
  readonly name: string
  readonly size: number
  readonly state:
    | { readonly step: 'waiting' }
    | { readonly step: 'running'; readonly progress: ImportProgress }
    | { readonly step: 'finished'; readonly outcome: Outcome<ReadReport> }
}

export interface Importing {
  /** Oldest first. */
  readonly jobs: Accessor<readonly ImportJob[]>
  readonly running: () => boolean
  readonly add: (files: readonly File[]) => Promise<void>
  readonly cancel: () => Promise<void>
  /** Takes the finished ones off the list. */
  readonly clear: () => void
}

export const ImportingContext = createContext<Importing>()
export function useImporting(): Importing {
  const importing = useContext(ImportingContext)
  if (!importing) throw new Error('useImporting needs an ImportingContext.Provider above it')
  return importing
}

export function createImporting(api: Api): Importing {
  const [jobs, setJobs] = createSignal<readonly ImportJob[]>([])
  let nextId = 1
  let queue: Promise<void> = Promise.resolve()

  const change = (id: number, state: ImportJob['state']) =>
    setJobs(all => all.map(job => (job.id === id ? { ...job, state } : job)))

  const runBatch = async (files: readonly File[], ids: readonly number[]) => {
    const onProgress = (progress: ImportProgress) => {
      const id = ids[progress.fileIndex]
      if (id !== undefined) change(id, { step: 'running', progress })
    }
    const outcomes = await outcomesOf(api.data.importFiles(files, proxy(onProgress)), files.length)
    for (const [index, outcome] of outcomes.entries()) {
      const id = ids[index]
      if (id !== undefined) change(id, { step: 'finished', outcome })
    }
    // Settings show what the browser answered; a refusal is no error.
    if (outcomes.some(outcome => outcome.ok)) void askToKeepStorage().catch(() => false)
  }

  return {
    jobs,
    running: () => jobs().some(job => job.state.step !== 'finished'),
    add: files => {
      if (files.length === 0) return queue
      const added = files.map(({ name, size }): ImportJob => ({ id: nextId++, name, size, state: { step: 'waiting' } }))
      setJobs(all => [...all, ...added])
      const ids = added.map(job => job.id)
      queue = queue.then(() => runBatch(files, ids))
      return queue
    },
    cancel: () => api.data.cancelImport(),
    clear: () => setJobs(all => all.filter(job => job.state.step !== 'finished')),
  }
}

/** A worker that fails as a whole fails every file of the batch. */
async function outcomesOf(
  importing: Promise<readonly Outcome<ReadReport>[]>,
  count: number,
): Promise<readonly Outcome<ReadReport>[]> {
  try {
    return await importing
  } catch (error) {
    const failure = failureFrom(error)
    return Array.from({ length: count }, () => ({ ok: false, failure }) as const)
  }
}
