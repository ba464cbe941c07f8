/**
 * Episodes and patterns: how many lows and highs, when they begin, which times repeat, and each of them with the glucose
 * around it. Source: reports sheet §1.2 (8) and §6, metrics sheet §9.
 */
import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js'
import { type DeviceTime, deviceDayOf } from '#records/time.ts'
import type { EpisodesModel, ListedEpisode } from '#reports/episodesModel.ts'
import { ChartFigure } from '../../charts/ChartFigure.tsx'
import { Button } from '../../parts/Button.tsx'
import { dayCount } from '../../state/createPeriod.ts'
import { useFormat, usePreferences } from '../../state/preferences.ts'
import { reportTexts } from '../../texts/reports.ts'
import { assessmentTexts } from '../../texts/reports/assessment.ts'
import { episodesTexts } from '../../texts/reports/episodes.ts'
import '../assessment/assessment.css'
import { ChartOrTable } from '../ChartOrTable.tsx'
import { Episodes } from '../Episodes.tsx'
import { makePageKeys } from '../makePageKeys.ts'
import { PatternList } from '../PatternList.tsx'
import { PrintHead } from '../PrintHead.tsx'
import { aroundChart, type AroundDrawing, aroundStops } from './aroundChart.ts'
import './episodes.css'
import { EpisodeTable, kindText, startText } from './EpisodeTable.tsx'
import { allHours, hoursChart, type HoursDrawing, hoursStops, hourText } from './hoursChart.ts'
import { TableCsv } from '../../paper/TableCsv.tsx'

export interface EpisodesReportProps {
  readonly model: EpisodesModel
  readonly onDay: (day: number) => void
}

const t = episodesTexts

export function EpisodesReport(props: EpisodesReportProps) {
  const format = useFormat()
  const [view, setView] = createSignal<'chart' | 'table'>('chart')
  const [chosen, setChosen] = createSignal<ListedEpisode>()
  makePageKeys({ t: () => setView(now => (now === 'chart' ? 'table' : 'chart')) })
  // The newest low is looked at first: lows are what cannot wait.
  createEffect(
    on(
      () => props.model.episodes,
      episodes => setChosen(episodes.find(({ side }) => side === 'hypo') ?? episodes[0]),
    ),
  )
  const period = () => props.model.period
  const days = () => format.days(period().firstDay, period().lastDay)
  return (
    <div class="report-body">
      <PrintHead
        title={t.title}
        days={reportTexts.printed.days(days(), dayCount(period()))}
        devices={props.model.devices}
      />
      <Show when={props.model.summary} fallback={<p class="card report-card soft">{t.nothing}</p>}>
        {summary => (
          <>
            <div class="overview-pair episodes-pair">
              <section class="card report-card">
                <h2>{reportTexts.episodes.title}</h2>
                <Episodes episodes={summary()} />
                <p class="small soft">
                  {t.standsOn(props.model.sensorValues, props.model.daysWithData)}. {t.limits}
                </p>
              </section>
              <ChartOrTable
                title={t.hours.title}
                view={view()}
                onView={setView}
                tablePrints={false}
                chart={<Hours model={props.model} />}
                table={<HoursTable model={props.model} />}
              />
            </div>
            <section class="card report-card">
              <h2>{assessmentTexts.patterns.title}</h2>
              <div class="overview-pair assessment-patterns">
                <For each={['hypo', 'hyper'] as const}>
                  {side => (
                    <div class="stack-tight">
                      <h3>{side === 'hypo' ? assessmentTexts.patterns.lows : assessmentTexts.patterns.highs}</h3>
                      <PatternList
                        side={side}
                        patterns={props.model.patterns[side]}
                        daysWithData={props.model.patterns.daysWithData}
                        onDay={props.onDay}
                      />
                    </div>
                  )}
                </For>
              </div>
              <p class="small soft">{assessmentTexts.patterns.rule}</p>
            </section>
            <Show when={chosen()}>
              {episode => <Around model={props.model} episode={episode()} onChoose={setChosen} onDay={props.onDay} />}
            </Show>
            <EpisodeTable episodes={props.model.episodes} chosen={chosen()} onChoose={setChosen} />
          </>
        )}
      </Show>
    </div>
  )
}

function Hours(props: { readonly model: EpisodesModel }) {
  const format = useFormat()
  const preferences = usePreferences()
  const drawing = createMemo<HoursDrawing>(() => ({ model: props.model, preferences: preferences.now(), format }))
  const spec = createMemo(() => hoursChart(drawing()))
  const stops = createMemo(() => hoursStops(drawing()))
  const countOf = (side: 'hypo' | 'hyper') => props.model.episodes.filter(episode => episode.side === side).length
  return (
    <>
      <ChartFigure
        class="chart-hours"
        spec={spec()}
        stops={stops()}
        summary={t.hours.summary(countOf('hypo'), countOf('hyper'))}
        keys={t.hours.keys}
        hint={t.hours.hint}
        printHeightPt={120}
      />
      <p class="small soft">{t.hours.text}</p>
    </>
  )
}

function HoursTable(props: { readonly model: EpisodesModel }) {
  const format = useFormat()
  const columns = () => {
    const { hypo, hyper } = props.model.hours
    return [
      [t.hours.lows, hypo.all],
      [t.hours.veryLow, hypo.severe],
      [t.hours.highs, hyper.all],
      [t.hours.veryHigh, hyper.severe],
    ] as const
  }
  return (
    <TableCsv name={t.hours.title}>
      <div class="table-wrap table-tall" role="region" aria-label={t.hours.title} tabindex="0">
        <table class="plain-table days-table">
          <caption class="visually-hidden">{t.hours.title}</caption>
          <thead>
            <tr>
              <th scope="col">{t.hours.hour}</th>
              <For each={columns()}>{([name]) => <th scope="col">{name}</th>}</For>
            </tr>
          </thead>
          <tbody>
            <For each={allHours}>
              {hour => (
                <tr>
                  <th scope="row">{hourText(hour, format)}</th>
                  <For each={columns()}>{([, counts]) => <td>{format.number(counts[hour] ?? 0)}</td>}</For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </TableCsv>
  )
}

interface AroundProps {
  readonly model: EpisodesModel
  readonly episode: ListedEpisode
  readonly onChoose: (episode: ListedEpisode) => void
  readonly onDay: (day: number) => void
}

function Around(props: AroundProps) {
  const format = useFormat()
  const preferences = usePreferences()
  const drawing = createMemo<AroundDrawing>(() => ({
    trace: props.model.trace,
    episode: props.episode,
    preferences: preferences.now(),
    format,
  }))
  const spec = createMemo(() => aroundChart(drawing()))
  const stops = createMemo(() => aroundStops(drawing()))
  /** Newest first: the earlier one stands behind. */
  const neighbour = (by: -1 | 1) => props.model.episodes[props.model.episodes.indexOf(props.episode) + by]
  const choose = (episode: ListedEpisode | undefined) => episode && props.onChoose(episode)
  return (
    <section class="card report-card episode-around">
      <div class="row-apart">
        <h2>
          {kindText(props.episode)} · {startText(props.episode, format)}
        </h2>
        <div class="row screen-only">
          <Button size="small" disabled={!neighbour(1)} onClick={() => choose(neighbour(1))}>
            {t.around.earlier}
          </Button>
          <Button size="small" disabled={!neighbour(-1)} onClick={() => choose(neighbour(-1))}>
            {t.around.later}
          </Button>
          {/* The start is of the device's clock. */}
          <Button size="small" onClick={() => props.onDay(deviceDayOf(props.episode.startMs as DeviceTime))}>
            {t.around.openDay}
          </Button>
        </div>
      </div>
      <ChartFigure
        class="chart-episode"
        spec={spec()}
        stops={stops()}
        summary={t.around.summary(kindText(props.episode), startText(props.episode, format))}
        keys={t.around.keys}
        hint={t.around.hint}
        printHeightPt={110}
      />
    </section>
  )
}
