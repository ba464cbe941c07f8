/** Simulated pumps with known memories, and one read of them through either bridge. */
import type { Connection, Download, Driver, Model, Session, Simulator } from '#devices/driver.ts'
import type { Clock } from '#devices/ports/port.ts'
import { createLink } from '#devices/paradigm/simulate/link.ts'
import {
  createPump,
  type PumpMemory,
  type PumpTroubles,
  type SimulatedPump,
  withIsigCrc,
  withPageCrc,
} from '#devices/paradigm/simulate/pump.ts'
import { createStick, type StickTroubles } from '#devices/paradigm/simulate/stick.ts'
import { download, mayWrite } from '#devices/paradigm/talk/download.ts'
import { type DeviceTime, deviceTimeFromIso } from '#records/time.ts'
import { type Circumstances, read, type Reading } from '../reading.ts'

export const SERIAL = '000042'

/** The talking half alone: what the bytes mean does not matter here. */
const talker: Driver = {
  id: 'paradigm',
  decoderVersion: 0,
  mayWrite,
  download,
  decode: ({ device }) => ({ device, records: [], skipped: [] }),
}
const stickWay: Connection = {
  transport: 'usb',
  vendorId: 0x0a21,
  productId: 0x8001,
  transferBytes: 64,
  bridge: 'carelink-stick',
}
const linkWay: Connection = { transport: 'hid', vendorId: 0x1a79, productId: 0x6200, bridge: 'contour-next-link' }
const model: Model = {
  id: 'paradigm-test',
  name: 'Test',
  manufacturer: 'Medtronic',
  kind: 'pump',
  connections: [stickWay, linkWay],
  standing: 'experimental',
  preparation: [],
  drawing: 'pump',
}

/** A session that keeps nothing. */
export const sessionBy = (way: Way, clock: Clock, pumpSerial: string): Session => ({
  model,
  connection: connectionBy(way),
  answers: { pumpSerial },
  signal: new AbortController().signal,
  clock,
  async *earlier() {},
  progress: () => undefined,
  log: () => undefined,
  keep: () => undefined,
})

/** A full page that no other number has; as in real pages the end is empty. */
export const pageOf = (number: number, fill = 0x5a): Uint8Array =>
  withPageCrc(Uint8Array.from({ length: 1024 }, (_, at) => (at < 1000 ? (at * 7 + number * 31 + fill) & 0xff : 0)))
const isigPageOf = (number: number): Uint8Array =>
  withIsigCrc(Uint8Array.from({ length: 2048 }, (_, at) => (at < 1900 ? (at * 3 + number * 17) & 0xff : 0)))

export interface MemoryOptions {
  readonly model?: string
  /** The number of the newest history page. */
  readonly counter?: number
  readonly historyPages?: number
  /** The number of the newest sensor page, and how many there are. */
  readonly cgmNewest?: number
  readonly cgmPages?: number
  readonly replies?: ReadonlyMap<number, Uint8Array>
}

/** What every 522 of the captures answers, and some more. */
const usualReplies: ReadonlyMap<number, Uint8Array> = new Map([
  [0x74, Uint8Array.from('VER 2.4A1.1\x20\x0b\x0b', char => char.charCodeAt(0))],
  [0x72, Uint8Array.of(0, 0, 0x75)],
  [0x73, Uint8Array.of(0, 0x5e)],
  [0x79, Uint8Array.of(0, 0xcb, 1, 0x7a)],
  [0xc0, Uint8Array.of(0, 1, 0, 1, 1, 0x64, 0, 0x50, 0, 0, 1, 0, 0, 0, 0, 0x64, 1, 4, 0, 0x14, 0)],
  [0x92, Uint8Array.of(0x20, 0, 0, 0x26, 0, 0x0d, 0x2c, 0, 0x13, 0x26, 0, 0x1c)],
  [0x93, Uint8Array.of(0, 0, 0x3f)],
  [0x94, Uint8Array.of(0, 0, 0x3f)],
])

export function memoryOf(options: MemoryOptions = {}): PumpMemory {
  const { counter = 40, historyPages = 36, cgmNewest = 99, cgmPages = 0 } = options
  const cgmNumbers = Array.from({ length: cgmPages }, (_, age) => cgmNewest - age)
  return {
    model: options.model ?? '522',
    serial: SERIAL,
    clock: deviceTimeFromIso('2026-03-14T21:30:00') ?? (0 as DeviceTime), // The text is a time.
    replies: options.replies ?? usualReplies,
    history: Array.from({ length: Math.min(counter + 1, historyPages) }, (_, age) => pageOf(counter - age)),
    historyCounter: counter,
    ...(cgmPages > 0 && {
      glucose: new Map(cgmNumbers.map(number => [number, pageOf(number, 0xa5)])),
      isig: new Map(cgmNumbers.map(number => [number, isigPageOf(number)])),
    }),
  }
}

export interface PumpReading extends Reading {
  readonly pump: SimulatedPump
}

export type Way = 'stick' | 'link'
const connectionBy = (way: Way): Connection => (way === 'stick' ? stickWay : linkWay)

export interface ReadOptions extends Partial<Omit<Circumstances, 'simulator' | 'driver'>> {
  readonly way?: Way
  readonly troubles?: PumpTroubles
  readonly stickTroubles?: StickTroubles
  readonly through?: (simulator: Simulator) => Simulator
}

/** Reads a pump with this memory. */
export async function readPump(memory: PumpMemory, options: ReadOptions = {}): Promise<PumpReading> {
  const { way = 'stick', troubles, stickTroubles = {}, through = each => each, ...circumstances } = options
  const pump = createPump(memory, troubles)
  const simulator = way === 'stick' ? createStick(pump, { troubles: stickTroubles }) : createLink(pump)
  const reading = await read({
    driver: talker,
    model,
    connection: connectionBy(way),
    answers: { pumpSerial: memory.serial },
    ...circumstances,
    simulator: through(simulator),
  })
  return { ...reading, pump }
}

/** Numbers of the pages of a kind, as they stand in the download. */
export const numbersOf = (download: Download | undefined, kind: string): readonly number[] =>
  download?.pages.filter(page => page.kind === kind).map(({ index }) => index) ?? []

/** What the driver asked the pump through the stick, such as `8d` and `80 03`. */
export const askedThroughStick = (written: readonly string[]): readonly string[] =>
  written
    .filter(packet => packet.startsWith('0100a7'))
    .map(packet => `${packet.slice(26, 28)} ${packet.slice(30, -2)}`.trim())
