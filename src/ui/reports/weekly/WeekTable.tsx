/** The table twin of a week: every number of each day and the week's own; insulin with two decimals. */
import { A } from '@solidjs/router'
import { For } from 'solid-js'
import type { Week } from '#reports/weeklyModel.ts'
import { textOfDay } from '../../state/createPeriod.ts'
import { useFormat } from '../../state/preferences.ts'
import { weeklyTexts } from '../../texts/reports/weekly.ts'
import { reportTexts } from '../../texts/reports.ts'
import { shortDates } from '../dates.ts'
import { ReportTable } from '../ReportTable.tsx'
import { dayNumbers, type WeekNumbers, weekNumbers } from './weekNumbers.ts'

const t = weeklyTexts
const none = reportTexts.none

export interface WeekTableProps {
  readonly week: Week
  readonly hasAutomation: boolean
}

export function WeekTable(props: WeekTableProps) {
  const format = useFormat()
  const days = () => props.week.days.filter(({ state }) => state !== 'outside')
  const rows = () => days().map(day => dayNumbers(day, format, 2))
  const mean = () => weekNumbers(props.week, format, 2)
  const name = () => t.tableName(format.days(props.week.days[0]?.day ?? 0, props.week.days.at(-1)?.day ?? 0))
  /** Columns in which something stands in this week. */
  const columns = () => {
    const unit = format.glucoseUnit()
    const { columns: names } = t
    const all: readonly (readonly [keyof WeekNumbers, string])[] = [
      ['mean', names.mean(unit)],
      ['count', names.count],
      ['inRange', names.inRange],
      ['below', names.below],
      ['above', names.above],
      ['meterMean', names.meterMean(unit)],
      ['meterCount', names.meterCount],
      ['carbs', names.carbs],
      ['exchanges', names.exchanges],
      ['total', names.total],
      ['bolus', names.bolus],
      ['bolusShare', names.bolusShare],
      ...(props.hasAutomation ? [['automation', names.automation] as const] : []),
      ['exits', names.exits],
      ['setChanges', names.setChanges],
    ]
    return all.filter(([key]) => rows().some(row => row[key] !== undefined))
  }
  return (
    <ReportTable
      name={name()}
      columns={[t.columns.day, ...columns().map(([, text]) => text)]}
      look="days-table week-table"
      foot={
        <tr>
          <th scope="row">{t.mean}</th>
          <For each={columns()}>{([key]) => <td>{mean()[key] ?? none}</td>}</For>
        </tr>
      }
    >
      <For each={days()}>
        {(day, index) => (
          <tr>
            <th scope="row">
              <A href={`/reports/daily?day=${textOfDay(day.day)}`} title={t.open(format.dayExact(day.day))}>
                {shortDates.weekdayAndDay(day.day)}
              </A>
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
