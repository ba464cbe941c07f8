/**
 * Mean amplitude of glycaemic excursions by crossings of a short and a long moving average: the only published program
 * that was checked against scoring by hand. Source: metrics sheet §7.2, whose steps are numbered in the comments.
 */
import type { GlucoseSeries } from '#records/series.ts'
import { type FlatGrid, Spread, flatGrid } from './flatGrid.ts'
import { uniformGrid } from './grid.ts'

/** mg/dL; NaN where no excursion was found. */
export interface Mage {
  /** Mean of rises and falls: the one to show. */
  readonly avg: number
  /** Only the direction of the first excursion, as Service defined it in 1970. */
  readonly service: number
  readonly max: number
  /** Mean rise. */
  readonly plus: number
  /** Mean fall. */
  readonly minus: number
}

/** The only step that it is defined for. */
export const STEP_MINUTES = 5
const SHORT_POINTS = 5
const LONG_POINTS = 32
/** A segment ends where more than three hours are blank. */
const MAX_BLANK_POINTS = 36
const variants = ['avg', 'service', 'max', 'plus', 'minus'] as const

/** `flat` is the series' grid of five minutes, where it is at hand. */
export function mage(series: GlucoseSeries, flat = fiveMinutes(series)): Mage {
  const parts = segmentsOf(flat).flatMap(segment => {
    const one = mageOfSegment(segment)
    return one ? [{ one, weight: segment.length }] : []
  })
  // Step 9: segments weigh as long as they are.
  const combined = (name: (typeof variants)[number]): number => {
    let sum = 0
    let weights = 0
    for (const { one, weight } of parts) {
      if (Number.isNaN(one[name])) continue
      sum += one[name] * weight
      weights += weight
    }
    return sum / weights
  }
  return {
    avg: combined('avg'),
    service: combined('service'),
    max: combined('max'),
    plus: combined('plus'),
    minus: combined('minus'),
  }
}

const fiveMinutes = (series: GlucoseSeries): FlatGrid => flatGrid(uniformGrid(series, STEP_MINUTES))

/** Steps 1 and 2: five-minute points with NaN in shorter gaps, cut at longer ones. */
function segmentsOf({ cell, mgdl }: FlatGrid): Float64Array[] {
  const segments: Float64Array[] = []
  let start = 0
  for (let i = 1; i <= cell.length; i++) {
    const blanks = (cell[i] ?? Number.POSITIVE_INFINITY) - (cell[i - 1] ?? 0) - 1
    if (blanks <= MAX_BLANK_POINTS) continue
    const first = cell[start] ?? 0
    const segment = new Float64Array((cell[i - 1] ?? 0) - first + 1).fill(Number.NaN)
    for (let at = start; at < i; at++) segment[(cell[at] ?? 0) - first] = mgdl[at] ?? 0
    segments.push(segment)
    start = i
  }
  return segments
}

/** Steps 3 to 8. */
function mageOfSegment(values: Float64Array): Mage | undefined {
  if (values.length < LONG_POINTS) return undefined
  const spread = new Spread()
  for (const value of values) if (!Number.isNaN(value)) spread.add(value)
  const { sd } = spread
  if (!(sd >= 1)) return undefined
  const extremes = extremesOf(values)
  const rises = excursions(extremes, sd, 'jump')
  const falls = excursions(
    extremes.map(value => -value),
    sd,
    'stay',
  )
  const plus = meanHeight(rises)
  const minus = meanHeight(falls)
  const [rise] = rises
  const [fall] = falls
  const riseFirst = rise !== undefined && (fall === undefined || rise.to <= fall.from)
  const both = [plus, minus].filter(value => !Number.isNaN(value))
  return {
    avg: both.reduce((sum, value) => sum + value, 0) / both.length,
    service: riseFirst ? plus : minus,
    max: both.length > 0 ? Math.max(...both) : Number.NaN,
    plus,
    minus,
  }
}

/** Steps 4 to 6: highest and lowest values between the places where the averages cross. */
function extremesOf(values: Float64Array): number[] {
  const short = movingMean(values, SHORT_POINTS)
  const long = movingMean(values, LONG_POINTS)
  const difference = short.map((value, i) => value - (long[i] ?? 0))
  const crossings = crossingsOf(values, difference)
  const extremes: number[] = []
  let from = crossings[0]?.at ?? 0
  for (let i = 0; i + 1 < crossings.length; i++) {
    const { isMax } = crossings[i] ?? { isMax: false }
    const to = crossings[i + 1]?.at ?? 0
    let best = Number.NaN
    let place = from
    for (let at = from; at <= to; at++) {
      const value = values[at] ?? Number.NaN
      if (Number.isNaN(best) || (isMax ? value > best : value < best)) {
        if (Number.isNaN(value)) continue
        best = value
        place = at
      }
    }
    extremes.push(best)
    from = place
  }
  return extremes.filter(value => !Number.isNaN(value))
}

interface Crossing {
  readonly at: number
  readonly isMax: boolean
}

/** Step 5. */
function crossingsOf(values: Float64Array, difference: Float64Array): readonly Crossing[] {
  const last = difference.length - 1
  const crossings: Crossing[] = [{ at: 0, isMax: (difference[0] ?? 0) > 0 }]
  let recorded = difference[0] ?? Number.NaN
  for (let at = 1; at <= last; at++) {
    const now = difference[at] ?? Number.NaN
    const before = difference[at - 1] ?? Number.NaN
    if ([values[at], values[at - 1], now, before].some(Number.isNaN)) continue
    // Behind a gap the sign may have changed unseen.
    const against = now * before < 0 ? before : now * recorded < 0 ? recorded : undefined
    if (against === undefined) continue
    crossings.push({ at, isMax: now >= against })
    recorded = now
  }
  crossings.push({ at: last, isMax: (difference[last] ?? 0) > 0 })
  return crossings
}

/** Mean of the last `points` values that are not blank; the beginning gets the first full one. */
function movingMean(values: Float64Array, points: number): Float64Array {
  const means = new Float64Array(values.length).fill(Number.NaN)
  for (let end = points - 1; end < values.length; end++) {
    let sum = 0
    let count = 0
    for (let i = end - points + 1; i <= end; i++) {
      const value = values[i] ?? Number.NaN
      if (Number.isNaN(value)) continue
      sum += value
      count++
    }
    if (count > 0) means[end] = sum / count
  }
  return means.fill(means[points - 1] ?? Number.NaN, 0, points - 1)
}

interface Excursion {
  readonly from: number
  readonly to: number
  readonly height: number
}

/** Step 7: rises of more than one deviation. Falls are the rises of the mirrored values, and go on from their peak. */
function excursions(extremes: readonly number[], sd: number, onward: 'jump' | 'stay'): Excursion[] {
  const found: Excursion[] = []
  let first = 0
  let peak = 0
  while (peak < extremes.length) {
    const from = lowest(extremes, first, peak)
    if ((extremes[peak] ?? 0) - (extremes[from] ?? 0) < sd) {
      peak++
      continue
    }
    let k = peak
    for (; k < extremes.length; k++) {
      if ((extremes[k] ?? 0) > (extremes[peak] ?? 0)) peak = k
      if ((extremes[peak] ?? 0) - (extremes[k] ?? 0) > sd || k === extremes.length - 1) break
    }
    found.push({ from, to: peak, height: (extremes[peak] ?? 0) - (extremes[from] ?? 0) })
    // At the end of the list nothing can follow.
    if (k === extremes.length - 1) break
    first = onward === 'jump' ? k : peak
    peak = k
  }
  return found
}

/** The earliest place of the lowest value from `first` to `last`. */
function lowest(values: readonly number[], first: number, last: number): number {
  let place = first
  for (let i = first; i <= last; i++) if ((values[i] ?? 0) < (values[place] ?? 0)) place = i
  return place
}

const meanHeight = (list: readonly Excursion[]): number =>
  list.reduce((sum, { height }) => sum + height, 0) / list.length
