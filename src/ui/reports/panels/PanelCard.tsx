/** One panel as a small card: its picture, its numbers, its ranges. */
import { createMemo, Show } from 'solid-js'
import type { MealPanel, NightPanel } from '#reports/panelsModel.ts'
import { useForPaper } from '../../charts/onPaper.ts'
import { SvgChart } from '../../charts/SvgChart.tsx'
import { useFormat, usePreferences } from '../../state/preferences.ts'
import { panelTexts } from '../../texts/reports/panels.ts'
import { panelChart } from './panelChart.ts'
import { MealPanelFigures, NightPanelFigures, PanelRanges } from './PanelFigures.tsx'
import { timeAt } from './panelWords.ts'
import './panels.css'

const t = panelTexts
/** Two nights, or three meals, fit beside one another on paper; on the screen they grow with their card. */
const NIGHT_PT = [253, 120] as const
const MEAL_PT = [168, 120] as const

interface PanelCardProps<Panel> {
  readonly panel: Panel
  /** Of the picture on paper, where there is more room or less than usual. */
  readonly paperPt?: number | undefined
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
    <section class="card report-card panel-card">
      <div class="row-apart">
        <h2>{t.names[props.panel.name]}</h2>
        <p class="small soft">
          {span()}, {t.meals(props.panel.events)}
        </p>
      </div>
      <Show when={props.panel.events > 0} fallback={<p class="soft">{t.noMeals}</p>}>
        <Show when={props.panel.values > 0} fallback={<p class="soft">{t.noValues}</p>}>
          <Picture panel={props.panel} events={t.meals(props.panel.events)} sizePt={MEAL_PT} paperPt={props.paperPt} />
          <PanelRanges panel={props.panel} />
        </Show>
        <MealPanelFigures panel={props.panel} />
      </Show>
    </section>
  )
}

export function NightPanelCard(props: PanelCardProps<NightPanel>) {
  return (
    <section class="card report-card panel-card">
      <div class="row-apart">
        <h2>{t.names[props.panel.name]}</h2>
        <p class="small soft">{t.nights(props.panel.events)}</p>
      </div>
      <Show when={props.panel.events > 0} fallback={<p class="soft">{t.noNights}</p>}>
        <Picture panel={props.panel} events={t.nights(props.panel.events)} sizePt={NIGHT_PT} paperPt={props.paperPt} />
        <PanelRanges panel={props.panel} />
        <NightPanelFigures panel={props.panel} />
      </Show>
    </section>
  )
}

function Picture(props: {
  readonly panel: MealPanel | NightPanel
  readonly events: string
  readonly sizePt: readonly [number, number]
  readonly paperPt?: number | undefined
}) {
  const forPaper = useForPaper()
  const format = useFormat()
  const preferences = usePreferences()
  // The picture asks for it at every mark.
  const spec = createMemo(() => panelChart({ panel: props.panel, preferences: preferences.now(), format }))
  return (
    <div class="panel-picture" role="img" aria-label={t.picture(t.names[props.panel.name], props.events)}>
      <SvgChart spec={spec()} widthPt={props.sizePt[0]} heightPt={(forPaper() && props.paperPt) || props.sizePt[1]} />
    </div>
  )
}
