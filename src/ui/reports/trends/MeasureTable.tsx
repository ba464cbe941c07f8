/** The chart of one measure as a table: each day's number and the mean of the last seven days. */
import { createMemo, For } from 'solid-js'
import type { TrendMeasure, TrendsModel } from '#reports/trendsModel.ts'
import { useFormat } from '../../state/preferences.ts'
import { trendsTexts as t } from '../../texts/reports/trends.ts'
import { createSlices } from '../createSlices.ts'
import { ReportTable } from '../ReportTable.tsx'
import { cellText } from './measureText.ts'
import { SpanName } from './TrendsTable.tsx'
import { columnName } from './trendsChart.ts'

const ROWS_AT_ONCE = 60

export function MeasureTable(props: { readonly model: TrendsModel; readonly measure: TrendMeasure }) {
  const format = useFormat()
  // Written out before it is drawn, as in the tables of all measures.
  const rows = createMemo(() => {
    const { days, sevenDays } = props.model
    return days.spans.map((span, row) => ({
      span,
      value: cellText(props.measure, days.columns[props.measure][row] ?? Number.NaN, format, true),
      mean: cellText(props.measure, sevenDays[props.measure][row] ?? Number.NaN, format, false),
    }))
  })
  const slices = createSlices(() => rows(), ROWS_AT_ONCE)
  return (
    <ReportTable
      name={t.measureTable(t.names[props.measure].long)}
      columns={[t.day, columnName(props.measure, format), t.sevenDaysColumn]}
      look="days-table narrow measure-table"
      isTall
      isBusy={slices.isBusy()}
    >
      <For each={slices.shown()}>
        {({ span, value, mean }) => (
          <tr>
            <th scope="row">
              <SpanName span={span} isDay />
            </th>
            <td>{value}</td>
            <td>{mean}</td>
          </tr>
        )}
      </For>
    </ReportTable>
  )
}
