/** How many lows and highs begin in each hour, in two lanes: highs above, lows below. */
import type { Preferences } from '#records/preferences.ts'
import { DAY_MS, type DeviceTime, HOUR_MS } from '#records/time.ts'
import type { EpisodeHours, EpisodesModel } from '#reports/episodesModel.ts'
import type { Box, ChartSpec, Lane, Stop, Tone } from '../../charts/spec.ts'
import type { Format } from '../../texts/format.ts'
import { episodesTexts } from '../../texts/reports/episodes.ts'
import { hourTicks } from '../axes.ts'

export interface HoursDrawing {
  readonly model: EpisodesModel
  readonly preferences: Preferences
  readonly format: Format
}

const BAR_WIDTH = 0.78
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500]
const t = episodesTexts.hours
export const allHours: readonly number[] = Array.from({ length: 24 }, (_, hour) => hour)

export function hoursChart({ model, preferences }: HoursDrawing): ChartSpec {
  const { hypo, hyper } = model.hours
  // One scale for both, so that bars can be compared.
  const most = Math.max(1, ...hypo.all, ...hyper.all)
  const step = STEPS.find(size => most / size <= 3) ?? Math.ceil(most / 3)
  const top = Math.ceil(most / step) * step
  const lane = (id: string, title: string, hours: EpisodeHours, tones: readonly [Tone, Tone]): Lane => ({
    id,
    title,
    weight: 1,
    min: 0,
    // Room for the title over the tallest bar.
    max: top * 1.25,
    ticks: Array.from({ length: top / step + 1 }, (_, i) => ({ value: i * step, label: String(i * step) })),
    boxes: allHours.flatMap(hour => barsOf(hours, hour, tones)),
  })
  return {
    xMin: 0,
    xMax: DAY_MS,
    xTicks: hourTicks(preferences.clock),
    xLines: true,
    lanes: [lane('highs', t.highs, hyper, ['high', 'veryHigh']), lane('lows', t.lows, hypo, ['low', 'veryLow'])],
  }
}

/** The severe ones at the foot. */
function barsOf({ all, severe }: EpisodeHours, hour: number, [mild, worse]: readonly [Tone, Tone]): Box[] {
  const [count = 0, bad = 0] = [all[hour], severe[hour]]
  const x0 = (hour + (1 - BAR_WIDTH) / 2) * HOUR_MS
  const x1 = x0 + BAR_WIDTH * HOUR_MS
  return [
    ...(bad > 0 ? [{ x0, x1, y0: 0, y1: bad, tone: worse }] : []),
    ...(count > bad ? [{ x0, x1, y0: bad, y1: count, tone: mild }] : []),
  ]
}

/** "14:00–15:00". */
export function hourText(hour: number, format: Format): string {
  const at = (number: number) => format.timeOfDay(((number % 24) * HOUR_MS) as DeviceTime) // Of day 0.
  return `${at(hour)}–${at(hour + 1)}`
}

export function hoursStops({ model, format }: HoursDrawing): readonly Stop[] {
  const { hypo, hyper } = model.hours
  return allHours.map(hour => ({
    x: (hour + 0.5) * HOUR_MS,
    text: t.stop(
      hourText(hour, format),
      hypo.all[hour] ?? 0,
      hypo.severe[hour] ?? 0,
      hyper.all[hour] ?? 0,
      hyper.severe[hour] ?? 0,
    ),
  }))
}
