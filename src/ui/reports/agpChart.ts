/**
 * The profile as a chart: median, the middle half and nine tenths of the values by time of day. Of a meter also the
 * single values. Source: metrics sheet §8, reports sheet §2.1.
 */
import type { Preferences } from '#records/preferences.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, type DeviceTime } from '#records/time.ts'
import type { AgpModel, TimeOfDayProfile } from '#reports/models.ts'
import { curveThrough, type Curve } from '../charts/curve.ts'
import type { Area, ChartSpec, Dot, Lane, Line, Stop } from '../charts/spec.ts'
import type { Format } from '../texts/format.ts'
import { reportTexts } from '../texts/reports.ts'
import { glucoseScale, hourTicks } from './axes.ts'

export interface AgpDrawing {
  readonly model: AgpModel
  readonly of: 'sensor' | 'meter'
  readonly preferences: Preferences
  readonly format: Format
}

const t = reportTexts.agp

export function agpChart(drawing: AgpDrawing): ChartSpec {
  const { model, of, preferences } = drawing
  const scale = glucoseScale(preferences)
  const place = (mgdl: number) => Math.min(Math.max(scale.of(mgdl), scale.min), scale.max)
  const profile = model.profiles[of]
  const curves = profile ? curvesOf(profile, place) : []
  const [p5, p25, median, p75, p95] = curves
  const lane: Lane = {
    id: 'profile',
    title: reportTexts.dailyChart.glucoseLane(preferences.glucoseUnits),
    weight: 1,
    min: scale.min,
    max: scale.max,
    ticks: scale.ticks,
    boxes: [{ x0: 0, x1: DAY_MS, y0: scale.low, y1: scale.high, tone: 'band' }],
    areas: [...areaBetween(p5, p95, 'profileOuter'), ...areaBetween(p25, p75, 'profileInner')],
    lines: median ? [lineOf(median)] : [],
    dots: pointsOf(drawing).map(
      ({ ms, mgdl, limit }): Dot => ({
        x: ms,
        y: place(mgdl),
        tone: 'ink',
        shape: limit === 'low' ? 'down' : limit === 'high' ? 'up' : 'diamond',
        radius: 4,
      }),
    ),
  }
  return { xMin: 0, xMax: DAY_MS, xTicks: hourTicks(preferences.clock), xLines: true, lanes: [lane] }
}

/** Single values; a sensor has too many to be drawn. */
export const pointsOf = ({ model, of }: AgpDrawing): AgpModel['points'] => (of === 'meter' ? model.points : [])

/** A single value without its unit, or the word that the meter said. */
export const pointText = ({ mgdl, limit }: AgpModel['points'][number], format: Format): string =>
  limit ? reportTexts.dailyChart[limit] : format.glucose(mgdl)

/** Each hour with values, as a sentence; each value where they are too few for a profile. */
export function agpStops(drawing: AgpDrawing): readonly Stop[] {
  const { model, of, format } = drawing
  const profile = model.profiles[of]
  if (!profile) {
    return pointsOf(drawing)
      .map(point => {
        const text = pointText(point, format)
        const value = point.limit ? text : `${text} ${format.glucoseUnit()}`
        return { x: point.ms, text: `${format.timeOfDay(point.ms as DeviceTime)}: ${value}` } // Of day 0.
      })
      .toSorted((a, b) => a.x - b.x)
  }
  return Array.from({ length: profile.count.length }, (_, slot) => slot).flatMap(slot => {
    const values = profile.percentiles.map(column => column[slot] ?? Number.NaN)
    const count = profile.count[slot] ?? 0
    if (values.every(Number.isNaN)) return []
    const text = (value: number | undefined) =>
      value === undefined || Number.isNaN(value) ? reportTexts.none : format.glucose(value)
    const hours = hoursOf(slot, profile, format)
    // A meter has too few values for the outer percentiles, and in some hours for the quartiles.
    const [p5 = Number.NaN, p25 = Number.NaN, median, p75] = values
    const middle = Number.isNaN(p25) ? undefined : ([text(p25), text(p75)] as const)
    return [
      {
        x: middleOf(slot, profile),
        text: Number.isNaN(p5)
          ? t.meterStop(hours, text(median), middle, count)
          : t.stop(hours, values.map(text), count),
      },
    ]
  })
}

/** "14:00–15:00". */
export function hoursOf(slot: number, { slotMinutes }: Pick<TimeOfDayProfile, 'slotMinutes'>, format: Format): string {
  const at = (number: number) => format.timeOfDay(((number * slotMinutes * MINUTE_MS) % DAY_MS) as DeviceTime) // Of day 0.
  return `${at(slot)}–${at(slot + 1)}`
}

export const middleOf = (slot: number, { slotMinutes }: TimeOfDayProfile): number =>
  (slot + 0.5) * slotMinutes * MINUTE_MS

/** Around the clock: the last hour stands before the first and the first behind the last, so the curves reach both edges. */
export function curvesOf(profile: TimeOfDayProfile, place: (mgdl: number) => number): readonly Curve[] {
  const slots = profile.count.length
  const rows = Array.from({ length: slots + 2 }, (_, i) => i - 1)
  const x = rows.map(slot => middleOf(slot, profile))
  return profile.percentiles.map(column => {
    const y = rows.map(slot => {
      const value = column[(slot + slots) % slots] ?? Number.NaN
      return Number.isNaN(value) ? value : place(value)
    })
    return cutToDay(curveThrough(x, y))
  })
}

function cutToDay({ x, y }: Curve): Curve {
  const inside = x.map((at, i) => [at, y[i] ?? Number.NaN] as const).filter(([at]) => at >= 0 && at <= 24 * HOUR_MS)
  return { x: inside.map(([at]) => at), y: inside.map(([, value]) => value) }
}

export const lineOf = ({ x, y }: Curve): Line => ({ x, y, tone: 'profileMedian', widthPx: 3 })

export const areaBetween = (low: Curve | undefined, high: Curve | undefined, tone: Area['tone']): readonly Area[] =>
  low && high ? [{ x: low.x, low: low.y, high: high.y, tone }] : []
