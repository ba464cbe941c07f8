/** The real store, driven directly: years of five-minute glucose in, and out again. */
import { expose } from 'comlink'
import type { Cbg } from '#records/records.ts'
import { DAY_MS, type DeviceTime, MINUTE_MS } from '#records/time.ts'
import { putArtifact } from '#store/artifacts.ts'
import { Collector } from '#store/collect.ts'
import { openDatabase } from '#store/db.ts'
import { readGlucose } from '#store/read.ts'
import { newReadId } from '#records/readId.ts'
import { saveRead } from '#store/save.ts'
import type { YearsResult } from './bench.ts'

/** 2026-03-14. */
const LAST_DAY = 20_526
const VALUES_A_DAY = 288

const storeBench = {
  async years(years: number): Promise<YearsResult> {
    const name = `bench-${years}`
    const db = await openDatabase({ name })
    const days = Math.round(years * 365.25)
    const firstDay = LAST_DAY - days + 1
    try {
      const about = {
        name,
        kind: 'download' as const,
        mediaType: 'application/octet-stream',
        receivedAt: 0,
        decoderId: 'bench',
        simulated: true,
      }
      const artifact = await putArtifact(db, new Blob([name]), about)
      const begun = performance.now()
      const collector = new Collector({ artifactId: artifact.row.id, decoderVersion: 1, route: 'read' })
      const device = collector.device({ kind: 'sensor', manufacturer: 'Basalt', model: 'Bench', serial: name })
      for (let i = 0; i < days * VALUES_A_DAY; i++) collector.record(device, valueAt(firstDay, i))
      const batch = collector.finish()
      const collected = performance.now()
      const info = { readId: newReadId(), how: 'simulated' as const, at: 0, title: name, durationMs: 0 }
      await saveRead(db, artifact, batch, { ...info, result: 'complete' })
      const written = performance.now()
      const [series] = await readGlucose(db, { firstDay, lastDay: LAST_DAY })
      const read = performance.now()
      const values = series?.time.length ?? 0
      if (values !== days * VALUES_A_DAY) throw new Error(`${values} values came back`)
      return { values, collectMs: collected - begun, writeMs: written - collected, readMs: read - written }
    } finally {
      await db.delete()
    }
  },
}

export type StoreBench = typeof storeBench

/** A sensor's value: two meals' worth of waves, in mg/dL. */
function valueAt(firstDay: number, i: number): Cbg {
  return {
    type: 'cbg',
    // A device day begins at its midnight's wall time.
    deviceTime: (firstDay * DAY_MS + i * 5 * MINUTE_MS) as DeviceTime,
    identity: '',
    raw: { page: 0, offset: i * 8, length: 8 },
    value: Math.round(140 + 60 * Math.sin(i / 40) + 30 * Math.sin(i / 7)),
    units: 'mg/dL',
  }
}

expose(storeBench)
