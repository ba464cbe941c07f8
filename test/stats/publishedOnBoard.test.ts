/** Insulin on board against the curves that a loop app published with its doses; see the captures' readme, `iob`. */
import { describe, expect, it } from 'vitest'
import { MINUTE_MS } from '#records/time.ts'
import {
  type ActionCurve,
  type Dose,
  evenDoses,
  exponentialCurve,
  insulinOnBoard,
  walshCurve,
} from '#stats/insulinOnBoard.ts'
import { expectWithin } from '../helpers/close.ts'
import { wall } from '../helpers/glucose.ts'
import { curveOf, dosesOf, folder, type PublishedDose } from '../helpers/publishedDoses.ts'

/** Delay of all published curves, minutes. */
const DELAY = 10
/** What floating point makes of the order of additions, U. */
const EXACT = 1e-14
/** The app's own tolerance for a history of temporary rates, U. */
const SMOKE = 0.5

const minutesOf = ({ start_at: start, end_at: end }: PublishedDose) => (wall(end) - wall(start)) / MINUTE_MS
/** A temporary rate counts with what it gave above the programme's. */
const netUnits = (dose: PublishedDose) =>
  dose.unit === 'U' ? dose.amount : ((dose.amount - (dose.scheduled ?? 0)) * minutesOf(dose)) / 60

describe.skipIf(!folder)('one published bolus (needs the captures beside the checkout)', () => {
  const boluses = dosesOf('bolus_dose.json')
  const doses = boluses.map(bolus => ({ at: wall(bolus.start_at), units: netUnits(bolus) }))
  const curves: readonly (readonly [string, ActionCurve])[] = [
    ...[120, 180, 240, 300, 312, 360, 420].map(
      minutes => [`iob_from_bolus_${minutes}min_output.json`, walshCurve(minutes, DELAY)] as const,
    ),
    ['iob_from_bolus_exponential_output.json', exponentialCurve(360, 75, DELAY)],
  ]

  it.each(curves)('%s', (file, curve) => {
    const points = curveOf(file)
    expect(points.length).toBeGreaterThan(20)
    for (const { date, value } of points) expectWithin(insulinOnBoard(doses, curve, wall(date)), value, EXACT, date)
  })
})

/** As the app cuts a rate: whole five minutes and a rest, each at its beginning; up to 5.25 minutes are given at once. */
function cutByTheApp(dose: PublishedDose): Dose[] {
  const [minutes, units, start] = [minutesOf(dose), netUnits(dose), wall(dose.start_at)]
  if (minutes <= 5.25) return [{ at: start, units }]
  return Array.from({ length: Math.ceil(minutes / 5) }, (_, i) => ({
    at: start + i * 5 * MINUTE_MS,
    units: (units * Math.min(5, minutes - i * 5)) / minutes,
  }))
}

describe.skipIf(!folder)('a published history of temporary rates (needs the captures beside the checkout)', () => {
  const history = dosesOf('normalized_doses.json')
  const walshPoints = curveOf('iob_from_doses_output.json')
  const exponentialPoints = curveOf('iob_from_doses_exponential_output.json')

  it('has three boluses, sixteen rates and two curves', () => {
    expect(history.map(({ type }) => type).toSorted()).toEqual([
      ...Array.from({ length: 3 }, () => 'Bolus'),
      ...Array.from({ length: 16 }, () => 'TempBasal'),
    ])
    expect([walshPoints.length, exponentialPoints.length]).toEqual([104, 128])
  })

  it('gives the Walsh curve of four hours exactly, cut as the app cut', () => {
    const doses = history.flatMap(cutByTheApp)
    for (const { date, value } of walshPoints) {
      expectWithin(insulinOnBoard(doses, walshCurve(240, DELAY), wall(date)), value, EXACT, date)
    }
  })

  it('gives the Walsh curve to the app’s own tolerance, cut as the sheet says (§11)', () => {
    const doses = history.flatMap(dose =>
      dose.unit === 'U'
        ? [{ at: wall(dose.start_at), units: dose.amount }]
        : evenDoses(wall(dose.start_at), wall(dose.end_at), netUnits(dose)),
    )
    for (const { date, value } of walshPoints) {
      expectWithin(insulinOnBoard(doses, walshCurve(240, DELAY), wall(date)), value, SMOKE, date)
    }
  })

  it('gives the exponential curve to the app’s own tolerance', () => {
    // This one counts each piece up to ten minutes before it is given, once its rate has begun. Before the end of the
    // delay nothing has acted, so that a longer delay makes up for it.
    const onBoard = (at: number) =>
      history.reduce((sum, dose) => {
        const start = wall(dose.start_at)
        return cutByTheApp(dose).reduce((all, piece) => {
          const from = Math.max(start, piece.at - DELAY * MINUTE_MS)
          const curve = exponentialCurve(360, 75, DELAY + (piece.at - from) / MINUTE_MS)
          return all + insulinOnBoard([{ at: from, units: piece.units }], curve, at)
        }, sum)
      }, 0)
    for (const { date, value } of exponentialPoints) {
      expectWithin(onBoard(wall(date)), value, SMOKE, date)
      // Later the published curve goes up again, until the last dose is past its six hours: an error of its own.
      if (wall(date) <= wall('2015-10-16T02:30')) expectWithin(onBoard(wall(date)), value, 0.04, date)
    }
    expect(onBoard(wall(exponentialPoints.at(-1)?.date ?? ''))).toBe(0)
  })
})
