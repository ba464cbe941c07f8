/**
 * The uniform grid as rows of days and columns of times of day: what the measures that compare the same time on other
 * days are computed from. The first column is one step after midnight, the last is midnight at the day's end.
 * Source: metrics sheet §7.1.
 */
import { DAY_MS, MINUTE_MS } from '#records/time.ts'
import type { Grid } from './grid.ts'

/** Only cells that hold a value, ascending. */
export interface FlatGrid {
  readonly stepMinutes: number
  /** Columns of a day: 288 at five minutes. */
  readonly perDay: number
  /** Row times `perDay` plus column; 0 is the first column of the first day with a value. */
  readonly cell: Int32Array
  readonly mgdl: Float64Array
}

export function flatGrid({ stepMinutes, runs, points }: Grid): FlatGrid {
  const stepMs = stepMinutes * MINUTE_MS
  const perDay = DAY_MS / stepMs
  const cell = new Int32Array(points)
  const mgdl = new Float64Array(points)
  // Midnight is the last column of the day before.
  const firstDay = Math.ceil((runs[0]?.startMs ?? 0) / DAY_MS) - 1
  const firstMs = firstDay * DAY_MS + stepMs
  let at = 0
  for (const run of runs) {
    const first = Math.round((run.startMs - firstMs) / stepMs)
    for (let i = 0; i < run.mgdl.length; i++) cell[at + i] = first + i
    mgdl.set(run.mgdl, at)
    at += run.mgdl.length
  }
  return { stepMinutes, perDay, cell, mgdl }
}

/** Mean and sample deviation gathered value by value (Welford). */
export class Spread {
  count = 0
  mean = 0
  #squares = 0

  add(value: number): void {
    this.count++
    const delta = value - this.mean
    this.mean += delta / this.count
    this.#squares += delta * (value - this.mean)
  }

  /** NaN below two values. */
  get sd(): number {
    return this.count > 1 ? Math.sqrt(this.#squares / (this.count - 1)) : Number.NaN
  }
}
