/** Means over the last days, so that a trend is seen through the days' ups and downs. */

/**
 * Mean of each value and those before it, `length` in all, where at least `least` of them are known; else NaN. NaN among
 * the values is not known. Of 1, 2, 6 with a length of 2 and one that is enough: 1, 1.5, 4.
 */
export function movingMean(values: ArrayLike<number>, length: number, least: number): Float64Array<ArrayBuffer> {
  const means = new Float64Array(values.length)
  for (let end = 0; end < values.length; end++) {
    let sum = 0
    let count = 0
    for (let i = Math.max(0, end - length + 1); i <= end; i++) {
      const value = values[i] ?? Number.NaN
      if (Number.isNaN(value)) continue
      sum += value
      count++
    }
    means[end] = count >= least ? sum / count : Number.NaN
  }
  return means
}
