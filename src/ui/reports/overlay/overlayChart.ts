/**
 * The lines of the Overlay: a colour and a dash for each day of the week; of two weeks the earlier one thinner. More
 * days are thin plain lines, one colour for each day of the week. Source: reports sheet §1.2 (17), §5.2.
 */
import type { Preferences } from '#records/preferences.ts'
import { DAY_MS, type DeviceTime, MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import type { DaySet, OverlayDay, OverlayModel } from '#reports/overlayModel.ts'
import { type ChartSpec, type Dot, type Line, type Stop, type WeekdayTone, weekdayTones } from '../../charts/spec.ts'
import type { Format } from '../../texts/format.ts'
import { overlayTexts } from '../../texts/reports/overlay.ts'
import { reportTexts } from '../../texts/reports.ts'
import { glucoseScale, hourTicks } from '../axes.ts'

const t = overlayTexts

/** Up to here each day has a line style of its own. */
export const FEW_DAYS = 14
const WEEK = 7
const GAP_MS = 15 * MINUTE_MS
const DOT_PX = 4

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

export const toneOf = (weekday: number): WeekdayTone => weekdayTones[weekday] ?? 'day0'

/** Of the last seven days 2 px, of the seven before them less. */
export const widthOf = ({ days }: OverlayModel, day: number): number =>
  (days.at(-1)?.day ?? day) - day < WEEK ? 2 : 1.25

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
  const clamp = (value: number) => Math.min(Math.max(value, scale.min), scale.max)
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
        dots:
          model.from === 'meter'
            ? days.flatMap(({ meterMarks, weekday }) =>
                meterMarks.map(
                  ({ ms, mgdl }): Dot => ({
                    x: ms,
                    y: clamp(scale.of(mgdl)),
                    tone: toneOf(weekday),
                    shape: shapeOf(scale.of(mgdl), scale),
                    radius: DOT_PX,
                  }),
                ),
              )
            : [],
      },
    ],
  }
}

const shapeOf = (value: number, { min, max }: { readonly min: number; readonly max: number }): Dot['shape'] =>
  value < min ? 'down' : value > max ? 'up' : 'dot'

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
    ...(few && dash.length > 0 ? { dash } : {}),
  }
}

/** One stop for each quarter of an hour, or for each value of a meter. */
export function overlayStops({ model, days, set, format }: OverlayDrawing): readonly Stop[] {
  const value = (mgdl: number) => `${format.glucose(mgdl)} ${format.glucoseUnit()}`
  const mean = model.means?.[set]
  if (!mean) {
    return days
      .flatMap(({ day, meterMarks }) =>
        meterMarks.map(({ ms, mgdl }) => ({
          x: ms,
          // Midnight and so many ms.
          text: t.stopMeter(format.timeOfDay(ms as DeviceTime), format.dayExact(day), value(mgdl)),
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
            format.glucose(mean.lowest[slot] ?? 0),
            value(mean.highest[slot] ?? 0),
            values,
            mean.days[slot] ?? 0,
          )
    return { x: (slot + 0.5) * mean.slotMinutes * MINUTE_MS, text }
  })
}

/** "08:00–08:15". */
export function slotText(slot: number, slotMinutes: number, format: Format): string {
  // Ms since midnight are a time of day of the first day of all.
  const at = (index: number) => format.timeOfDay(((index * slotMinutes * MINUTE_MS) % DAY_MS) as DeviceTime)
  return `${at(slot)}–${at(slot + 1)}`
}
