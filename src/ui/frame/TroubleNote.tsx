/** Trouble with the store, across the whole width, before anything else: nothing below can be trusted to be saved. */
import { Match, Switch } from 'solid-js'
import type { Failure } from '#workers/outcome.ts'
import { Button } from '../parts/Button.tsx'
import { FailureNote } from '../parts/FailureNote.tsx'
import { texts } from '../texts/texts.ts'

export interface TroubleNoteProps {
  readonly failure: Failure
  readonly onRetry: () => void
  readonly onDismiss: () => void
}

export function TroubleNote(props: TroubleNoteProps) {
  const t = texts()
  return (
    <div class="trouble">
      <FailureNote
        failure={props.failure}
        heading={props.failure.code === 'storage-full' ? 'h2' : 'h1'}
        actions={
          <Switch
            fallback={
              <Button look="primary" onClick={() => window.location.reload()}>
                {t.actions.reload}
              </Button>
            }
          >
            <Match when={props.failure.code === 'storage-full'}>
              <Button onClick={props.onDismiss}>{t.actions.close}</Button>
            </Match>
            <Match when={props.failure.code === 'storage-blocked'}>
              <Button onClick={props.onRetry}>{t.actions.tryAgain}</Button>
            </Match>
          </Switch>
        }
      />
    </div>
  )
}
