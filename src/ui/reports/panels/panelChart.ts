/**
 * A panel as a chart: every meal or night as a thin line, their mean as a thick one, the meter's values as diamonds, the
 * windows of the means as bars at the foot. Source: reports sheet §1.2 (4, 10), §5.2.
 */
import type { Preferences } from '#records/preferences.ts'
import { HOUR_MS } from '#records/time.ts'
import type { AlignedTraces, MealPanel, NightPanel } from '#reports/panelsModel.ts'
import type { Box, ChartSpec, Dot, Line, Stop, Tick } from '../../charts/spec.ts'
import type { Format } from '../../texts/format.ts'
import { panelTexts } from '../../texts/reports/panels.ts'
import { reportTexts } from '../../texts/reports.ts'
import { type GlucoseScale, glucoseScale, hourTicks } from '../axes.ts'
import { flagWord } from '../glucoseLane.ts'
import { timeAt } from './panelWords.ts'

export interface PanelDrawing {
  readonly panel: MealPanel | NightPanel
  readonly preferences: Preferences
  readonly format: Format
}

const TRACE_PX = 1
const MEAN_PX = 3
const MOMENT_PX = 1.5
const DAY_MINUTES = 1440
const t = panelTexts

export function panelChart({ panel, preferences }: PanelDrawing): ChartSpec {
  const scale = glucoseScale(preferences)
  const place = placeIn(scale)
  const { fromMinute, toMinute } = panel.shown
  const foot = (scale.max - scale.min) * 0.025
  const window = ({ fromMinute: x0, toMinute: x1 }: typeof panel.before): Box => ({
    x0,
    x1,
    y0: scale.min,
    y1: scale.min + foot,
    tone: 'neutral',
  })
  return {
    xMin: fromMinute,
    xMax: toMinute,
    xTicks: isNight(panel) ? nightTicks(panel, preferences) : mealTicks(panel),
    xLines: true,
    lanes: [
      {
        id: 'panel',
        title: reportTexts.dailyChart.glucoseLane(preferences.glucoseUnits),
        weight: 1,
        min: scale.min,
        max: scale.max,
        ticks: withoutLowest(scale.ticks),
        boxes: [
          { x0: fromMinute, x1: toMinute, y0: scale.low, y1: scale.high, tone: 'band' },
          window(panel.before),
          window(panel.after),
        ],
        lines: [
          ...traceLines(panel.traces, place),
          ...(isNight(panel) ? [] : [momentLine(scale)]),
          meanLine(panel, place),
        ],
        dots: pointDots(panel.points, place),
      },
    ],
  }
}

/** A quarter of an hour of a panel. */
export interface PanelSlot {
  /** The middle, in minutes from the panel's moment. */
  readonly middle: number
  /** "22:00–22:15" of a night, "15 to 30 min" of a meal. */
  readonly time: string
  /** How many meals or nights have a sensor value in it, and their mean; absent of too few. */
  readonly events: number
  readonly meanMgdl?: number
  /** The meter's values in it, ascending in time, without the unit; LO or HI where the meter said so. */
  readonly meter: readonly string[]
}

/** Every quarter of an hour that is drawn. */
export function panelSlots(panel: MealPanel | NightPanel, format: Format): readonly PanelSlot[] {
  const { firstMinute, slotMinutes, count, meanMgdl } = panel.curve
  const meter = Array.from(count, (): { minute: number; text: string }[] => [])
  panel.points.mgdl.forEach((value, i) => {
    if (Number.isNaN(value)) return
    const minute = panel.points.minute[i] ?? 0
    const text = flagWord(panel.points.flags[i] ?? 0) ?? format.glucose(value)
    // The last moment that is drawn belongs to the last slot.
    meter[Math.min(Math.floor((minute - firstMinute) / slotMinutes), count.length - 1)]?.push({ minute, text })
  })
  return Array.from(count, (events, slot): PanelSlot => {
    const from = firstMinute + slot * slotMinutes
    const mean = meanMgdl[slot] ?? Number.NaN
    return {
      middle: from + slotMinutes / 2,
      time: slotTime(panel, from, from + slotMinutes, format),
      events,
      ...(Number.isNaN(mean) ? {} : { meanMgdl: mean }),
      meter: (meter[slot] ?? []).toSorted((a, b) => a.minute - b.minute).map(({ text }) => text),
    }
  })
}

function slotTime(panel: MealPanel | NightPanel, from: number, to: number, format: Format): string {
  if (!isNight(panel)) return t.slot(from, to)
  const at = (minute: number) => format.timeOfDay(timeAt((panel.startMinute + minute) % DAY_MINUTES))
  return t.span(at(from), at(to))
}

/** Each slot in which anything is, as a sentence. */
export function panelStops({ panel, preferences, format }: PanelDrawing): readonly Stop[] {
  const unit = preferences.glucoseUnits
  const what = isNight(panel) ? t.nights : t.meals
  return panelSlots(panel, format)
    .filter(({ events, meter }) => events > 0 || meter.length > 0)
    .map(({ middle, time, events, meanMgdl, meter }) => {
      const mean = meanMgdl === undefined ? undefined : `${format.glucose(meanMgdl)} ${unit}`
      return {
        x: middle,
        text: t.stop(time, [
          ...(events > 0 ? [t.stopMean(mean), what(events)] : []),
          ...(meter.length > 0 ? [t.stopMeter(meter, unit)] : []),
        ]),
      }
    })
}

/** Lines with gaps, in pieces: each its own, so that it is darkest where most are. */
export function traceLines({ minute, mgdl }: AlignedTraces, place: (mgdl: number) => number): readonly Line[] {
  const lines: Line[] = []
  let start = 0
  for (let i = 0; i <= mgdl.length; i++) {
    if (i < mgdl.length && !Number.isNaN(mgdl[i] ?? Number.NaN)) continue
    if (i > start) {
      lines.push({
        x: minute.subarray(start, i),
        y: mgdl.subarray(start, i).map(place),
        tone: 'trace',
        widthPx: TRACE_PX,
      })
    }
    start = i + 1
  }
  return lines
}

export function pointDots({ minute, mgdl }: AlignedTraces, place: (mgdl: number) => number): readonly Dot[] {
  return Array.from(mgdl, (value, i) => ({ x: minute[i] ?? 0, value }))
    .filter(({ value }) => !Number.isNaN(value))
    .map(({ x, value }): Dot => ({ x, y: place(value), tone: 'ink', shape: 'diamond', radius: 4 }))
}

/** In the person's unit, never beyond the scale. */
export const placeIn =
  (scale: GlucoseScale) =>
  (mgdl: number): number =>
    Math.min(Math.max(scale.of(mgdl), scale.min), scale.max)

/** In a low picture the two lowest limits' numbers would stand on one another: the lowest keeps its line only. */
export const withoutLowest = (ticks: readonly Tick[]): readonly Tick[] => {
  const limits = ticks.filter(({ limit }) => limit).map(({ value }) => value)
  const lowest = limits.length > 2 ? Math.min(...limits) : undefined
  return ticks.map(tick => (tick.value === lowest ? { ...tick, label: '' } : tick))
}

export const isNight = (panel: MealPanel | NightPanel): panel is NightPanel => 'startMinute' in panel

function meanLine({ curve }: MealPanel | NightPanel, place: (mgdl: number) => number): Line {
  return {
    x: Array.from(curve.meanMgdl, (_, slot) => curve.firstMinute + (slot + 0.5) * curve.slotMinutes),
    y: Array.from(curve.meanMgdl, mean => (Number.isNaN(mean) ? mean : place(mean))),
    tone: 'profileMedian',
    widthPx: MEAN_PX,
  }
}

const momentLine = ({ min, max }: GlucoseScale): Line => ({
  x: [0, 0],
  y: [min, max],
  tone: 'neutral',
  widthPx: MOMENT_PX,
})

function mealTicks({ shown }: MealPanel): readonly Tick[] {
  const first = Math.ceil(shown.fromMinute / 60)
  return Array.from({ length: Math.floor(shown.toMinute / 60) - first + 1 }, (_, i) => first + i).map(hour => ({
    value: hour * 60,
    label: hour === 0 ? t.atMeal : t.hours(hour < 0 ? '−' : '+', Math.abs(hour)),
  }))
}

/** The clock's hours that reports have on every axis. */
function nightTicks({ shown, startMinute }: NightPanel, { clock }: Preferences): readonly Tick[] {
  const minutes = hourTicks(clock).map(({ value, label }) => ({ minute: (value / HOUR_MS) * 60, label }))
  return [0, 1440, 2880]
    .flatMap(day => minutes.slice(0, -1).map(({ minute, label }) => ({ value: day + minute - startMinute, label })))
    .filter(({ value }) => value >= shown.fromMinute && value <= shown.toMinute)
}
