/**
 * ASTM E1381 frames and E1394 records: how the Contour meters, by whatever cable or bridge, wrap their text.
 * Pure: bytes to frames to record texts; knows no port, no meter, no time. Source: contour sheet §2 to §4.
 *
 * | byte        | is                                                                        |
 * | STX         | start                                                                     |
 * | '0' to '7'  | frame number: 1, 2 … 7, 0, 1 …                                            |
 * | text CR     | one record, or several, each ending in CR                                 |
 * | ETB or ETX  | end of text; ETX may mark the last frame                                  |
 * | 2 hex       | sum of all bytes after STX up to and including ETB/ETX, mod 256, capitals |
 * | CR LF       | end                                                                       |
 */
import { sum8 } from '#bytes/checksum.ts'
import { Writer } from '#bytes/writer.ts'

/** The control characters, by the sheet's names. */
export const Control = {
  STX: 0x02,
  ETX: 0x03,
  EOT: 0x04,
  ENQ: 0x05,
  ACK: 0x06,
  LF: 0x0a,
  CR: 0x0d,
  NAK: 0x15,
  ETB: 0x17,
  CAN: 0x18,
} as const

const { STX, ETX, ENQ, LF, CR, ETB } = Control

export interface Frame {
  /** 0 to 7. */
  readonly number: number
  /** Record texts joined by CR, without the last CR; one character a byte. */
  readonly text: string
  /** Where `text` begins in the message. */
  readonly textOffset: number
}

/** A frame, or why there is none, in plain words. */
export type ParsedFrame =
  | { readonly frame: Frame; readonly problem?: undefined }
  | { readonly frame?: undefined; readonly problem: string }

/** The bytes of one frame. Throws RangeError on characters above U+00FF. */
export function buildFrame(number: number, text: string, end: typeof ETB | typeof ETX = ETB): Uint8Array<ArrayBuffer> {
  const summed = new Writer()
    .u8(0x30 + (number & 7))
    .text(text)
    .u8(CR)
    .u8(end)
    .done()
  const checksum = sum8(summed).toString(16).toUpperCase().padStart(2, '0')
  return new Writer().u8(STX).bytes(summed).text(checksum).u8(CR).u8(LF).done()
}

/**
 * The frame inside a message. Real meters put EOT before the first frame and ENQ behind it (sheet §2): what stands
 * before STX is passed over, behind the frame only ENQ is.
 */
export function parseFrame(message: Uint8Array): ParsedFrame {
  const start = message.indexOf(STX)
  if (start < 0) return { problem: 'no start of frame' }
  const end = message.findIndex((byte, at) => at > start && (byte === ETB || byte === ETX))
  if (end < 0) return { problem: 'no end of text' }
  const rest = message.length - end
  if (rest !== 5 && !(rest === 6 && message[end + 5] === ENQ)) return { problem: 'no end of frame' }
  if (message[end + 3] !== CR || message[end + 4] !== LF) return { problem: 'no end of frame' }

  const checksum = sum8(message.subarray(start + 1, end + 1))
    .toString(16)
    .toUpperCase()
    .padStart(2, '0')
  if (textOf(message.subarray(end + 1, end + 3)) !== checksum) return { problem: 'wrong checksum' }

  const number = (message[start + 1] ?? 0) - 0x30
  if (number < 0 || number > 7) return { problem: 'frame number out of range' }
  if (end < start + 3 || message[end - 1] !== CR) return { problem: 'text without its end of line' }
  const textOffset = start + 2
  return { frame: { number, text: textOf(message.subarray(textOffset, end - 1)), textOffset } }
}

/** Whether the bytes end as a frame does: end of text, 2 hex, CR LF, with or without ENQ behind it. */
export function endsFrame(bytes: Uint8Array): boolean {
  const frame = bytes.at(-1) === ENQ ? bytes.subarray(0, -1) : bytes
  const end = frame.at(-5)
  return (end === ETB || end === ETX) && /^[0-9A-F]{2}\r\n$/.test(textOf(frame.subarray(-4)))
}

/** One record's text and where it stands in the message. */
export interface RecordText {
  readonly text: string
  readonly offset: number
}

/** The records of a frame, in order. */
export function recordsOf({ text, textOffset }: Frame): readonly RecordText[] {
  const records: RecordText[] = []
  let offset = textOffset
  for (const line of text.split('\r')) {
    records.push({ text: line, offset })
    offset += line.length + 1
  }
  return records
}

/** The separators of a message's records, as its H record names them. */
export interface Separators {
  readonly field: string
  readonly repeat: string
  readonly component: string
}

export const usualSeparators: Separators = { field: '|', repeat: '\\', component: '^' }

/** The separators that an H record names in its characters 2 to 4. */
export function separatorsOf(headerText: string): Separators {
  const [, field, repeat, component] = headerText
  return field && repeat && component ? { field, repeat, component } : usualSeparators
}

/** Bytes as text, one character a byte (ISO 8859-1). */
export const textOf = (bytes: Uint8Array): string => Array.from(bytes, byte => String.fromCharCode(byte)).join('')
