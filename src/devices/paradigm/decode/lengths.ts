/**
 * How long each history record is and where its time stands, by opcode and family. Tables, so that cutting a page
 * costs one look a record. Source: paradigm sheet §6.3.
 */
import type { Family } from './family.ts'

/** Where a record's time stands: 5 bytes, 2 bytes (the day of a daily total), or none. */
export type DateKind = 'date5' | 'date2' | 'none'

/** How the records of one opcode are laid out. */
export interface Layout {
  /** Total bytes with the opcode; `undefined` when the second byte tells. */
  readonly length: number | undefined
  readonly dateKind: DateKind
  /** Offset of the time in the record. */
  readonly dateAt: number
}

/** The layout of records with this opcode; `undefined` when the family is not known to write any. */
export function layoutOf(opcode: number, family: Family): Layout | undefined {
  return tableOf(family)[opcode]
}

/**
 * Total bytes of the record that starts at `at`, at least 2; `undefined` for an unknown opcode or a length that cannot
 * be. The record may reach beyond the bytes.
 */
export function recordLength(bytes: Uint8Array, at: number, layout: Layout): number | undefined {
  if (layout.length !== undefined) return layout.length
  const told = bytes[at + 1] ?? 0
  // The predictive alerts count blocks of three, all others bytes.
  if (bytes[at] === PREDICTIVE_ALERTS) return told < 1 ? undefined : 7 + (told - 1) * 3
  return told < 2 ? undefined : told
}

const PREDICTIVE_ALERTS = 0x55

/** Opcode, one byte, time. */
const SEVEN_BYTES = [
  ...[0x0a, 0x0c, 0x14, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25],
  ...[0x27, 0x2c, 0x2d, 0x31, 0x32, 0x34, 0x35, 0x37, 0x3a, 0x3b, 0x43, 0x44, 0x51, 0x52, 0x57, 0x5d, 0x5e, 0x5f],
  ...[0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x6a, 0x6f, 0x7c, 0x7e, 0x83],
]

/** Of all families, time at 2 unless said. */
const COMMON: readonly (readonly [opcode: number, length: number, dateAt?: number])[] = [
  [0x03, 10, 5],
  [0x06, 9, 4],
  [0x08, 152],
  [0x09, 152],
  [0x0b, 8, 3],
  [0x26, 21],
  [0x29, 21],
  [0x33, 8],
  [0x36, 21],
  [0x39, 10],
  [0x3c, 21],
  [0x3f, 10],
  [0x40, 9],
  [0x41, 8],
  [0x42, 8],
  [0x4f, 39],
  [0x53, 8],
  [0x67, 9],
  [0x68, 9],
  [0x69, 9],
]

const SMALL: typeof COMMON = [
  [0x01, 9, 4],
  [0x2e, 107],
  [0x2f, 19],
  [0x50, 37],
  [0x5a, 124],
  [0x5b, 20],
  // Unconfirmed: seen once. A page that holds one and goes on with a right date would confirm it.
  [0xa8, 15, 10],
]

const LARGE: typeof COMMON = [
  [0x01, 13, 8],
  [0x54, 64],
  [0x56, 12],
  [0x5a, 144],
  [0x5b, 22],
  [0x7b, 10],
  [0x7d, 37],
  [0x7f, 8],
  [0x81, 12],
  [0x82, 12],
]

/** Tables by family number, made when first asked for. */
const tables = new Map<number, readonly (Layout | undefined)[]>()

function tableOf(family: Family): readonly (Layout | undefined)[] {
  const known = tables.get(family.number)
  if (known) return known
  const table: (Layout | undefined)[] = Array.from({ length: 256 })
  for (const opcode of SEVEN_BYTES) table[opcode] = { length: 7, dateKind: 'date5', dateAt: 2 }
  for (const [opcode, length, dateAt = 2] of [...COMMON, ...(family.isLarge ? LARGE : SMALL)]) {
    table[opcode] = { length, dateKind: 'date5', dateAt }
  }
  for (const opcode of [0x30, 0x5c]) table[opcode] = { length: undefined, dateKind: 'none', dateAt: 0 }
  table[0x07] = { length: family.isLarge ? 10 : 7, dateKind: 'date2', dateAt: 5 }
  table[0x6c] = { length: 38, dateKind: 'date2', dateAt: 1 }
  if (family.isLarge) {
    // Sensor setup: each half is two bytes longer where it holds the low suspend.
    table[0x50] = { length: family.hasLowSuspend ? 41 : 37, dateKind: 'date5', dateAt: 2 }
    table[PREDICTIVE_ALERTS] = { length: undefined, dateKind: 'date5', dateAt: 2 }
    table[0x6e] = { length: 52, dateKind: 'date2', dateAt: 1 }
  } else {
    table[0x6d] = { length: 44, dateKind: 'date2', dateAt: 1 }
  }
  tables.set(family.number, table)
  return table
}
