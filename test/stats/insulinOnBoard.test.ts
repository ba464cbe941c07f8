/** Curves of insulin on board, against the spots of the metrics sheet §11. The published curves: `publishedDoses`. */
import { expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '#records/time.ts'
import {
  type ActionCurve,
  bilinearCurve,
  evenDoses,
  exponentialCurve,
  insulinOnBoard,
  walshCurve,
} from '#stats/insulinOnBoard.ts'

it('gives the sheet’s spots of the exponential curve', () => {
  expect(exponentialCurve(360, 75)(108)).toBeCloseTo(0.5110493617156, 12)
  expect(exponentialCurve(360, 65)(82)).toBeCloseTo(0.6002510111374, 12)
})

it.each([
  ['exponential', exponentialCurve(360, 75), 360],
  ['Walsh, three hours', walshCurve(180), 180],
  ['Walsh, eight hours', walshCurve(480), 480],
  ['bilinear, three hours', bilinearCurve(3), 180],
] as const)('%s: nothing has acted at the beginning, everything at the end', (_, curve, end) => {
  expect(curve(-5)).toBe(1)
  expect(curve(0)).toBe(1)
  expect(curve(end)).toBe(0)
  expect(curve(end / 2)).toBeLessThan(0.6)
  expect(curve(end / 2)).toBeGreaterThan(0.1)
})

it('adds the doses up', () => {
  const half: ActionCurve = minutes => (minutes < 60 ? 1 : 0.5)
  const doses = [
    { at: 0, units: 2 },
    { at: 3_600_000, units: 1 },
    { at: 7_200_000, units: 9 },
  ]
  expect(insulinOnBoard(doses, half, 3_600_000)).toBe(2)
})

it('gives an extended bolus in pieces of five minutes, each at its middle', () => {
  expect(
    evenDoses(HOUR_MS, HOUR_MS + 15 * MINUTE_MS, 0.6).map(({ at, units }) => [at / MINUTE_MS - 60, units]),
  ).toEqual([
    [2.5, 0.6 / 3],
    [7.5, 0.6 / 3],
    [12.5, 0.6 / 3],
  ])
  // Half a unit an hour less than the programme's, for four minutes.
  const [piece, ...others] = evenDoses(0, 4 * MINUTE_MS, -0.5 / 15)
  expect([piece, others.length]).toEqual([{ at: 2 * MINUTE_MS, units: -0.5 / 15 }, 0])
})
