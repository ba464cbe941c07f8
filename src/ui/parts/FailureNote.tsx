/** A failure in plain words: what happened, whether the data are safe, what to do. Never the code first. */
import { type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { Failure } from '#workers/outcome.ts'
import { type FailureText, failureTexts } from '../texts/failures.ts'
import { texts } from '../texts/texts.ts'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'

export interface FailureNoteProps {
  readonly failure: Failure
  /** In place of the usual words for its code, where more is known. */
  readonly text?: FailureText | undefined
  readonly onRetry?: (() => void) | undefined
  /** h1 where the failure is all there is on the page. */
  readonly heading?: 'h1' | 'h2'
  /** Further buttons behind "Try again". */
  readonly actions?: JSX.Element
}

export function FailureNote(props: FailureNoteProps) {
  const t = texts()
  const text = () => props.text ?? failureTexts[props.failure.code]
  return (
    <div class="failure" role="alert">
      <Dynamic component={props.heading ?? 'h2'}>{text().title}</Dynamic>
      <p>{text().what}</p>
      <p class="failure-data">
        <Icon name="safe" />
        <span>{text().data}</span>
      </p>
      <p>{text().todo}</p>
      <Show when={props.onRetry || props.actions}>
        <div class="row">
          <Show when={props.onRetry}>
            {retry => (
              <Button look="primary" onClick={() => retry()()}>
                {t.actions.tryAgain}
              </Button>
            )}
          </Show>
          {props.actions}
        </div>
      </Show>
    </div>
  )
}
