/**
 * One day of the Weekly review as a small picture: glucose, carbs, bolus, basal in CareLink's order, drawn as vectors
 * for screen and paper alike. It says nothing to screen readers; the numbers beside it do. Source: reports sheet §1.2 (2).
 */
import { createMemo, createUniqueId, For, Show } from 'solid-js'
import type { Preferences } from '#records/preferences.ts'
import { DAY_MS, HOUR_MS, startOfDeviceDay } from '#records/time.ts'
import { deliveries, type WeekDay } from '#reports/weeklyModel.ts'
import { fillVariable, markVariable } from '../../charts/colors.ts'
import { HatchPatterns, hatchFill } from '../../charts/Hatch.tsx'
import type { Tone } from '../../charts/spec.ts'
import type { Format } from '../../texts/format.ts'
import { weeklyTexts } from '../../texts/reports/weekly.ts'
import { type GlucoseScale, glucoseScale, hourTicks } from '../axes.ts'
import { traceArea, traceLine, traceStretches } from '../tracePath.ts'
import { carbLabels } from './carbLabels.ts'

/** The picture's own units; its width is 600, or half of it on a narrow screen, so that its letters stay readable. */
export const STRIP = { wide: 600, narrow: 300, height: 124, left: 24 } as const
const GLUCOSE = { top: 1, foot: 72 } as const
const CARBS_MIDDLE = 81
const BOLUS = { top: 90, foot: 106 } as const
const BASAL = { top: 107, foot: 123 } as const
const HOURS = [3, 6, 9, 12, 15, 18, 21]

export interface StripScale {
  readonly bolusTop: number
  readonly basalTop: number
}

export interface DayStripProps {
  readonly day: WeekDay
  readonly scale: StripScale
  readonly preferences: Preferences
  readonly format: Format
  /** In the picture's units, from midnight to midnight. */
  readonly width: number
  /** Else the strip is of glucose alone. */
  readonly hasTherapy: boolean
  /** Where the cursor stands, ms since midnight. */
  readonly cursorMs?: number | undefined
  /** Told the time under the pointer, ms since midnight; `undefined` when it leaves. */
  readonly onPoint: (ms: number | undefined) => void
}

/** Of a strip, in the picture's units. */
export const stripHeight = (hasTherapy: boolean): number => (hasTherapy ? STRIP.height : GLUCOSE.foot + 2)

/** All that is seen across: left of midnight the limits, right of the next one the frame. */
const seenAcross = (width: number): number => STRIP.left + width + 2
const stripBox = (width: number, height: number): string => `${-STRIP.left} 0 ${seenAcross(width)} ${height}`

const across = (width: number) => (ms: number) => (ms / DAY_MS) * width
const inLane = (lane: { readonly top: number; readonly foot: number }, share: number): number =>
  lane.foot - Math.min(1, share) * (lane.foot - lane.top)

/** In the person's unit; what lies beyond the scale stands at its edge. */
const glucoseY = ({ min, max }: GlucoseScale, value: number): number =>
  inLane(GLUCOSE, (Math.min(Math.max(value, min), max) - min) / (max - min))

export function DayStrip(props: DayStripProps) {
  const id = createUniqueId()
  const toX = (ms: number) => across(props.width)(ms)
  const foot = () => (props.hasTherapy ? STRIP.height : GLUCOSE.foot)
  const glucose = createMemo(() => glucoseScale(props.preferences))
  const toY = (value: number) => glucoseY(glucose(), value)
  const high = () => toY(glucose().high)
  const low = () => toY(glucose().low)
  const stretches = createMemo(() => {
    const midnight = startOfDeviceDay(props.day.day)
    const scale = glucose()
    const x = across(props.width)
    return traceStretches(
      props.day.glucose,
      at => x(at - midnight),
      mgdl => glucoseY(scale, scale.of(mgdl)),
    )
  })
  const timeUnder = (event: PointerEvent & { readonly currentTarget: Element }) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    return (((event.clientX - left) / width) * seenAcross(props.width) - STRIP.left) * (DAY_MS / props.width)
  }
  const limit = (value: number) => value.toFixed(props.preferences.glucoseUnits === 'mg/dL' ? 0 : 1)
  return (
    <svg
      class="strip"
      viewBox={stripBox(props.width, stripHeight(props.hasTherapy))}
      aria-hidden="true"
      onPointerMove={event => props.onPoint(timeUnder(event))}
      onPointerDown={event => props.onPoint(timeUnder(event))}
      onPointerLeave={event => event.pointerType === 'mouse' && props.onPoint(undefined)}
    >
      <HatchPatterns id={id} />
      <clipPath id={`${id}-over`}>
        <rect x="0" y="0" width={props.width} height={high()} />
      </clipPath>
      <clipPath id={`${id}-under`}>
        <rect x="0" y={low()} width={props.width} height={GLUCOSE.foot - low()} />
      </clipPath>
      <rect x="0" y={high()} width={props.width} height={low() - high()} fill={fillVariable('band')} />
      <path class="strip-grid" d={HOURS.map(hour => `M${toX(hour * HOUR_MS)} 0V${foot()}`).join('')} />
      <text class="strip-text strip-limit" x="-3" y={high()} text-anchor="end">
        {limit(glucose().high)}
      </text>
      <text class="strip-text strip-limit" x="-3" y={low()} text-anchor="end">
        {limit(glucose().low)}
      </text>
      <path d={traceArea(stretches(), high() + 1)} fill={fillVariable('high')} clip-path={`url(#${id}-over)`} />
      <path d={traceArea(stretches(), low() - 1)} fill={fillVariable('low')} clip-path={`url(#${id}-under)`} />
      <path class="strip-line" d={traceLine(stretches())} />
      <Basal day={props.day} top={props.scale.basalTop} hatch={id} width={props.width} />
      <Boluses day={props.day} top={props.scale.bolusTop} width={props.width} />
      <Carbs day={props.day} format={props.format} width={props.width} />
      <For each={props.day.meterMarks}>
        {({ ms, mgdl }) => (
          <path
            class="strip-meter"
            d={`M${toX(ms).toFixed(1)} ${(toY(glucose().of(mgdl)) - 4).toFixed(1)}l4 4l-4 4l-4 -4z`}
          />
        )}
      </For>
      <For each={props.day.exits}>{ms => <Letter x={toX(ms)} letter={weeklyTexts.letters.exit} />}</For>
      <For each={props.day.setChanges}>{ms => <Letter x={toX(ms)} letter={weeklyTexts.letters.set} />}</For>
      <Show when={props.cursorMs !== undefined}>
        <path class="strip-cursor screen-only" d={`M${toX(props.cursorMs ?? 0).toFixed(1)} 0V${foot()}`} />
      </Show>
      <path class="strip-frame" d={`M0 0H${props.width}V${foot()}H0zM0 ${GLUCOSE.foot}H${props.width}`} />
    </svg>
  )
}

/** The hours above the strips of a week. */
export function StripAxis(props: { readonly preferences: Preferences; readonly width: number }) {
  const toX = (ms: number) => across(props.width)(ms)
  return (
    <svg class="strip" viewBox={stripBox(props.width, 14)} aria-hidden="true">
      <For each={hourTicks(props.preferences.clock)}>
        {({ value, label }, index) => (
          <text class="strip-text strip-limit" x={toX(value)} y="8" text-anchor={index() === 8 ? 'end' : 'middle'}>
            {String(label)}
          </text>
        )}
      </For>
    </svg>
  )
}

/** At the head of the picture, with a hairline down to the glucose lane's foot. */
function Letter(props: { readonly x: number; readonly letter: string }) {
  return (
    <>
      <path class="strip-event" d={`M${props.x.toFixed(1)} 12V${GLUCOSE.foot}`} />
      <circle class="strip-letter" cx={props.x.toFixed(1)} cy="7" r="6" />
      <text class="strip-text strip-inside" x={props.x.toFixed(1)} y="7" text-anchor="middle">
        {props.letter}
      </text>
    </>
  )
}

function Carbs(props: { readonly day: WeekDay; readonly format: Format; readonly width: number }) {
  const marks = () =>
    props.day.carbs.map(({ ms, grams, exchanges }) => ({
      x: across(props.width)(ms),
      radius: Math.min(5, Math.max(2.5, Math.sqrt(grams ?? (exchanges ?? 0) * 12) / 2)),
      text: grams === undefined ? `${props.format.number(exchanges ?? 0, 1)} ex` : props.format.number(grams),
    }))
  const labels = () => {
    const all = marks()
    return carbLabels(all, props.width).flatMap((label, i) => (label ? [{ ...label, text: all[i]?.text }] : []))
  }
  return (
    <>
      <For each={marks()}>
        {({ x, radius }) => <circle cx={x.toFixed(1)} cy={CARBS_MIDDLE} r={radius} fill={markVariable('carbs')} />}
      </For>
      <For each={labels()}>
        {({ x, anchor, text }) => (
          <text class="strip-text strip-carbs" x={x.toFixed(1)} y={CARBS_MIDDLE} text-anchor={anchor}>
            {text}
          </text>
        )}
      </For>
    </>
  )
}

function Boluses(props: { readonly day: WeekDay; readonly top: number; readonly width: number }) {
  const toX = (ms: number) => across(props.width)(ms)
  const height = (units: number) => inLane(BOLUS, units / props.top).toFixed(1)
  const bars = (automatic: boolean) =>
    props.day.boluses
      .filter(bolus => bolus.automatic === automatic && bolus.normalUnits > 0)
      .map(({ ms, normalUnits }) => `M${toX(Math.max(0, ms)).toFixed(1)} ${BOLUS.foot}V${height(normalUnits)}`)
      .join('')
  const outlines = () =>
    props.day.boluses
      .filter(bolus => bolus.extendedUnits > 0)
      .map(({ ms, extendedUnits, durationMs }) => {
        const [from, to] = [toX(Math.max(0, ms)), toX(Math.min(DAY_MS, ms + durationMs))]
        return `M${from.toFixed(1)} ${BOLUS.foot}V${height(extendedUnits)}H${to.toFixed(1)}V${BOLUS.foot}`
      })
      .join('')
  return (
    <>
      <path class="strip-bolus" d={bars(false)} stroke={markVariable('bolus')} />
      <path class="strip-auto" d={bars(true)} stroke={markVariable('auto')} />
      <path class="strip-square" d={outlines()} stroke={markVariable('bolus')} />
    </>
  )
}

const tones: Readonly<Record<(typeof deliveries)[number], Tone>> = {
  scheduled: 'basal',
  temp: 'temp',
  suspended: 'suspended',
  automated: 'automated',
}

/** One outline for each way of delivery, however many stretches the day has. */
function Basal(props: { readonly day: WeekDay; readonly top: number; readonly hatch: string; readonly width: number }) {
  const toX = (ms: number) => across(props.width)(ms)
  const outlines = () => {
    const { from, to, unitsPerHour, delivery } = props.day.basal
    const paths = deliveries.map(() => '')
    for (let i = 0; i < from.length; i++) {
      const kind = delivery[i] ?? 0
      const isStop = deliveries[kind] === 'suspended'
      const y = inLane(BASAL, isStop ? 1 : (unitsPerHour[i] ?? 0) / props.top).toFixed(1)
      const [x0, x1] = [toX(from[i] ?? 0).toFixed(1), toX(to[i] ?? 0).toFixed(1)]
      paths[kind] += `M${x0} ${BASAL.foot}V${y}H${x1}V${BASAL.foot}z`
    }
    return deliveries.map((name, kind) => ({ tone: tones[name], path: paths[kind] ?? '' }))
  }
  return (
    <For each={outlines()}>
      {({ tone, path }) => (
        <Show when={path}>
          <path d={path} fill={fillVariable(tone)} />
          <Show when={tone === 'suspended'}>
            <path d={path} fill={hatchFill(props.hatch, tone)} />
          </Show>
        </Show>
      )}
    </For>
  )
}
