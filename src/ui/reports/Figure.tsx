/** One key number, large and calm: name, number with unit, and what it stands on. The number opens its evidence. */
import { type JSX, Show } from 'solid-js'
import { type EvidenceOf, Traceable } from '../parts/Evidence.tsx'
import { reportTexts } from '../texts/reports.ts'

export interface FigureProps {
  readonly name: string
  /** As printed; `undefined` when there is no number, then `note` says why. */
  readonly value: string | undefined
  readonly unit?: string
  readonly note: JSX.Element
  /** What is usually aimed at, on a line of its own. */
  readonly goal?: string | undefined
  readonly query: EvidenceOf
  readonly count?: number | undefined
  readonly of?: 'values' | 'entries'
}

export function Figure(props: FigureProps) {
  return (
    <div class="figure">
      <dt>{props.name}</dt>
      <dd class="figure-value">
        <Show when={props.value} fallback={<span class="figure-missing">{reportTexts.figures.notEnough}</span>}>
          <Traceable title={props.name} query={props.query} count={props.count} of={props.of ?? 'values'}>
            <span class="figure-number">{props.value}</span>
            <Show when={props.unit}>
              <span class="figure-unit">{props.unit}</span>
            </Show>
          </Traceable>
        </Show>
      </dd>
      <dd class="figure-note">{props.note}</dd>
      <Show when={props.goal}>
        <dd class="figure-note figure-goal">{props.goal}</dd>
      </Show>
    </div>
  )
}
