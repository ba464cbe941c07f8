/** One day of the Calendar: a bar of its ranges, its numbers, and marks for lows, a changed set and the best day. */
import { createUniqueId, For, Show } from 'solid-js'
import { rangeNames } from '#reports/models.ts'
import type { CalendarDay } from '#reports/calendarModel.ts'
import { fillVariable } from '../../charts/colors.ts'
import { HatchPatterns, hatchFill, isHatched } from '../../charts/Hatch.tsx'
import { useFormat } from '../../state/preferences.ts'
import { calendarTexts } from '../../texts/reports/calendar.ts'
import { reportTexts } from '../../texts/reports.ts'
import { calendarNumbers, spokenCalendarDay } from './calendarNumbers.ts'

const t = calendarTexts
const WIDTH = 100
const HEIGHT = 10
/** Where only a meter was used. */
const NARROW = 4

export interface CalendarCellProps {
  readonly day: CalendarDay
  readonly isBest: boolean
  readonly onDay: (day: number) => void
}

export function CalendarCell(props: CalendarCellProps) {
  const format = useFormat()
  const numbers = () => calendarNumbers(props.day, format, 1)
  const marks = () => [
    ...(props.isBest ? [t.marks.best] : []),
    ...(numbers().lows ? [t.mark(t.marks.low, numbers().lows ?? '')] : []),
    ...(numbers().veryLows ? [t.mark(t.marks.veryLow, numbers().veryLows ?? '')] : []),
    ...(props.day.setChanges > 0 ? [t.marks.set] : []),
  ]
  const lines = () => {
    const { mean, meter, total, carbs, exchanges } = numbers()
    return [
      mean === undefined && meter !== undefined && t.meterValues(props.day.meter?.count ?? 0),
      total && `${total} U`,
      carbs && reportTexts.dailyChart.grams(carbs),
      exchanges && reportTexts.dailyChart.exchanges(exchanges),
    ].filter(Boolean)
  }
  const isEmpty = () => props.day.state === 'shown' && lines().length === 0 && !numbers().mean && !numbers().meter
  return (
    <button
      type="button"
      class="calendar-day"
      classList={{ 'calendar-best': props.isBest }}
      onClick={() => props.onDay(props.day.day)}
    >
      <span class="visually-hidden">{spokenCalendarDay(props.day, props.isBest, format)}</span>
      <span class="calendar-face" aria-hidden="true">
        <span class="calendar-head">
          <span class="calendar-date">{format.dayShortParts(props.day.day)[1]}</span>
          <span class="calendar-marks">{marks().join(' ')}</span>
        </span>
        <RangeStrip day={props.day} />
        <Show when={props.day.state === 'leftOut'}>
          <span class="soft">{t.leftOut}</span>
        </Show>
        <Show when={numbers().inRange}>{text => <span class="calendar-range">{text()}</span>}</Show>
        <Show when={isEmpty()}>
          <span class="soft">{reportTexts.none}</span>
        </Show>
        <span class="calendar-numbers">
          <Show when={numbers().mean ?? numbers().meter}>
            {text => (
              <span>
                {text()} <span class="calendar-unit">{format.glucoseUnit()}</span>
              </span>
            )}
          </Show>
          <For each={lines()}>{text => <span>{text}</span>}</For>
        </span>
      </span>
    </button>
  )
}

/** Very low on the left, very high on the right; as wide as the day whatever the sensor saw of it. */
function RangeStrip(props: { readonly day: CalendarDay }) {
  const id = createUniqueId()
  const shares = () => (props.day.sensor ?? props.day.meter)?.ranges
  const height = () => (props.day.sensor ? HEIGHT : NARROW)
  const pieces = () => {
    const ranges = shares()
    if (!ranges) return []
    let x = 0
    return rangeNames.map(name => {
      const width = ranges[name].fraction * WIDTH
      const piece = { name, x, width }
      x += width
      return piece
    })
  }
  return (
    <svg class="calendar-bar" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
      <HatchPatterns id={id} />
      <For each={pieces().filter(({ width }) => width > 0)}>
        {({ name, x, width }) => (
          <>
            <rect x={x} y="0" width={width} height={height()} fill={fillVariable(name)} />
            <Show when={isHatched(name)}>
              <rect class="print-mark" x={x} y="0" width={width} height={height()} fill={hatchFill(id, name)} />
            </Show>
          </>
        )}
      </For>
    </svg>
  )
}
