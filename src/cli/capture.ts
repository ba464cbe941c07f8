/** Reads raw captures: what a device sent, packet by packet, in the forms that `usage` names. */
import { bytesFromHex } from '#bytes/hex.ts'

/** A capture that cannot be read; the message says where. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError'
}

/** Length of the reports of every HID meter known here. */
const HID_REPORT_BYTES = 64

/**
 * The packets of a capture in order, only those from the device. `.bin` files are split into HID reports; with
 * `wholeFile` they are one packet. Throws CaptureError.
 */
export function packetsOf(bytes: Uint8Array, fileName: string, wholeFile: boolean): readonly Uint8Array[] {
  if (/\.(?:bin|data)$/i.test(fileName)) return wholeFile ? [bytes] : reportsOf(bytes)
  const text = new TextDecoder().decode(bytes).trim()
  if (text === '') throw new CaptureError('The capture is empty.')
  const whole = text.startsWith('[') ? parsed(text, 'The capture') : undefined
  const entries: readonly unknown[] = Array.isArray(whole) ? whole : text.split(/\r?\n/)
  return entries.flatMap((entry, index) => packetFrom(entry, index + 1))
}

function reportsOf(bytes: Uint8Array): Uint8Array[] {
  if (bytes.length === 0 || bytes.length % HID_REPORT_BYTES !== 0) {
    throw new CaptureError(`A .bin capture holds HID reports of 64 bytes; this one has ${bytes.length} bytes.`)
  }
  const reports: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += HID_REPORT_BYTES) reports.push(bytes.slice(at, at + HID_REPORT_BYTES))
  return reports
}

/** None for what the computer sent, for an empty line and for a comment. */
function packetFrom(entry: unknown, place: number): Uint8Array[] {
  const where = `Entry ${place}`
  const value = typeof entry === 'string' && entry.trim().startsWith('{') ? parsed(entry, where) : entry
  if (typeof value === 'string') return value.trim() === '' || value.startsWith('#') ? [] : [hexBytes(value, where)]
  if (typeof value !== 'object' || value === null) throw new CaptureError(`${where} is neither hex nor a packet.`)
  if ('dir' in value && value.dir !== 'in') return []
  if (!('hex' in value) || typeof value.hex !== 'string') throw new CaptureError(`${where} has no "hex".`)
  return [hexBytes(value.hex, where)]
}

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new CaptureError(`${where} is not JSON: ${String(error)}`)
  }
}

function hexBytes(text: string, where: string): Uint8Array {
  try {
    return bytesFromHex(text)
  } catch (error) {
    throw new CaptureError(`${where} is not hex: ${String(error)}`)
  }
}
