/** The logbook's tables on the screen: by hours and by meals. One row a day, newest first. */
import { A } from '@solidjs/router'
import { createMemo, For, Show } from 'solid-js'
import type { MealName } from '#records/preferences.ts'
import type { DayPart, LogbookDay } from '#reports/logbookModel.ts'
import { textOfDay } from '../../state/createPeriod.ts'
import { useFormat } from '../../state/preferences.ts'
import { logbookTexts } from '../../texts/reports/logbook.ts'
import { reportTexts } from '../../texts/reports.ts'
import { shortDates } from '../dates.ts'
import { ReportTable } from '../ReportTable.tsx'
import { HourName } from './HourName.tsx'
import { logCell } from './logCell.tsx'
import { type TotalColumn, totalColumns } from './totals.ts'

const t = logbookTexts

export interface DaysProps {
  readonly days: readonly LogbookDay[]
  /** The days that there will be, which say what columns there are. */
  readonly all: readonly LogbookDay[]
}

export interface HoursTableProps extends DaysProps {
  /** Those in which something stands on some day, ascending. */
  readonly hours: readonly number[]
}

export function HoursTable(props: HoursTableProps) {
  const format = useFormat()
  const totals = createMemo(() => totalColumns(props.all, format))
  return (
    <ReportTable
      name={t.tableName}
      look="log-table log-hours"
      heads={
        <tr>
          <th scope="col" class="log-day">
            {t.day}
          </th>
          <For each={props.hours}>
            {hour => (
              <th scope="col" class="log-hour">
                <HourName hour={hour} />
              </th>
            )}
          </For>
          <For each={totals()}>
            {({ name }) => (
              <th scope="col" class="log-total">
                {name}
              </th>
            )}
          </For>
        </tr>
      }
    >
      <For each={props.days}>
        {day => (
          <tr>
            <DayHead day={day.day} />
            <For each={props.hours}>{hour => <td>{logCell(day.hours[hour], format)}</td>}</For>
            <TotalCells columns={totals()} day={day} />
          </tr>
        )}
      </For>
    </ReportTable>
  )
}

interface MealColumns {
  readonly name: MealName
  readonly before: DayPart
  readonly after: DayPart
}
const mealColumns: readonly MealColumns[] = [
  { name: 'breakfast', before: 'beforeBreakfast', after: 'afterBreakfast' },
  { name: 'lunch', before: 'beforeLunch', after: 'afterLunch' },
  { name: 'dinner', before: 'beforeDinner', after: 'afterDinner' },
]

export function MealsTable(props: DaysProps) {
  const format = useFormat()
  const totals = createMemo(() => totalColumns(props.all, format))
  return (
    <ReportTable
      name={t.tableName}
      look="log-table log-meals"
      heads={
        <>
          <tr>
            <th scope="col" rowSpan={2} class="log-day">
              {t.day}
            </th>
            <th scope="col" rowSpan={2}>
              {t.parts.night}
            </th>
            <For each={mealColumns}>
              {({ name }) => (
                <th scope="colgroup" colSpan={2} class="log-group">
                  {t.groups[name]}
                </th>
              )}
            </For>
            <th scope="col" rowSpan={2}>
              {t.parts.bedtime}
            </th>
            <For each={totals()}>
              {({ name }) => (
                <th scope="col" rowSpan={2} class="log-total">
                  {name}
                </th>
              )}
            </For>
          </tr>
          <tr>
            <For each={mealColumns}>
              {() => (
                <>
                  <th scope="col">{t.before}</th>
                  <th scope="col">{t.after}</th>
                </>
              )}
            </For>
          </tr>
        </>
      }
    >
      <For each={props.days}>
        {day => (
          <tr>
            <DayHead day={day.day} />
            <PartCell day={day} part="night" />
            <For each={mealColumns}>
              {({ name, before, after }) => (
                <Show
                  when={day.hasParts.includes(name)}
                  fallback={
                    <>
                      <PartCell day={day} part={before} />
                      <PartCell day={day} part={after} />
                    </>
                  }
                >
                  <PartCell day={day} part={name} span={2} />
                </Show>
              )}
            </For>
            <PartCell day={day} part="bedtime" />
            <TotalCells columns={totals()} day={day} />
          </tr>
        )}
      </For>
    </ReportTable>
  )
}

function PartCell(props: { readonly day: LogbookDay; readonly part: DayPart; readonly span?: number }) {
  const format = useFormat()
  return (
    <td colSpan={props.span ?? 1} title={t.partNames[props.part]} classList={{ 'log-undivided': props.span === 2 }}>
      {logCell(props.day.parts[props.part], format)}
    </td>
  )
}

function DayHead(props: { readonly day: number }) {
  const format = useFormat()
  return (
    <th scope="row" class="log-day">
      <A
        href={`/reports/daily?day=${textOfDay(props.day)}`}
        title={reportTexts.days.openDay(format.dayExact(props.day))}
      >
        {shortDates.weekdayAndDay(props.day)}
      </A>
    </th>
  )
}

function TotalCells(props: { readonly columns: readonly TotalColumn[]; readonly day: LogbookDay }) {
  const format = useFormat()
  return (
    <For each={props.columns}>
      {column => <td class="log-total">{column.text(props.day, format) ?? reportTexts.none}</td>}
    </For>
  )
}
