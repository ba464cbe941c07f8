/** How a day is divided for the logbook, with the mealtimes 06–10, 11–15, 16–22, night 00–06 and bedtime from 20. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultPreferences } from '#records/preferences.ts'
import { type MealMinutes, mealtimeAt, partStarts } from '#stats/dayParts.ts'

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const dayOf = (eaten: MealMinutes, preferences = defaultPreferences) =>
  partStarts(preferences, eaten).map(({ part, fromMinute }) => `${clock(fromMinute)} ${part}`)

describe('a day', () => {
  it('with three meals has each before and after', () => {
    expect(dayOf({ breakfast: 7 * 60 + 30, lunch: 12 * 60, dinner: 18 * 60 })).toEqual([
      '00:00 night',
      '06:30 beforeBreakfast',
      '07:30 afterBreakfast',
      '11:00 beforeLunch',
      '12:00 afterLunch',
      '17:00 beforeDinner',
      '18:00 afterDinner',
      // Three hours after dinner.
      '21:00 bedtime',
    ])
  })

  it('without meals leaves the mealtimes undivided', () => {
    expect(dayOf({})).toEqual(['00:00 night', '06:00 breakfast', '10:00 lunch', '15:00 dinner', '20:00 bedtime'])
  })

  it('with a late breakfast begins lunch only when breakfast is over', () => {
    expect(dayOf({ breakfast: 9 * 60 + 30 })).toContain('12:30 lunch')
    // A lunch that was entered has its hour before all the same.
    expect(dayOf({ breakfast: 9 * 60 + 30, lunch: 12 * 60 })).toContain('11:00 beforeLunch')
  })

  it('with a very late dinner has no bedtime', () => {
    expect(dayOf({ dinner: 21 * 60 + 30 }).at(-1)).toBe('21:30 afterDinner')
  })

  it('ends the night with a breakfast before its end', () => {
    const early = { ...defaultPreferences, overnight: { fromMinute: 0, toMinute: 8 * 60 } }
    expect(dayOf({ breakfast: 7 * 60 }, early).slice(0, 3)).toEqual([
      '00:00 night',
      '07:00 afterBreakfast',
      '10:00 lunch',
    ])
  })

  it('has a night that goes over midnight at both ends', () => {
    const preferences = { ...defaultPreferences, overnight: { fromMinute: 22 * 60, toMinute: 6 * 60 } }
    const parts = dayOf({}, preferences)
    expect([parts[0], parts.at(-2), parts.at(-1)]).toEqual(['00:00 night', '20:00 bedtime', '22:00 night'])
  })

  it('carries bedtime over midnight when the night begins later', () => {
    const preferences = { ...defaultPreferences, overnight: { fromMinute: 60, toMinute: 6 * 60 } }
    expect(dayOf({}, preferences).slice(0, 2)).toEqual(['00:00 bedtime', '01:00 night'])
  })

  it('always begins at midnight and ascends', () => {
    const minute = fc.option(fc.integer({ min: 0, max: 1439 }), { nil: undefined })
    fc.assert(
      fc.property(minute, minute, minute, (breakfast, lunch, dinner) => {
        const eaten = {
          ...(breakfast === undefined ? {} : { breakfast }),
          ...(lunch === undefined ? {} : { lunch }),
          ...(dinner === undefined ? {} : { dinner }),
        }
        const minutes = partStarts(defaultPreferences, eaten).map(({ fromMinute }) => fromMinute)
        expect(minutes[0]).toBe(0)
        expect(minutes).toEqual([...new Set(minutes)].sort((a, b) => a - b))
      }),
    )
  })
})

it('finds a mealtime, also one that goes over midnight', () => {
  const { meals } = defaultPreferences
  expect([5, 6, 9, 10, 14, 22].map(hour => mealtimeAt(hour * 60, meals))).toEqual([
    undefined,
    'breakfast',
    'breakfast',
    undefined,
    'lunch',
    undefined,
  ])
  const late = { ...meals, dinner: { ...meals.dinner, fromMinute: 20 * 60, toMinute: 60 } }
  expect([mealtimeAt(23 * 60, late), mealtimeAt(30, late), mealtimeAt(60, late)]).toEqual([
    'dinner',
    'dinner',
    undefined,
  ])
})
