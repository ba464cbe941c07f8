/**
 * The lines of the Overlay: a colour and a dash, or for values of a meter a colour and a symbol, for each day of the week;
 * of two weeks the earlier one thinner and smaller. More days are thin lines. Source: reports sheet §1.2 (17), §5.2.
 */
import type { Preferences } from '#records/preferences.ts'
import { DAY_MS, type DeviceTime, MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import type { DaySet, OverlayDay, OverlayMean, OverlayModel } from '#reports/overlayModel.ts'
import {
  type ChartSpec,
  type Dot,
  type Label,
  type Line,
  type Shape,
  type Stop,
  type WeekdayTone,
  weekdayTones,
} from '../../charts/spec.ts'
import type { Format } from '../../texts/format.ts'
import { overlayTexts } from '../../texts/reports/overlay.ts'
import { reportTexts } from '../../texts/reports.ts'
import { highestText, lowestText } from '../amounts.ts'
import { glucoseScale, hourTicks } from '../axes.ts'
import { flagWord } from '../glucoseLane.ts'

const t = overlayTexts

/** Up to here each day has a line style of its own. */
export const FEW_DAYS = 14
const WEEK = 7
const GAP_MS = 15 * MINUTE_MS
const DOT_PX = 5
const EARLIER_DOT_PX = 3.5

export interface OverlayDrawing {
  readonly model: OverlayModel
  /** The days whose lines are drawn. */
  readonly days: readonly OverlayDay[]
  readonly set: DaySet
  readonly preferences: Preferences
  readonly format: Format
}

/** Strokes and gaps in pixels, Sunday first. */
export const dashes: readonly (readonly number[])[] = [
  [],
  [10, 3],
  [5, 3],
  [2, 2],
  [10, 3, 2, 3],
  [6, 2, 2, 2, 2, 2],
  [14, 5],
]

/** Symbols of a meter's values, Sunday first; none that says high or low. */
const symbols: readonly Shape[] = ['dot', 'plus', 'square', 'cross', 'diamond', 'star', 'ring']

export const symbolOf = (weekday: number): Shape => symbols[weekday] ?? 'dot'

export const toneOf = (weekday: number): WeekdayTone => weekdayTones[weekday] ?? 'day0'

const isOfLastWeek = ({ days }: OverlayModel, day: number): boolean => (days.at(-1)?.day ?? day) - day < WEEK

/** Of the last seven days 2 px, of the seven before them less. */
export const widthOf = (model: OverlayModel, day: number): number => (isOfLastWeek(model, day) ? 2 : 1.25)

/** Of more than two weeks all are small. */
export const radiusOf = (model: OverlayModel, day: number): number =>
  model.days.length <= FEW_DAYS && isOfLastWeek(model, day) ? DOT_PX : EARLIER_DOT_PX

export function overlayChart(drawing: OverlayDrawing): ChartSpec {
  const { model, days, set, preferences } = drawing
  const scale = glucoseScale(preferences)
  const few = model.days.length <= FEW_DAYS
  const mean = model.means?.[set]
  const meanLine: Line[] = mean
    ? [
        {
          x: Array.from(mean.mgdl, (_, i) => (i + 0.5) * mean.slotMinutes * MINUTE_MS),
          y: Array.from(mean.mgdl, mgdl => scale.of(mgdl)),
          tone: 'ink',
          widthPx: 3.5,
        },
      ]
    : []
  return {
    xMin: 0,
    xMax: DAY_MS,
    xTicks: hourTicks(preferences.clock),
    xLines: true,
    lanes: [
      {
        id: 'glucose',
        title: reportTexts.dailyChart.glucoseLane(preferences.glucoseUnits),
        weight: 1,
        min: scale.min,
        max: scale.max,
        ticks: scale.ticks,
        boxes: [{ x0: 0, x1: DAY_MS, y0: scale.low, y1: scale.high, tone: 'band' }],
        lines: [...(few ? days.map(day => lineOf(drawing, [day])) : weekdayLines(drawing)), ...meanLine],
        ...(model.from === 'meter' ? meterMarks(drawing) : {}),
      },
    ],
  }
}

/** What lies beyond the scale stands at its edge with an arrow, or the word that the meter said. */
function meterMarks({ model, days, preferences }: OverlayDrawing): { dots: readonly Dot[]; labels: readonly Label[] } {
  const scale = glucoseScale(preferences)
  const dots: Dot[] = []
  const labels: Label[] = []
  for (const { day, weekday, meterMarks: marks } of days) {
    const radius = radiusOf(model, day)
    for (const { ms, mgdl, flags } of marks) {
      const value = scale.of(mgdl)
      const y = Math.min(Math.max(value, scale.min), scale.max)
      dots.push({ x: ms, y, tone: toneOf(weekday), shape: symbolOf(weekday), radius })
      const beyond = value > y ? '↑' : value < y ? '↓' : undefined
      const text = flagWord(flags) ?? beyond
      if (text) labels.push({ x: ms, y, text, place: 'right', besidePx: radius })
    }
  }
  return { dots, labels }
}

const weekdayLines = (drawing: OverlayDrawing): readonly Line[] =>
  weekdayTones.flatMap((_, weekday) => {
    const days = drawing.days.filter(day => day.weekday === weekday)
    return days.length > 0 ? [lineOf(drawing, days)] : []
  })

/** The traces of some days of one weekday as one line, cut between them and where the sensor was silent. */
function lineOf({ model, preferences }: OverlayDrawing, days: readonly OverlayDay[]): Line {
  const scale = glucoseScale(preferences)
  const few = model.days.length <= FEW_DAYS
  // Room for every value and a cut before each of them: arrays of numbers, for there may be tens of thousands.
  const room = days.reduce((sum, { glucose }) => sum + 2 * glucose.time.length, 0)
  const [x, y] = [new Float64Array(room), new Float64Array(room)]
  let end = 0
  for (const { day, glucose } of days) {
    const { time, mgdl, intervalMs } = glucose
    const midnight = startOfDeviceDay(day)
    let last = Number.NEGATIVE_INFINITY
    for (let i = 0; i < time.length; i++) {
      const at = (time[i] ?? 0) - midnight
      if (at - last > GAP_MS && at - last > 3 * (intervalMs[i] ?? 0)) {
        x[end] = at
        y[end++] = Number.NaN
      }
      const value = scale.of(mgdl[i] ?? 0)
      x[end] = at
      y[end++] = value < scale.min ? scale.min : value > scale.max ? scale.max : value
      last = at
    }
  }
  const { weekday = 0, day = 0 } = days[0] ?? {}
  const dash = dashes[weekday] ?? []
  return {
    x: x.subarray(0, end),
    y: y.subarray(0, end),
    tone: toneOf(weekday),
    widthPx: few ? widthOf(model, day) : 0.8,
    ...(dash.length > 0 ? { dash } : {}),
  }
}

/** One stop for each quarter of an hour, or for each value of a meter. */
export function overlayStops({ model, days, set, format }: OverlayDrawing): readonly Stop[] {
  const withUnit = (text: string) => `${text} ${format.glucoseUnit()}`
  const value = (mgdl: number) => withUnit(format.glucose(mgdl))
  const mean = model.means?.[set]
  if (!mean) {
    return days
      .flatMap(({ day, meterMarks }) =>
        meterMarks.map(({ ms, mgdl, flags }) => ({
          x: ms,
          // Midnight and so many ms.
          text: t.stopMeter(format.timeOfDay(ms as DeviceTime), format.dayExact(day), flagWord(flags) ?? value(mgdl)),
        })),
      )
      .sort((a, b) => a.x - b.x)
  }
  return Array.from(mean.mgdl, (mgdl, slot) => {
    const hours = slotText(slot, mean.slotMinutes, format)
    const values = mean.values[slot] ?? 0
    const text =
      values === 0
        ? t.stopNothing(hours)
        : t.stop(
            hours,
            Number.isNaN(mgdl) ? undefined : value(mgdl),
            slotExtremes(mean, slot, format)[0],
            withUnit(slotExtremes(mean, slot, format)[1]),
            values,
            mean.days[slot] ?? 0,
          )
    return { x: (slot + 0.5) * mean.slotMinutes * MINUTE_MS, text }
  })
}

/** The lowest and the highest value of a slot that has some, or the words LO and HI that the device said. */
export function slotExtremes(mean: OverlayMean, slot: number, format: Format): readonly [string, string] {
  const extremes = {
    minMgdl: mean.lowest[slot] ?? Number.NaN,
    maxMgdl: mean.highest[slot] ?? Number.NaN,
    ...(mean.lowestIsLo[slot] === 1 ? { minIsLo: true as const } : {}),
    ...(mean.highestIsHi[slot] === 1 ? { maxIsHi: true as const } : {}),
  }
  return [lowestText(extremes, format), highestText(extremes, format)]
}

/** "08:00–08:15". */
export function slotText(slot: number, slotMinutes: number, format: Format): string {
  // Ms since midnight are a time of day of the first day of all.
  const at = (index: number) => format.timeOfDay(((index * slotMinutes * MINUTE_MS) % DAY_MS) as DeviceTime)
  return `${at(slot)}–${at(slot + 1)}`
}
