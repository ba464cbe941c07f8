/**
 * What the simulated link meter holds of its own: the packed key, and its results as frames for the Contour driver.
 * Source: minimed-600 sheet §3.1 and §5.3, contour sheet §2 to §4.
 */
import { buildFrame, Control } from '../../shared/astm.ts'

const { EOT, ETB, ETX } = Control

/** Who the meter is and what it has measured. */
export interface OwnMemory {
  /** `6213-0000001`. */
  readonly serial: string
  readonly rfSerial: string
  /** The header record; one of its own when absent. */
  readonly header?: string
  /** The meter's clock in 14 digits. */
  readonly clock?: string
  /** The meter's own results, as texts of ASTM records. */
  readonly results?: readonly string[]
}

/** The meter's own results for the Contour driver: header, patient, order, results, end. */
export function framesOf({
  serial,
  rfSerial,
  results = [],
  header,
  clock = '20260314213000',
}: OwnMemory): readonly Uint8Array[] {
  const info =
    'A=0^C=21^G=en,en^I=0200^R=0^S=0D^U=0^V=20600^X=070070070070180130180250070130^Y=360126099054120054252099^Z=1'
  const sender = `Bayer6210^01.12\\01.04\\25.25\\01.00.A^${serial}^0000-^${rfSerial}`
  const own = `H|\\^&||SIMPWD|${sender}|${info}|${results.length}|||||P|1|${clock}`
  const texts = [header ?? own, 'P|1', 'O|1', ...results, 'L|1||N']
  return texts.map((text, i) => {
    const frame = buildFrame((i + 1) % 8, text, i === texts.length - 1 ? ETX : ETB)
    return i === 0 ? Uint8Array.of(EOT, ...frame) : frame
  })
}

/** The inverse of unpacking (sheet §5.3), with the same noise each time. */
export function packLinkKey(key: Uint8Array, serial: string): Uint8Array {
  const packed = Uint8Array.from({ length: 55 }, (_, at) => (at * 167 + 59) & 0xff)
  let at = serial.charCodeAt(serial.length - 1) & 7
  for (const byte of key) {
    const how = packed[at + 1] ?? 0
    packed[at] = how & 1 ? ~byte : byte
    at += how & 2 ? 2 : 3
  }
  return packed
}
