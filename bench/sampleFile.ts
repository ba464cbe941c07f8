/** Large made-up CareLink exports on disk, written piece by piece. */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { sampleCsv } from '#files/carelink-csv/sample.ts'

/** 2026-03-14. */
const LAST_DAY = 20_526

/** Writes an export of so many days; returns its size and its rows. */
export async function writeSample(path: string, days: number): Promise<{ bytes: number; rows: number }> {
  const out = createWriteStream(path)
  let bytes = 0
  let rows = 0
  for (const piece of sampleCsv({ days, lastDay: LAST_DAY, seed: 1 })) {
    bytes += Buffer.byteLength(piece)
    rows += piece.split('\n').length - 1
    if (!out.write(piece)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'close')
  return { bytes, rows }
}
