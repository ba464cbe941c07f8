/** A few choices side by side, one of them taken: native radio buttons, so arrow keys work by themselves. */
import { createUniqueId, For } from 'solid-js'

interface Choice<T extends string | number> {
  readonly value: T
  readonly label: string
}

export interface SegmentedProps<T extends string | number> {
  readonly label: string
  /** Shows the label above; else it is there for screen readers only. */
  readonly labelShown?: boolean
  /** May be a value that is not in the list: then none is taken. */
  readonly value: T | undefined
  readonly choices: readonly Choice<T>[]
  readonly onChange: (value: T) => void
}

export function Segmented<T extends string | number>(props: SegmentedProps<T>) {
  const name = createUniqueId()
  return (
    <fieldset class="stack-tight">
      <legend class="field-label" classList={{ 'visually-hidden': !props.labelShown }}>
        {props.label}
      </legend>
      <div class="segmented">
        <For each={props.choices}>
          {choice => (
            <label class="segment">
              <input
                type="radio"
                name={name}
                value={String(choice.value)}
                checked={choice.value === props.value}
                onChange={() => props.onChange(choice.value)}
              />
              {choice.label}
            </label>
          )}
        </For>
      </div>
    </fieldset>
  )
}
