/**
 * Clocks that were set, and every read or file that brought entries of the period: its device's clock against the
 * computer's, and what in it was not understood, down to the bytes.
 */
import { createSignal, For, Show } from 'solid-js'
import { deviceDayOf, type DeviceTime } from '#records/time.ts'
import type { Skipped } from '#records/records.ts'
import type { Period } from '#reports/models.ts'
import type { ClockSetting } from '#reports/qualityModel.ts'
import type { DeviceCard, ReadReport } from '#workers/api.ts'
import { isClockOff } from '../../parts/ClockNote.tsx'
import { RawBytesView } from '../../parts/RawBytesView.tsx'
import { useFormat } from '../../state/preferences.ts'
import { qualityTexts } from '../../texts/reports/quality.ts'
import { shortDates } from '../dates.ts'
import { ReportTable } from '../ReportTable.tsx'

export function ClockSettings(props: { readonly settings: readonly ClockSetting[] }) {
  const t = qualityTexts.clocks
  const format = useFormat()
  const moment = (time: DeviceTime) => `${shortDates.weekdayAndDay(deviceDayOf(time))}, ${format.timeOfDay(time)}`
  const moved = (byMs: number | undefined) => {
    if (byMs === undefined) return t.notTold
    const by = format.duration(Math.abs(byMs))
    return byMs >= 0 ? t.forward(by) : t.back(by)
  }
  return (
    <section class="card report-card">
      <h2>{t.setTitle}</h2>
      <ReportTable name={t.setTitle} columns={Object.values(t.columns)} look="quality-table">
        <For each={props.settings}>
          {setting => (
            <tr>
              <th scope="row">{moment(setting.at)}</th>
              <td>{setting.device}</td>
              <td class="nowrap">{setting.from === undefined ? t.notTold : moment(setting.from)}</td>
              <td class="nowrap">{moment(setting.to)}</td>
              <td>{moved(setting.byMs)}</td>
            </tr>
          )}
        </For>
      </ReportTable>
    </section>
  )
}

const t = qualityTexts.reads

export function Reads(props: { readonly cards: readonly DeviceCard[]; readonly period: Period }) {
  const format = useFormat()
  const reads = () => readsOf(props.cards, props.period)
  const clock = (differenceMs: number | undefined) => {
    if (differenceMs === undefined) return t.unknown
    if (!isClockOff(differenceMs)) return t.right
    const by = format.duration(Math.abs(differenceMs))
    return differenceMs > 0 ? t.ahead(by) : t.behind(by)
  }
  return (
    <section class="card report-card">
      <div class="row-apart">
        <h2>{t.title}</h2>
        <p class="small soft">{t.text}</p>
      </div>
      <Show when={reads().length > 0} fallback={<p class="soft">{t.none}</p>}>
        <ReportTable name={t.title} columns={Object.values(t.columns)} look="quality-table">
          <For each={reads()}>
            {read => (
              <tr>
                <th scope="row" title={format.momentExact(read.at)}>
                  <span class="screen-only">{format.moment(read.at)}</span>
                  <span class="print-only">{format.momentExact(read.at)}</span>
                </th>
                <td>
                  {read.title}
                  <Show when={read.how === 'simulated'}>
                    {' '}
                    <span class="tag">{t.simulated}</span>
                  </Show>
                  <Show when={read.result === 'partial'}>
                    {' '}
                    <span class="tag">{t.partial}</span>
                  </Show>
                </td>
                <td>{clock(read.clockDifferenceMs)}</td>
                <td>{read.skippedCount === 0 ? t.nothingSkipped : t.places(read.skippedCount)}</td>
              </tr>
            )}
          </For>
        </ReportTable>
        <For each={reads().filter(({ skipped }) => skipped.length > 0)}>{read => <NotUnderstood read={read} />}</For>
      </Show>
    </section>
  )
}

/** Those that brought something of these days, newest first, each once however many devices it was about. */
function readsOf(cards: readonly DeviceCard[], { firstDay, lastDay }: Period): readonly ReadReport[] {
  const byId = new Map(cards.flatMap(({ reads }) => reads).map(read => [read.readId, read]))
  return [...byId.values()]
    .filter(({ devices }) =>
      devices.some(
        ({ from, to }) =>
          from !== undefined && to !== undefined && deviceDayOf(from) <= lastDay && deviceDayOf(to) >= firstDay,
      ),
    )
    .toSorted((a, b) => b.at - a.at)
}

function NotUnderstood(props: { readonly read: ReadReport }) {
  const title = () => t.skippedTitle(props.read.title)
  return (
    <details class="disclosure">
      <summary>
        {title()}: {t.places(props.read.skippedCount)}
      </summary>
      <ReportTable name={title()} columns={[t.place, t.reason, t.show]} look="quality-table" isTall>
        <For each={props.read.skipped}>
          {skipped => <SkippedRow skipped={skipped} artifactId={props.read.artifactId} />}
        </For>
      </ReportTable>
      <Show when={props.read.skippedCount > props.read.skipped.length}>
        <p class="small soft">{t.first(props.read.skipped.length, props.read.skippedCount)}</p>
      </Show>
    </details>
  )
}

function SkippedRow(props: { readonly skipped: Skipped; readonly artifactId: string }) {
  const format = useFormat()
  const [open, setOpen] = createSignal(false)
  const place = () =>
    props.skipped.line === undefined
      ? t.byte(format.number(props.skipped.page + 1), format.number(props.skipped.offset))
      : t.line(format.number(props.skipped.line))
  return (
    <>
      <tr>
        <th scope="row">{place()}</th>
        <td>{props.skipped.reason}</td>
        <td>
          <button type="button" class="traceable" aria-expanded={open()} onClick={() => setOpen(now => !now)}>
            {format.number(props.skipped.length)}
            <span class="visually-hidden screen-only">. {t.showOf(place())}</span>
          </button>
        </td>
      </tr>
      <Show when={open()}>
        <tr class="evidence-open">
          <td colSpan={3}>
            <RawBytesView of={{ ...props.skipped, artifactId: props.artifactId }} />
          </td>
        </tr>
      </Show>
    </>
  )
}
