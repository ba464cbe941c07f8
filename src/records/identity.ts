/**
 * Names of things by their content, so that reading twice, importing twice and syncing twice do nothing the second
 * time. Source: sync sheet §2.2 (never UTC, never the upload), decision 6.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { hexFromBytes } from '#bytes/hex.ts'
import type { Cbg, DeviceIdentity, TherapyRecord } from './records.ts'

/** 32 hex digits: SHA-256 of kind and serial number. The same pump through another cable has the same key. */
export type DeviceKey = string
/** 32 hex digits. */
export type RecordId = string

export function deviceKeyOf(device: Pick<DeviceIdentity, 'kind' | 'serial'>): DeviceKey {
  return shortHash(['d1', device.kind, device.serial.trim().toUpperCase()])
}

/**
 * The id of a record: device, type, the device's own wall clock, its counter if it has one, what the device said, and
 * `ordinal`: 0 for the first of otherwise identical records of one read in the device's order, 1 for the second.
 */
export function recordIdOf(deviceKey: DeviceKey, record: TherapyRecord, ordinal: number): RecordId {
  const said = record.type === 'cbg' ? glucoseSaid(record) : record.identity
  return shortHash([
    'r1',
    deviceKey,
    record.type,
    String(record.deviceTime),
    record.seq === undefined ? '' : String(record.seq),
    said,
    String(ordinal),
  ])
}

/** A sensor's value as the device said it: "104 mg/dL", "40 mg/dL low" for LO with the limit 40. */
const glucoseSaid = ({ value, units, outOfRange }: Cbg): string =>
  outOfRange === undefined ? `${value} ${units}` : `${value} ${units} ${outOfRange}`

/** First 16 bytes of SHA-256 over the parts, each with its length in front so that no two lists look alike. */
function shortHash(parts: readonly string[]): string {
  const hash = sha256.create()
  for (const part of parts) {
    const bytes = utf8ToBytes(part)
    hash.update(utf8ToBytes(`${bytes.length}:`)).update(bytes)
  }
  return hexFromBytes(hash.digest().subarray(0, 16))
}
