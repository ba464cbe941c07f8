/** The ambulatory glucose profile in the consensus layout: ranges with goals, key numbers, the profile, the last days. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { AgpModel } from '#reports/models.ts'
import { ChartFigure } from '../charts/ChartFigure.tsx'
import { Traceable } from '../parts/Evidence.tsx'
import { dayCount } from '../state/createPeriod.ts'
import { useFormat, usePreferences } from '../state/preferences.ts'
import { reportTexts } from '../texts/reports.ts'
import { agpChart, type AgpDrawing, agpStops, hoursOf } from './agpChart.ts'
import { behind, ofSlot } from './behind.ts'
import { ChartOrTable } from './ChartOrTable.tsx'
import { DailyProfiles } from './DailyProfiles.tsx'
import { MeterFigures, SensorFigures } from './GlucoseFigures.tsx'
import { makePageKeys } from './makePageKeys.ts'
import { PrintHead } from './PrintHead.tsx'
import { ReportTable } from './ReportTable.tsx'
import { TimeInRanges } from './TimeInRanges.tsx'

export interface AgpProps {
  readonly model: AgpModel
  readonly onDay: (day: number) => void
}

const t = reportTexts

export function Agp(props: AgpProps) {
  const format = useFormat()
  const preferences = usePreferences()
  const [view, setView] = createSignal<'chart' | 'table'>('chart')
  makePageKeys({ t: () => setView(now => (now === 'chart' ? 'table' : 'chart')) })
  const period = () => props.model.period
  const days = () => format.days(period().firstDay, period().lastDay)
  const drawing = createMemo<AgpDrawing>(() => ({ model: props.model, preferences: preferences.now(), format }))
  const spec = createMemo(() => agpChart(drawing()))
  const stops = createMemo(() => agpStops(drawing()))
  const goals = () => t.agp.goals[preferences.now().ranges.id](format.glucoseUnit() === 'mmol/L')
  return (
    <div class="report-body agp">
      <PrintHead title={t.agp.title} days={t.printed.days(days(), dayCount(period()))} devices={props.model.devices} />
      <Show when={props.model.sensor} fallback={<FromMeter model={props.model} />}>
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
              <Show when={goals().length > 0}>
                <p class="small soft">{t.agp.goalsText(goals())}</p>
              </Show>
            </section>
            <section class="card report-card">
              <h2>{t.figures.title}</h2>
              <SensorFigures summary={sensor()} period={period()} />
            </section>
          </div>
        )}
      </Show>
      <ChartOrTable
        title={t.agp.byTime}
        view={view()}
        onView={setView}
        tablePrints={false}
        chart={
          <Show
            when={props.model.profile !== undefined || props.model.points.length > 0}
            fallback={<p class="soft">{t.agp.notEnough}</p>}
          >
            <ChartFigure
              class="chart-profile"
              spec={spec()}
              stops={stops()}
              summary={
                props.model.profile
                  ? t.agp.summary(props.model.days.length, props.model.from)
                  : t.agp.pointsSummary(props.model.points.length)
              }
              keys={props.model.profile ? t.agp.keys : t.agp.pointsKeys}
              hint={props.model.profile ? t.agp.hint : t.agp.pointsHint}
              printHeightPt={210}
            />
            <p class="small soft">
              {!props.model.profile
                ? t.agp.pointsOnly
                : props.model.from === 'meter'
                  ? t.agp.meterExplained
                  : t.agp.explained}
            </p>
          </Show>
        }
        table={<ProfileTable model={props.model} />}
      />
      <section class="card report-card">
        <div class="row-apart">
          <h2>{t.agp.daysTitle}</h2>
          <p class="small soft">
            {t.agp.daysText} <span class="screen-only">{t.agp.chooseDay}</span>
          </p>
        </div>
        <DailyProfiles days={props.model.days} onDay={props.onDay} />
      </section>
    </div>
  )
}

function FromMeter(props: { readonly model: AgpModel }) {
  return (
    <Show when={props.model.meter} fallback={<p class="card report-card soft">{t.figures.noGlucose}</p>}>
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

function ProfileTable(props: { readonly model: AgpModel }) {
  const format = useFormat()
  const text = (value: number | undefined) =>
    value === undefined || Number.isNaN(value) ? t.none : format.glucose(value)
  return (
    <Show when={props.model.profile} fallback={<p class="soft">{t.agp.notEnough}</p>}>
      {profile => (
        <ReportTable name={t.agp.tableName} columns={[t.agp.hour, ...t.agp.percentiles, t.ranges.count]} isTall>
          <For each={Array.from(profile().count, (count, slot) => ({ count, slot }))}>
            {({ count, slot }) => (
              <tr>
                <th scope="row">{hoursOf(slot, profile(), format)}</th>
                <For each={profile().percentiles}>{column => <td>{text(column[slot])}</td>}</For>
                <td>
                  <Traceable
                    title={hoursOf(slot, profile(), format)}
                    query={ofSlot(props.model.period, slot, profile().slotMinutes, behind[props.model.from])}
                    count={count}
                  >
                    {format.number(count)}
                  </Traceable>
                </td>
              </tr>
            )}
          </For>
        </ReportTable>
      )}
    </Show>
  )
}
