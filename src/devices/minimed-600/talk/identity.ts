/**
 * Which pump it is: serial number, firmware and model, of the pages that say so. Source: minimed-600 sheet §5.4, §9.6,
 * §9.7; offsets here are from the answer's command, the sheet's minus 1.
 */
import { hexFromBytes } from '#bytes/hex.ts'
import type { DeviceIdentity } from '#records/records.ts'
import type { Model, Page } from '../../driver.ts'
import { Command } from './message.ts'
import { serialOfMac } from './linkKey.ts'

/** Of the sheet; other regions and colours have other numbers, so the number is always shown. */
const namesByNumber: Readonly<Record<string, string>> = {
  'MMT-1711': 'MiniMed 640G',
  'MMT-1712': 'MiniMed 640G',
  'MMT-1715': 'MiniMed 630G',
  'MMT-1780': 'MiniMed 670G',
}

const SERIAL = /^[A-Z]{2}[0-9A-Z]\d{6}[A-Z]$/

/** The identity from what has been read; the chosen model's name where the pump does not tell. */
export function identityOf(model: Pick<Model, 'name'>, pumpMac: Uint8Array, pages: readonly Page[]): DeviceIdentity {
  const answer = (command: number) => pages.find(({ kind, index }) => kind === 'identity' && index === command)?.bytes
  const characteristics = answer(Command.DEVICE_CHARACTERISTICS) ?? new Uint8Array(0)
  const told = textOf(characteristics.subarray(2, 12))
  const number = wideTextOf((answer(Command.DEVICE_STRING) ?? new Uint8Array(0)).subarray(0x0d, 0x5d))
  const name = namesByNumber[number] ?? model.name
  const firmware = firmwareOf(characteristics.subarray(0x28, 0x2b))
  return {
    kind: 'pump',
    manufacturer: 'Medtronic',
    model: number === '' ? name : `${name} ${number}`,
    // The radio address is the serial number in another form, and the meter knows it before the pump is heard.
    serial: serialOfMac(pumpMac) ?? (SERIAL.test(told) ? told : hexFromBytes(pumpMac)),
    ...(firmware !== undefined && { firmware }),
  }
}

/** Major, minor, letter. */
function firmwareOf([major, minor, letter]: Uint8Array): string | undefined {
  if (major === undefined || minor === undefined || letter === undefined) return undefined
  return `${major}.${minor}${letter >= 0x41 && letter <= 0x5a ? String.fromCharCode(letter) : ''}`
}

/** UTF-16, big-endian, up to the first zero. */
function wideTextOf(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const code = (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)
    if (code === 0) break
    text += String.fromCharCode(code)
  }
  return text.trim()
}

const textOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes.filter(byte => byte !== 0)).trim()
