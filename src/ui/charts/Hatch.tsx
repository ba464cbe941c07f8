/** Hatching over the range colours, so that a grey print still tells them apart: the target is plain, the rest is not. */
import { For } from 'solid-js'
import type { Tone } from './spec.ts'

/** Strokes in a 4 by 4 tile: low falls, high rises, the two extremes are crossed or dotted on their dark ground. */
const strokes: Partial<Readonly<Record<Tone, string>>> = {
  veryLow: 'M0 0L4 4M0 4L4 0',
  low: 'M-1 -1L5 5M-1 3L1 5M3 -1L5 1',
  high: 'M-1 5L5 -1M-1 1L1 -1M3 5L5 3',
  veryHigh: 'M0 2H4',
  suspended: 'M-1 5L5 -1M-1 1L1 -1M3 5L5 3',
}

export const isHatched = (tone: Tone): boolean => tone in strokes
export const hatchFill = (id: string, tone: Tone): string => `url(#${id}-${tone})`

/** The patterns of one picture; `id` keeps them apart from those of others on the page. */
export function HatchPatterns(props: { id: string }) {
  return (
    <defs>
      <For each={Object.entries(strokes)}>
        {([tone, path]) => (
          <pattern id={`${props.id}-${tone}`} width="4" height="4" patternUnits="userSpaceOnUse">
            <path d={path} stroke="var(--chart-paper)" stroke-width="0.7" fill="none" />
          </pattern>
        )}
      </For>
    </defs>
  )
}
