/** A device of the app's list, as a case has it: plugged in as which USB device, with which memory. */
import type { Connection, Model, Simulator } from '#devices/driver.ts'
import type { Value } from '../app.ts'
import type { Personality } from '../usbip/device.ts'

export interface Subject {
  readonly model: Model
  readonly transport: Connection['transport']
  readonly personality: Personality
  readonly simulator: Simulator
  /** Unlike any other case's: by it the case finds what was kept of its device. */
  readonly serial: string
  /** Everything in the device's memory, from where the simulator got it and not from decoding. */
  readonly values: readonly Value[]
}
