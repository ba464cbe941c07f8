/** What is told twice, by who is left out for whom; and how much of each kind is stored of each device. */
import { For, Show } from 'solid-js'
import { KIND_OF_TYPE } from '#records/records.ts'
import type { Period } from '#reports/models.ts'
import type { CopiesRow, SourceName, StoredCount } from '#reports/qualityModel.ts'
import { Traceable } from '../../parts/Evidence.tsx'
import { typeName } from '../../parts/recordText.ts'
import { useFormat } from '../../state/preferences.ts'
import { qualityTexts } from '../../texts/reports/quality.ts'
import { reportTexts } from '../../texts/reports.ts'
import { ReportTable } from '../ReportTable.tsx'

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
      <ReportTable
        name={t.title}
        columns={[t.columns.kind, t.columns.leftOut, t.columns.believed, { name: t.columns.count, number: true }]}
        look="quality-table"
      >
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
      </ReportTable>
      <p class="small soft">{t.note}</p>
    </section>
  )
}

export interface StoredProps {
  readonly period: Period
  readonly rows: readonly StoredCount[]
  /** Keys of the devices whose data are all simulated. */
  readonly simulated: ReadonlySet<string>
}

export function Stored(props: StoredProps) {
  const t = qualityTexts.stored
  const format = useFormat()
  const query = ({ type, deviceKey }: StoredCount, copies: 'also' | 'only') => ({
    kinds: [KIND_OF_TYPE[type]],
    types: [type],
    period: props.period,
    deviceKey,
    copies,
  })
  return (
    <section class="card report-card">
      <h2>{t.title}</h2>
      <ReportTable
        name={t.title}
        columns={[
          t.columns.kind,
          { name: t.columns.stored, number: true },
          { name: t.columns.leftOut, number: true },
          t.columns.device,
        ]}
        look="quality-table"
      >
        <For each={props.rows}>
          {row => (
            <tr>
              <th scope="row">{typeName(row.type)}</th>
              <td class="number">
                <Traceable
                  title={t.storedOf(typeName(row.type), row.device)}
                  query={query(row, 'also')}
                  count={row.stored}
                  of="entries"
                >
                  {format.number(row.stored)}
                </Traceable>
              </td>
              <td class="number">
                <Show when={row.leftOut > 0} fallback={reportTexts.none}>
                  <Traceable
                    title={t.leftOutOf(typeName(row.type), row.device)}
                    query={query(row, 'only')}
                    count={row.leftOut}
                    of="entries"
                  >
                    {format.number(row.leftOut)}
                  </Traceable>
                </Show>
              </td>
              <td class="quality-device">
                {row.device}
                <Show when={props.simulated.has(row.deviceKey)}>
                  {' '}
                  <span class="tag">{t.simulated}</span>
                </Show>
              </td>
            </tr>
          )}
        </For>
      </ReportTable>
    </section>
  )
}
