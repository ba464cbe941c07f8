/** Mealtimes with the minutes around a meal, night, bedtime and wake-up. Only what makes sense is saved. */
import { createEffect, createSignal, For, on, Show } from 'solid-js'
import { defaultPreferences, type MealName, mealNames, type Mealtime, type Preferences } from '#records/preferences.ts'
import { Button } from '../../parts/Button.tsx'
import { endMinuteFrom, minuteFrom, timeText } from '../../state/timeOfDay.ts'
import { preferenceTexts as t } from '../../texts/preferences.ts'

type Times = Pick<Preferences, 'meals' | 'overnight' | 'bedtime' | 'wakeUp'>
const spanNames = ['overnight', 'bedtime', 'wakeUp'] as const

export interface TimeSettingsProps {
  readonly times: Times
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
  /** Shows what is saved again where the typed makes no sense. */
  const refuse = (input: HTMLInputElement, kept: string, why: string) => {
    input.value = kept
    setProblem(why)
  }
  const changeMeal = (name: MealName, change: Partial<Mealtime>): boolean => {
    const meal = { ...props.times.meals[name], ...change }
    if (meal.fromMinute >= meal.toMinute || meal.afterFromMinutes >= meal.afterToMinutes) return false
    props.onChange({ meals: { ...props.times.meals, [name]: meal } })
    return true
  }

  const mealTime = (name: MealName, end: 'fromMinute' | 'toMinute', column: string) => (
    <td>
      <input
        class="input"
        type="time"
        aria-label={t.of(column, t.meals[name])}
        value={timeText(props.times.meals[name][end])}
        onChange={event => {
          const input = event.currentTarget
          const minute = end === 'toMinute' ? endMinuteFrom(input.value) : minuteFrom(input.value)
          if (minute === undefined || !changeMeal(name, { [end]: minute }))
            refuse(input, timeText(props.times.meals[name][end]), t.order)
        }}
      />
    </td>
  )
  const mealMinutes = (
    name: MealName,
    field: 'beforeMinutes' | 'afterFromMinutes' | 'afterToMinutes',
    column: string,
  ) => (
    <td>
      <input
        class="input input-short"
        inputMode="numeric"
        aria-label={t.of(column, t.meals[name])}
        value={String(props.times.meals[name][field])}
        onChange={event => {
          const input = event.currentTarget
          const minutes = /^\d{1,3}$/.test(input.value.trim()) ? Number(input.value) : Number.NaN
          const kept = String(props.times.meals[name][field])
          if (!(minutes <= MOST_MINUTES)) refuse(input, kept, t.number)
          else if (!changeMeal(name, { [field]: minutes })) refuse(input, kept, t.order)
        }}
      />
    </td>
  )
  const spanTime = (name: (typeof spanNames)[number], end: 'fromMinute' | 'toMinute', column: string) => (
    <td>
      <input
        class="input"
        type="time"
        aria-label={t.of(column, t.spans[name])}
        value={timeText(props.times[name][end])}
        onChange={event => {
          const input = event.currentTarget
          const minute = end === 'toMinute' ? endMinuteFrom(input.value) : minuteFrom(input.value)
          const span = { ...props.times[name], ...(minute === undefined ? {} : { [end]: minute }) }
          if (minute === undefined || span.fromMinute === span.toMinute)
            refuse(input, timeText(props.times[name][end]), t.order)
          else props.onChange({ [name]: span })
        }}
      />
    </td>
  )
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
                  {mealTime(name, 'fromMinute', t.from)}
                  {mealTime(name, 'toMinute', t.to)}
                </tr>
              )}
            </For>
            <For each={spanNames}>
              {name => (
                <tr>
                  <th scope="row">{t.spans[name]}</th>
                  {spanTime(name, 'fromMinute', t.from)}
                  {spanTime(name, 'toMinute', t.to)}
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
              <For each={[t.meal, t.before, t.afterFrom, t.afterTo]}>{name => <th scope="col">{name}</th>}</For>
            </tr>
          </thead>
          <tbody>
            <For each={mealNames}>
              {name => (
                <tr>
                  <th scope="row">{t.meals[name]}</th>
                  {mealMinutes(name, 'beforeMinutes', t.before)}
                  {mealMinutes(name, 'afterFromMinutes', t.afterFrom)}
                  {mealMinutes(name, 'afterToMinutes', t.afterTo)}
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
