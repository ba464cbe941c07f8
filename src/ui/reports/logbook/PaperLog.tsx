/**
 * The logbook by hours on paper: a column for each day and a row for each hour, so that two weeks with all 24 hours fit one
 * page; a page is not wide enough for a column for each hour.
 */
import { createMemo, For } from 'solid-js'
import type { LogbookDay } from '#reports/logbookModel.ts'
import { useFormat } from '../../state/preferences.ts'
import { logbookTexts } from '../../texts/reports/logbook.ts'
import { reportTexts } from '../../texts/reports.ts'
import { shortDates } from '../dates.ts'
import { ReportTable } from '../ReportTable.tsx'
import { HourName } from './HourName.tsx'
import { logCell } from './logCell.tsx'
import { daysBeside, hoursOf } from './logPages.ts'
import { totalColumns } from './totals.ts'

const t = logbookTexts
/** The whole width is for a week and more; a few days would stand far apart. */
const HOUR_PT = 36
const DAY_PT = 69
const TEXT_PT = 523

export function PaperLog(props: { readonly days: readonly LogbookDay[] }) {
  return <For each={daysBeside(props.days)}>{days => <DaysBeside days={days} />}</For>
}

function DaysBeside(props: { readonly days: readonly LogbookDay[] }) {
  const format = useFormat()
  const totals = createMemo(() => totalColumns(props.days, format))
  const span = () => format.days(props.days.at(0)?.day ?? 0, props.days.at(-1)?.day ?? 0)
  return (
    <section
      class="log-beside"
      style={{ 'inline-size': `${Math.min(TEXT_PT, HOUR_PT + props.days.length * DAY_PT)}pt` }}
    >
      <h2>{span()}</h2>
      <ReportTable
        name={t.paperName(span())}
        look="log-table log-paper"
        heads={
          <tr>
            <th scope="col" class="log-hour">
              {t.hour}
            </th>
            <For each={props.days}>{({ day }) => <th scope="col">{shortDates.weekdayAndDay(day)}</th>}</For>
          </tr>
        }
        foot={
          <For each={totals()}>
            {column => (
              <tr>
                <th scope="row">{column.name}</th>
                <For each={props.days}>{day => <td>{column.text(day, format) ?? reportTexts.none}</td>}</For>
              </tr>
            )}
          </For>
        }
      >
        <For each={hoursOf(props.days)}>
          {hour => (
            <tr>
              <th scope="row" class="log-hour">
                <HourName hour={hour} />
              </th>
              <For each={props.days}>{day => <td>{logCell(day.hours[hour], format)}</td>}</For>
            </tr>
          )}
        </For>
      </ReportTable>
    </section>
  )
}
