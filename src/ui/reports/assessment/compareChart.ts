/**
 * Two profiles in one chart: this period as median and filled areas, the one before as dashed outlines over them.
 * Source: reports sheet §1.2 (1), metrics sheet §8.
 */
import type { Preferences } from '#records/preferences.ts'
import { DAY_MS } from '#records/time.ts'
import type { AssessmentModel } from '#reports/assessmentModel.ts'
import type { TimeOfDayProfile } from '#reports/models.ts'
import type { Curve } from '../../charts/curve.ts'
import type { ChartSpec, Line, Stop } from '../../charts/spec.ts'
import type { Format } from '../../texts/format.ts'
import { reportTexts } from '../../texts/reports.ts'
import { assessmentTexts } from '../../texts/reports/assessment.ts'
import { areaBetween, curvesOf, hoursOf, lineOf, middleOf } from '../agpChart.ts'
import { glucoseScale, hourTicks } from '../axes.ts'

export interface CompareDrawing {
  readonly model: AssessmentModel
  readonly preferences: Preferences
  readonly format: Format
}

const t = assessmentTexts.chart
/** Of the outlines, for percentiles 5, 25, 50, 75 and 95. */
const OUTLINE_PX = [1, 1.5, 2.5, 1.5, 1]

export function compareChart({ model, preferences }: CompareDrawing): ChartSpec {
  const scale = glucoseScale(preferences)
  const place = (mgdl: number) => Math.min(Math.max(scale.of(mgdl), scale.min), scale.max)
  const now = model.now.profile ? curvesOf(model.now.profile, place) : []
  const before = model.before?.profile ? curvesOf(model.before.profile, place) : []
  const [p5, p25, median, p75, p95] = now
  return {
    xMin: 0,
    xMax: DAY_MS,
    xTicks: hourTicks(preferences.clock),
    xLines: true,
    lanes: [
      {
        id: 'profiles',
        title: reportTexts.dailyChart.glucoseLane(preferences.glucoseUnits),
        weight: 1,
        min: scale.min,
        max: scale.max,
        ticks: scale.ticks,
        boxes: [{ x0: 0, x1: DAY_MS, y0: scale.low, y1: scale.high, tone: 'band' }],
        areas: [...areaBetween(p5, p95, 'profileOuter'), ...areaBetween(p25, p75, 'profileInner')],
        lines: [...(median ? [lineOf(median)] : []), ...before.map(outline)],
      },
    ],
  }
}

const outline = ({ x, y }: Curve, which: number): Line => ({
  x,
  y,
  tone: 'ink',
  widthPx: OUTLINE_PX[which] ?? 1,
  dashed: true,
})

/** Each hour with values in either period, as a sentence. */
export function compareStops({ model, format }: CompareDrawing): readonly Stop[] {
  const [now, before] = [model.now.profile, model.before?.profile]
  const profile = now ?? before
  if (!profile) return []
  return Array.from({ length: profile.count.length }, (_, slot) => slot).flatMap(slot => {
    const counts = [now, before].map(one => one?.count[slot] ?? 0)
    if (counts.every(count => count === 0)) return []
    return [
      {
        x: middleOf(slot, profile),
        text: t.stop(hoursOf(slot, profile, format), valuesText(now, slot, format), valuesText(before, slot, format)),
      },
    ]
  })
}

function valuesText(profile: TimeOfDayProfile | undefined, slot: number, format: Format): string {
  if (!profile || (profile.count[slot] ?? 0) === 0) return t.noValues
  return t.values(percentileTexts(profile, slot, format))
}

/** The five percentiles of an hour as written. */
export function percentileTexts(profile: TimeOfDayProfile, slot: number, format: Format): readonly string[] {
  return profile.percentiles.map(column => {
    const value = column[slot] ?? Number.NaN
    return Number.isNaN(value) ? reportTexts.none : format.glucose(value)
  })
}
