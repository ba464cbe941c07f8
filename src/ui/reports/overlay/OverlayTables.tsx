/** The table twin of the Overlay: each day in numbers, of a meter each value of it, and the mean by time of day. */
import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { DeviceTime } from '#records/time.ts'
import type { OverlayDay, OverlayMean, OverlayModel } from '#reports/overlayModel.ts'
import { textOfDay } from '../../state/createPeriod.ts'
import { useFormat } from '../../state/preferences.ts'
import type { Format } from '../../texts/format.ts'
import { overlayTexts } from '../../texts/reports/overlay.ts'
import { reportTexts } from '../../texts/reports.ts'
import { highestText, lowestText, sharesText } from '../amounts.ts'
import { shortDates } from '../dates.ts'
import { flagWord } from '../glucoseLane.ts'
import { ReportTable } from '../ReportTable.tsx'
import { FEW_DAYS, slotExtremes, slotText } from './overlayChart.ts'

const t = overlayTexts
const none = reportTexts.none

export interface DaysTableProps {
  readonly days: readonly OverlayDay[]
  readonly from: OverlayModel['from']
}

export interface OverlayTablesProps extends DaysTableProps {
  readonly mean: OverlayMean | undefined
}

export function OverlayTables(props: OverlayTablesProps) {
  return (
    <div class="stack">
      <section class="stack-tight">
        <h3>{t.daysTable}</h3>
        <DaysTable days={props.days} from={props.from} />
      </section>
      <Show when={props.mean}>
        {mean => (
          <section class="stack-tight">
            <h3>{t.timesTable}</h3>
            <TimesTable mean={mean()} />
          </section>
        )}
      </Show>
    </div>
  )
}

const glucoseText = (mgdl: number | undefined, format: Format): string =>
  mgdl === undefined || !Number.isFinite(mgdl) ? none : format.glucose(mgdl)

/** A row for each day; the values of a meter, which are the symbols of the chart, stand in it one by one. */
export function DaysTable(props: DaysTableProps) {
  const format = useFormat()
  const isMeter = () => props.from === 'meter'
  const names = () => {
    const { day, values, mean, lowest, highest, inRange, each } = t.columns
    return [day, values, mean, lowest, highest, inRange, ...(isMeter() ? [each] : [])]
  }
  // Ms since midnight are a time of day of the first day of all.
  const each = ({ meterMarks }: OverlayDay) =>
    meterMarks
      .map(({ ms, mgdl, flags }) =>
        t.eachValue(format.timeOfDay(ms as DeviceTime), flagWord(flags) ?? format.glucose(mgdl)),
      )
      .join(' · ')
  return (
    <>
      <ReportTable
        name={t.daysTable}
        columns={names()}
        look={isMeter() ? 'days-table overlay-meter' : 'days-table'}
        isTall={props.days.length > FEW_DAYS}
      >
        <For each={props.days}>
          {day => (
            <tr>
              <th scope="row">
                <A href={`/reports/daily?day=${textOfDay(day.day)}`}>{shortDates.weekdayAndDay(day.day)}</A>
              </th>
              <td>{format.number(day.summary?.count ?? 0)}</td>
              <td>{glucoseText(day.summary?.meanMgdl, format)}</td>
              <td>{day.summary ? lowestText(day.summary, format) : none}</td>
              <td>{day.summary ? highestText(day.summary, format) : none}</td>
              <td>{day.summary ? sharesText(day.summary.ranges, ['target'], format) : none}</td>
              <Show when={isMeter()}>
                <td>{each(day)}</td>
              </Show>
            </tr>
          )}
        </For>
      </ReportTable>
      <p class="small soft">{t.glucoseUnit(format.glucoseUnit())}</p>
    </>
  )
}

function TimesTable(props: { readonly mean: OverlayMean }) {
  const format = useFormat()
  const { time, mean, lowest, highest, values, days } = t.columns
  const extremes = (slot: number) =>
    (props.mean.values[slot] ?? 0) === 0 ? [none, none] : slotExtremes(props.mean, slot, format)
  return (
    <>
      <ReportTable name={t.timesTable} columns={[time, mean, lowest, highest, values, days]} isTall>
        <For each={Array.from(props.mean.mgdl, (_, slot) => slot)}>
          {slot => (
            <tr>
              <th scope="row">{slotText(slot, props.mean.slotMinutes, format)}</th>
              <td>{glucoseText(props.mean.mgdl[slot], format)}</td>
              <For each={extremes(slot)}>{text => <td>{text}</td>}</For>
              <td>{format.number(props.mean.values[slot] ?? 0)}</td>
              <td>{format.number(props.mean.days[slot] ?? 0)}</td>
            </tr>
          )}
        </For>
      </ReportTable>
      <p class="small soft">{t.glucoseUnit(format.glucoseUnit())}</p>
    </>
  )
}
