/** The measures of some groups, a row for each day, week or month; whole period and sums below. */
import { A } from '@solidjs/router'
import { createMemo, For, Show } from 'solid-js'
import type { TrendMeasure, TrendsModel, TrendSpan } from '#reports/trendsModel.ts'
import { textOfDay } from '../../state/createPeriod.ts'
import { useFormat } from '../../state/preferences.ts'
import { reportTexts } from '../../texts/reports.ts'
import { trendsTexts as t } from '../../texts/reports/trends.ts'
import { createSlices } from '../createSlices.ts'
import { shortDates } from '../dates.ts'
import { cellText } from './measureText.ts'
import { hasMeasure } from './trendsChart.ts'
import { TableCsv } from '../../paper/TableCsv.tsx'

/** So few would stand far apart over the whole width. */
const FEW_MEASURES = 3
const ROWS_AT_ONCE = 30

interface Group {
  readonly name: string
  readonly measures: readonly TrendMeasure[]
}

export const glucoseGroups: readonly Group[] = [
  { name: t.groups.sensor, measures: ['readings', 'mean', 'sd', 'cv', 'below', 'target', 'above'] },
  { name: t.groups.meter, measures: ['meterReadings', 'meterMean'] },
]
export const therapyGroups: readonly Group[] = [
  { name: t.groups.insulin, measures: ['total', 'basal', 'automaticUnits', 'bolus', 'bolusPercent', 'boluses'] },
  { name: t.groups.carbs, measures: ['carbs', 'exchanges'] },
  {
    name: t.groups.pump,
    measures: ['automatic', 'suspended', 'rewinds', 'tubingFills', 'cannulaFills', 'alarms'],
  },
]

export interface TrendsTableProps {
  readonly title: string
  readonly groups: readonly Group[]
  readonly model: TrendsModel
  readonly grouping: 'days' | 'weeks' | 'months'
}

/** Columns of which nothing is known are left out; without any there is no table. */
export function TrendsTable(props: TrendsTableProps) {
  const format = useFormat()
  const groups = () =>
    props.groups
      .map(({ name, measures }) => ({ name, measures: measures.filter(one => isShown(props.model, one)) }))
      .filter(({ measures }) => measures.length > 0)
  const measures = () => groups().flatMap(group => group.measures)
  const table = () => props.model[props.grouping]
  const isDays = () => props.grouping === 'days'
  // Written out before it is drawn: a thousand cells that each watched the settings would hold up the window.
  const rows = createMemo(() =>
    table().spans.map((span, row) => ({
      span,
      cells: measures().map(name => cellText(name, table().columns[name][row] ?? Number.NaN, format, isDays())),
    })),
  )
  const slices = createSlices(() => rows(), ROWS_AT_ONCE)
  return (
    <Show when={measures().length > 0}>
      <section class="card report-card">
        <h2>{props.title}</h2>
        <TableCsv name={props.title}>
          <div class="table-wrap" role="region" aria-label={props.title} tabindex="0" aria-busy={slices.isBusy()}>
            <table
              class="plain-table days-table trends-table"
              classList={{ narrow: measures().length <= FEW_MEASURES }}
            >
              <caption class="visually-hidden">{props.title}</caption>
              <thead>
                <tr>
                  <td />
                  <For each={groups()}>
                    {group => (
                      <th scope="colgroup" colSpan={group.measures.length}>
                        {group.name}
                      </th>
                    )}
                  </For>
                </tr>
                <tr>
                  <th scope="col">{t.span}</th>
                  <For each={measures()}>{name => <th scope="col">{t.names[name].column}</th>}</For>
                </tr>
              </thead>
              <tbody>
                <For each={slices.shown()}>
                  {({ span, cells }) => (
                    <tr>
                      <th scope="row">
                        <SpanName span={span} isDay={isDays()} />
                      </th>
                      <For each={cells}>{text => <td>{text}</td>}</For>
                    </tr>
                  )}
                </For>
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row">{t.mean}</th>
                  <For each={measures()}>
                    {name => <td>{cellText(name, props.model.means[name], format, false)}</td>}
                  </For>
                </tr>
                <tr>
                  <th scope="row">{t.sum}</th>
                  <For each={measures()}>
                    {name => (
                      <td>
                        {Number.isNaN(props.model.sums[name])
                          ? ''
                          : cellText(name, props.model.sums[name], format, true)}
                      </td>
                    )}
                  </For>
                </tr>
                <tr>
                  <th scope="row">{t.known}</th>
                  <For each={measures()}>{name => <td>{format.number(props.model.knownDays[name])}</td>}</For>
                </tr>
              </tfoot>
            </table>
          </div>
        </TableCsv>
      </section>
    </Show>
  )
}

/** Time below range and alarms say something also when there are none. */
const isShown = (model: TrendsModel, name: TrendMeasure): boolean =>
  hasMeasure(model, name) ||
  (name === 'below' && hasMeasure(model, 'mean')) ||
  (name === 'above' && hasMeasure(model, 'mean'))

function SpanName(props: { readonly span: TrendSpan; readonly isDay: boolean }) {
  const format = useFormat()
  const ends = () =>
    [...new Set([props.span.firstDay, props.span.lastDay])].map(day => shortDates.dayAndMonth(day)).join(' – ')
  return (
    <Show when={props.isDay} fallback={ends()}>
      <A
        href={`/reports/daily?day=${textOfDay(props.span.firstDay)}`}
        title={reportTexts.days.openDay(format.dayExact(props.span.firstDay))}
      >
        {shortDates.weekdayAndDay(props.span.firstDay)}
      </A>
    </Show>
  )
}
