/** Every meal of a mealtime, newest first: entered, calculated, given, and what glucose did. */
import { A } from '@solidjs/router'
import { createMemo, For, Show } from 'solid-js'
import { deviceDayOf } from '#records/time.ts'
import type { MealGroup } from '#reports/mealsModel.ts'
import type { MealEvent } from '#reports/panelsModel.ts'
import { textOfDay } from '../../state/createPeriod.ts'
import { useFormat } from '../../state/preferences.ts'
import type { Format } from '../../texts/format.ts'
import { mealsTexts } from '../../texts/reports/meals.ts'
import { panelTexts } from '../../texts/reports/panels.ts'
import { reportTexts } from '../../texts/reports.ts'
import { doseText, rounded } from '../amounts.ts'
import { createSlices } from '../createSlices.ts'
import { shortDates } from '../dates.ts'
import { ReportTable } from '../ReportTable.tsx'

const t = mealsTexts
const none = reportTexts.none
const MEALS_AT_ONCE = 20

interface Column {
  /** Some are in the person's glucose unit. */
  readonly name: string | ((unit: string) => string)
  readonly text: (meal: MealEvent, format: Format) => string | undefined
}

const units = (of: (meal: MealEvent) => number | undefined): Column['text'] => {
  return (meal, format) => {
    const value = of(meal)
    return value === undefined ? undefined : doseText(value, format)
  }
}
/** A number that only stands for a word of the device is that word. */
const glucose = (of: 'enteredMgdl' | keyof NonNullable<MealEvent['words']>): Column['text'] => {
  return (meal, format) => {
    const mgdl = meal[of]
    const word = of === 'enteredMgdl' ? undefined : meal.words?.[of]
    if (word) return reportTexts.dailyChart[word]
    return mgdl === undefined ? undefined : format.glucose(mgdl)
  }
}

const groups: readonly { readonly name: (unit: string) => string; readonly columns: readonly Column[] }[] = [
  {
    name: () => t.groups.entered,
    columns: [
      { name: t.columns.carbs, text: carbsText },
      { name: t.columns.entered, text: glucose('enteredMgdl') },
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
      { name: t.columns.before, text: glucose('beforeMgdl') },
      { name: t.columns.after, text: glucose('afterMgdl') },
      { name: t.columns.peak, text: glucose('peakMgdl') },
      { name: t.columns.end, text: glucose('endMgdl') },
    ],
  },
]

export function MealTable(props: { readonly group: MealGroup }) {
  const format = useFormat()
  const slices = createSlices(() => props.group.meals, MEALS_AT_ONCE)
  /** Columns in which something stands: without a calculator nothing was proposed. */
  const shown = createMemo(() =>
    groups
      .map(group => ({
        ...group,
        columns: group.columns.filter(({ text }) => props.group.meals.some(meal => text(meal, format) !== undefined)),
      }))
      .filter(({ columns }) => columns.length > 0),
  )
  const columns = () => shown().flatMap(group => group.columns)
  return (
    <div aria-busy={slices.isBusy()}>
      <ReportTable
        name={t.table(panelTexts.names[props.group.name])}
        look="days-table meal-table"
        heads={
          <>
            <tr>
              <td />
              <For each={shown()}>
                {group => (
                  <th scope="colgroup" colSpan={group.columns.length}>
                    {group.name(format.glucoseUnit())}
                  </th>
                )}
              </For>
            </tr>
            <tr>
              <th scope="col">{t.columns.when}</th>
              <For each={columns()}>
                {({ name }) => <th scope="col">{typeof name === 'string' ? name : name(format.glucoseUnit())}</th>}
              </For>
            </tr>
          </>
        }
      >
        <For each={slices.shown()}>
          {meal => (
            <tr>
              <MealHead meal={meal} />
              <For each={columns()}>{column => <td>{column.text(meal, format) ?? none}</td>}</For>
            </tr>
          )}
        </For>
      </ReportTable>
    </div>
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
