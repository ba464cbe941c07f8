/** The Weekly review: each week's seven strips with their numbers and the week's means; or as tables. */
import './weekly.css'
import { createMemo, createSignal, For, Show, useContext } from 'solid-js'
import type { Week, WeekDay, WeeklyModel } from '#reports/weeklyModel.ts'
import { OnPaper } from '../../charts/onPaper.ts'
import { Segmented } from '../../parts/Segmented.tsx'
import { dayCount } from '../../state/createPeriod.ts'
import { createMediaMatch } from '../../state/createMediaMatch.ts'
import { useFormat, usePreferences } from '../../state/preferences.ts'
import { weeklyTexts } from '../../texts/reports/weekly.ts'
import { reportTexts } from '../../texts/reports.ts'
import { amountScale } from '../axes.ts'
import { createSlices } from '../createSlices.ts'
import { Legend } from '../Legend.tsx'
import { makePageKeys } from '../makePageKeys.ts'
import { PrintHead } from '../PrintHead.tsx'
import { basalScales, bolusScales } from '../therapyLanes.ts'
import { DayStrip, STRIP, StripAxis, type StripScale } from './DayStrip.tsx'
import { dayNumbers, spokenDay, type WeekNumbers, weekNumbers } from './weekNumbers.ts'
import { weekLegend } from './weekLegend.ts'
import { WeekTable } from './WeekTable.tsx'

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
  const scale = createMemo(
    (): StripScale => ({
      bolusTop: amountScale(props.model.highestBolus, bolusScales).top,
      basalTop: amountScale(props.model.highestBasal, basalScales).top,
    }),
  )
  const limits = () => {
    const { ranges, glucoseUnits } = preferences.now()
    const { low, high } = glucoseUnits === 'mg/dL' ? ranges.mgdl : ranges.mmol
    const text = (value: number) => value.toFixed(glucoseUnits === 'mg/dL' ? 0 : 1)
    return [text(low), text(high)] as const
  }
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
          {t.explained(
            format.glucoseUnit(),
            ...limits(),
            hasTherapy() ? t.therapyLanes(format.number(scale().bolusTop), format.number(scale().basalTop)) : '',
          )}{' '}
          <span class="screen-only">{t.chooseDay}</span>
        </p>
        <div class="screen-only">
          <Segmented
            label={t.showAs}
            value={view()}
            choices={[
              { value: 'chart', label: reportTexts.chart },
              { value: 'table', label: reportTexts.table },
            ]}
            onChange={setView}
          />
        </div>
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
                  <Legend label={t.legend.label} entries={weekLegend(week)} />
                </div>
                <Show when={view() === 'table'}>
                  <div class="screen-only">
                    <WeekTable week={week} hasAutomation={props.model.hasAutomation} />
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
  return (
    <>
      <div class="week-day week-axis" aria-hidden="true">
        <span />
        <StripAxis preferences={preferences.now()} width={props.width} />
      </div>
      <ol class="week-days">
        <For each={inPeriod()}>
          {day => (
            <li class="week-day">
              <WeekDayName day={day} onDay={props.onDay} />
              <Show
                when={isFilled(day)}
                fallback={<p class="soft small">{day.state === 'leftOut' ? t.leftOut : t.none}</p>}
              >
                <DayStrip
                  day={day}
                  scale={props.scale}
                  preferences={preferences.now()}
                  format={format}
                  width={props.width}
                  hasTherapy={props.hasTherapy}
                />
                <Numbers numbers={dayNumbers(day, format, 1)} hasAutomation={props.model.hasAutomation} />
              </Show>
            </li>
          )}
        </For>
      </ol>
      <div class="week-day week-mean">
        <p class="week-name">
          <strong>{t.mean}</strong>
        </p>
        <Numbers numbers={weekNumbers(props.week, format, 1)} hasAutomation={props.model.hasAutomation} perDay />
      </div>
      <Show when={props.hasTherapy}>
        <p class="small soft week-note">
          {t.note} {props.model.hasAutomation ? t.noteAutomation : ''}
        </p>
      </Show>
    </>
  )
}

/** An empty strip says less than a word. */
const isFilled = (day: WeekDay): boolean =>
  isTreated(day) ||
  day.glucose.time.length > 0 ||
  day.meterMarks.length > 0 ||
  day.exits.length > 0 ||
  day.setChanges.length > 0 ||
  day.insulin !== undefined

const hasData = ({ days }: Week): boolean => days.some(isFilled)

const isTreated = ({ boluses, carbs, basal }: WeekDay): boolean =>
  boluses.length > 0 || carbs.length > 0 || basal.from.length > 0

function WeekDayName(props: { readonly day: WeekDay; readonly onDay: (day: number) => void }) {
  const format = useFormat()
  const parts = () => format.dayShortParts(props.day.day)
  return (
    <button type="button" class="week-name" onClick={() => props.onDay(props.day.day)}>
      <span aria-hidden="true">
        <span class="soft">{parts()[0]}</span> <strong>{parts()[1]}</strong>
      </span>
      <span class="visually-hidden">{spokenDay(props.day, format)}</span>
    </button>
  )
}

interface NumbersProps {
  readonly numbers: WeekNumbers
  readonly hasAutomation: boolean
  /** Insulin and carbs are means a day. */
  readonly perDay?: boolean
}

/** Only what is known: an empty place says nothing that a dash would not. */
function Numbers(props: NumbersProps) {
  const format = useFormat()
  const names = t.numbers
  const rows = () => {
    const numbers = props.numbers
    const grams = numbers.carbs === undefined ? [] : [reportTexts.dailyChart.grams(numbers.carbs)]
    const exchanges = numbers.exchanges === undefined ? [] : [reportTexts.dailyChart.exchanges(numbers.exchanges)]
    const perDay = props.perDay ? ` ${t.perDay}` : ''
    const all: readonly (readonly [string, string | undefined])[] = [
      [names.mean, numbers.mean && `${numbers.mean} ${format.glucoseUnit()}`],
      [names.count, props.perDay ? numbers.count : undefined],
      [names.inRange, numbers.inRange],
      [names.below, numbers.below],
      [names.above, numbers.above],
      [
        names.meter,
        numbers.mean === undefined && numbers.meterMean ? `${numbers.meterMean} ${format.glucoseUnit()}` : undefined,
      ],
      // Of the meter how many, for that differs from day to day.
      [names.count, numbers.mean === undefined ? numbers.meterCount : undefined],
      [names.carbs, [...grams, ...exchanges].join(', ') && `${[...grams, ...exchanges].join(', ')}${perDay}`],
      [names.total, numbers.total && `${numbers.total} U${perDay}`],
      [names.bolus, numbers.bolusShare ?? (numbers.bolus && `${numbers.bolus} U`)],
      [names.automation, props.hasAutomation ? numbers.automation : undefined],
    ]
    return all.filter(([, text]) => text)
  }
  return (
    <Show when={rows().length > 0} fallback={<p class="week-numbers small soft">{t.none}</p>}>
      <dl class="week-numbers">
        <For each={rows()}>
          {([name, text]) => (
            <div>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          )}
        </For>
      </dl>
    </Show>
  )
}
