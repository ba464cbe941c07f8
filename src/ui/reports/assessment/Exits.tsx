/** How often automatic mode ended and why, in both periods, with the days of this one. */
import { For, Show } from 'solid-js'
import { type DeviceTime, deviceDayOf } from '#records/time.ts'
import type { AssessmentModel, AssessmentSide, ExitReason } from '#reports/assessmentModel.ts'
import { useFormat } from '../../state/preferences.ts'
import { reportTexts } from '../../texts/reports.ts'
import { assessmentTexts } from '../../texts/reports/assessment.ts'
import { ReportTable } from '../ReportTable.tsx'

export interface ExitsProps {
  readonly model: AssessmentModel
  readonly onDay: (day: number) => void
}

const t = assessmentTexts.exits
const NAMED_EXITS = 10

export function Exits(props: ExitsProps) {
  const format = useFormat()
  const exits = () => props.model.now.algorithm?.exits ?? []
  const sides = () => [props.model.now, props.model.before]
  /** In the order in which they are most frequent now. */
  const reasons = () => {
    const all = sides().flatMap(side => side?.algorithm?.exits.map(({ reason }) => reason) ?? [])
    const { now } = props.model
    return [...new Set(all)].sort((a, b) => countOf(now, b) - countOf(now, a))
  }
  /** Counts of periods of different lengths say of how many days they are. */
  const nameOf = (name: string, side: AssessmentSide | undefined) =>
    side && props.model.before?.days !== props.model.now.days && props.model.before ? t.inDays(name, side.days) : name
  const text = (side: AssessmentSide | undefined, reason?: ExitReason) =>
    side?.algorithm ? format.number(countOf(side, reason)) : reportTexts.none
  return (
    <section class="card report-card">
      <h2>{t.title}</h2>
      <Show when={reasons().length > 0} fallback={<p class="soft">{t.none}</p>}>
        <ReportTable
          name={t.title}
          look="days-table narrow exits-table"
          columns={[
            t.reason,
            nameOf(assessmentTexts.now, props.model.now),
            nameOf(assessmentTexts.before, props.model.before),
          ]}
          foot={
            <tr class="statistics-sum">
              <th scope="row">{t.total}</th>
              <For each={sides()}>{side => <td>{text(side)}</td>}</For>
            </tr>
          }
        >
          <For each={reasons()}>
            {reason => (
              <tr>
                <th scope="row">{t.reasons[reason]}</th>
                <For each={sides()}>{side => <td>{text(side, reason)}</td>}</For>
              </tr>
            )}
          </For>
        </ReportTable>
        <p class="pattern-days small">
          <For each={exits().slice(-NAMED_EXITS)}>
            {({ at }) => (
              // Exits are dated by the device's clock.
              <button type="button" class="link-button" onClick={() => props.onDay(deviceDayOf(at as DeviceTime))}>
                {format.day(deviceDayOf(at as DeviceTime))}, {format.timeOfDay(at as DeviceTime)}
              </button>
            )}
          </For>
        </p>
        <p class="small soft">{t.note}</p>
      </Show>
    </section>
  )
}

/** Of one reason, or of all. */
function countOf({ algorithm }: AssessmentSide, reason?: ExitReason): number {
  const exits = algorithm?.exits ?? []
  return reason === undefined ? exits.length : exits.filter(exit => exit.reason === reason).length
}
