/** What is told twice, by who is left out for whom; and how much of each kind is stored of each device. */
import { For, Show } from 'solid-js'
import type { CopiesRow, SourceName, StoredCount } from '#reports/qualityModel.ts'
import { typeName } from '../../parts/recordText.ts'
import { useFormat } from '../../state/preferences.ts'
import { qualityTexts } from '../../texts/reports/quality.ts'
import { reportTexts } from '../../texts/reports.ts'
import { TableCsv } from '../../paper/TableCsv.tsx'

export function Copies(props: { readonly rows: readonly CopiesRow[] }) {
  const t = qualityTexts.copies
  const format = useFormat()
  const nameOf = ({ device, fromFile }: SourceName) => (fromFile ? t.file(device) : t.read(device))
  const believed = (row: CopiesRow) => {
    const name = nameOf(row.believed)
    return name === nameOf(row.leftOut) ? t.twice(name) : name
  }
  return (
    <section class="card report-card">
      <h2>{t.title}</h2>
      <TableCsv name={t.title}>
        <div class="table-wrap" role="region" aria-label={t.title} tabindex="0">
          <table class="plain-table quality-table">
            <caption class="visually-hidden">{t.title}</caption>
            <thead>
              <tr>
                <th scope="col">{t.columns.kind}</th>
                <th scope="col">{t.columns.leftOut}</th>
                <th scope="col">{t.columns.believed}</th>
                <th scope="col" class="number">
                  {t.columns.count}
                </th>
              </tr>
            </thead>
            <tbody>
              <For each={props.rows}>
                {row => (
                  <tr>
                    <th scope="row">{typeName(row.type)}</th>
                    <td>{nameOf(row.leftOut)}</td>
                    <td>{believed(row)}</td>
                    <td class="number">{format.number(row.count)}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
      </TableCsv>
      <p class="small soft">{t.note}</p>
    </section>
  )
}

export interface StoredProps {
  readonly rows: readonly StoredCount[]
  /** Keys of the devices whose data are all simulated. */
  readonly simulated: ReadonlySet<string>
}

export function Stored(props: StoredProps) {
  const t = qualityTexts.stored
  const format = useFormat()
  return (
    <section class="card report-card">
      <h2>{t.title}</h2>
      <TableCsv name={t.title}>
        <div class="table-wrap" role="region" aria-label={t.title} tabindex="0">
          <table class="plain-table quality-table">
            <caption class="visually-hidden">{t.title}</caption>
            <thead>
              <tr>
                <th scope="col">{t.columns.kind}</th>
                <th scope="col" class="number">
                  {t.columns.stored}
                </th>
                <th scope="col" class="number">
                  {t.columns.leftOut}
                </th>
                <th scope="col">{t.columns.device}</th>
              </tr>
            </thead>
            <tbody>
              <For each={props.rows}>
                {row => (
                  <tr>
                    <th scope="row">{typeName(row.type)}</th>
                    <td class="number">{format.number(row.stored)}</td>
                    <td class="number">{row.leftOut === 0 ? reportTexts.none : format.number(row.leftOut)}</td>
                    <td class="nowrap">
                      {row.device}
                      <Show when={props.simulated.has(row.deviceKey)}>
                        {' '}
                        <span class="tag">{t.simulated}</span>
                      </Show>
                    </td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
      </TableCsv>
    </section>
  )
}
