/** The lane of insulin on board: a curve's line, rings for the pump's own numbers. Source: metrics sheet §11. */
import { MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import type { OnBoardCurve } from '#reports/models.ts'
import type { Lane } from '../../charts/spec.ts'
import { dailyTexts } from '../../texts/reports/daily.ts'
import { type AmountScale, amountScale, amountTicks } from '../axes.ts'
import type { Drawing } from '../drawing.ts'

const STEP_MS = 5 * MINUTE_MS
const RADIUS_PX = 4

/** U. */
const scales: readonly AmountScale[] = [
  { top: 5, tick: 2 },
  { top: 10, tick: 5 },
  { top: 15, tick: 10 },
  { top: 20, tick: 10 },
  { top: 30, tick: 20 },
  { top: 50, tick: 25 },
]

/** Nothing while it is not asked for. */
export function onBoardLanes({ model, onBoard: asked }: Drawing): readonly Lane[] {
  if (!asked) return []
  const midnight = startOfDeviceDay(model.day)
  const units = asked.curve?.units ?? new Float64Array(0)
  const told = model.onBoard?.told ?? []
  const scale = amountScale(Math.max(0, ...units, ...told.map(one => one.units)), scales)
  return [
    {
      id: 'onBoard',
      title: dailyTexts.onBoard.lane,
      weight: 2.4,
      min: 0,
      max: scale.top * 1.2,
      ticks: amountTicks(scale),
      lines: [{ x: Array.from(units, (_, i) => i * STEP_MS), y: units, tone: 'bolus', widthPx: 1.5 }],
      dots: told.map(one => ({ x: one.at - midnight, y: one.units, tone: 'ink', shape: 'ring', radius: RADIUS_PX })),
    },
  ]
}

/** The curve's number at a moment, ms since midnight: the last step's. */
export const unitsAt = (curve: OnBoardCurve, x: number): number =>
  curve.units[Math.min(curve.units.length - 1, Math.max(0, Math.floor(x / STEP_MS)))] ?? 0
