/**
 * History records about everything but insulin: finger-sticks, alarms, markers, batteries, reminders. Each from its own
 * bytes alone. Source: paradigm sheet §6.6 and §6.7; names of alarms as CareLink's exports write them.
 */
import type { Alarm, Bolus, DeviceEvent, Food, Marker, Smbg, TherapyRecord } from '#records/records.ts'
import { type Family, PRIME_STEPS_PER_UNIT } from './family.ts'
import type { HistoryRecord } from './historyPage.ts'
import { baseOf, byteOf, type Draft, type Timed } from './therapy.ts'
import { GLUCOSE_UNITS } from './therapyWizard.ts'

/**
 * 0A, a finger-stick typed in or sent by a meter, in the unit that it says of itself: a pump in mmol/L keeps what its
 * mg/dL meter sent in mg/dL. A sentence when there is no value.
 */
export function readGlucose(record: Timed): Draft<Smbg> | string {
  const { bytes, spare } = record
  const units = GLUCOSE_UNITS[spare.hour & 3]
  const steps = byteOf(bytes, 1) | (spare.year << 8) | ((spare.hour >> 2) << 9)
  if (units === undefined) return 'a finger-stick in an unknown unit'
  if (steps === 0) return 'a finger-stick without a value'
  return {
    type: 'smbg',
    ...baseOf(record),
    value: units === 'mmol/L' ? steps / 10 : steps,
    units,
    subType: spare.day === FROM_METER ? 'linked' : 'manual',
  }
}

/** D of what a linked meter or remote sent. */
const FROM_METER = 3

/** 3F and 39, the same value as it came from the meter: steps of mg/dL or tenths of mmol/L, as in its 0A. */
export const stepsFromMeter = ({ bytes, spare }: HistoryRecord): number => (byteOf(bytes, 1) << 3) | spare.hour

/** Six hex digits, as printed on the meter. */
export const meterSerialOf = ({ bytes }: HistoryRecord): string =>
  Array.from(bytes.subarray(7, 10), byte => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()

const ALARM_NAMES: ReadonlyMap<number, string> = new Map([
  [3, 'Battery Out Limit Exceeded'],
  [4, 'No Delivery'],
  [5, 'Battery Depleted'],
  [6, 'Auto Off'],
  [16, 'Device Reset'],
  [17, 'Device Reset, Clock Lost'],
  [21, 'Device Reset, Clock Lost'],
  [59, 'Button Error'],
  [61, 'Reprogram Error'],
  [62, 'Empty Reservoir'],
  [101, 'Sensor Alert: High Glucose'],
  [102, 'Sensor Alert: Low Glucose'],
  [103, 'Low Glucose Suspend'],
  [104, 'Sensor Alert: Meter BG Now'],
  [105, 'Sensor Alarm'],
  [106, 'Sensor Alarm: Calibration Error'],
  [107, 'Sensor Alarm: Sensor End'],
  [112, 'Sensor Alert: Weak Signal'],
  [113, 'Sensor Alarm: Lost Sensor'],
  [114, 'Sensor Alert: High Predicted'],
  [115, 'Sensor Alert: Low Predicted'],
])

/** The name of an alarm's number; CareLink calls those without one by what gave them. */
export const alarmNameOf = (code: number, fromSensor = false): string =>
  ALARM_NAMES.get(code) ?? (fromSensor ? 'Sensor Alarm' : 'Device Alarm')

/** 06 of the pump, 0B of the sensor, 0C the answer to either: the number stands behind the opcode. */
export function readAlarm(record: Timed): Alarm {
  const rawCode = byteOf(record.bytes, 1)
  const base = baseOf(record)
  // Here D is a part of the number of the module that raised the alarm, not who did it.
  if (record.opcode === 0x06) delete base.actor
  const alarm = { type: 'alarm', ...base, name: alarmNameOf(rawCode, record.opcode === 0x0b), rawCode } as const
  return record.opcode === 0x0c ? { ...alarm, cleared: true } : alarm
}

const notice = (record: Timed, name: string): Alarm => ({ type: 'alarm', ...baseOf(record), name })

const event = (record: Timed, name: string, text = ''): DeviceEvent => ({
  type: 'deviceEvent',
  ...baseOf(record),
  name,
  text,
})

/** 40, a meal noted: carbohydrate from byte 1 and the first of the body, its unit in the second. */
function readMeal(record: Timed): Food | Marker {
  const { bytes } = record
  const amount = (byteOf(bytes, 1) << 8) | byteOf(bytes, 7)
  if (amount === 0) return { type: 'marker', ...baseOf(record), kind: 'meal', text: 'Meal' }
  return (byteOf(bytes, 8) & 3) === 2
    ? { type: 'food', ...baseOf(record), carbsExchanges: amount / 10 }
    : { type: 'food', ...baseOf(record), carbsGrams: amount }
}

/** 42, insulin noted that the pump did not give. */
const readInjection = (record: Timed): Bolus => ({
  type: 'bolus',
  ...baseOf(record),
  subType: 'injection',
  normalUnits: (((record.spare.hour & 3) << 8) | byteOf(record.bytes, 1)) / PRIME_STEPS_PER_UNIT,
})

type Reader = (record: Timed, family: Family) => TherapyRecord

const READERS: ReadonlyMap<number, Reader> = new Map<number, Reader>([
  [0x06, readAlarm],
  [0x0b, readAlarm],
  [0x0c, readAlarm],
  [0x19, record => notice(record, 'Low battery')],
  [0x1a, record => event(record, 'Battery', byteOf(record.bytes, 1) === 0 ? 'taken out' : 'put in')],
  [0x20, record => event(record, 'Self test')],
  // The head is what was left: tenths of a unit.
  [0x34, record => notice(record, 'Low reservoir')],
  [0x35, record => event(record, 'Reminder')],
  [0x40, readMeal],
  [0x41, record => ({ type: 'marker', ...baseOf(record), kind: 'exercise', text: 'Exercise' })],
  [0x42, readInjection],
  [0x43, record => ({ type: 'marker', ...baseOf(record), kind: 'other', text: 'Other' })],
  [0x69, record => event(record, 'Missed bolus reminder')],
])

/** The record of a history record that needs no other; `undefined` for all others. */
export const readEvent = (record: Timed, family: Family): TherapyRecord | undefined =>
  READERS.get(record.opcode)?.(record, family)
