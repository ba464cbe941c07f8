/** The sensor and meter overview: all days over one another, ranges and key numbers, the nights and the meals. */
import { createMemo, For, Show } from 'solid-js'
import type { SensorMeterModel } from '#reports/sensorMeterModel.ts'
import { ChartFigure } from '../../charts/ChartFigure.tsx'
import { dayCount } from '../../state/createPeriod.ts'
import { useFormat, usePreferences } from '../../state/preferences.ts'
import type { Format } from '../../texts/format.ts'
import { panelTexts } from '../../texts/reports/panels.ts'
import { reportTexts } from '../../texts/reports.ts'
import { sensorMeterTexts } from '../../texts/reports/sensorMeter.ts'
import { ChartOrTable } from '../ChartOrTable.tsx'
import { MeterFigures } from '../GlucoseFigures.tsx'
import { PeriodInsulin } from '../InsulinFigures.tsx'
import { createSlices } from '../createSlices.ts'
import { Legend, type LegendEntry } from '../Legend.tsx'
import { createPageView, createView, type View } from '../createView.ts'
import { MealPanelCard, NightPanelCard } from '../panels/PanelCard.tsx'
import { NoGlucose } from '../NoGlucose.tsx'
import { PrintHead } from '../PrintHead.tsx'
import { spokenGlucose, spokenMedian } from '../spoken.ts'
import { TimeInRanges } from '../TimeInRanges.tsx'
import { isFilled } from '../weekly/DayRows.tsx'
import { DayByDay } from './DayByDay.tsx'
import { overlayChart, type OverlayDrawing, overlayStops } from './overlayChart.ts'
import { OverlayTable } from './OverlayTable.tsx'
import { SensorMeterFigures } from './SensorMeterFigures.tsx'
import './sensorMeter.css'

export interface SensorMeterProps {
  readonly model: SensorMeterModel
  readonly onDay: (day: number) => void
}

const t = sensorMeterTexts
/** Heights of the pictures on paper: with meals the report fills two pages, without it fits on one. */
const CHART_PT = { withMeals: 320, alone: 190 } as const
const NIGHT_PT = { withMeals: 165, alone: 110 } as const
const MEAL_PT = 185

export function SensorMeter(props: SensorMeterProps) {
  const format = useFormat()
  const view = createPageView()
  const lanes = () => props.model.lanes.days
  // One after the other, so that no task draws two of them.
  const parts = createSlices(() => [...props.model.nights, ...props.model.meals, ...lanes()], 1)
  const drawnOf = <T,>(all: readonly T[], before: number): readonly T[] =>
    all.slice(0, Math.max(0, parts.shown().length - before))
  const nights = () => drawnOf(props.model.nights, 0)
  const meals = () => drawnOf(props.model.meals, props.model.nights.length)
  const days = () => drawnOf(lanes(), props.model.nights.length + props.model.meals.length)
  const hasLanes = () => lanes().some(isFilled)
  const hasGlucose = () => props.model.sensor !== undefined || props.model.meter !== undefined
  const hasMeals = () => props.model.meals.some(({ events }) => events > 0)
  const paper = () => (hasMeals() ? 'withMeals' : 'alone')
  const period = () => props.model.period
  const periodText = () => format.days(period().firstDay, period().lastDay)
  return (
    <div class="report-body sensor-meter" aria-busy={parts.isBusy()}>
      <PrintHead
        title={t.title}
        days={reportTexts.printed.days(periodText(), dayCount(period()))}
        devices={props.model.devices}
      />
      <Show
        when={hasGlucose()}
        fallback={
          <p class="card report-card soft">
            <NoGlucose model={props.model} />
          </p>
        }
      >
        <Overlay model={props.model} view={view()} paperPt={CHART_PT[paper()]} />
        <div class="overview-pair overview-glucose">
          <Ranges model={props.model} />
          <section class="card report-card">
            <h2>{t.numbers}</h2>
            <Show
              when={props.model.sensor}
              fallback={
                <Show when={props.model.meter}>{meter => <MeterFigures summary={meter()} period={period()} />}</Show>
              }
            >
              {sensor => <SensorMeterFigures model={props.model} sensor={sensor()} />}
            </Show>
          </section>
        </div>
      </Show>
      <Show when={props.model.insulin}>
        {insulin => (
          <section class="card report-card overview-insulin">
            <h2>{t.insulin}</h2>
            <PeriodInsulin insulin={insulin()} period={period()} />
          </section>
        )}
      </Show>
      <Show when={hasGlucose() || hasMeals()}>
        <div class="panel-grid" classList={{ 'sensor-meter-second': hasMeals() }}>
          <For each={nights()}>
            {panel => <NightPanelCard panel={panel} view={view()} paperPt={NIGHT_PT[paper()]} />}
          </For>
        </div>
        <Show when={hasMeals()} fallback={<p class="soft">{t.noMeals}</p>}>
          <div class="panel-grid panel-meals">
            <For each={meals()}>{panel => <MealPanelCard panel={panel} view={view()} paperPt={MEAL_PT} />}</For>
          </div>
        </Show>
        <p class="small soft report-lead">
          {panelTexts.legend} {hasMeals() ? t.panelsNote : ''}
        </p>
      </Show>
      <Show when={hasLanes()}>
        <DayByDay model={props.model} view={view()} drawn={days()} onDay={props.onDay} />
      </Show>
    </div>
  )
}

function Overlay(props: { readonly model: SensorMeterModel; readonly view: View; readonly paperPt: number }) {
  const format = useFormat()
  const preferences = usePreferences()
  const [view, setView] = createView(() => props.view)
  const drawing = createMemo<OverlayDrawing>(() => ({ model: props.model, preferences: preferences.now(), format }))
  const spec = createMemo(() => overlayChart(drawing()))
  const stops = createMemo(() => overlayStops(drawing()))
  return (
    <ChartOrTable
      title={t.overlay}
      view={view()}
      onView={setView}
      tablePrints={false}
      chart={
        <>
          <ChartFigure
            class="chart-profile"
            spec={spec()}
            stops={stops()}
            summary={spokenOf(props.model, format)}
            keys={t.keys}
            hint={t.hint}
            printHeightPt={props.paperPt}
          />
          <Legend label={t.legend.label} entries={legendOf(props.model)} />
          <p class="small soft">{t.legendNote(props.model.dayCount, props.model.tracedDays)}</p>
        </>
      }
      table={<OverlayTable model={props.model} />}
    />
  )
}

/** What all days together say, in one spoken sentence. */
const spokenOf = ({ dayCount, sensor, meter, profile }: SensorMeterModel, format: Format): string =>
  reportTexts.spoken.of(t.spokenName(dayCount), [
    ...(sensor ? spokenGlucose('sensor', sensor, format) : []),
    ...(sensor && profile ? spokenMedian(profile, format) : []),
    ...(meter ? spokenGlucose('meter', meter, format) : []),
  ])

const legendOf = (model: SensorMeterModel): readonly LegendEntry[] => [
  ...(model.sensor
    ? ([
        { shape: 'line', tone: 'neutral', text: t.legend.trace },
        { shape: 'line', tone: 'profileMedian', text: t.legend.mean },
        { shape: 'area', tone: 'profileInner', text: t.legend.inner },
        { shape: 'area', tone: 'profileOuter', text: t.legend.outer },
      ] as const)
    : []),
  ...(model.points.mgdl.length > 0 ? ([{ shape: 'diamond', tone: 'ink', text: t.legend.meter }] as const) : []),
]

function Ranges(props: { readonly model: SensorMeterModel }) {
  const texts = reportTexts.ranges
  return (
    <Show
      when={props.model.sensor}
      fallback={
        <Show when={props.model.meter}>
          {meter => (
            <section class="card report-card">
              <h2>{texts.meterTitle}</h2>
              <TimeInRanges
                shares={meter().ranges}
                of="meter"
                period={props.model.period}
                note={texts.meterStandsOn(meter().count, meter().daysWithData)}
              />
            </section>
          )}
        </Show>
      }
    >
      {sensor => (
        <section class="card report-card">
          <h2>{texts.title}</h2>
          <TimeInRanges
            shares={sensor().ranges}
            of="sensor"
            period={props.model.period}
            note={texts.standsOn(sensor().count, sensor().daysWithData)}
          />
        </section>
      )}
    </Show>
  )
}
