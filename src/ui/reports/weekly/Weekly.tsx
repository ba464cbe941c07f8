/** The Weekly review: each week's seven strips with their numbers and the week's means; or as tables. */
import './weekly.css'
import { createMemo, createSignal, For, Show, useContext } from 'solid-js'
import type { Period } from '#reports/models.ts'
import type { Week, WeeklyModel } from '#reports/weeklyModel.ts'
import { OnPaper } from '../../charts/onPaper.ts'
import { dayCount } from '../../state/createPeriod.ts'
import { createMediaMatch } from '../../state/createMediaMatch.ts'
import { useFormat, usePreferences } from '../../state/preferences.ts'
import { weeklyTexts } from '../../texts/reports/weekly.ts'
import { reportTexts } from '../../texts/reports.ts'
import { createSlices } from '../createSlices.ts'
import { Legend } from '../Legend.tsx'
import { makePageKeys } from '../makePageKeys.ts'
import { PrintHead } from '../PrintHead.tsx'
import { DayRows, isFilled, isTreated } from './DayRows.tsx'
import { STRIP, StripAxis, type StripScale } from './DayStrip.tsx'
import { explainStrips, stripScale } from './stripWords.ts'
import { WeekFigures } from './WeekFigures.tsx'
import { weekLegend } from './weekLegend.ts'
import { weekNumbers } from './weekNumbers.ts'
import { WeekTable } from './WeekTable.tsx'
import { ViewSwitch } from '../ViewSwitch.tsx'

const t = weeklyTexts
/** As in weekly.css. */
const NARROW = 'screen and (max-width: 36rem)'

export interface WeeklyProps {
  readonly model: WeeklyModel
  readonly onDay: (day: number) => void
}

export function Weekly(props: WeeklyProps) {
  const format = useFormat()
  const preferences = usePreferences()
  const [view, setView] = createSignal<'chart' | 'table'>('chart')
  makePageKeys({ t: () => setView(now => (now === 'chart' ? 'table' : 'chart')) })
  const weeks = createSlices(() => props.model.weeks, 1)
  const onPaper = useContext(OnPaper)
  const isNarrow = createMediaMatch(NARROW)
  const width = () => (isNarrow() && !onPaper ? STRIP.narrow : STRIP.wide)
  const period = () => props.model.period
  const hasTherapy = createMemo(() => props.model.weeks.some(({ days }) => days.some(isTreated)))
  const scale = createMemo(() => stripScale(props.model))
  const first = () => props.model.weeks.find(hasData)
  return (
    <div class="report-body weekly" aria-busy={weeks.isBusy()}>
      <PrintHead
        title={t.title}
        days={reportTexts.printed.days(format.days(period().firstDay, period().lastDay), dayCount(period()))}
        devices={props.model.devices}
      />
      <div class="row-apart">
        <p class="small soft weekly-explained">
          {explainStrips(hasTherapy() ? scale() : undefined, preferences.now(), format)}{' '}
          <span class="screen-only">{t.chooseDay}</span>
        </p>
        <ViewSwitch label={t.showAs} view={view()} onView={setView} />
      </div>
      <For each={weeks.shown()}>
        {week => (
          <Show when={week.days.some(({ state }) => state === 'shown')}>
            <section class="card report-card week" classList={{ 'week-further': week !== first() }}>
              <h2>{format.days(week.days[0]?.day ?? 0, week.days.at(-1)?.day ?? 0)}</h2>
              <Show when={hasData(week)} fallback={<p class="soft">{t.emptyWeek}</p>}>
                <div classList={{ 'print-only': view() === 'table' }}>
                  <WeekStrips
                    week={week}
                    model={props.model}
                    scale={scale()}
                    width={width()}
                    hasTherapy={hasTherapy()}
                    onDay={props.onDay}
                  />
                  <Legend label={t.legend.label} entries={weekLegend(week.days)} />
                </div>
                <Show when={view() === 'table'}>
                  <div class="screen-only">
                    <WeekTable
                      of={t.weekName(format.days(week.days[0]?.day ?? 0, week.days.at(-1)?.day ?? 0))}
                      days={week.days}
                      week={week}
                      hasAutomation={props.model.hasAutomation}
                    />
                  </div>
                </Show>
              </Show>
            </section>
          </Show>
        )}
      </For>
    </div>
  )
}

interface WeekStripsProps {
  readonly week: Week
  readonly model: WeeklyModel
  readonly scale: StripScale
  /** Of a strip, in its own units. */
  readonly width: number
  /** Else the strips are of glucose alone. */
  readonly hasTherapy: boolean
  readonly onDay: (day: number) => void
}

function WeekStrips(props: WeekStripsProps) {
  const format = useFormat()
  const preferences = usePreferences()
  const inPeriod = () => props.week.days.filter(({ state }) => state !== 'outside')
  const period = (): Period => ({ firstDay: inPeriod()[0]?.day ?? 0, lastDay: inPeriod().at(-1)?.day ?? 0 })
  return (
    <>
      <DayRows
        axis={
          <div class="week-day week-axis" aria-hidden="true">
            <span />
            <StripAxis preferences={preferences.now()} width={props.width} />
          </div>
        }
        days={inPeriod()}
        scale={props.scale}
        width={props.width}
        hasTherapy={props.hasTherapy}
        hasAutomation={props.model.hasAutomation}
        onDay={props.onDay}
      />
      <div class="week-day week-mean">
        <p class="week-name">
          <strong>{t.mean}</strong>
        </p>
        <WeekFigures
          numbers={weekNumbers(props.week, format, 1)}
          week={props.week}
          period={period()}
          hasAutomation={props.model.hasAutomation}
        />
      </div>
      <p class="small soft week-note">
        {[
          t.note,
          ...(props.week.sensor ? [t.noteEpisodes(format.glucoseUnit())] : []),
          ...(props.hasTherapy ? [t.noteTherapy] : []),
          ...(props.model.hasAutomation ? [t.noteAutomation] : []),
        ].join(' ')}
      </p>
    </>
  )
}

const hasData = ({ days }: Week): boolean => days.some(isFilled)
