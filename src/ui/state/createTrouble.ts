/** Trouble with the store itself: could not be opened, is blocked, or vanished under the running app. */
import { proxy } from 'comlink'
import { type Accessor, createSignal } from 'solid-js'
import type { DataApi } from '#workers/api.ts'
import { type Failure, failureFrom } from '#workers/outcome.ts'

export interface Trouble {
  readonly now: Accessor<Failure | undefined>
  /** Asks the store again. */
  readonly retry: () => void
  readonly dismiss: () => void
}

export function createTrouble(data: DataApi): Trouble {
  const [now, setNow] = createSignal<Failure>()
  void data.onTrouble(proxy((failure: Failure) => setNow(failure)))
  const open = () => {
    data.open().then(
      // A store that was blocked answers once the other tab has gone.
      outcome => setNow(outcome.ok ? undefined : outcome.failure),
      error => setNow(failureFrom(error)),
    )
  }
  open()
  return { now, retry: open, dismiss: () => setNow(undefined) }
}
