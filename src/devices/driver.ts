/**
 * The contract between a device and the rest of the app. A driver is two things kept apart: `download` talks and
 * understands no more than it needs to go on; `decode` turns the bytes into records and talks to nobody.
 * `test/devices/contract.test.ts` proves the properties named here for every driver it finds.
 */
import type { DeviceIdentity, Skipped, TherapyRecord } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import type { DeviceErrorCode } from './errors.ts'
import type { Clock, Port } from './ports/port.ts'

/** How a model is reached, and how the browser's chooser finds it. */
export type Connection = { readonly vendorId: number; readonly productId: number; readonly bridge?: Bridge['id'] } & (
  | { readonly transport: 'hid' }
  | {
      readonly transport: 'usb'
      /**
       * How many bytes a transfer in asks for; 4096 when absent. A device whose answers fill whole packets never ends a
       * longer one, so for it this is its packet size.
       */
      readonly transferBytes?: number
    }
  | { readonly transport: 'serial'; readonly baudRate: number }
)

/** A thing of its own between computer and device, such as a radio stick. The person says which of them is at hand. */
export interface Bridge {
  readonly id: string
  readonly name: string
  /** What to do with it, after the model's own `preparation`. */
  readonly preparation: readonly string[]
  /** What cannot work on some systems, said before the person tries. */
  readonly cautions: readonly { readonly system: System; readonly text: string }[]
}

export type System = 'windows' | 'macos' | 'linux' | 'chromeos' | 'android'

/** What only the person can tell. Asked once before the read and remembered. */
export interface Question {
  readonly id: string
  readonly label: string
  /** Where to find the answer. */
  readonly hint: string
  /** The whole answer matches it, without blanks around. */
  readonly pattern: RegExp
  /** What is wrong with an answer that does not match. */
  readonly problem: string
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
  /** Where there are several ways by different things; each connection then names its own. */
  readonly bridges?: readonly Bridge[]
  readonly questions?: readonly Question[]
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
  /** The way that was taken; of a simulated device the one that its scenario names. */
  readonly connection: Connection
  /** By {@link Question} id. Every question of the model has a matching answer. */
  readonly answers: Readonly<Record<string, string>>
  /** Cancelled by the person. */
  readonly signal: AbortSignal
  readonly clock: Clock
  /**
   * What was read of this device before, newest first, parts of broken reads too: to ask for nothing twice. Pages that
   * the new download needs to be understood may be carried over into it. Bytes of an earlier version: hostile until
   * parsed.
   */
  earlier(device: Pick<DeviceIdentity, 'kind' | 'serial'>): AsyncIterable<Download>
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
  /** How long a read may last in which the device says nothing (more). A minute when absent. */
  readonly patienceMs?: number
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
  /** Ids of the models that can have such a memory; all of the driver's when absent. */
  readonly models?: readonly string[]
  /** The simulated way to it; the model's first connection when absent. */
  readonly bridge?: Bridge['id']
  /** What a person with this device would answer to the model's questions. */
  readonly answers?: Readonly<Record<string, string>>
  /** What a read of it ends in, to show what the app says then; read whole when absent. */
  readonly endsIn?: DeviceErrorCode
}

/** What a driver's `simulator.ts` exports as `simulation`. */
export interface Simulation {
  readonly scenarios: readonly Scenario[]
  /** A fresh device; `nowMs` is the computer's local wall clock as {@link DeviceTime}, so that its data end today. */
  create(modelId: string, scenarioId: string, now: DeviceTime): Simulator
}
