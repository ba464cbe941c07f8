/** The legend of the Overlay, in which each day, or each day of the week, can be taken off the chart and put back. */
import { For, Show } from 'solid-js'
import { markVariable } from '../../charts/colors.ts'
import type { Shape, Tone } from '../../charts/spec.ts'
import { DotShape } from '../../charts/SvgChart.tsx'
import { overlayTexts } from '../../texts/reports/overlay.ts'

const t = overlayTexts

/** One style of lines or symbols: a day, or all days of one weekday. */
export interface ToggleEntry {
  readonly key: number
  readonly text: string
  readonly tone: Tone
  readonly dash: readonly number[]
  readonly widthPx: number
  readonly symbol: Shape
  readonly radius: number
}

export interface DayTogglesProps {
  readonly entries: readonly ToggleEntry[]
  readonly hidden: ReadonlySet<number>
  /** Symbols instead of lines. */
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
            <Show
              when={props.points}
              fallback={
                <svg width="30" height="10" viewBox="0 0 30 10" aria-hidden="true">
                  <path
                    d="M1 5h28"
                    fill="none"
                    stroke={markVariable(entry.tone)}
                    stroke-width={entry.widthPx}
                    stroke-dasharray={entry.dash.length === 0 ? undefined : entry.dash.join(' ')}
                  />
                </svg>
              }
            >
              {/* As large as in the chart on paper. */}
              <svg width="12" height="12" viewBox="-4 -4 8 8" aria-hidden="true">
                <DotShape dot={{ shape: entry.symbol, tone: entry.tone, radius: entry.radius }} x={0} y={0} />
              </svg>
            </Show>
            {entry.text}
          </label>
        )}
      </For>
    </fieldset>
  )
}
