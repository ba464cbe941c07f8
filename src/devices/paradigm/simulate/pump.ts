/**
 * A Paradigm pump that is not there, as it is met on the radio: it hears a command and answers from its memory, whatever
 * bridge stands before it (`stick.ts`, `link.ts`). A state machine without timers or chance. Sheet §2 and §4.
 */
import { crc16ccitt } from '#bytes/checksum.ts'
import type { DeviceTime } from '#records/time.ts'
import { Opcode, replyBytes } from '../talk/commands.ts'
import { NakReason } from '../talk/radio.ts'

/** What the pump keeps. Pages are whole, with their CRC. */
export interface PumpMemory {
  /** 3 digits, such as 522. */
  readonly model: string
  /** 6 digits. */
  readonly serial: string
  readonly clock: DeviceTime
  /** Bodies of the settings and states by opcode, without padding. Others are refused. 70, 71, 8D, 9D, CD, CE, 75 come from the other fields. */
  readonly replies: ReadonlyMap<number, Uint8Array>
  /** Newest first; the first is the one being filled. */
  readonly history: readonly Uint8Array[]
  /** The number of the newest history page. Pumps before the 515 do not tell it. */
  readonly historyCounter: number
  /** By number; empty or absent when the pump has no sensor. */
  readonly glucose?: ReadonlyMap<number, Uint8Array>
  readonly isig?: ReadonlyMap<number, Uint8Array>
}

/** What is wrong with the pump or the air around it. */
export interface PumpTroubles {
  /** Its radio sleeps until it is woken; after `awakeCommands` commands it sleeps again. */
  readonly isAsleep?: boolean
  readonly awakeCommands?: number
  /** How often it must be woken before it hears. 1 when absent. */
  readonly deafness?: number
  /** Every so many-th command is lost on the air. */
  readonly losesEvery?: number
  /** It refuses this many commands with "not now" first. */
  readonly busyFor?: number
  readonly isBolusRunning?: boolean
  /** The code of an alarm that waits for the person. */
  readonly alarm?: number
  /** After so many history pages were asked for, a new page begins, once. */
  readonly newPageAfter?: number
}

export type PumpAnswer =
  | { readonly kind: 'ack' }
  | { readonly kind: 'nak'; readonly reason: number }
  /** 64, 192, 1024 or 2048 bytes. */
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'silence' }

export interface SimulatedPump {
  /** What the pump at `serial` does with a command; another pump than this one is not there and stays silent. */
  hear(serial: string, opcode: number, params: Uint8Array): PumpAnswer
  /** A bridge that wakes by itself does it so; false when nobody with this serial number is there. */
  wake(serial: string): boolean
  /** How often each opcode was asked for and answered with something. */
  readonly asked: ReadonlyMap<number, number>
}

const silence: PumpAnswer = { kind: 'silence' }

export function createPump(memory: PumpMemory, troubles: PumpTroubles = {}): SimulatedPump {
  const asked = new Map<number, number>()
  let history = memory.history
  let counter = memory.historyCounter
  let awakeFor = troubles.isAsleep ? 0 : Infinity
  let deafness = troubles.deafness ?? 1
  let busyFor = troubles.busyFor ?? 0
  let heard = 0
  let historyAsked = 0

  function wake(serial: string): boolean {
    if (serial !== memory.serial) return false
    deafness--
    if (awakeFor === 0 && deafness > 0) return false
    awakeFor = troubles.awakeCommands ?? Infinity
    return true
  }

  function answer(opcode: number, params: Uint8Array): PumpAnswer {
    switch (opcode) {
      case Opcode.POWER_CONTROL:
        return { kind: 'ack' }
      case Opcode.HISTORY_PAGE: {
        if (historyAsked++ === troubles.newPageAfter) {
          history = [emptyPage(), ...history].slice(0, Math.max(1, memory.history.length))
          counter++
        }
        const page = history[params[0] ?? 0]
        // The 723 of the captures says 08 where other descriptions have 0D.
        return page ? { kind: 'data', bytes: page } : { kind: 'nak', reason: NakReason.REFUSED }
      }
      case Opcode.GLUCOSE_PAGE:
      case Opcode.ISIG_PAGE: {
        const pages = opcode === Opcode.GLUCOSE_PAGE ? memory.glucose : memory.isig
        const page = pages?.get(new DataView(params.buffer, params.byteOffset).getUint32(0))
        return page ? { kind: 'data', bytes: page } : { kind: 'nak', reason: NakReason.NO_SUCH_PAGE }
      }
      default: {
        const body = stateOf(opcode) ?? memory.replies.get(opcode)
        if (!body) return { kind: 'nak', reason: NakReason.REFUSED }
        const bytes = new Uint8Array(frameBytesOf(opcode))
        bytes.set(body)
        return { kind: 'data', bytes }
      }
    }
  }

  /** What the pump tells of itself and of this moment. */
  function stateOf(opcode: number): Uint8Array | undefined {
    switch (opcode) {
      case Opcode.CLOCK:
        return clockBody(memory.clock)
      case Opcode.PUMP_ID:
        return ascii(memory.serial)
      case Opcode.MODEL:
        return Uint8Array.of(memory.model.length, ...ascii(memory.model))
      case Opcode.ERROR_STATUS:
        return Uint8Array.of(troubles.alarm ?? 0)
      case Opcode.STATUS:
        return isOldest(memory.model) ? undefined : Uint8Array.of(3, troubles.isBolusRunning ? 1 : 0, 0)
      case Opcode.HISTORY_COUNTER:
        return isOldest(memory.model) ? undefined : bigEndian(counter)
      case Opcode.CGM_COUNTER:
        return memory.glucose && cgmCounters(memory.glucose, memory.isig ?? new Map())
      default:
        return undefined
    }
  }

  return {
    asked,
    wake,
    hear(serial, opcode, params) {
      if (serial !== memory.serial) return silence
      heard++
      if (troubles.losesEvery !== undefined && heard % troubles.losesEvery === 0) return silence
      if (opcode === Opcode.POWER_CONTROL) return wake(serial) ? { kind: 'ack' } : silence
      if (awakeFor <= 0) return silence
      awakeFor--
      if (busyFor > 0) {
        busyFor--
        return { kind: 'nak', reason: NakReason.REFUSED }
      }
      asked.set(opcode, (asked.get(opcode) ?? 0) + 1)
      return answer(opcode, params)
    },
  }
}

/** A page with nothing in it but its CRC. */
export const emptyPage = (): Uint8Array => withPageCrc(new Uint8Array(replyBytes.page))

/** The same page of 1024 bytes with the right CRC at its end. */
export function withPageCrc(page: Uint8Array): Uint8Array {
  const bytes = page.slice()
  new DataView(bytes.buffer).setUint16(bytes.length - 2, crc16ccitt(bytes.subarray(0, -2)))
  return bytes
}

/** The same ISIG page of 2048 bytes with the right CRC: over bytes 0 to 2043, at 2044 and 2046 (§2.3). */
export function withIsigCrc(page: Uint8Array): Uint8Array {
  const bytes = page.slice()
  const crc = crc16ccitt(bytes.subarray(0, 2044))
  bytes.set([crc >> 8, 0, crc & 0xff, 0], 2044)
  return bytes
}

/** Hour, minute, second, year in two bytes, month, day (§4, 70). */
export function clockBody(clock: DeviceTime): Uint8Array {
  const time = new Date(clock)
  const year = time.getUTCFullYear()
  return Uint8Array.of(
    ...[time.getUTCHours(), time.getUTCMinutes(), time.getUTCSeconds()],
    ...[year >> 8, year & 0xff, time.getUTCMonth() + 1, time.getUTCDate()],
  )
}

const isOldest = (model: string): boolean => model.endsWith('12')

const frameBytesOf = (opcode: number): number =>
  opcode === 0x92 || opcode === 0x93 || opcode === 0x94 ? replyBytes.profile : replyBytes.frame

const ascii = (text: string): Uint8Array => Uint8Array.from(text, char => char.charCodeAt(0))

function bigEndian(number: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, number)
  return bytes
}

/** The newest page's number, and how many pages of each kind are kept (§4, CD). */
function cgmCounters(glucose: ReadonlyMap<number, Uint8Array>, isig: ReadonlyMap<number, Uint8Array>): Uint8Array {
  const newest = Math.max(0, ...glucose.keys())
  return Uint8Array.of(...bigEndian(newest), 0, glucose.size, 0, isig.size)
}
