/** The sensor's days as a table, and each stretch in which it was silent. */
import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { DAY_MS, deviceDayOf, type DeviceTime, MINUTE_MS } from '#records/time.ts'
import type { CoverageDay, QualityGap } from '#reports/qualityModel.ts'
import { textOfDay } from '../../state/createPeriod.ts'
import { useFormat } from '../../state/preferences.ts'
import { qualityTexts } from '../../texts/reports/quality.ts'
import { reportTexts } from '../../texts/reports.ts'
import { hoursText } from '../amounts.ts'
import { shortDates } from '../dates.ts'
import { stateWords } from '../../parts/settingWords.ts'
import { coverageText } from './coverageChart.ts'
import { ReportTable } from '../ReportTable.tsx'

const MINUTES_PER_DAY = DAY_MS / MINUTE_MS
/** More would not be read. */
const LONGEST = 200

export function CoverageTable(props: { readonly days: readonly CoverageDay[] }) {
  const t = qualityTexts.coverage
  const format = useFormat()
  return (
    <ReportTable
      name={t.title}
      columns={[t.columns.day, t.columns.percent, t.columns.time, t.columns.missing]}
      look="days-table narrow"
    >
      <For each={props.days}>
        {({ day, fraction, minutes }) => (
          <tr>
            <th scope="row">
              <A href={`/reports/daily?day=${textOfDay(day)}`} title={reportTexts.days.openDay(format.dayExact(day))}>
                {shortDates.weekdayAndDay(day)}
              </A>
            </th>
            <td>{coverageText(fraction, format)}</td>
            <td>{hoursText(minutes)}</td>
            <td>{hoursText(MINUTES_PER_DAY - minutes)}</td>
          </tr>
        )}
      </For>
    </ReportTable>
  )
}

export function Gaps(props: { readonly gaps: readonly QualityGap[] }) {
  const t = qualityTexts.gaps
  const format = useFormat()
  const shown = () =>
    props.gaps.length <= LONGEST
      ? props.gaps
      : props.gaps
          .toSorted((a, b) => b.minutes - a.minutes)
          .slice(0, LONGEST)
          .toSorted((a, b) => a.from - b.from)
  const moment = (time: DeviceTime) => `${shortDates.weekdayAndDay(deviceDayOf(time))}, ${format.timeOfDay(time)}`
  const sum = () => props.gaps.reduce((total, { minutes }) => total + minutes, 0)
  const why = ({ states, clockSet }: QualityGap) =>
    [...states.map(stateWords), ...(clockSet ? [t.clockSet] : [])].join(', ')
  const hasWhy = () => shown().some(gap => why(gap) !== '')
  return (
    <section class="card report-card">
      <h2>{t.title}</h2>
      <p>
        {t.sum(props.gaps.length, hoursText(sum()))}
        <Show when={shown().length < props.gaps.length}> {t.longest(shown().length, props.gaps.length)}</Show>
      </p>
      <ReportTable
        name={t.title}
        columns={[
          t.columns.from,
          t.columns.to,
          { name: t.columns.length, number: true },
          { name: t.columns.missing, number: true },
          ...(hasWhy() ? [t.columns.why] : []),
        ]}
        look="quality-table"
        isTall
      >
        <For each={shown()}>
          {gap => (
            <tr>
              <th scope="row">{moment(gap.from)}</th>
              <td class="nowrap">{moment(gap.to)}</td>
              <td class="number nowrap">{hoursText(gap.minutes)}</td>
              <td class="number">{format.number(gap.missing)}</td>
              <Show when={hasWhy()}>
                <td>{why(gap) || reportTexts.none}</td>
              </Show>
            </tr>
          )}
        </For>
      </ReportTable>
      <p class="small soft">{t.note}</p>
    </section>
  )
}
