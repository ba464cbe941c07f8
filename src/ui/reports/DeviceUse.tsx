/** One row a day of what was done with the devices; columns that nothing ever stands in are left out. */
import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import type { DeviceUseDay, DeviceUseModel } from '#reports/models.ts'
import { TableCsv } from '../paper/TableCsv.tsx'
import { dayCount, textOfDay } from '../state/createPeriod.ts'
import { useFormat } from '../state/preferences.ts'
import type { Format } from '../texts/format.ts'
import { reportTexts } from '../texts/reports.ts'
import { hoursText, rounded } from './amounts.ts'
import { shortDates } from './dates.ts'
import { PrintHead } from './PrintHead.tsx'

const t = reportTexts.deviceUse
const none = reportTexts.none

/** So few would stand far apart over the whole width. */
const FEW_COLUMNS = 3

interface Column {
  readonly name: string
  readonly of: (day: DeviceUseDay) => number
  /** As written in a cell; a plain count unless told. */
  readonly text?: (value: number, format: Format) => string
}

const groups: readonly { readonly name: string; readonly columns: readonly Column[] }[] = [
  {
    name: t.groups.glucose,
    columns: [
      { name: t.columns.meter, of: day => day.meterValues },
      { name: t.columns.calibrations, of: day => day.calibrations },
      { name: t.columns.sensor, of: day => day.sensorMinutes, text: value => hoursText(value) },
    ],
  },
  {
    name: t.groups.boluses,
    columns: [
      { name: t.columns.all, of: day => day.boluses },
      { name: t.columns.manual, of: day => day.manualBoluses },
      { name: t.columns.wizard, of: day => day.wizardBoluses },
      { name: t.columns.food, of: day => day.withFood },
      { name: t.columns.correction, of: day => day.withCorrection },
      { name: t.columns.overridden, of: day => day.overridden },
      { name: t.columns.automatic, of: day => day.automaticBoluses },
    ],
  },
  {
    name: t.groups.pump,
    columns: [
      { name: t.columns.suspended, of: day => day.suspendMinutes, text: value => hoursText(value) },
      { name: t.columns.rewinds, of: day => day.rewinds },
      { name: t.columns.tubing, of: day => day.tubingFills },
      { name: t.columns.cannula, of: day => day.cannulaFills },
      { name: t.columns.fill, of: day => day.fillUnits, text: (value, format) => rounded(value, 1, format) },
      { name: t.columns.alarms, of: day => day.alarms },
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
        <TableCsv name={t.tableName}>
          <div class="table-wrap" role="region" aria-label={t.tableName} tabindex="0">
            <table class="plain-table days-table" classList={{ narrow: columns().length <= FEW_COLUMNS }}>
              <caption class="visually-hidden">{t.tableName}</caption>
              <thead>
                <tr>
                  <td />
                  <For each={shown()}>
                    {group => (
                      <th scope="colgroup" colSpan={group.columns.length}>
                        {group.name}
                      </th>
                    )}
                  </For>
                </tr>
                <tr>
                  <th scope="col">{t.columns.day}</th>
                  <For each={columns()}>{column => <th scope="col">{column.name}</th>}</For>
                </tr>
              </thead>
              <tbody>
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
                      <For each={columns()}>{column => <td>{cell(column, column.of(day))}</td>}</For>
                    </tr>
                  )}
                </For>
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row">{t.sum}</th>
                  <For each={columns()}>{column => <td>{cell(column, sumOf(column))}</td>}</For>
                </tr>
                <tr>
                  <th scope="row">{t.daysWith}</th>
                  <For each={columns()}>{column => <td>{format.number(daysWith(column))}</td>}</For>
                </tr>
              </tfoot>
            </table>
          </div>
        </TableCsv>
        <Show when={columns().length > 0}>
          <p class="small soft">
            <Show when={shown().some(({ name }) => name === t.groups.boluses)}>{t.bolusNote} </Show>
            {t.note}
          </p>
        </Show>
      </section>
    </div>
  )
}
