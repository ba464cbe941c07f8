/**
 * A smooth curve through points, as short straight pieces: the same for the screen and for print. A cardinal spline with
 * tension one half; it goes through every point. Source: metrics sheet §8.
 */

export interface Curve {
  readonly x: readonly number[]
  readonly y: readonly number[]
}

const PIECES = 12

/** Points ascending in x; NaN in `y` leaves a gap. */
export function curveThrough(x: readonly number[], y: readonly number[]): Curve {
  const curve = { x: [] as number[], y: [] as number[] }
  const at = (i: number, instead: number): number => {
    const value = y[i] ?? Number.NaN
    return Number.isNaN(value) ? instead : value
  }
  for (let i = 0; i < x.length; i++) {
    const [x0 = 0, x1] = [x[i], x[i + 1]]
    const [y0 = Number.NaN, y1 = Number.NaN] = [y[i], y[i + 1]]
    curve.x.push(x0)
    curve.y.push(y0)
    if (x1 === undefined || Number.isNaN(y0) || Number.isNaN(y1)) continue
    const slope0 = (y1 - at(i - 1, y0)) / 2
    const slope1 = (at(i + 2, y1) - y0) / 2
    for (let piece = 1; piece < PIECES; piece++) {
      const s = piece / PIECES
      const [s2, s3] = [s * s, s * s * s]
      curve.x.push(x0 + (x1 - x0) * s)
      curve.y.push(
        (2 * s3 - 3 * s2 + 1) * y0 + (s3 - 2 * s2 + s) * slope0 + (3 * s2 - 2 * s3) * y1 + (s3 - s2) * slope1,
      )
    }
  }
  return curve
}
