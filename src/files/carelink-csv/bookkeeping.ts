/**
 * Columns of generations G2 and G3 that tell of devices and settings in words of their own.
 * Source: CareLink export sheet §6.
 */
import type { Column } from './columns.ts'

/** Bookkeeping that is kept under a name of its own. */
export const EVENT_COLUMNS: readonly (readonly [Column, string])[] = [
  ['sensor calibration rejected reason', 'Sensor calibration rejected'],
  ['ble network device', 'Network device'],
  ['device update event', 'Device update'],
  ['network device associated reason', 'Network device associated'],
  ['network device disassociated reason', 'Network device disassociated'],
  ['network device disconnected reason', 'Network device disconnected'],
]

/** A setting is named as its column; its one value as here. */
export const SETTING_COLUMNS: readonly (readonly [Column, string])[] = [
  ['insulin action curve time', 'minutes'],
  ['smartguard correction bolus feature', 'state'],
]
