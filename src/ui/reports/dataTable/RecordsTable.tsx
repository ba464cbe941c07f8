/** Stored records as rows: time, kind, content in words, device, and the place of their bytes, which opens them. */
import { createSignal, For, Show } from 'solid-js'
import { deviceDayOf } from '#records/time.ts'
import type { RecordsRow } from '#workers/api.ts'
import { RecordDetail } from '../../parts/RecordDetail.tsx'
import { contentText, recordText, typeName } from '../../parts/recordText.ts'
import { useFormat } from '../../state/preferences.ts'
import { dataTableTexts as t } from '../../texts/reports/dataTable.ts'
import { TableCsv } from '../../paper/TableCsv.tsx'

export interface RecordsTableProps {
  readonly rows: readonly RecordsRow[]
  readonly order: 'newest' | 'oldest'
  readonly onOrder: () => void
}

export function RecordsTable(props: RecordsTableProps) {
  const has = (test: (row: RecordsRow) => boolean) => props.rows.some(test)
  return (
    <>
      <TableCsv name={t.tableName}>
        <div class="table-wrap" role="region" aria-label={t.tableName} tabindex="0">
          <table class="plain-table records-table">
            <caption class="visually-hidden">{t.tableName}</caption>
            <thead>
              <tr>
                <th scope="col" aria-sort={props.order === 'newest' ? 'descending' : 'ascending'}>
                  <button type="button" class="sort-button" title={t.sort[props.order]} onClick={() => props.onOrder()}>
                    {t.columns.time} <span aria-hidden="true">{props.order === 'newest' ? '▼' : '▲'}</span>
                  </button>
                </th>
                <th scope="col">{t.columns.kind}</th>
                <th scope="col">{t.columns.content}</th>
                <th scope="col">{t.columns.device}</th>
                <th scope="col">{t.columns.raw}</th>
              </tr>
            </thead>
            <tbody>
              <For each={props.rows}>{row => <Row row={row} />}</For>
            </tbody>
          </table>
        </div>
      </TableCsv>
      <p class="small soft">
        {t.bytesNote}
        <Show when={has(row => row.repeated)}> {t.repeatedNote}</Show>
      </p>
    </>
  )
}

function Row(props: { readonly row: RecordsRow }) {
  const format = useFormat()
  const [open, setOpen] = createSignal(false)
  const when = () => `${format.day(deviceDayOf(props.row.deviceTime))}, ${format.timeOfDay(props.row.deviceTime)}`
  return (
    <>
      <tr classList={{ 'records-repeated': props.row.repeated }}>
        <th scope="row" class="figures">
          {when()}
        </th>
        <td class="nowrap">{typeName(props.row.type)}</td>
        <td class="records-content">
          {contentText(props.row, format)}
          <Show when={props.row.repeated}>
            {' '}
            <span class="tag" title={t.repeatedWhy}>
              {t.repeated}
            </span>
          </Show>
        </td>
        <td class="records-device">
          {props.row.deviceName}
          <Show when={props.row.simulated}>
            {' '}
            <span class="tag">{t.simulated}</span>
          </Show>
        </td>
        <td class="figures">
          <button type="button" class="traceable" aria-expanded={open()} onClick={() => setOpen(now => !now)}>
            {t.place(format.number(props.row.page + 1), format.number(props.row.offset))}
            <span class="visually-hidden screen-only">
              . {t.openBytes(`${recordText(props.row, format)}, ${when()}`)}
            </span>
          </button>
        </td>
      </tr>
      <Show when={open()}>
        <tr class="evidence-open">
          <td colSpan={5}>
            <RecordDetail row={props.row} />
          </td>
        </tr>
      </Show>
    </>
  )
}
