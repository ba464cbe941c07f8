/**
 * The data table over a year of a pump that doses by itself, in the real Chromium: what is found is counted, the times
 * are printed, not judged, as they depend on the machine.
 */
import { expect, it } from 'vitest'
import { defaultPreferences } from '#records/preferences.ts'
import type { TherapyRecord } from '#records/records.ts'
import { Collector } from '#store/collect.ts'
import { saveRead } from '#store/save.ts'
import type { ListCounts } from '#store/recordList.ts'
import type { RecordsQuery } from '#workers/api.ts'
import { recordsPage } from '#workers/recordsPage.ts'
import { after, cbg, freshDatabase, keep, minutes, pump, readInfo } from '../store/records.ts'

const DAYS = 365
const PER_DAY = 288
const BOLUSES = 8

it('opens, pages and searches a year of sensor values, micro-doses and boluses', { timeout: 300_000 }, async () => {
  const db = await freshDatabase()
  const artifact = await keep(db, { text: 'a year' })
  const collector = new Collector({ artifactId: artifact.row.id, decoderVersion: 1, route: 'read' })
  const device = collector.device(pump)
  const add = (minute: number, rest: object) =>
    collector.record(device, {
      ...rest,
      deviceTime: after(minutes(minute)),
      identity: `${minute}`,
      raw: { page: 0, offset: minute, length: 14 },
      // Whole with what is added here.
    } as TherapyRecord)
  for (let i = 0; i < DAYS * PER_DAY; i++) {
    collector.record(device, cbg(minutes(5 * i), 100 + (i % 97)))
    add(5 * i + 1, { type: 'autoBasalDose', units: 0.05 })
    if (i % (PER_DAY / BOLUSES) === 0) add(5 * i + 2, { type: 'bolus', subType: 'normal', normalUnits: 12.5 })
  }
  await saveRead(db, artifact, collector.finish(), readInfo())

  const times: Record<string, number> = {}
  let known: ListCounts | undefined
  const ask = async (name: string, change: Partial<RecordsQuery> = {}) => {
    const started = performance.now()
    const query: RecordsQuery = { order: 'newest', offset: 0, limit: 100, ...change }
    const answer = await recordsPage(db, query, defaultPreferences, { isWanted: () => true, known, revision: '' })
    times[name] = Math.round(performance.now() - started)
    if (!answer) throw new Error('nobody else asked')
    known = answer.counts
    return answer.page
  }
  const all = DAYS * (2 * PER_DAY + BOLUSES)
  expect((await ask('cold')).total).toBe(all)
  expect((await ask('next page', { offset: 100 })).rows).toHaveLength(100)
  expect((await ask('last page', { offset: all - 50 })).rows).toHaveLength(50)
  known = undefined
  expect((await ask('open')).rows).toHaveLength(100)
  known = undefined
  expect((await ask('boluses', { types: ['bolus'] })).total).toBe(DAYS * BOLUSES)
  known = undefined
  expect((await ask('search 12.5', { search: '12.5' })).total).toBe(DAYS * BOLUSES)
  known = undefined
  expect((await ask('search nothing', { search: 'nowhere' })).total).toBe(0)
  await db.delete()
  // oxlint-disable-next-line no-console -- the figures are what this test is for
  console.info(`a year, ${all} records, ms:`, JSON.stringify(times))
})
