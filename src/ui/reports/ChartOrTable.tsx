/** A chart and its table twin in one place: a switch shows one of them, print shows what it is told to. */
import { type JSX, Show } from 'solid-js'
import { useForPaper } from '../charts/onPaper.ts'
import { reportTexts } from '../texts/reports.ts'
import { ViewSwitch } from './ViewSwitch.tsx'

export interface ChartOrTableProps {
  readonly title: string
  readonly view: 'chart' | 'table'
  readonly onView: (view: 'chart' | 'table') => void
  readonly chart: JSX.Element
  readonly table: JSX.Element
  /** Print shows the table too while the chart is on the screen. */
  readonly tablePrints: boolean
  /** Beside the title. */
  readonly note?: string
  /** A class of the card's own. */
  readonly class?: string
  /** Under both. */
  readonly children?: JSX.Element
}

export function ChartOrTable(props: ChartOrTableProps) {
  const forPaper = useForPaper()
  return (
    <section class={`card report-card ${props.class ?? ''}`}>
      <div class="row-apart">
        <h2>{props.title}</h2>
        <Show when={props.note}>
          <p class="small soft">{props.note}</p>
        </Show>
        <ViewSwitch label={reportTexts.showAs(props.title)} view={props.view} onView={props.onView} />
      </div>
      <div classList={{ 'print-only': props.view === 'table' }}>{props.chart}</div>
      <Show when={props.view === 'table' || (props.tablePrints && forPaper())}>
        <div classList={{ 'print-only': props.view === 'chart' }}>{props.table}</div>
      </Show>
      {props.children}
    </section>
  )
}
