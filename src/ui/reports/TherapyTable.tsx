/** Boluses, calculator screens and noted carbs of a day in order of time, with every field; one row for each thing done. */
import { createMemo, For, Show } from 'solid-js'
import type { DailyModel } from '#reports/models.ts'
import { TableCsv } from '../paper/TableCsv.tsx'
import { useFormat, usePreferences } from '../state/preferences.ts'
import { dailyTexts } from '../texts/reports/daily.ts'
import { reportTexts } from '../texts/reports.ts'
import { therapyColumns } from './daily/therapyColumns.ts'

const t = reportTexts.dailyTables

export function TherapyTable(props: { readonly model: DailyModel }) {
  const format = useFormat()
  const preferences = usePreferences()
  /** Columns in which something stands on this day: a day of plain boluses is easy to read. */
  const columns = createMemo(() =>
    therapyColumns(preferences.now().glucoseUnits).filter(({ text }) =>
      props.model.therapy.some(row => text(row, format) !== ''),
    ),
  )
  return (
    <Show when={props.model.therapy.length > 0} fallback={<p class="soft">{t.therapyNone}</p>}>
      <TableCsv name={t.therapy}>
        <div class="table-wrap" role="region" aria-label={t.therapy} tabindex="0">
          <table class="plain-table therapy-table">
            <caption class="visually-hidden">{t.therapy}</caption>
            <thead>
              <tr>
                <th scope="col">{dailyTexts.columns.time}</th>
                <For each={columns()}>
                  {column => (
                    <th scope="col" classList={{ number: column.number ?? false }}>
                      {column.name}
                    </th>
                  )}
                </For>
              </tr>
            </thead>
            <tbody>
              <For each={props.model.therapy}>
                {row => (
                  <tr>
                    <th scope="row">{format.timeOfDay(row.at)}</th>
                    <For each={columns()}>
                      {column => <td classList={{ number: column.number ?? false }}>{column.text(row, format)}</td>}
                    </For>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
      </TableCsv>
      <p class="small soft">{dailyTexts.tableNote}</p>
    </Show>
  )
}
