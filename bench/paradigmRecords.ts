/**
 * How fast history pages of a Paradigm pump become final records: checksums, cutting, joins, names, the account of every
 * byte. The pages of one captured pump over and over, in one process. `folder` holds `history-*.bin`, 00 the newest.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bytesFromHex } from '#bytes/hex.ts'
import { decode } from '#devices/paradigm/decode/decode.ts'
import type { Download, Page } from '#devices/driver.ts'

const MEASURED_MS = 2000
const NEWEST = 500

/** Replies of a 522 (paradigm sheet §4.1, §4.3), so that a small pump's programme is derived, too. */
const REPLIES: readonly (readonly [opcode: number, bytes: number, hex: string])[] = [
  [0x92, 192, '20000026000D2C001326001C'],
  [0x93, 192, '00003F'],
  [0x94, 192, '00003F'],
  [0xc0, 64, '000100010164005000000100000000640104001400'],
]

/** Pages a second of processor time, and how many records a page gives. */
export function decodePages(folder: string, model: string): { pagesPerSecond: number; recordsPerPage: number } {
  const download = downloadOf(folder, model)
  const count = download.pages.filter(({ kind }) => kind === 'history').length
  if (count === 0) throw new Error(`No history pages in ${folder}`)
  const warmUntil = performance.now() + MEASURED_MS / 2
  while (performance.now() < warmUntil) decode(download)
  const before = process.cpuUsage()
  const started = performance.now()
  let [rounds, records] = [0, 0]
  while (performance.now() - started < MEASURED_MS) {
    records += decode(download).records.length
    rounds++
  }
  // Of the processor, not of the clock: other programs may be running. Collecting garbage on other cores counts, too.
  const { user, system } = process.cpuUsage(before)
  return { pagesPerSecond: (rounds * count * 1e6) / (user + system), recordsPerPage: records / rounds / count }
}

function downloadOf(folder: string, model: string): Download {
  const replies = [...REPLIES, [0x8d, 64, `03${Buffer.from(model, 'latin1').toString('hex')}`] as const]
  const history = readdirSync(folder).filter(name => /^history-\d+\.bin$/.test(name))
  return {
    driver: 'paradigm',
    modelId: 'paradigm',
    device: { kind: 'pump', manufacturer: 'Medtronic', model: `MiniMed Paradigm ${model}`, serial: '123456' },
    pages: [
      ...replies.map(([index, length, hex]): Page => {
        const bytes = new Uint8Array(length)
        bytes.set(bytesFromHex(hex))
        return { kind: 'reply', index, bytes }
      }),
      ...history.map((name): Page => {
        const index = NEWEST - Number(/\d+/.exec(name)?.[0])
        return { kind: 'history', index, bytes: new Uint8Array(readFileSync(join(folder, name))) }
      }),
    ],
    complete: true,
  }
}
