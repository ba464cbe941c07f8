/** The glucose lane of a day: sensor trace and dots, meter values, target band; the same scale on every day. */
import { GlucoseFlag } from '#records/series.ts'
import { DAY_MS, MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import { mgdlFrom } from '#records/units.ts'
import { rangeOf } from '../charts/rangeOf.ts'
import type { Box, Dot, Label, Lane, Shape } from '../charts/spec.ts'
import { reportTexts } from '../texts/reports.ts'
import { glucoseScale } from './axes.ts'
import { type Drawing, msOfPx } from './drawing.ts'
import { clockLabel, isOfHours } from './daily/clockText.ts'
import { valuePlaces } from './valueLabels.ts'

/** A gap in the trace: three missed values, and never less than 15 minutes (reports sheet §5.2). */
const MISSED_VALUES = 3
const GAP_MS = 15 * MINUTE_MS
/** The lane's height where the window is low. */
const HEIGHT_PX = 280
const CALIBRATION_PX = 9
/** A calibration is logged within minutes of the meter's value that it was made with. */
const SAME_VALUE_MS = 5 * MINUTE_MS
/** A clock set by more was wrong, not put to another season's or zone's time. */
const WHOLE_MS = 180 * MINUTE_MS
/** Of the lane's height. */
const STRIP = 0.05
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
  for (const value of model.calibrations) {
    const mg = mgdlFrom(value.value, value.units)
    const [x, y] = [value.deviceTime - midnight, clamp(scale.of(mg))]
    // Drawn before the meter's values: the ring goes around the diamond of the value it was made with.
    dots.push({ x, y, tone: 'ink', shape: 'ring', radius: CALIBRATION_PX })
    const isShown = model.meterValues.some(meter => Math.abs(meter.deviceTime - value.deviceTime) <= SAME_VALUE_MS)
    if (isShown) continue
    const text = flagWord(flagOf(value.outOfRange)) ?? format.glucose(mg)
    labels.push({ x, y, text, place: x > DAY_MS * 0.95 ? 'left' : 'right', besidePx: CALIBRATION_PX })
  }
  for (const [index, { x, y, shape, text, radius }] of shown.entries()) {
    dots.push({ x, y, tone: 'ink', shape, radius })
    labels.push({ x, y, text, place: places[index] ?? 'right', besidePx: radius })
  }
  const clocks = clockMarks(drawing, scale)
  return {
    id: 'glucose',
    title: t.glucoseLane(preferences.glucoseUnits),
    weight: 12,
    min: scale.min,
    max: scale.max,
    ticks: scale.ticks,
    boxes: [{ x0: 0, x1: DAY_MS, y0: scale.low, y1: scale.high, tone: 'band' }, ...clocks.boxes],
    lines: [{ ...line, tone: 'neutral', widthPx: 1 }],
    dots,
    labels: [...labels, ...clocks.labels],
  }
}

/**
 * Where the clock was set by a quarter of an hour or more: an hour that it skipped is empty and shaded whole; a longer
 * stretch, or one that came twice and has values, is a strip at the lane's head.
 */
function clockMarks(
  { model }: Drawing,
  { min, max }: { readonly min: number; readonly max: number },
): { readonly boxes: readonly Box[]; readonly labels: readonly Label[] } {
  const midnight = startOfDeviceDay(model.day)
  const shown = model.clockChanges.filter(change => isOfHours(change) && Math.abs(change.byMs) >= GAP_MS)
  const boxes = shown.map(({ from, to, byMs }): Box => {
    const isWhole = byMs > 0 && byMs <= WHOLE_MS
    return {
      x0: Math.max(0, Math.min(from, to) - midnight),
      x1: Math.min(DAY_MS, Math.max(from, to) - midnight),
      y0: isWhole ? min : max - (max - min) * STRIP,
      y1: max,
      tone: 'suspended',
    }
  })
  const short = shown.filter(({ byMs }) => Math.abs(byMs) <= WHOLE_MS)
  const labels = short.map(
    (change): Label => ({
      x: (change.from + change.to) / 2 - midnight,
      y: max - (max - min) * STRIP,
      text: clockLabel(change),
      place: 'middle',
    }),
  )
  return { boxes, labels }
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
