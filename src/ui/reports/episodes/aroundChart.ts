/**
 * The glucose around an episode, from three hours before it began, with its stretch marked as a strip; under it carbs and
 * boluses. Source: reports sheet §1.2 (8), §5.1 (order of the lanes).
 */
import type { Preferences } from '#records/preferences.ts'
import { type DeviceTime, HOUR_MS, MINUTE_MS } from '#records/time.ts'
import { type EpisodesModel, type ListedEpisode, pictureOf } from '#reports/episodesModel.ts'
import type { Box, ChartSpec, Lane, Stop, Tick } from '../../charts/spec.ts'
import type { Format } from '../../texts/format.ts'
import { reportTexts } from '../../texts/reports.ts'
import { glucoseScale } from '../axes.ts'
import { entriesOf } from '../carbs.ts'
import { bolusText, carbText } from '../dailyStops.ts'
import type { TimeFrame } from '../drawing.ts'
import { flagWord } from '../glucoseLane.ts'
import { placeIn, withoutLowest } from '../panels/panelChart.ts'
import { bolusLaneOf, carbsLaneOf } from '../therapyLanes.ts'

export interface AroundDrawing {
  readonly model: Pick<EpisodesModel, 'trace' | 'boluses' | 'carbs'>
  readonly episode: ListedEpisode
  readonly preferences: Preferences
  readonly format: Format
  /** How wide it is drawn, about: words close together stand one above the other. */
  readonly widthPx: number
}

/** The trace breaks over a longer silence. */
const GAP_MS = 15 * MINUTE_MS
/** Of the glucose, in the measure of the lanes of carbs and boluses. */
const GLUCOSE_WEIGHT = 6
/** About as wide as a time of day with room around it is. */
const TICK_PX = 48

/** Carbs and boluses have lanes of their own in every picture of a report in which there are any. */
export const hasDoses = ({ boluses, carbs }: AroundDrawing['model']): boolean => boluses.length + carbs.length > 0

/** x is ms since the beginning of the picture. */
export function aroundChart(drawing: AroundDrawing): ChartSpec {
  const { model, episode, preferences, format, widthPx } = drawing
  const { trace } = model
  const scale = glucoseScale(preferences)
  const place = placeIn(scale)
  const { from, to } = pictureOf(episode)
  const length = to - from
  const shown: TimeFrame = { fromMs: from, lengthMs: length, widthPx }
  const rows = rowsAround(trace, episode)
  const x: number[] = []
  const y: number[] = []
  for (const row of rows) {
    const at = (trace.time[row] ?? 0) - from
    const last = x.at(-1)
    if (last !== undefined && at - last > GAP_MS) {
      x.push((last + at) / 2)
      y.push(Number.NaN)
    }
    x.push(at)
    y.push(place(trace.mgdl[row] ?? 0))
  }
  const start = episode.startMs - from
  const end = Math.min(length, start + episode.minutes * MINUTE_MS)
  const band: Box = { x0: 0, x1: length, y0: scale.low, y1: scale.high, tone: 'band' }
  // A strip on the side away from the episode, so that the trace stays free, and below the lane's title.
  const step = (scale.max - scale.min) * 0.03
  const y0 = episode.side === 'hypo' ? scale.max - 5 * step : scale.min
  const y1 = y0 + step
  const tone =
    episode.side === 'hypo' ? (episode.level === 2 ? 'veryLow' : 'low') : episode.level === 2 ? 'veryHigh' : 'high'
  const glucose: Lane = {
    id: 'glucose',
    title: reportTexts.dailyChart.glucoseLane(preferences.glucoseUnits),
    weight: GLUCOSE_WEIGHT,
    min: scale.min,
    max: scale.max,
    ticks: withoutLowest(scale.ticks),
    boxes: [band, { x0: start, x1: end, y0, y1, tone }],
    lines: [{ x, y, tone: 'ink', widthPx: 2 }],
    dots: rows.map(row => ({
      x: (trace.time[row] ?? 0) - from,
      y: place(trace.mgdl[row] ?? 0),
      tone: 'ink',
      shape: 'dot',
      radius: 2,
    })),
  }
  const { boluses, carbs } = dosesAround(drawing)
  return {
    xMin: 0,
    xMax: length,
    xTicks: halfHours(shown, format),
    xLines: true,
    lanes: [
      glucose,
      ...(model.carbs.length > 0 ? [carbsLaneOf(carbs, shown, format)] : []),
      ...(model.boluses.length > 0 ? [withRoom(bolusLaneOf(boluses, shown, format))] : []),
    ],
  }
}

/** Each minute in which there is anything, as a sentence. */
export function aroundStops(drawing: AroundDrawing): readonly Stop[] {
  const { model, episode, format } = drawing
  const { trace } = model
  const { boluses, carbs } = dosesAround(drawing)
  const said = [
    // The sensor's times are the device's clock.
    ...rowsAround(trace, episode).map(row => ({
      at: trace.time[row] ?? 0,
      text: flagWord(trace.flags[row] ?? 0) ?? `${format.glucose(trace.mgdl[row] ?? 0)} ${format.glucoseUnit()}`,
    })),
    ...carbs.map(entry => ({ at: entry.time as number, text: carbText(entry, format) })),
    ...boluses.map(bolus => ({ at: (bolus.startTime ?? bolus.deviceTime) as number, text: bolusText(bolus, format) })),
  ].sort((a, b) => a.at - b.at)
  const stops: { x: number; minute: number; text: string }[] = []
  const { from } = pictureOf(episode)
  for (const { at, text } of said) {
    const minute = Math.floor(at / MINUTE_MS)
    const last = stops.at(-1)
    if (last?.minute === minute) last.text += ` · ${text}`
    else stops.push({ x: at - from, minute, text: `${format.timeOfDay(at as DeviceTime)}: ${text}` })
  }
  return stops.map(({ x, text }) => ({ x, text }))
}

/** The words of a bolus at the left edge stand under the lane's name, not on it. */
const withRoom = (lane: Lane): Lane => ({ ...lane, max: lane.max * 1.3 })

function dosesAround({ model, episode }: AroundDrawing) {
  const { from, to } = pictureOf(episode)
  const isIn = (at: number) => at >= from && at <= to
  return {
    boluses: model.boluses.filter(({ startTime, deviceTime }) => isIn(startTime ?? deviceTime)),
    carbs: entriesOf(model.carbs).filter(({ time }) => isIn(time)),
  }
}

function rowsAround({ time }: EpisodesModel['trace'], episode: ListedEpisode): readonly number[] {
  const { from, to } = pictureOf(episode)
  const rows: number[] = []
  let low = 0
  let high = time.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((time[middle] ?? 0) < from) low = middle + 1
    else high = middle
  }
  for (; low < time.length && (time[low] ?? 0) <= to; low++) rows.push(low)
  return rows
}

/** Lines on the full hours of the clock, and on half ones where all have a name: as many as have room. */
function halfHours(shown: TimeFrame, format: Format): readonly Tick[] {
  const hours = shown.lengthMs / HOUR_MS
  const every = [1, 2, 3, 6].find(many => (hours / many) * TICK_PX <= shown.widthPx) ?? 6
  const step = every === 1 ? HOUR_MS / 2 : HOUR_MS
  const ticks: Tick[] = []
  const { fromMs, lengthMs } = shown
  for (let at = Math.ceil(fromMs / step) * step; at <= fromMs + lengthMs; at += step) {
    const isNamed = at % (every * HOUR_MS) === 0
    ticks.push({ value: at - fromMs, label: isNamed ? format.timeOfDay(at as DeviceTime) : '' })
  }
  return ticks
}
