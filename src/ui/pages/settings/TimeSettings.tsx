/**
 * Mealtimes with the minutes around a meal, night, bedtime and wake-up. Only what makes sense is saved. The fields are
 * plain text: a browser's own field for a time follows the browser's language and not the clock that the person chose.
 */
import { createEffect, createSignal, For, on, Show } from 'solid-js'
import { defaultPreferences, type MealName, mealNames, type Mealtime, type Preferences } from '#records/preferences.ts'
import { Button } from '../../parts/Button.tsx'
import { endMinuteFrom, minuteFrom, timeText } from '../../state/timeOfDay.ts'
import { preferenceTexts as t } from '../../texts/preferences.ts'

type Times = Pick<Preferences, 'meals' | 'overnight' | 'bedtime' | 'wakeUp'>
const spanNames = ['overnight', 'bedtime', 'wakeUp'] as const
const ends = ['fromMinute', 'toMinute'] as const
type End = (typeof ends)[number]
const endNames: Readonly<Record<End, string>> = { fromMinute: t.from, toMinute: t.to }
const aroundMeal = [
  ['beforeMinutes', t.before],
  ['afterFromMinutes', t.afterFrom],
  ['afterToMinutes', t.afterTo],
] as const

export interface TimeSettingsProps {
  readonly times: Times
  readonly clock: Preferences['clock']
  readonly onChange: (change: Partial<Times>) => void
}

const MOST_MINUTES = 360

export function TimeSettings(props: TimeSettingsProps) {
  const [problem, setProblem] = createSignal<string>()
  createEffect(
    on(
      () => props.times,
      () => setProblem(undefined),
      { defer: true },
    ),
  )
  const shownTime = (minute: number) => timeText(minute, props.clock)
  const timeFrom = (typed: string, end: End) => (end === 'toMinute' ? endMinuteFrom(typed) : minuteFrom(typed))

  const takeMeal = (name: MealName, change: Partial<Mealtime>): string | undefined => {
    const meal = { ...props.times.meals[name], ...change }
    if (meal.fromMinute >= meal.toMinute || meal.afterFromMinutes >= meal.afterToMinutes) return t.order
    props.onChange({ meals: { ...props.times.meals, [name]: meal } })
    return undefined
  }
  const takeMealTime = (name: MealName, end: End, typed: string) => {
    const minute = timeFrom(typed, end)
    return minute === undefined ? t.time(shownTime(390)) : takeMeal(name, { [end]: minute })
  }
  const takeMealMinutes = (name: MealName, field: (typeof aroundMeal)[number][0], typed: string) => {
    const minutes = /^\d{1,3}$/.test(typed.trim()) ? Number(typed) : Number.NaN
    return minutes <= MOST_MINUTES ? takeMeal(name, { [field]: minutes }) : t.number
  }
  const takeSpan = (name: (typeof spanNames)[number], end: End, typed: string) => {
    const minute = timeFrom(typed, end)
    if (minute === undefined) return t.time(shownTime(390))
    const span = { ...props.times[name], [end]: minute }
    if (span.fromMinute === span.toMinute) return t.order
    props.onChange({ [name]: span })
    return undefined
  }
  return (
    <>
      <div class="table-wrap" role="region" aria-label={t.timesTable} tabindex="0">
        <table class="plain-table times-table">
          <caption class="visually-hidden">{t.timesTable}</caption>
          <thead>
            <tr>
              <For each={[t.span, t.from, t.to]}>{name => <th scope="col">{name}</th>}</For>
            </tr>
          </thead>
          <tbody>
            <For each={mealNames}>
              {name => (
                <tr>
                  <th scope="row">{t.meals[name]}</th>
                  <For each={ends}>
                    {end => (
                      <Cell
                        label={t.of(endNames[end], t.meals[name])}
                        kept={shownTime(props.times.meals[name][end])}
                        take={typed => takeMealTime(name, end, typed)}
                        onProblem={setProblem}
                      />
                    )}
                  </For>
                </tr>
              )}
            </For>
            <For each={spanNames}>
              {name => (
                <tr>
                  <th scope="row">{t.spans[name]}</th>
                  <For each={ends}>
                    {end => (
                      <Cell
                        label={t.of(endNames[end], t.spans[name])}
                        kept={shownTime(props.times[name][end])}
                        take={typed => takeSpan(name, end, typed)}
                        onProblem={setProblem}
                      />
                    )}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
      <div class="table-wrap" role="region" aria-label={t.mealsTable} tabindex="0">
        <table class="plain-table times-table">
          <caption>{t.mealsTable}</caption>
          <thead>
            <tr>
              <th scope="col">{t.meal}</th>
              <For each={aroundMeal}>{([, column]) => <th scope="col">{column}</th>}</For>
            </tr>
          </thead>
          <tbody>
            <For each={mealNames}>
              {name => (
                <tr>
                  <th scope="row">{t.meals[name]}</th>
                  <For each={aroundMeal}>
                    {([field, column]) => (
                      <Cell
                        label={t.of(column, t.meals[name])}
                        kept={String(props.times.meals[name][field])}
                        isNumber
                        take={typed => takeMealMinutes(name, field, typed)}
                        onProblem={setProblem}
                      />
                    )}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
      <Show when={problem()}>
        <p class="field-error" role="alert">
          {problem()}
        </p>
      </Show>
      <div class="row">
        <Button
          look="quiet"
          onClick={() => {
            const { meals, overnight, bedtime, wakeUp } = defaultPreferences
            props.onChange({ meals, overnight, bedtime, wakeUp })
          }}
        >
          {t.reset}
        </Button>
      </div>
    </>
  )
}

interface CellProps {
  readonly label: string
  /** What is saved, as written. */
  readonly kept: string
  /** Whole minutes instead of a time of day. */
  readonly isNumber?: boolean
  /** Saves what was typed, or says why not. */
  readonly take: (typed: string) => string | undefined
  readonly onProblem: (problem: string | undefined) => void
}

/** A field that shows what is saved again where the typed makes no sense. */
function Cell(props: CellProps) {
  return (
    <td>
      <input
        class="input"
        classList={{ 'input-short': props.isNumber ?? false, 'input-time': !props.isNumber }}
        inputMode={props.isNumber ? 'numeric' : 'text'}
        autocomplete="off"
        aria-label={props.label}
        value={props.kept}
        onChange={event => {
          const problem = props.take(event.currentTarget.value)
          // Also when the saved time was typed in another way: then nothing changes that would write it anew.
          event.currentTarget.value = props.kept
          props.onProblem(problem)
        }}
      />
    </td>
  )
}
