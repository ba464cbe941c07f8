/** The Calendar: months as grids of days, each of which opens its day; or as tables. */
import './calendar.css'
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { CalendarDay, CalendarModel, CalendarMonth } from '#reports/calendarModel.ts'
import { useForPaper } from '../../charts/onPaper.ts'
import { dayCount } from '../../state/createPeriod.ts'
import { createMediaMatch } from '../../state/createMediaMatch.ts'
import { useFormat } from '../../state/preferences.ts'
import { calendarTexts } from '../../texts/reports/calendar.ts'
import { reportTexts } from '../../texts/reports.ts'
import { sharesText } from '../amounts.ts'
import { createSlices } from '../createSlices.ts'
import { shortDates } from '../dates.ts'
import { Legend, type LegendEntry } from '../Legend.tsx'
import { makePageKeys } from '../makePageKeys.ts'
import { PrintHead } from '../PrintHead.tsx'
import { CalendarCell } from './CalendarCell.tsx'
import { calendarPaper, ROOMY_PT } from './calendarPaper.ts'
import { CalendarTable } from './CalendarTable.tsx'
import { ViewSwitch } from '../ViewSwitch.tsx'

const t = calendarTexts
/** As in calendar.css. */
const NARROW = 'screen and (max-width: 40rem)'

export interface CalendarProps {
  readonly model: CalendarModel
  readonly onDay: (day: number) => void
}

export function Calendar(props: CalendarProps) {
  const format = useFormat()
  const [view, setView] = createSignal<'chart' | 'table'>('chart')
  makePageKeys({ t: () => setView(now => (now === 'chart' ? 'table' : 'chart')) })
  const dayPt = (month: number) => paper().dayPt[month] ?? 0
  const period = () => props.model.period
  const all = () => props.model.months.flatMap(({ weeks }) => weeks.flat())
  const months = createSlices(() => props.model.months, 1)
  const forPaper = useForPaper()
  const isNarrow = createMediaMatch(NARROW)
  const paper = createMemo(() =>
    calendarPaper(
      props.model.months.map(({ weeks }) => ({
        weeks: weeks.filter(isShown).length,
        days: weeks.flat().filter(({ state }) => state !== 'outside').length,
      })),
    ),
  )
  const best = () => {
    const { bestDay, candidates } = props.model
    const day = all().find(one => one.day === bestDay && one.sensor)
    return day?.sensor
      ? t.best(format.dayExact(day.day), sharesText(day.sensor.ranges, ['target'], format), candidates)
      : t.noBest
  }
  const hasMeterDays = () => all().some(({ sensor, meter }) => meter && !sensor)
  /** What stands in the days, in their order. */
  const explained = () => {
    const insulin = all().flatMap(day => day.insulin ?? [])
    const parts = [
      ...(hasSensor() ? [t.parts.inRange] : []),
      ...(hasSensor() || hasMeterDays() ? [t.parts.mean(format.glucoseUnit())] : []),
      ...(hasMeterDays() ? [t.parts.values] : []),
      ...(insulin.some(({ totalUnits }) => totalUnits !== undefined) ? [t.parts.insulin] : []),
      ...(insulin.some(({ carbsGrams }) => carbsGrams > 0) ? [t.parts.grams] : []),
      ...(insulin.some(({ carbsExchanges }) => carbsExchanges > 0) ? [t.parts.exchanges] : []),
    ]
    return [
      hasSensor() || hasMeterDays() ? t.bar(hasSensor()) : '',
      // A narrow day has the share and the first of its numbers.
      t.below(isNarrow() && !forPaper() ? parts.slice(0, hasSensor() ? 2 : 1) : parts),
      hasSensor() && hasMeterDays() ? t.narrow : '',
    ]
      .filter(Boolean)
      .join(' ')
  }
  const hasSensor = () => all().some(({ sensor }) => sensor !== undefined)
  const legend = (): readonly LegendEntry[] => {
    const entry = (test: boolean, letter: string, text: string): readonly LegendEntry[] =>
      test ? [{ shape: 'letter', tone: 'ink', letter, text }] : []
    return [
      ...entry(props.model.bestDay !== undefined, t.marks.best, t.legend.best),
      ...entry(
        all().some(({ lows }) => lows > 0),
        t.marks.low,
        t.legend.low,
      ),
      ...entry(
        all().some(({ veryLows }) => veryLows > 0),
        t.marks.veryLow,
        t.legend.veryLow,
      ),
      ...entry(
        all().some(({ setChanges }) => setChanges > 0),
        t.marks.set,
        t.legend.set,
      ),
    ]
  }
  return (
    <div class="report-body calendar" aria-busy={months.isBusy()}>
      <PrintHead
        title={t.title}
        days={reportTexts.printed.days(format.days(period().firstDay, period().lastDay), dayCount(period()))}
        devices={props.model.devices}
      />
      <div class="row-apart">
        <div class="stack-tight calendar-explained">
          <Show when={hasSensor()}>
            <p>{best()}</p>
          </Show>
          <p class="small soft">{explained()}</p>
          <Legend label={t.legend.label} entries={legend()} />
        </div>
        <ViewSwitch label={t.showAs} view={view()} onView={setView} />
      </div>
      <For each={months.shown()}>
        {(month, index) => (
          <section
            class="card report-card calendar-month"
            classList={{ 'calendar-roomy': dayPt(index()) >= ROOMY_PT }}
            style={{ '--calendar-day': `${dayPt(index())}pt` }}
          >
            <h2>{shortDates.month(month.firstDay)}</h2>
            <div classList={{ 'print-only': view() === 'table' }}>
              <Month month={month} bestDay={props.model.bestDay} onDay={props.onDay} />
            </div>
            <Show when={view() === 'table' || (forPaper() && paper().withTables)}>
              <div
                classList={{
                  'screen-only': view() === 'table' && !paper().withTables,
                  'print-only': view() === 'chart',
                }}
              >
                <CalendarTable month={month} bestDay={props.model.bestDay} />
              </div>
            </Show>
          </section>
        )}
      </For>
    </div>
  )
}

/** Weeks of the month before and after the period have no days to show. */
const isShown = (week: readonly CalendarDay[]): boolean => week.some(({ state }) => state !== 'outside')

interface MonthProps {
  readonly month: CalendarMonth
  readonly bestDay: number | undefined
  readonly onDay: (day: number) => void
}

function Month(props: MonthProps) {
  const format = useFormat()
  return (
    <table class="calendar-grid">
      <caption class="visually-hidden">{shortDates.month(props.month.firstDay)}</caption>
      <thead>
        <tr>
          <For each={props.month.weeks[0]}>{({ day }) => <th scope="col">{format.dayShortParts(day)[0]}</th>}</For>
        </tr>
      </thead>
      <tbody>
        <For each={props.month.weeks.filter(isShown)}>
          {week => (
            <tr>
              <For each={week}>
                {day => (
                  <td>
                    <Show when={day.state !== 'outside'}>
                      <CalendarCell day={day} isBest={day.day === props.bestDay} onDay={props.onDay} />
                    </Show>
                  </td>
                )}
              </For>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  )
}
