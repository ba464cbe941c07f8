/** Day by day: the pump's own total, our sum, how far they are apart, and why where it is known. */
import { A } from '@solidjs/router'
import { For } from 'solid-js'
import type { TotalsDay } from '#reports/qualityModel.ts'
import { textOfDay } from '../../state/createPeriod.ts'
import { useFormat } from '../../state/preferences.ts'
import { qualityTexts } from '../../texts/reports/quality.ts'
import { reportTexts } from '../../texts/reports.ts'
import { rounded } from '../amounts.ts'
import { shortDates } from '../dates.ts'
import { ReportTable } from '../ReportTable.tsx'

const t = qualityTexts.totals
const none = reportTexts.none

export function Totals(props: { readonly days: readonly TotalsDay[] }) {
  const format = useFormat()
  const units = (value: number | undefined) => (value === undefined ? none : rounded(value, 2, format))
  const signed = (value: number | undefined, places: number) => {
    if (value === undefined) return none
    const text = rounded(Math.abs(value), places, format)
    // What rounds to nothing has no sign.
    return /[1-9]/.test(text) ? `${value < 0 ? '−' : '+'}${text}` : text
  }
  const percent = ({ differenceUnits, pumpUnits }: TotalsDay) =>
    differenceUnits === undefined || !pumpUnits ? undefined : (100 * differenceUnits) / pumpUnits
  const remark = ({ note, pumpUnits }: TotalsDay) => {
    if (note !== undefined) return reportTexts.figures.insulinNotes[note]
    return pumpUnits === undefined ? t.noPumpTotal : t.agrees
  }
  return (
    <section class="card report-card">
      <h2>{t.title}</h2>
      <ReportTable
        name={t.title}
        columns={[
          t.columns.day,
          ...[t.columns.pump, t.columns.ours, t.columns.difference, t.columns.percent].map(name => ({
            name,
            number: true,
          })),
          t.columns.reason,
        ]}
        look="quality-table"
        isTall
      >
        <For each={props.days}>
          {day => (
            <tr classList={{ 'quality-differs': day.note === 'differs-from-pump' }}>
              <th scope="row">
                <A
                  href={`/reports/daily?day=${textOfDay(day.day)}`}
                  title={reportTexts.days.openDay(format.dayExact(day.day))}
                >
                  {shortDates.weekdayAndDay(day.day)}
                </A>
              </th>
              <td class="number">{units(day.pumpUnits)}</td>
              <td class="number">{units(day.ourUnits)}</td>
              <td class="number">{signed(day.differenceUnits, 2)}</td>
              <td class="number">{signed(percent(day), 1)}</td>
              <td class="quality-remark">{remark(day)}</td>
            </tr>
          )}
        </For>
      </ReportTable>
      <p class="small soft">{t.note}</p>
    </section>
  )
}
