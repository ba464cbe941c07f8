/** One panel as a small card: its picture or table twin, its numbers, its ranges. */
import { type JSX, Show } from 'solid-js'
import type { MealPanel, NightPanel } from '#reports/panelsModel.ts'
import { useFormat, usePreferences } from '../../state/preferences.ts'
import { panelTexts } from '../../texts/reports/panels.ts'
import { ChartOrTable } from '../ChartOrTable.tsx'
import { createView, type View } from '../createView.ts'
import { PanelChart, PanelTable } from './PanelCurve.tsx'
import { MealPanelFigures, NightPanelFigures, PanelRanges } from './PanelFigures.tsx'
import { timeAt } from './panelWords.ts'
import './panels.css'

const t = panelTexts
/** Two nights, or three meals, fit beside one another on paper. */
const NIGHT_WIDTH_PT = 253
const MEAL_WIDTH_PT = 168

interface PanelCardProps<Panel> {
  readonly panel: Panel
  /** Of all the report's parts. */
  readonly view: View
  /** Height of the picture on paper. */
  readonly paperPt: number
}

export function MealPanelCard(props: PanelCardProps<MealPanel>) {
  const format = useFormat()
  const preferences = usePreferences()
  const span = () => {
    if (props.panel.name === 'other') return t.otherTimes
    const { fromMinute, toMinute } = preferences.now().meals[props.panel.name]
    return t.span(format.timeOfDay(timeAt(fromMinute)), format.timeOfDay(timeAt(toMinute)))
  }
  return (
    <Card
      panel={props.panel}
      view={props.view}
      note={`${span()}, ${t.meals(props.panel.events)}`}
      missing={props.panel.events === 0 ? t.noMeals : props.panel.values === 0 ? t.noValues : undefined}
      paperPt={[MEAL_WIDTH_PT, props.paperPt]}
    >
      <Show when={props.panel.events > 0}>
        <MealPanelFigures panel={props.panel} />
      </Show>
    </Card>
  )
}

export function NightPanelCard(props: PanelCardProps<NightPanel>) {
  return (
    <Card
      panel={props.panel}
      view={props.view}
      note={t.nights(props.panel.events)}
      missing={props.panel.events === 0 ? t.noNights : undefined}
      paperPt={[NIGHT_WIDTH_PT, props.paperPt]}
    >
      <Show when={props.panel.events > 0}>
        <NightPanelFigures panel={props.panel} />
      </Show>
    </Card>
  )
}

interface CardProps {
  readonly panel: MealPanel | NightPanel
  readonly view: View
  readonly note: string
  /** Why there is nothing to draw. */
  readonly missing: string | undefined
  readonly paperPt: readonly [width: number, height: number]
  /** The numbers. */
  readonly children: JSX.Element
}

function Card(props: CardProps) {
  const [view, setView] = createView(() => props.view)
  const name = () => t.names[props.panel.name]
  return (
    <Show
      when={props.missing === undefined}
      fallback={
        <section class="card report-card panel-card">
          <div class="row-apart">
            <h2>{name()}</h2>
            <p class="small soft">{props.note}</p>
          </div>
          <p class="soft">{props.missing}</p>
          {props.children}
        </section>
      }
    >
      <ChartOrTable
        class="panel-card"
        title={name()}
        note={props.note}
        view={view()}
        onView={setView}
        tablePrints={false}
        chart={
          <PanelChart
            panel={props.panel}
            class="chart-panel"
            printWidthPt={props.paperPt[0]}
            printHeightPt={props.paperPt[1]}
          />
        }
        table={<PanelTable panel={props.panel} />}
      >
        <PanelRanges panel={props.panel} />
        {props.children}
      </ChartOrTable>
    </Show>
  )
}
