/**
 * What a Paradigm driver may send, said a second time from the sheet (§0, §1.4, §1.7; §3 in `linkWhitelist.ts`) and not from the code:
 * read by `contract.test.ts`.
 */
import { bytesFromHex, hexFromBytes } from '#bytes/hex.ts'
import { isOnSheet as isOnLinkSheet, samples as linkSamples } from './linkWhitelist.ts'

/** §0, without those whose parameters are not known (D5) and with those that need some apart. */
const plain =
  '70 71 72 73 74 75 76 79 83 86 87 88 89 8A 8B 8C 8D 8E 8F 90 91 92 93 94 95 97 98 99 9C 9D 9F C0 C1 C3 C5 C6 C7 CD CE CF D1 D2 D3 D4 F0 F1 F3'
    .toLowerCase()
    .split(' ')
/** Parameters by opcode, as hex: on and minutes 1 to 30; an age; a number. */
const withParams: Readonly<Record<string, RegExp>> = {
  '5d': /^01(0[1-9a-f]|1[0-9a-e])$/,
  '80': /^..$/,
  '9a': /^.{8}$/,
  '9b': /^.{8}$/,
}

/** CRC-8, polynomial 9B, bit by bit. */
function crc(hex: string): string {
  let value = 0
  for (const byte of bytesFromHex(hex)) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = (value << 1) ^ (value & 0x80 ? 0x19b : 0)
  }
  return value.toString(16).padStart(2, '0')
}
const isRead = (opcode: string, params: string): boolean =>
  params === '' ? plain.includes(opcode) : (withParams[opcode]?.test(params) ?? false)

// The stick (§1.4, §1.7).

const stickQuestions = ['030000', '040000', '050000', '050100', '060000', ...['000f', '004e', '008e'].map(readRadio)]
function readRadio(size: string): string {
  return `0c00${size}${crc(`0c00${size}`)}`
}
const isTransmission = (hex: string): boolean => {
  const match =
    /^(0100a701(?:\d{6})80(..)(550000|0002(?:01|02))00(..))(..)(.*)(..)$/.exec(hex) ?? ([] as readonly string[])
  const [, head = '', count = '', how = '', opcode = '', headCrc, params = '', paramsCrc] = match
  const isLong = ['80', '9a', '9b', '92', '93', '94'].includes(opcode)
  const wantedHow = opcode === '5d' ? '550000' : isLong ? '000202' : '000201'
  return (
    isRead(opcode, params) &&
    Number.parseInt(count, 16) === params.length / 2 &&
    how === wantedHow &&
    headCrc === crc(head) &&
    paramsCrc === crc(params)
  )
}
function transmission(opcode: string, params: string, how: string): string {
  const head = `0100a70120885080${(params.length / 2).toString(16).padStart(2, '0')}${how}00${opcode}`
  return `${head}${crc(head)}${params}${crc(params)}`
}

const stickSamples = [
  ...stickQuestions,
  // One of those without parameters, and one of those with a long answer: a test of its own counts the others.
  transmission('9d', '', '000201'),
  transmission('92', '', '000202'),
  transmission('5d', '010a', '550000'),
  transmission('80', '03', '000202'),
  transmission('9a', '00000003', '000202'),
  transmission('9b', '00000003', '000202'),
]

/** One of each command, for the stick and for the link. */
export const samples: readonly Uint8Array[] = [...stickSamples.map(hex => bytesFromHex(hex)), ...linkSamples]

export const isOnSheet = (bytes: Uint8Array): boolean => {
  const hex = hexFromBytes(bytes)
  return stickQuestions.includes(hex) || isTransmission(hex) || isOnLinkSheet(bytes)
}
