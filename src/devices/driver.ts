/**
 * The contract between a device and the rest of the app. A driver is two things kept apart: `download` talks and
 * understands no more than it needs to go on; `decode` turns the bytes into records and talks to nobody.
 * `test/devices/contract.test.ts` proves the properties named here for every driver it finds.
 */
import type { DeviceIdentity, Skipped, TherapyRecord } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import type { Clock, Port } from './ports/port.ts'

/** How a model is reached, and how the browser's chooser finds it. */
export type Connection =
  | { readonly transport: 'hid'; readonly vendorId: number; readonly productId: number }
  | { readonly transport: 'usb'; readonly vendorId: number; readonly productId: number }
  | {
      readonly transport: 'serial'
      readonly vendorId: number
      readonly productId: number
      readonly baudRate: number
    }

/** How far we have come with a device; the app and README say it in these words. Decision 18. */
export type Standing = 'verified-on-captures' | 'verified-on-simulator' | 'experimental'

/** One line of the device list: plain data, loaded by the window. */
export interface Model {
  /** Unique, such as `contour-next-link`. */
  readonly id: string
  readonly name: string
  readonly manufacturer: string
  readonly kind: DeviceIdentity['kind']
  readonly connections: readonly Connection[]
  readonly standing: Standing
  /** What to do before plugging in, in order, in plain words. */
  readonly preparation: readonly string[]
  /** How many results its memory holds, where known. */
  readonly capacity?: number
  /** Name of a drawing in `ui/parts/DeviceDrawing.tsx`. */
  readonly drawing: 'meter-stick' | 'meter' | 'pump'
}

export interface Session {
  readonly model: Model
  /** Cancelled by the person. */
  readonly signal: AbortSignal
  readonly clock: Clock
  /** Newest record already kept of this device, to stop early where the device gives newest first. */
  readonly since: DeviceTime | undefined
  /** `unit` names what is counted: "results", "pages". `total` undefined: not known (yet). */
  progress(done: number, total: number | undefined, unit: string): void
  log(direction: 'out' | 'in' | 'note', what: Uint8Array | string): void
  /**
   * Keeps what has arrived so far. Called after every page, so that a pulled cable loses nothing. A partial download
   * must be decodable; the last call wins.
   */
  keep(download: Download): void
}

/** One stretch of bytes as the device gave them. */
export interface Page {
  /** What it holds, in the driver's words: `record`, `history`. */
  readonly kind: string
  readonly index: number
  readonly bytes: Uint8Array
}

export interface Download {
  readonly driver: string
  readonly modelId: string
  readonly device: DeviceIdentity
  readonly pages: readonly Page[]
  /** Everything the device has was read; false for what `keep` was given on the way. */
  readonly complete: boolean
  /** The device's clock and the computer's, ms UTC, at the moment the device told it. */
  readonly clock?: { readonly device: DeviceTime; readonly hostMs: number }
}

export interface Decoded {
  readonly device: DeviceIdentity
  readonly records: readonly TherapyRecord[]
  readonly skipped: readonly Skipped[]
}

export interface Driver {
  /** The folder's name. */
  readonly id: string
  /** Raised when the same bytes give other records than before; stored downloads are then decoded again. */
  readonly decoderVersion: number
  /** True for bytes that the driver may send; the port refuses all others. Sheet's whitelist. */
  mayWrite(bytes: Uint8Array): boolean
  /** Reads the device's memory. Leaves the device as it was, also after an error. Throws DeviceError only. */
  download(port: Port, session: Session): Promise<Download>
  /**
   * Turns what was read into records. Pure: same bytes, same records. Never throws, whatever the bytes; the raw
   * references of `records` (with `supporting`) and `skipped` together cover every byte of every page.
   */
  decode(download: Download): Decoded
}

/** The device's side of the wire, for tests, the bench and "Try it without a device". Pure: no timers, no randomness. */
export interface Simulator {
  /** What the device sends in answer to one packet from the computer, packet by packet. */
  receive(packet: Uint8Array): readonly Uint8Array[]
}

/** A memory the simulated device is loaded with; `id` names it in the app's list. */
export interface Scenario {
  readonly id: string
  readonly name: string
  readonly description: string
}

/** What a driver's `simulator.ts` exports as `simulation`. */
export interface Simulation {
  readonly scenarios: readonly Scenario[]
  /** A fresh device; `nowMs` is the computer's local wall clock as {@link DeviceTime}, so that its data end today. */
  create(modelId: string, scenarioId: string, now: DeviceTime): Simulator
}
