/**
 * Stepping through what a picture shows, stop by stop, by keyboard and pointer: which stop is chosen, and the keys. It
 * begins anew when the stops change.
 */
import { type Accessor, createEffect, createSignal, on } from 'solid-js'
import { nearestStop, type Stop } from './spec.ts'

export interface Stepping {
  readonly stop: Accessor<Stop | undefined>
  /** Chooses the stop nearest to `x`, or none. */
  readonly pointAt: (x: number | undefined) => void
  /** Arrows, Home, End, Escape; Enter where something can be picked. */
  readonly onKeyDown: (event: KeyboardEvent) => void
}

export function createStepping(
  stops: Accessor<readonly Stop[]>,
  onPick: () => ((x: number) => void) | undefined = () => undefined,
): Stepping {
  const [at, setAt] = createSignal<number>()
  createEffect(on(stops, () => setAt(undefined), { defer: true }))
  const stop = () => {
    const index = at()
    return index === undefined ? undefined : stops()[index]
  }
  const step = (index: number) => {
    if (stops().length > 0) setAt(Math.min(Math.max(index, 0), stops().length - 1))
  }
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => step((at() ?? stops().length) - 1),
    ArrowRight: () => step((at() ?? -1) + 1),
    Home: () => step(0),
    End: () => step(stops().length - 1),
    Escape: () => setAt(undefined),
  }
  const pick = () => {
    const chosen = stop()
    if (chosen) onPick()?.(chosen.x)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const act = event.key === 'Enter' && onPick() ? pick : keys[event.key]
    if (!act) return
    act()
    event.preventDefault()
    event.stopPropagation()
  }
  return { stop, pointAt: x => setAt(x === undefined ? undefined : nearestStop(stops(), x)), onKeyDown }
}
