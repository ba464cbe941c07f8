/** Downloads for tests: of captured lines, of events in hex, of a simulated memory. */
import { crc16ccitt } from '#bytes/checksum.ts'
import { bytesFromHex } from '#bytes/hex.ts'
import { Writer } from '#bytes/writer.ts'
import { decode } from '#devices/minimed-600/decode/decode.ts'
import type { Decoded, Download, Page } from '#devices/driver.ts'
import type { RecordOf, RecordType } from '#records/records.ts'

export const PUMP = 2
export const SENSOR = 3
const BLOCK_BYTES = 2048

export function downloadOf(pages: readonly Page[]): Download {
  const device = { kind: 'pump', manufacturer: 'Medtronic', model: 'MiniMed 640G', serial: 'NG1234567H' } as const
  return { driver: 'minimed-600', modelId: 'minimed-640g', device, pages, complete: true }
}

/** A page as it comes: command first, everything in hex. */
export const page = (kind: string, hex: string, index = 0): Page => ({ kind, index, bytes: bytesFromHex(hex) })

/** A group of history whose data are not packed: each list of events, in hex, is a block. */
export function historyPage(blocks: readonly (readonly string[])[], type = PUMP): Page {
  const data = new Writer()
  for (const events of blocks) data.bytes(block(bytesFromHex(events.join(''))))
  const bytes = new Writer().u16be(0x030e).u8(type).u32be(data.length).u32be(data.length).u8(0).bytes(data.done())
  return { kind: type === PUMP ? 'history-pump' : 'history-sensor', index: 0, bytes: bytes.done() }
}

/** 2048 bytes around what is used, with length and checksum. */
export function block(used: Uint8Array): Uint8Array {
  const filled = new Writer().bytes(used).fill(BLOCK_BYTES - 4 - used.length, 0xff)
  return filled.u16be(used.length).u16be(crc16ccitt(used)).done()
}

/** A page that says which stretch was read whole. */
export const slicePage = (fromRtc: number, toRtc: number, type = PUMP): Page => ({
  kind: 'slice',
  index: 0,
  bytes: new Writer().u8(type).u32be(fromRtc).u32be(toRtc).done(),
})

/** An event: type, RTC, data in hex; OFFSET of a real pump, by which RTC 80b65ca6 is 2017-12-20T00:00:00. */
export function event(type: string, rtc: number, data = '', offset = 'a11607da'): string {
  const size = (11 + data.length / 2).toString(16).padStart(2, '0')
  return `${type}00${size}${rtc.toString(16).padStart(8, '0')}${offset}${data}`
}

export const decodePages = (...pages: readonly Page[]): Decoded => decode(downloadOf(pages))

export const ofType = <T extends RecordType>({ records }: Pick<Decoded, 'records'>, type: T): RecordOf<T>[] =>
  records.filter((record): record is RecordOf<T> => record.type === type)
