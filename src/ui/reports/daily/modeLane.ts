/** A strip over the day: when an algorithm gave the basal and when the programme did. Only on days that have both or the first. */
import { startOfDeviceDay } from '#records/time.ts'
import type { ModeStretch } from '#reports/models.ts'
import type { Lane, Tone } from '../../charts/spec.ts'
import { dailyTexts } from '../../texts/reports/daily.ts'
import type { Drawing } from '../drawing.ts'

const t = dailyTexts.modes
const tones: Readonly<Record<ModeStretch['mode'], Tone>> = { automatic: 'automated', manual: 'basal' }

export function modeLanes({ model }: Drawing): readonly Lane[] {
  if (model.modes.length === 0) return []
  const midnight = startOfDeviceDay(model.day)
  return [
    {
      id: 'mode',
      title: dailyTexts.modeLane,
      weight: 0.8,
      min: 0,
      max: 1,
      ticks: [],
      boxes: model.modes.map(({ from, to, mode }) => ({
        x0: from - midnight,
        x1: to - midnight,
        y0: 0,
        y1: 1,
        tone: tones[mode],
      })),
      labels: model.modes.map(({ from, to, mode }) => ({
        x: (from + to) / 2 - midnight,
        y: 0.5,
        text: t[mode],
        place: 'middle',
        fitsX: to - from,
      })),
    },
  ]
}
