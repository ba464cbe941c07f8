/** Meals with the calculator: each mealtime as a chart, its means, and a table of every meal. */
import { For, Show } from 'solid-js'
import type { MealGroup, MealsModel } from '#reports/mealsModel.ts'
import { dayCount } from '../../state/createPeriod.ts'
import { useFormat } from '../../state/preferences.ts'
import { mealsTexts } from '../../texts/reports/meals.ts'
import { panelTexts } from '../../texts/reports/panels.ts'
import { reportTexts } from '../../texts/reports.ts'
import { ChartOrTable } from '../ChartOrTable.tsx'
import { createSlices } from '../createSlices.ts'
import { createPageView, createView, type View } from '../createView.ts'
import { PanelChart, PanelTable } from '../panels/PanelCurve.tsx'
import { MealPanelFigures, PanelRanges } from '../panels/PanelFigures.tsx'
import { PrintHead } from '../PrintHead.tsx'
import { MealTable } from './MealTable.tsx'
import '../panels/panels.css'
import './meals.css'

export interface MealsProps {
  readonly model: MealsModel
  readonly onDay: (day: number) => void
}

const t = mealsTexts

export function Meals(props: MealsProps) {
  const format = useFormat()
  const view = createPageView()
  const period = () => props.model.period
  const days = () => format.days(period().firstDay, period().lastDay)
  const eaten = () => props.model.groups.filter(({ events }) => events > 0)
  const hasMeals = () => eaten().length > 0
  const slices = createSlices(eaten, 1)
  /** What the columns of the tables mean: said once where it is the same of all. */
  const commonNotes = () => {
    const [first, ...others] = new Set(eaten().map(notesOf))
    return others.length === 0 ? first : undefined
  }
  return (
    <div class="report-body meals-report" aria-busy={slices.isBusy()}>
      <PrintHead
        title={t.title}
        days={reportTexts.printed.days(days(), dayCount(period()))}
        devices={props.model.devices}
      />
      <Show when={hasMeals()} fallback={<p class="card report-card soft">{t.nothing}</p>}>
        <p class="small soft report-lead">{t.lead}</p>
        <For each={slices.shown()}>
          {group => <Group group={group} view={view()} notes={commonNotes() === undefined ? notesOf(group) : ''} />}
        </For>
        <p class="small soft report-lead">
          {t.marks} {commonNotes()}
        </p>
      </Show>
    </div>
  )
}

const notesOf = ({ before, after }: MealGroup): string =>
  t.notes(t.upTo(-before.fromMinute), t.range(after.fromMinute, after.toMinute), t.minutes(after.toMinute))

function Group(props: { readonly group: MealGroup; readonly view: View; readonly notes: string }) {
  const [view, setView] = createView(() => props.view)
  const name = () => panelTexts.names[props.group.name]
  const ownNotes = () => [
    ...(props.notes === '' ? [] : [props.notes]),
    ...(props.group.meals.some(meal => meal.nextMealMinutes !== undefined) ? [t.nextNote] : []),
  ]
  return (
    <div class="meal-group">
      <Show when={props.group.values > 0}>
        <ChartOrTable
          title={name()}
          view={view()}
          onView={setView}
          tablePrints={false}
          chart={<PanelChart panel={props.group} class="chart-days" printHeightPt={118} />}
          table={<PanelTable panel={props.group} />}
        />
      </Show>
      <section class="card report-card">
        <h2>{t.numbers(name())}</h2>
        <Show when={props.group.values === 0}>
          <p class="soft">{panelTexts.noValues}</p>
        </Show>
        <p class="small soft">{t.counts(props.group.events, props.group.withWizard)}</p>
        <PanelRanges panel={props.group} />
        <MealPanelFigures panel={props.group} withCorrection />
        <MealTable group={props.group} />
        <Show when={ownNotes().length > 0}>
          <p class="small soft">{ownNotes().join(' ')}</p>
        </Show>
      </section>
    </div>
  )
}
