/**
 * The memory of a simulated 640G: ninety days of history in blocks, and the answers about itself that agree with them.
 * What `pump.ts` asks for. Deterministic from its options. Source: minimed-600 sheet §9 to §11.
 */
import { crc16ccitt } from '#bytes/checksum.ts'
import { Writer } from '#bytes/writer.ts'
import { type DeviceTime, MINUTE_MS } from '#records/time.ts'
import { mmolFromMgdl } from '#records/units.ts'
import { Answer, HistoryType } from '../talk/message.ts'
import { type History, programme, wizardSettings, writeHistory } from './history.ts'
import type { PumpMemory } from './pump.ts'
import { blocksOf, packBlocks } from './writeEvents.ts'

export interface MemoryOptions {
  readonly seed: number
  readonly days: number
  /** The pump's wall clock at the time of the read. */
  readonly now: DeviceTime
  /** Ten characters, such as NG1234567H. */
  readonly serial: string
  /** Big-endian. */
  readonly mac: Uint8Array
  /** Such as MMT-1712. */
  readonly modelNumber: string
  /** Of the linked meter, ten characters. */
  readonly meterSerial: string
}

export interface SimulatedMemory {
  readonly memory: PumpMemory
  /** The life behind it, with its own sums. */
  readonly history: History
}

const MAX_BASAL_UNITS_PER_HOUR = 20_000
const MAX_BOLUS_UNITS = 100_000
const START_OF_2000_S = 946_684_800

/** A 640G in mg/dL and grams whose history ends now. */
export function createMemory(options: MemoryOptions): SimulatedMemory {
  const history = writeHistory(options)
  const { rtc, offset } = history.end.at
  return {
    history,
    memory: {
      rtc,
      offset,
      ...answersOf(history, options),
      blocks: {
        [HistoryType.pump]: blocksOf(history.pump),
        [HistoryType.sensor]: blocksOf(history.sensor),
      },
      pack: packBlocks,
    },
  }
}

/** The answers about itself of a pump whose history ends so. */
export function answersOf(
  history: Pick<History, 'end' | 'books'>,
  options: Pick<MemoryOptions, 'serial' | 'mac' | 'modelNumber'>,
): Pick<PumpMemory, 'answers' | 'patterns'> {
  return {
    answers: new Map([
      [Answer.STATUS, status(history)],
      [Answer.CARB_RATIOS, checked(carbRatios())],
      [Answer.SENSITIVITIES, checked(sensitivities())],
      [Answer.TARGETS, checked(targets())],
      [Answer.BASIC_PARAMETERS, basicParameters()],
      [Answer.DEVICE_CHARACTERISTICS, characteristics(options)],
      [Answer.DEVICE_STRING, deviceString(options)],
    ]),
    patterns: [1, 2, 3, 4, 5, 6, 7, 8].map(pattern),
  }
}

const MEAL_HOURS = [0, 12, 22, 36] as const

/** One ratio, sensitivity and target through the day, in segments as people keep them. */
function carbRatios(): Writer {
  const writer = new Writer().u8(MEAL_HOURS.length)
  for (const start of MEAL_HOURS) writer.u32be(wizardSettings.ratio).u32be(0).u8(start)
  return writer
}

const tenthsOfMmol = (mgdl: number): number => Math.round(mmolFromMgdl(mgdl) * 10)

function sensitivities(): Writer {
  const { sensitivity } = wizardSettings
  return new Writer().u8(1).u16be(sensitivity).u16be(tenthsOfMmol(sensitivity)).u8(0)
}

function targets(): Writer {
  const { low, high } = wizardSettings
  return new Writer().u8(1).u16be(high).u16be(tenthsOfMmol(high)).u16be(low).u16be(tenthsOfMmol(low)).u8(0)
}

/** The wizard's answers begin with a CRC of the rest. */
function checked(writer: Writer): Uint8Array {
  const bytes = writer.done()
  return new Writer().u16be(crc16ccitt(bytes)).bytes(bytes).done()
}

/** Pattern 1 is in use, Workday a long one, the others are empty. */
function pattern(number: number): Uint8Array {
  const rows = number === 1 ? programme : number === 6 ? longProgramme : []
  const writer = new Writer().u8(number).u8(rows.length)
  for (const [start, rate] of rows) writer.u32be(rate).u8(start)
  return writer.done()
}

/** A rate for every hour: an answer too long for one message. */
const longProgramme = Array.from({ length: 24 }, (_, hour) => [2 * hour, 7_000 + 250 * (hour % 7)] as const)

/** Offsets of the sheet less 3: 3 extended bolus, B max bolus, F max basal, 15 insulin action, 22 wizard. */
function basicParameters(): Uint8Array {
  const bytes = new Uint8Array(0x24)
  const view = new DataView(bytes.buffer)
  view.setUint8(6 - 3, 1)
  view.setUint32(14 - 3, MAX_BOLUS_UNITS)
  view.setUint32(18 - 3, MAX_BASAL_UNITS_PER_HOUR)
  view.setUint16(24 - 3, wizardSettings.actionMinutes)
  view.setUint8(37 - 3, 1)
  return bytes
}

/** Offsets of the sheet less 3: 0 serial, A address, 26 firmware, 32 unit shown. */
function characteristics({ serial, mac }: Pick<MemoryOptions, 'serial' | 'mac'>): Uint8Array {
  const bytes = new Uint8Array(0x34)
  for (let i = 0; i < 10; i++) bytes[i] = serial.charCodeAt(i)
  bytes.set(mac.subarray(0, 8), 0x0a)
  bytes.set([2, 9, 0x44], 0x26)
  return bytes
}

/** Offsets of the sheet less 3: 0 address, 8 type, A language, B text in UTF-16. */
function deviceString({ modelNumber, mac }: Pick<MemoryOptions, 'modelNumber' | 'mac'>): Uint8Array {
  const bytes = new Uint8Array(0x5b)
  bytes.set(mac.subarray(0, 8))
  bytes[9] = 4
  for (let i = 0; i < modelNumber.length; i++) bytes[0x0c + 2 * i] = modelNumber.charCodeAt(i)
  return bytes
}

/** Offsets of the sheet less 3. */
function status({ end, books }: Pick<History, 'end' | 'books'>): Uint8Array {
  const bytes = new Uint8Array(0x5d)
  const view = new DataView(bytes.buffer)
  const at = (offset: number) => offset - 3
  view.setUint8(at(0x03), (end.isSuspended ? 0x01 : 0) | 0x10 | 0x40)
  view.setUint32(at(0x10), end.lastBolus.units)
  view.setUint32(at(0x14), (end.lastBolus.at / 1000 - START_OF_2000_S) >>> 0)
  view.setUint8(at(0x18), end.lastBolus.number)
  view.setUint8(at(0x1a), 1)
  view.setUint32(at(0x1b), end.isSuspended ? 0 : end.rate)
  view.setUint32(at(0x26), Math.round(books.at(-1)?.basal ?? 0))
  view.setUint8(at(0x2a), 75)
  view.setUint32(at(0x2b), end.reservoir)
  view.setUint8(at(0x2f), 25)
  view.setUint32(at(0x31), end.active)
  view.setUint16(at(0x35), end.sensor.stored)
  view.setUint32(at(0x37), end.sensor.at.rtc)
  view.setInt32(at(0x3b), end.sensor.at.offset)
  view.setUint8(at(0x40), 0x60)
  view.setUint8(at(0x41), 0x10)
  view.setUint16(at(0x43), Math.round((6 * 60 * MINUTE_MS) / MINUTE_MS))
  view.setUint8(at(0x45), 0x0d)
  return bytes
}
