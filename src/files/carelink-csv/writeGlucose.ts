/**
 * Glucose records as rows of CareLink's current export. A value stands in the unit that its device stored, in a table
 * whose columns say that unit, so that it is exact. Source: CareLink export sheet §6, "BG Source", "Sensor section".
 */
import type { Calibration, Cbg, SensorState, Smbg } from '#records/records.ts'
import { saysSomething } from './cells.ts'
import { isWritableGlucose, oneRow, type Written } from './writeRow.ts'

/** LO and HI stand as their limit, as in CareLink's own files. */
export function writeCbg(record: Cbg): Written | undefined {
  if (!isWritableGlucose(record)) return undefined
  const cells = { 'sensor glucose': record.value, 'isig value': record.isigNa }
  return oneRow(record.deviceTime, cells, record.outOfRange !== undefined || record.backfilled === true)
}

/**
 * One row a test. Control solution is left out: any reader would count it as blood. Who typed and who sent are told by
 * CareLink's words; in a meter's own section there is nothing to tell.
 */
export function writeSmbg(record: Smbg): Written | undefined {
  const { deviceTime, value, subType, meterSerial = '', rejected } = record
  if (record.controlSolution || !isWritableGlucose(record)) return undefined
  const isLinked = subType === 'linked'
  const source = isLinked
    ? rejected
      ? 'USER_REJECTED_REMOTE_BG'
      : 'BG_READIN_RECEIVED'
    : subType === 'manual'
      ? 'ENTERED_IN_BG_ENTRY'
      : undefined
  const isShortened =
    record.outOfRange !== undefined ||
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
  if (!isWritableGlucose(record)) return undefined
  const isShortened = record.rejectedReason !== undefined || record.outOfRange !== undefined
  return oneRow(record.deviceTime, { 'sensor calibration bg': record.value }, isShortened)
}

/** CareLink's own codes are exceptions; what other sources say of a sensor goes into the column of states. */
export function writeSensorState({ deviceTime, state }: SensorState): Written | undefined {
  if (!saysSomething(state)) return undefined
  return oneRow(deviceTime, /^SENSOR_[A-Z_]+$/.test(state) ? { 'sensor exception': state } : { 'sensor state': state })
}
