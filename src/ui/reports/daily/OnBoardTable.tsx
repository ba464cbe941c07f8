/** The table twin of insulin on board: the curve every half hour, and the pump's own numbers. */
import { For, Show } from 'solid-js'
import { type DeviceTime, MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import type { DailyModel, OnBoardCurve } from '#reports/models.ts'
import { useFormat } from '../../state/preferences.ts'
import { dailyTexts } from '../../texts/reports/daily.ts'
import { reportTexts } from '../../texts/reports.ts'
import { doseText, rounded } from '../amounts.ts'
import { ReportTable } from '../ReportTable.tsx'
import { unitsAt } from './onBoardLane.ts'

const t = dailyTexts.onBoard
const STEP_MS = 30 * MINUTE_MS
const STEPS = 48

export interface OnBoardTableProps {
  readonly model: DailyModel
  readonly curve: OnBoardCurve | undefined
}

export function OnBoardTable(props: OnBoardTableProps) {
  const format = useFormat()
  const midnight = () => startOfDeviceDay(props.model.day)
  const rows = () => {
    const start = midnight()
    const steps = props.curve ? Array.from({ length: STEPS }, (_, i) => ({ at: start + i * STEP_MS })) : []
    const all: readonly { readonly at: number; readonly units?: number }[] = [
      ...steps,
      ...(props.model.onBoard?.told ?? []),
    ]
    return all.toSorted((a, b) => a.at - b.at)
  }
  const columns = () => [
    t.columns.time,
    ...(props.curve ? [{ name: t.columns.model, number: true }] : []),
    { name: t.columns.told, number: true },
  ]
  return (
    <section class="stack-tight">
      <h3>{t.tableName}</h3>
      <ReportTable name={t.tableName} columns={columns()} look="narrow" isTall>
        <For each={rows()}>
          {row => (
            <tr>
              {/* Midnight and so many minutes. */}
              <th scope="row">{format.timeOfDay(row.at as DeviceTime)}</th>
              <Show when={props.curve}>
                {curve => <td class="number">{rounded(unitsAt(curve(), row.at - midnight()), 1, format)}</td>}
              </Show>
              <td class="number">{row.units === undefined ? reportTexts.none : doseText(row.units, format)}</td>
            </tr>
          )}
        </For>
      </ReportTable>
    </section>
  )
}
