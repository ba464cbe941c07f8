/** The overview of a period: time in ranges, key numbers, insulin, episodes, and every day as a bar and as a row. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import { roundHalfEven } from '#records/units.ts'
import type { OverviewModel, Period } from '#reports/models.ts'
import { ChartFigure } from '../charts/ChartFigure.tsx'
import { dayCount } from '../state/createPeriod.ts'
import { useFormat, usePreferences } from '../state/preferences.ts'
import type { Format } from '../texts/format.ts'
import { assessmentTexts } from '../texts/reports/assessment.ts'
import { reportTexts } from '../texts/reports.ts'
import { ChartOrTable } from './ChartOrTable.tsx'
import { type DaysDrawing, dayStops, meterDaysChart, sensorDaysChart } from './daysChart.ts'
import { DaysTable } from './DaysTable.tsx'
import { AgainstBefore } from './AgainstBefore.tsx'
import { hoursText, rounded } from './amounts.ts'
import { behind } from './behind.ts'
import { Episodes } from './Episodes.tsx'
import { Figure } from './Figure.tsx'
import { MeterFigures, SensorFigures } from './GlucoseFigures.tsx'
import { PeriodInsulin } from './InsulinFigures.tsx'
import { makePageKeys } from './makePageKeys.ts'
import { NoGlucose } from './NoGlucose.tsx'
import { PrintHead } from './PrintHead.tsx'
import { spokenDays, spokenGlucose } from './spoken.ts'
import { TimeInRanges } from './TimeInRanges.tsx'

export interface OverviewProps {
  readonly model: OverviewModel
  readonly onDay: (day: number) => void
}

const t = reportTexts
const MINUTES_A_DAY = 1440

export function Overview(props: OverviewProps) {
  const format = useFormat()
  const preferences = usePreferences()
  const [view, setView] = createSignal<'chart' | 'table'>('chart')
  makePageKeys({ t: () => setView(now => (now === 'chart' ? 'table' : 'chart')) })

  const period = () => props.model.period
  const days = () => format.days(period().firstDay, period().lastDay)
  const drawing = createMemo<DaysDrawing>(() => ({ days: props.model.days, preferences: preferences.now(), format }))
  const open = (x: number) => {
    const chosen = props.model.days[Math.round(x)]
    if (chosen) props.onDay(chosen.day)
  }
  return (
    <div class="report-body overview">
      <PrintHead title={t.overview} days={t.printed.days(days(), dayCount(period()))} devices={props.model.devices} />
      <p class="report-lead soft">{leadText(props.model, format.days)}</p>
      <Show when={props.model.sensor}>
        {sensor => (
          <div class="overview-pair overview-glucose">
            <section class="card report-card">
              <h2>{t.ranges.title}</h2>
              <TimeInRanges
                shares={sensor().ranges}
                of="sensor"
                period={period()}
                note={t.ranges.standsOn(sensor().count, sensor().daysWithData)}
              />
            </section>
            <section class="card report-card">
              <h2>{t.figures.title}</h2>
              <SensorFigures summary={sensor()} period={period()} risk={props.model.risk}>
                <Show when={props.model.automaticShare !== undefined}>
                  <AutomaticFigure share={props.model.automaticShare ?? 0} period={period()} />
                </Show>
              </SensorFigures>
            </section>
          </div>
        )}
      </Show>
      <Show when={props.model.sensor ? undefined : props.model.meter}>
        {meter => (
          <div class="overview-pair overview-glucose">
            <section class="card report-card">
              <h2>{t.ranges.meterTitle}</h2>
              <TimeInRanges
                shares={meter().ranges}
                of="meter"
                period={period()}
                note={t.ranges.meterStandsOn(meter().count, meter().daysWithData)}
              />
            </section>
            <section class="card report-card">
              <h2>{t.figures.meter}</h2>
              <MeterFigures summary={meter()} period={period()} />
            </section>
          </div>
        )}
      </Show>
      <Show when={!props.model.sensor && !props.model.meter}>
        <p class="card report-card soft">
          <NoGlucose model={props.model} />
        </p>
      </Show>
      <Show when={props.model.insulin}>
        {insulin => (
          <section class="card report-card overview-insulin">
            <h2>{t.figures.insulin}</h2>
            <PeriodInsulin insulin={insulin()} period={period()}>
              <Show when={props.model.changes}>
                {changes => <ChangeFigures changes={changes()} period={period()} />}
              </Show>
            </PeriodInsulin>
          </section>
        )}
      </Show>
      <ChartOrTable
        title={t.days.title}
        view={view()}
        onView={setView}
        tablePrints
        chart={<DayChart model={props.model} drawing={drawing()} onPick={open} />}
        table={<DaysTable days={props.model.days} />}
      />
      <Show when={props.model.comparison}>{comparison => <AgainstBefore comparison={comparison()} />}</Show>
      <Show when={props.model.sensor}>
        {sensor => (
          <div class="overview-pair overview-last">
            <section class="card report-card">
              <div class="row-apart">
                <h2>{t.episodes.title}</h2>
                <p class="small soft">{t.episodes.text}</p>
              </div>
              <Episodes episodes={sensor().episodes} />
            </section>
            <Show when={props.model.meter}>
              {meter => (
                <section class="card report-card">
                  <h2>{t.figures.meter}</h2>
                  <MeterFigures summary={meter()} period={period()} />
                </section>
              )}
            </Show>
          </div>
        )}
      </Show>
    </div>
  )
}

/** How much of the time the pump's algorithm gave the basal. */
function AutomaticFigure(props: { readonly share: number; readonly period: Period }) {
  const format = useFormat()
  return (
    <Figure
      name={assessmentTexts.table.rows.automatic}
      value={format.percent(roundHalfEven(100 * props.share))}
      note={t.ranges.perDay(hoursText(props.share * MINUTES_A_DAY))}
      query={{ ...behind.modes, period: props.period }}
      of="entries"
    />
  )
}

type Changes = NonNullable<OverviewModel['changes']>

/** How often set and reservoir are changed, from the rewinds and fills that the pump logged. */
function ChangeFigures(props: { readonly changes: Changes; readonly period: Period }) {
  const format = useFormat()
  const query = () => ({ kinds: ['event'] as const, types: ['rewind', 'prime'], period: props.period })
  const figures = (): readonly (readonly [string, Changes['set']])[] => [
    [t.figures.setChange, props.changes.set],
    [t.figures.reservoirChange, props.changes.reservoir],
  ]
  return (
    <For each={figures()}>
      {([name, change]) => (
        <Figure
          name={name}
          value={change.meanDays === undefined ? undefined : rounded(change.meanDays, 1, format)}
          unit={t.figures.daysUnit}
          note={t.figures.changesNote(change.count, change.intervals)}
          query={query()}
          of="entries"
        />
      )}
    </For>
  )
}

/** Bars of the sensor, or of the meter where no sensor was worn at all. */
function DayChart(props: {
  readonly model: OverviewModel
  readonly drawing: DaysDrawing
  readonly onPick: (x: number) => void
}) {
  const withSensor = () => props.drawing.days.filter(day => day.sensor).length
  const meterOnly = () => props.drawing.days.some(day => day.meter && !day.sensor)
  const meterValues = () => props.drawing.days.reduce((sum, day) => sum + (day.meter?.count ?? 0), 0)
  const spec = createMemo(() => (withSensor() > 0 ? sensorDaysChart(props.drawing) : meterDaysChart(props.drawing)))
  const stops = createMemo(() => dayStops(props.drawing))
  return (
    <Show when={withSensor() + meterValues() > 0} fallback={<p class="soft">{t.figures.noGlucose}</p>}>
      <ChartFigure
        class="chart-days"
        spec={spec()}
        stops={stops()}
        summary={spokenOf(props.model, props.drawing.format)}
        keys={t.days.keys}
        hint={t.days.hint}
        printHeightPt={80}
        onPick={props.onPick}
      />
      <p class="small soft">
        {withSensor() > 0 ? t.days.shareAxis : t.days.countAxis}
        <Show when={withSensor() > 0 && meterOnly()}> {t.days.narrow}</Show>
      </p>
    </Show>
  )
}

/** The bars' result in one spoken sentence. */
function spokenOf(model: OverviewModel, format: Format): string {
  const of = model.sensor ? 'sensor' : 'meter'
  const summary = model[of]
  if (!summary) return t.figures.noGlucose
  const days = model.days.flatMap(day => day[of] ?? [])
  return t.spoken.sentence([...spokenGlucose(of, summary, format), ...spokenDays(days, format)])
}

function leadText(model: OverviewModel, daysText: (first: number, last: number) => string): string {
  const withData = model.days.filter(day => day.sensor || day.meter || day.insulin).length
  const { dataFirstDay, dataLastDay } = model
  if (dataFirstDay === undefined || dataLastDay === undefined) {
    return t.period.nothing(daysText(model.period.firstDay, model.period.lastDay))
  }
  return t.period.text(daysText(dataFirstDay, dataLastDay), withData, model.days.length)
}
