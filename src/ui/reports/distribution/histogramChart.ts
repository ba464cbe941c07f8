/** The histogram as bars by range, and below it the share of values up to each; x is in the person's unit. */
import { type Histogram, type RangeName, rangeNames } from '#reports/distributionModel.ts'
import type { GlucoseUnits } from '#records/units.ts'
import type { Box, ChartSpec, Stop, Tick } from '../../charts/spec.ts'
import type { Format } from '../../texts/format.ts'
import { distributionTexts } from '../../texts/reports/distribution.ts'
import { rounded } from '../amounts.ts'
import { indicesOfSpan } from '../spoken.ts'

const t = distributionTexts.histogram

export interface HistogramDrawing {
  readonly histogram: Histogram
  readonly units: GlucoseUnits
  readonly format: Format
}

/** A bin in words and numbers, for the table and the readout. */
export interface BinRow {
  readonly from: string
  /** The last value in it. */
  readonly to: string
  readonly count: number
  /** 0 to 1. */
  readonly share: number
  readonly cumulative: number
  /** Ranges that its values belong to. */
  readonly ranges: readonly RangeName[]
}

export function binRows({ histogram, units, format }: HistogramDrawing): readonly BinRow[] {
  const { from, binWidth, counts, shares, cumulative } = histogram
  const places = units === 'mg/dL' ? 0 : 1
  const text = (value: number) => format.number(value, places)
  const sum = (columns: readonly ArrayLike<number>[], bin: number) =>
    columns.reduce((total, column) => total + (column[bin] ?? 0), 0)
  return Array.from(cumulative, (upTo, bin) => ({
    from: text(from + bin * binWidth),
    to: text(from + (bin + 1) * binWidth - 10 ** -places),
    count: sum(counts, bin),
    share: sum(shares, bin),
    cumulative: upTo,
    ranges: rangeNames.filter((_, range) => (counts[range]?.[bin] ?? 0) > 0),
  }))
}

/** More labels would run into one another on a phone. */
const MOST_TICKS = 10

/** Glucose on the x axis always has at least this extent, so that days and people can be compared. */
const ENDS: Readonly<Record<GlucoseUnits, { readonly min: number; readonly max: number; readonly tick: number }>> = {
  'mg/dL': { min: 40, max: 400, tick: 50 },
  'mmol/L': { min: 2, max: 22, tick: 2 },
}

export function histogramChart(drawing: HistogramDrawing): ChartSpec {
  const { histogram, units, format } = drawing
  const { from, binWidth, cumulative } = histogram
  const ends = ENDS[units]
  const xMin = Math.min(ends.min, from)
  const xMax = Math.max(ends.max, from + cumulative.length * binWidth)
  const tallest = Math.max(...binRows(drawing).map(({ share }) => share * 100))
  const step = [1, 2, 5, 10, 20, 50].find(size => tallest / size <= 5) ?? 50
  const top = Math.ceil(tallest / step) * step
  const tick = ends.tick * Math.ceil((xMax - xMin) / ends.tick / MOST_TICKS)
  const first = Math.ceil(xMin / tick)
  return {
    xMin,
    xMax,
    xTicks: Array.from({ length: Math.floor(xMax / tick) - first + 1 }, (_, i) => ({
      value: (first + i) * tick,
      label: String((first + i) * tick),
    })),
    xLines: false,
    lanes: [
      {
        id: 'share',
        title: t.axis(units, format.number(binWidth, units === 'mg/dL' ? 0 : 1)),
        weight: 3,
        min: 0,
        max: top * 1.15,
        ticks: percentTicks(top, step),
        boxes: boxesOf(histogram),
      },
      {
        id: 'cumulative',
        title: t.cumulativeAxis,
        weight: 2,
        min: 0,
        max: 118,
        ticks: percentTicks(100, 50),
        lines: [
          {
            x: Float64Array.from([from, ...cumulative.keys()], (bin, i) =>
              i === 0 ? from : from + (bin + 1) * binWidth,
            ),
            y: Float64Array.from([0, ...cumulative], share => share * 100),
            tone: 'profileMedian',
            widthPx: 2.5,
          },
        ],
      },
    ],
  }
}

/** Where the values lie and which are the most, in one spoken sentence. */
export function histogramSummary(drawing: HistogramDrawing, source: string): string {
  const { histogram, units, format } = drawing
  const rows = binRows(drawing)
  const most = rows[indicesOfSpan(rows.map(({ share }) => share))?.[1] ?? -1]
  const [first, last] = [rows[0], rows.at(-1)]
  if (!most || !first || !last) return t.title(source)
  return t.summary(
    histogram.count,
    source,
    [first.from, last.to],
    t.bin(most.from, most.to, units),
    percentText(most.share, format),
  )
}

export const histogramStops = (drawing: HistogramDrawing): readonly Stop[] =>
  binRows(drawing).map(({ from, to, count, share, cumulative }, bin) => ({
    x: drawing.histogram.from + (bin + 0.5) * drawing.histogram.binWidth,
    text: t.stop(
      t.bin(from, to, drawing.units),
      percentText(share, drawing.format),
      count,
      percentText(cumulative, drawing.format),
    ),
  }))

/** One decimal, as in all tables (metrics sheet §1.3). */
export const percentText = (share: number, format: Format): string => rounded(share * 100, 1, format)

const percentTicks = (top: number, step: number): readonly Tick[] =>
  Array.from({ length: Math.round(top / step) + 1 }, (_, i) => ({ value: i * step, label: String(i * step) }))

/** A bin over a limit is of two ranges, one on the other. */
function boxesOf({ from, binWidth, shares, cumulative }: Histogram): Box[] {
  return Array.from(cumulative.keys()).flatMap(bin => {
    let y0 = 0
    return rangeNames.flatMap((tone, range): Box[] => {
      const height = (shares[range]?.[bin] ?? 0) * 100
      if (height <= 0) return []
      const x0 = from + (bin + 0.05) * binWidth
      const box = { x0, x1: x0 + 0.9 * binWidth, y0, y1: y0 + height, tone }
      y0 += height
      return [box]
    })
  })
}
