/** The kept inputs of reports: read once, never older than the data, not large, not for long. */
import { describe, expect, test } from 'vitest'
import { defaultPreferences } from '#records/preferences.ts'
import { noFilter } from '#reports/filter.ts'
import type { ReportInput } from '#reports/models.ts'
import { createInputCache, type InputQuery } from '#workers/inputCache.ts'
import { shareTexts } from '#workers/sharedTexts.ts'

const preferences = defaultPreferences
const week = { period: { firstDay: 100, lastDay: 106 } }
const weekBefore = { period: { firstDay: 93, lastDay: 99 } }
const third = { period: { firstDay: 0, lastDay: 6 } }

function cache(recordsOf: (query: InputQuery) => number = () => 10) {
  const loads: InputQuery[] = []
  const timers: (() => void)[] = []
  const inputs = createInputCache({
    load: async (query, prefs): Promise<ReportInput> => {
      loads.push(query)
      const records = Array.from({ length: recordsOf(query) })
      // Only the number of records is looked at.
      return {
        period: query.period,
        preferences: prefs,
        glucose: [],
        records,
        basalFrom: 0,
        deviceNames: {},
      } as unknown as ReportInput
    },
    later: act => timers.push(act),
  })
  return { inputs, loads, timers }
}

describe('an input', () => {
  test('is read once for the same days, filter and preferences, also when asked for twice at once', async () => {
    const { inputs, loads } = cache()
    const [one, two] = await Promise.all([inputs.get(week, preferences, 1), inputs.get(week, preferences, 1)])
    expect(two).toBe(one)
    expect(await inputs.get(week, preferences, 1)).toBe(one)
    expect(loads).toHaveLength(1)
  })

  test('is read anew for other days, another filter, other preferences, and after another read', async () => {
    const { inputs, loads } = cache()
    await inputs.get(week, preferences, 1)
    await inputs.get({ ...week, filter: { ...noFilter, weekdaysOff: [0] } }, preferences, 1)
    await inputs.get(week, { ...preferences, carbUnits: 'grams' }, 1)
    await inputs.get(week, preferences, 2)
    expect(loads).toHaveLength(4)
  })

  test('is forgotten when the data change, even while it is being read', async () => {
    const { inputs, loads } = cache()
    const asked = inputs.get(week, preferences, 1)
    inputs.forget()
    await asked
    await inputs.get(week, preferences, 1)
    expect(loads).toHaveLength(2)
  })

  test('makes room: of three the first asked for is read anew', async () => {
    const { inputs, loads } = cache()
    for (const query of [week, weekBefore, third, weekBefore, third, week]) await inputs.get(query, preferences, 1)
    expect(loads).toEqual([week, weekBefore, third, week])
  })

  test('that is larger than all that may be kept is not kept', async () => {
    const { inputs, loads } = cache(() => 120_001)
    await inputs.get(week, preferences, 1)
    await inputs.get(week, preferences, 1)
    expect(loads).toHaveLength(2)
  })

  test('makes room when two together are more than may be kept', async () => {
    const { inputs, loads } = cache(() => 70_000)
    for (const query of [week, weekBefore, weekBefore, week]) await inputs.get(query, preferences, 1)
    expect(loads).toEqual([week, weekBefore, week])
  })

  test('is dropped a while after the last use, and not before', async () => {
    const { inputs, loads, timers } = cache()
    await inputs.get(week, preferences, 1)
    await inputs.get(week, preferences, 1)
    timers[0]?.()
    await inputs.get(week, preferences, 1)
    expect(loads).toHaveLength(1)
    timers.at(-1)?.()
    await inputs.get(week, preferences, 1)
    expect(loads).toHaveLength(2)
  })

  test('that could not be read is asked for again', async () => {
    let fails = true
    const inputs = createInputCache({
      load: async query => {
        if (fails) throw new Error('gone')
        // As above.
        return { period: query.period, glucose: [], records: [] } as unknown as ReportInput
      },
      later: () => undefined,
    })
    await expect(inputs.get(week, preferences, 1)).rejects.toThrow('gone')
    fails = false
    expect((await inputs.get(week, preferences, 1)).period).toEqual(week.period)
  })

  test('is made smaller once, after it was given', async () => {
    const compacted: unknown[] = []
    const timers: (() => void)[] = []
    const inputs = createInputCache({
      // As above.
      load: async query => ({ period: query.period, glucose: [], records: [] }) as unknown as ReportInput,
      compact: input => compacted.push(input),
      later: act => timers.push(act),
    })
    const input = await inputs.get(week, preferences, 1)
    expect(compacted).toEqual([])
    await inputs.get(week, preferences, 1)
    for (const act of timers) act()
    expect(compacted).toEqual([input])
  })
})

test('sharing texts changes nothing that a record says', () => {
  const fresh = (text: string) => text.split('').join('')
  const records = [
    { id: fresh('one'), type: fresh('bolus'), units: 1, raw: { page: 0 } },
    { id: fresh('two'), type: fresh('bolus'), name: fresh('one'), units: 2, raw: { page: 1 } },
  ]
  const before = structuredClone(records)
  shareTexts(records)
  expect(records).toEqual(before)
})
