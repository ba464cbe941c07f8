/** Stored records as rows: time, kind, content in words, device, and the place of their bytes, which opens them. */
import { createSignal, For, Show } from 'solid-js'
import type { RecordsRow } from '#workers/api.ts'
import { RecordDetail } from '../../parts/RecordDetail.tsx'
import { contentText, recordText, typeName } from '../../parts/recordText.ts'
import { useFormat } from '../../state/preferences.ts'
import { dataTableTexts as t } from '../../texts/reports/dataTable.ts'
import { ReportTable } from '../ReportTable.tsx'
import { columnNames, placeCell, timeCell } from './recordCells.ts'

export interface RecordsTableProps {
  readonly rows: readonly RecordsRow[]
  readonly order: 'newest' | 'oldest'
  /** Turns the order round; absent where there is no screen. */
  readonly onOrder?: () => void
}

export function RecordsTable(props: RecordsTableProps) {
  const has = (test: (row: RecordsRow) => boolean) => props.rows.some(test)
  return (
    <>
      <ReportTable name={t.tableName} look="records-table" heads={<Heads {...props} />}>
        <For each={props.rows}>{row => <Row row={row} />}</For>
      </ReportTable>
      <p class="small soft">
        {t.bytesNote}
        <span class="screen-only"> {t.bytesChoose}</span>
        <Show when={has(row => row.repeated)}> {t.repeatedNote}</Show>
      </p>
    </>
  )
}

/** The head of the time turns the order; on paper, where heads come again on every page, it is only words. */
function Heads(props: RecordsTableProps) {
  return (
    <tr>
      <th scope="col" aria-sort={props.order === 'newest' ? 'descending' : 'ascending'}>
        <button
          type="button"
          class="sort-button screen-only"
          title={t.sort[props.order]}
          onClick={() => props.onOrder?.()}
        >
          {t.columns.time} <span aria-hidden="true">{props.order === 'newest' ? '▼' : '▲'}</span>
        </button>
        <span class="print-only">{t.columns.time}</span>
      </th>
      <For each={columnNames.slice(1)}>{name => <th scope="col">{name}</th>}</For>
    </tr>
  )
}

function Row(props: { readonly row: RecordsRow }) {
  const format = useFormat()
  const [open, setOpen] = createSignal(false)
  const when = () => timeCell(props.row, format)
  return (
    <>
      <tr classList={{ 'records-repeated': props.row.repeated }}>
        <th scope="row" class="figures">
          {when()}
        </th>
        <td class="records-kind">{typeName(props.row.type)}</td>
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
        <td class="records-bytes figures">
          <button type="button" class="traceable" aria-expanded={open()} onClick={() => setOpen(now => !now)}>
            {placeCell(props.row, format)}
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
