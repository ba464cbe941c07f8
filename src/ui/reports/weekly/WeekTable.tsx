/** The table twins of strips: every number of each day, and the week's own; insulin with two decimals. */
import { A } from '@solidjs/router'
import { createMemo, For, Show } from 'solid-js'
import type { Week, WeekDay } from '#reports/weeklyModel.ts'
import { textOfDay } from '../../state/createPeriod.ts'
import { useFormat } from '../../state/preferences.ts'
import { weeklyTexts } from '../../texts/reports/weekly.ts'
import { reportTexts } from '../../texts/reports.ts'
import { shortDates } from '../dates.ts'
import { ReportTable } from '../ReportTable.tsx'
import { dayNumbers, type WeekNumbers, weekNumbers } from './weekNumbers.ts'

const t = weeklyTexts
const none = reportTexts.none

type Column = readonly [keyof WeekNumbers, string]

export interface WeekTableProps {
  /** Which days: "Week 9 – 15 March 2026". */
  readonly of: string
  readonly days: readonly WeekDay[]
  /** Whose numbers stand at the foot. */
  readonly week?: Week
  readonly hasAutomation: boolean
}

export function WeekTable(props: WeekTableProps) {
  const format = useFormat()
  const names = t.columns
  const glucose = (): readonly Column[] => {
    const unit = format.glucoseUnit()
    return [
      ['mean', names.mean(unit)],
      ['count', names.count],
      ['sd', names.sd(unit)],
      ['cv', names.cv],
      ['inRange', names.inRange],
      ['below', names.below],
      ['above', names.above],
      ['lows', names.lows],
      ['lowLength', names.lowLength],
      ['highs', names.highs],
      ['highLength', names.highLength],
      ['meterMean', names.meterMean(unit)],
      ['meterCount', names.meterCount],
    ]
  }
  const therapy = (): readonly Column[] => [
    ['carbs', names.carbs],
    ['exchanges', names.exchanges],
    ['total', names.total],
    ['bolus', names.bolus],
    ['bolusShare', names.bolusShare],
    ...(props.hasAutomation ? [['automation', names.automation] as const] : []),
    ['exits', names.exits],
    ['setChanges', names.setChanges],
  ]
  return (
    <div class="stack-tight">
      <DaysTable {...props} name={t.tableNames.glucose(props.of)} columns={glucose()} />
      <DaysTable {...props} name={t.tableNames.therapy(props.of)} columns={therapy()} />
    </div>
  )
}

/** Columns in which something stands; nothing when there are none. */
function DaysTable(props: WeekTableProps & { readonly name: string; readonly columns: readonly Column[] }) {
  const format = useFormat()
  const days = () => props.days.filter(({ state }) => state !== 'outside')
  const rows = createMemo(() => days().map(day => dayNumbers(day, format, 2)))
  const foot = createMemo(() => (props.week ? weekNumbers(props.week, format, 2) : {}))
  const columns = () => props.columns.filter(([key]) => [...rows(), foot()].some(row => row[key] !== undefined))
  return (
    <Show when={columns().length > 0}>
      <ReportTable
        name={props.name}
        columns={[t.columns.day, ...columns().map(([, text]) => text)]}
        look="days-table week-table"
        foot={
          props.week && (
            <tr>
              <th scope="row">{t.mean}</th>
              <For each={columns()}>{([key]) => <td>{foot()[key] ?? none}</td>}</For>
            </tr>
          )
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
    </Show>
  )
}
