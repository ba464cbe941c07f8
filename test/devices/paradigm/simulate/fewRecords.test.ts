/** The small memory of a simulated pump: a second read finds what the first one found. */
import { describe, expect, it } from 'vitest'
import { familyOf } from '#devices/paradigm/decode/family.ts'
import { fewRecords } from '#devices/paradigm/simulate/fewRecords.ts'
import { type DeviceTime, DAY_MS, HOUR_MS, MINUTE_MS, shifted } from '#records/time.ts'

// Day 2950 * 7 since 1970 began here: 2026-07-16.
const STRETCH = (2950 * 7 * DAY_MS) as DeviceTime

describe.each(['523', '515'])('of a %s', model => {
  const family = familyOf(model)
  if (!family) throw new Error('a family')

  it.each([
    ['some minutes later', 12 * MINUTE_MS],
    ['a day later', DAY_MS],
    ['before the next stretch of days', 7 * DAY_MS - MINUTE_MS],
  ])('has the same pages %s', (_, ms) => {
    const first = fewRecords(model, family, STRETCH)
    expect(fewRecords(model, family, shifted(STRETCH, ms)).history).toEqual(first.history)
  })

  it('has nothing in it that is still to come', () => {
    const before = fewRecords(model, family, shifted(STRETCH, -HOUR_MS)).history
    expect(fewRecords(model, family, STRETCH).history).not.toEqual(before)
  })
})
