/**
 * A window over the page, on Kobalte's dialog: focus stays inside, Escape closes, focus returns to where it was.
 * Import it from pages that load lazily, so that the first load does not carry Kobalte.
 */
import { Dialog as KobalteDialog } from '@kobalte/core/dialog'
import { createComputed, type JSX, Show } from 'solid-js'
import { texts } from '../texts/texts.ts'
import { Icon } from './Icon.tsx'

export interface DialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly description?: string
  readonly wide?: boolean
  readonly children?: JSX.Element
  /** Buttons in reading order; the harmless one first. */
  readonly actions?: JSX.Element
}

export function Dialog(props: DialogProps) {
  const t = texts()
  // Kobalte knows only of triggers of its own, and ours are numbers, cards and keys.
  let opener: Element | null = null
  createComputed(() => {
    if (props.open) opener = document.activeElement
  })
  const focusOpener = (event: Event) => {
    event.preventDefault()
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
  }
  return (
    <KobalteDialog open={props.open} onOpenChange={open => !open && props.onClose()}>
      <KobalteDialog.Portal>
        <KobalteDialog.Overlay class="dialog-veil" />
        <div class="dialog-place">
          <KobalteDialog.Content
            class="dialog"
            classList={{ 'dialog-wide': props.wide ?? false }}
            onCloseAutoFocus={focusOpener}
          >
            <div class="dialog-head">
              <KobalteDialog.Title as="h2">{props.title}</KobalteDialog.Title>
              <KobalteDialog.CloseButton class="button button-quiet" aria-label={t.actions.close}>
                <Icon name="close" />
              </KobalteDialog.CloseButton>
            </div>
            <Show when={props.description}>
              <KobalteDialog.Description as="p">{props.description}</KobalteDialog.Description>
            </Show>
            {props.children}
            <Show when={props.actions}>
              <div class="dialog-actions">{props.actions}</div>
            </Show>
          </KobalteDialog.Content>
        </div>
      </KobalteDialog.Portal>
    </KobalteDialog>
  )
}
