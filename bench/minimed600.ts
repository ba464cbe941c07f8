/**
 * Ninety days of a simulated MiniMed 640G as a kept download, what a first read of a whole pump brings; and its decoding,
 * in another process, so that making it does not count.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { Writer } from '#bytes/writer.ts'
import type { Page } from '#devices/driver.ts'
import { encodeDownload, parseDownload } from '#devices/downloadFile.ts'
import { decode } from '#devices/minimed-600/decode/decode.ts'
import { createMemory } from '#devices/minimed-600/simulate/memory.ts'
import { Answer, HistoryType } from '#devices/minimed-600/talk/message.ts'
import { PageKind } from '#devices/minimed-600/talk/slices.ts'
import type { DeviceTime } from '#records/time.ts'

const GROUP_BLOCKS = 16

/** Writes it; says how many blocks of history of each kind it holds. `what`: `pump` for the pump's own alone. */
export async function writeMinimed600(path: string, what: string): Promise<{ blocks: number }> {
  const { memory } = createMemory({
    seed: 1,
    days: 90,
    // 2026-03-14T08:05:00 as a wall clock.
    now: Date.UTC(2026, 2, 14, 8, 5) as DeviceTime,
    serial: 'NG7654321H',
    mac: new Uint8Array(8),
    modelNumber: 'MMT-1712',
    meterSerial: 'BG1234563B',
  })
  const types = what === 'pump' ? [HistoryType.pump] : Object.values(HistoryType)
  const pages: Page[] = []
  for (const type of types) {
    const blocks = memory.blocks[type].map(({ bytes }) => bytes)
    for (let at = 0; at < blocks.length; at += GROUP_BLOCKS) {
      const packed = memory.pack(type, blocks.slice(at, at + GROUP_BLOCKS))
      const bytes = new Writer().u16be(Answer.HISTORY).bytes(packed).done()
      const kind = type === HistoryType.pump ? PageKind.pump : PageKind.sensor
      pages.push({ kind, index: pages.length, bytes })
    }
  }
  const device = { kind: 'pump', manufacturer: 'Medtronic', model: 'MiniMed 640G', serial: 'NG7654321H' } as const
  const download = { driver: 'minimed-600', modelId: 'minimed-640g', device, pages, complete: true }
  await writeFile(path, encodeDownload(download))
  return { blocks: types.reduce((sum, type) => sum + memory.blocks[type].length, 0) }
}

const ROUNDS = 20

/**
 * Decodes a kept download over and over. Milliseconds of one core, which other programs do not lengthen, and by the
 * clock; `memory` is asked before and after the first time.
 */
export async function decodeMinimed600(path: string, memoryMb: () => number): Promise<object> {
  const download = parseDownload(await readFile(path))
  if (!download) throw new Error(`${path} is no download`)
  const baseMb = memoryMb()
  const first = timed(() => decode(download))
  const peakMb = memoryMb()
  const times = Array.from({ length: ROUNDS }, () => timed(() => decode(download)))
  return {
    records: first.result.records.length,
    firstMs: first.coreMs,
    coreMs: Math.min(...times.map(({ coreMs }) => coreMs)),
    clockMs: Math.min(...times.map(({ clockMs }) => clockMs)),
    baseMb,
    peakMb,
  }
}

function timed<T>(work: () => T): { readonly result: T; readonly coreMs: number; readonly clockMs: number } {
  const before = process.cpuUsage()
  const started = performance.now()
  const result = work()
  const clockMs = performance.now() - started
  const { user, system } = process.cpuUsage(before)
  return { result, coreMs: (user + system) / 1000, clockMs }
}
