/** Why there is nothing here, and what the next step is. */
import { type JSX, Show } from 'solid-js'

export interface EmptyProps {
  readonly title: string
  readonly text?: JSX.Element
  readonly actions?: JSX.Element
}

export function Empty(props: EmptyProps) {
  return (
    <div class="empty">
      <h2>{props.title}</h2>
      <Show when={props.text}>
        <p>{props.text}</p>
      </Show>
      <Show when={props.actions}>
        <div class="row">{props.actions}</div>
      </Show>
    </div>
  )
}
