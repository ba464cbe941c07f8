/** One row a day of what was done with the devices; columns that nothing ever stands in are left out. */
import { A } from '@solidjs/router'
import { For, type JSX, Show } from 'solid-js'
import type { DeviceUseDay, DeviceUseModel } from '#reports/models.ts'
import { Traceable } from '../parts/Evidence.tsx'
import { dayCount, textOfDay } from '../state/createPeriod.ts'
import { useFormat } from '../state/preferences.ts'
import type { Format } from '../texts/format.ts'
import { reportTexts } from '../texts/reports.ts'
import { clockHoursText, rounded } from './amounts.ts'
import { type Behind, behind, behindBoluses } from './behind.ts'
import { shortDates } from './dates.ts'
import { PrintHead } from './PrintHead.tsx'
import { ReportTable } from './ReportTable.tsx'

const t = reportTexts.deviceUse
const none = reportTexts.none

/** So few would stand far apart over the whole width. */
const FEW_COLUMNS = 3

interface Column {
  readonly name: string
  readonly of: (day: DeviceUseDay) => number
  /** As written in a cell; a plain count unless told. */
  readonly text?: (value: number, format: Format) => string
  /** What its sum stands on. */
  readonly behind?: Behind
}

const groups: readonly { readonly name: string; readonly columns: readonly Column[] }[] = [
  {
    name: t.groups.glucose,
    columns: [
      { name: t.columns.meter, of: day => day.meterValues, behind: behind.meter },
      { name: t.columns.calibrations, of: day => day.calibrations, behind: behind.calibrations },
      { name: t.columns.sensor, of: day => day.sensorMinutes, text: clockHoursText, behind: behind.sensor },
    ],
  },
  {
    name: t.groups.boluses,
    columns: [
      { name: t.columns.all, of: day => day.boluses, behind: behind.boluses },
      { name: t.columns.manual, of: day => day.manualBoluses },
      { name: t.columns.wizard, of: day => day.wizardBoluses },
      { name: t.columns.food, of: day => day.withFood },
      { name: t.columns.correction, of: day => day.withCorrection },
      { name: t.columns.overridden, of: day => day.overridden, behind: behindBoluses('overridden') },
      { name: t.columns.underridden, of: day => day.underridden, behind: behindBoluses('underridden') },
      { name: t.columns.interrupted, of: day => day.interrupted, behind: behindBoluses('interrupted') },
      { name: t.columns.automatic, of: day => day.automaticBoluses, behind: behind.automaticBoluses },
    ],
  },
  {
    name: t.groups.pump,
    columns: [
      { name: t.columns.tempBasals, of: day => day.tempBasals, behind: behind.tempBasals },
      { name: t.columns.suspended, of: day => day.suspendMinutes, text: clockHoursText, behind: behind.suspends },
      { name: t.columns.rewinds, of: day => day.rewinds, behind: behind.rewinds },
      { name: t.columns.tubing, of: day => day.tubingFills, behind: behind.tubingFills },
      { name: t.columns.cannula, of: day => day.cannulaFills, behind: behind.cannulaFills },
      {
        name: t.columns.fill,
        of: day => day.fillUnits,
        text: (value, format) => rounded(value, 1, format),
        behind: behind.fills,
      },
      { name: t.columns.alarms, of: day => day.alarms, behind: behind.alarms },
    ],
  },
]

export function DeviceUse(props: { readonly model: DeviceUseModel }) {
  const format = useFormat()
  const period = () => props.model.period
  const days = () => format.days(period().firstDay, period().lastDay)
  const shown = () =>
    groups
      .map(({ name, columns }) => ({
        name,
        columns: columns.filter(column => props.model.days.some(day => column.of(day) > 0)),
      }))
      .filter(({ columns }) => columns.length > 0)
  const columns = () => shown().flatMap(group => group.columns)
  const starts = () => new Set(shown().map(group => group.columns[0]))
  const Cell = (cellProps: { readonly column: Column; readonly children: JSX.Element }) => (
    <td classList={{ 'group-start': starts().has(cellProps.column) }}>{cellProps.children}</td>
  )
  const has = (name: string) => columns().some(column => column.name === name)
  const cell = (column: Column, value: number) =>
    value === 0 ? none : column.text ? column.text(value, format) : format.number(value)
  const sumOf = (column: Column) => props.model.days.reduce((sum, day) => sum + column.of(day), 0)
  const daysWith = (column: Column) => props.model.days.filter(day => column.of(day) > 0).length
  return (
    <div class="report-body device-use">
      <PrintHead
        title={t.title}
        days={reportTexts.printed.days(days(), dayCount(period()))}
        devices={props.model.devices}
      />
      <section class="card report-card">
        <ReportTable
          name={t.tableName}
          look={columns().length <= FEW_COLUMNS ? 'days-table narrow' : 'days-table'}
          heads={
            <>
              <tr>
                <td />
                <For each={shown()}>
                  {group => (
                    <th scope="colgroup" class="group-start" colSpan={group.columns.length}>
                      {group.name}
                    </th>
                  )}
                </For>
              </tr>
              <tr>
                <th scope="col">{t.columns.day}</th>
                <For each={columns()}>
                  {column => (
                    <th scope="col" classList={{ 'group-start': starts().has(column) }}>
                      {column.name}
                    </th>
                  )}
                </For>
              </tr>
            </>
          }
          foot={
            <>
              <tr>
                <th scope="row">{t.sum}</th>
                <For each={columns()}>
                  {column => (
                    <Cell column={column}>
                      <Show when={column.behind} fallback={cell(column, sumOf(column))}>
                        {from => (
                          <Traceable title={t.sumOf(column.name)} query={{ ...from(), period: period() }} of="entries">
                            {cell(column, sumOf(column))}
                          </Traceable>
                        )}
                      </Show>
                    </Cell>
                  )}
                </For>
              </tr>
              <tr>
                <th scope="row">{t.daysWith}</th>
                <For each={columns()}>{column => <Cell column={column}>{format.number(daysWith(column))}</Cell>}</For>
              </tr>
            </>
          }
        >
          <For each={props.model.days}>
            {day => (
              <tr>
                <th scope="row">
                  <A
                    href={`/reports/daily?day=${textOfDay(day.day)}`}
                    title={reportTexts.days.openDay(format.dayExact(day.day))}
                  >
                    {shortDates.weekdayAndDay(day.day)}
                  </A>
                </th>
                <For each={columns()}>{column => <Cell column={column}>{cell(column, column.of(day))}</Cell>}</For>
              </tr>
            )}
          </For>
        </ReportTable>
        <Show when={columns().length > 0}>
          <p class="small soft">
            <Show when={has(t.columns.all)}>{t.dualNote} </Show>
            <Show when={has(t.columns.overridden) || has(t.columns.underridden)}>{t.changedNote} </Show>
            <Show when={has(t.columns.interrupted)}>{t.interruptedNote} </Show>
            <Show when={has(t.columns.tempBasals)}>{t.tempNote} </Show>
            {t.note}
          </p>
        </Show>
      </section>
    </div>
  )
}
