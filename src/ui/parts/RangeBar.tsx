/** Shares of time in the five glucose ranges as one bar, always in the same order; the words go in `label`. */
import { For } from 'solid-js'
import { rangeNames, type RangeShares } from '#reports/models.ts'

export interface RangeBarProps {
  readonly shares: RangeShares
  /** What the bar says, for screen readers. Without it the bar is decoration beside its words. */
  readonly label?: string
  readonly vertical?: boolean
}

export function RangeBar(props: RangeBarProps) {
  return (
    <div
      class="range-bar"
      classList={{ 'range-bar-vertical': props.vertical ?? false }}
      role={props.label ? 'img' : undefined}
      aria-label={props.label}
      aria-hidden={props.label ? undefined : 'true'}
    >
      <For each={rangeNames}>
        {name => <span class={`range-${name}`} style={{ 'flex-grow': props.shares[name].fraction }} />}
      </For>
    </div>
  )
}
