/**
 * Days under one another, each with its name, its strip and its numbers. Arrow keys on a day's name, or the pointer over
 * its strip, read it value by value. Shared by the Weekly review and the sensor and meter overview.
 */
import './weekly.css'
import { createMemo, createSignal, createUniqueId, For, type JSX, Show, useContext } from 'solid-js'
import type { WeekDay } from '#reports/weeklyModel.ts'
import { createStepping } from '../../charts/createStepping.ts'
import { OnPaper } from '../../charts/onPaper.ts'
import { useFormat, usePreferences } from '../../state/preferences.ts'
import { weeklyTexts } from '../../texts/reports/weekly.ts'
import { DayStrip, type StripScale } from './DayStrip.tsx'
import { stripStops } from './stripStops.ts'
import { DayFigures } from './WeekFigures.tsx'
import { dayNumbers, spokenDay } from './weekNumbers.ts'

const t = weeklyTexts

export interface DayRowsProps {
  readonly days: readonly WeekDay[]
  readonly scale: StripScale
  /** Of a strip, in its own units. */
  readonly width: number
  /** Else the strips are of glucose alone. */
  readonly hasTherapy: boolean
  readonly hasAutomation: boolean
  readonly onDay: (day: number) => void
  /** The hours, above the strips. */
  readonly axis: JSX.Element
}

export function DayRows(props: DayRowsProps) {
  const format = useFormat()
  const preferences = usePreferences()
  const keysId = createUniqueId()
  const onPaper = useContext(OnPaper)
  const [chosen, setChosen] = createSignal<WeekDay>()
  const stops = createMemo(() => {
    const day = chosen()
    return day ? stripStops(day, format) : []
  })
  const { stop, pointAt, onKeyDown } = createStepping(() => stops())
  const isDrawn = (day: WeekDay) => day.state === 'shown' && isFilled(day)
  return (
    <>
      <Show when={!onPaper}>
        <p class="chart-readout strip-readout small figures screen-only" role="status">
          <Show when={stop()} fallback={<span class="soft">{t.readHint}</span>}>
            {shown => (
              <>
                {format.dayShortParts(chosen()?.day ?? 0).join(' ')}, {shown().text}
              </>
            )}
          </Show>
        </p>
        <p id={keysId} class="visually-hidden screen-only">
          {t.keys}
        </p>
      </Show>
      {props.axis}
      <ol class="week-days">
        <For each={props.days}>
          {day => (
            <li class="week-day">
              <button
                type="button"
                class="week-name"
                aria-describedby={isDrawn(day) && !onPaper ? keysId : undefined}
                onClick={() => props.onDay(day.day)}
                onFocus={() => setChosen(day)}
                onBlur={() => setChosen(undefined)}
                onKeyDown={onKeyDown}
              >
                <span aria-hidden="true">
                  <span class="soft">{format.dayShortParts(day.day)[0]}</span>{' '}
                  <strong>{format.dayShortParts(day.day)[1]}</strong>
                </span>
                <span class="visually-hidden">{spokenDay(day, format)}</span>
              </button>
              <Show
                when={isDrawn(day)}
                fallback={<p class="soft small">{day.state === 'leftOut' ? t.leftOut : t.none}</p>}
              >
                <DayStrip
                  day={day}
                  scale={props.scale}
                  preferences={preferences.now()}
                  format={format}
                  width={props.width}
                  hasTherapy={props.hasTherapy}
                  cursorMs={chosen() === day ? stop()?.x : undefined}
                  onPoint={ms => {
                    setChosen(day)
                    pointAt(ms)
                  }}
                />
                <DayFigures numbers={dayNumbers(day, format, 1)} hasAutomation={props.hasAutomation} />
              </Show>
            </li>
          )}
        </For>
      </ol>
    </>
  )
}

/** An empty strip says less than a word. */
export const isFilled = (day: WeekDay): boolean =>
  isTreated(day) ||
  day.glucose.time.length > 0 ||
  day.meterMarks.length > 0 ||
  day.exits.length > 0 ||
  day.setChanges.length > 0 ||
  day.insulin !== undefined

/** Whether there is anything but glucose to draw. */
export const isTreated = ({ boluses, carbs, basal }: WeekDay): boolean =>
  boluses.length > 0 || carbs.length > 0 || basal.from.length > 0
