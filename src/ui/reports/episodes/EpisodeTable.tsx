/** Every low and high with what happened around it, newest first; a row is chosen to see its glucose. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import { type DeviceTime, deviceDayOf, MINUTE_MS } from '#records/time.ts'
import type { EpisodeSide, ListedEpisode } from '#reports/episodesModel.ts'
import { Button } from '../../parts/Button.tsx'
import { Segmented } from '../../parts/Segmented.tsx'
import { useFormat } from '../../state/preferences.ts'
import type { Format } from '../../texts/format.ts'
import { reportTexts } from '../../texts/reports.ts'
import { episodesTexts } from '../../texts/reports/episodes.ts'
import { doseText, hoursText, rounded } from '../amounts.ts'
import { shortDates } from '../dates.ts'
import { ReportTable } from '../ReportTable.tsx'

export interface EpisodeTableProps {
  readonly episodes: readonly ListedEpisode[]
  readonly chosen: ListedEpisode | undefined
  readonly onChoose: (episode: ListedEpisode) => void
}

const t = episodesTexts.list
const PAGE_ROWS = 50

export function EpisodeTable(props: EpisodeTableProps) {
  const format = useFormat()
  const [side, setSide] = createSignal<EpisodeSide | 'all'>('all')
  const [limit, setLimit] = createSignal(PAGE_ROWS)
  const matching = createMemo(() =>
    side() === 'all' ? props.episodes : props.episodes.filter(episode => episode.side === side()),
  )
  const shown = () => matching().slice(0, limit())
  return (
    <section class="card report-card">
      <div class="row-apart">
        <h2>{t.title}</h2>
        <div class="screen-only">
          <Segmented
            label={t.show}
            value={side()}
            choices={(['all', 'hypo', 'hyper'] as const).map(value => ({ value, label: t.sides[value] }))}
            onChange={setSide}
          />
        </div>
      </div>
      <Show when={matching().length > 0} fallback={<p class="soft">{episodesTexts.none}</p>}>
        <ReportTable
          name={t.tableName}
          look="days-table episode-list"
          columns={[
            t.columns.start,
            t.columns.kind,
            t.columns.duration,
            t.columns.extreme(format.glucoseUnit()),
            t.columns.bolus,
            t.columns.suspended,
            t.columns.carbs,
            t.columns.rebound,
          ]}
        >
          <For each={shown()}>
            {episode => (
              <tr classList={{ 'episode-chosen': episode === props.chosen }}>
                <th scope="row">
                  <button
                    type="button"
                    class="link-button"
                    aria-pressed={episode === props.chosen}
                    onClick={() => props.onChoose(episode)}
                  >
                    {startText(episode, format)}
                  </button>
                </th>
                <td>{kindText(episode)}</td>
                <td>{hoursText(episode.minutes)}</td>
                <td>{extremeText(episode, format)}</td>
                <td>{bolusText(episode, format)}</td>
                <td>{suspendText(episode)}</td>
                <td>{carbsText(episode, format)}</td>
                <td>{reboundText(episode, format)}</td>
              </tr>
            )}
          </For>
        </ReportTable>
        <Show when={matching().length > limit()}>
          <div class="row-apart">
            <p class="small soft">{t.shown(limit(), matching().length)}</p>
            <div class="screen-only">
              <Button size="small" onClick={() => setLimit(now => now + PAGE_ROWS)}>
                {t.more}
              </Button>
            </div>
          </div>
        </Show>
        <p class="small soft">{t.note}</p>
      </Show>
    </section>
  )
}

// All moments of an episode are of the device's clock.
const clock = (ms: number, format: Format): string => format.timeOfDay(ms as DeviceTime)

/** "Sat 14 Mar, 03:25". */
export const startText = ({ startMs }: ListedEpisode, format: Format): string =>
  `${shortDates.weekdayAndDay(deviceDayOf(startMs as DeviceTime))}, ${clock(startMs, format)}`

/** "Very low, over 2 h, overnight". */
export const kindText = ({ side, level, isExtended, isOvernight }: ListedEpisode): string =>
  [t.kinds[side][level], isExtended ? t.extended : '', isOvernight ? t.overnight : ''].filter(Boolean).join(', ')

function extremeText({ side, extremeMgdl, extremeAt, isOutOfRange }: ListedEpisode, format: Format): string {
  const limit = side === 'hypo' ? reportTexts.dailyChart.low : reportTexts.dailyChart.high
  return t.at(isOutOfRange ? limit : format.glucose(extremeMgdl), clock(extremeAt, format))
}

function bolusText({ bolus, startMs }: ListedEpisode, format: Format): string {
  if (!bolus) return reportTexts.none
  return t.bolus(doseText(bolus.units, format), hoursText((startMs - bolus.lastAt) / MINUTE_MS))
}

function suspendText({ suspendedMinutes }: ListedEpisode): string {
  if (suspendedMinutes === undefined) return t.unknown
  return suspendedMinutes < 0.5 ? reportTexts.none : hoursText(suspendedMinutes)
}

function carbsText({ carbs }: ListedEpisode, format: Format): string {
  if (!carbs) return reportTexts.none
  return t.carbs(
    carbs.grams > 0 ? rounded(carbs.grams, 0, format) : undefined,
    carbs.exchanges > 0 ? rounded(carbs.exchanges, 1, format) : undefined,
  )
}

const reboundText = ({ side, reboundAt }: ListedEpisode, format: Format): string =>
  reboundAt === undefined ? reportTexts.none : t.rebound[side](clock(reboundAt, format))
