/** Overlay by day: all days' traces over one axis, which can be taken off one by one, and their mean. */
import './overlay.css'
import { createEffect, createMemo, createSignal, on, Show } from 'solid-js'
import { daySets, type DaySet, type OverlayDay, type OverlayModel } from '#reports/overlayModel.ts'
import { ChartFigure } from '../../charts/ChartFigure.tsx'
import { useForPaper } from '../../charts/onPaper.ts'
import { Segmented } from '../../parts/Segmented.tsx'
import { dayCount } from '../../state/createPeriod.ts'
import { useFormat, usePreferences } from '../../state/preferences.ts'
import type { Format } from '../../texts/format.ts'
import { overlayTexts } from '../../texts/reports/overlay.ts'
import { reportTexts } from '../../texts/reports.ts'
import { ChartOrTable } from '../ChartOrTable.tsx'
import { shortDates } from '../dates.ts'
import { makePageKeys } from '../makePageKeys.ts'
import { PrintHead } from '../PrintHead.tsx'
import { spokenByTime, spokenDays, spokenExtremes } from '../spoken.ts'
import { DayToggles, type ToggleEntry } from './DayToggles.tsx'
import {
  dashes,
  FEW_DAYS,
  overlayChart,
  type OverlayDrawing,
  overlayStops,
  radiusOf,
  slotText,
  symbolOf,
  toneOf,
  widthOf,
} from './overlayChart.ts'
import { DaysTable, OverlayTables } from './OverlayTables.tsx'

const t = overlayTexts
/** Days in a week and a day of it whose weekday is Sunday: 1970-01-04. */
const WEEK = 7
const A_SUNDAY = 3
/** Of few days the chart leaves a page room for their table. */
const FEW_PT = 360
const MANY_PT = 560

export interface OverlayProps {
  readonly model: OverlayModel
  readonly onDay: (day: number) => void
}

export function Overlay(props: OverlayProps) {
  const format = useFormat()
  const preferences = usePreferences()
  const forPaper = useForPaper()
  const [view, setView] = createSignal<'chart' | 'table'>('chart')
  const [set, setSet] = createSignal<DaySet>('all')
  /** Days, or of many days weekdays, that are taken off. */
  const [hidden, setHidden] = createSignal<ReadonlySet<number>>(new Set<number>())
  makePageKeys({ t: () => setView(now => (now === 'chart' ? 'table' : 'chart')) })
  createEffect(
    on(
      () => props.model,
      () => setHidden(new Set<number>()),
      { defer: true },
    ),
  )
  const few = () => props.model.days.length <= FEW_DAYS
  const lastDay = () => props.model.days.at(-1)?.day ?? 0
  const inSet = createMemo(() => props.model.days.filter(day => isInSet(day, set())))
  const keyOf = (day: OverlayDay) => (few() ? day.day : day.weekday)
  const shown = createMemo(() => inSet().filter(day => !hidden().has(keyOf(day))))
  const drawing = createMemo<OverlayDrawing>(() => ({
    model: props.model,
    days: shown(),
    set: set(),
    preferences: preferences.now(),
    format,
  }))
  const spec = createMemo(() => overlayChart(drawing()))
  const stops = createMemo(() => overlayStops(drawing()))
  const mean = () => props.model.means?.[set()]
  const hasMean = () => mean()?.mgdl.some(value => !Number.isNaN(value)) ?? false
  const entries = createMemo((): readonly ToggleEntry[] =>
    few()
      ? inSet().map(({ day, weekday }) => ({
          key: day,
          text: shortDates.weekdayAndDay(day),
          tone: toneOf(weekday),
          dash: dashes[weekday] ?? [],
          widthPx: widthOf(props.model, day),
          symbol: symbolOf(weekday),
          radius: radiusOf(props.model, day),
        }))
      : weekdaysOf(preferences.now().firstDayOfWeek)
          .filter(weekday => inSet().some(day => day.weekday === weekday))
          .map(weekday => ({
            key: weekday,
            text: format.dayShortParts(A_SUNDAY + weekday)[0],
            tone: toneOf(weekday),
            dash: dashes[weekday] ?? [],
            widthPx: 2,
            symbol: symbolOf(weekday),
            radius: radiusOf(props.model, 0),
          })),
  )
  const toggle = (key: number, isShown: boolean) =>
    setHidden(before => {
      const next = new Set(before)
      if (isShown) next.delete(key)
      else next.add(key)
      return next
    })
  const hasBothSets = () =>
    (['weekdays', 'weekend'] as const).every(one => props.model.days.some(day => isInSet(day, one)))
  const explained = () => {
    if (props.model.from === 'meter')
      return t.explainedMeter(
        few() && inSet().some(({ day }) => radiusOf(props.model, day) < radiusOf(props.model, lastDay())),
      )
    return hasMean() ? t.explained(inSet().length) : t.explainedFew
  }
  const period = () => props.model.period
  return (
    <div class="report-body overlay">
      <PrintHead
        title={t.title}
        days={reportTexts.printed.days(format.days(period().firstDay, period().lastDay), dayCount(period()))}
        devices={props.model.devices}
      />
      <Show when={props.model.days.length > 0} fallback={<p class="card report-card soft">{t.nothing}</p>}>
        <ChartOrTable
          title={t.chart}
          view={view()}
          onView={setView}
          tablePrints={false}
          chart={
            <div class="stack-tight">
              <Show when={hasBothSets()}>
                <div class="screen-only">
                  <Segmented
                    label={t.which}
                    value={set()}
                    choices={daySets.map(value => ({ value, label: t.sets[value] }))}
                    onChange={setSet}
                  />
                </div>
              </Show>
              <ChartFigure
                class="chart-overlay"
                spec={spec()}
                stops={stops()}
                summary={spokenOf(props.model, inSet(), set(), format)}
                keys={t.keys}
                hint={t.hint}
                printHeightPt={few() ? FEW_PT : MANY_PT}
              />
              <DayToggles
                entries={entries()}
                hidden={hidden()}
                points={props.model.from === 'meter'}
                onToggle={toggle}
              />
              <p class="small soft">
                {explained()}{' '}
                <Show when={hasMean()}>
                  <span class="screen-only">{t.meanHides}</span>
                </Show>
              </p>
            </div>
          }
          table={<OverlayTables days={inSet()} from={props.model.from} mean={mean()} />}
        />
        <Show when={forPaper() && few() && view() === 'chart'}>
          <section class="report-card print-only">
            <h2>{t.daysTable}</h2>
            <DaysTable days={inSet()} from={props.model.from} />
          </section>
        </Show>
      </Show>
    </div>
  )
}

/** What the days say, in one spoken sentence. */
function spokenOf({ from, means }: OverlayModel, days: readonly OverlayDay[], set: DaySet, format: Format): string {
  const mean = means?.[set]
  const summaries = days.flatMap(({ summary }) => summary ?? [])
  return reportTexts.spoken.of(t.spoken.name(days.length, from), [
    ...spokenDays(summaries, format),
    ...spokenExtremes(summaries, format),
    ...(mean
      ? spokenByTime(
          t.spoken.mean,
          mean.mgdl,
          mgdl => `${format.glucose(mgdl)} ${format.glucoseUnit()}`,
          slot => slotText(slot, mean.slotMinutes, format),
        )
      : []),
  ])
}

const isInSet = ({ weekday }: OverlayDay, set: DaySet): boolean =>
  set === 'all' || (set === 'weekend') === (weekday % 6 === 0)

/** 0 to 6 in the person's order. */
const weekdaysOf = (first: number): readonly number[] => Array.from({ length: WEEK }, (_, i) => (first + i) % WEEK)
