/** Trends: one chosen measure over the days, and all measures in tables by day, week or month. */
import './trends.css'
import { createMemo, createSignal, Show } from 'solid-js'
import { type TrendMeasure, trendMeasures, type TrendsModel } from '#reports/trendsModel.ts'
import { ChartFigure } from '../../charts/ChartFigure.tsx'
import { Segmented } from '../../parts/Segmented.tsx'
import { dayCount } from '../../state/createPeriod.ts'
import { useFormat, usePreferences } from '../../state/preferences.ts'
import { reportTexts } from '../../texts/reports.ts'
import { trendsTexts as t } from '../../texts/reports/trends.ts'
import { Choice } from '../../parts/Choice.tsx'
import { ChartOrTable } from '../ChartOrTable.tsx'
import { makePageKeys } from '../makePageKeys.ts'
import { PrintHead } from '../PrintHead.tsx'
import { spokenByTime } from '../spoken.ts'
import { MeasureTable } from './MeasureTable.tsx'
import { glucoseMeasures, isPerDay, readText } from './measureText.ts'
import { hasMeasure, trendsChart, type TrendsDrawing, trendsStops } from './trendsChart.ts'
import { glucoseGroups, therapyGroups, TrendsTable } from './TrendsTable.tsx'

export interface TrendsProps {
  readonly model: TrendsModel
  readonly onDay: (day: number) => void
}

/** Opens with the first of these that is known. */
const FIRST_SHOWN: readonly TrendMeasure[] = ['target', 'meterMean', 'total', ...trendMeasures]
const isMeasure = (value: string): value is TrendMeasure => trendMeasures.some(name => name === value)
type Grouping = 'days' | 'weeks' | 'months'

export function Trends(props: TrendsProps) {
  const format = useFormat()
  const preferences = usePreferences()
  const [chosen, setChosen] = createSignal<TrendMeasure>()
  const [view, setView] = createSignal<'chart' | 'table'>('chart')
  makePageKeys({ t: () => setView(now => (now === 'chart' ? 'table' : 'chart')) })
  const [grouping, setGrouping] = createSignal<Grouping>('days')
  const period = () => props.model.period
  const days = () => format.days(period().firstDay, period().lastDay)
  const known = () => trendMeasures.filter(name => hasMeasure(props.model, name))
  const measure = () => {
    const name = chosen()
    if (name !== undefined && known().includes(name)) return name
    return FIRST_SHOWN.find(first => known().includes(first)) ?? 'mean'
  }
  const drawing = createMemo<TrendsDrawing>(() => ({
    model: props.model,
    measure: measure(),
    preferences: preferences.now(),
    format,
  }))
  const spec = createMemo(() => trendsChart(drawing()))
  const stops = createMemo(() => trendsStops(drawing()))
  const open = (x: number) => {
    const span = props.model.days.spans[Math.round(x)]
    if (span) props.onDay(span.firstDay)
  }
  const hasLine = () => props.model.sevenDays[measure()].some(value => !Number.isNaN(value))
  const summary = () => spokenOf(drawing())
  const notes = () =>
    [
      known().some(name => glucoseMeasures.has(name)) ? t.notes.glucose(format.glucoseUnit()) : t.notes.noGlucose,
      ...(known().includes('bolusPercent') ? [t.notes.bolusShare] : []),
      t.notes.rest,
      ...(known().includes('total') ? [t.notes.total] : []),
    ].join(' ')
  return (
    <div class="report-body trends">
      <PrintHead
        title={t.title}
        days={reportTexts.printed.days(days(), dayCount(period()))}
        devices={props.model.devices}
      />
      <Show when={known().length > 0} fallback={<p class="card report-card soft">{t.nothing}</p>}>
        <div class="screen-only">
          <Choice
            label={t.measure}
            value={measure()}
            choices={known().map(name => ({ value: name, label: t.names[name].long }))}
            onChange={value => {
              if (isMeasure(value)) setChosen(value)
            }}
          />
        </div>
        <ChartOrTable
          title={t.chart(t.names[measure()].long)}
          view={view()}
          onView={setView}
          tablePrints={false}
          chart={
            <>
              <ChartFigure
                class="chart-days"
                spec={spec()}
                stops={stops()}
                summary={summary()}
                keys={t.keys}
                hint={t.hint}
                printHeightPt={120}
                onPick={open}
              />
              <p class="small soft">
                {t.legend} {hasLine() ? t.legendLine : t.legendNoLine}
              </p>
            </>
          }
          table={<MeasureTable model={props.model} measure={measure()} />}
        />
        <div class="screen-only">
          <Segmented
            label={t.groupBy}
            value={grouping()}
            choices={(['days', 'weeks', 'months'] as const).map(value => ({ value, label: t.groupings[value] }))}
            onChange={setGrouping}
          />
        </div>
        <TrendsTable title={t.glucoseTable} groups={glucoseGroups} model={props.model} grouping={grouping()} />
        <TrendsTable title={t.therapyTable} groups={therapyGroups} model={props.model} grouping={grouping()} />
        <p class="small soft">{notes()}</p>
      </Show>
    </div>
  )
}

/** How the measure went over the days, in one spoken sentence. */
function spokenOf({ model, measure, format }: TrendsDrawing): string {
  const { days, knownDays, means } = model
  const name = t.names[measure].long
  const whole = means[measure]
  return reportTexts.spoken.of(t.spoken.known(name, knownDays[measure], days.spans.length), [
    ...spokenByTime(
      t.spoken.days,
      days.columns[measure],
      value => readText(measure, value, format, true),
      row => format.dayExact(days.spans[row]?.firstDay ?? 0),
    ),
    ...(Number.isNaN(whole) ? [] : [t.spoken.whole(readText(measure, whole, format, false), isPerDay(measure))]),
  ])
}
