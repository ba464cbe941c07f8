/**
 * Glucose records as rows of CareLink's current export. A value stands in the unit that its device stored, in a table
 * whose columns say that unit, so that it is exact. LO and HI never stand here: the columns hold numbers, every reader
 * would take the limit for a measured value, and a wrong number is worse than a missing one. Those of sensors have rows
 * of their own (`writeRaw.ts`); for those of meters and calibrations neither today's nor the old export has a word.
 * Source: CareLink export sheet §6, "BG Source", "Sensor section".
 */
import type { Calibration, Cbg, SensorState, Smbg } from '#records/records.ts'
import { saysSomething } from './cells.ts'
import { isWritableGlucose, oneRow, type Written } from './writeRow.ts'

export function writeCbg(record: Cbg): Written | undefined {
  if (record.outOfRange || !isWritableGlucose(record)) return undefined
  const cells = { 'sensor glucose': record.value, 'isig value': record.isigNa }
  return oneRow(record.deviceTime, cells, record.backfilled === true)
}

/**
 * One row a test. Control solution is left out: any reader would count it as blood. Who typed and who sent are told by
 * CareLink's words; in a meter's own section there is nothing to tell.
 */
export function writeSmbg(record: Smbg): Written | undefined {
  const { deviceTime, value, subType, meterSerial = '', rejected } = record
  if (record.controlSolution || record.outOfRange || !isWritableGlucose(record)) return undefined
  const isLinked = subType === 'linked'
  const source = isLinked
    ? rejected
      ? 'USER_REJECTED_REMOTE_BG'
      : 'BG_READIN_RECEIVED'
    : subType === 'manual'
      ? 'ENTERED_IN_BG_ENTRY'
      : undefined
  const isShortened =
    record.meal !== undefined ||
    record.minutesAfterMeal !== undefined ||
    (record.marks ?? []).length > 0 ||
    (!isLinked && (rejected === true || meterSerial !== ''))
  const cells = {
    'bg source': source,
    'bg reading': value,
    'linked bg meter id': isLinked && meterSerial !== '' ? meterSerial : undefined,
  }
  return oneRow(deviceTime, cells, isShortened)
}

export function writeCalibration(record: Calibration): Written | undefined {
  if (record.outOfRange || !isWritableGlucose(record)) return undefined
  return oneRow(record.deviceTime, { 'sensor calibration bg': record.value }, record.rejectedReason !== undefined)
}

/** CareLink's own codes are exceptions; what other sources say of a sensor goes into the column of states. */
export function writeSensorState({ deviceTime, state }: SensorState): Written | undefined {
  if (!saysSomething(state)) return undefined
  return oneRow(deviceTime, /^SENSOR_[A-Z_]+$/.test(state) ? { 'sensor exception': state } : { 'sensor state': state })
}
