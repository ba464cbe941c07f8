/** The carbs, bolus and basal lanes of a day. Boluses stand where they began; unknown basal stays empty. */
import type { Bolus } from '#records/records.ts'
import { startOfDeviceDay } from '#records/time.ts'
import type { BasalSegment, DailyModel } from '#reports/models.ts'
import type { Box, Dot, Label, Lane, Line, Tone } from '../charts/spec.ts'
import type { Format } from '../texts/format.ts'
import { reportTexts } from '../texts/reports.ts'
import { doseText, rateText } from './amounts.ts'
import { type AmountScale, amountScale, amountTicks } from './axes.ts'
import { carbEntries, type CarbEntry } from './carbs.ts'
import { dayOn, type Drawing, msOfPxIn, type TimeFrame } from './drawing.ts'
import { valuePlaces } from './valueLabels.ts'

/** U: the usual day fits 10. */
export const bolusScales: readonly AmountScale[] = [
  { top: 10, tick: 5 },
  { top: 15, tick: 10 },
  { top: 20, tick: 10 },
  { top: 30, tick: 20 },
  { top: 50, tick: 25 },
]
/** U/h. */
export const basalScales: readonly AmountScale[] = [
  { top: 1, tick: 0.5 },
  { top: 2, tick: 1 },
  { top: 3, tick: 2 },
  { top: 5, tick: 3 },
  { top: 8, tick: 5 },
  { top: 12, tick: 8 },
  { top: 20, tick: 10 },
  { top: 40, tick: 20 },
]
/** Carbs closer than this stand on two levels. */
const CROWDED_PX = 60
/** The lane's height where the window is low. */
const CARBS_HEIGHT_PX = 34
/** About as wide as a letter of a bolus's words is. */
const LETTER_PX = 8
const t = reportTexts.dailyChart

export const carbsLane = ({ model, format, widthPx }: Drawing): Lane =>
  carbsLaneOf(carbEntries(model), dayOn(widthPx, startOfDeviceDay(model.day)), format)

/** Carbohydrate over any stretch of time. */
export function carbsLaneOf(entries: readonly CarbEntry[], shown: TimeFrame, format: Format): Lane {
  const crowded = msOfPxIn(shown, CROWDED_PX)
  let raised = false
  let before = Number.NEGATIVE_INFINITY
  const marks = entries.map(entry => {
    const x = entry.time - shown.fromMs
    raised = x - before < crowded ? !raised : false
    before = x
    // The area follows the grams, within what can be seen and told apart.
    const radius = Math.min(9, Math.max(3.5, Math.sqrt(entry.grams ?? (entry.exchanges ?? 0) * 12)))
    const text =
      entry.grams === undefined ? t.exchanges(format.number(entry.exchanges ?? 0, 1)) : format.number(entry.grams)
    return { x, y: raised ? 0.62 : 0.25, radius, text, given: entry.given }
  })
  const places = valuePlaces(
    marks.map(mark => ({ ...mark, x: mark.x / msOfPxIn(shown, 1), y: mark.y * CARBS_HEIGHT_PX })),
    shown.widthPx,
  )
  const dots = marks.map(
    ({ x, y, radius, given }): Dot => ({ x, y, tone: 'carbs', shape: given ? 'dot' : 'ring', radius }),
  )
  const labels = marks.map(
    ({ x, y, text, radius }, index): Label => ({ x, y, text, place: places[index] ?? 'right', besidePx: radius }),
  )
  return { id: 'carbs', title: t.carbsLane, weight: 1.6, min: 0, max: 1, ticks: [], dots, labels }
}

export const bolusLane = ({ model, format, widthPx }: Drawing): Lane =>
  bolusLaneOf(model.boluses, dayOn(widthPx, startOfDeviceDay(model.day)), format)

/** Boluses over any stretch of time. */
export function bolusLaneOf(boluses: readonly Bolus[], stretch: TimeFrame, format: Format): Lane {
  const sticks: Record<'bolus' | 'auto', { x: number[]; y: number[] }> = {
    bolus: { x: [], y: [] },
    auto: { x: [], y: [] },
  }
  const lines: Line[] = []
  const labels: Label[] = []
  let highest = 0
  for (const bolus of boluses) {
    const x = (bolus.startTime ?? bolus.deviceTime) - stretch.fromMs
    const tone = bolus.context === 'automatic' ? 'auto' : 'bolus'
    const normal = bolus.normalUnits ?? 0
    const extended = bolus.extendedUnits ?? 0
    highest = Math.max(highest, normal, extended)
    if (normal > 0) {
      sticks[tone].x.push(x, x, x)
      sticks[tone].y.push(0, normal, Number.NaN)
    }
    if (extended > 0) {
      // An outline as long as the delivery and as high as the amount: CareLink's way of drawing a square.
      const end = x + (bolus.durationMs ?? 0)
      lines.push({ x: [x, x, end, end], y: [0, extended, extended, 0], tone, widthPx: 1.5 })
    }
    if (tone === 'bolus')
      labels.push({ x, y: Math.max(normal, extended), text: doseText(normal + extended, format), place: 'above' })
  }
  const scale = amountScale(highest, bolusScales)
  const shown = spread(labels, scale.top, msOfPxIn(stretch, LETTER_PX))
  return {
    id: 'bolus',
    title: t.bolusLane,
    weight: 2.8,
    min: 0,
    // Room for the words over the highest.
    max: scale.top * 1.2,
    ticks: amountTicks(scale),
    lines: [{ ...sticks.bolus, tone: 'bolus', widthPx: 4 }, { ...sticks.auto, tone: 'auto', widthPx: 2.5 }, ...lines],
    labels: shown,
  }
}

/** Words of boluses close together stand one above the other, so that each can be read. */
function spread(labels: readonly Label[], top: number, letterMs: number): Label[] {
  const rowHeight = top * 0.24
  const placed: Label[] = []
  for (const label of [...labels].sort((a, b) => a.x - b.x)) {
    const near = placed.filter(other => label.x - other.x < ((label.text.length + other.text.length) / 2) * letterMs)
    let { y } = label
    while (near.some(other => Math.abs(other.y - y) < rowHeight)) y += rowHeight
    placed.push({ ...label, y })
  }
  return placed
}

const basalTones: Readonly<Record<BasalSegment['delivery'], Tone>> = {
  scheduled: 'basal',
  temp: 'temp',
  suspended: 'suspended',
  automated: 'automated',
}

export function basalLane({ model }: Drawing): Lane {
  const midnight = startOfDeviceDay(model.day)
  const highest = Math.max(
    0,
    ...model.basal.map(one => Math.max(one.rateUnitsPerHour, one.suppressedUnitsPerHour ?? 0)),
  )
  const scale = amountScale(highest, basalScales)
  const { top } = scale
  const boxes: Box[] = []
  const edge: { x: number[]; y: number[] } = { x: [], y: [] }
  const instead: { x: number[]; y: number[] } = { x: [], y: [] }
  let end = Number.NaN
  for (const segment of model.basal) {
    const x0 = segment.from - midnight
    const x1 = segment.to - midnight
    const suspended = segment.delivery === 'suspended'
    // Nothing flows while suspended: a strip along the foot shows that this is known and not a gap.
    const height = suspended ? top * 0.14 : segment.rateUnitsPerHour
    boxes.push({ x0, x1, y0: 0, y1: height, tone: basalTones[segment.delivery] })
    if (x0 !== end) {
      edge.x.push(x0)
      edge.y.push(Number.NaN)
    }
    edge.x.push(x0, x1)
    edge.y.push(segment.rateUnitsPerHour, segment.rateUnitsPerHour)
    end = x1
    if (segment.suppressedUnitsPerHour !== undefined) {
      instead.x.push(x0, x1, x1)
      instead.y.push(segment.suppressedUnitsPerHour, segment.suppressedUnitsPerHour, Number.NaN)
    }
  }
  return {
    id: 'basal',
    title: t.basalLane,
    weight: 2.8,
    min: 0,
    // Room for the lane's name and the words over the stretches.
    max: top * 1.25,
    ticks: amountTicks(scale),
    boxes,
    lines: [
      { ...edge, tone: 'basalEdge', widthPx: 1.25 },
      { ...instead, tone: 'ink', widthPx: 1, dashed: true },
    ],
    labels: basalLabels(model, top),
  }
}

/** A word over each longer stretch that is not the plain programme. */
function basalLabels(model: DailyModel, top: number): readonly Label[] {
  const midnight = startOfDeviceDay(model.day)
  const runs: { from: number; to: number; delivery: BasalSegment['delivery'] }[] = []
  for (const { from, to, delivery } of model.basal) {
    const last = runs.at(-1)
    if (last?.delivery === delivery && last.to === from) last.to = to
    else runs.push({ from, to, delivery })
  }
  return runs
    .filter(run => run.delivery !== 'scheduled')
    .map(run => ({
      x: (run.from + run.to) / 2 - midnight,
      y: top * 1.08,
      text: t.delivery[run.delivery],
      place: 'middle',
      fitsX: run.to - run.from,
    }))
}

/** What is in force at `x`: the basal segment, if one is known. */
export const basalAt = (model: DailyModel, time: number): BasalSegment | undefined =>
  model.basal.find(segment => segment.from <= time && time < segment.to)

/** "0.850 U/h temporary instead of 1.000 U/h". */
export function basalText(segment: BasalSegment, format: Format): string {
  const rate = t.basal(rateText(segment.rateUnitsPerHour, format))
  const how = segment.delivery === 'scheduled' ? '' : ` ${t.delivery[segment.delivery]}`
  const instead = segment.suppressedUnitsPerHour
  return rate + how + (instead === undefined ? '' : ` ${t.insteadOf(rateText(instead, format))}`)
}
