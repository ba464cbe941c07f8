/**
 * What all readers of history records share: the fields that every record has, and who acted. One reader gives one
 * record out of one history record and knows nothing of its neighbours; `facts.ts` joins. Pure; any bytes.
 * Source: paradigm sheet §6.2 (D).
 */
import type { RawRef, RecordBase } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import type { HistoryRecord } from './historyPage.ts'

/** A record that is being made; handed out as the read-only record. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] }

/** A history record of which the time is known. */
export interface Timed extends HistoryRecord {
  readonly time: DeviceTime
}

export const isTimed = (record: HistoryRecord): record is Timed => record.time !== undefined

/** The byte at `at`; 0 beyond the end, which the table of lengths does not let happen. */
export const byteOf = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0

/** Big-endian 16 bits from `at`. */
export const be16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)

export const refOf = ({ page, offset, bytes }: HistoryRecord): RawRef => ({ page, offset, length: bytes.length })

/** Time, name, place and actor of a record that stands on these bytes; the name is the bytes themselves. */
export function baseOf(record: Timed): Draft<RecordBase> {
  const base: Draft<RecordBase> = { deviceTime: record.time, identity: hexOf(record.bytes), raw: refOf(record) }
  const actor = actorOf(record)
  if (actor !== undefined) base.actor = actor
  return base
}

/** D, the spare bits of the day: who did it. */
export function actorOf({ dateAt, spare }: HistoryRecord): RecordBase['actor'] {
  return dateAt === undefined ? undefined : ACTORS[spare.day]
}

const ACTORS: readonly RecordBase['actor'][] = ['pump', undefined, 'computer', 'meter', undefined, 'sensor']

/** CareLink's words for the same, for the fields that hold the source's own word. */
export const REQUESTORS: readonly (string | undefined)[] = [
  'pump',
  undefined,
  'rf_diagnostic',
  'paradigm link or b key',
  undefined,
  'sensor',
]

/** Lower-case hex. Every record has some made: by table, because `hexFromBytes` costs more than all else together. */
export function hexOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += HEX[byte] ?? ''
  return text
}

const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
