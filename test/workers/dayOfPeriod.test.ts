/** One day has one amount of insulin, wherever the period begins: what stopped the basal the evening before is known too. */
import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { deviceDayOf } from '#records/time.ts'
import { captures } from '../helpers/captures.ts'
import { wall } from '../helpers/glucose.ts'
import { createApp, valueOf } from './fixtures.ts'

const folder = captures('carelink-csv')

describe.skipIf(!folder)('a real export (needs the captures beside the checkout)', () => {
  it('gives each day of three weeks the same insulin alone as among the others', async () => {
    const app = createApp()
    const name = 'raw-us-revel723-2013.csv'
    const file = new File([readFileSync(join(folder ?? '', name))], name)
    for (const outcome of await app.data.importFiles([file], () => {})) valueOf(outcome)
    const [firstDay, lastDay] = [deviceDayOf(wall('2013-08-14')), deviceDayOf(wall('2013-09-03'))]
    const whole = valueOf(await app.data.report('insulin', { period: { firstDay, lastDay } }))
    for (const { day, insulin } of whole.days) {
      const alone = valueOf(await app.data.report('insulin', { period: { firstDay: day, lastDay: day } }))
      expect(alone.days[0]?.insulin, String(day)).toEqual(insulin)
    }
    // The reservoir was taken out at 23:40 the evening before; the pump counted 31.25 U.
    const after = whole.days.find(({ day }) => day === deviceDayOf(wall('2013-08-24')))?.insulin
    expect(after?.pumpTotalUnits).toBe(31.25)
    expect(after?.ownTotalUnits).toBeCloseTo(31.25, 1)
  })
})
