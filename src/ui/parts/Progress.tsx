/** Progress in the work's own units. Without a total the bar shows only that work goes on. */
import { Show } from 'solid-js'

export interface ProgressProps {
  /** Name of the work, for screen readers: "Reading Contour NEXT LINK". */
  readonly label: string
  readonly done: number
  readonly total?: number | undefined
  /** Sentence under the bar: "120 of 209 results". */
  readonly text?: string
  /** Behind it, at the far end: "about 20 seconds left". */
  readonly more?: string | undefined
}

export function Progress(props: ProgressProps) {
  return (
    <div class="progress">
      <Show when={props.total} fallback={<progress aria-label={props.label} />}>
        {total => <progress aria-label={props.label} value={Math.min(props.done, total())} max={total()} />}
      </Show>
      <p class="row-apart small figures">
        <span>{props.text}</span>
        <span class="soft">{props.more}</span>
      </p>
    </div>
  )
}
