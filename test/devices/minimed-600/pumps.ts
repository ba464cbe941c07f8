/** Simulated pumps of the tests, filled with plain events, and one read of them with all that can be said afterwards. */
import { crc16ccitt } from '#bytes/checksum.ts'
import { bytesFromHex } from '#bytes/hex.ts'
import { Writer } from '#bytes/writer.ts'
import {
  type AirFault,
  type CommandFault,
  createLinkMeter,
  type LinkMeterOptions,
  type SimulatedLinkMeter,
} from '#devices/minimed-600/simulate/linkMeter.ts'
import {
  createPump,
  type HistoryBlock,
  type PumpMemory,
  type SimulatedPump,
} from '#devices/minimed-600/simulate/pump.ts'
import { macOfSerial } from '#devices/minimed-600/talk/linkKey.ts'
import { Answer, HistoryType } from '#devices/minimed-600/talk/message.ts'

const DAY = 86_400
export const NOW_RTC = 0x85000000
/** 2026-03-14T21:30:00 at that count. */
export const OFFSET = Date.UTC(2026, 2, 14, 21, 30) / 1000 - 946_684_800 - NOW_RTC
export const PUMP_SERIAL = 'NG0000123H'
export const KEY = bytesFromHex('00112233445566778899aabbccddeeff')

/** A block of events of 24 bytes, one for each of these moments. */
function blockOf(type: number, moments: readonly number[]): HistoryBlock {
  const events = new Writer()
  for (const rtc of moments) events.u8(type).u8(0).u8(24).u32be(rtc).i32be(OFFSET).u32be(rtc).fill(9)
  const used = events.done()
  const bytes = new Writer()
    .bytes(used)
    .fill(0x7fc - used.length, 0xff)
    .u16be(used.length)
    .u16be(crc16ccitt(used))
    .done()
  return { fromRtc: moments[0] ?? 0, toRtc: moments.at(-1) ?? 0, bytes }
}

/** Blocks with an event every `everySeconds` over the last `days`. */
export function blocksOf(type: number, days: number, everySeconds: number): readonly HistoryBlock[] {
  const moments: number[] = []
  for (let rtc = NOW_RTC - days * DAY; rtc < NOW_RTC; rtc += everySeconds) moments.push(rtc)
  const blocks: HistoryBlock[] = []
  for (let at = 0; at < moments.length; at += 80) blocks.push(blockOf(type, moments.slice(at, at + 80)))
  return blocks
}

/** The parameters of 030E, not compressed. */
export const packPlain = (type: number, blocks: readonly Uint8Array[]): Uint8Array => {
  const data = Uint8Array.from(blocks.flatMap(block => [...block]))
  return new Writer().u8(type).u32be(data.length).u32be(data.length).u8(0).bytes(data).done()
}

const settings: PumpMemory['answers'] = new Map([
  // Real answers of the sheet (§9.3, §23) without sequence and CRC; the others zeros of the right length.
  [Answer.STATUS, new Uint8Array(93)],
  [
    Answer.CARB_RATIOS,
    bytesFromHex(
      '2e7007000000000000019000000000000000044c0b000000000000044c11000000000000044c13000000000000028a1600000000000001f41e00000000000001f424',
    ),
  ],
  [Answer.SENSITIVITIES, bytesFromHex('1ab7050096005300007800430c006400381400780043240 08c004e2e')],
  [Answer.TARGETS, bytesFromHex('d1e10400780043005a003200007800430050002c0a007800430050002c1000780043005a003224')],
  [Answer.BASIC_PARAMETERS, new Uint8Array(40)],
  [Answer.DEVICE_CHARACTERISTICS, characteristics()],
  [Answer.DEVICE_STRING, deviceString('MMT-1712')],
])

function characteristics(): Uint8Array {
  const mac = macOfSerial(PUMP_SERIAL) ?? new Uint8Array(8)
  return new Writer().text(PUMP_SERIAL).bytes(mac).fill(20).text('\x02\x05A').fill(12).done()
}

function deviceString(text: string): Uint8Array {
  const writer = new Writer().fill(8).u16be(4).u8(0)
  for (const letter of text) writer.u8(0).text(letter)
  return writer.fill(91 - writer.length).done()
}

/** Pattern 1 has 48 segments, too many for one message. */
const patterns = Array.from({ length: 8 }, (_, i) => {
  const count = i === 0 ? 48 : 0
  const writer = new Writer().u8(i + 1).u8(count)
  for (let half = 0; half < count; half++) writer.u32be(8000).u8(half)
  return writer.done()
})

export interface PumpFill {
  readonly days?: number
  readonly sensorDays?: number
  readonly memory?: Partial<PumpMemory>
  readonly refusals?: ReadonlyMap<number, number>
  readonly airFault?: (packet: number) => AirFault | undefined
  readonly commandFault?: (command: number) => CommandFault | undefined
  readonly linked?: Partial<NonNullable<LinkMeterOptions['linked']>> | 'none'
  readonly meter?: Partial<LinkMeterOptions>
}

export interface SimulatedPair {
  readonly meter: SimulatedLinkMeter
  readonly pump: SimulatedPump
}

/** A meter with its pump behind it: 30 days of pump history and 10 of the sensor's unless told. */
export function pairOf(fill: PumpFill = {}): SimulatedPair {
  const { days = 30, sensorDays = 10, linked = {}, memory, refusals, airFault, commandFault } = fill
  const pump = createPump({
    memory: {
      rtc: NOW_RTC,
      offset: OFFSET,
      answers: settings,
      patterns,
      blocks: {
        [HistoryType.pump]: blocksOf(0x0b, days, 3600),
        [HistoryType.sensor]: blocksOf(0xd6, sensorDays, 3600),
      },
      pack: packPlain,
      ...memory,
    },
    ...(refusals && { refusals }),
  })
  const mac = macOfSerial(PUMP_SERIAL) ?? new Uint8Array(8)
  const meter = createLinkMeter({
    serial: '6213-0000123',
    rfSerial: 'BG0000123B',
    mac: macOfSerial('BG0000123B') ?? new Uint8Array(8),
    ...(linked !== 'none' && { linked: { mac, key: KEY, channel: 0x0e, pump, ...linked } }),
    ...(airFault && { airFault }),
    ...(commandFault && { commandFault }),
    ...fill.meter,
  })
  return { meter, pump }
}
