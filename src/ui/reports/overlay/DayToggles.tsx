/** The legend of the Overlay, in which each day, or each day of the week, can be taken off the chart and put back. */
import { For } from 'solid-js'
import { markVariable } from '../../charts/colors.ts'
import type { Tone } from '../../charts/spec.ts'
import { overlayTexts } from '../../texts/reports/overlay.ts'

const t = overlayTexts

/** One line style: a day, or all days of one weekday. */
export interface ToggleEntry {
  readonly key: number
  readonly text: string
  readonly tone: Tone
  readonly dash: readonly number[]
  readonly widthPx: number
}

export interface DayTogglesProps {
  readonly entries: readonly ToggleEntry[]
  readonly hidden: ReadonlySet<number>
  /** Points instead of lines. */
  readonly points: boolean
  readonly onToggle: (key: number, shown: boolean) => void
}

export function DayToggles(props: DayTogglesProps) {
  return (
    <fieldset class="overlay-toggles">
      <legend class="visually-hidden">{t.toggles}</legend>
      <For each={props.entries}>
        {entry => (
          <label class="check overlay-toggle" classList={{ 'overlay-off': props.hidden.has(entry.key) }}>
            <input
              class="screen-only"
              type="checkbox"
              checked={!props.hidden.has(entry.key)}
              onChange={event => props.onToggle(entry.key, event.currentTarget.checked)}
            />
            <svg width="30" height="10" viewBox="0 0 30 10" aria-hidden="true">
              <path
                d={props.points ? 'M15 5h0' : 'M1 5h28'}
                fill="none"
                stroke={markVariable(entry.tone)}
                stroke-width={props.points ? 7 : entry.widthPx}
                stroke-linecap={props.points ? 'round' : 'butt'}
                stroke-dasharray={props.points || entry.dash.length === 0 ? undefined : entry.dash.join(' ')}
              />
            </svg>
            {entry.text}
          </label>
        )}
      </For>
    </fieldset>
  )
}
