/** The data table in a PDF of several reports: its newest entries, and how many are not there. */
import './dataTable.css'
import { Show } from 'solid-js'
import type { Period } from '#reports/models.ts'
import type { RecordsPage } from '#workers/api.ts'
import { useFormat } from '../../state/preferences.ts'
import { dataTableTexts as t } from '../../texts/reports/dataTable.ts'
import { PrintHead } from '../PrintHead.tsx'
import { RecordsTable } from './RecordsTable.tsx'

/** Some ten pages; ninety days of everything would be hundreds. */
export const PAPER_ROWS = 500

export function PaperRecords(props: { readonly page: RecordsPage; readonly period: Period }) {
  const format = useFormat()
  const left = () => props.page.total - props.page.rows.length
  const devices = () => props.page.devices.filter(({ count }) => count > 0).map(({ name }) => name)
  return (
    <div class="report-body data-table">
      <PrintHead title={t.title} days={format.days(props.period.firstDay, props.period.lastDay)} devices={devices()} />
      <section class="card report-card">
        <p class="figures">
          <strong>{t.count(props.page.total)}</strong>, {t.sorted.newest}.
          <Show when={left() > 0}> {t.notPrinted(format.number(props.page.rows.length), format.number(left()))}</Show>
        </p>
        <RecordsTable rows={props.page.rows} order="newest" />
      </section>
    </div>
  )
}
