import { expect, it } from 'vitest'
import type { Histogram } from '#reports/distributionModel.ts'
import { histogramChart } from '#ui/reports/distribution/histogramChart.ts'
import { formatOf, preferencesWith } from './reportFormat.ts'

const format = formatOf(preferencesWith())

/** One value in the last bin. */
function histogramUpTo(from: number, binWidth: number, bins: number): Histogram {
  const column = (isLast: boolean) =>
    Float64Array.from({ length: bins }, (_, bin) => (isLast && bin === bins - 1 ? 1 : 0))
  const ranges = [false, false, true, false, false]
  return {
    from,
    binWidth,
    count: 1,
    counts: ranges.map(isTarget => Uint32Array.from(column(isTarget))),
    shares: ranges.map(column),
    cumulative: column(true),
  }
}

it('writes so few glucose values below the bars that they stand apart on a phone', () => {
  const labels = (histogram: Histogram, units: 'mg/dL' | 'mmol/L') =>
    histogramChart({ histogram, units, format }).xTicks?.map(({ label }) => label)
  expect(labels(histogramUpTo(40, 10, 36), 'mg/dL')).toEqual(['50', '100', '150', '200', '250', '300', '350', '400'])
  // A meter tells values up to 600 mg/dL.
  expect(labels(histogramUpTo(10, 10, 60), 'mg/dL')).toEqual(['100', '200', '300', '400', '500', '600'])
  expect(labels(histogramUpTo(0, 0.5, 67), 'mmol/L')).toEqual(['0', '4', '8', '12', '16', '20', '24', '28', '32'])
})
