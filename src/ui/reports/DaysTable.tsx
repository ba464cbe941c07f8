/** The table twin of the overview: every day of the period with all its numbers; insulin with two decimals. */
import { A } from '@solidjs/router'
import { For, Show } from 'solid-js'
import { roundHalfEven } from '#records/units.ts'
import { type DayInsulin, type OverviewDay, rangeNames } from '#reports/models.ts'
import { textOfDay } from '../state/createPeriod.ts'
import { useFormat, usePreferences } from '../state/preferences.ts'
import { reportTexts } from '../texts/reports.ts'
import { hasRange, limitsText, rounded } from './amounts.ts'
import { shortDates } from './dates.ts'
import { ReportTable } from './ReportTable.tsx'

const t = reportTexts.days
const none = reportTexts.none
/** Marks in the order in which their explanations stand below the table. */
const noteMarks: Readonly<Record<NonNullable<DayInsulin['note']>, string>> = {
  'basal-incomplete': 'a',
  'auto-mode-mixed': 'b',
  'differs-from-pump': 'c',
}

export function DaysTable(props: { readonly days: readonly OverviewDay[] }) {
  const format = useFormat()
  const preferences = usePreferences()
  const ranges = () => rangeNames.filter(name => hasRange(name, preferences.now().ranges))
  const has = (test: (day: OverviewDay) => boolean) => props.days.some(test)
  const sensor = () => has(day => day.sensor !== undefined)
  const meter = () => has(day => day.meter !== undefined)
  const insulin = () => has(day => day.insulin !== undefined)
  const auto = () => has(day => day.insulin?.autoUnits !== undefined)
  const exchanges = () => has(day => (day.insulin?.carbsExchanges ?? 0) > 0)
  const notes = () => [...new Set(props.days.flatMap(day => (day.insulin?.note ? [day.insulin.note] : [])))].toSorted()
  const units = (value: number | undefined) => (value === undefined ? none : rounded(value, 2, format))
  /** Also when there are neither: nothing was entered. */
  const grams = () => !exchanges() || props.days.some(({ insulin: of }) => (of?.carbsGrams ?? 0) > 0)
  const insulinColumns = () => 3 + Number(auto()) + Number(grams()) + Number(exchanges())
  return (
    <div class="stack-tight">
      <ReportTable
        name={t.tableName}
        heads={
          <>
            <tr>
              <td />
              <Show when={sensor()}>
                <th scope="colgroup" colSpan={2 + ranges().length}>
                  {t.columns.sensor}
                </th>
              </Show>
              <Show when={meter()}>
                <th scope="colgroup" colSpan={2}>
                  {t.columns.meter}
                </th>
              </Show>
              <Show when={insulin()}>
                <th scope="colgroup" colSpan={insulinColumns()}>
                  {t.columns.insulin}
                </th>
              </Show>
            </tr>
            <tr>
              <th scope="col">{t.columns.day}</th>
              <Show when={sensor()}>
                <th scope="col">{t.columns.count}</th>
                <th scope="col">{t.columns.mean}</th>
                <For each={ranges()}>
                  {name => (
                    <th scope="col">{limitsText(name, preferences.now().ranges, preferences.now().glucoseUnits)} %</th>
                  )}
                </For>
              </Show>
              <Show when={meter()}>
                <th scope="col">{t.columns.count}</th>
                <th scope="col">{t.columns.mean}</th>
              </Show>
              <Show when={insulin()}>
                <th scope="col">{t.columns.bolus}</th>
                <th scope="col">{t.columns.basal}</th>
                <Show when={auto()}>
                  <th scope="col">{t.columns.auto}</th>
                </Show>
                <th scope="col">{t.columns.total}</th>
                <Show when={grams()}>
                  <th scope="col">{t.columns.carbs}</th>
                </Show>
                <Show when={exchanges()}>
                  <th scope="col">{t.columns.exchanges}</th>
                </Show>
              </Show>
            </tr>
          </>
        }
      >
        <For each={props.days}>
          {day => (
            <tr>
              <th scope="row">
                <A href={`/reports/daily?day=${textOfDay(day.day)}`} title={t.openDay(format.dayExact(day.day))}>
                  {shortDates.weekdayAndDay(day.day)}
                </A>
              </th>
              <Show when={sensor()}>
                <td>{day.sensor ? format.number(day.sensor.count) : none}</td>
                <td>{day.sensor ? format.glucose(day.sensor.meanMgdl) : none}</td>
                <For each={ranges()}>
                  {name => <td>{day.sensor ? percentText(day.sensor.ranges[name].fraction, format.number) : none}</td>}
                </For>
              </Show>
              <Show when={meter()}>
                <td>{day.meter ? format.number(day.meter.count) : none}</td>
                <td>{day.meter ? format.glucose(day.meter.meanMgdl) : none}</td>
              </Show>
              <Show when={insulin()}>
                <td>{units(day.insulin?.bolusUnits)}</td>
                <td>{units(day.insulin?.basalUnits)}</td>
                <Show when={auto()}>
                  <td>{units(day.insulin?.autoUnits)}</td>
                </Show>
                <td>
                  {units(day.insulin?.totalUnits)}
                  <Show when={day.insulin?.note}>{note => <sup>{noteMarks[note()]}</sup>}</Show>
                </td>
                <Show when={grams()}>
                  <td>{day.insulin ? format.number(day.insulin.carbsGrams) : none}</td>
                </Show>
                <Show when={exchanges()}>
                  <td>{day.insulin ? format.number(day.insulin.carbsExchanges, 1) : none}</td>
                </Show>
              </Show>
            </tr>
          )}
        </For>
      </ReportTable>
      <p class="small soft">
        {t.units(sensor() || meter() ? format.glucoseUnit() : undefined, insulin())}
        <For each={notes()}>
          {note => (
            <>
              {' '}
              <sup>{noteMarks[note]}</sup> {reportTexts.figures.insulinNotes[note]}.
            </>
          )}
        </For>
      </p>
    </div>
  )
}

/** Tables give a share one decimal (metrics sheet §1.3). */
const percentText = (fraction: number, number: (value: number, places: number) => string): string =>
  number(roundHalfEven(fraction * 100, 1), 1)
