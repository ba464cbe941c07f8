/** Which earlier days a report compares with: the period before, the same days a year before, or from–to. */
import { createEffect, createSignal, createUniqueId, on, Show } from 'solid-js'
import { Button } from '../parts/Button.tsx'
import { Segmented } from '../parts/Segmented.tsx'
import type { Period } from '#reports/models.ts'
import {
  type ComparisonChoice,
  comparisonChoices,
  type ComparisonState,
  isBefore,
  yearBefore,
} from '../state/createComparison.ts'
import { dayCount, dayFromText, textOfDay } from '../state/createPeriod.ts'
import { useFormat } from '../state/preferences.ts'
import { comparisonTexts as t } from '../texts/reports/comparison.ts'

export interface ComparisonPickerProps {
  readonly state: ComparisonState
  /** The report's own. */
  readonly period: Period | undefined
}

export function ComparisonPicker(props: ComparisonPickerProps) {
  const id = createUniqueId()
  const format = useFormat()
  const [wanted, setWanted] = createSignal<ComparisonChoice>()
  const [from, setFrom] = createSignal('')
  const [to, setTo] = createSignal('')
  const [problem, setProblem] = createSignal<string>()
  createEffect(
    on([() => props.state.period(), () => props.state.choice()], ([earlier]) => {
      setFrom(earlier ? textOfDay(earlier.firstDay) : '')
      setTo(earlier ? textOfDay(earlier.lastDay) : '')
      setWanted(undefined)
      setProblem(undefined)
    }),
  )
  const choice = () => wanted() ?? props.state.choice()
  const choose = (next: ComparisonChoice) => {
    if (next === 'year' && props.period && !isBefore(yearBefore(props.period), props.period)) {
      setWanted(next)
      setProblem(t.tooLong)
      return
    }
    setProblem(undefined)
    // Other days are compared once they are given.
    setWanted(next === 'days' ? 'days' : undefined)
    if (next !== 'days') props.state.choose(next)
  }
  const apply = (event: Event) => {
    event.preventDefault()
    const [first, last] = [dayFromText(from()), dayFromText(to())]
    if (first === undefined || last === undefined) return setProblem(t.incomplete)
    if (first > last) return setProblem(t.wrongOrder)
    if (props.period && !isBefore({ firstDay: first, lastDay: last }, props.period)) return setProblem(t.notBefore)
    setProblem(undefined)
    return props.state.setDays(first, last)
  }
  return (
    <form class="picker screen-only" aria-label={t.label} onSubmit={apply} noValidate>
      <div class="picker-dates">
        <span aria-hidden="true">{t.label}</span>
        <Segmented
          label={t.label}
          value={choice()}
          choices={comparisonChoices.map(value => ({ value, label: t.choices[value] }))}
          onChange={choose}
        />
      </div>
      <Show
        when={choice() === 'days'}
        fallback={
          <Show when={props.state.period()}>
            {earlier => (
              <span class="soft small" role="status">
                {t.days(format.days(earlier().firstDay, earlier().lastDay), dayCount(earlier()))}
              </span>
            )}
          </Show>
        }
      >
        <div class="picker-dates">
          <input
            class="input"
            type="date"
            aria-label={t.from}
            value={from()}
            aria-describedby={problem() ? `${id}-problem` : undefined}
            onInput={event => setFrom(event.currentTarget.value)}
          />
          <span aria-hidden="true">–</span>
          <input
            class="input"
            type="date"
            aria-label={t.to}
            value={to()}
            aria-describedby={problem() ? `${id}-problem` : undefined}
            onInput={event => setTo(event.currentTarget.value)}
          />
          <Button type="submit">{t.apply}</Button>
        </div>
      </Show>
      <Show when={problem()}>
        <p id={`${id}-problem`} class="field-error" role="alert">
          {problem()}
        </p>
      </Show>
    </form>
  )
}
