/**
 * What the events about the thing itself say: alarms, fills, batteries, the clock, its radio neighbours, markers that
 * the person set, and the pump's own daily totals. One event, one record. Source: minimed-600 sheet §11.6 to §11.8, §13.
 */
import type { Alarm, DailyTotal, DeviceEvent, Prime, Setting, TherapyRecord } from '#records/records.ts'
import { DAY_MS, MINUTE_MS } from '#records/time.ts'
import { alarmName } from './alarmNames.ts'
import { base, HEADER_BYTES, type HistoryEvent, hexAt, i32, reversedTextAt, u16, u32, u8, unitsAt } from './events.ts'
import { eventName } from './eventTypes.ts'
import { localTime } from './time.ts'

/** Largest amounts that can be: of a reservoir, of a marked injection and meal, of a day at the highest rate. */
const MAX_FILL_UNITS = 350
const MAX_INJECTION_UNITS = 250
const MAX_CARBS = 1000
const MAX_DAY_UNITS = 2400
/** Bit 2 of an alarm's flags: it stands in the list of alarms that the pump shows. */
const IN_ALARM_LIST = 4

/** An event named, with a text about it. */
export function deviceEvent(event: HistoryEvent, name: string, text: string): DeviceEvent {
  return { type: 'deviceEvent', ...base(event), name, text }
}

/** An event whose layout nobody knows stays whole: its data as hex. */
export function unknownEvent(event: HistoryEvent): DeviceEvent {
  const length = event.size - HEADER_BYTES
  return deviceEvent(event, eventName(event.type), hexAt(event, HEADER_BYTES, length))
}

/**
 * 28: B u16 number, 11 mode (0, 2 audible, 3 secondary), 12 flags, 13 ten bytes of data. Reminders and the quiet
 * companions of an alarm are not in the pump's own list of alarms; they stay events here.
 */
export function readAlarm(event: HistoryEvent): Alarm | DeviceEvent {
  const rawCode = u16(event, 0x0b)
  const name = alarmName(rawCode)
  if ((u8(event, 0x12) & IN_ALARM_LIST) !== 0) return { type: 'alarm', ...base(event), name, rawCode }
  return deviceEvent(event, name, `not in the pump's list of alarms (${rawCode})`)
}

/** 2A: B u16 number. */
export function readAlarmCleared(event: HistoryEvent): Alarm {
  const rawCode = u16(event, 0x0b)
  return { type: 'alarm', ...base(event), name: alarmName(rawCode), rawCode, cleared: true }
}

/** 1A: B 0 tubing, 1 cannula; C u32 amount, 0 when the step was passed over; 10 u32 left. */
export function readFill(event: HistoryEvent): Prime | DeviceEvent | string {
  const kind = u8(event, 0x0b)
  const volumeUnits = unitsAt(event, 0x0c)
  const left = unitsAt(event, 0x10)
  if (kind > 1) return `a fill of an unknown kind: ${kind}`
  if (volumeUnits > MAX_FILL_UNITS) return `an impossible fill: ${volumeUnits} U`
  const target = kind === 0 ? 'tubing' : 'cannula'
  if (volumeUnits === 0) return deviceEvent(event, `Fill passed over: ${target}`, `${left} U left`)
  return { type: 'prime', ...base(event), target, volumeUnits }
}

/** 2B: B kind (0 insulin, 1 time), C hours, D minutes, E u32 left. The alarm itself is an event of its own. */
export function readLowReservoir(event: HistoryEvent): DeviceEvent {
  const time = `${u8(event, 0x0c)} h ${u8(event, 0x0d)} min`
  return deviceEvent(event, 'Low reservoir', `${unitsAt(event, 0x0e)} U left, for ${time}`)
}

/** 02, 03: the header is the old time, B u32 RTC and F i32 OFFSET the new one. */
export function readTimeChange(event: HistoryEvent): TherapyRecord {
  const { time } = event
  const to = localTime(u32(event, 0x0b), i32(event, 0x0f))
  return { type: 'timeChange', ...base(event), from: time, to }
}

/** 05: B 0 linked, 1 removed; C its place in the list of event 04; D class; E serial reversed. */
export function readConnection(event: HistoryEvent): DeviceEvent {
  const code = u8(event, 0x0b)
  const name = code === 0 ? 'Device linked' : code === 1 ? 'Device removed' : `Device connection ${code}`
  const serial = reversedTextAt(event, 0x0e, 10)
  return deviceEvent(event, name, `${serial}, place ${u8(event, 0x0c)}, class ${u8(event, 0x0d)}`)
}

/** 04: B count, then 30 bytes each: 0 index, 1 serial, 13 model, 1B 1C 1D version. Written at midnight. */
export function readLinkedDevices(event: HistoryEvent): Setting {
  const count = u8(event, 0x0b)
  const values: Record<string, string> = {}
  for (let i = 0; i < count; i++) {
    const at = 0x0c + 30 * i
    const letter = u8(event, at + 0x1d)
    const version = `${u8(event, at + 0x1b)}.${u8(event, at + 0x1c)}${letter >= 0x41 && letter <= 0x5a ? String.fromCharCode(letter) : ''}`
    const said = [reversedTextAt(event, at + 1, 10), reversedTextAt(event, at + 0x13, 8), version]
    values[String(u8(event, at))] = said.filter(text => text !== '').join(' ')
  }
  return { type: 'setting', ...base(event), name: 'CurrentLinkedDevices', change: 'current', values }
}

/** 06: B on. */
export const readAirplaneMode = (event: HistoryEvent): DeviceEvent =>
  deviceEvent(event, 'Airplane mode', u8(event, 0x0b) === 0 ? 'off' : 'on')

const silenced: Readonly<Record<number, string>> = { 0: 'high', 1: 'high and low', 2: 'all' }

/** D0: B which, C u16 minutes; D1 the same, E u16 minutes left, 10 ended by (1 by itself). */
export function readSilence(event: HistoryEvent, ended: boolean): DeviceEvent {
  const which = silenced[u8(event, 0x0b)] ?? `alerts ${u8(event, 0x0b)}`
  const text = `${which}, for ${u16(event, 0x0c)} min`
  if (!ended) return deviceEvent(event, 'Sensor alerts silenced', text)
  const by = u8(event, 0x10) === 1 ? 'by itself' : 'before its time'
  return deviceEvent(event, 'Sensor alerts audible again', `${text}, ended ${by}`)
}

/** Markers are dated by the person: B u32 RTC, F i32 OFFSET. */
function markerBase(event: HistoryEvent) {
  return { ...base(event), deviceTime: localTime(u32(event, 0x0b), i32(event, 0x0f)) }
}

/** 2E: 13 unit (1 exchanges), 14 u16 carbohydrate (exchanges: tenths). */
export function readFoodMarker(event: HistoryEvent): TherapyRecord | string {
  const amount = u16(event, 0x14)
  if (amount > MAX_CARBS) return `an impossible amount of carbohydrate: ${amount}`
  if (amount === 0) return { type: 'marker', ...markerBase(event), kind: 'meal', text: 'Meal' }
  const carbs = u8(event, 0x13) === 1 ? { carbsExchanges: amount / 10 } : { carbsGrams: amount }
  return { type: 'food', ...markerBase(event), ...carbs }
}

/** 2F: 13 u16 minutes. */
export function readExerciseMarker(event: HistoryEvent): TherapyRecord {
  const durationMs = u16(event, 0x13) * MINUTE_MS
  return { type: 'marker', ...markerBase(event), kind: 'exercise', text: 'Exercise', durationMs }
}

/** 30: 13 u32 insulin. */
export function readInjectionMarker(event: HistoryEvent): TherapyRecord | string {
  const normalUnits = unitsAt(event, 0x13)
  if (normalUnits > MAX_INJECTION_UNITS) return `an impossible injection: ${normalUnits} U`
  return { type: 'bolus', ...markerBase(event), subType: 'injection', normalUnits }
}

/** 31. */
export const readOtherMarker = (event: HistoryEvent): TherapyRecord => ({
  type: 'marker',
  ...markerBase(event),
  kind: 'other',
  text: 'Other',
})

/** Where the amounts of a daily total stand, from the event's start. */
export interface TotalPlaces {
  readonly total: number
  readonly basal: number
  readonly bolus: number
}

/** Of 3C, and of 3F: the 670G, source code alone. The sheet counts these from B. */
export const totalPlaces: Readonly<Record<'manual' | 'closedLoop', TotalPlaces>> = {
  manual: { total: 0x0b + 0x1a, basal: 0x0b + 0x1e, bolus: 0x0b + 0x23 },
  closedLoop: { total: 0x0b + 0x13, basal: 0x0b + 0x17, bolus: 0x0b + 0x1c },
}

/** B u32 RTC and F i32 OFFSET of the day's beginning; written at its end. */
export function readDailyTotal(event: HistoryEvent, places: TotalPlaces): DailyTotal | string {
  const { time } = event
  const deviceTime = localTime(u32(event, 0x0b), i32(event, 0x0f))
  const [totalUnits, basalUnits, bolusUnits] = [places.total, places.basal, places.bolus].map(at => unitsAt(event, at))
  if (totalUnits === undefined || basalUnits === undefined || bolusUnits === undefined) return 'a daily total without'
  // With a clock set forward or back in it, a day may be half a day shorter or longer.
  const isDay = deviceTime <= time && time - deviceTime <= 2 * DAY_MS
  if (!isDay || totalUnits > MAX_DAY_UNITS) return `an impossible daily total: ${totalUnits} U`
  return { type: 'dailyTotal', ...base(event), deviceTime, totalUnits, basalUnits, bolusUnits }
}
