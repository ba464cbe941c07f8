/**
 * Basal derived from real Paradigm histories as a loop app wrote them down, against what that app made of them; see the
 * captures' readme, `iob`.
 */
import { describe, expect, it } from 'vitest'
import type { TherapyRecord } from '#records/records.ts'
import { deviceDayOf } from '#records/time.ts'
import type { Stored } from '#reports/models.ts'
import { deriveBasal, unitsOf } from '#stats/basal.ts'
import { insulinByDay } from '#stats/insulin.ts'
import { clipped } from '#stats/stretches.ts'
import { expectClose, expectWithin } from '../helpers/close.ts'
import { wall } from '../helpers/glucose.ts'
import { bolus, logged, rate, resume, suspend, tempRate } from '../helpers/pumpLog.ts'
import { dosesOf, folder, type PublishedDose } from '../helpers/publishedDoses.ts'

/** The app rounds what a temporary rate gave to the pump's strokes of 0.05 U: half a stroke, and floating point. */
const HALF_STROKE = 0.025 + 1e-9

/** A row of the history as a record of a pump's log. */
function recordOf({ type, start_at: start, end_at: end, amount }: PublishedDose): Stored<TherapyRecord> {
  if (type === 'TempBasal') return tempRate(start, amount, (wall(end) - wall(start)) / 60_000)
  if (type === 'Bolus') return bolus(start, amount)
  if (type === 'Meal') return logged(start, { type: 'food', carbsGrams: amount })
  return type === 'PumpSuspend' ? suspend(start) : resume(start)
}

const ascending = (records: readonly Stored<TherapyRecord>[]) => records.toSorted((a, b) => a.deviceTime - b.deviceTime)

describe.skipIf(!folder)('a published history with overlapping rates (needs the captures beside the checkout)', () => {
  const records = ascending(dosesOf('reconcile_history_input.json').map(recordOf))
  const published = dosesOf('reconcile_history_output.json')
  const stretches = published.filter(({ type }) => type === 'TempBasal' || type === 'PumpSuspend')
  const end = Math.max(...stretches.map(stretch => wall(stretch.end_at)))
  const segments = deriveBasal(records, wall('2016-02-15T00:00'), wall('2016-02-16T00:00'))

  it.each(stretches)('$type $amount U/h from $start_at', ({ type, start_at, end_at, amount, delivered }) => {
    const parts = clipped(segments, wall(start_at), wall(end_at))
    expect([parts[0]?.from, parts.at(-1)?.to]).toEqual([wall(start_at), wall(end_at)])
    expect(parts.length).toBe(1)
    const [part] = parts
    if (!part) return
    expect(part.delivery).toBe(type === 'PumpSuspend' ? 'suspended' : 'temp')
    expect(part.rateUnitsPerHour).toBe(amount)
    // Not given for the suspend, nor for the rate that was still running.
    if (delivered !== undefined) expectWithin(unitsOf(part), delivered, HALF_STROKE, 'units')
  })

  it('has nothing else: the history does not tell the programme', () => {
    const length = (list: readonly { from: number; to: number }[]) =>
      list.reduce((sum, { from, to }) => sum + to - from, 0)
    expect(Math.max(...segments.map(segment => segment.to))).toBe(end)
    expect(length(segments)).toBe(
      length(stretches.map(stretch => ({ from: wall(stretch.start_at), to: wall(stretch.end_at) }))),
    )
  })

  it('keeps its boluses and meals as they are', () => {
    const day = deviceDayOf(wall('2016-02-15T00:00'))
    const [sum] = insulinByDay(records, segments, day, day)
    const total = (type: PublishedDose['type'], value: (dose: PublishedDose) => number | undefined) =>
      published.filter(dose => dose.type === type).reduce((all, dose) => all + (value(dose) ?? Number.NaN), 0)
    expectClose(
      sum?.bolusUnits ?? Number.NaN,
      total('Bolus', ({ delivered }) => delivered),
      'boluses',
    )
    expectClose(
      sum?.carbsGrams ?? Number.NaN,
      total('Meal', ({ amount }) => amount),
      'carbohydrate',
    )
    expect(sum?.bolusCount).toBe(published.filter(({ type }) => type === 'Bolus').length)
  })
})

// Its other file, `reservoir_history_with_rewind_and_prime_input.json`, is not read: it holds levels of the reservoir that
// a loop app polls and turns into doses. Basalt has no such levels; it takes what was given from the pump's own log.
describe.skipIf(!folder)('a published history from the reservoir (needs the captures beside the checkout)', () => {
  const rates = dosesOf('dose_history_with_delivered_units.json')
  const amounts = dosesOf('reservoir_history_with_rewind_and_prime_output.json')
  const records = ascending([...rates.map(recordOf), rate('2016-01-30T15:00', rates[0]?.scheduled ?? Number.NaN)])
  const segments = deriveBasal(records, wall('2016-01-30T15:00'), wall('2016-01-31T00:00'))

  it('has two files of the same 54 stretches', () => {
    expect(rates.length).toBe(54)
    expect(amounts.map(({ start_at, end_at }) => [start_at, end_at])).toEqual(
      rates.map(({ start_at, end_at }) => [start_at, end_at]),
    )
  })

  it.each(rates.map((dose, i) => ({ ...dose, left: amounts[i]?.amount ?? Number.NaN })))(
    '$left U from $start_at',
    ({ start_at, end_at, scheduled, delivered = Number.NaN, left }) => {
      const parts = clipped(segments, wall(start_at), wall(end_at))
      expect([parts[0]?.from, parts.at(-1)?.to]).toEqual([wall(start_at), wall(end_at)])
      expect(new Set(parts.map(({ delivery }) => delivery))).toEqual(new Set(['temp']))
      expect(new Set(parts.map(part => part.suppressedUnitsPerHour))).toEqual(new Set([scheduled]))
      const units = parts.reduce((sum, part) => sum + unitsOf(part), 0)
      expectClose(units, left, 'what left the reservoir')
      expectWithin(units, delivered, HALF_STROKE, 'in strokes')
    },
  )
})
