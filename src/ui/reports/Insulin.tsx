/** Insulin and carbs of a period: means, a bar for each day, and a table by day, week or month with sums and means. */
import { A } from '@solidjs/router'
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { DayInsulin, InsulinModel, InsulinSpan, InsulinSummary } from '#reports/models.ts'
import { ChartFigure } from '../charts/ChartFigure.tsx'
import { Segmented } from '../parts/Segmented.tsx'
import { dayCount, textOfDay } from '../state/createPeriod.ts'
import { useFormat, usePreferences } from '../state/preferences.ts'
import type { Format } from '../texts/format.ts'
import { reportTexts } from '../texts/reports.ts'
import { rounded } from './amounts.ts'
import { BolusKinds } from './BolusKinds.tsx'
import { shortDates } from './dates.ts'
import { insulinChart, type InsulinDrawing, insulinStops } from './insulinChart.ts'
import { PeriodInsulin } from './InsulinFigures.tsx'
import { PrintHead } from './PrintHead.tsx'
import { ReportTable } from './ReportTable.tsx'
import { indicesOfSpan } from './spoken.ts'

export interface InsulinProps {
  readonly model: InsulinModel
  readonly onDay: (day: number) => void
}

const t = reportTexts.insulin
const none = reportTexts.none
/** Cells that say that there is none. */
const nothing: ReadonlySet<string> = new Set([none, '0', '0.0'])
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
                summary={spokenOf(summary(), props.model.days, format)}
                keys={t.keys}
                hint={t.hint}
                printHeightPt={120}
                onPick={open}
              />
              <p class="small soft">{legendText(props.model.days)}</p>
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
            <BolusKinds model={props.model} />
          </>
        )}
      </Show>
    </div>
  )
}

/** Means a day with the days that each stands on, and the least and the greatest day, in one spoken sentence. */
function spokenOf(summary: InsulinSummary, days: InsulinModel['days'], format: Format): string {
  const words = t.spoken
  const { figures } = reportTexts
  const units = (value: number) => `${rounded(value, 1, format)} ${figures.units}`
  const perDay = (name: string, value: number | undefined, on: number, text = units) =>
    value === undefined ? [] : [words.perDay(name, text(value), on)]
  const totals = days.map(({ insulin }) => insulin?.totalUnits ?? Number.NaN)
  const [least, most] = (indicesOfSpan(totals) ?? []).map(index => rounded(totals[index] ?? 0, 1, format))
  return reportTexts.spoken.of(words.name(summary.daysWithInsulin), [
    ...perDay(words.total, summary.totalPerDay, summary.daysWithTotal),
    ...perDay(words.basal, summary.basalPerDay, summary.daysWithBasal),
    ...perDay(words.auto, summary.autoPerDay, summary.daysWithAuto),
    ...perDay(words.bolus, summary.bolusPerDay, summary.daysWithInsulin),
    ...perDay(
      words.carbs,
      summary.carbsGramsPerDay,
      summary.carbDays,
      grams => `${rounded(grams, 0, format)} ${figures.grams}`,
    ),
    ...perDay(
      words.carbs,
      summary.carbsExchangesPerDay,
      summary.carbDays,
      amount => `${rounded(amount, 1, format)} ${figures.exchanges}`,
    ),
    ...(least !== undefined && most !== undefined && least !== most ? [words.days(least, most)] : []),
  ])
}

/** What the bars are stacked of: only what there is in these days. */
function legendText(days: InsulinModel['days']): string {
  const known = days.flatMap(({ insulin }) => insulin ?? [])
  const has = (of: 'basalUnits' | 'autoUnits') => known.some(day => (day[of] ?? 0) > 0)
  return t.legend(
    has('basalUnits'),
    has('autoUnits'),
    known.some(day => day.basalUnits === undefined),
  )
}

function DaysOfInsulin(props: { readonly days: InsulinModel['days'] }) {
  const format = useFormat()
  const units = (value: number | undefined) => (value === undefined ? none : rounded(value, 2, format))
  const rows: readonly (readonly [string, (day: DayInsulin) => string])[] = [
    [t.columns.total, day => units(day.totalUnits)],
    // Without a pump's total the total is just this.
    [t.columns.ownTotal, day => units(day.totalUnits === day.ownTotalUnits ? undefined : day.ownTotalUnits)],
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
    rows.filter(([, text]) => props.days.some(({ insulin }) => insulin && !nothing.has(text(insulin))))
  return (
    <ReportTable name={t.table} columns={[reportTexts.days.columns.day, ...shown().map(([name]) => name)]}>
      <For each={props.days}>
        {({ day, insulin }) => (
          <tr>
            <th scope="row">
              <A href={`/reports/daily?day=${textOfDay(day)}`} title={reportTexts.days.openDay(format.dayExact(day))}>
                {shortDates.weekdayAndDay(day)}
              </A>
            </th>
            <For each={shown()}>{([, text]) => <td>{insulin ? text(insulin) : none}</td>}</For>
          </tr>
        )}
      </For>
    </ReportTable>
  )
}

function Spans(props: { readonly spans: readonly InsulinSpan[] }) {
  const format = useFormat()
  const units = (value: number | undefined) => (value === undefined ? none : rounded(value, 2, format))
  const carbs = (amount: number | undefined) => (amount === undefined ? none : rounded(amount, 1, format))
  /** A sum of fewer days than the others says so. */
  const sumOn = (value: number | undefined, days: number | undefined, { summary }: InsulinSpan) =>
    value === undefined || days === summary?.daysWithInsulin
      ? units(value)
      : t.sumOn(units(value), format.number(days ?? 0))
  /** The sum and the mean of each. */
  const pairs: readonly (readonly [name: string, (span: InsulinSpan) => readonly [sum: string, perDay: string]])[] = [
    [
      t.columns.total,
      span => [sumOn(span.sums.totalUnits, span.summary?.daysWithTotal, span), units(span.summary?.totalPerDay)],
    ],
    [
      t.columns.basal,
      span => [sumOn(span.sums.basalUnits, span.summary?.daysWithBasal, span), units(span.summary?.basalPerDay)],
    ],
    [t.columns.bolus, span => [units(span.sums.bolusUnits), units(span.summary?.bolusPerDay)]],
    [t.columns.carbs, span => [format.number(span.sums.carbsGrams), carbs(span.summary?.carbsGramsPerDay)]],
    [
      t.columns.exchanges,
      span => [rounded(span.sums.carbsExchanges, 1, format), carbs(span.summary?.carbsExchangesPerDay)],
    ],
  ]
  /** Of which there is something in some span. */
  const shown = () => pairs.filter(([, texts]) => props.spans.some(span => !nothing.has(texts(span)[0])))
  return (
    <div class="stack-tight">
      <ReportTable
        name={t.table}
        heads={
          <>
            <tr>
              <td colSpan={2} />
              <For each={shown()}>
                {([name]) => (
                  <th scope="colgroup" colSpan={2}>
                    {name}
                  </th>
                )}
              </For>
            </tr>
            <tr>
              <th scope="col">{t.columns.span}</th>
              <th scope="col">{t.columns.days}</th>
              <For each={shown()}>
                {() => (
                  <>
                    <th scope="col">{t.columns.sum}</th>
                    <th scope="col">{t.columns.perDay}</th>
                  </>
                )}
              </For>
            </tr>
          </>
        }
      >
        <For each={props.spans}>
          {span => (
            <tr>
              <th scope="row">{format.days(span.firstDay, span.lastDay)}</th>
              <td>{format.number(span.summary?.daysWithInsulin ?? 0)}</td>
              <For each={shown().flatMap(([, texts]) => texts(span))}>{text => <td>{text}</td>}</For>
            </tr>
          )}
        </For>
      </ReportTable>
      <p class="small soft">{t.spansNote}</p>
    </div>
  )
}
