/** Curves of insulin on board, against the spots of the metrics sheet §11 and the published curves of the captures. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type ActionCurve, bilinearCurve, exponentialCurve, insulinOnBoard, walshCurve } from '#stats/insulinOnBoard.ts'
import { captures } from '../helpers/captures.ts'
import { wall } from '../helpers/glucose.ts'

const folder = captures('cgm')

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

describe.skipIf(!folder)('published curves of 1.5 U given at 12:02:37 (need the captures)', () => {
  const curves: readonly (readonly [string, ActionCurve])[] = [
    ...[120, 180, 240, 300, 312, 360, 420].map(
      minutes => [`iob_from_bolus_${minutes}min_output.json`, walshCurve(minutes, 10)] as const,
    ),
    ['iob_from_bolus_exponential_output.json', exponentialCurve(360, 75, 10)],
  ]
  it.each(curves)('%s', (file, curve) => {
    // Shape as told by the captures' readme.
    const points = JSON.parse(readFileSync(join(folder ?? '', 'iob', file), 'utf8')) as readonly {
      readonly date: string
      readonly value: number
    }[]
    expect(points.length).toBeGreaterThan(20)
    const dose = { at: wall('2015-07-13T12:02:37'), units: 1.5 }
    for (const { date, value } of points) expect(insulinOnBoard([dose], curve, wall(date))).toBeCloseTo(value, 12)
  })
})
