/** Boluses, calculator screens and noted carbs of a day in order of time, with every field; one row for each thing done. */
import { createMemo, For, Show } from 'solid-js'
import type { DailyModel } from '#reports/models.ts'
import { useFormat, usePreferences } from '../state/preferences.ts'
import { dailyTexts } from '../texts/reports/daily.ts'
import { reportTexts } from '../texts/reports.ts'
import { therapyColumns } from './daily/therapyColumns.ts'
import { ReportTable } from './ReportTable.tsx'

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
  const notes = () => {
    const has = (name: string) => columns().some(column => column.name === name)
    const { columns: names, tableNote, partsNote, overrideNote } = dailyTexts
    return [tableNote, ...(has(names.over) ? [partsNote] : []), ...(has(names.override) ? [overrideNote] : [])]
  }
  return (
    <Show when={props.model.therapy.length > 0} fallback={<p class="soft">{t.therapyNone}</p>}>
      <ReportTable name={t.therapy} columns={[dailyTexts.columns.time, ...columns()]} look="therapy-table">
        <For each={props.model.therapy}>
          {row => (
            <tr>
              <th scope="row">{format.timeOfDay(row.at)}</th>
              <For each={columns()}>
                {column => (
                  <td classList={{ number: column.number ?? false }}>{column.text(row, format) || reportTexts.none}</td>
                )}
              </For>
            </tr>
          )}
        </For>
      </ReportTable>
      <p class="small soft">{notes().join(' ')}</p>
    </Show>
  )
}
