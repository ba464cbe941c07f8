/**
 * Data quality of a period: a sentence that says it all, then the sensor's days and gaps, the pump's totals against
 * ours, copies, clocks, reads with what was not understood, and what is stored.
 */
import './quality.css'
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { QualityModel } from '#reports/qualityModel.ts'
import { ChartFigure } from '../../charts/ChartFigure.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { useApi } from '../../state/api.ts'
import { createAnswer } from '../../state/createAnswer.ts'
import { dayCount } from '../../state/createPeriod.ts'
import { useFormat, usePreferences } from '../../state/preferences.ts'
import { qualityTexts as t } from '../../texts/reports/quality.ts'
import { reportTexts } from '../../texts/reports.ts'
import { ChartOrTable } from '../ChartOrTable.tsx'
import { makePageKeys } from '../makePageKeys.ts'
import { PrintHead } from '../PrintHead.tsx'
import { Copies, Stored } from './CopiesAndCounts.tsx'
import { coverageChart, coverageStops } from './coverageChart.ts'
import { CoverageTable, Gaps } from './Gaps.tsx'
import { ClockSettings, Reads } from './Reads.tsx'
import { Totals } from './Totals.tsx'

export interface QualityProps {
  readonly model: QualityModel
  readonly onDay: (day: number) => void
}

export function Quality(props: QualityProps) {
  const api = useApi()
  const format = useFormat()
  const preferences = usePreferences()
  // Reads are dated by the computer and may have brought years; they are not part of a period's model.
  const devices = createAnswer(() => api.data.devices())
  const cards = () => devices.value() ?? []
  const simulated = createMemo(() => new Set(cards().flatMap(card => (card.simulated ? [card.deviceKey] : []))))
  const simulatedNames = () => [
    ...new Set(props.model.stored.filter(row => simulated().has(row.deviceKey)).map(row => row.device)),
  ]
  /** What was looked for and not found: a line each, not a card each. */
  const absent = () => {
    const { coverage, gaps, totals, copies, clockSettings } = props.model
    return [
      ...(coverage.length > 0 && gaps.length === 0 ? [t.gaps.none] : []),
      ...(totals.length === 0 ? [t.totals.none] : []),
      ...(copies.length === 0 ? [t.copies.none] : []),
      ...(clockSettings.length === 0 ? [t.clocks.none] : []),
    ]
  }
  const [view, setView] = createSignal<'chart' | 'table'>('chart')
  makePageKeys({ t: () => setView(now => (now === 'chart' ? 'table' : 'chart')) })
  const period = () => props.model.period
  const days = () => format.days(period().firstDay, period().lastDay)
  const drawing = createMemo(() => ({ days: props.model.coverage, preferences: preferences.now(), format }))
  const spec = createMemo(() => coverageChart(drawing()))
  const stops = createMemo(() => coverageStops(drawing()))
  const open = (x: number) => {
    const chosen = props.model.coverage[Math.round(x)]
    if (chosen) props.onDay(chosen.day)
  }
  return (
    <div class="report-body quality">
      <PrintHead
        title={t.title}
        days={reportTexts.printed.days(days(), dayCount(period()))}
        devices={props.model.devices}
      />
      <section class="card report-card quality-lead">
        <h2 class="visually-hidden">{t.title}</h2>
        <p>{leadText(props.model)}</p>
        <Show when={simulatedNames().length > 0}>
          <Notice tone="care">
            <p>{t.lead.simulated(simulatedNames().join(', '))}</p>
          </Notice>
        </Show>
      </section>
      <Show when={props.model.coverage.length > 0}>
        <ChartOrTable
          title={t.coverage.title}
          view={view()}
          onView={setView}
          tablePrints={false}
          chart={
            <>
              <ChartFigure
                class="chart-days"
                spec={spec()}
                stops={stops()}
                summary={t.coverage.summary(props.model.coverage.length, props.model.daysBelow)}
                keys={t.coverage.keys}
                hint={t.coverage.hint}
                printHeightPt={84}
                onPick={open}
              />
              <p class="small soft">{t.coverage.note}</p>
            </>
          }
          table={<CoverageTable days={props.model.coverage} />}
        />
        <Show when={props.model.gaps.length > 0}>
          <Gaps gaps={props.model.gaps} />
        </Show>
      </Show>
      <Show when={props.model.totals.length > 0}>
        <Totals days={props.model.totals} />
      </Show>
      <Show when={props.model.copies.length > 0}>
        <Copies rows={props.model.copies} />
      </Show>
      <Show when={props.model.clockSettings.length > 0}>
        <ClockSettings settings={props.model.clockSettings} />
      </Show>
      <Reads cards={cards()} period={period()} />
      <Stored period={period()} rows={props.model.stored} simulated={simulated()} />
      <Show when={absent().length > 0}>
        <section class="card report-card">
          <h2>{t.absent}</h2>
          <ul class="quality-absent soft">
            <For each={absent()}>{sentence => <li>{sentence}</li>}</For>
          </ul>
        </section>
      </Show>
    </div>
  )
}

/** "2 days of 14 have less than 70 % sensor data. The pump’s totals and our sums agree on 12 of 13 days. …" */
function leadText({ coverage, daysBelow, totalsCompared, totalsAgree, copies, clockSettings, totals }: QualityModel) {
  const left = copies.reduce((sum, { count }) => sum + count, 0)
  return [
    coverage.length === 0
      ? t.lead.noSensor
      : daysBelow === 0
        ? t.lead.allCovered(coverage.length)
        : t.lead.below(daysBelow, coverage.length),
    totalsCompared > 0 ? t.lead.totals(totalsAgree, totalsCompared) : totals.length > 0 ? t.lead.noTotals : '',
    t.lead.copies(left),
    t.lead.clock(clockSettings.length),
  ]
    .filter(Boolean)
    .join(' ')
}
