/** Target ranges: the usual sets, or limits of one's own, checked before they are saved. */
import { createEffect, createSignal, For, on, Show, untrack } from 'solid-js'
import { rangeSetNames, rangeSets, type TargetRanges } from '#records/preferences.ts'
import type { GlucoseUnits } from '#records/units.ts'
import { Choice } from '../../parts/Choice.tsx'
import { TextField } from '../../parts/Field.tsx'
import {
  type LimitName,
  limitNames,
  type LimitProblem,
  limitTexts,
  type LimitTexts,
  plausibleIn,
  readLimits,
} from '../../state/rangeLimits.ts'
import { texts } from '../../texts/texts.ts'

export interface RangeSettingsProps {
  readonly ranges: TargetRanges
  readonly units: GlucoseUnits
  readonly onChange: (ranges: TargetRanges) => void
}

export function RangeSettings(props: RangeSettingsProps) {
  const t = texts()
  const shown = () => limitTexts(props.ranges, props.units)
  const choose = (id: string) => {
    const set = rangeSetNames.find(name => name === id)
    if (set) {
      props.onChange(rangeSets[set])
      return
    }
    const own = readLimits(shown(), props.units)
    if (own.ok) props.onChange(own.ranges)
  }
  return (
    <>
      <Choice
        label={t.settings.rangesOf}
        value={props.ranges.id}
        choices={([...rangeSetNames, 'custom'] as const).map(value => ({ value, label: t.settings.sets[value] }))}
        onChange={choose}
      />
      <Show
        when={props.ranges.id === 'custom'}
        fallback={
          <p>
            {t.settings.setText(shown().low, shown().high, props.units)}{' '}
            <Show when={props.ranges.id === 'gestational'}>{t.settings.noGoals}</Show>
          </p>
        }
      >
        <OwnLimits ranges={props.ranges} units={props.units} onChange={props.onChange} />
      </Show>
    </>
  )
}

function OwnLimits(props: RangeSettingsProps) {
  const t = texts()
  const [typed, setTyped] = createSignal<LimitTexts>(untrack(() => limitTexts(props.ranges, props.units)))
  const [problems, setProblems] = createSignal<Readonly<Partial<Record<LimitName, LimitProblem>>>>({})
  // What is saved, and the unit, may change from elsewhere: undo, another tab.
  createEffect(
    on(
      () => [props.ranges, props.units] as const,
      ([ranges, units]) => {
        setTyped(limitTexts(ranges, units))
        setProblems({})
      },
      { defer: true },
    ),
  )
  const change = (name: LimitName, text: string) => {
    const now = { ...typed(), [name]: text }
    setTyped(now)
    const read = readLimits(now, props.units)
    setProblems(read.ok ? {} : read.problems)
    if (read.ok) props.onChange(read.ranges)
  }
  const complaint = (name: LimitName) => {
    switch (problems()[name]) {
      case 'not-a-number':
        return t.settings.limitNumber
      case 'implausible': {
        const [least, most] = plausibleIn(name, props.units)
        return t.settings.limitBetween(String(least), String(most), props.units)
      }
      case 'order':
        return t.settings.limitOrder
      default:
        return undefined
    }
  }
  return (
    <div class="limits">
      <For each={limitNames}>
        {name => (
          <TextField
            class="input-number"
            label={t.settings.limits[name]}
            inputMode="decimal"
            unit={props.units}
            value={typed()[name]}
            error={complaint(name)}
            onChange={text => change(name, text)}
          />
        )}
      </For>
    </div>
  )
}
