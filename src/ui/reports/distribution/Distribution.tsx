/** Distribution: histogram with its cumulative line, the map of hours, and the published numbers of variability and risk. */
import './distribution.css'
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { DistributionModel } from '#reports/distributionModel.ts'
import { ChartFigure } from '../../charts/ChartFigure.tsx'
import { Segmented } from '../../parts/Segmented.tsx'
import { dayCount } from '../../state/createPeriod.ts'
import { useFormat } from '../../state/preferences.ts'
import { distributionTexts as t } from '../../texts/reports/distribution.ts'
import { reportTexts } from '../../texts/reports.ts'
import { ChartOrTable } from '../ChartOrTable.tsx'
import { makePageKeys } from '../makePageKeys.ts'
import { PrintHead } from '../PrintHead.tsx'
import { ReportTable } from '../ReportTable.tsx'
import {
  binRows,
  histogramChart,
  type HistogramDrawing,
  histogramStops,
  histogramSummary,
  percentText,
} from './histogramChart.ts'
import { HourTable } from './HourTable.tsx'
import { IndicesPanel } from './IndicesPanel.tsx'

export interface DistributionProps {
  readonly model: DistributionModel
}

type Source = 'sensor' | 'meter'

export function Distribution(props: DistributionProps) {
  const format = useFormat()
  const [view, setView] = createSignal<'chart' | 'table'>('chart')
  const [chosen, setChosen] = createSignal<Source>('sensor')
  makePageKeys({ t: () => setView(now => (now === 'chart' ? 'table' : 'chart')) })
  const period = () => props.model.period
  const days = () => format.days(period().firstDay, period().lastDay)
  const both = () => props.model.sensor !== undefined && props.model.meter !== undefined
  const source = (): Source => (both() ? chosen() : props.model.sensor ? 'sensor' : 'meter')
  const histogram = () => props.model[source()]
  const drawing = createMemo<HistogramDrawing | undefined>(() => {
    const shown = histogram()
    return shown ? { histogram: shown, units: props.model.units, format } : undefined
  })
  return (
    <div class="report-body distribution">
      <PrintHead
        title={t.title}
        days={reportTexts.printed.days(days(), dayCount(period()))}
        devices={props.model.devices}
      />
      <Show when={drawing()} fallback={<p class="card report-card soft">{t.nothing}</p>}>
        {drawn => (
          <>
            <Show when={both()}>
              <div class="screen-only">
                <Segmented
                  label={t.source}
                  labelShown
                  value={source()}
                  choices={(['sensor', 'meter'] as const).map(value => ({ value, label: t.sources[value] }))}
                  onChange={setChosen}
                />
              </div>
            </Show>
            <ChartOrTable
              title={t.histogram.title(t.sources[source()])}
              view={view()}
              onView={setView}
              tablePrints={false}
              chart={<HistogramChart drawing={drawn()} source={source()} />}
              table={<HistogramTable drawing={drawn()} />}
            />
            <Show when={props.model.hours[source()]}>{map => <HourTable map={map()} />}</Show>
          </>
        )}
      </Show>
      <Show when={props.model.indices}>{indices => <IndicesPanel indices={indices()} period={period()} />}</Show>
    </div>
  )
}

function HistogramChart(props: { readonly drawing: HistogramDrawing; readonly source: Source }) {
  const spec = createMemo(() => histogramChart(props.drawing))
  const stops = createMemo(() => histogramStops(props.drawing))
  return (
    <ChartFigure
      class="chart-profile"
      spec={spec()}
      stops={stops()}
      summary={histogramSummary(props.drawing, t.sources[props.source])}
      keys={t.histogram.keys}
      hint={t.histogram.hint}
      printHeightPt={190}
    />
  )
}

function HistogramTable(props: { readonly drawing: HistogramDrawing }) {
  const columns = t.histogram.columns
  const format = useFormat()
  const rows = () => binRows(props.drawing)
  return (
    <ReportTable
      name={t.histogram.tableName}
      columns={[
        `${columns.bin}, ${props.drawing.units}`,
        columns.count,
        columns.share,
        columns.cumulative,
        columns.ranges,
      ]}
      look="days-table narrow"
      isTall
    >
      <For each={rows()}>
        {row => (
          <tr>
            <th scope="row">
              {row.from}–{row.to}
            </th>
            <td>{format.number(row.count)}</td>
            <td>{percentText(row.share, format)}</td>
            <td>{percentText(row.cumulative, format)}</td>
            <td>{row.ranges.map(name => reportTexts.ranges.names[name]).join(', ')}</td>
          </tr>
        )}
      </For>
    </ReportTable>
  )
}
