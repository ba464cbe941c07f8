/**
 * The frame of every table in a report: its name for all who meet it (caption, the region that scrolls, the CSV button and
 * file), its heads, and room to scroll when it is wider than the screen. The rows are the caller's own; the first cell of
 * each is its `<th scope="row">`.
 */
import { For, type JSX, Show } from 'solid-js'
import { TableCsv } from '../paper/TableCsv.tsx'

export interface HeadColumn {
  readonly name: string
  /** Its cells are numbers, set to the right. */
  readonly number?: boolean
}

export interface ReportTableProps {
  /** Says what the table shows, and of what: no two of a report alike. */
  readonly name: string
  /** The heads of all columns, the first included. For heads in several rows give `heads` instead. */
  readonly columns?: readonly (string | HeadColumn)[]
  /** Rows of heads, made by the caller. */
  readonly heads?: JSX.Element
  /** CSS classes beside `plain-table`; `days-table` unless told. */
  readonly look?: string
  /** Scrolls within itself on a screen when it has very many rows. */
  readonly isTall?: boolean
  /** The rows come in groups, each the caller's own `<tbody>` that begins with a `<th scope="rowgroup">`. */
  readonly isGrouped?: boolean
  /** More rows are still to come. */
  readonly isBusy?: boolean
  /** Rows of sums or means under the others. */
  readonly foot?: JSX.Element
  readonly children: JSX.Element
}

export function ReportTable(props: ReportTableProps) {
  const head = (column: string | HeadColumn): HeadColumn => (typeof column === 'string' ? { name: column } : column)
  return (
    <TableCsv name={props.name}>
      <div
        class="table-wrap"
        classList={{ 'table-tall': props.isTall ?? false }}
        role="region"
        aria-label={props.name}
        tabindex="0"
        aria-busy={props.isBusy}
      >
        <table class={`plain-table ${props.look ?? 'days-table'}`}>
          <caption class="visually-hidden">{props.name}</caption>
          <thead>
            <Show when={props.columns} fallback={props.heads}>
              {columns => (
                <tr>
                  <For each={columns().map(head)}>
                    {({ name, number }) => (
                      <th scope="col" classList={{ number: number ?? false }}>
                        {name}
                      </th>
                    )}
                  </For>
                </tr>
              )}
            </Show>
          </thead>
          <Show when={props.isGrouped} fallback={<tbody>{props.children}</tbody>}>
            {props.children}
          </Show>
          <Show when={props.foot}>{foot => <tfoot>{foot()}</tfoot>}</Show>
        </table>
      </div>
    </TableCsv>
  )
}
