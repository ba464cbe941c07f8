/** The records behind a number of a report that leaves a device out. */
import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { deviceKeyOf } from '#records/identity.ts'
import { cbg, DAY, meter, minutes, pump, saved } from '../store/records.ts'
import { createApp, valueOf } from './fixtures.ts'

it('are those of the other device, also where the one left out told the same times', async () => {
  const app = createApp()
  const db = await app.db()
  await saved(db, 'pump', [cbg(minutes(5), 110), cbg(minutes(10), 112)], { device: pump })
  await saved(db, 'other', [cbg(minutes(5), 111), cbg(minutes(10), 113)], { device: meter, at: 2_000 })
  const ask = async (devicesOff: readonly string[]) =>
    valueOf(
      await app.data.evidence({
        kinds: ['cbg'],
        period: { firstDay: DAY, lastDay: DAY },
        range: 'target',
        filter: { weekdaysOff: [], daysOff: [], devicesOff },
        offset: 0,
        limit: 10,
      }),
    ).rows.map(({ fields }) => fields['value'])
  const both = await ask([])
  expect(both).toHaveLength(2)
  expect(await ask([deviceKeyOf(pump)])).toEqual([111, 113])
  expect(await ask([deviceKeyOf(meter)])).toEqual([110, 112])
})
