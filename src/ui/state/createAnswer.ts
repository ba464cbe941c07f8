/**
 * One question to a worker as signals: waiting, ready or failed. Asks again when a signal that the question reads
 * changes and whenever the data change; an older answer that comes late is dropped. While asking again the last value
 * stays on the screen.
 */
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js'
import { failureFrom, type Failure, type Outcome } from '#workers/outcome.ts'
import { useDataVersion } from './dataVersion.ts'

export type AnswerState<T> =
  | { readonly state: 'waiting' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly failure: Failure }

export interface Answer<T> {
  readonly now: Accessor<AnswerState<T>>
  /** The value, if there is one. */
  readonly value: () => T | undefined
  /** True once a first answer has been waited for longer than 100 ms: time for a skeleton. */
  readonly slow: Accessor<boolean>
  readonly again: () => void
}

const PATIENCE_MS = 100

/** `ask` may read signals before its first `await`; each change asks again. `undefined` from it: nothing to ask yet. */
export function createAnswer<T>(ask: () => Promise<Outcome<T>> | undefined): Answer<T> {
  const version = useDataVersion()
  const [now, setNow] = createSignal<AnswerState<T>>({ state: 'waiting' })
  const [slow, setSlow] = createSignal(false)
  const [asked, setAsked] = createSignal(0)
  let latest = 0
  const patience = setTimeout(() => setSlow(true), PATIENCE_MS)
  onCleanup(() => {
    latest = -1
    clearTimeout(patience)
  })

  createEffect(() => {
    version()
    asked()
    const question = ask()
    if (!question) return
    latest += 1
    const mine = latest
    const settle = (outcome: Outcome<T>) => {
      if (mine !== latest) return
      clearTimeout(patience)
      setNow(outcome.ok ? { state: 'ready', value: outcome.value } : { state: 'failed', failure: outcome.failure })
    }
    question.then(settle, error => settle({ ok: false, failure: failureFrom(error) }))
  })
  createEffect(on(now, settled => settled.state !== 'waiting' && setSlow(false)))

  return {
    now,
    slow,
    value: () => {
      const settled = now()
      return settled.state === 'ready' ? settled.value : undefined
    },
    again: () => setAsked(count => count + 1),
  }
}
