/**
 * Much to draw, a slice at a time, so that the window answers in between: a year of a logbook is tens of thousands of
 * elements. What is drawn on paper waits for the whole: `aria-busy` stands on the report until then.
 */
import { type Accessor, createComputed, createMemo, createSignal, onCleanup } from 'solid-js'
import { isTaken } from '../charts/onPaper.ts'

export interface Slices<T> {
  /** The first items, more after each task, at last all; all at once when the report is taken to paper. */
  readonly shown: Accessor<readonly T[]>
  readonly isBusy: Accessor<boolean>
}

/** Begins anew whenever `items` changes. */
export function createSlices<T>(items: Accessor<readonly T[]>, size: number): Slices<T> {
  const run = createMemo(() => {
    const all = items()
    const [count, setCount] = createSignal(Math.min(size, all.length))
    let timer: ReturnType<typeof setTimeout> | undefined
    const drawNext = () => {
      if (setCount(now => Math.min(now + size, all.length)) < all.length) timer = setTimeout(drawNext)
    }
    if (size < all.length) timer = setTimeout(drawNext)
    createComputed(() => {
      if (!isTaken()) return
      clearTimeout(timer)
      setCount(all.length)
    })
    onCleanup(() => clearTimeout(timer))
    return { all, count }
  })
  const shown = createMemo(() => run().all.slice(0, run().count()))
  return {
    shown,
    isBusy: () => run().count() < run().all.length,
  }
}
