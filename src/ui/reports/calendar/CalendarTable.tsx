/** The table twin of one month: every number of its days; insulin with two decimals. */
import { A } from '@solidjs/router'
import { For } from 'solid-js'
import type { CalendarMonth } from '#reports/calendarModel.ts'
import { textOfDay } from '../../state/createPeriod.ts'
import { useFormat } from '../../state/preferences.ts'
import { calendarTexts } from '../../texts/reports/calendar.ts'
import { reportTexts } from '../../texts/reports.ts'
import { shortDates } from '../dates.ts'
import { ReportTable } from '../ReportTable.tsx'
import { type CalendarNumbers, calendarNumbers } from './calendarNumbers.ts'

const t = calendarTexts
const none = reportTexts.none

export interface CalendarTableProps {
  readonly month: CalendarMonth
  readonly bestDay: number | undefined
}

export function CalendarTable(props: CalendarTableProps) {
  const format = useFormat()
  const days = () => props.month.weeks.flat().filter(({ state }) => state !== 'outside')
  const rows = () => days().map(day => calendarNumbers(day, format, 2))
  const name = () => t.tableName(shortDates.month(props.month.firstDay))
  /** Columns in which something stands in this month. */
  const columns = () => {
    const unit = format.glucoseUnit()
    const { columns: names } = t
    const all: readonly (readonly [keyof CalendarNumbers, string])[] = [
      ['sensor', names.sensor],
      ['mean', names.mean(unit)],
      ['inRange', names.inRange],
      ['below', names.below],
      ['above', names.above],
      ['meter', names.meter(unit)],
      ['meterCount', names.meterCount],
      ['lows', names.lows],
      ['veryLows', names.veryLows],
      ['total', names.total],
      ['carbs', names.carbs],
      ['exchanges', names.exchanges],
      ['setChanges', names.setChanges],
    ]
    return all.filter(([key]) => rows().some(row => row[key] !== undefined))
  }
  return (
    <ReportTable
      name={name()}
      columns={[t.columns.day, ...columns().map(([, text]) => text)]}
      look="days-table calendar-table"
    >
      <For each={days()}>
        {(day, index) => (
          <tr>
            <th scope="row">
              <A href={`/reports/daily?day=${textOfDay(day.day)}`}>{shortDates.weekdayAndDay(day.day)}</A>
              {day.day === props.bestDay ? ` (${t.bestMark})` : ''}
            </th>
            <For each={columns()}>
              {([key]) => <td>{day.state === 'leftOut' ? t.leftOut : (rows()[index()]?.[key] ?? none)}</td>}
            </For>
          </tr>
        )}
      </For>
    </ReportTable>
  )
}
