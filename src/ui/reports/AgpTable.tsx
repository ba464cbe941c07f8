/**
 * The table twin of the profile: the percentiles of each hour, where there are enough values for them, and of a meter
 * each value, as they are drawn.
 */
import { createMemo, For, Show } from 'solid-js'
import { HOUR_MS, MINUTE_MS } from '#records/time.ts'
import type { TimeOfDayProfile } from '#reports/models.ts'
import { Traceable } from '../parts/Evidence.tsx'
import { reportTexts } from '../texts/reports.ts'
import { type AgpDrawing, hoursOf, pointsOf, pointText } from './agpChart.ts'
import { behind, ofSlot } from './behind.ts'
import { ReportTable } from './ReportTable.tsx'

const t = reportTexts
const HOURLY: Pick<TimeOfDayProfile, 'slotMinutes'> = { slotMinutes: HOUR_MS / MINUTE_MS }
const HOURS = 24

export function AgpTable(props: { readonly drawing: AgpDrawing }) {
  const model = () => props.drawing.model
  const of = () => props.drawing.of
  const profile = () => model().profiles[of()]
  const isOfMeter = () => of() === 'meter' && model().points.length > 0
  /** Written out before it is drawn. */
  const rows = createMemo(() => rowsOf(props.drawing))
  const columns = () => [
    t.agp.hour,
    ...(profile() ? t.agp.percentiles : []),
    t.ranges.count,
    ...(isOfMeter() ? [t.agp.eachValue] : []),
  ]
  return (
    <Show when={profile() !== undefined || isOfMeter()} fallback={<p class="soft">{t.agp.notEnough[of()]}</p>}>
      <ReportTable name={profile() ? t.agp.tableName : t.agp.valuesName} columns={columns()} isTall>
        <For each={rows()}>
          {({ hours, slot, count, percentiles, values }) => (
            <tr>
              <th scope="row">{hours}</th>
              <For each={percentiles}>{text => <td>{text}</td>}</For>
              <td>
                <Traceable
                  title={hours}
                  query={ofSlot(model().period, slot, HOURLY.slotMinutes, behind[of()])}
                  count={count}
                >
                  {props.drawing.format.number(count)}
                </Traceable>
              </td>
              <Show when={isOfMeter()}>
                <td class="each-value">{values.length > 0 ? values.join(', ') : t.none}</td>
              </Show>
            </tr>
          )}
        </For>
      </ReportTable>
    </Show>
  )
}

interface Row {
  readonly hours: string
  readonly slot: number
  readonly count: number
  /** Empty without a profile. */
  readonly percentiles: readonly string[]
  readonly values: readonly string[]
}

function rowsOf(drawing: AgpDrawing): readonly Row[] {
  const { model, of, format } = drawing
  const profile = model.profiles[of]
  const values = Array.from({ length: HOURS }, (): string[] => [])
  for (const point of pointsOf(drawing).toSorted((a, b) => a.ms - b.ms)) {
    values[Math.floor(point.ms / HOUR_MS)]?.push(pointText(point, format))
  }
  const text = (value: number) => (Number.isNaN(value) ? t.none : format.glucose(value))
  return values.map((texts, slot) => ({
    hours: hoursOf(slot, HOURLY, format),
    slot,
    count: profile?.count[slot] ?? texts.length,
    percentiles: profile ? profile.percentiles.map(column => text(column[slot] ?? Number.NaN)) : [],
    values: texts,
  }))
}
