/** How wide an element is drawn, for what must know before it draws. */
import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'

/** Small changes are not worth drawing anew. */
const STEP_PX = 40

/** Pixels in steps of 40, `usual` until the element is there; an element that is not shown keeps the width it had. */
export function createWidth(element: Accessor<Element | undefined>, usual: number): Accessor<number> {
  const [width, setWidth] = createSignal(usual)
  createEffect(() => {
    const watched = element()
    if (!watched) return
    const observer = new ResizeObserver(([entry]) => {
      const now = entry?.contentRect.width ?? 0
      if (now > 0) setWidth(Math.max(1, Math.round(now / STEP_PX)) * STEP_PX)
    })
    observer.observe(watched)
    onCleanup(() => observer.disconnect())
  })
  return width
}
