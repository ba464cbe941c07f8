/**
 * A long list drawn a slice at a time, so that the window answers in between: a year of a logbook is tens of thousands of
 * elements. What is drawn on paper waits for the whole: `aria-busy` stands on the report until then.
 */
import { type Accessor, createMemo, createSignal, onCleanup } from 'solid-js'

export interface Slices<T> {
  /** The first items, more after each task, at last all; all at once when the browser prints. */
  readonly shown: Accessor<readonly T[]>
  readonly isBusy: Accessor<boolean>
}

/** Begins anew whenever `items` changes. */
export function createSlices<T>(items: Accessor<readonly T[]>, size: number): Slices<T> {
  const run = createMemo(() => {
    const all = items()
    const [count, setCount] = createSignal(Math.min(size, all.length))
    let timer: ReturnType<typeof setTimeout> | undefined
    let drawn = size
    const drawNext = () => {
      drawn += size
      setCount(Math.min(drawn, all.length))
      if (drawn < all.length) timer = setTimeout(drawNext)
    }
    const drawAll = () => {
      drawn = all.length
      setCount(all.length)
    }
    if (drawn < all.length) timer = setTimeout(drawNext)
    window.addEventListener('beforeprint', drawAll)
    onCleanup(() => {
      clearTimeout(timer)
      window.removeEventListener('beforeprint', drawAll)
    })
    return { all, count }
  })
  const shown = createMemo(() => run().all.slice(0, run().count()))
  return {
    shown,
    isBusy: () => run().count() < run().all.length,
  }
}
