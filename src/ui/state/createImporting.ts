/**
 * Importing files: a queue above the pages, so that files can be dropped anywhere and go on while the person looks
 * elsewhere.
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
  /** The files given last stand first, each batch in its own order. */
  readonly jobs: Accessor<readonly ImportJob[]>
  readonly running: () => boolean
  /** Cancelled, and not yet at the place where the file can be left. */
  readonly cancelling: Accessor<boolean>
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
  const [cancelling, setCancelling] = createSignal(false)
  let nextId = 1
  let queue: Promise<void> = Promise.resolve()

  const running = () => jobs().some(job => job.state.step !== 'finished')
  const change = (id: number, state: ImportJob['state']) =>
    setJobs(all => all.map(job => (job.id === id ? { ...job, state } : job)))

  /** One after the other, so that each tells its result as soon as it is done. */
  const runBatch = async (before: Promise<void>, files: readonly File[], ids: readonly number[]) => {
    await before
    let someGood = false
    for (const [index, file] of files.entries()) {
      const id = ids[index] ?? 0
      const onProgress = (progress: ImportProgress) => change(id, { step: 'running', progress })
      const outcome = cancelling() ? cancelled : await outcomeOf(api.data.importFiles([file], proxy(onProgress)))
      change(id, { step: 'finished', outcome })
      someGood ||= outcome.ok
    }
    if (!running()) setCancelling(false)
    // Settings show what the browser answered; a refusal is no error.
    if (someGood) void askToKeepStorage().catch(() => false)
  }

  return {
    jobs,
    running,
    add: files => {
      if (files.length === 0) return queue
      const added = files.map(({ name, size }): ImportJob => ({ id: nextId++, name, size, state: { step: 'waiting' } }))
      setJobs(all => [...added, ...all])
      const ids = added.map(job => job.id)
      queue = runBatch(queue, files, ids)
      return queue
    },
    cancelling,
    cancel: () => {
      setCancelling(running())
      return api.data.cancelImport()
    },
    clear: () => setJobs(all => all.filter(job => job.state.step !== 'finished')),
  }
}

/** For the files that were still waiting. */
const cancelled: Outcome<ReadReport> = { ok: false, failure: { code: 'cancelled' } }

/** The only file's outcome; a worker that fails as a whole fails the file. */
async function outcomeOf(importing: Promise<readonly Outcome<ReadReport>[]>): Promise<Outcome<ReadReport>> {
  try {
    const [outcome] = await importing
    return outcome ?? { ok: false, failure: failureFrom(undefined) }
  } catch (error) {
    return { ok: false, failure: failureFrom(error) }
  }
}
