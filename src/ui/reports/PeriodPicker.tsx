/** Which days: a length that ends at the last day with data, or from–to; and a step to the period before or after. */
import { createEffect, createSignal, createUniqueId, on, Show } from 'solid-js'
import { Button } from '../parts/Button.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Segmented } from '../parts/Segmented.tsx'
import { dayFromText, periodLengths, type PeriodState, textOfDay } from '../state/createPeriod.ts'
import { reportTexts } from '../texts/reports.ts'

const t = reportTexts.period

export function PeriodPicker(props: { readonly state: PeriodState }) {
  const id = createUniqueId()
  const [from, setFrom] = createSignal('')
  const [to, setTo] = createSignal('')
  const [problem, setProblem] = createSignal<string>()
  createEffect(
    on(
      () => props.state.period(),
      period => {
        setFrom(period ? textOfDay(period.firstDay) : '')
        setTo(period ? textOfDay(period.lastDay) : '')
        setProblem(undefined)
      },
    ),
  )
  const apply = (event: Event) => {
    event.preventDefault()
    const first = dayFromText(from())
    const last = dayFromText(to())
    if (first === undefined || last === undefined) return setProblem(t.incomplete)
    if (first > last) return setProblem(t.wrongOrder)
    setProblem(undefined)
    return props.state.setDays(first, last)
  }
  return (
    <form class="picker screen-only" onSubmit={apply} noValidate>
      <div class="picker-dates">
        <Segmented
          label={t.label}
          value={props.state.length()}
          choices={periodLengths.map(value => ({ value, label: String(value) }))}
          onChange={days => props.state.setLength(days)}
        />
        <span aria-hidden="true">{t.days}</span>
        <Button look="quiet" aria-label={t.before} title={t.before} onClick={() => props.state.step(-1)}>
          <Icon name="back" />
        </Button>
        <Button look="quiet" aria-label={t.after} title={t.after} onClick={() => props.state.step(1)}>
          <Icon name="forward" />
        </Button>
      </div>
      <div class="picker-dates">
        <label class="visually-hidden" for={`${id}-from`}>
          {t.from}
        </label>
        <input
          id={`${id}-from`}
          class="input"
          type="date"
          value={from()}
          aria-describedby={problem() ? `${id}-problem` : undefined}
          onInput={event => setFrom(event.currentTarget.value)}
        />
        <span aria-hidden="true">–</span>
        <label class="visually-hidden" for={`${id}-to`}>
          {t.to}
        </label>
        <input
          id={`${id}-to`}
          class="input"
          type="date"
          value={to()}
          aria-describedby={problem() ? `${id}-problem` : undefined}
          onInput={event => setTo(event.currentTarget.value)}
        />
        <Button type="submit">{t.apply}</Button>
      </div>
      <Show when={problem()}>
        <p id={`${id}-problem`} class="field-error" role="alert">
          {problem()}
        </p>
      </Show>
    </form>
  )
}
