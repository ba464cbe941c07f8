/** The table twin of the overlay: each half hour's mean, percentiles and number of values, and the meter's values. */
import { For, Show } from 'solid-js'
import type { SensorMeterModel } from '#reports/sensorMeterModel.ts'
import type { TimeOfDayProfile } from '#reports/models.ts'
import { Traceable } from '../../parts/Evidence.tsx'
import { useFormat } from '../../state/preferences.ts'
import { reportTexts } from '../../texts/reports.ts'
import { sensorMeterTexts } from '../../texts/reports/sensorMeter.ts'
import { ofSlot } from '../behind.ts'
import { ReportTable } from '../ReportTable.tsx'
import { meterSlots, slotsOf, slotText } from './overlayChart.ts'

const t = sensorMeterTexts

export function OverlayTable(props: { readonly model: SensorMeterModel }) {
  return (
    <div class="stack-tight">
      <Show when={props.model.profile}>{profile => <ProfileTable model={props.model} profile={profile()} />}</Show>
      <Show when={props.model.points.mgdl.length > 0}>
        <MeterTable model={props.model} />
      </Show>
    </div>
  )
}

function ProfileTable(props: { readonly model: SensorMeterModel; readonly profile: TimeOfDayProfile }) {
  const format = useFormat()
  const text = (value: number | undefined) =>
    value === undefined || Number.isNaN(value) ? reportTexts.none : format.glucose(value)
  return (
    <>
      <ReportTable name={t.tableName} columns={[t.time, ...t.columns, reportTexts.ranges.count]} isTall>
        <For each={slotsOf(props.profile)}>
          {slot => (
            <tr>
              <th scope="row">{slotText(slot, format)}</th>
              <td>{text(props.model.meanMgdl?.[slot])}</td>
              <For each={props.profile.percentiles}>{column => <td>{text(column[slot])}</td>}</For>
              <td>
                <Traceable
                  title={slotText(slot, format)}
                  query={ofSlot(props.model.period, slot, props.profile.slotMinutes)}
                  count={props.profile.count[slot] ?? 0}
                >
                  {format.number(props.profile.count[slot] ?? 0)}
                </Traceable>
              </td>
            </tr>
          )}
        </For>
      </ReportTable>
      <p class="small soft">{t.glucoseUnit(format.glucoseUnit())}</p>
    </>
  )
}

function MeterTable(props: { readonly model: SensorMeterModel }) {
  const format = useFormat()
  return (
    <ReportTable name={t.meterTableName} columns={[t.time, t.meterColumn(format.glucoseUnit())]} look="narrow" isTall>
      <For each={meterSlots(props.model.points, format)}>
        {({ slot, values }) => (
          <tr>
            <th scope="row">{slotText(slot, format)}</th>
            <td>{values.join(', ')}</td>
          </tr>
        )}
      </For>
    </ReportTable>
  )
}
