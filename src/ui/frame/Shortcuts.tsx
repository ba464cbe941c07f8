/** The list of keys, opened by `?` or from Help. */
import { For } from 'solid-js'
import { Dialog } from '../parts/Dialog.tsx'
import { texts } from '../texts/texts.ts'

export interface ShortcutsProps {
  readonly open: boolean
  readonly onClose: () => void
}

export function Shortcuts(props: ShortcutsProps) {
  const t = texts()
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t.shortcuts.title}>
      <ShortcutList />
    </Dialog>
  )
}

export function ShortcutList() {
  return (
    <dl class="shortcut-list">
      <For each={texts().shortcuts.list}>
        {shortcut => (
          <div>
            <dt>
              <For each={shortcut.keys}>{key => <kbd>{key}</kbd>}</For>
            </dt>
            <dd>{shortcut.what}</dd>
          </div>
        )}
      </For>
    </dl>
  )
}
