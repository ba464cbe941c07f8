/** Insulin and carbs of a period: means, a bar for each day, and a table by day, week or month with sums and means. */
import { A } from '@solidjs/router'
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { DayInsulin, InsulinModel, InsulinSpan } from '#reports/models.ts'
import { ChartFigure } from '../charts/ChartFigure.tsx'
import { TableCsv } from '../paper/TableCsv.tsx'
import { Segmented } from '../parts/Segmented.tsx'
import { dayCount, textOfDay } from '../state/createPeriod.ts'
import { useFormat, usePreferences } from '../state/preferences.ts'
import { reportTexts } from '../texts/reports.ts'
import { rounded } from './amounts.ts'
import { shortDates } from './dates.ts'
import { insulinChart, type InsulinDrawing, insulinStops } from './insulinChart.ts'
import { PeriodInsulin } from './InsulinFigures.tsx'
import { PrintHead } from './PrintHead.tsx'

export interface InsulinProps {
  readonly model: InsulinModel
  readonly onDay: (day: number) => void
}

const t = reportTexts.insulin
const none = reportTexts.none
type Grouping = 'day' | 'week' | 'month'

export function Insulin(props: InsulinProps) {
  const format = useFormat()
  const preferences = usePreferences()
  const [grouping, setGrouping] = createSignal<Grouping>('day')
  const period = () => props.model.period
  const days = () => format.days(period().firstDay, period().lastDay)
  const drawing = createMemo<InsulinDrawing>(() => ({ days: props.model.days, preferences: preferences.now(), format }))
  const spec = createMemo(() => insulinChart(drawing()))
  const stops = createMemo(() => insulinStops(drawing()))
  const open = (x: number) => {
    const chosen = props.model.days[Math.round(x)]
    if (chosen) props.onDay(chosen.day)
  }
  return (
    <div class="report-body">
      <PrintHead
        title={t.title}
        days={reportTexts.printed.days(days(), dayCount(period()))}
        devices={props.model.devices}
      />
      <Show when={props.model.summary} fallback={<p class="card report-card soft">{t.nothing}</p>}>
        {summary => (
          <>
            <section class="card report-card overview-insulin">
              <h2>{t.perDay}</h2>
              <PeriodInsulin insulin={summary()} period={period()} />
            </section>
            <section class="card report-card">
              <h2>{t.days}</h2>
              <ChartFigure
                class="chart-days"
                spec={spec()}
                stops={stops()}
                summary={t.summary(props.model.days.length)}
                keys={t.keys}
                hint={t.hint}
                printHeightPt={120}
                onPick={open}
              />
              <p class="small soft">{t.legend}</p>
            </section>
            <section class="card report-card">
              <div class="row-apart">
                <h2>{t.table}</h2>
                <div class="screen-only">
                  <Segmented
                    label={t.groupBy}
                    value={grouping()}
                    choices={(['day', 'week', 'month'] as const).map(value => ({ value, label: t.groupings[value] }))}
                    onChange={setGrouping}
                  />
                </div>
              </div>
              <Show when={grouping() !== 'day'} fallback={<DaysOfInsulin days={props.model.days} />}>
                <Spans spans={grouping() === 'week' ? props.model.weeks : props.model.months} />
              </Show>
            </section>
          </>
        )}
      </Show>
    </div>
  )
}

function DaysOfInsulin(props: { readonly days: InsulinModel['days'] }) {
  const format = useFormat()
  const units = (value: number | undefined) => (value === undefined ? none : rounded(value, 2, format))
  const rows: readonly (readonly [string, (day: DayInsulin) => string])[] = [
    [t.columns.total, day => units(day.totalUnits)],
    [t.columns.pumpTotal, day => units(day.pumpTotalUnits)],
    [t.columns.basal, day => units(day.basalUnits)],
    [t.columns.auto, day => units(day.autoUnits)],
    [t.columns.bolus, day => units(day.bolusUnits)],
    [t.columns.boluses, day => format.number(day.bolusCount)],
    [t.columns.carbs, day => format.number(day.carbsGrams)],
    [t.columns.exchanges, day => rounded(day.carbsExchanges, 1, format)],
  ]
  /** Columns in which something stands on some day. */
  const shown = () =>
    rows.filter(([, text]) => props.days.some(({ insulin }) => insulin && ![none, '0', '0.0'].includes(text(insulin))))
  return (
    <TableCsv name={t.table}>
      <div class="table-wrap" role="region" aria-label={t.table} tabindex="0">
        <table class="plain-table days-table">
          <caption class="visually-hidden">{t.table}</caption>
          <thead>
            <tr>
              <th scope="col">{reportTexts.days.columns.day}</th>
              <For each={shown()}>{([name]) => <th scope="col">{name}</th>}</For>
            </tr>
          </thead>
          <tbody>
            <For each={props.days}>
              {({ day, insulin }) => (
                <tr>
                  <th scope="row">
                    <A
                      href={`/reports/daily?day=${textOfDay(day)}`}
                      title={reportTexts.days.openDay(format.dayExact(day))}
                    >
                      {shortDates.weekdayAndDay(day)}
                    </A>
                  </th>
                  <For each={shown()}>{([, text]) => <td>{insulin ? text(insulin) : none}</td>}</For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </TableCsv>
  )
}

function Spans(props: { readonly spans: readonly InsulinSpan[] }) {
  const format = useFormat()
  const units = (value: number | undefined) => (value === undefined ? none : rounded(value, 1, format))
  const rows: readonly (readonly [string, (span: InsulinSpan) => string])[] = [
    [t.columns.days, span => format.number(span.summary?.daysWithInsulin ?? 0)],
    [t.columns.total, span => units(span.sums.totalUnits)],
    [t.columns.perDay, span => units(span.summary?.totalPerDay)],
    [t.columns.basal, span => units(span.sums.basalUnits)],
    [t.columns.perDay, span => units(span.summary?.basalPerDay)],
    [t.columns.bolus, span => units(span.sums.bolusUnits)],
    [t.columns.perDay, span => units(span.summary?.bolusPerDay)],
    [t.columns.carbs, span => format.number(span.sums.carbsGrams)],
    [t.columns.perDay, span => units(span.summary?.carbsGramsPerDay)],
  ]
  return (
    <TableCsv name={t.table}>
      <div class="table-wrap" role="region" aria-label={t.table} tabindex="0">
        <table class="plain-table days-table">
          <caption class="visually-hidden">{t.table}</caption>
          <thead>
            <tr>
              <th scope="col">{t.columns.span}</th>
              <For each={rows}>{([name]) => <th scope="col">{name}</th>}</For>
            </tr>
          </thead>
          <tbody>
            <For each={props.spans}>
              {span => (
                <tr>
                  <th scope="row">{format.days(span.firstDay, span.lastDay)}</th>
                  <For each={rows}>{([, text]) => <td>{text(span)}</td>}</For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
        <p class="small soft">{t.spansNote}</p>
      </div>
    </TableCsv>
  )
}
