/**
 * What a chart shows, as plain data: lanes above one another over one x axis, in data coordinates. `Chart.tsx` draws it
 * with Chart.js on the screen, `SvgChart.tsx` as vectors for print, so both always show the same.
 */
import type { RangeName } from '#reports/models.ts'

/** What a mark means; the palette turns it into a colour, the print adds hatching. */
export type Tone =
  | RangeName
  | 'band'
  | 'ink'
  | 'neutral'
  /** One of many lines that lie over one another. */
  | 'trace'
  | 'bolus'
  | 'auto'
  | 'carbs'
  | 'basal'
  | 'basalEdge'
  | 'temp'
  | 'automated'
  | 'suspended'
  | 'profileOuter'
  | 'profileInner'
  | 'profileMedian'
  | WeekdayTone

/** The colours of single days laid over one another: Sunday to Saturday. */
export const weekdayTones = ['day0', 'day1', 'day2', 'day3', 'day4', 'day5', 'day6'] as const
export type WeekdayTone = (typeof weekdayTones)[number]

/**
 * Shapes carry the meaning where colour alone would: down is low, up is high, diamond is a meter value. The crosses are
 * strokes, for marks of many kinds in one chart.
 */
export type Shape = 'dot' | 'ring' | 'diamond' | 'square' | 'up' | 'down' | StrokedShape
const strokedShapes = ['plus', 'cross', 'star'] as const
type StrokedShape = (typeof strokedShapes)[number]
export const isStroked = (shape: Shape): boolean => strokedShapes.some(stroked => stroked === shape)

export interface Dot {
  readonly x: number
  readonly y: number
  readonly tone: Tone
  readonly shape: Shape
  /** Pixels on the screen. */
  readonly radius: number
}

export interface Box {
  readonly x0: number
  readonly x1: number
  readonly y0: number
  readonly y1: number
  readonly tone: Tone
}

/** A filled area between two lines over the same x; NaN in either leaves a gap. */
export interface Area {
  readonly x: ArrayLike<number>
  readonly low: ArrayLike<number>
  readonly high: ArrayLike<number>
  readonly tone: Tone
}

/** A line through its points; NaN in `y` breaks it. */
export interface Line {
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
  readonly tone: Tone
  readonly widthPx: number
  readonly dashed?: boolean
  /** Lengths of strokes and gaps in pixels, where lines are told apart by them. */
  readonly dash?: readonly number[]
}

export interface Label {
  readonly x: number
  readonly y: number
  readonly text: string
  /** above: centred over the point; middle: centred on it; left, right: beside it. */
  readonly place: 'above' | 'middle' | 'left' | 'right'
  /** Left out when wider than this many units of x. */
  readonly fitsX?: number
  /** Radius in pixels of the mark that it stands beside. */
  readonly besidePx?: number
}

export interface Tick {
  readonly value: number
  /** An array is written in lines, the first on top. */
  readonly label: string | readonly string[]
  /** A limit of the person's: drawn stronger. */
  readonly limit?: boolean
}

export interface Lane {
  readonly id: string
  /** Name with unit, written inside the lane at its top left. */
  readonly title: string
  /** Share of the height. */
  readonly weight: number
  readonly min: number
  readonly max: number
  readonly ticks: readonly Tick[]
  /** Drawn in this order: boxes, areas, lines, dots, labels. */
  readonly boxes?: readonly Box[]
  readonly areas?: readonly Area[]
  readonly lines?: readonly Line[]
  readonly dots?: readonly Dot[]
  readonly labels?: readonly Label[]
}

export interface ChartSpec {
  readonly xMin: number
  readonly xMax: number
  readonly xTicks: readonly Tick[]
  /** Whether the ticks of x have lines through the lanes. */
  readonly xLines: boolean
  readonly lanes: readonly Lane[]
}

/** One step of the cursor: everything at `x`, as a sentence. Sorted by `x`. */
export interface Stop {
  readonly x: number
  readonly text: string
}

/** Index of the stop nearest to `x`; `undefined` when there are none. */
export function nearestStop(stops: readonly Stop[], x: number): number | undefined {
  let low = 0
  let high = stops.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((stops[middle]?.x ?? 0) < x) low = middle + 1
    else high = middle
  }
  const right = stops[low]
  const left = stops[low - 1]
  if (!right) return undefined
  return left && x - left.x <= right.x - x ? low - 1 : low
}

/** The stretches of an area without gaps, each as the outline's corners: along the top, and back along the foot. */
export function outlinesOf({ x, low, high }: Area): readonly (readonly (readonly [x: number, y: number])[])[] {
  const outlines: (readonly (readonly [number, number])[])[] = []
  let start = 0
  for (let i = 0; i <= x.length; i++) {
    const gap = i === x.length || Number.isNaN(low[i] ?? Number.NaN) || Number.isNaN(high[i] ?? Number.NaN)
    if (!gap) continue
    const rows = Array.from({ length: i - start }, (_, k) => start + k)
    if (rows.length > 1) {
      const top = rows.map(row => [x[row] ?? 0, high[row] ?? 0] as const)
      const foot = rows.map(row => [x[row] ?? 0, low[row] ?? 0] as const)
      outlines.push([...top, ...foot.reverse()])
    }
    start = i + 1
  }
  return outlines
}
