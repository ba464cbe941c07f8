/**
 * Pages as a Paradigm pump fills them: history records, or the events of its sensor, packed in order. Sheet §6.1, §7.1,
 * §7.2.
 */
import type { DeviceTime } from '#records/time.ts'
import { CgmOpcode, TimestampType } from '../decode/cgmEvents.ts'
import { PAGE_BYTES, PAGE_CONTENT_BYTES } from '../decode/crc16.ts'
import { emptyPage, withIsigCrc, withPageCrc } from './pump.ts'

/** Pages full of these records, oldest first; the last is the one being filled. A record never spans two. */
export function historyPages(records: readonly Uint8Array[]): readonly Uint8Array[] {
  const pages: Uint8Array[] = []
  let page = new Uint8Array(PAGE_BYTES)
  let used = 0
  for (const record of records) {
    if (used + record.length > PAGE_CONTENT_BYTES) {
      pages.push(withPageCrc(page))
      page = new Uint8Array(PAGE_BYTES)
      used = 0
    }
    page.set(record, used)
    used += record.length
  }
  return [...pages, used === 0 ? emptyPage() : withPageCrc(page)]
}

/** One event of the sensor, opcode last as in the page. */
export interface SensorEvent {
  readonly bytes: Uint8Array
  /** What stands in the ISIG page under the opcode; under all other bytes 0022. */
  readonly word: number
  /** Of readings and states, which come every five minutes: when. They do not write it. */
  readonly relativeAt?: DeviceTime
}

/** A time of an event of the sensor: 4 bytes, in the order of reading (§7.1). */
const date4 = (time: DeviceTime, type: number): readonly number[] => {
  const at = new Date(time)
  const month = at.getUTCMonth() + 1
  return [
    at.getUTCHours() | ((month >> 2) << 6),
    at.getUTCMinutes() | ((month & 3) << 6),
    at.getUTCDate() | (type << 5),
    at.getUTCFullYear() - 2000,
  ]
}

/** An event of its own time; `body` stands behind the time in the order of reading, `yearBit` is its top bit. */
export function sensorEventAt(
  opcode: number,
  time: DeviceTime,
  {
    type = 0,
    body = [],
    yearBit = 0,
  }: { readonly type?: number; readonly body?: readonly number[]; readonly yearBit?: number } = {},
): SensorEvent {
  const [hour = 0, minute = 0, day = 0, year = 0] = date4(time, type)
  const reading = [opcode, hour, minute, day, year | (yearBit << 7), ...body]
  return { bytes: Uint8Array.from(reading.toReversed()), word: opcode }
}

const ARGUMENT_WORD = 0x22
/** What a page keeps free for its last timestamp. */
const TIMESTAMP_BYTES = 5

/** Pairs of glucose and ISIG pages, oldest first; the last pair is the one being filled. */
export function sensorPages(
  events: readonly SensorEvent[],
): readonly { readonly glucose: Uint8Array; readonly isig: Uint8Array }[] {
  const pages: { readonly glucose: Uint8Array; readonly isig: Uint8Array }[] = []
  let glucose = new Uint8Array(PAGE_BYTES)
  let isig = new Uint8Array(2 * PAGE_BYTES)
  let used = 0
  let lastAt: DeviceTime | undefined

  const put = ({ bytes, word }: SensorEvent) => {
    glucose.set(bytes, used)
    const words = new DataView(isig.buffer)
    bytes.forEach((_, i) => words.setUint16(2 * (used + i), i === bytes.length - 1 ? word : ARGUMENT_WORD, true))
    used += bytes.length
  }
  for (const event of events) {
    if (used + event.bytes.length + TIMESTAMP_BYTES > PAGE_CONTENT_BYTES) {
      if (lastAt !== undefined) put(sensorEventAt(CgmOpcode.TIMESTAMP, lastAt, { type: TimestampType.PAGE_END }))
      pages.push({ glucose: withPageCrc(glucose), isig: withIsigCrc(isig) })
      glucose = new Uint8Array(PAGE_BYTES)
      isig = new Uint8Array(2 * PAGE_BYTES)
      used = 0
    }
    put(event)
    lastAt = event.relativeAt ?? lastAt
  }
  put({ bytes: Uint8Array.of(CgmOpcode.DATA_END), word: CgmOpcode.DATA_END })
  return [...pages, { glucose: withPageCrc(glucose), isig: withIsigCrc(isig) }]
}
