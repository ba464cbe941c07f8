/**
 * The events of a block: cut by their length byte, with the header that all of them share. What an event says is read by
 * `eventsInsulin.ts` and its neighbours, at the offsets of the sheet. Pure. Source: minimed-600 sheet §11.
 *
 * | offset | size | is                                                                                             |
 * | 0      | 1    | type                                                                                           |
 * | 1      | 1    | bit 7: the closed loop was on (670G, source code alone); low bits: who, index into event 04    |
 * | 2      | 1    | size of the whole event; 11 when there are no data                                             |
 * | 3      | 4    | RTC, u32be                                                                                     |
 * | 7      | 4    | OFFSET, i32be                                                                                  |
 * | B      | ..   | data                                                                                           |
 */
import type { RawRef, RecordBase } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import { eventName } from './eventTypes.ts'
import { localTime } from './time.ts'

export const HEADER_BYTES = 11

export interface HistoryEvent {
  readonly type: number
  readonly rtc: number
  readonly time: DeviceTime
  /** Of the whole event. Its bytes are read with `u8` and its neighbours. */
  readonly size: number
  /** The block that it stands in, and where it begins. */
  readonly view: DataView
  readonly start: number
  /** The page that it came in: pages are packed, so nothing smaller can be pointed at. */
  readonly raw: RawRef
}

export interface Cut {
  readonly events: readonly HistoryEvent[]
  /** Bytes at the end that are no event. */
  readonly rest: number
}

/** Cuts a block's used bytes. Stops where a length cannot be. */
export function cutEvents(bytes: Uint8Array, raw: RawRef): Cut {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const events: HistoryEvent[] = []
  let start = 0
  while (start + HEADER_BYTES <= bytes.length) {
    const size = view.getUint8(start + 2)
    if (size < HEADER_BYTES || start + size > bytes.length) break
    const rtc = view.getUint32(start + 3)
    const time = localTime(rtc, view.getInt32(start + 7))
    events.push({ type: view.getUint8(start), rtc, time, size, view, start, raw })
    start += size
  }
  return { events, rest: bytes.length - start }
}

/** What every record of an event holds. Its name is type, RTC and data; the wall clock stands beside it. */
export function base(event: HistoryEvent): RecordBase {
  const { type, rtc, time, size, raw } = event
  const identity = `${hex(type, 2)} ${hex(rtc, 8)} ${hexAt(event, HEADER_BYTES, size - HEADER_BYTES)}`
  return { deviceTime: time, identity, raw }
}

/** Asked for more than an event holds. */
class ShortEvent extends Error {}

/** Where `size` bytes at an event's offset stand in its block. */
function placeOf({ start, size: length }: HistoryEvent, at: number, size: number): number {
  if (at + size > length) throw new ShortEvent()
  return start + at
}

/** Numbers at an event's offset: unsigned and signed, big-endian. */
export const u8 = (event: HistoryEvent, at: number): number => event.view.getUint8(placeOf(event, at, 1))
export const u16 = (event: HistoryEvent, at: number): number => event.view.getUint16(placeOf(event, at, 2))
export const u32 = (event: HistoryEvent, at: number): number => event.view.getUint32(placeOf(event, at, 4))
export const i32 = (event: HistoryEvent, at: number): number => event.view.getInt32(placeOf(event, at, 4))

/** Insulin: u32 in ten-thousandths of a unit. */
export const unitsAt = (event: HistoryEvent, at: number): number => u32(event, at) / 10_000

const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Hex of a stretch of an event. */
export function hexAt(event: HistoryEvent, at: number, length: number): string {
  const place = placeOf(event, at, length)
  let text = ''
  for (let i = 0; i < length; i++) text += hexOfByte[event.view.getUint8(place + i)] ?? ''
  return text
}

/** Whole numbers as hex of so many digits. */
export const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0')

/** Text of a serial number or model as the pump keeps it: back to front, filled up with zeros or blanks. */
export function reversedTextAt(event: HistoryEvent, at: number, length: number): string {
  const place = placeOf(event, at, length)
  let text = ''
  for (let i = length - 1; i >= 0; i--) {
    const code = event.view.getUint8(place + i)
    if (code > 0x20 && code < 0x7f) text += String.fromCharCode(code)
  }
  return text
}

/** What `read` makes of an event; a reason when the event is too short for it. */
export function attempt<T>(event: HistoryEvent, read: (event: HistoryEvent) => T): T | string {
  try {
    return read(event)
  } catch (error) {
    if (error instanceof ShortEvent) return `an event shorter than its kind: ${eventName(event.type)}`
    throw error
  }
}
