/**
 * The last days as small pictures in rows of a week: the trace from midnight to midnight over the target band, filled
 * where it leaves it. Each opens its day. Source: reports sheet §2.1.
 */
import { createUniqueId, For, Show } from 'solid-js'
import { DAY_MS, MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import { mgdlFrom } from '#records/units.ts'
import type { AgpDay } from '#reports/models.ts'
import { fillVariable, markVariable } from '../charts/colors.ts'
import { useFormat, usePreferences } from '../state/preferences.ts'
import { reportTexts } from '../texts/reports.ts'
import { wholePercent } from './amounts.ts'
import { glucoseScale } from './axes.ts'

const WIDTH = 100
const HEIGHT = 56
const GAP_MS = 15 * MINUTE_MS
const t = reportTexts.agp

export function DailyProfiles(props: { readonly days: readonly AgpDay[]; readonly onDay: (day: number) => void }) {
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
      day.sensor
        ? t.daySensor(
            format.glucose(day.sensor.meanMgdl),
            format.percent(wholePercent(day.sensor.ranges.target.fraction)),
          )
        : day.meterValues.length > 0
          ? t.dayMeter(day.meterValues.length)
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
                <Thumbnail day={day} />
              </button>
            </li>
          )
        }}
      </For>
    </ol>
  )
}

function Thumbnail(props: { readonly day: AgpDay }) {
  const id = createUniqueId()
  const preferences = usePreferences()
  const scale = () => glucoseScale(preferences.now())
  const toX = (ms: number) => ((ms - startOfDeviceDay(props.day.day)) / DAY_MS) * WIDTH
  const toY = (value: number) => {
    const { min, max } = scale()
    return HEIGHT - ((Math.min(Math.max(value, min), max) - min) / (max - min)) * HEIGHT
  }
  const stretches = () => stretchesOf(props.day, toX, mgdl => toY(scale().of(mgdl)))
  const line = () =>
    stretches()
      .map(points => `M${points.join('L')}`)
      .join('')
  /** Closed along a level inside the target, so that what lies beyond its border can be clipped and filled. */
  const closedAt = (level: number) =>
    stretches()
      .map(
        points => `M${points[0]?.split(' ')[0]} ${level}L${points.join('L')}L${points.at(-1)?.split(' ')[0]} ${level}z`,
      )
      .join('')
  const [high, low] = [() => toY(scale().high), () => toY(scale().low)]
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
      <path d={closedAt(high() + 1)} fill={fillVariable('high')} clip-path={`url(#${id}-high)`} />
      <path d={closedAt(low() - 1)} fill={fillVariable('low')} clip-path={`url(#${id}-low)`} />
      <path class="profile-line" d={line()} />
      <For each={props.day.meterValues}>
        {value => (
          <Show when={!value.controlSolution}>
            <path
              class="profile-dot"
              d={`M${toX(value.deviceTime).toFixed(1)} ${toY(scale().of(mgdlFrom(value.value, value.units))).toFixed(1)}h0`}
              stroke={markVariable('ink')}
            />
          </Show>
        )}
      </For>
    </svg>
  )
}

/** "x y" of every value, cut where the sensor was silent for longer than a quarter of an hour. */
function stretchesOf(
  { glucose }: AgpDay,
  toX: (ms: number) => number,
  toY: (mgdl: number) => number,
): readonly (readonly string[])[] {
  const all: string[][] = []
  let last = Number.NEGATIVE_INFINITY
  for (let i = 0; i < glucose.time.length; i++) {
    const at = glucose.time[i] ?? 0
    const point = `${toX(at).toFixed(2)} ${toY(glucose.mgdl[i] ?? 0).toFixed(2)}`
    if (at - last > Math.max(GAP_MS, 3 * (glucose.intervalMs[i] ?? 0))) all.push([point])
    else all.at(-1)?.push(point)
    last = at
  }
  return all
}
