/**
 * What may be said to a Contour NEXT LINK that passes on to a pump, stated from the sheet (§0, §3.1 to §3.4) and not
 * from the code: the link's half of the driver's whitelist.
 */
import { bytesFromHex } from '#bytes/hex.ts'

/** §0 without 28, and without those that take parameters. */
const plainOpcodes = bytesFromHex(
  `70 71 72 73 74 75 76 79 83 86 87 88 89 8A 8B 8C 8D 8E 8F 90 91 92 93 94 95 97 98 99 9C 9D 9F C0 C1 C3 C5 C6 C7
   CD CE CF D1 D2 D3 D4 F0 F1 F3`,
)
/** How many bytes of parameters: wake-up, history page, glucose page, ISIG page. */
const paramsOf: Readonly<Record<number, number>> = { 0x5d: 2, 0x80: 1, 0x9a: 4, 0x9b: 4 }

/** X, NAK, EOT, ENQ, "W|", "Q|", "1|", "0|". */
const controls = ['58', '15', '04', '05', '577C', '517C', '317C', '307C']

/** LE16 bytes and packets of the answer: one frame, profile, page, ISIG page. */
const expectations = ['0000 0000', 'C000 0410', '0004 1010', '0008 1010']

function crc8(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 0x9b) & 0xff : (crc << 1) & 0xff
  }
  return crc
}

function reportOf(payload: Uint8Array): Uint8Array {
  const report = new Uint8Array(64)
  report[3] = payload.length
  report.set(payload, 4)
  return report
}

/** The first report of a message: serial number as text, operation with tries and seconds, expectation, radio packet. */
function firstReport(serial: string, operation: string, expectation: string, packet: Uint8Array): Uint8Array {
  const message = new Uint8Array(33 + packet.length)
  message.set(bytesFromHex('51 01'))
  message.set(
    [...serial].map(char => char.charCodeAt(0)),
    2,
  )
  message.set(bytesFromHex(operation), 18)
  message.set(bytesFromHex(expectation), 23)
  message[28] = packet.length
  message.set(packet, 33)
  message[32] = message.reduce((sum, byte) => sum + byte, 0) & 0xff
  return reportOf(message.subarray(0, 60))
}

function radioPacket(serial: string, opcode: number, params: Uint8Array, size: number): Uint8Array {
  const packet = new Uint8Array(size)
  packet.set([0xa7, ...bytesFromHex(serial), opcode, params.length, ...params])
  packet[size - 1] = crc8(packet.subarray(0, -1))
  return packet
}

const areEqual = (one: Uint8Array, other: Uint8Array): boolean => one.join() === other.join()

export function isOnSheet(report: Uint8Array): boolean {
  if (report.length !== 64) return false
  if (controls.some(hex => areEqual(report, reportOf(bytesFromHex(hex))))) return true
  // 43 zeros and a CRC.
  if (report.every((byte, at) => (at === 3 ? byte === 0x2c : at === 47 || byte === 0))) return true

  const serial = String.fromCharCode(...report.subarray(6, 12))
  if (!/^\d{6}$/.test(serial)) return false
  const bare = ['10 01 1E', '11 01 0F', '13 21 05']
  const none = new Uint8Array(0)
  if (bare.some(operation => areEqual(report, firstReport(serial, operation, '0000 0000', none)))) return true

  const opcode = report[41] ?? 0
  const count = report[42] ?? 0
  const short = radioPacket(serial, opcode, none, 7)
  const long = radioPacket(serial, opcode, report.slice(43, 43 + Math.min(count, 21)), 71)
  const mayBeShort = plainOpcodes.includes(opcode) || paramsOf[opcode] !== undefined
  // Waking: on, for 1 to 30 minutes.
  const isWake = opcode === 0x5d && report[43] === 1 && (report[44] ?? 0) >= 1 && (report[44] ?? 0) <= 30
  const mayBeLong = paramsOf[opcode] === count && (opcode !== 0x5d || isWake)
  return expectations.some(
    expectation =>
      (mayBeShort && areEqual(report, firstReport(serial, '12 21 05', expectation, short))) ||
      (mayBeLong && areEqual(report, firstReport(serial, '12 21 05', expectation, long))),
  )
}

const hex = (text: string): Uint8Array => {
  const report = new Uint8Array(64)
  report.set(bytesFromHex(text))
  return report
}

/** From the captured conversation as §3.4 and §3.2 print it, and one report made of each of its kinds. */
export const samples: readonly Uint8Array[] = [
  ...controls.map(control => reportOf(bytesFromHex(control))),
  // Open: 51 01 "665455" 0×10 10 01 1E 0×11 C0
  hex(`00000021 5101 363635343535 ${'00'.repeat(10)} 10011E ${'00'.repeat(11)} C0`),
  hex(`0000003C 5101 363635343535 ${'00'.repeat(10)} 122105 0000 0004 1010 00 47000000 E2 A7665455 80 01 00`),
  hex(`0000002C ${'00'.repeat(43)} 77`),
  firstReport('665455', '11 01 0F', '0000 0000', new Uint8Array(0)),
  firstReport('665455', '13 21 05', '0000 0000', new Uint8Array(0)),
  firstReport('665455', '12 21 05', 'C000 0410', radioPacket('665455', 0x92, new Uint8Array(0), 7)),
  firstReport('904717', '12 21 05', '0000 0000', radioPacket('904717', 0x9b, new Uint8Array(0), 7)),
  firstReport('904717', '12 21 05', '0008 1010', radioPacket('904717', 0x9b, Uint8Array.of(0, 0, 1, 44), 71)),
  firstReport('345192', '12 21 05', '0000 0000', radioPacket('345192', 0x5d, Uint8Array.of(1, 10), 71)),
]
