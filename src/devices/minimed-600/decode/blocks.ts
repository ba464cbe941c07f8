/**
 * One group of history as the pump sends it (command 030E): unpacked, cut into blocks, each block checked. Pure; takes
 * any bytes. Source: minimed-600 sheet §10.1 and §10.2. Offsets here are the sheet's less one: the page begins with the
 * command, without the sequence.
 *
 * | offset | size | group                                                    |
 * | 0      | 2    | 03 0E                                                    |
 * | 2      | 1    | 02 pump, 03 sensor                                       |
 * | 3      | 4    | length as sent, u32be                                    |
 * | 7      | 4    | length unpacked, u32be: whole blocks                     |
 * | B      | 1    | 01 packed with LZO1X, 00 as it is                        |
 * | C      | ..   | data                                                     |
 *
 * | offset | size | block of 2048 bytes                                      |
 * | 0      | n    | events                                                   |
 * | 7FC    | 2    | n, u16be                                                 |
 * | 7FE    | 2    | CRC-16 of these n bytes, u16be                           |
 */
import { crc16ccitt } from '#bytes/checksum.ts'
import { HistoryType } from '../talk/message.ts'
import { unpack, type Unpacked } from './lzo.ts'

export const BLOCK_BYTES = 2048
export const USED_AT = 0x7fc
export const HEADER_BYTES = 12
const CRC_AT = 0x7fe
const COMMAND = 0x030e
/** Real groups are 16 blocks at most. */
const MAX_BLOCKS = 128

export interface Block {
  /** Its number in the group. */
  readonly index: number
  /** The used part: events one after the other. The CRC was right. */
  readonly bytes: Uint8Array
}

export interface Group {
  readonly dataType?: HistoryType
  readonly blocks: readonly Block[]
  /** What was not understood, in plain words; empty when the group is whole. */
  readonly problems: readonly string[]
}

/** Reads a group. Of a broken one the blocks that are whole are given. */
export function readGroup(page: Uint8Array): Group {
  const nothing = (problem: string): Group => ({ blocks: [], problems: [problem] })
  if (page.length < HEADER_BYTES) return nothing('history that ends in its header')
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength)
  if (view.getUint16(0) !== COMMAND) return nothing('not an answer with history')
  const dataType = typeOf(view.getUint8(2))
  if (dataType === undefined) return nothing(`history of an unknown kind: ${view.getUint8(2)}`)
  const sentBytes = view.getUint32(3)
  const length = view.getUint32(7)
  const data = page.subarray(HEADER_BYTES)
  if (length % BLOCK_BYTES !== 0 || length > MAX_BLOCKS * BLOCK_BYTES) {
    return nothing(`history of an impossible length: ${length}`)
  }
  const packing = view.getUint8(0x0b)
  if (packing > 1) return nothing(`history packed in an unknown way: ${packing}`)

  const problems: string[] = []
  if (sentBytes !== data.length) problems.push('history with another length than it announces')
  const { bytes, problem } = packing === 1 ? unpack(data, length) : plain(data, length)
  if (problem !== undefined) problems.push(`packed history that ${problem}`)
  const blocks: Block[] = []
  for (let at = 0; at + BLOCK_BYTES <= bytes.length; at += BLOCK_BYTES) {
    const used = usedPart(bytes.subarray(at, at + BLOCK_BYTES))
    if (used) blocks.push({ index: at / BLOCK_BYTES, bytes: used })
    else problems.push('a block of history with a wrong checksum')
  }
  return { dataType, blocks, problems }
}

/** The block's events; `undefined` when length or CRC are wrong. */
function usedPart(block: Uint8Array): Uint8Array | undefined {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength)
  const length = view.getUint16(USED_AT)
  if (length > USED_AT) return undefined
  const used = block.subarray(0, length)
  return crc16ccitt(used) === view.getUint16(CRC_AT) ? used : undefined
}

function plain(data: Uint8Array, length: number): Unpacked {
  const bytes = data.subarray(0, length)
  return data.length === length ? { bytes } : { bytes, problem: 'gives more or less than it announces' }
}

const typeOf = (code: number): HistoryType | undefined => Object.values(HistoryType).find(type => type === code)

/** True when every block of the group is there and has the right checksum. */
export const isWholeGroup = (page: Uint8Array): boolean => readGroup(page).problems.length === 0
