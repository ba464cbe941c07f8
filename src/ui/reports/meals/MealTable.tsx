/** Every meal of a mealtime, newest first: entered, calculated, given, and what glucose did. */
import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { deviceDayOf } from '#records/time.ts'
import type { MealGroup } from '#reports/mealsModel.ts'
import type { MealEvent } from '#reports/panelsModel.ts'
import { textOfDay } from '../../state/createPeriod.ts'
import { useFormat } from '../../state/preferences.ts'
import type { Format } from '../../texts/format.ts'
import { mealsTexts } from '../../texts/reports/meals.ts'
import { panelTexts } from '../../texts/reports/panels.ts'
import { reportTexts } from '../../texts/reports.ts'
import { rounded } from '../amounts.ts'
import { createSlices } from '../createSlices.ts'
import { shortDates } from '../dates.ts'
import { TableCsv } from '../../paper/TableCsv.tsx'

const t = mealsTexts
const none = reportTexts.none
const MEALS_AT_ONCE = 20

interface Column {
  readonly name: string
  readonly text: (meal: MealEvent, format: Format) => string | undefined
}

const units = (of: (meal: MealEvent) => number | undefined): Column['text'] => {
  return (meal, format) => {
    const value = of(meal)
    return value === undefined ? undefined : rounded(value, 2, format).replace(/^-/, '−')
  }
}
const glucose = (of: (meal: MealEvent) => number | undefined): Column['text'] => {
  return (meal, format) => {
    const mgdl = of(meal)
    return mgdl === undefined ? undefined : format.glucose(mgdl)
  }
}

const groups: readonly { readonly name: (unit: string) => string; readonly columns: readonly Column[] }[] = [
  {
    name: () => t.groups.entered,
    columns: [
      { name: t.columns.carbs, text: carbsText },
      { name: t.columns.entered, text: glucose(meal => meal.enteredMgdl) },
    ],
  },
  {
    name: () => t.groups.insulin,
    columns: [
      { name: t.columns.food, text: units(meal => meal.foodUnits) },
      { name: t.columns.correction, text: units(meal => meal.correctionUnits) },
      { name: t.columns.active, text: units(meal => meal.activeUnits) },
      { name: t.columns.proposed, text: units(meal => meal.proposedUnits) },
      { name: t.columns.delivered, text: units(meal => meal.deliveredUnits) },
    ],
  },
  {
    name: t.groups.glucose,
    columns: [
      { name: t.columns.before, text: glucose(meal => meal.beforeMgdl) },
      { name: t.columns.after, text: glucose(meal => meal.afterMgdl) },
      { name: t.columns.peak, text: glucose(meal => meal.peakMgdl) },
      { name: t.columns.end, text: glucose(meal => meal.endMgdl) },
    ],
  },
]

export function MealTable(props: { readonly group: MealGroup }) {
  const format = useFormat()
  const slices = createSlices(() => props.group.meals, MEALS_AT_ONCE)
  const name = () => t.table(panelTexts.names[props.group.name])
  return (
    <TableCsv name={name()}>
      <div class="table-wrap" role="region" aria-label={name()} tabindex="0" aria-busy={slices.isBusy()}>
        <table class="plain-table days-table meal-table">
          <caption class="visually-hidden">{name()}</caption>
          <thead>
            <tr>
              <td />
              <For each={groups}>
                {group => (
                  <th scope="colgroup" colSpan={group.columns.length}>
                    {group.name(format.glucoseUnit())}
                  </th>
                )}
              </For>
            </tr>
            <tr>
              <th scope="col">{t.columns.when}</th>
              <For each={groups.flatMap(group => group.columns)}>{column => <th scope="col">{column.name}</th>}</For>
            </tr>
          </thead>
          <tbody>
            <For each={slices.shown()}>
              {meal => (
                <tr>
                  <MealHead meal={meal} />
                  <For each={groups.flatMap(group => group.columns)}>
                    {column => <td>{column.text(meal, format) ?? none}</td>}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </TableCsv>
  )
}

function MealHead(props: { readonly meal: MealEvent }) {
  const format = useFormat()
  const day = () => deviceDayOf(props.meal.at)
  return (
    <th scope="row">
      <A href={`/reports/daily?day=${textOfDay(day())}`} title={reportTexts.days.openDay(format.dayExact(day()))}>
        {shortDates.weekdayAndDay(day())}
      </A>{' '}
      {format.timeOfDay(props.meal.at)}
      <Show when={props.meal.nextMealMinutes}>
        {minutes => (
          <sup>
            <span aria-hidden="true">{t.nextMark}</span>
            <span class="visually-hidden">, {t.next(Math.round(minutes()))}</span>
          </sup>
        )}
      </Show>
    </th>
  )
}

/** Grams and exchanges are never added. */
function carbsText({ carbsGrams, carbsExchanges, entries }: MealEvent, format: Format): string | undefined {
  const parts = [
    ...(carbsGrams === undefined ? [] : [reportTexts.dailyChart.grams(rounded(carbsGrams, 0, format))]),
    ...(carbsExchanges === undefined ? [] : [reportTexts.dailyChart.exchanges(rounded(carbsExchanges, 1, format))]),
  ]
  if (parts.length === 0) return undefined
  return entries > 1 ? `${parts.join(', ')} ${t.entries(entries)}` : parts.join(', ')
}
