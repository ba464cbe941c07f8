/**
 * One day as lanes in CareLink's order: glucose, carbs, bolus, basal, events; above them a strip of the modes, and between
 * them insulin on board where it is asked for. Lanes for what no device tells are left out. x is ms since the day's midnight
 * on the device's clock. Source: interface brief (Charts), reports sheet §5.2.
 */
import { DAY_MS } from '#records/time.ts'
import type { ChartSpec } from '../charts/spec.ts'
import { hourTicks } from './axes.ts'
import { modeLanes } from './daily/modeLane.ts'
import { onBoardLanes } from './daily/onBoardLane.ts'
import { toldOf } from './daily/toldOf.ts'
import type { Drawing } from './drawing.ts'
import { eventsLane } from './eventsLane.ts'
import { glucoseLane } from './glucoseLane.ts'
import { basalLane, bolusLane, carbsLane } from './therapyLanes.ts'

export function dailyChart(drawing: Drawing): ChartSpec {
  const told = toldOf(drawing.model)
  return {
    xMin: 0,
    xMax: DAY_MS,
    xTicks: hourTicks(drawing.preferences.clock),
    xLines: true,
    lanes: [
      ...modeLanes(drawing),
      glucoseLane(drawing),
      ...(told.carbs ? [carbsLane(drawing)] : []),
      ...(told.bolus ? [bolusLane(drawing)] : []),
      ...onBoardLanes(drawing),
      ...(told.basal ? [basalLane(drawing)] : []),
      ...(told.events ? [eventsLane(drawing)] : []),
    ],
  }
}
