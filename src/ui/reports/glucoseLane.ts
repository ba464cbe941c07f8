/** The glucose lane of a day: sensor trace and dots, meter values, target band; the same scale on every day. */
import { GlucoseFlag } from '#records/series.ts'
import { DAY_MS, MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import { mgdlFrom } from '#records/units.ts'
import { rangeOf } from '../charts/rangeOf.ts'
import type { Dot, Label, Lane, Shape } from '../charts/spec.ts'
import { reportTexts } from '../texts/reports.ts'
import { glucoseScale } from './axes.ts'
import { type Drawing, msOfPx } from './drawing.ts'
import { valuePlaces } from './valueLabels.ts'

/** A gap in the trace: three missed values, and never less than 15 minutes (reports sheet §5.2). */
const MISSED_VALUES = 3
const GAP_MS = 15 * MINUTE_MS
/** The lane's height where the window is low. */
const HEIGHT_PX = 280
const t = reportTexts.dailyChart

export function glucoseLane(drawing: Drawing): Lane {
  const { model, preferences, format } = drawing
  const scale = glucoseScale(preferences)
  const midnight = startOfDeviceDay(model.day)
  const { time, mgdl, steps, flags, intervalMs } = model.glucose
  const clamp = (value: number) => Math.min(Math.max(value, scale.min), scale.max)
  const line: { x: number[]; y: number[] } = { x: [], y: [] }
  const dots: Dot[] = []
  const labels: Label[] = []
  let lastWord: { readonly word: string; readonly x: number } | undefined
  for (let index = 0; index < time.length; index += 1) {
    const x = (time[index] ?? 0) - midnight
    const y = scale.of(mgdl[index] ?? Number.NaN)
    const flag = flags[index] ?? 0
    const beforeX = index === 0 ? x : (time[index - 1] ?? 0) - midnight
    if (x - beforeX > Math.max(GAP_MS, MISSED_VALUES * (intervalMs[index] ?? 0))) {
      line.x.push(x)
      line.y.push(Number.NaN)
    }
    line.x.push(x)
    line.y.push(clamp(y))
    const beyond = beyondShape(y, flag, scale)
    const tone = rangeOf(steps[index] ?? 0, flag, preferences.ranges)
    dots.push({ x, y: clamp(y), tone, shape: beyond ?? 'dot', radius: beyond ? 5 : 2.2 })
    const word = flagWord(flag)
    if (word && !(lastWord?.word === word && x - lastWord.x < 2 * GAP_MS)) {
      labels.push({ x, y: clamp(y), text: word, place: 'left', besidePx: 5 })
    }
    if (word) lastWord = { word, x }
  }
  const shown = model.meterValues
    .filter(value => !value.controlSolution)
    .map(value => {
      const mg = mgdlFrom(value.value, value.units)
      const flag = flagOf(value.outOfRange)
      const beyond = beyondShape(scale.of(mg), flag, scale)
      return {
        x: value.deviceTime - midnight,
        y: clamp(scale.of(mg)),
        shape: beyond ?? ('diamond' as const),
        text: flagWord(flag) ?? format.glucose(mg),
        radius: beyond ? 7 : 6,
      }
    })
  const pxOfY = HEIGHT_PX / (scale.max - scale.min)
  const places = valuePlaces(
    shown.map(value => ({ ...value, x: value.x / msOfPx(drawing, 1), y: (value.y - scale.min) * pxOfY })),
    drawing.widthPx,
  )
  for (const [index, { x, y, shape, text, radius }] of shown.entries()) {
    dots.push({ x, y, tone: 'ink', shape, radius })
    labels.push({ x, y, text, place: places[index] ?? 'right', besidePx: radius })
  }
  return {
    id: 'glucose',
    title: t.glucoseLane(preferences.glucoseUnits),
    weight: 12,
    min: scale.min,
    max: scale.max,
    ticks: scale.ticks,
    boxes: [{ x0: 0, x1: DAY_MS, y0: scale.low, y1: scale.high, tone: 'band' }],
    lines: [{ ...line, tone: 'neutral', widthPx: 1 }],
    dots,
    labels,
  }
}

const flagOf = (outOfRange: 'low' | 'high' | undefined): number =>
  outOfRange === 'low' ? GlucoseFlag.Low : outOfRange === 'high' ? GlucoseFlag.High : 0

/** LO or HI where the device said so instead of a number. */
export function flagWord(flag: number): string | undefined {
  if ((flag & GlucoseFlag.Low) !== 0) return t.low
  return (flag & GlucoseFlag.High) !== 0 ? t.high : undefined
}

/** An arrow for what lies beyond the scale or beyond what the device can measure. */
function beyondShape(y: number, flag: number, scale: { min: number; max: number }): Shape | undefined {
  if ((flag & GlucoseFlag.Low) !== 0 || y < scale.min) return 'down'
  return (flag & GlucoseFlag.High) !== 0 || y > scale.max ? 'up' : undefined
}
