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

export interface PanelDrawing {
  readonly panel: MealPanel | NightPanel
  readonly preferences: Preferences
  readonly format: Format
}

const TRACE_PX = 1
const MEAN_PX = 3
const MOMENT_PX = 1.5
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

/** Each slot of the mean curve, as a sentence. */
export function panelStops({ panel, preferences, format }: PanelDrawing): readonly Stop[] {
  const { firstMinute, slotMinutes, count, meanMgdl } = panel.curve
  return Array.from(count, (_, slot) => slot).flatMap(slot => {
    const events = count[slot] ?? 0
    if (events === 0) return []
    const minute = firstMinute + slot * slotMinutes
    const mean = meanMgdl[slot] ?? Number.NaN
    const value = Number.isNaN(mean) ? undefined : `${format.glucose(mean)} ${preferences.glucoseUnits}`
    return [{ x: minute + slotMinutes / 2, text: t.stop(t.slot(minute, minute + slotMinutes), value, events) }]
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

const isNight = (panel: MealPanel | NightPanel): panel is NightPanel => 'startMinute' in panel

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
