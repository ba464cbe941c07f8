/** Whether each part of a report shows its chart or its table twin: each for itself, all at once with the key T. */
import { type Accessor, createComputed, createSignal } from 'solid-js'
import { makePageKeys } from './makePageKeys.ts'

export type View = 'chart' | 'table'

/** What the key T last asked of all parts; for the report itself. */
export function createPageView(): Accessor<View> {
  const [view, setView] = createSignal<View>('chart')
  makePageKeys({ t: () => setView(now => (now === 'chart' ? 'table' : 'chart')) })
  return view
}

/** A part's own view, which follows `all` whenever that changes. */
export function createView(all: Accessor<View>): [view: Accessor<View>, setView: (view: View) => void] {
  const [view, setView] = createSignal<View>('chart')
  createComputed(() => setView(all()))
  return [view, setView]
}
