/**
 * The 64-byte HID reports of the Contour meters, whether the meter speaks for itself (ASTM) or passes on to a pump.
 * Sits between the port (reports) and the messages inside; knows neither what a message says nor time.
 * Source: contour sheet §1, paradigm sheet §3.1.
 *
 * | offset | size    | is                                                                       |
 * | 0      | 3       | `ABC`; from computer to meter also 00 00 00                              |
 * | 3      | 1       | length of the payload, at most 60                                        |
 * | 4      | length  | payload                                                                  |
 * | then   | to 64   | zeros                                                                    |
 */
export const REPORT_BYTES = 64
export const MAX_PAYLOAD_BYTES = 60

/** How reports begin. Both work towards the meter; from it only ABC comes. */
export const Mark = { ABC: 'ABC', zeros: '\0\0\0' } as const
export type Mark = (typeof Mark)[keyof typeof Mark]

/** The reports that a message becomes. A message of a multiple of 60 bytes has no report to end it. */
export function buildReports(message: Uint8Array, mark: Mark = Mark.ABC): readonly Uint8Array[] {
  const reports: Uint8Array[] = []
  for (let at = 0; at < message.length; at += MAX_PAYLOAD_BYTES) {
    const payload = message.subarray(at, at + MAX_PAYLOAD_BYTES)
    const report = new Uint8Array(REPORT_BYTES)
    for (let i = 0; i < mark.length; i++) report[i] = mark.charCodeAt(i)
    report[3] = payload.length
    report.set(payload, 4)
    reports.push(report)
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
