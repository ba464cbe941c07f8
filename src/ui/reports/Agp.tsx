/**
 * The ambulatory glucose profile in the consensus layout: ranges with goals, key numbers, the profile, the last days. Of
 * the sensor or, by itself, of the meter; which of the two is in the address: `?of=meter`.
 */
import { useSearchParams } from '@solidjs/router'
import { createMemo, createSignal, Show } from 'solid-js'
import type { AgpModel } from '#reports/models.ts'
import { ChartFigure } from '../charts/ChartFigure.tsx'
import { useForPaper } from '../charts/onPaper.ts'
import { Segmented } from '../parts/Segmented.tsx'
import { dayCount } from '../state/createPeriod.ts'
import { useFormat, usePreferences } from '../state/preferences.ts'
import { reportTexts } from '../texts/reports.ts'
import { agpChart, type AgpDrawing, agpStops } from './agpChart.ts'
import { AgpTable } from './AgpTable.tsx'
import { ChartOrTable } from './ChartOrTable.tsx'
import { DailyProfiles } from './DailyProfiles.tsx'
import { MeterFigures, SensorFigures } from './GlucoseFigures.tsx'
import { makePageKeys } from './makePageKeys.ts'
import { NoGlucose } from './NoGlucose.tsx'
import { PrintHead } from './PrintHead.tsx'
import { spokenExtremes, spokenGlucose, spokenMedian } from './spoken.ts'
import { TimeInRanges } from './TimeInRanges.tsx'

export interface AgpProps {
  readonly model: AgpModel
  readonly onDay: (day: number) => void
}

type Of = 'sensor' | 'meter'
const t = reportTexts

export function Agp(props: AgpProps) {
  const format = useFormat()
  const preferences = usePreferences()
  const forPaper = useForPaper()
  const [query, setQuery] = useSearchParams()
  const [view, setView] = createSignal<'chart' | 'table'>('chart')
  makePageKeys({ t: () => setView(now => (now === 'chart' ? 'table' : 'chart')) })
  const period = () => props.model.period
  const days = () => format.days(period().firstDay, period().lastDay)
  const hasBoth = () => props.model.sensor !== undefined && props.model.meter !== undefined
  const of = (): Of =>
    hasBoth() ? (query['of'] === 'meter' ? 'meter' : 'sensor') : props.model.sensor ? 'sensor' : 'meter'
  const profile = () => props.model.profiles[of()]
  const drawing = createMemo<AgpDrawing>(() => ({
    model: props.model,
    of: of(),
    preferences: preferences.now(),
    format,
  }))
  const spec = createMemo(() => agpChart(drawing()))
  const stops = createMemo(() => agpStops(drawing()))
  const isDrawn = () => profile() !== undefined || (of() === 'meter' && props.model.points.length > 0)
  return (
    <div
      class="report-body agp"
      classList={{ 'range-clinical': forPaper() && preferences.now().rangeColors !== 'safe' }}
    >
      <PrintHead title={t.agp.title} days={t.printed.days(days(), dayCount(period()))} devices={props.model.devices} />
      <Show when={hasBoth()}>
        <div class="screen-only">
          <Segmented
            label={t.agp.source}
            labelShown
            value={of()}
            choices={(['sensor', 'meter'] as const).map(value => ({ value, label: t.agp.sources[value] }))}
            onChange={value => setQuery({ of: value === 'meter' ? value : null }, { replace: true })}
          />
        </div>
      </Show>
      <Show when={of() === 'sensor'} fallback={<FromMeter model={props.model} />}>
        <FromSensor model={props.model} />
      </Show>
      <ChartOrTable
        title={t.agp.byTime(hasBoth() ? of() : undefined)}
        view={view()}
        onView={setView}
        tablePrints={false}
        chart={
          <Show when={isDrawn()} fallback={<p class="soft">{t.agp.notEnough[of()]}</p>}>
            <ChartFigure
              class="chart-profile"
              spec={spec()}
              stops={stops()}
              summary={spokenOf(drawing())}
              keys={profile() ? t.agp.keys : t.agp.pointsKeys}
              hint={profile() ? t.agp.hint : t.agp.pointsHint}
              printHeightPt={210}
            />
            <p class="small soft">
              {!profile() ? t.agp.pointsOnly : of() === 'meter' ? t.agp.meterExplained : t.agp.explained}
            </p>
          </Show>
        }
        table={<AgpTable drawing={drawing()} />}
      />
      <section class="card report-card">
        <div class="row-apart">
          <h2>{t.agp.daysTitle}</h2>
          <p class="small soft">
            {t.agp.daysText} <span class="screen-only">{t.agp.chooseDay}</span>
          </p>
        </div>
        <DailyProfiles days={props.model.days} of={of()} onDay={props.onDay} />
      </section>
    </div>
  )
}

/** What the profile says, in one spoken sentence. */
function spokenOf({ model, of, format }: AgpDrawing): string {
  const [summary, profile] = [model[of], model.profiles[of]]
  if (!summary) return t.figures.noGlucose
  return t.spoken.sentence([
    ...spokenGlucose(of, summary, format),
    ...(profile ? spokenMedian(profile, format) : []),
    ...(of === 'meter' ? spokenExtremes([summary], format) : []),
  ])
}

function FromSensor(props: { readonly model: AgpModel }) {
  const format = useFormat()
  const preferences = usePreferences()
  const isMmol = () => format.glucoseUnit() === 'mmol/L'
  const goals = () => t.agp.goals[preferences.now().ranges.id](isMmol())
  return (
    <Show when={props.model.sensor}>
      {sensor => (
        <div class="overview-pair overview-glucose">
          <section class="card report-card">
            <h2>{t.ranges.title}</h2>
            <TimeInRanges
              shares={sensor().ranges}
              of="sensor"
              period={props.model.period}
              note={t.ranges.standsOn(sensor().count, sensor().daysWithData)}
            />
            <p class="small soft">
              <Show when={goals().length > 0}>
                {t.agp.goalsText(goals())} {t.agp.everyFive}{' '}
              </Show>
              {t.agp.onePercent}
            </p>
          </section>
          <section class="card report-card">
            <h2>{t.figures.title}</h2>
            <SensorFigures
              summary={sensor()}
              period={props.model.period}
              goals={t.agp.figureGoals[preferences.now().ranges.id](isMmol())}
            />
          </section>
        </div>
      )}
    </Show>
  )
}

function FromMeter(props: { readonly model: AgpModel }) {
  return (
    <Show
      when={props.model.meter}
      fallback={
        <p class="card report-card soft">
          <NoGlucose model={props.model} />
        </p>
      }
    >
      {meter => (
        <div class="overview-pair overview-glucose">
          <section class="card report-card">
            <h2>{t.ranges.meterTitle}</h2>
            <TimeInRanges
              shares={meter().ranges}
              of="meter"
              period={props.model.period}
              note={t.ranges.meterStandsOn(meter().count, meter().daysWithData)}
            />
          </section>
          <section class="card report-card">
            <h2>{t.figures.meter}</h2>
            <MeterFigures summary={meter()} period={props.model.period} />
          </section>
        </div>
      )}
    </Show>
  )
}
