/**
 * The uniform grid on which episodes and measures of variability are counted: values interpolated to even steps from
 * midnight on, blank in gaps of more than 45 minutes. Only what is not blank is kept, so that a year without a value
 * costs nothing. Source: metrics sheet §7.1.
 */
import { GlucoseFlag, type GlucoseSeries } from '#records/series.ts'
import { DAY_MS, MINUTE_MS } from '#records/time.ts'
import { roundHalfEven } from '#records/units.ts'
import { quantile } from './central.ts'

/** A stretch of the grid without blanks. */
export interface GridRun {
  /** Device wall clock, ms, of the first point. */
  readonly startMs: number
  readonly mgdl: Float64Array
  /** 1 where the point came from a value in mmol/L: it is compared with limits of that unit. */
  readonly isMmol: Uint8Array
}

export interface Grid {
  readonly stepMinutes: number
  readonly runs: readonly GridRun[]
  /** Points of all runs together. */
  readonly points: number
}

const MAX_GAP_MS = 45 * MINUTE_MS
const MINUTES_PER_DAY = 1440

/**
 * The grid of a series in ascending order; of values at the same moment the last counts. The step is the sensor's own
 * unless one is given that divides a day.
 */
export function uniformGrid(series: GlucoseSeries, stepMinutes?: number): Grid {
  if (stepMinutes !== undefined) return gridOf(series, stepMinutes)
  const known = ownGrids.get(series)?.deref()
  if (known) return known
  const made = gridOf(series, stepOf(series.time))
  ownGrids.set(series, new WeakRef(made))
  return made
}

/** Several measures of one report stand on the same grid; it goes with the report, though the series may be kept. */
const ownGrids = new WeakMap<GlucoseSeries, WeakRef<Grid>>()

function gridOf(series: GlucoseSeries, stepMinutes: number): Grid {
  const { time, mgdl, flags } = series
  const stepMs = stepMinutes * MINUTE_MS
  const builder = new RunBuilder(stepMs)
  // The first point of the grid is one step after the first midnight.
  const midnight = Math.floor((time[0] ?? 0) / DAY_MS) * DAY_MS
  let nextPoint = midnight + stepMs
  for (let i = 0; i < time.length; i++) {
    const at = time[i] ?? 0
    const value = mgdl[i] ?? 0
    const isMmol = (flags[i] ?? 0) & GlucoseFlag.Mmol
    const next = time[i + 1]
    if (next === at) continue
    if (nextPoint < at) nextPoint = midnight + Math.ceil((at - midnight) / stepMs) * stepMs
    if (nextPoint === at) {
      builder.add(at, value, isMmol)
      nextPoint += stepMs
    }
    if (next === undefined || next - at > MAX_GAP_MS) continue
    const nextValue = valueAt(series, i + 1)
    for (; nextPoint < next; nextPoint += stepMs) {
      builder.add(nextPoint, value + ((nextValue - value) * (nextPoint - at)) / (next - at), isMmol)
    }
  }
  return builder.grid(stepMinutes)
}

/** The value that counts at the moment of value `i`: the last one of that moment. */
function valueAt({ time, mgdl }: GlucoseSeries, i: number): number {
  let last = i
  while (time[last + 1] === time[i]) last++
  return mgdl[last] ?? 0
}

/** Step in minutes: the usual spacing, made to fit into a day. 5 when there is nothing to measure. */
function stepOf(time: Float64Array): number {
  if (time.length < 2) return 5
  const usual = Math.max(1, roundHalfEven((mostCommonSpacingMs(time) ?? medianSpacingMs(time)) / MINUTE_MS))
  if (MINUTES_PER_DAY % usual === 0) return usual
  return usual > 20 ? 20 : Math.max(5, roundHalfEven(usual / 5) * 5)
}

/** What more than half of the spacings are, which is then their median; `undefined` when they are too different. */
function mostCommonSpacingMs(time: Float64Array): number | undefined {
  let candidate = Number.NaN
  let lead = 0
  for (let i = 1; i < time.length; i++) {
    const spacing = (time[i] ?? 0) - (time[i - 1] ?? 0)
    if (lead === 0) candidate = spacing
    lead += spacing === candidate ? 1 : -1
  }
  let count = 0
  for (let i = 1; i < time.length; i++) if ((time[i] ?? 0) - (time[i - 1] ?? 0) === candidate) count++
  // There is one spacing less than values. One more than half, so that both middle ones of an even number are among them.
  return 2 * count > time.length ? candidate : undefined
}

function medianSpacingMs(time: Float64Array): number {
  const spacing = new Float64Array(time.length - 1)
  for (let i = 0; i < spacing.length; i++) spacing[i] = (time[i + 1] ?? 0) - (time[i] ?? 0)
  return quantile(spacing.sort(), 0.5)
}

/** Collects points and cuts them into runs where a point is missing. */
class RunBuilder {
  readonly #stepMs: number
  readonly #runs: GridRun[] = []
  /** The points of the run that grows, in memory that all runs use in turn. */
  #mgdl = new Float64Array(4_096)
  #isMmol = new Uint8Array(4_096)
  #count = 0
  #startMs = 0
  #nextMs = Number.NaN
  #points = 0

  constructor(stepMs: number) {
    this.#stepMs = stepMs
  }

  add(at: number, mgdl: number, isMmol: number): void {
    if (at !== this.#nextMs) {
      this.#close()
      this.#startMs = at
    }
    if (this.#count === this.#mgdl.length) this.#grow()
    this.#mgdl[this.#count] = mgdl
    this.#isMmol[this.#count] = isMmol
    this.#count++
    this.#nextMs = at + this.#stepMs
  }

  grid(stepMinutes: number): Grid {
    this.#close()
    return { stepMinutes, runs: this.#runs, points: this.#points }
  }

  #grow(): void {
    const [mgdl, isMmol] = [this.#mgdl, this.#isMmol]
    this.#mgdl = new Float64Array(mgdl.length * 2)
    this.#isMmol = new Uint8Array(mgdl.length * 2)
    this.#mgdl.set(mgdl)
    this.#isMmol.set(isMmol)
  }

  #close(): void {
    if (this.#count === 0) return
    this.#points += this.#count
    this.#runs.push({
      startMs: this.#startMs,
      mgdl: this.#mgdl.slice(0, this.#count),
      isMmol: this.#isMmol.slice(0, this.#count),
    })
    this.#count = 0
  }
}
