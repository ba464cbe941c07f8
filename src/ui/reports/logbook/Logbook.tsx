/** The logbook: what was measured, eaten and given, one row a day, by hours or by meals. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { BolusMark, LogbookModel } from '#reports/logbookModel.ts'
import { useForPaper } from '../../charts/onPaper.ts'
import { dayCount } from '../../state/createPeriod.ts'
import { useFormat } from '../../state/preferences.ts'
import { Segmented } from '../../parts/Segmented.tsx'
import { logbookTexts } from '../../texts/reports/logbook.ts'
import { reportTexts } from '../../texts/reports.ts'
import { createSlices } from '../createSlices.ts'
import { PrintHead } from '../PrintHead.tsx'
import { hoursOf } from './logPages.ts'
import { HoursTable, MealsTable } from './LogTables.tsx'
import { PaperLog } from './PaperLog.tsx'
import './logbook.css'

export interface LogbookProps {
  readonly model: LogbookModel
  readonly onDay: (day: number) => void
}

const t = logbookTexts
const DAYS_AT_ONCE = 2

export function Logbook(props: LogbookProps) {
  const format = useFormat()
  const forPaper = useForPaper()
  const slices = createSlices(() => props.model.days, DAYS_AT_ONCE)
  const [view, setView] = createSignal<'hours' | 'meals'>('hours')
  const hours = createMemo(() => hoursOf(props.model.days))
  const hasSensor = () => props.model.days.some(day => day.sensorMean !== undefined)
  const period = () => props.model.period
  const days = () => format.days(period().firstDay, period().lastDay)
  return (
    <div class="report-body logbook" aria-busy={slices.isBusy()}>
      <PrintHead
        title={t.title}
        days={reportTexts.printed.days(days(), dayCount(period()))}
        devices={props.model.devices}
      />
      <section class="card report-card">
        <div class="screen-only">
          <Segmented
            label={t.view}
            value={view()}
            choices={(['hours', 'meals'] as const).map(value => ({ value, label: t.views[value] }))}
            onChange={setView}
          />
        </div>
        <Show when={view() === 'hours'} fallback={<MealsTable days={slices.shown()} all={props.model.days} />}>
          <Show when={hours().length > 0} fallback={<p class="soft">{t.nothing}</p>}>
            <div class="screen-only">
              <HoursTable days={slices.shown()} all={props.model.days} hours={hours()} />
            </div>
            <Show when={forPaper()}>
              <div class="print-only">
                <PaperLog days={props.model.days} />
              </div>
            </Show>
          </Show>
        </Show>
        <Marks model={props.model} />
        <p class="small soft">
          {t.glucoseNote(format.glucoseUnit(), hasSensor())}{' '}
          <Show when={view() === 'meals'} fallback={hours().length < 24 ? t.hoursNote : ''}>
            {t.mealsNote}
          </Show>
          <Show when={props.model.uncountedCalibrations}>
            {count => <> {reportTexts.figures.uncountedCalibrations(count())}</>}
          </Show>
        </p>
      </section>
    </div>
  )
}

/** What the letters and arrows behind a bolus mean; only those that stand somewhere. */
function Marks(props: { readonly model: LogbookModel }) {
  const used = createMemo(() => {
    const found = new Set<BolusMark>()
    for (const { hours } of props.model.days) {
      for (const cell of hours) for (const { marks } of cell?.boluses ?? []) for (const mark of marks) found.add(mark)
    }
    return [...found]
  })
  return (
    <Show when={used().length > 0}>
      <ul class="chart-legend small" aria-label={t.marksLabel}>
        <For each={used()}>
          {mark => (
            <li>
              <strong aria-hidden="true">{t.marks[mark]}</strong> {t.markNames[mark]}
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}
