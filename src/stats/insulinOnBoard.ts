/**
 * Insulin on board by the published curves: how much of a dose has not acted yet. For the line between the pump's own
 * numbers, never for advice. Source: metrics sheet §11.
 */
import { MINUTE_MS } from '#records/time.ts'

/** Share of a dose, 1 to 0, still to act `minutes` after it was given. */
export type ActionCurve = (minutes: number) => number

/** Loop's exponential curve; `delayMinutes` pass before anything acts. 360 and 75 minutes for a rapid insulin. */
export function exponentialCurve(actionMinutes: number, peakMinutes: number, delayMinutes = 0): ActionCurve {
  const tau = (peakMinutes * (1 - peakMinutes / actionMinutes)) / (1 - (2 * peakMinutes) / actionMinutes)
  const a = (2 * tau) / actionMinutes
  const scale = 1 / (1 - a + (1 + a) * Math.exp(-actionMinutes / tau))
  return minutes => {
    const t = minutes - delayMinutes
    if (t <= 0) return 1
    if (t >= actionMinutes) return 0
    const bend = (t * t) / (tau * actionMinutes * (1 - a)) - t / tau - 1
    return 1 - scale * (1 - a) * (bend * Math.exp(-t / tau) + 1)
  }
}

/** Coefficients of m to the fourth down to the constant, by whole hours of action. */
const walsh: Readonly<Record<number, readonly [number, number, number, number, number]>> = {
  3: [-3.203e-9, 1.354e-6, -1.759e-4, 9.255e-4, 0.99951],
  4: [-3.31e-10, 2.53e-7, -5.51e-5, -9.086e-4, 0.9995],
  5: [-2.95e-10, 2.32e-7, -5.55e-5, 4.49e-4, 0.993],
  6: [-1.493e-10, 1.413e-7, -4.095e-5, 6.365e-4, 0.997],
}

/** Walsh's curves, the nearest to what Medtronic's pumps do; `actionMinutes` 120 to 480. */
export function walshCurve(actionMinutes: number, delayMinutes = 0): ActionCurve {
  const hours = Math.min(6, Math.max(3, Math.round(actionMinutes / 60)))
  const [fourth, third, second, first, constant] = walsh[hours] ?? [0, 0, 0, 0, 0]
  return minutes => {
    const t = minutes - delayMinutes
    if (t <= 0) return 1
    if (t >= actionMinutes) return 0
    const m = (t * hours * 60) / actionMinutes
    return (((fourth * m + third) * m + second) * m + first) * m + constant
  }
}

/** Nightscout's curve of two straight pieces of a parabola; `actionHours` from 3 on. */
export function bilinearCurve(actionHours: number): ActionCurve {
  return minutes => {
    const x = (minutes * 3) / actionHours
    if (x <= 0) return 1
    if (x >= 180) return 0
    if (x < 75) {
      const k = x / 5 + 1
      return 1 - 0.001852 * k * k + 0.001852 * k
    }
    const y = (x - 75) / 5
    return 0.001323 * y * y - 0.054233 * y + 0.55556
  }
}

export interface Dose {
  /** Device wall clock, ms. */
  readonly at: number
  readonly units: number
}

const PIECE_MS = 5 * MINUTE_MS

/**
 * `units` given evenly from `from` to `to`, as doses of about five minutes, each at its middle: an extended bolus, or a
 * temporary rate with the units that it gave above the programme's, negative when below.
 */
export function evenDoses(from: number, to: number, units: number): Dose[] {
  const pieces = Math.max(1, Math.round((to - from) / PIECE_MS))
  const lengthMs = (to - from) / pieces
  return Array.from({ length: pieces }, (_, i) => ({ at: from + (i + 0.5) * lengthMs, units: units / pieces }))
}

/** Units on board at a moment from doses given before it, those of the moment itself whole. */
export function insulinOnBoard(doses: readonly Dose[], curve: ActionCurve, at: number): number {
  return doses.reduce((sum, dose) => (dose.at <= at ? sum + dose.units * curve((at - dose.at) / MINUTE_MS) : sum), 0)
}
