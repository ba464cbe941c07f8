/** What a Contour driver may send, said a second time from the sheet (§1, §2, §5): read by `contract.test.ts`. */
import { bytesFromHex } from '#bytes/hex.ts'

const zeros = (count: number): string => '00'.repeat(count)

/** ACK, NAK, EOT and "X", each alone in a report that begins with ABC or with three zeros. Nothing else. */
export const samples: readonly Uint8Array[] = ['41424301', '00000001'].flatMap(mark =>
  ['06', '15', '04', '58'].map(command => bytesFromHex(`${mark}${command}${zeros(59)}`)),
)

/** The samples are the whole list. */
export const isOnSheet = (bytes: Uint8Array): boolean =>
  samples.some(sample => sample.length === bytes.length && sample.every((byte, at) => byte === bytes[at]))
