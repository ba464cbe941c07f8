/**
 * Assessment & Progress: a period beside the one before it. One plain sentence first, then the two profiles, the ranges,
 * the numbers, the patterns, and why automatic mode ended. Source: reports sheet §1.2 (1), §5.4.
 */
import { createMemo, createSignal, Show } from 'solid-js'
import type { AssessmentModel, AssessmentSide } from '#reports/assessmentModel.ts'
import { ChartFigure } from '../../charts/ChartFigure.tsx'
import { dayCount } from '../../state/createPeriod.ts'
import { useFormat, usePreferences } from '../../state/preferences.ts'
import type { Format } from '../../texts/format.ts'
import { reportTexts } from '../../texts/reports.ts'
import { assessmentTexts } from '../../texts/reports/assessment.ts'
import { comparisonTexts } from '../../texts/reports/comparison.ts'
import { ChartOrTable } from '../ChartOrTable.tsx'
import { makePageKeys } from '../makePageKeys.ts'
import { NoGlucose } from '../NoGlucose.tsx'
import { Patterns } from '../Patterns.tsx'
import { PrintHead } from '../PrintHead.tsx'
import { spokenGlucose, spokenMedian } from '../spoken.ts'
import { TimeInRanges } from '../TimeInRanges.tsx'
import './assessment.css'
import { compareChart, type CompareDrawing, compareStops } from './compareChart.ts'
import { CompareTable } from './CompareTable.tsx'
import { Exits } from './Exits.tsx'
import { Headline } from './Headline.tsx'
import { StatisticsTable } from './StatisticsTable.tsx'

export interface AssessmentProps {
  readonly model: AssessmentModel
  readonly onDay: (day: number) => void
}

const t = assessmentTexts

export function Assessment(props: AssessmentProps) {
  const format = useFormat()
  const preferences = usePreferences()
  const [view, setView] = createSignal<'chart' | 'table'>('chart')
  makePageKeys({ t: () => setView(now => (now === 'chart' ? 'table' : 'chart')) })
  const printedDays = () => {
    const [own, earlier] = [props.model.now.period, props.model.before?.period].map(
      shown => shown && reportTexts.printed.days(format.days(shown.firstDay, shown.lastDay), dayCount(shown)),
    )
    return own && earlier ? comparisonTexts.printed(own, earlier) : (own ?? '')
  }
  const drawing = createMemo<CompareDrawing>(() => ({ model: props.model, preferences: preferences.now(), format }))
  const spec = createMemo(() => compareChart(drawing()))
  const stops = createMemo(() => compareStops(drawing()))
  const hasProfile = () => (props.model.now.profile ?? props.model.before?.profile) !== undefined
  /** Of a sensor's time; values of a meter have none. */
  const goals = () =>
    (props.model.now.sensor ?? props.model.before?.sensor)
      ? reportTexts.agp.goals[preferences.now().ranges.id](format.glucoseUnit() === 'mmol/L')
      : []
  const isCompared = () => props.model.before?.profile !== undefined
  const hasExits = () => [props.model.now, props.model.before].some(side => side?.algorithm !== undefined)
  return (
    <div class="report-body assessment">
      <PrintHead title={t.title} days={printedDays()} devices={props.model.devices} />
      <Show
        when={props.model.headline}
        fallback={
          <p class="soft">
            <NoGlucose model={props.model} />
          </p>
        }
      >
        {headline => <Headline model={props.model} headline={headline()} />}
      </Show>
      <ChartOrTable
        title={isCompared() ? t.chart.title : t.chart.onlyNowTitle}
        view={view()}
        onView={setView}
        tablePrints={false}
        chart={
          <Show when={hasProfile()} fallback={<p class="soft">{t.chart.notEnough}</p>}>
            <ChartFigure
              class="chart-profile"
              spec={spec()}
              stops={stops()}
              summary={[
                spokenSide(t.now, props.model.now, format),
                ...(props.model.before ? [spokenSide(t.before, props.model.before, format)] : []),
              ].join(' ')}
              keys={t.chart.keys}
              hint={isCompared() ? t.chart.hint : t.chart.onlyNowHint}
              printHeightPt={180}
            />
            <p class="small soft">{isCompared() ? t.chart.text : t.chart.onlyNow}</p>
          </Show>
        }
        table={<CompareTable model={props.model} />}
      />
      <div class="overview-pair assessment-ranges">
        <RangesCard side={props.model.now} name={t.now} />
        <Show when={props.model.before}>{before => <RangesCard side={before()} name={t.before} />}</Show>
      </div>
      <Patterns patterns={props.model.now.sensor ? props.model.patterns : undefined} onDay={props.onDay} />
      <section class="card report-card assessment-numbers">
        <h2>{t.table.title}</h2>
        <StatisticsTable model={props.model} />
        <p class="small soft">
          {t.table.note} {t.lead.rule} {goals().length > 0 ? reportTexts.agp.goalsText(goals()) : ''}
        </p>
      </section>
      <Show when={hasExits()}>
        <Exits model={props.model} onDay={props.onDay} />
      </Show>
    </div>
  )
}

/** What the profile of a period says, in one spoken sentence. */
const spokenSide = (name: string, { sensor, profile }: AssessmentSide, format: Format): string =>
  reportTexts.spoken.of(name, [
    ...(sensor ? spokenGlucose('sensor', sensor, format) : [t.noBefore]),
    ...(profile ? spokenMedian(profile, format) : []),
  ])

/** By the sensor; by the meter where none was worn. */
function RangesCard(props: { readonly side: AssessmentSide; readonly name: string }) {
  const format = useFormat()
  const days = () => format.days(props.side.period.firstDay, props.side.period.lastDay)
  return (
    <section class="card report-card">
      <div class="row-apart">
        <h2>{props.name}</h2>
        <p class="small soft">{days()}</p>
      </div>
      <Show
        when={props.side.sensor}
        fallback={
          <Show when={props.side.meter} fallback={<p class="soft">{t.ranges.nothing}</p>}>
            {meter => (
              <TimeInRanges
                shares={meter().ranges}
                of="meter"
                period={props.side.period}
                note={reportTexts.ranges.meterStandsOn(meter().count, meter().daysWithData)}
              />
            )}
          </Show>
        }
      >
        {sensor => (
          <TimeInRanges
            shares={sensor().ranges}
            of="sensor"
            period={props.side.period}
            note={reportTexts.ranges.standsOn(sensor().count, sensor().daysWithData)}
          />
        )}
      </Show>
    </section>
  )
}
