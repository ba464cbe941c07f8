/**
 * What one event of the sensor's log says, as a record. Sensor states have the words of CareLink's own export, so that
 * the same state from a file and from a pump is one. Source: paradigm sheet §7.1 to §7.3.
 */
import { hexFromBytes } from '#bytes/hex.ts'
import type { RawRef, TherapyRecord } from '#records/records.ts'
import type { DeviceTime } from '#records/time.ts'
import { type CgmEvent, CgmOpcode } from './cgmEvents.ts'
import type { Family } from './family.ts'

export interface EventContext {
  readonly raw: RawRef
  /** When it was, or why that is not known. */
  readonly time: DeviceTime | string | undefined
  /** The event's own. */
  readonly bytes: Uint8Array
  /** The ISIG word under the opcode. */
  readonly word: number | undefined
  readonly family: Family
  /** Of a clock change: the event before, with the old time. */
  readonly oldTime: { readonly time: DeviceTime | undefined; readonly bytes: Uint8Array } | undefined
}

/** Lowest and highest value that a sensor of these pumps gives, mg/dL. */
const LOWEST_MGDL = 40
const HIGHEST_MGDL = 400

/** The record of an event, a reason why there is none, or what the event is that holds nothing. */
export function recordOfCgmEvent(
  event: CgmEvent,
  context: EventContext,
): TherapyRecord | string | { holdsNothing: string } {
  const { time, raw, bytes } = context
  if (event.kind === 'unknown') return `an event of the sensor of an unknown kind (${hexOf(event.opcode)})`
  if (event.kind === 'still') return { holdsNothing: 'filler or end mark of the sensor' }
  if (event.opcode === CgmOpcode.TIMESTAMP) return { holdsNothing: 'a timestamp of the sensor' }
  if (event.opcode === CgmOpcode.OTHER) return { holdsNothing: 'a meter value or mark that the history has too' }
  if (typeof time !== 'number') return time ?? 'a sensor event without a time'

  const identity = hexFromBytes(bytes)
  const base = { deviceTime: time, identity, raw }
  const sensorState = (state: string): TherapyRecord => ({ type: 'sensorState', ...base, state, actor: 'sensor' })
  const [first = 0] = event.body
  switch (event.opcode) {
    case CgmOpcode.WEAK_SIGNAL:
      return sensorState('SensorWeakSignal')
    case CgmOpcode.CALIBRATION_STATE:
      return sensorState(`SensorCal ${CALIBRATION_STATES[first] ?? first}`)
    case CgmOpcode.PACKET:
      return sensorState(`SensorPacket ${first === 2 ? 'init' : first}`)
    case CgmOpcode.ERROR:
      return sensorState(`SensorError ${first === 1 ? 'end' : first}`)
    case CgmOpcode.STATUS:
      return sensorState(`SensorStatus ${STATUSES[event.subType] ?? event.subType}`)
    case CgmOpcode.SYNC:
      return sensorState(`SensorSync ${SYNCS[event.subType] ?? event.subType}`)
    case CgmOpcode.CALIBRATION_FACTOR:
      return sensorState(`SensorCalFactor ${(((first << 8) | (event.body[1] ?? 0)) / 1000).toString()}`)
    case CgmOpcode.BATTERY:
      return { type: 'deviceEvent', ...base, name: 'Pump battery', text: event.subType === 1 ? 'in' : 'out' }
    case CgmOpcode.CLOCK:
      return clockChange(event, context, time)
    case CgmOpcode.CALIBRATION_BG:
      return calibration(context, time)
    case CgmOpcode.BELOW_40:
      return outOfRange(base, 'low')
    case CgmOpcode.ABOVE_400:
      return outOfRange(base, 'high')
    default:
      return glucose(event, context, time)
  }
}

const CALIBRATION_STATES = ['meter_bg_now', 'waiting', 'cal_error', 'discard']
const STATUSES = ['off', 'on', 'lost']
const SYNCS = ['find', 'new', 'old', 'find']

/** A value: twice the byte; of large pumps the lowest bit stands in the ISIG word, with a current of even hundredths. */
function glucose(event: CgmEvent, { raw, word, family }: EventContext, deviceTime: DeviceTime): TherapyRecord | string {
  const hasBit = family.isLarge && word !== undefined
  const value = 2 * event.opcode + (hasBit ? word & 1 : 0)
  if (value > HIGHEST_MGDL) return `a sensor value beyond its range: ${value} mg/dL`
  return {
    type: 'cbg',
    deviceTime,
    identity: String(value),
    raw,
    value,
    units: 'mg/dL',
    ...(word !== undefined && { isigNa: (hasBit ? word & 0xfffe : word) / 100 }),
  }
}

function outOfRange(
  base: { deviceTime: DeviceTime; identity: string; raw: RawRef },
  side: 'low' | 'high',
): TherapyRecord {
  const value = side === 'low' ? LOWEST_MGDL : HIGHEST_MGDL
  return { type: 'cbg', ...base, value, units: 'mg/dL', outOfRange: side, annotations: ['bg/out-of-range'] }
}

/** A finger-stick value of 9 bits; the bit above the year says that a meter sent it. Bytes from the end, as read. */
function calibration({ raw, bytes }: EventContext, deviceTime: DeviceTime): TherapyRecord | string {
  const [, , , day = 0, year = 0, low = 0] = bytes.toReversed()
  const value = low + ((day & 0x20) << 3)
  if (value === 0) return 'a calibration without a value'
  const actor = (year & 0x80) === 0 ? 'pump' : 'meter'
  return { type: 'calibration', deviceTime, identity: hexFromBytes(bytes), raw, value, units: 'mg/dL', actor }
}

/** The new time (type 0, or 2 after a reset); the old one is the event before. */
function clockChange({ subType }: CgmEvent, context: EventContext, to: DeviceTime): TherapyRecord | string {
  const { oldTime, raw, bytes } = context
  if (subType === 3) return 'a clock change of an unknown type'
  const from = oldTime?.time
  if (oldTime === undefined || from === undefined) return 'the new time of a clock change without its old time'
  const identity = [oldTime.bytes, bytes].map(part => hexFromBytes(part)).join(' ')
  return { type: 'timeChange', deviceTime: from, identity, raw, from, to }
}

const hexOf = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0')
