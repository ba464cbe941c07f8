/** Keys that work anywhere on a report's page, but never while something else needs them: fields, windows, the chart. */
import { onCleanup } from 'solid-js'

/**
 * Calls `keys[name]`, such as `ArrowLeft`, `Shift+ArrowLeft` or `t`, until the owner is disposed. A key that answers
 * `false` leaves the key to the browser.
 */
export function makePageKeys(keys: Readonly<Record<string, (event: KeyboardEvent) => unknown>>): void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return
    const act = keys[(event.shiftKey && event.key.length > 1 ? 'Shift+' : '') + event.key]
    if (!act) return
    if (act(event) !== false) event.preventDefault()
  }
  window.addEventListener('keydown', onKey)
  onCleanup(() => window.removeEventListener('keydown', onKey))
}

/** In a field keys belong to the field, in a window to the window, in a scrolling table to the table. */
const isBusy = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, select, textarea, [role=dialog], .table-wrap') !== null
