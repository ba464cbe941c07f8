/** A device of the app's list, as a case has it: plugged in as which USB device, with which memory. */
import type { Connection, Model, Simulator } from '#devices/driver.ts'
import type { Value } from '../app.ts'
import type { Personality } from '../usbip/device.ts'

export interface Subject {
  readonly model: Model
  /** One of the model's. Where it names a bridge, the person chooses that one. */
  readonly connection: Connection
  readonly personality: Personality
  readonly simulator: Simulator
  /** What the person types before the read, by the ids of the model's questions. None when absent. */
  readonly answers?: Readonly<Record<string, string>>
  /** Unlike any other case's: by it the case finds what was kept of its device. */
  readonly serial: string
  /**
   * What is in the device's memory, from where the simulator got it and not from decoding: every record of the kinds
   * that occur in here.
   */
  readonly values: readonly Value[]
  /** How many records of other kinds come out of the memory, by kind. None when absent. */
  readonly others?: Readonly<Record<string, number>>
  /** A transfer, counted from 0, by which a part of the memory has been read and kept, and not all of it. */
  readonly middle: number
}
