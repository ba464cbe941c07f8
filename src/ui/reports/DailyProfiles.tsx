/**
 * The last days as small pictures in rows of a week: the trace from midnight to midnight over the target band, filled
 * where it leaves it. Each opens its day. Source: reports sheet §2.1.
 */
import { createMemo, createUniqueId, For } from 'solid-js'
import { DAY_MS, startOfDeviceDay } from '#records/time.ts'
import { mgdlFrom } from '#records/units.ts'
import type { AgpDay } from '#reports/models.ts'
import { fillVariable, markVariable } from '../charts/colors.ts'
import { useFormat, usePreferences } from '../state/preferences.ts'
import { reportTexts } from '../texts/reports.ts'
import { wholePercent } from './amounts.ts'
import { type GlucoseScale, glucoseScale } from './axes.ts'
import { traceArea, traceLine, traceStretches } from './tracePath.ts'

const WIDTH = 100
const HEIGHT = 56
const t = reportTexts.agp

export interface DailyProfilesProps {
  readonly days: readonly AgpDay[]
  /** Of a meter: its values alone; of a sensor: its trace, and the meter's values over it. */
  readonly of: 'sensor' | 'meter'
  readonly onDay: (day: number) => void
}

export function DailyProfiles(props: DailyProfilesProps) {
  const format = useFormat()
  const preferences = usePreferences()
  /** Empty places before the first day, so that the columns are weekdays. */
  const blanks = () => {
    const first = props.days[0]
    if (!first) return []
    const weekday = new Date(startOfDeviceDay(first.day)).getUTCDay()
    return Array.from({ length: (weekday - preferences.now().firstDayOfWeek + 7) % 7 }, (_, i) => i)
  }
  const label = (day: AgpDay) =>
    t.dayLabel(
      format.dayExact(day.day),
      day.sensor && props.of === 'sensor'
        ? t.daySensor(
            format.glucose(day.sensor.meanMgdl),
            format.percent(wholePercent(day.sensor.ranges.target.fraction)),
          )
        : dotsOf(day).length > 0
          ? t.dayMeter(dotsOf(day).length)
          : undefined,
    )
  return (
    <ol class="profile-days">
      <For each={blanks()}>{() => <li class="profile-blank" aria-hidden="true" />}</For>
      <For each={props.days}>
        {day => {
          const [weekday, dayOfMonth] = format.dayShortParts(day.day)
          return (
            <li>
              <button type="button" class="profile-day" onClick={() => props.onDay(day.day)}>
                <span class="profile-date">
                  <span class="soft">{weekday}</span> {dayOfMonth}
                </span>
                <span class="visually-hidden">{label(day)}</span>
                <Thumbnail day={day} of={props.of} />
              </button>
            </li>
          )
        }}
      </For>
    </ol>
  )
}

/** What is off the scale stands at its edge. */
const heightIn = ({ min, max }: GlucoseScale, value: number): number =>
  HEIGHT - ((Math.min(Math.max(value, min), max) - min) / (max - min)) * HEIGHT

/** A test with control solution is no glucose of a person. */
const dotsOf = ({ meterValues }: AgpDay) => meterValues.filter(value => !value.controlSolution)

function Thumbnail(props: { readonly day: AgpDay; readonly of: DailyProfilesProps['of'] }) {
  const id = createUniqueId()
  const preferences = usePreferences()
  const scale = createMemo(() => glucoseScale(preferences.now()))
  const toX = (ms: number) => ((ms - startOfDeviceDay(props.day.day)) / DAY_MS) * WIDTH
  const stretches = createMemo(() => {
    if (props.of === 'meter') return []
    const now = scale()
    return traceStretches(props.day.glucose, toX, mgdl => heightIn(now, now.of(mgdl)))
  })
  const high = () => heightIn(scale(), scale().high)
  const low = () => heightIn(scale(), scale().low)
  return (
    <svg class="profile-picture" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <clipPath id={`${id}-high`}>
        <rect x="0" y="0" width={WIDTH} height={high()} />
      </clipPath>
      <clipPath id={`${id}-low`}>
        <rect x="0" y={low()} width={WIDTH} height={HEIGHT - low()} />
      </clipPath>
      <rect x="0" y={high()} width={WIDTH} height={low() - high()} fill={fillVariable('band')} />
      <path class="profile-noon" d={`M${WIDTH / 2} 0V${HEIGHT}`} />
      <path d={traceArea(stretches(), high() + 1)} fill={fillVariable('high')} clip-path={`url(#${id}-high)`} />
      <path d={traceArea(stretches(), low() - 1)} fill={fillVariable('low')} clip-path={`url(#${id}-low)`} />
      <path class="profile-line" d={traceLine(stretches())} />
      <For each={dotsOf(props.day)}>
        {value => (
          <path
            class="profile-dot"
            d={`M${toX(value.deviceTime).toFixed(1)} ${heightIn(scale(), scale().of(mgdlFrom(value.value, value.units))).toFixed(1)}h0`}
            stroke={markVariable('ink')}
          />
        )}
      </For>
    </svg>
  )
}
