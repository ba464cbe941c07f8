/**
 * What the events about glucose say: finger-sticks, calibrations, sensor readings. Values are always mg/dL, whatever
 * unit the pump shows. `factsGlucose.ts` joins what belongs to one finger-stick. Source: minimed-600 sheet §11.5, §12.
 */
import type { Calibration, Cbg, DeviceEvent, SensorState, TherapyRecord } from '#records/records.ts'
import { MINUTE_MS, shifted } from '#records/time.ts'
import { EventType } from './eventTypes.ts'
import { base, type HistoryEvent, hex, hexAt, reversedTextAt, u16, u8 } from './events.ts'

/** No meter shows more. */
const MAX_MGDL = 1000
const MIN_SENSOR_MGDL = 40
const MAX_SENSOR_MGDL = 400
/** From here on a sensor value is a state. */
const FIRST_STATE = 0x300
const ABOVE_RANGE = 0x308
const BELOW_RANGE = 0x309

const states: Readonly<Record<number, string>> = {
  0: 'no connection',
  768: 'no value',
  769: 'warm-up',
  770: 'calibrate now',
  771: 'updating, no value',
  772: 'calibration error',
  773: 'change sensor',
  774: 'sensor expired',
  775: 'not ready',
  776: 'above range',
  777: 'below range',
  778: 'calibrating',
  779: 'calibration error, change sensor',
  780: 'time unknown',
}

/** "warm-up" of 769; "state 781" of a code that is not in the sheet. */
export const sensorStateName = (code: number): string => states[code] ?? `state ${code}`

/** True for a number in a glucose field that is a state of the sensor, or nothing. */
export const isSensorState = (stored: number): boolean => stored === 0 || stored >= FIRST_STATE

/**
 * D6: B minutes between readings, C count, D u16 predicted; then readings of nine bytes, the newest first, reading i at
 * RTC - i intervals:
 *
 * | offset | size | is                                                                   |
 * | 0      | 1    | bits 0-1: bits 8-9 of the value; bits 2-3: of Vctr                   |
 * | 1      | 1    | value, low byte: mg/dL, or a state from 300 on                       |
 * | 2      | 2    | ISIG in hundredths of nA                                             |
 * | 4      | 1    | Vctr, low byte                                                       |
 * | 5      | 2    | rate of change, hundredths of mg/dL a minute, signed                 |
 * | 7      | 1    | sensor status: 0 ok, 1 noisy, 2 discard, 3 error                     |
 * | 8      | 1    | bit 0 sent late, bit 1 settings changed                              |
 *
 * Gives the readings, or a reason for each that is none.
 */
export function readSensorGlucose(event: HistoryEvent): readonly (Cbg | SensorState | string)[] {
  const minutes = u8(event, 0x0b)
  const count = u8(event, 0x0c)
  const readings: (Cbg | SensorState | string)[] = []
  for (let i = 0; i < count; i++) readings.push(readReading(event, 0x0f + 9 * i, i * minutes))
  return readings
}

function readReading(event: HistoryEvent, at: number, minutesBefore: number): Cbg | SensorState | string {
  const stored = ((u8(event, at) & 3) << 8) + u8(event, at + 1)
  const isigNa = u16(event, at + 2) / 100
  const status = u8(event, at + 7)
  const backfilled = (u8(event, at + 8) & 1) === 1
  const { rtc, time, raw } = event
  const deviceTime = minutesBefore === 0 ? time : shifted(time, -minutesBefore * MINUTE_MS)
  const state = (name: string): SensorState => {
    const identity = `d6 ${hex(rtc - 60 * minutesBefore, 8)} ${hexAt(event, at, 9)}`
    return { type: 'sensorState', deviceTime, identity, raw, state: name }
  }
  const value = stored === ABOVE_RANGE ? MAX_SENSOR_MGDL : stored === BELOW_RANGE ? MIN_SENSOR_MGDL : stored
  const isValue = value >= MIN_SENSOR_MGDL && value <= MAX_SENSOR_MGDL
  // Unconfirmed: no real reading with these is known. A capture with one would show whether the pump uses its value.
  if (isValue && status >= 2) return state(status === 2 ? 'reading discarded' : `reading with sensor status ${status}`)
  if (isValue) {
    const outOfRange = stored === ABOVE_RANGE ? 'high' : stored === BELOW_RANGE ? 'low' : undefined
    // Value, unit and time name a sensor value, so it needs no identity of its own.
    const cbg: Cbg = { type: 'cbg', deviceTime, identity: '', raw, value, units: 'mg/dL', isigNa }
    if (!outOfRange && !backfilled) return cbg
    return { ...cbg, ...(outOfRange && { outOfRange }), ...(backfilled && { backfilled }) }
  }
  return isSensorState(stored) ? state(sensorStateName(stored)) : `an impossible sensor value: ${stored} mg/dL`
}

/** 32 and 82: a finger-stick's value as the pump wrote it down, once or more often. */
export interface FingerstickEvent {
  readonly event: HistoryEvent
  /** mg/dL. */
  readonly value: number
  /** It came from a meter by radio. */
  readonly isLinked: boolean
  readonly meterSerial?: string
  /** What this event says about it: that it was measured, that it went to the sensor, or only what became of it. */
  readonly says: 'measured' | 'calibrates' | 'note'
  readonly annotation?: string
  readonly rejected?: true
}

/** A finger-stick's event; `undefined` for another type, a reason for a value that cannot be. */
export function readFingerstick(event: HistoryEvent): FingerstickEvent | string | undefined {
  const found =
    event.type === EventType.BG_READING
      ? readBgReading(event)
      : event.type === EventType.CLOSED_LOOP_BG_READING
        ? readClosedLoopBg(event)
        : undefined
  if (!found) return undefined
  const { value } = found
  return value > 0 && value <= MAX_MGDL ? found : `an impossible glucose value: ${value} mg/dL`
}

/** 32: B bit 0 the pump shows mmol/L, bit 1 used for calibration; C u16 mg/dL; E source; F meter's serial reversed. */
function readBgReading(event: HistoryEvent): FingerstickEvent {
  const meterSerial = reversedTextAt(event, 0x0f, 10)
  return {
    event,
    value: u16(event, 0x0c),
    isLinked: meterSerial !== '',
    ...(meterSerial !== '' && { meterSerial }),
    says: (u8(event, 0x0b) & 2) === 0 ? 'measured' : 'calibrates',
  }
}

const closedLoopNotes: Readonly<Record<number, string>> = {
  1: 'medtronic600/smbg/user-accepted-remote-bg',
  2: 'medtronic600/smbg/user-rejected-remote-bg',
  3: 'medtronic600/smbg/remote-bg-acceptance-screen-timeout',
}

/**
 * 82: B u16 mg/dL, 16 bit 0 unit shown, bit 1 by radio, bits 3-7 why it was written. One finger-stick is written down
 * several times: what counts is received (0) by radio, or typed in at some screen (8 and more). 670G: source code alone.
 */
function readClosedLoopBg(event: HistoryEvent): FingerstickEvent {
  const flags = u8(event, 0x16)
  const isLinked = (flags & 2) !== 0
  const context = flags >> 3
  const isMeasured = isLinked ? context === 0 : context >= 8
  const annotation = closedLoopNotes[context]
  return {
    event,
    value: u16(event, 0x0b),
    isLinked,
    says: isMeasured ? 'measured' : context === 6 ? 'calibrates' : 'note',
    ...(annotation !== undefined && { annotation }),
    ...(context === 2 && { rejected: true }),
  }
}

/** 38: B u16 calibration factor in hundredths, D u16 BG. The sensor took the value; it is told ten minutes later. */
export function readCalibrationComplete(event: HistoryEvent): DeviceEvent {
  const factor = (u16(event, 0x0b) / 100).toFixed(2)
  const text = `BG ${u16(event, 0x0d)} mg/dL, factor ${factor}`
  return { type: 'deviceEvent', ...base(event), name: 'Calibration accepted', text }
}

/** CF: B reason. */
export const calibrationRejection = (event: HistoryEvent): string => `reason ${u8(event, 0x0b)}`

export function readCalibrationRejected(event: HistoryEvent): DeviceEvent {
  return { type: 'deviceEvent', ...base(event), name: 'Calibration rejected', text: calibrationRejection(event) }
}

/** A value that went to the sensor. */
export const calibrationOf = ({ event, value }: FingerstickEvent): Calibration => ({
  type: 'calibration',
  ...base(event),
  value,
  units: 'mg/dL',
})

/** CD, CE. */
export const sensorChange =
  (state: string) =>
  (event: HistoryEvent): TherapyRecord => ({ type: 'sensorState', ...base(event), state })
