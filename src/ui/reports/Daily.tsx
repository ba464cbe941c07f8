/** One day: the lanes, their table twin, and the day's numbers beside them. */
import './daily/daily.css'
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { DailyModel, Period } from '#reports/models.ts'
import { ChartFigure, PRINT_WIDTH_PX } from '../charts/ChartFigure.tsx'
import { Notice } from '../parts/Notice.tsx'
import { createWidth } from '../state/createWidth.ts'
import { useFormat, usePreferences } from '../state/preferences.ts'
import { dailyTexts } from '../texts/reports/daily.ts'
import { reportTexts } from '../texts/reports.ts'
import { rounded } from './amounts.ts'
import { ChartOrTable } from './ChartOrTable.tsx'
import { clockText } from './daily/clockText.ts'
import { hasInForce, InForce } from './daily/InForce.tsx'
import { OnBoardChoice } from './daily/OnBoardChoice.tsx'
import { isOfGlucose, toldOf } from './daily/toldOf.ts'
import { dailyChart } from './dailyChart.ts'
import type { Drawing } from './drawing.ts'
import { dailyLegend } from './dailyLegend.ts'
import { hasMixedEvents } from './eventsLane.ts'
import { dailyStops } from './dailyStops.ts'
import { DailyTables } from './DailyTables.tsx'
import { MeterFigures, SensorFigures } from './GlucoseFigures.tsx'
import { DayInsulinFigures } from './InsulinFigures.tsx'
import { Legend } from './Legend.tsx'
import { makePageKeys } from './makePageKeys.ts'
import { PrintHead } from './PrintHead.tsx'
import { spokenGlucose } from './spoken.ts'
import { TherapyTable } from './TherapyTable.tsx'
import { TimeInRanges } from './TimeInRanges.tsx'

const t = reportTexts

/** The chart's width on a wide screen. */
const USUAL_WIDTH_PX = 1000
/** On paper, with all lanes, and with glucose alone. */
const PRINT_HEIGHT_PT = { all: 276, glucose: 200 } as const
/** What of the chart's width the axis of values and the margin take. */
const AXES_PX = 50

export function Daily(props: { readonly model: DailyModel }) {
  const format = useFormat()
  const preferences = usePreferences()
  const [view, setView] = createSignal<'chart' | 'table'>('chart')
  const [showsOnBoard, setShowsOnBoard] = createSignal(false)
  const [actionMinutes, setActionMinutes] = createSignal<number>()
  makePageKeys({ t: () => setView(now => (now === 'chart' ? 'table' : 'chart')) })

  const [place, setPlace] = createSignal<Element>()
  const width = createWidth(place, USUAL_WIDTH_PX)
  const onBoard = createMemo((): Drawing['onBoard'] => {
    const known = props.model.onBoard
    if (!showsOnBoard() || !known) return undefined
    const minutes = known.knownMinutes ?? actionMinutes()
    const curve = known.curves.find(one => one.actionMinutes === minutes)
    return curve ? { curve } : {}
  })
  const drawnOn = (widthPx: number): Drawing => {
    const asked = onBoard()
    return {
      model: props.model,
      preferences: preferences.now(),
      format,
      ...(asked ? { onBoard: asked } : {}),
      widthPx: widthPx - AXES_PX,
    }
  }
  const drawing = createMemo(() => drawnOn(width()))
  const printed = createMemo(() => drawnOn(PRINT_WIDTH_PX))
  const spec = createMemo(() => dailyChart(drawing()))
  const printSpec = createMemo(() => dailyChart(printed()))
  const stops = createMemo(() => dailyStops(drawing()))
  const told = createMemo(() => toldOf(props.model))
  const isShort = () => isOfGlucose(told())
  const period = (): Period => ({ firstDay: props.model.day, lastDay: props.model.day })
  return (
    <div class="report-body daily">
      <PrintHead title={t.daily} days={format.dayExact(props.model.day)} devices={props.model.devices} />
      <ChartOrTable
        title={format.dayExact(props.model.day)}
        view={view()}
        onView={setView}
        tablePrints={false}
        chart={
          <>
            <div ref={setPlace} />
            <ChartFigure
              class={isShort() ? 'chart-daily chart-daily-short' : 'chart-daily'}
              spec={spec()}
              printSpec={printSpec()}
              stops={stops()}
              summary={summaryOf(drawing())}
              keys={t.dailyChart.keys}
              hint={t.dailyChart.hint}
              printHeightPt={PRINT_HEIGHT_PT[isShort() ? 'glucose' : 'all']}
            />
            <Legend
              label={t.dailyChart.legend.label}
              entries={dailyLegend(props.model, [drawing(), printed()].some(hasMixedEvents))}
            />
            <div class="clock-notes">
              <For each={props.model.clockChanges}>
                {change => <Notice tone="care">{clockText(change, format)}</Notice>}
              </For>
            </div>
            <Show when={props.model.onBoard}>
              {known => (
                <OnBoardChoice
                  of={known()}
                  shown={showsOnBoard()}
                  minutes={actionMinutes()}
                  onShown={setShowsOnBoard}
                  onMinutes={setActionMinutes}
                />
              )}
            </Show>
          </>
        }
        table={<DailyTables model={props.model} onBoard={onBoard()} />}
      />
      <div class="daily-numbers">
        <Show when={props.model.sensor}>
          {sensor => (
            <>
              <section class="card report-card">
                <h2>{t.ranges.title}</h2>
                <TimeInRanges
                  shares={sensor().ranges}
                  of="sensor"
                  period={period()}
                  note={t.figures.count(sensor().count, 'sensor')}
                />
              </section>
              <section class="card report-card">
                <h2>{t.figures.glucose}</h2>
                <SensorFigures summary={sensor()} period={period()} />
              </section>
            </>
          )}
        </Show>
        <Show when={props.model.meter}>
          {meter => (
            <section class="card report-card">
              <h2>{t.figures.meter}</h2>
              <Show when={!props.model.sensor}>
                <TimeInRanges
                  shares={meter().ranges}
                  of="meter"
                  period={period()}
                  note={t.figures.count(meter().count, 'meter')}
                />
              </Show>
              <MeterFigures summary={meter()} period={period()} />
            </section>
          )}
        </Show>
        <Show when={props.model.insulin}>
          {insulin => (
            <section class="card report-card">
              <h2>{t.figures.insulin}</h2>
              <DayInsulinFigures insulin={insulin()} period={period()} />
            </section>
          )}
        </Show>
      </div>
      <Show when={hasInForce(props.model)}>
        <section class="card report-card daily-whole">
          <h2>{dailyTexts.inForce.title}</h2>
          <InForce model={props.model} />
        </section>
      </Show>
      <Show when={view() === 'chart' && (told().bolus || told().carbs)}>
        <section class="card report-card print-only daily-whole">
          <h2>{t.dailyTables.therapy}</h2>
          <TherapyTable model={props.model} />
        </section>
      </Show>
    </div>
  )
}

/** The whole day in one spoken sentence. */
export function summaryOf({ model, format }: Drawing): string {
  const words = t.dailyChart
  const glucose = (['sensor', 'meter'] as const).flatMap(of => {
    const summary = model[of]
    return summary ? spokenGlucose(of, summary, format, 'day') : []
  })
  const insulin = model.insulin
  return words.summary(format.dayExact(model.day), [
    ...glucose,
    ...(insulin?.totalUnits === undefined ? [] : [words.totalUnits(rounded(insulin.totalUnits, 1, format))]),
    ...(insulin && insulin.bolusCount > 0 ? [words.bolusUnits(rounded(insulin.bolusUnits, 1, format))] : []),
    ...(insulin && insulin.carbsGrams > 0 ? [words.carbsTotal(words.grams(format.number(insulin.carbsGrams)))] : []),
  ])
}
