/** A panel's picture and its table twin: the mean of each quarter of an hour, of how many, and the meter's values. */
import { createMemo, For, Show } from 'solid-js'
import type { MealPanel, NightPanel } from '#reports/panelsModel.ts'
import { ChartFigure } from '../../charts/ChartFigure.tsx'
import { useFormat, usePreferences } from '../../state/preferences.ts'
import { panelTexts } from '../../texts/reports/panels.ts'
import { reportTexts } from '../../texts/reports.ts'
import { sharesText } from '../amounts.ts'
import { ReportTable } from '../ReportTable.tsx'
import { isNight, panelChart, type PanelDrawing, panelSlots, panelStops } from './panelChart.ts'

const t = panelTexts

export interface PanelChartProps {
  readonly panel: MealPanel | NightPanel
  /** A class that gives the chart its height. */
  readonly class: string
  readonly printHeightPt: number
  readonly printWidthPt?: number
}

export function PanelChart(props: PanelChartProps) {
  const format = useFormat()
  const preferences = usePreferences()
  const drawing = createMemo<PanelDrawing>(() => ({ panel: props.panel, preferences: preferences.now(), format }))
  const spec = createMemo(() => panelChart(drawing()))
  const stops = createMemo(() => panelStops(drawing()))
  const events = () => (isNight(props.panel) ? t.nights : t.meals)(props.panel.events)
  const inRange = () => props.panel.ranges && sharesText(props.panel.ranges, ['target'], format)
  return (
    <ChartFigure
      class={props.class}
      spec={spec()}
      stops={stops()}
      summary={t.picture(t.names[props.panel.name], events(), inRange())}
      keys={t.keys}
      hint={t.hint}
      printHeightPt={props.printHeightPt}
      printWidthPt={props.printWidthPt}
    />
  )
}

export function PanelTable(props: { readonly panel: MealPanel | NightPanel }) {
  const format = useFormat()
  const slots = createMemo(() => panelSlots(props.panel, format))
  const hasMeter = () => slots().some(({ meter }) => meter.length > 0)
  const columns = () => {
    const names = t.columns
    const unit = format.glucoseUnit()
    const [time, events] = isNight(props.panel) ? ([names.clock, names.nights] as const) : [names.fromMeal, names.meals]
    return [time, names.mean(unit), events, ...(hasMeter() ? [names.meter(unit)] : [])]
  }
  return (
    <ReportTable name={t.curveTable(t.names[props.panel.name])} columns={columns()} look="days-table narrow" isTall>
      <For each={slots()}>
        {slot => (
          <tr>
            <th scope="row">{slot.time}</th>
            <td>{slot.meanMgdl === undefined ? reportTexts.none : format.glucose(slot.meanMgdl)}</td>
            <td>{format.number(slot.events)}</td>
            <Show when={hasMeter()}>
              <td>{slot.meter.join(', ') || reportTexts.none}</td>
            </Show>
          </tr>
        )}
      </For>
    </ReportTable>
  )
}
