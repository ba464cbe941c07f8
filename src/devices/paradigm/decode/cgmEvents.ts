/**
 * Cuts a page of the sensor's log into events. Each event's opcode is its last byte, so a page is read from its end.
 * Knows nothing of values and of times that an event does not carry itself. Source: paradigm sheet §7.1.
 */
import type { DeviceTime } from '#records/time.ts'
import { PAGE_CONTENT_BYTES } from './crc16.ts'
import { readDate4 } from './dates.ts'

export const CgmOpcode = {
  DATA_END: 0x01,
  WEAK_SIGNAL: 0x02,
  CALIBRATION_STATE: 0x03,
  PACKET: 0x04,
  ERROR: 0x05,
  BELOW_40: 0x06,
  ABOVE_400: 0x07,
  TIMESTAMP: 0x08,
  BATTERY: 0x0a,
  STATUS: 0x0b,
  CLOCK: 0x0c,
  SYNC: 0x0d,
  CALIBRATION_BG: 0x0e,
  CALIBRATION_FACTOR: 0x0f,
  OTHER: 0x10,
  FILLER: 0x13,
  /** This and every higher byte is a glucose value. */
  LOWEST_GLUCOSE: 0x14,
} as const

/** What a timestamp's type says. */
export const TimestampType = { LAST_RF: 0, PAGE_END: 1, GAP: 2 } as const

export interface CgmEvent {
  readonly opcode: number
  /** Offset of its first byte; the opcode is the last of `length` bytes. */
  readonly offset: number
  readonly length: number
  /**
   * relative: one of the readings that come every 5 minutes, without a time of its own; absolute: has its own time;
   * still: takes no part in time; unknown: what it is and how long it is cannot be known.
   */
  readonly kind: 'relative' | 'absolute' | 'still' | 'unknown'
  /** Of absolute events, whole minutes; `undefined` when there is no such day or time. */
  readonly time: DeviceTime | undefined
  /** Of absolute events: bits 5 and 6 of the day byte. */
  readonly subType: number
  /** The bytes behind opcode and time in the order of reading, from the end. */
  readonly body: readonly number[]
}

/** The events of a page, newest first, and where the written part ends. */
export interface CutCgmPage {
  readonly events: readonly CgmEvent[]
  /** Offset behind the last byte that is not zero. */
  readonly end: number
}

const WITH_TIME = 5
const lengths: ReadonlyMap<number, number> = new Map([
  [CgmOpcode.CALIBRATION_STATE, 2],
  [CgmOpcode.PACKET, 2],
  [CgmOpcode.ERROR, 2],
  [CgmOpcode.ABOVE_400, 2],
  [CgmOpcode.TIMESTAMP, WITH_TIME],
  [CgmOpcode.BATTERY, WITH_TIME],
  [CgmOpcode.STATUS, WITH_TIME],
  [CgmOpcode.CLOCK, WITH_TIME],
  [CgmOpcode.SYNC, WITH_TIME],
  [CgmOpcode.CALIBRATION_BG, WITH_TIME + 1],
  [CgmOpcode.CALIBRATION_FACTOR, WITH_TIME + 2],
  [CgmOpcode.OTHER, WITH_TIME + 3],
])

const relative: readonly number[] = [
  CgmOpcode.WEAK_SIGNAL,
  CgmOpcode.CALIBRATION_STATE,
  CgmOpcode.PACKET,
  CgmOpcode.ERROR,
  CgmOpcode.BELOW_40,
  CgmOpcode.ABOVE_400,
]

/** Cuts bytes 0 to 1021 of a glucose page, from the end. Takes any bytes. */
export function cutCgmPage(bytes: Uint8Array): CutCgmPage {
  let end = Math.min(bytes.length, PAGE_CONTENT_BYTES)
  while (end > 0 && bytes[end - 1] === 0) end--
  const events: CgmEvent[] = []
  for (let behind = end; behind > 0; ) {
    const event = eventBefore(bytes, behind)
    events.push(event)
    behind = event.offset
  }
  return { events, end }
}

/** The event whose opcode is the byte before `behind`. */
function eventBefore(bytes: Uint8Array, behind: number): CgmEvent {
  const opcode = bytes[behind - 1] ?? 0
  const length = lengths.get(opcode) ?? 1
  const single = { opcode, offset: behind - 1, length: 1, time: undefined, subType: 0, body: [] }
  if (length > behind) return { ...single, kind: 'unknown' }
  /** The byte `back` bytes before the opcode. */
  const at = (back: number): number => bytes[behind - 1 - back] ?? 0
  if (length >= WITH_TIME) {
    return {
      opcode,
      offset: behind - length,
      length,
      kind: 'absolute',
      time: readDate4(at(1), at(2), at(3), at(4)),
      subType: (at(3) >> 5) & 3,
      body: Array.from({ length: length - WITH_TIME }, (_, i) => at(WITH_TIME + i)),
    }
  }
  if (opcode >= CgmOpcode.LOWEST_GLUCOSE || relative.includes(opcode)) {
    const body = length > 1 ? [at(1)] : []
    return { ...single, offset: behind - length, length, kind: 'relative', body }
  }
  const isStill = opcode === CgmOpcode.DATA_END || opcode === CgmOpcode.FILLER || opcode === 0
  return { ...single, kind: isStill ? 'still' : 'unknown' }
}
