/**
 * The sensor's set-up as history records 4F (522 family) and 50 (large pumps) hold it: old half, new half.
 * Source: paradigm sheet §6.8.
 */
import type { GlucoseUnits } from '#records/units.ts'
import type { Family } from './family.ts'
import { glucoseUnitsOf, inUnits } from './schedules.ts'
import { before, type Values } from './values.ts'

const HALF_522 = 16

/**
 * | offset in half | field                                            |
 * | 0              | flags: bit 0 sensor on, bits 5 and 6 units       |
 * | 1              | alerts: 10 and 40; bits 0 and 1 units            |
 * | 2              | BE16 high limit                                  |
 * | 4              | low limit                                        |
 * | 5              | not known                                        |
 * | 6              | missed data, minutes                             |
 * | 7              | BE16 high snooze, minutes                        |
 * | 9              | low snooze, minutes                              |
 * | 10             | BE16 alarm snooze, minutes                       |
 * | 12             | calibration reminder, minutes                    |
 * | 13             | transmitter, three bytes                         |
 */
export function sensorSetup522(body: Uint8Array): Values {
  const half = (bytes: Uint8Array): Values => {
    const at = (offset: number): number => bytes[offset] ?? 0
    // Unconfirmed: the units stand in one of two places. A record of a mg/dL pump would tell which.
    const units = (at(0) >> 5) & 3
    const told = units === (at(1) & 3) ? glucoseUnitsOf(units) : undefined
    return {
      Sensor: (at(0) & 1) === 1 ? 'on' : 'off',
      // Which bit is which alert is not known.
      Alerts: `${at(1).toString(16).toUpperCase().padStart(2, '0')} (bits 10 and 40)`,
      'High limit': glucoseText(be16(bytes, 2), told),
      'Low limit': glucoseText(at(4), told),
      'Missed data': `${at(6)} min`,
      'High snooze': `${be16(bytes, 7)} min`,
      'Low snooze': `${at(9)} min`,
      'Alarm snooze': `${be16(bytes, 10)} min`,
      'Calibration reminder': `${at(12)} min`,
      Transmitter: transmitterText(bytes, 13),
    }
  }
  return { ...before(half(body.subarray(0, HALF_522))), ...half(body.subarray(HALF_522, 2 * HALF_522)) }
}

/**
 * | offset in half | field                                                   |
 * | 0              | flags: bit 0 sensor on, bits 5 and 6 units              |
 * | 1              | calibration reminder on                                 |
 * | 2              | missed data, minutes                                    |
 * | 3              | BE16 high snooze, minutes                               |
 * | 5              | low snooze, minutes                                     |
 * | 6              | BE16 alarm snooze, minutes                              |
 * | 8              | calibration reminder, minutes                           |
 * | 9              | transmitter, three bytes                                |
 * | 12, 13         | high and low limit of the area under the curve          |
 * | 14             | automatic calibration: 80                               |
 * | 15, 16         | low suspend: 80 and its limit; 51 and 54 only           |
 */
export function sensorSetupLarge(body: Uint8Array, { hasLowSuspend }: Family): Values {
  const half = (bytes: Uint8Array): Values => {
    const at = (offset: number): number => bytes[offset] ?? 0
    const units = glucoseUnitsOf((at(0) >> 5) & 3)
    return {
      Sensor: (at(0) & 1) === 1 ? 'on' : 'off',
      ...(units && { 'Glucose units': units }),
      'Calibration reminder': (at(1) & 1) === 1 ? `${at(8)} min before` : 'off',
      'Missed data': `${at(2)} min`,
      'High snooze': `${be16(bytes, 3)} min`,
      'Low snooze': `${at(5)} min`,
      'Alarm snooze': `${be16(bytes, 6)} min`,
      Transmitter: transmitterText(bytes, 9),
      'High area limit': glucoseText(at(12), units),
      'Low area limit': glucoseText(at(13), units),
      'Automatic calibration': (at(14) & 0x80) === 0 ? 'off' : 'on',
      ...(hasLowSuspend && {
        'Low suspend': (at(15) & 0x80) === 0 ? 'off' : 'on',
        'Low suspend limit': glucoseText(at(16), units),
      }),
    }
  }
  const length = hasLowSuspend ? 17 : 15
  return { ...before(half(body.subarray(0, length))), ...half(body.subarray(length, 2 * length)) }
}

const be16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)

/** A stored glucose limit with its unit; as it is stored where the unit is not known. */
const glucoseText = (stored: number, units: GlucoseUnits | undefined): string =>
  units ? `${inUnits(stored, units)} ${units}` : `${stored} (mg/dL or tenths of mmol/L)`

/** The number as printed on the transmitter; FFFFFF: none. */
function transmitterText(bytes: Uint8Array, at: number): string {
  const number = (be16(bytes, at) << 8) | (bytes[at + 2] ?? 0)
  return number === 0xffffff || number === 0 ? 'none' : String(number)
}
