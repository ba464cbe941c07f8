/**
 * Where a Contour meter's ASTM message ends in its stream of reports (`../shared/contourReports.ts`); knows neither
 * what the message says nor time. Source: contour sheet §1.
 */
import { endsFrame } from '../shared/astm.ts'
import { MAX_PAYLOAD_BYTES } from '../shared/contourReports.ts'

/**
 * Whether a message ends with this payload. A shorter one always ends it; a full one does when the message then ends
 * as a frame does, because no further report would come (sheet §1).
 */
export function endsMessage(message: Uint8Array, lastPayload: Uint8Array): boolean {
  return lastPayload.length < MAX_PAYLOAD_BYTES || endsFrame(message)
}
