/**
 * What a 600-series driver may send, said a second time from the sheet (§3 to §6, §14): read by `contract.test.ts`. What
 * is encrypted cannot be judged here; `upload.test.ts` shows that nothing else is ever encrypted.
 */
import { bytesFromHex } from '#bytes/hex.ts'

/** Messages in their reports: ABC, length, at most 60 bytes, zeros. */
function inReports(message: readonly number[]): Uint8Array {
  const bytes: number[] = []
  for (let at = 0; at < message.length; at += 60) {
    const part = message.slice(at, at + 60)
    const zeros = Array.from({ length: 60 - part.length }, () => 0)
    bytes.push(0x41, 0x42, 0x43, part.length, ...part, ...zeros)
  }
  return Uint8Array.from(bytes)
}

const hex = (text: string): readonly number[] => [...bytesFromHex(text)]

/** Of the worked session (§22.1), bytes computed by the sheet's author. */
const OPEN =
  '5103303030303030000000000000000000001001000000000000000020000000688c6ec4e44e3457b4dc06b255dea71a219551175dc6d10f1b68bbedd8e2558829'
const CLOSE =
  '510330303030303000000000000000000000110d000000000000000020000000758c6ec4e44e3457b4dc06b255dea71a219551175dc6d10f1b68bbedd8e2558829'
const READ_INFO = '51033030303030300000000000000000000014020000000000000000000000008a'
const LINK_KEY = '51033030303030300000000000000000000016030000000000000000000000008d'
const JOIN =
  '510330303030303000000000000000000000120400000000000000001e0000004a031c0114000000070700000283d6128206f72300b1cb74ee45f72300ac68'
const TRANSMITS = [
  // High-speed mode, a range of history.
  '5103303030303030000000000000000000001205000000000000000015000000180513b1cb74ee45f72300021106f53c422c10df98e4',
  '51033030303030300000000000000000000012080000000000000000200000007c051eb1cb74ee45f72300051111763b5c2ef470c835201b6cc773381e8b7c4a23',
]

export const samples: readonly Uint8Array[] = [
  ...['58', '04', '05', '15', '577c', '517c', '317c', '307c'],
  ...[OPEN, CLOSE, READ_INFO, LINK_KEY, JOIN],
  ...TRANSMITS,
].map(text => inReports(hex(text)))

const controls = ['58', '04', '05', '15', '577c', '517c', '317c', '307c']

/** Channels 20, 17, 14, 23, 26; addresses are any. */
const JOINING = /^031c01(14|11|0e|17|1a)0000000707000002.{32}$/
/** An address, a number, flags 11, and n encrypted bytes; n by what the commands of §14 have as parameters. */
const TRANSMITTING = /^05(..).{16}(..)11(05|06|07|09|0e|11)(.*)$/

export function isOnSheet(bytes: Uint8Array): boolean {
  const parts: number[] = []
  for (let at = 0; at < bytes.length; at += 64) parts.push(...bytes.slice(at + 4, at + 4 + (bytes[at + 3] ?? 0)))
  if (parts.length === 0 || inReports(parts).join() !== bytes.join()) return false
  const text = parts.map(byte => byte.toString(16).padStart(2, '0')).join('')
  if (controls.includes(text)) return true
  const [, operation = '', length = '', sum = '', payload = ''] =
    /^5103303030303030(?:00){10}(..)(?:.{8})(?:00){5}(....)0000(..)(.*)$/.exec(text) ?? []
  const size = Number.parseInt(length.slice(2) + length.slice(0, 2), 16)
  const total = parts.reduce((all, byte, at) => (at === 32 ? all : all + byte), 0)
  if (operation === '' || payload.length !== 2 * size || total % 256 !== Number.parseInt(sum, 16)) return false
  switch (operation) {
    case '10':
    case '11':
      return size === 32
    case '14':
    case '16':
      return size === 0
    case '12':
      return isRadioOnSheet(payload)
    default:
      return false
  }
}

function isRadioOnSheet(payload: string): boolean {
  const body = payload.slice(0, -4)
  const crc = hex(body).reduce((sum, byte) => {
    let next = sum ^ (byte << 8)
    for (let bit = 0; bit < 8; bit++) next = next & 0x8000 ? ((next << 1) ^ 0x1021) & 0xffff : (next << 1) & 0xffff
    return next
  }, 0xffff)
  const little = [crc & 0xff, crc >> 8].map(byte => byte.toString(16).padStart(2, '0')).join('')
  if (little !== payload.slice(-4)) return false
  if (JOINING.test(body)) return true
  const [, length = '', , count = '', data = ''] = TRANSMITTING.exec(body) ?? []
  return (
    count !== '' && data.length === 2 * Number.parseInt(count, 16) && Number.parseInt(length, 16) === body.length / 2
  )
}
