/**
 * The 64-byte reports in which a Contour meter's messages travel. Sits between the port (reports) and the ASTM frames
 * (`../shared/astm.ts`); knows neither what a message says nor time. Source: contour sheet §1.
 *
 * | offset | size    | is                                                                       |
 * | 0      | 3       | `ABC`; from computer to meter also 00 00 00                              |
 * | 3      | 1       | length of the payload, at most 60                                        |
 * | 4      | length  | payload                                                                  |
 * | then   | to 64   | zeros                                                                    |
 */
import { Writer } from '#bytes/writer.ts'
import { endsFrame } from '../shared/astm.ts'

export const REPORT_BYTES = 64
export const MAX_PAYLOAD_BYTES = 60

const MARK = 'ABC'

/** The reports that a message becomes. A message of a multiple of 60 bytes has no report to end it. */
export function buildReports(message: Uint8Array): readonly Uint8Array[] {
  const reports: Uint8Array[] = []
  for (let at = 0; at < message.length; at += MAX_PAYLOAD_BYTES) {
    const payload = message.subarray(at, at + MAX_PAYLOAD_BYTES)
    const report = new Writer().text(MARK).u8(payload.length).bytes(payload)
    reports.push(report.fill(REPORT_BYTES - report.length).done())
  }
  return reports
}

/** The payload of a report from the meter; `undefined` when it is not one. */
export function payloadOf(report: Uint8Array): Uint8Array | undefined {
  const length = report[3]
  if (report[0] !== 0x41 || report[1] !== 0x42 || report[2] !== 0x43) return undefined
  if (length === undefined || length > MAX_PAYLOAD_BYTES) return undefined
  // A longer report is two in one, a shorter one is cut.
  if (report.length > REPORT_BYTES || report.length < 4 + length) return undefined
  return report.slice(4, 4 + length)
}

/**
 * Whether a message ends with this payload. A shorter one always ends it; a full one does when the message then ends
 * as a frame does, because no further report would come (sheet §1).
 */
export function endsMessage(message: Uint8Array, lastPayload: Uint8Array): boolean {
  return lastPayload.length < MAX_PAYLOAD_BYTES || endsFrame(message)
}
