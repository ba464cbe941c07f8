/** The measures of some groups, a row for each day, week or month; whole period and sums below. */
import { A } from '@solidjs/router'
import { createMemo, For, Show } from 'solid-js'
import type { TrendMeasure, TrendsModel, TrendSpan } from '#reports/trendsModel.ts'
import { Traceable } from '../../parts/Evidence.tsx'
import { textOfDay } from '../../state/createPeriod.ts'
import { useFormat } from '../../state/preferences.ts'
import { reportTexts } from '../../texts/reports.ts'
import { trendsTexts as t } from '../../texts/reports/trends.ts'
import { createSlices } from '../createSlices.ts'
import { shortDates } from '../dates.ts'
import { ReportTable } from '../ReportTable.tsx'
import { cellText } from './measureText.ts'
import { hasMeasure } from './trendsChart.ts'
import { trendEvidence } from './trendsEvidence.ts'

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
        <ReportTable
          name={props.title}
          look={measures().length <= FEW_MEASURES ? 'days-table trends-table narrow' : 'days-table trends-table'}
          isBusy={slices.isBusy()}
          heads={<Heads groups={groups()} measures={measures()} />}
          foot={
            <>
              <tr>
                <th scope="row">{t.mean}</th>
                <For each={measures()}>
                  {name => (
                    <td>
                      <Whole model={props.model} name={name} row="mean" />
                    </td>
                  )}
                </For>
              </tr>
              <tr>
                <th scope="row">{t.sum}</th>
                <For each={measures()}>
                  {name => (
                    <td>
                      <Whole model={props.model} name={name} row="sum" />
                    </td>
                  )}
                </For>
              </tr>
              <tr>
                <th scope="row">{t.known}</th>
                <For each={measures()}>{name => <td>{format.number(props.model.knownDays[name])}</td>}</For>
              </tr>
            </>
          }
        >
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
        </ReportTable>
      </section>
    </Show>
  )
}

/** The kinds of measures, and below each its measures. */
function Heads(props: { readonly groups: readonly Group[]; readonly measures: readonly TrendMeasure[] }) {
  return (
    <>
      <tr>
        <td />
        <For each={props.groups}>
          {group => (
            <th scope="colgroup" colSpan={group.measures.length}>
              {group.name}
            </th>
          )}
        </For>
      </tr>
      <tr>
        <th scope="col">{t.span}</th>
        <For each={props.measures}>{name => <th scope="col">{t.names[name].column}</th>}</For>
      </tr>
    </>
  )
}

interface WholeProps {
  readonly model: TrendsModel
  readonly name: TrendMeasure
  readonly row: 'mean' | 'sum'
}

/** Of the whole period: opens what it stands on. What cannot be added up has no sum. */
function Whole(props: WholeProps) {
  const format = useFormat()
  const isSum = () => props.row === 'sum'
  const value = () => (isSum() ? props.model.sums : props.model.means)[props.name]
  return (
    <Show when={!Number.isNaN(value())} fallback={reportTexts.none}>
      <Traceable
        title={t.whole(t.names[props.name].long, t[props.row])}
        query={trendEvidence(props.model, props.name)}
        of="entries"
      >
        {cellText(props.name, value(), format, isSum())}
      </Traceable>
    </Show>
  )
}

/** Time below range and alarms say something also when there are none. */
const isShown = (model: TrendsModel, name: TrendMeasure): boolean =>
  hasMeasure(model, name) ||
  (name === 'below' && hasMeasure(model, 'mean')) ||
  (name === 'above' && hasMeasure(model, 'mean'))

export function SpanName(props: { readonly span: TrendSpan; readonly isDay: boolean }) {
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
