/** Draws an answer of a worker in its three states: nothing, then a skeleton; the value; or the failure. */
import { type Accessor, type JSX, Match, Show, Switch } from 'solid-js'
import type { Answer } from '../state/createAnswer.ts'
import { texts } from '../texts/texts.ts'
import { FailureNote } from './FailureNote.tsx'
import { Skeleton } from './Skeleton.tsx'

export interface AnsweredProps<T> {
  readonly of: Answer<T>
  readonly skeleton?: JSX.Element
  readonly children: (value: Accessor<T>) => JSX.Element
}

export function Answered<T>(props: AnsweredProps<T>) {
  const ready = () => {
    const now = props.of.now()
    return now.state === 'ready' ? now : undefined
  }
  const failed = () => {
    const now = props.of.now()
    return now.state === 'failed' ? now.failure : undefined
  }
  return (
    <Switch
      fallback={
        <Show when={props.of.slow()}>
          <p class="visually-hidden" role="status">
            {texts().waiting}
          </p>
          {props.skeleton ?? <Skeleton blocks={2} />}
        </Show>
      }
    >
      <Match when={failed()}>{failure => <FailureNote failure={failure()} onRetry={props.of.again} />}</Match>
      <Match when={ready()}>{value => props.children(() => value().value)}</Match>
    </Switch>
  )
}
