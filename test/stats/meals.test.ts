/** Which entries of carbs count, and which of them are one meal. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Food, Wizard } from '#records/records.ts'
import { eatenEntries, mealsOf } from '#stats/meals.ts'
import { wall } from '../helpers/glucose.ts'
import { logged } from '../helpers/pumpLog.ts'

const noon = wall('2024-03-01T12:00')
const at = (minutes: number) => noon + minutes * 60_000

function wizard(minutes: number, carbsGrams: number, delivered?: boolean): Wizard {
  const record = logged(at(minutes), {
    type: 'wizard',
    carbsGrams,
    ...(delivered === undefined ? {} : { delivered }),
  })
  if (record.type !== 'wizard') throw new Error('a wizard')
  return record
}

function food(minutes: number, carbsGrams: number): Food {
  const record = logged(at(minutes), { type: 'food', carbsGrams })
  if (record.type !== 'food') throw new Error('food')
  return record
}

const gramsOf = (entries: readonly (Wizard | Food)[]) => entries.map(entry => entry.carbsGrams)

it('counts no screen without carbs and none that was left without a bolus', () => {
  expect(gramsOf(eatenEntries([wizard(0, 0), wizard(30, 20, false), wizard(60, 45, true)], []))).toEqual([45])
})

it('does not count food noted again with the calculator’s amount within a quarter of an hour', () => {
  expect(gramsOf(eatenEntries([wizard(0, 40)], [food(15, 40)]))).toEqual([40])
  expect(gramsOf(eatenEntries([wizard(0, 40)], [food(-15, 40)]))).toEqual([40])
  expect(gramsOf(eatenEntries([wizard(0, 40)], [food(16, 40)]))).toEqual([40, 40])
  expect(gramsOf(eatenEntries([wizard(0, 40)], [food(5, 30)]))).toEqual([40, 30])
})

it('lets one screen account for one note only', () => {
  expect(gramsOf(eatenEntries([wizard(0, 40)], [food(2, 40), food(4, 40)]))).toEqual([40, 40])
})

it('joins entries within a quarter of an hour of the first', () => {
  const meals = mealsOf([food(0, 10), food(15, 20), food(16, 30), food(31, 40), food(32, 50)])
  expect(meals.map(({ at: begun, entries }) => [(begun - noon) / 60_000, entries.length])).toEqual([
    [0, 2],
    [16, 2],
    [32, 1],
  ])
})

it('matches notes as the obvious way does, which looks at every screen for every note', () => {
  const minutes = fc.array(fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 1, max: 3 })), { maxLength: 12 })
  fc.assert(
    fc.property(minutes, minutes, (asked, noted) => {
      const byTime = (a: readonly number[], b: readonly number[]) => (a[0] ?? 0) - (b[0] ?? 0)
      const wizards = asked.toSorted(byTime).map(([minute, grams]) => wizard(minute, grams))
      const notes = noted.toSorted(byTime).map(([minute, grams]) => food(minute, grams))
      const left = [...wizards]
      const kept = notes.filter(note => {
        const twin = left.findIndex(
          one => one.carbsGrams === note.carbsGrams && Math.abs(one.deviceTime - note.deviceTime) <= 15 * 60_000,
        )
        if (twin >= 0) left.splice(twin, 1)
        return twin < 0
      })
      expect(eatenEntries(wizards, notes).filter(({ type }) => type === 'food')).toEqual(kept)
    }),
  )
})
