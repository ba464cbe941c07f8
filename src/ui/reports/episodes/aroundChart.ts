/** The glucose around an episode, from one hour before it began, with its stretch marked as a strip. */
import type { Preferences } from '#records/preferences.ts'
import { type DeviceTime, HOUR_MS, MINUTE_MS } from '#records/time.ts'
import { type EpisodesModel, type ListedEpisode, pictureOf } from '#reports/episodesModel.ts'
import type { Box, ChartSpec, Stop, Tick } from '../../charts/spec.ts'
import type { Format } from '../../texts/format.ts'
import { reportTexts } from '../../texts/reports.ts'
import { glucoseScale } from '../axes.ts'

export interface AroundDrawing {
  readonly trace: EpisodesModel['trace']
  readonly episode: ListedEpisode
  readonly preferences: Preferences
  readonly format: Format
}

/** The trace breaks over a longer silence. */
const GAP_MS = 15 * MINUTE_MS

export function aroundChart({ trace, episode, preferences, format }: AroundDrawing): ChartSpec {
  const scale = glucoseScale(preferences)
  const place = (mgdl: number) => Math.min(Math.max(scale.of(mgdl), scale.min), scale.max)
  const { from: xMin, to: xMax } = pictureOf(episode)
  const rows = rowsAround(trace, episode)
  const x: number[] = []
  const y: number[] = []
  for (const row of rows) {
    const at = trace.time[row] ?? 0
    const last = x.at(-1)
    if (last !== undefined && at - last > GAP_MS) {
      x.push((last + at) / 2)
      y.push(Number.NaN)
    }
    x.push(at)
    y.push(place(trace.mgdl[row] ?? 0))
  }
  const end = Math.min(xMax, episode.startMs + episode.minutes * MINUTE_MS)
  const band: Box = { x0: xMin, x1: xMax, y0: scale.low, y1: scale.high, tone: 'band' }
  // A strip on the side away from the episode, so that the trace stays free, and below the lane's title.
  const step = (scale.max - scale.min) * 0.03
  const y0 = episode.side === 'hypo' ? scale.max - 5 * step : scale.min
  const y1 = y0 + step
  const tone =
    episode.side === 'hypo' ? (episode.level === 2 ? 'veryLow' : 'low') : episode.level === 2 ? 'veryHigh' : 'high'
  return {
    xMin,
    xMax,
    xTicks: halfHours(xMin, xMax, format),
    xLines: true,
    lanes: [
      {
        id: 'glucose',
        title: reportTexts.dailyChart.glucoseLane(preferences.glucoseUnits),
        weight: 1,
        min: scale.min,
        max: scale.max,
        ticks: scale.ticks,
        boxes: [band, { x0: episode.startMs, x1: end, y0, y1, tone }],
        lines: [{ x, y, tone: 'ink', widthPx: 2 }],
        dots: rows.map(row => ({
          x: trace.time[row] ?? 0,
          y: place(trace.mgdl[row] ?? 0),
          tone: 'ink',
          shape: 'dot',
          radius: 2,
        })),
      },
    ],
  }
}

export function aroundStops({ trace, episode, format }: AroundDrawing): readonly Stop[] {
  return rowsAround(trace, episode).map(row => {
    // The sensor's times are the device's clock.
    const at = (trace.time[row] ?? 0) as DeviceTime
    return { x: at, text: `${format.timeOfDay(at)}: ${format.glucose(trace.mgdl[row] ?? 0)} ${format.glucoseUnit()}` }
  })
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

/** On the full and half hours of the clock. */
function halfHours(from: number, to: number, format: Format): readonly Tick[] {
  const step = HOUR_MS / 2
  const ticks: Tick[] = []
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    const isHour = at % HOUR_MS === 0
    ticks.push({ value: at, label: isHour ? format.timeOfDay(at as DeviceTime) : '' })
  }
  return ticks
}
