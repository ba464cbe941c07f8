/**
 * Episodes and patterns: how many lows and highs, when they begin, which times repeat, and each of them with the glucose
 * around it. Source: reports sheet §1.2 (8) and §6, metrics sheet §9.
 */
import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js'
import { type DeviceTime, deviceDayOf } from '#records/time.ts'
import type { EpisodesModel, ListedEpisode } from '#reports/episodesModel.ts'
import { ChartFigure, PRINT_WIDTH_PX } from '../../charts/ChartFigure.tsx'
import { Button } from '../../parts/Button.tsx'
import { dayCount } from '../../state/createPeriod.ts'
import { createWidth } from '../../state/createWidth.ts'
import { useFormat, usePreferences } from '../../state/preferences.ts'
import { reportTexts } from '../../texts/reports.ts'
import { episodesTexts } from '../../texts/reports/episodes.ts'
import { ChartOrTable } from '../ChartOrTable.tsx'
import { Episodes } from '../Episodes.tsx'
import { makePageKeys } from '../makePageKeys.ts'
import { Patterns } from '../Patterns.tsx'
import { PrintHead } from '../PrintHead.tsx'
import { ReportTable } from '../ReportTable.tsx'
import { aroundChart, type AroundDrawing, aroundStops, hasDoses } from './aroundChart.ts'
import './episodes.css'
import { EpisodeTable, kindText, startText } from './EpisodeTable.tsx'
import { allHours, hoursChart, type HoursDrawing, hoursStops, hourText } from './hoursChart.ts'

export interface EpisodesReportProps {
  readonly model: EpisodesModel
  readonly onDay: (day: number) => void
}

/** Room that the names of an axis take. */
const AXES_PX = 50
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
            <Patterns patterns={props.model.patterns} onDay={props.onDay} />
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
    <ReportTable name={t.hours.title} columns={[t.hours.hour, ...columns().map(([name]) => name)]} isTall>
      <For each={allHours}>
        {hour => (
          <tr>
            <th scope="row">{hourText(hour, format)}</th>
            <For each={columns()}>{([, counts]) => <td>{format.number(counts[hour] ?? 0)}</td>}</For>
          </tr>
        )}
      </For>
    </ReportTable>
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
  const [place, setPlace] = createSignal<HTMLElement>()
  const width = createWidth(place, PRINT_WIDTH_PX)
  const drawnOn = (widthPx: number): AroundDrawing => ({
    model: props.model,
    episode: props.episode,
    preferences: preferences.now(),
    format,
    widthPx: widthPx - AXES_PX,
  })
  const drawing = createMemo(() => drawnOn(width()))
  const spec = createMemo(() => aroundChart(drawing()))
  const printSpec = createMemo(() => aroundChart(drawnOn(PRINT_WIDTH_PX)))
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
      <div ref={setPlace}>
        <ChartFigure
          class={hasDoses(props.model) ? 'chart-episode chart-episode-doses' : 'chart-episode'}
          spec={spec()}
          printSpec={printSpec()}
          stops={stops()}
          summary={t.around.summary(kindText(props.episode), startText(props.episode, format))}
          keys={t.around.keys}
          hint={t.around.hint}
          printHeightPt={hasDoses(props.model) ? 170 : 110}
        />
      </div>
      <p class="small soft">{t.around.text(hasDoses(props.model))}</p>
    </section>
  )
}
