/** One of a list that may be long: the browser's own select, with its label beside it. */
import { createUniqueId, For } from 'solid-js'

export interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (value: string) => void
}

export function Choice(props: ChoiceProps) {
  const id = createUniqueId()
  return (
    <div class="labelled-select">
      <label for={id} class="field-label">
        {props.label}
      </label>
      <select id={id} class="input" value={props.value} onChange={event => props.onChange(event.currentTarget.value)}>
        <For each={props.choices}>
          {choice => (
            <option value={choice.value} selected={choice.value === props.value}>
              {choice.label}
            </option>
          )}
        </For>
      </select>
    </div>
  )
}
