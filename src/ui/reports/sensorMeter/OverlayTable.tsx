/** The table twin of the overlay: each half hour's mean, percentiles and number of values; or the meter's values. */
import { For, Show } from 'solid-js'
import type { SensorMeterModel } from '#reports/sensorMeterModel.ts'
import { useFormat } from '../../state/preferences.ts'
import { reportTexts } from '../../texts/reports.ts'
import { sensorMeterTexts } from '../../texts/reports/sensorMeter.ts'
import { meterSlots, slotsOf, slotText } from './overlayChart.ts'
import { TableCsv } from '../../paper/TableCsv.tsx'

const t = sensorMeterTexts

export function OverlayTable(props: { readonly model: SensorMeterModel }) {
  const format = useFormat()
  const text = (value: number | undefined) =>
    value === undefined || Number.isNaN(value) ? reportTexts.none : format.glucose(value)
  return (
    <Show when={props.model.profile} fallback={<MeterTable model={props.model} />}>
      {profile => (
        <TableCsv name={t.tableName}>
          <div class="table-wrap table-tall" role="region" aria-label={t.tableName} tabindex="0">
            <table class="plain-table days-table">
              <caption class="visually-hidden">{t.tableName}</caption>
              <thead>
                <tr>
                  <th scope="col">{t.time}</th>
                  <For each={t.columns}>{name => <th scope="col">{name}</th>}</For>
                  <th scope="col">{reportTexts.ranges.count}</th>
                </tr>
              </thead>
              <tbody>
                <For each={slotsOf(profile())}>
                  {slot => (
                    <tr>
                      <th scope="row">{slotText(slot, format)}</th>
                      <td>{text(props.model.meanMgdl?.[slot])}</td>
                      <For each={profile().percentiles}>{column => <td>{text(column[slot])}</td>}</For>
                      <td>{format.number(profile().count[slot] ?? 0)}</td>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </div>
        </TableCsv>
      )}
    </Show>
  )
}

function MeterTable(props: { readonly model: SensorMeterModel }) {
  const format = useFormat()
  return (
    <TableCsv name={t.meterTableName}>
      <div class="table-wrap table-tall" role="region" aria-label={t.meterTableName} tabindex="0">
        <table class="plain-table narrow">
          <caption class="visually-hidden">{t.meterTableName}</caption>
          <thead>
            <tr>
              <th scope="col">{t.time}</th>
              <th scope="col">{reportTexts.ranges.count}</th>
            </tr>
          </thead>
          <tbody>
            <For each={meterSlots(props.model.points)}>
              {({ slot, mgdl }) => (
                <tr>
                  <th scope="row">{slotText(slot, format)}</th>
                  <td>{mgdl.map(value => format.glucose(value)).join(', ')}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </TableCsv>
  )
}
