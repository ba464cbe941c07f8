/**
 * What a simulated pump's bolus calculator makes of carbohydrate and glucose, and what is still at work of earlier
 * boluses. Part of `life.ts`; plain arithmetic, no advice.
 */
import { type DeviceTime, HOUR_MS, MINUTE_MS } from '#records/time.ts'
import type { Person } from './people.ts'

export interface Dose {
  readonly time: DeviceTime
  readonly units: number
}

/** Boluses stay in the list of what is at work for this long, and so many of them. */
const LISTED_MS = 8 * HOUR_MS
const LISTED = 6

/** With one more dose, without those that no longer count; newest first. */
export const withDose = (doses: readonly Dose[], dose: Dose): readonly Dose[] => [
  dose,
  ...doses.filter(({ time }) => dose.time - time < LISTED_MS),
]

/** The boluses that the pump lists at `time`, newest first. */
export const listedDoses = (doses: readonly Dose[], time: DeviceTime) =>
  doses
    .filter(({ time: at }) => time - at < LISTED_MS)
    .slice(0, LISTED)
    .map(({ time: at, units }) => ({ units, ageMinutes: Math.floor((time - at) / MINUTE_MS) }))

/** What is still at work, U: less in a straight line over the action hours. */
export const onBoardUnits = (doses: readonly Dose[], time: DeviceTime, actionHours: number): number =>
  tenth(
    doses.reduce((sum, { time: at, units }) => sum + units * Math.max(0, 1 - (time - at) / (actionHours * HOUR_MS)), 0),
  )

export interface Estimate {
  readonly foodUnits: number
  /** Negative below the target. */
  readonly correctionUnits: number
  readonly estimateUnits: number
}

/** The calculator's answer; `mgdl` is absent when no glucose was entered. Rounded to 0.1 U. */
export function estimateOf(
  { gramsPerUnit, sensitivityMgdl, targetMgdl }: Person,
  carbsGrams: number,
  mgdl: number | undefined,
  onBoard: number,
): Estimate {
  const [low, high] = targetMgdl
  const over = mgdl === undefined ? 0 : mgdl > high ? mgdl - high : Math.min(0, mgdl - low)
  const foodUnits = tenth(carbsGrams / gramsPerUnit)
  const correctionUnits = tenth(over / sensitivityMgdl)
  // What is on board counts against a correction, not against food.
  const corrected = correctionUnits > 0 ? Math.max(0, correctionUnits - onBoard) : correctionUnits
  return { foodUnits, correctionUnits, estimateUnits: tenth(Math.max(0, foodUnits + corrected)) }
}

export const tenth = (units: number): number => Math.round(units * 10) / 10
