/** Which mark means what, below a chart: only the marks that are in it. */
import { For } from 'solid-js'
import { fillVariable, markVariable } from '../charts/colors.ts'
import type { Tone } from '../charts/spec.ts'

export interface LegendEntry {
  readonly shape: 'dot' | 'diamond' | 'arrow' | 'bar' | 'area' | 'dash' | 'ring' | 'line' | 'letter'
  readonly tone: Tone
  readonly text: string
  readonly letter?: string
}

const paths: Readonly<Record<Exclude<LegendEntry['shape'], 'letter'>, string>> = {
  dot: 'M4 7a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z',
  diamond: 'M7 1L13 7L7 13L1 7z',
  arrow: 'M7 2L13 12H1z',
  bar: 'M5 1h4v12h-4z',
  area: 'M0 2h14v10h-14z',
  dash: 'M0 6h5v2h-5zM9 6h5v2h-5z',
  ring: 'M1 7a6 6 0 1 0 12 0a6 6 0 1 0 -12 0zM3 7a4 4 0 1 1 8 0a4 4 0 1 1 -8 0z',
  line: 'M0 6h14v2h-14z',
}

export function Legend(props: { readonly label: string; readonly entries: readonly LegendEntry[] }) {
  return (
    <ul class="chart-legend small" aria-label={props.label}>
      <For each={props.entries}>
        {entry => (
          <li>
            {entry.shape === 'letter' ? (
              <span class="chart-letter" aria-hidden="true">
                {entry.letter}
              </span>
            ) : (
              <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
                <path
                  d={paths[entry.shape]}
                  fill-rule="evenodd"
                  fill={entry.shape === 'area' ? fillVariable(entry.tone) : markVariable(entry.tone)}
                />
              </svg>
            )}
            {entry.text}
          </li>
        )}
      </For>
    </ul>
  )
}
