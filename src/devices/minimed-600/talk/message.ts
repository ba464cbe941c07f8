/**
 * The pump's own messages in the clear, as they stand inside the encryption, and the list of those that may be sent.
 * Pure. Source: minimed-600 sheet §7 and §14.
 *
 * | offset | size | is                                                                           |
 * | 0      | 1    | sequence: 80 for high-speed mode, then 1 to 127 and again                      |
 * | 1      | 2    | command, u16be                                                               |
 * | 3      | n    | parameters                                                                   |
 * | 3+n    | 2    | CRC of all before, u16be                                                     |
 */
import { crc16ccitt } from '#bytes/checksum.ts'
import { hexFromBytes } from '#bytes/hex.ts'
import { Reader } from '#bytes/reader.ts'
import { Writer } from '#bytes/writer.ts'
import { DeviceError } from '../../errors.ts'

/** All that this driver asks (the allow-list of sheet §14) and tells the pump's transfer. */
export const Command = {
  HIGH_SPEED_MODE: 0x0412,
  TIME: 0x0403,
  STATUS: 0x0112,
  BASAL_PATTERN: 0x0116,
  CARB_RATIOS: 0x012b,
  SENSITIVITIES: 0x012e,
  TARGETS: 0x0131,
  BASIC_PARAMETERS: 0x0138,
  DEVICE_STRING: 0x013a,
  DEVICE_CHARACTERISTICS: 0x0200,
  HISTORY_INFO: 0x030c,
  HISTORY: 0x0304,
  ACK: 0x00fe,
  RESEND: 0xff02,
} as const
export type Command = (typeof Command)[keyof typeof Command]

/** What the pump says. */
export const Answer = {
  HIGH_SPEED_MODE: 0x0412,
  TIME: 0x0407,
  STATUS: 0x013c,
  BASAL_PATTERN: 0x0123,
  CARB_RATIOS: 0x012c,
  SENSITIVITIES: 0x012f,
  TARGETS: 0x0132,
  BASIC_PARAMETERS: 0x0139,
  DEVICE_STRING: 0x013b,
  DEVICE_CHARACTERISTICS: 0x0201,
  HISTORY_INFO: 0x030d,
  HISTORY: 0x030e,
  HISTORY_END: 0x030a,
  NAK: 0x00ff,
  MULTIPACKET: 0xff00,
  SEGMENT: 0xff01,
} as const

/** Data types and ranges of the history commands. */
export const HistoryType = { pump: 0x02, sensor: 0x03 } as const
export type HistoryType = (typeof HistoryType)[keyof typeof HistoryType]
export const RANGE_FROM_TO = 0x04

/**
 * Every parameter that may be sent, command by command: `..` is any byte, the rest is exactly this. Nothing else is
 * ever encrypted, so nothing else can leave: bolus (0100), suspend (0107) and clock (0404) have no line here.
 */
const allowed: ReadonlyMap<number, readonly RegExp[]> = new Map<Command, readonly RegExp[]>([
  [Command.HIGH_SPEED_MODE, [/^0[01]$/]],
  [Command.TIME, [/^$/]],
  [Command.STATUS, [/^$/]],
  [Command.BASAL_PATTERN, [/^0[1-8]$/]],
  [Command.CARB_RATIOS, [/^$/]],
  [Command.SENSITIVITIES, [/^$/]],
  [Command.TARGETS, [/^$/]],
  [Command.BASIC_PARAMETERS, [/^$/]],
  [Command.DEVICE_STRING, [/^01(00){9}0[14]00$/]],
  [Command.DEVICE_CHARACTERISTICS, [/^02(..){8}$/]],
  [Command.HISTORY_INFO, [/^0[23]0[34](..){8}0000$/]],
  [Command.HISTORY, [/^0[23]0[34](..){8}0000$/]],
  [Command.ACK, [/^ff0[01]$/]],
  [Command.RESEND, [/^(..){4}$/]],
])

/** Whether the pump may be sent this. */
export const mayTell = (command: number, parameters: Uint8Array): boolean =>
  allowed.get(command)?.some(pattern => pattern.test(hexFromBytes(parameters))) ?? false

export interface PumpMessage {
  readonly sequence: number
  readonly command: number
  readonly parameters: Uint8Array
}

/** The clear bytes of a message to the pump. Throws DeviceError `command-refused` for all that is not allowed. */
export function buildCommand({ sequence, command, parameters }: PumpMessage): Uint8Array {
  if (!mayTell(command, parameters)) {
    const detail = `${command.toString(16).padStart(4, '0')} ${hexFromBytes(parameters)}`
    throw new DeviceError('command-refused', { step: 'telling the pump something', detail })
  }
  return buildMessage({ sequence, command, parameters })
}

/** The clear bytes of any message: what simulated pumps say. */
export function buildMessage({ sequence, command, parameters }: PumpMessage): Uint8Array {
  const bytes = new Writer().u8(sequence).u16be(command).bytes(parameters).done()
  return new Writer().bytes(bytes).u16be(crc16ccitt(bytes)).done()
}

/** The message in these clear bytes; `undefined` when its CRC is wrong, as it is after decrypting with a wrong key. */
export function parseMessage(clear: Uint8Array): PumpMessage | undefined {
  if (clear.length < 5) return undefined
  const reader = new Reader(clear)
  const body = reader.bytes(clear.length - 2)
  if (reader.u16be() !== crc16ccitt(body)) return undefined
  const inside = new Reader(body)
  return { sequence: inside.u8(), command: inside.u16be(), parameters: body.slice(3) }
}

/** The message as it is kept: command first, without sequence and CRC. */
export const asPage = ({ command, parameters }: PumpMessage): Uint8Array =>
  Uint8Array.of(command >> 8, command & 0xff, ...parameters)
