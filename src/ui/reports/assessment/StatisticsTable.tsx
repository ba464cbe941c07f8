/** The numbers of both periods side by side, each with what it stands on, and how they differ. */
import { For, Show } from 'solid-js'
import type { Comparison } from '#reports/assessmentModel.ts'
import type { Period } from '#reports/models.ts'
import { Traceable } from '../../parts/Evidence.tsx'
import { useFormat, usePreferences } from '../../state/preferences.ts'
import { reportTexts } from '../../texts/reports.ts'
import { assessmentTexts } from '../../texts/reports/assessment.ts'
import type { Behind } from '../behind.ts'
import type { Cell } from './cells.ts'
import { statistics } from './statistics.ts'
import { ReportTable } from '../ReportTable.tsx'

const t = assessmentTexts

export interface StatisticsTableProps {
  readonly model: Comparison
  /** Names of the rows that are shown; all of them unless told. */
  readonly only?: ReadonlySet<string>
}

export function StatisticsTable(props: StatisticsTableProps) {
  const format = useFormat()
  const preferences = usePreferences()
  const groups = () =>
    statistics(props.model, format, preferences.now())
      .map(({ name, rows }) => ({ name, rows: rows.filter(row => props.only?.has(row.name) ?? true) }))
      .filter(({ rows }) => rows.length > 0)
  const daysOf = (side: Comparison['before']) =>
    side ? format.days(side.period.firstDay, side.period.lastDay) : t.noBefore
  return (
    <ReportTable
      name={t.table.name}
      look="days-table statistics-table"
      isGrouped
      heads={
        <tr>
          <th scope="col">{t.table.what}</th>
          <th scope="col">
            {t.now} <span class="statistics-note">{daysOf(props.model.now)}</span>
          </th>
          <th scope="col">
            {t.before} <span class="statistics-note">{daysOf(props.model.before)}</span>
          </th>
          <th scope="col">{t.change}</th>
        </tr>
      }
    >
      <For each={groups()}>
        {group => (
          <tbody>
            <tr class="statistics-group">
              <th scope="rowgroup" colSpan={4}>
                {group.name}
              </th>
            </tr>
            <For each={group.rows}>
              {row => (
                <tr>
                  <th scope="row">{row.name}</th>
                  <td>
                    <Value cell={row.now} name={row.name} behind={row.behind} period={props.model.now.period} />
                  </td>
                  <td>
                    <Value
                      cell={row.before}
                      name={row.name}
                      behind={row.behind}
                      period={props.model.before?.period ?? props.model.now.period}
                    />
                  </td>
                  <td>{row.change}</td>
                </tr>
              )}
            </For>
          </tbody>
        )}
      </For>
    </ReportTable>
  )
}

interface ValueProps {
  readonly cell: Cell | undefined
  readonly name: string
  readonly behind: Behind
  readonly period: Period
}

/** The number opens the records that it stands on. */
function Value(props: ValueProps) {
  return (
    <Show when={props.cell} fallback={reportTexts.none}>
      {cell => (
        <>
          <Traceable title={props.name} query={{ ...props.behind, period: props.period }} of="entries">
            <span class="statistics-value">
              <Measured text={cell().text} />
            </span>
          </Traceable>{' '}
          <Show when={cell().note}>
            <span class="statistics-note">{cell().note}</span>
          </Show>
        </>
      )}
    </Show>
  )
}

/** On a narrow screen the unit may stand under the number, which stays whole: "153 ± 53" over "mg/dL". */
function Measured(props: { readonly text: string }) {
  const unitAt = () => props.text.lastIndexOf(' ')
  return (
    <Show when={unitAt() > 0} fallback={props.text}>
      <span class="statistics-number">{props.text.slice(0, unitAt())}</span>
      {props.text.slice(unitAt())}
    </Show>
  )
}
