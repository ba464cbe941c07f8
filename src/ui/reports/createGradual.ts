/**
 * Draws the many pictures of a report a few at a time, so that the window stays free: the first at once, the rest each
 * in a task of its own. Print draws all that is missing at once.
 */
import { type Accessor, createEffect, createSignal, on, onCleanup, useContext } from 'solid-js'
import { OnPaper } from '../charts/onPaper.ts'

/** How many of `count` are to be drawn by now. Begins anew with one when `count` changes. */
export function createGradual(count: Accessor<number>): Accessor<number> {
  if (useContext(OnPaper)) return count
  const [drawn, setDrawn] = createSignal(1)
  let timer: ReturnType<typeof setTimeout> | undefined
  const next = () => {
    if (drawn() >= count()) return
    timer = setTimeout(() => {
      setDrawn(now => now + 1)
      next()
    })
  }
  createEffect(
    on(count, () => {
      clearTimeout(timer)
      setDrawn(1)
      next()
    }),
  )
  const drawAll = () => setDrawn(count())
  window.addEventListener('beforeprint', drawAll)
  onCleanup(() => {
    clearTimeout(timer)
    window.removeEventListener('beforeprint', drawAll)
  })
  return drawn
}
