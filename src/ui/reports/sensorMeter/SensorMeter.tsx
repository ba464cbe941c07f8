/** The sensor and meter overview: all days over one another, ranges and key numbers, the nights and the meals. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { SensorMeterModel } from '#reports/sensorMeterModel.ts'
import { ChartFigure } from '../../charts/ChartFigure.tsx'
import { dayCount } from '../../state/createPeriod.ts'
import { useFormat, usePreferences } from '../../state/preferences.ts'
import { panelTexts } from '../../texts/reports/panels.ts'
import { reportTexts } from '../../texts/reports.ts'
import { sensorMeterTexts } from '../../texts/reports/sensorMeter.ts'
import { ChartOrTable } from '../ChartOrTable.tsx'
import { MeterFigures } from '../GlucoseFigures.tsx'
import { PeriodInsulin } from '../InsulinFigures.tsx'
import { createSlices } from '../createSlices.ts'
import { Legend, type LegendEntry } from '../Legend.tsx'
import { makePageKeys } from '../makePageKeys.ts'
import { MealPanelCard, NightPanelCard } from '../panels/PanelCard.tsx'
import { PrintHead } from '../PrintHead.tsx'
import { TimeInRanges } from '../TimeInRanges.tsx'
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
  const nights = createSlices(() => props.model.nights, 1)
  const meals = createSlices(() => (nights.isBusy() ? [] : props.model.meals), 1)
  const isBusy = () => nights.isBusy() || meals.shown().length < props.model.meals.length
  const hasGlucose = () => props.model.sensor !== undefined || props.model.meter !== undefined
  const hasMeals = () => props.model.meals.some(({ events }) => events > 0)
  const paper = () => (hasMeals() ? 'withMeals' : 'alone')
  const period = () => props.model.period
  const days = () => format.days(period().firstDay, period().lastDay)
  return (
    <div class="report-body sensor-meter" aria-busy={isBusy()}>
      <PrintHead
        title={t.title}
        days={reportTexts.printed.days(days(), dayCount(period()))}
        devices={props.model.devices}
      />
      <Show when={hasGlucose()} fallback={<p class="card report-card soft">{reportTexts.figures.noGlucose}</p>}>
        <Overlay model={props.model} paperPt={CHART_PT[paper()]} />
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
          <For each={nights.shown()}>{panel => <NightPanelCard panel={panel} paperPt={NIGHT_PT[paper()]} />}</For>
        </div>
        <Show when={hasMeals()} fallback={<p class="soft">{t.noMeals}</p>}>
          <div class="panel-grid panel-meals">
            <For each={meals.shown()}>{panel => <MealPanelCard panel={panel} paperPt={MEAL_PT} />}</For>
          </div>
        </Show>
        <p class="small soft report-lead">
          {panelTexts.legend} {hasMeals() ? t.panelsNote : ''}
        </p>
      </Show>
    </div>
  )
}

function Overlay(props: { readonly model: SensorMeterModel; readonly paperPt: number }) {
  const format = useFormat()
  const preferences = usePreferences()
  const [view, setView] = createSignal<'chart' | 'table'>('chart')
  makePageKeys({ t: () => setView(now => (now === 'chart' ? 'table' : 'chart')) })
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
            summary={t.summary(
              props.model.dayCount,
              t.values(props.model.sensor?.count ?? 0, props.model.meter?.count ?? 0),
            )}
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
