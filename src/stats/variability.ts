/**
 * How much glucose goes up and down, beyond SD and CV: within hours (CONGA, MAG, GVP), from day to day (MODD), and
 * Rodbard's family of deviations. All on the uniform grid. NaN where there are too few values.
 * Source: metrics sheet §7 and §7.1.
 */
import { type FlatGrid, Spread } from './flatGrid.ts'

/** Deviation of the differences between each value and the one `hours` before it, mg/dL. */
export function conga(flat: FlatGrid, hours: number): number {
  const spread = new Spread()
  eachPair(flat, Math.round((hours * 60) / flat.stepMinutes), (earlier, later) => spread.add(later - earlier))
  return spread.sd
}

/** Mean of the absolute differences between each value and the one at the same time the day before, mg/dL. */
export function modd(flat: FlatGrid): number {
  const spread = new Spread()
  eachPair(flat, flat.perDay, (earlier, later) => spread.add(Math.abs(later - earlier)))
  return meanOf(spread)
}

/** Mean absolute change an hour, mg/dL, seen in steps of `minutes`. */
export function mag(flat: FlatGrid, minutes = flat.stepMinutes): number {
  const every = Math.max(1, Math.round(minutes / flat.stepMinutes))
  const spread = new Spread()
  eachPair(flat, every, (earlier, later, cell) => {
    if (cell % every === 0) spread.add(Math.abs(later - earlier))
  })
  return meanOf(spread) * (60 / minutes)
}

/** How much longer the line is than a flat one, percent. */
export function gvpPercent(flat: FlatGrid): number {
  const spread = new Spread()
  eachPair(flat, 1, (earlier, later) => spread.add(Math.hypot(flat.stepMinutes, later - earlier)))
  return 100 * (meanOf(spread) / flat.stepMinutes - 1)
}

/** Deviations as Rodbard names them, mg/dL. */
export interface Deviations {
  /** SDw: mean of the days' deviations. */
  readonly withinDays: number
  /** SDhh:mm: deviation of the means of each time of day. */
  readonly ofTimesOfDay: number
  /** SDwsh: mean of the deviations within each hour. */
  readonly withinHours: number
  /** SDdm: deviation of the days' means. */
  readonly ofDailyMeans: number
  /** SDb: mean over the times of day of the deviation between days. */
  readonly betweenDays: number
  /** SDbdm: the same after taking each day's mean away. */
  readonly betweenDaysCorrected: number
  /** Mean and deviation of the days' coefficients of variation, percent. */
  readonly cvMeanPercent: number
  readonly cvSdPercent: number
}

export function deviations(flat: FlatGrid): Deviations {
  const { cell, mgdl, perDay } = flat
  const days: Spread[] = []
  const columns: Spread[] = []
  const add = (list: Spread[], at: number, value: number) => (list[at] ??= new Spread()).add(value)
  for (let i = 0; i < cell.length; i++) {
    const at = cell[i] ?? 0
    add(days, Math.floor(at / perDay), mgdl[i] ?? 0)
    add(columns, at % perDay, mgdl[i] ?? 0)
  }
  const corrected: Spread[] = []
  for (let i = 0; i < cell.length; i++) {
    const at = cell[i] ?? 0
    add(corrected, at % perDay, (mgdl[i] ?? 0) - (days[Math.floor(at / perDay)]?.mean ?? 0))
  }
  const spreadOf = (list: readonly Spread[], value: (each: Spread) => number): Spread => {
    const spread = new Spread()
    // Days and columns without a value are holes of the list, which `forEach` passes over.
    list.forEach(each => {
      if (Number.isFinite(value(each))) spread.add(value(each))
    })
    return spread
  }
  const cv = spreadOf(days, ({ sd, mean }) => (100 * sd) / mean)
  return {
    withinDays: meanOf(spreadOf(days, ({ sd }) => sd)),
    ofTimesOfDay: spreadOf(columns, ({ mean }) => mean).sd,
    withinHours: withinHours(flat),
    ofDailyMeans: spreadOf(days, ({ mean }) => mean).sd,
    betweenDays: meanOf(spreadOf(columns, ({ sd }) => sd)),
    betweenDaysCorrected: meanOf(spreadOf(corrected, ({ sd }) => sd)),
    cvMeanPercent: meanOf(cv),
    cvSdPercent: cv.sd,
  }
}

/** Over every stretch of an hour that begins at a point of the grid and has two values or more. */
function withinHours({ cell, mgdl, stepMinutes }: FlatGrid): number {
  const points = Math.round(60 / stepMinutes)
  const all = new Spread()
  let first = 0
  let end = 0
  for (let start = 0; first < cell.length; start++) {
    while (first < cell.length && (cell[first] ?? 0) < start) first++
    // Nothing begins in a gap; hours that reach into what comes behind it begin this early.
    if (first === end) start = Math.max(start, (cell[first] ?? 0) - points + 1, 0)
    while (end < cell.length && (cell[end] ?? 0) < start + points) end++
    if (end - first < 2) continue
    const hour = new Spread()
    for (let i = first; i < end; i++) hour.add(mgdl[i] ?? 0)
    all.add(hour.sd)
  }
  return meanOf(all)
}

const meanOf = ({ count, mean }: Spread): number => (count > 0 ? mean : Number.NaN)

/** Calls back with every value that has one `lag` cells before it. */
function eachPair(
  { cell, mgdl }: FlatGrid,
  lag: number,
  callback: (earlier: number, later: number, earlierCell: number) => void,
): void {
  let before = 0
  for (let i = 0; i < cell.length; i++) {
    const wanted = (cell[i] ?? 0) - lag
    while ((cell[before] ?? 0) < wanted) before++
    if (cell[before] === wanted) callback(mgdl[before] ?? 0, mgdl[i] ?? 0, wanted)
  }
}
