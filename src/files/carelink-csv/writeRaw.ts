/**
 * LO and HI of a sensor. Today's export has no word for them that is known: in no file seen does a sensor value of 40 or
 * 400 stand. The export of the years before 2016 had: the Raw-Types GlucoseSensorDataLow and GlucoseSensorDataHigh with
 * the limit in AMOUNT. So they stand in a table of their own below the sensor's numbers, in those words, and nothing
 * stands in any column of numbers: a reader that finds columns by name passes over names it does not know, one that goes
 * by place meets a word where the sensor's exceptions are, and a reader that knows Raw-Types (ours) has the record whole.
 * Source: CareLink export sheet §2 (point 7), §4 "Decode from columns 34/35", §6 "Sensor section".
 */
import type { Cbg, TherapyRecord } from '#records/records.ts'
import { numberText } from './numbers.ts'
import { isWritableGlucose, oneRow, type Written } from './writeRow.ts'

/** LO or HI of a sensor in mg/dL: Raw-Values know no other unit. */
export const isRawCbg = (record: TherapyRecord): record is Cbg =>
  record.type === 'cbg' && record.outOfRange !== undefined && record.units === 'mg/dL' && isWritableGlucose(record)

/** `name` is what the file calls the device. */
export function writeRawCbg({ deviceTime, value, outOfRange, isigNa, backfilled }: Cbg, name: string): Written {
  const values = [
    `AMOUNT=${numberText(value)}`,
    ...(isigNa === undefined ? [] : [`ISIG=${numberText(isigNa)}`]),
    ...(backfilled === true ? ['BACKFILL_INDICATOR=true'] : []),
  ]
  return oneRow(deviceTime, {
    'raw-type': outOfRange === 'low' ? 'GlucoseSensorDataLow' : 'GlucoseSensorDataHigh',
    'raw-values': values.join(', '),
    'raw-device type': name,
  })
}
