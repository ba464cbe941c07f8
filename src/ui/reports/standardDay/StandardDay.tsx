/** The standard day: all days as one, by hours or by the parts of the day, of the sensor or of the meter. */
import { createMemo, createSignal, Show } from 'solid-js'
import type { StandardDayModel } from '#reports/standardDayModel.ts'
import { ChartFigure } from '../../charts/ChartFigure.tsx'
import { Segmented } from '../../parts/Segmented.tsx'
import { dayCount } from '../../state/createPeriod.ts'
import { useFormat, usePreferences } from '../../state/preferences.ts'
import { reportTexts } from '../../texts/reports.ts'
import { standardDayTexts } from '../../texts/reports/standardDay.ts'
import { ChartOrTable } from '../ChartOrTable.tsx'
import { Legend } from '../Legend.tsx'
import { makePageKeys } from '../makePageKeys.ts'
import { withoutLowest } from '../panels/panelChart.ts'
import { NoGlucose } from '../NoGlucose.tsx'
import { PrintHead } from '../PrintHead.tsx'
import { standardChart, type StandardDrawing, standardLegend, standardStops, standardSummary } from './standardChart.ts'
import { StandardTable } from './StandardTable.tsx'
import './standardDay.css'

export interface StandardDayProps {
  readonly model: StandardDayModel
  readonly onDay: (day: number) => void
}

type By = 'hours' | 'periods'
type Of = 'sensor' | 'meter'
const t = standardDayTexts

export function StandardDay(props: StandardDayProps) {
  const format = useFormat()
  const preferences = usePreferences()
  const [by, setBy] = createSignal<By>('hours')
  const [wanted, setWanted] = createSignal<Of>('sensor')
  const [view, setView] = createSignal<'chart' | 'table'>('chart')
  makePageKeys({ t: () => setView(now => (now === 'chart' ? 'table' : 'chart')) })
  const period = () => props.model.period
  const days = () => format.days(period().firstDay, period().lastDay)
  const hasBoth = () => props.model.sensor !== undefined && props.model.meter !== undefined
  const of = (): Of => (hasBoth() ? wanted() : props.model.sensor ? 'sensor' : 'meter')
  const count = () => props.model[of()]?.all.count ?? 0
  const drawing = createMemo<StandardDrawing>(() => ({
    model: props.model,
    by: by(),
    of: of(),
    preferences: preferences.now(),
    format,
  }))
  const spec = createMemo(() => standardChart(drawing()))
  const printSpec = createMemo(() => ({
    ...spec(),
    lanes: spec().lanes.map(lane => ({ ...lane, ticks: withoutLowest(lane.ticks) })),
  }))
  const stops = createMemo(() => standardStops(drawing()))
  return (
    <div class="report-body standard-day">
      <PrintHead
        title={t.title}
        days={reportTexts.printed.days(days(), dayCount(period()))}
        devices={props.model.devices}
      />
      <Show
        when={count() > 0 || props.model.therapy}
        fallback={
          <p class="card report-card soft">
            <NoGlucose model={props.model} />
          </p>
        }
      >
        <div class="standard-choices screen-only">
          <Segmented
            label={t.by}
            value={by()}
            choices={(['hours', 'periods'] as const).map(value => ({ value, label: t.bys[value] }))}
            onChange={setBy}
          />
          <Show when={hasBoth()}>
            <Segmented
              label={t.of}
              value={of()}
              choices={(['sensor', 'meter'] as const).map(value => ({ value, label: t.ofs[value] }))}
              onChange={setWanted}
            />
          </Show>
        </div>
        <ChartOrTable
          title={count() > 0 ? `${t.chart[by()]}, ${t.ofs[of()].toLowerCase()}` : t.chart[by()]}
          view={view()}
          onView={setView}
          tablePrints
          chart={
            <Show
              when={spec().lanes.length > 0}
              fallback={
                <p class="soft">
                  <NoGlucose model={props.model} />
                </p>
              }
            >
              <ChartFigure
                class={by() === 'hours' ? 'chart-daily' : 'chart-profile'}
                spec={spec()}
                printSpec={printSpec()}
                stops={stops()}
                summary={standardSummary(drawing())}
                keys={t.keys}
                hint={t.hint}
                printHeightPt={by() === 'hours' ? 290 : 240}
              />
              <Show when={count() > 0}>
                <Legend label={t.legend.label} entries={standardLegend(drawing())} />
              </Show>
            </Show>
          }
          table={<StandardTable model={props.model} by={by()} of={of()} />}
        />
        <p class="small soft report-lead">
          <Show when={count() > 0} fallback={<NoGlucose model={props.model} />}>
            {t.unitNote(format.glucoseUnit())} {t.boxNote}
          </Show>{' '}
          <Show when={by() === 'hours'} fallback={t.periodsNote}>
            <Show when={props.model.therapy}>{t.therapyNote(props.model.insulinDays, props.model.carbDays)}</Show>{' '}
            <Show when={props.model.autoTotalDays > 0}>{t.autoNote(props.model.autoTotalDays)}</Show>
          </Show>
        </p>
      </Show>
    </div>
  )
}
