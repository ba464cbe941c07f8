/**
 * One and ten years of five-minute glucose in the real Chromium: everything written is read again. The times are
 * printed, not judged: they depend on the machine.
 */
import { expect, it } from 'vitest'
import { Collector } from '#store/collect.ts'
import { readGlucose } from '#store/read.ts'
import { saveRead } from '#store/save.ts'
import { cbg, DAY, freshDatabase, keep, minutes, pump, readInfo } from './records.ts'

const VALUES_PER_DAY = 288

async function timed<T>(times: Record<string, number>, name: string, work: () => T | Promise<T>): Promise<T> {
  const start = performance.now()
  const value = await work()
  times[name] = Math.round(performance.now() - start)
  return value
}

/** A day's shape that never repeats exactly. */
const valueAt = (i: number): number => 120 + Math.round(60 * Math.sin(i / 40) + 20 * Math.sin(i / 7.3))

const wholePeriod = (days: number) => ({ firstDay: DAY, lastDay: DAY + days - 1 })

it.each([
  ['one year', 365],
  ['ten years', 3650],
])('holds %s of glucose and gives back every value', async (name, days) => {
  const db = await freshDatabase()
  const times: Record<string, number> = {}
  const artifact = await keep(db, { text: name })
  const collector = new Collector({ artifactId: artifact.row.id, decoderVersion: 1, route: 'read' })
  const device = collector.device(pump)
  await timed(times, 'collect', () => {
    for (let i = 0; i < days * VALUES_PER_DAY; i++) {
      const raw = { page: 0, offset: i * 40, length: 40 }
      collector.record(device, cbg(minutes(5 * i), valueAt(i), { isigNa: 20, raw }))
    }
  })
  const batch = await timed(times, 'into days', () => collector.finish())
  const first = await timed(times, 'write', () => saveRead(db, artifact, batch, readInfo()))
  expect(first.devices[0]?.tally.cbg?.added).toBe(days * VALUES_PER_DAY)
  const again = await timed(times, 'write again', () => saveRead(db, artifact, batch, readInfo()))
  expect(again.devices[0]?.tally.cbg?.added).toBe(0)
  await timed(times, 'read', () => readGlucose(db, wholePeriod(days)))
  const [series] = await timed(times, 'read again', () => readGlucose(db, wholePeriod(days)))
  expect(series?.time).toHaveLength(days * VALUES_PER_DAY)
  expect([...(series?.mgdl ?? [])].every((mgdl, i) => mgdl === valueAt(i))).toBe(true)
  await timed(times, 'read 14 days', () => readGlucose(db, wholePeriod(14)))
  await db.delete()
  // oxlint-disable-next-line no-console -- the figures are what this test is for
  console.info(`${name}, ${days * VALUES_PER_DAY} values, ms:`, JSON.stringify(times))
})
