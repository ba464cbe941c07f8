/** The table twin of the compared profiles: each hour's percentiles in both periods. */
import { For, Show } from 'solid-js'
import type { AssessmentModel } from '#reports/assessmentModel.ts'
import type { TimeOfDayProfile } from '#reports/models.ts'
import { useFormat } from '../../state/preferences.ts'
import { reportTexts } from '../../texts/reports.ts'
import { assessmentTexts } from '../../texts/reports/assessment.ts'
import { hoursOf } from '../agpChart.ts'
import { percentileTexts } from './compareChart.ts'
import { ReportTable } from '../ReportTable.tsx'

const t = assessmentTexts.chart

export function CompareTable(props: { readonly model: AssessmentModel }) {
  const format = useFormat()
  const profiles = () => [props.model.now.profile, props.model.before?.profile]
  const any = () => profiles().find(profile => profile !== undefined)
  return (
    <Show when={any()} fallback={<p class="soft">{t.notEnough}</p>}>
      {shape => (
        <ReportTable
          name={t.tableName(format.glucoseUnit())}
          isTall
          heads={
            <>
              <tr>
                <td />
                <For each={[assessmentTexts.now, assessmentTexts.before]}>
                  {name => (
                    <th scope="colgroup" colSpan={4}>
                      {name}
                    </th>
                  )}
                </For>
              </tr>
              <tr>
                <th scope="col">{t.hour}</th>
                <For each={profiles()}>
                  {() => (
                    <>
                      <th scope="col">{t.median}</th>
                      <th scope="col">{t.middle}</th>
                      <th scope="col">{t.outer}</th>
                      <th scope="col">{t.count}</th>
                    </>
                  )}
                </For>
              </tr>
            </>
          }
        >
          <For each={Array.from({ length: shape().count.length }, (_, slot) => slot)}>
            {slot => (
              <tr>
                <th scope="row">{hoursOf(slot, shape(), format)}</th>
                <For each={profiles()}>{profile => <Cells profile={profile} slot={slot} />}</For>
              </tr>
            )}
          </For>
        </ReportTable>
      )}
    </Show>
  )
}

function Cells(props: { readonly profile: TimeOfDayProfile | undefined; readonly slot: number }) {
  const format = useFormat()
  const texts = () => (props.profile ? percentileTexts(props.profile, props.slot, format) : [])
  const text = (which: number) => texts()[which] ?? reportTexts.none
  const span = (from: number, to: number) =>
    text(from) === reportTexts.none ? reportTexts.none : `${text(from)}–${text(to)}`
  return (
    <>
      <td>{text(2)}</td>
      <td>{span(1, 3)}</td>
      <td>{span(0, 4)}</td>
      <td>{props.profile ? format.number(props.profile.count[props.slot] ?? 0) : reportTexts.none}</td>
    </>
  )
}
