/**
 * What the pump may be asked, and by which families. Only reading: what changes anything has no name here (sheet §0).
 * What the answers mean is `decode/`'s business. Sheet §4 and §5.
 */
import type { Family } from '../decode/family.ts'
import type { PumpCommand } from './bridge.ts'

export const Opcode = {
  POWER_CONTROL: 0x5d,
  CLOCK: 0x70,
  PUMP_ID: 0x71,
  ERROR_STATUS: 0x75,
  HISTORY_PAGE: 0x80,
  MODEL: 0x8d,
  GLUCOSE_PAGE: 0x9a,
  ISIG_PAGE: 0x9b,
  HISTORY_COUNTER: 0x9d,
  CGM_COUNTER: 0xcd,
  STATUS: 0xce,
} as const

const none = new Uint8Array(0)

/** Three frames instead of one: the basal profiles (§4.3). */
const profiles: readonly number[] = [0x92, 0x93, 0x94]

/** A reading of settings or state without parameters. */
export const readOf = (opcode: number): PumpCommand => ({
  opcode,
  params: none,
  reply: profiles.includes(opcode) ? 'profile' : 'frame',
})

/** Keeps the pump's radio on for `minutes`, 1 to 30. */
export const wakeFor = (minutes: number): PumpCommand => ({
  opcode: Opcode.POWER_CONTROL,
  params: Uint8Array.of(1, minutes),
  reply: 'ack',
})

/** History page `page`, 0 the newest, which is still being filled. */
export const historyPage = (page: number): PumpCommand => ({
  opcode: Opcode.HISTORY_PAGE,
  params: Uint8Array.of(page),
  reply: 'page',
})

/** A page of the sensor's glucose or currents by its number, which never changes. */
export const cgmPage = (kind: 'glucose' | 'isig', number: number): PumpCommand => {
  const params = new Uint8Array(4)
  new DataView(params.buffer).setUint32(0, number)
  return kind === 'glucose'
    ? { opcode: Opcode.GLUCOSE_PAGE, params, reply: 'page' }
    : { opcode: Opcode.ISIG_PAGE, params, reply: 'isig' }
}

export const replyBytes = { ack: 0, frame: 64, profile: 192, page: 1024, isig: 2048 } as const satisfies Readonly<
  Record<PumpCommand['reply'], number>
>

/**
 * Settings and state that every upload asks for, in this order (§5.4). A pump refuses what it does not have; nobody has
 * published a list by model and firmware.
 */
export const settingsOf = (family: Family): readonly number[] => [
  ...[0x74, 0x72, 0x73, 0x79, isOldest(family) ? 0x91 : 0xc0, 0x87, 0x88, 0x89, 0x8a, 0x8b],
  ...[isOldest(family) ? 0x8c : 0x9f, 0x92, 0x93, 0x94, 0x98, 0x8f, 0x95, 0x76, 0x8e, 0x90, 0x97, 0x83, 0x86],
  ...(isOldest(family) ? [] : [0xc5, 0xc6, 0xc1, 0xc3, 0xc7]),
  ...(family.hasSensor ? [0x99, 0x9c] : []),
  ...(family.isLarge ? [0xcf, 0xd1, 0xd2, 0xd3, 0xd4, 0xf0, 0xf1, 0xf3] : []),
]

/** Pumps before the 515 have another settings block and do not count their history pages (§4, 91 and 9D). */
export const isOldest = ({ number }: Family): boolean => number === 12

/** How many history pages the memory keeps (§2.3). */
export const historyPagesOf = (family: Family): number => (isOldest(family) ? 32 : 36)

/** Pages of glucose, and as many of currents, that the memory keeps at most (§2.3). */
export const CGM_PAGES = 32
