/** The table twin of the Overlay: each day in numbers, and the mean by time of day. */
import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { OverlayDay, OverlayMean } from '#reports/overlayModel.ts'
import { textOfDay } from '../../state/createPeriod.ts'
import { useFormat } from '../../state/preferences.ts'
import { overlayTexts } from '../../texts/reports/overlay.ts'
import { reportTexts } from '../../texts/reports.ts'
import { highestText, lowestText, sharesText } from '../amounts.ts'
import { shortDates } from '../dates.ts'
import { slotText } from './overlayChart.ts'
import { TableCsv } from '../../paper/TableCsv.tsx'

const t = overlayTexts
const none = reportTexts.none

export interface OverlayTablesProps {
  readonly days: readonly OverlayDay[]
  readonly mean: OverlayMean | undefined
}

export function OverlayTables(props: OverlayTablesProps) {
  const format = useFormat()
  const glucose = (mgdl: number | undefined) =>
    mgdl === undefined || !Number.isFinite(mgdl) ? none : format.glucose(mgdl)
  return (
    <div class="stack">
      <section class="stack-tight">
        <h3>{t.daysTable}</h3>
        <TableCsv name={t.daysTable}>
          <div class="table-wrap table-tall" role="region" aria-label={t.daysTable} tabindex="0">
            <table class="plain-table days-table">
              <caption class="visually-hidden">{t.daysTable}</caption>
              <thead>
                <tr>
                  <th scope="col">{t.columns.day}</th>
                  <For
                    each={[t.columns.values, t.columns.mean, t.columns.lowest, t.columns.highest, t.columns.inRange]}
                  >
                    {name => <th scope="col">{name}</th>}
                  </For>
                </tr>
              </thead>
              <tbody>
                <For each={props.days}>
                  {({ day, summary }) => (
                    <tr>
                      <th scope="row">
                        <A href={`/reports/daily?day=${textOfDay(day)}`}>{shortDates.weekdayAndDay(day)}</A>
                      </th>
                      <td>{format.number(summary?.count ?? 0)}</td>
                      <td>{glucose(summary?.meanMgdl)}</td>
                      <td>{summary ? lowestText(summary, format) : none}</td>
                      <td>{summary ? highestText(summary, format) : none}</td>
                      <td>{summary ? sharesText(summary.ranges, ['target'], format) : none}</td>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </div>
        </TableCsv>
      </section>
      <Show when={props.mean}>
        {mean => (
          <section class="stack-tight">
            <h3>{t.timesTable}</h3>
            <TableCsv name={t.timesTable}>
              <div class="table-wrap table-tall" role="region" aria-label={t.timesTable} tabindex="0">
                <table class="plain-table days-table">
                  <caption class="visually-hidden">{t.timesTable}</caption>
                  <thead>
                    <tr>
                      <th scope="col">{t.columns.time}</th>
                      <For
                        each={[t.columns.mean, t.columns.lowest, t.columns.highest, t.columns.values, t.columns.days]}
                      >
                        {name => <th scope="col">{name}</th>}
                      </For>
                    </tr>
                  </thead>
                  <tbody>
                    <For each={Array.from(mean().mgdl, (_, slot) => slot)}>
                      {slot => (
                        <tr>
                          <th scope="row">{slotText(slot, mean().slotMinutes, format)}</th>
                          <td>{glucose(mean().mgdl[slot])}</td>
                          <td>{glucose(mean().lowest[slot])}</td>
                          <td>{glucose(mean().highest[slot])}</td>
                          <td>{format.number(mean().values[slot] ?? 0)}</td>
                          <td>{format.number(mean().days[slot] ?? 0)}</td>
                        </tr>
                      )}
                    </For>
                  </tbody>
                </table>
              </div>
            </TableCsv>
          </section>
        )}
      </Show>
      <p class="small soft">{t.glucoseUnit(format.glucoseUnit())}</p>
    </div>
  )
}
