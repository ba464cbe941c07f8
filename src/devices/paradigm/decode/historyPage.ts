/**
 * Cuts a history page into its records. Knows how long records are and when they were written, not what they say.
 * Pure; takes any bytes. Source: paradigm sheet §6.1 and §6.2.
 *
 * Every byte from 0 to 1021 ends up in exactly one of `records`, `fillers` and `unknown`.
 */
import { DAY_MS, type DeviceTime } from '#records/time.ts'
import { PAGE_CONTENT_BYTES } from './crc16.ts'
import { readDate2, readDate5 } from './dates.ts'
import type { Family } from './family.ts'
import { type Layout, layoutOf, recordLength } from './lengths.ts'

export interface HistoryRecord {
  readonly opcode: number
  /** Index into `Download.pages`. */
  readonly page: number
  readonly offset: number
  /** The whole record with its opcode, a view of the page. */
  readonly bytes: Uint8Array
  /** Offset of the 5-byte time in `bytes`; `undefined` for records that have none. */
  readonly dateAt: number | undefined
  /** When it was written; of a daily total the midnight at which its day began. */
  readonly time: DeviceTime | undefined
  /** Bits beside the time: three of the hour, three of the day, one of the year. All 0 without a 5-byte time. */
  readonly spare: { readonly hour: number; readonly day: number; readonly year: number }
}

/** Bytes that no record is made of. */
export interface Stretch {
  readonly offset: number
  readonly length: number
}

export interface CutPage {
  /** In the page's order: oldest first. */
  readonly records: readonly HistoryRecord[]
  /** Runs of zero bytes between and behind the records. */
  readonly fillers: readonly Stretch[]
  /** What could not be cut, and why. */
  readonly unknown: readonly (Stretch & { readonly reason: string })[]
}

/** Cuts bytes 0 to 1021; whether the checksum is right is for `pageCrcIsRight` to say first. */
export function cutHistoryPage(bytes: Uint8Array, page: number, family: Family): CutPage {
  const end = Math.min(bytes.length, PAGE_CONTENT_BYTES)
  const records: HistoryRecord[] = []
  const fillers: Stretch[] = []
  const unknown: (Stretch & { reason: string })[] = []
  let lastTime: DeviceTime | undefined
  let at = 0
  while (at < end) {
    if (bytes[at] === 0) {
      const offset = at
      while (at < end && bytes[at] === 0) at++
      fillers.push({ offset, length: at - offset })
      continue
    }
    const found = recordAt(bytes, at, end, family)
    if (typeof found === 'string') {
      const next = nextPlausible(bytes, at + 1, end, { family, lastTime })
      unknown.push({ offset: at, length: next - at, reason: reasonOf(found, bytes[at] ?? 0) })
      at = next
      continue
    }
    const { layout, length, time } = found
    const hasDate = layout.dateKind === 'date5'
    const dateAt = at + layout.dateAt
    records.push({
      opcode: bytes[at] ?? 0,
      page,
      offset: at,
      bytes: bytes.subarray(at, at + length),
      dateAt: hasDate ? layout.dateAt : undefined,
      time,
      spare: hasDate
        ? {
            hour: (bytes[dateAt + 2] ?? 0) >> 5,
            day: (bytes[dateAt + 3] ?? 0) >> 5,
            year: (bytes[dateAt + 4] ?? 0) >> 7,
          }
        : noSpareBits,
    })
    lastTime = time ?? lastTime
    at += length
  }
  return { records, fillers, unknown }
}

const noSpareBits = { hour: 0, day: 0, year: 0 }

interface Found {
  readonly layout: Layout
  readonly length: number
  readonly time: DeviceTime | undefined
}

type Problem = 'opcode' | 'length' | 'end' | 'date'

/** The record that stands at `at`, or what is wrong with it. */
function recordAt(bytes: Uint8Array, at: number, end: number, family: Family): Found | Problem {
  const layout = layoutOf(bytes[at] ?? 0, family)
  if (!layout) return 'opcode'
  const length = at + 1 < end ? recordLength(bytes, at, layout) : 2
  if (length === undefined) return 'length'
  if (at + length > end) return 'end'
  if (layout.dateKind === 'none') return { layout, length, time: undefined }
  const read = layout.dateKind === 'date5' ? readDate5 : readDate2
  const time = read(bytes, at + layout.dateAt)
  return time === undefined ? 'date' : { layout, length, time }
}

/** How far in time a record behind a gap may be from the last one before it. */
const FARTHEST_MS = 400 * DAY_MS

/**
 * The first offset from `from` where cutting can go on: a record with a time near the last good one (any possible time
 * when there is none yet), behind which stands another record or a filler. `end` when there is none.
 */
function nextPlausible(
  bytes: Uint8Array,
  from: number,
  end: number,
  { family, lastTime }: { family: Family; lastTime: DeviceTime | undefined },
): number {
  for (let at = from; at < end; at++) {
    const found = recordAt(bytes, at, end, family)
    if (typeof found === 'string' || found.time === undefined) continue
    if (lastTime !== undefined && Math.abs(found.time - lastTime) > FARTHEST_MS) continue
    const behind = at + found.length
    if (behind === end || bytes[behind] === 0) return at
    const following = recordAt(bytes, behind, end, family)
    if (typeof following === 'string') continue
    if (following.time === undefined || Math.abs(following.time - found.time) <= FARTHEST_MS) return at
  }
  return end
}

function reasonOf(problem: Problem, opcode: number): string {
  const name = opcode.toString(16).toUpperCase().padStart(2, '0')
  switch (problem) {
    case 'opcode':
      return `a history record of an unknown kind (${name})`
    case 'length':
      return `a history record (${name}) of an impossible length`
    case 'end':
      return `a history record (${name}) that would reach beyond its page`
    case 'date':
      return `a history record (${name}) with an impossible time`
  }
}
