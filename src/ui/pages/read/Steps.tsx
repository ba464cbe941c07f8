/** What to do, in order, with numbers that can be followed from the device. */
import { For } from 'solid-js'

export function Steps(props: { readonly of: readonly string[] }) {
  return (
    <ol class="steps">
      <For each={props.of}>
        {step => (
          <li>
            <span>{step}</span>
          </li>
        )}
      </For>
    </ol>
  )
}
