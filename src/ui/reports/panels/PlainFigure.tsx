/** A number with its name and what it stands on, as `Figure` looks, where no query can name the records behind it. */
import { Show } from 'solid-js'
import { reportTexts } from '../../texts/reports.ts'

export interface PlainFigureProps {
  readonly name: string
  /** As printed; `undefined` when there is no number, then `note` says why. */
  readonly value: string | undefined
  readonly unit?: string
  readonly note: string
}

export function PlainFigure(props: PlainFigureProps) {
  return (
    <div class="figure">
      <dt>{props.name}</dt>
      <dd class="figure-value">
        <Show
          when={props.value !== undefined}
          fallback={<span class="figure-missing">{reportTexts.figures.notEnough}</span>}
        >
          <span class="figure-number">{props.value}</span>
          <Show when={props.unit}>
            <span class="figure-unit">{props.unit}</span>
          </Show>
        </Show>
      </dd>
      <dd class="figure-note">{props.note}</dd>
    </div>
  )
}
