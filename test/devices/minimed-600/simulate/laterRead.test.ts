/** A simulated pump is one pump: read again a little later, it tells the same, and what has happened since. */
import { expect, it } from 'vitest'
import type { Download } from '#devices/driver.ts'
import { driver } from '#devices/minimed-600/driver.ts'
import { models } from '#devices/minimed-600/models.ts'
import { simulation } from '#devices/minimed-600/simulator.ts'
import { type DeviceTime, HOUR_MS, MINUTE_MS, shifted } from '#records/time.ts'
import { wall } from '../../../helpers/glucose.ts'
import { idsOf, read } from '../../reading.ts'

const [model] = models
const now = wall('2026-03-14T21:30:00')

async function readAt(time: DeviceTime, earlier: readonly Download[] = []) {
  if (!model) throw new Error('no model')
  const simulator = simulation.create(model.id, 'everyday', time)
  const { download, error } = await read({ driver, model, simulator, earlier })
  if (!download) throw error
  const decoded = driver.decode(download)
  return { download, records: decoded.records, ids: idsOf(decoded) }
}

it.each([
  ['ten minutes', 10 * MINUTE_MS],
  ['five hours', 5 * HOUR_MS],
])(
  'nothing older than the first read is new %s later, but the settings and the total of a day that has ended',
  async (_, laterMs) => {
    const first = await readAt(now)
    const second = await readAt(shifted(now, laterMs), [first.download])
    const known = new Set(first.ids)
    const fresh = second.records.filter((_record, i) => !known.has(second.ids[i] ?? ''))
    const old = fresh.filter(({ type, deviceTime }) => deviceTime <= now && type !== 'setting' && type !== 'dailyTotal')
    expect(old.map(({ type, deviceTime }) => `${type} ${new Date(deviceTime).toISOString()}`)).toEqual([])
    expect(fresh.length).toBeLessThan(200)
  },
)
