/** What the Daily report gets from the store beside its own day: the boluses of the evening before, which still act. */
import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { deviceDayOf } from '#records/time.ts'
import { createApp, TODAY, valueOf } from './fixtures.ts'

it('gives the day its own rows, and counts what the evening before left on board', async () => {
  const app = createApp()
  valueOf(await app.data.importSample())
  const day = TODAY - 1
  const model = valueOf(await app.data.report('daily', { period: { firstDay: day, lastDay: day } }))
  // The made-up person has dinner after six: by the slowest curve some of its insulin still acts at midnight.
  const slowest = model.onBoard?.curves.at(-1)
  expect(slowest?.units[0]).toBeGreaterThan(0)
  expect(model.therapy.every(({ at }) => deviceDayOf(at) === day)).toBe(true)
  expect(model.therapy.filter(({ bolus }) => bolus).length).toBe(model.boluses.length)
  const alone = valueOf(await app.data.report('insulin', { period: { firstDay: day, lastDay: day } }))
  expect(alone.days[0]?.insulin?.bolusUnits).toBe(model.insulin?.bolusUnits)
})
