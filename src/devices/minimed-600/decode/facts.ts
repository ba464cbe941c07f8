/**
 * From the log's events to records: who reads which type. Most events are a record each; boluses and finger-sticks are
 * joined first. Pure. Source: minimed-600 sheet §11.
 */
import type { Skipped, TherapyRecord } from '#records/records.ts'
import { DAY_MS } from '#records/time.ts'
import { EventType as Type, eventName } from './eventTypes.ts'
import { attempt, base, type HistoryEvent, u16, u32, u8 } from './events.ts'
import {
  readAutoMode,
  readBasalRate,
  readPatternChange,
  readResume,
  readSuspend,
  readTempBasal,
  readTempBasalEnd,
} from './eventsBasal.ts'
import {
  deviceEvent,
  readAirplaneMode,
  readAlarm,
  readAlarmCleared,
  readConnection,
  readDailyTotal,
  readExerciseMarker,
  readFill,
  readFoodMarker,
  readInjectionMarker,
  readLinkedDevices,
  readLowReservoir,
  readOtherMarker,
  readSilence,
  readTimeChange,
  totalPlaces,
  unknownEvent,
} from './eventsDevice.ts'
import { readCalibrationComplete, readCalibrationRejected, readSensorGlucose, sensorChange } from './eventsGlucose.ts'
import { readSetting } from './eventsSettings.ts'
import { joinBoluses } from './factsBolus.ts'
import { joinFingersticks } from './factsGlucose.ts'
import { type Log, timeAfterReset } from './log.ts'
import { isClockSet } from './time.ts'

/** What an event gives: records, or why there is none. */
export type Found = TherapyRecord | string | readonly (TherapyRecord | string)[]

/** Understood, or nobody's concern: no record, and no word about it. */
const nothing: readonly never[] = []

type Read = (event: HistoryEvent) => Found

const readers: ReadonlyMap<number, Read> = new Map<number, Read>([
  [Type.TIME_RESET, readTimeChange],
  [Type.USER_TIME_DATE_CHANGE, readTimeChange],
  [Type.SOURCE_ID_CONFIGURATION, readLinkedDevices],
  [Type.NETWORK_DEVICE_CONNECTION, readConnection],
  [Type.AIRPLANE_MODE, readAirplaneMode],
  [Type.CLOSED_LOOP_STATUS_DATA, notUnderstood],
  [Type.CLOSED_LOOP_PERIODIC_DATA, notUnderstood],
  [Type.CLOSED_LOOP_DAILY_DATA, notUnderstood],
  [Type.CANNULA_FILL_DELIVERED, readFill],
  [Type.TEMP_BASAL_PROGRAMMED, readTempBasal],
  [Type.BASAL_PATTERN_SELECTED, readPatternChange],
  [Type.BASAL_SEGMENT_START, readBasalRate],
  [Type.INSULIN_DELIVERY_STOPPED, readSuspend],
  [Type.INSULIN_DELIVERY_RESTARTED, readResume],
  [Type.SELF_TEST_REQUESTED, event => deviceEvent(event, 'Self test', 'requested')],
  [Type.SELF_TEST_RESULTS, event => deviceEvent(event, 'Self test', `result ${u8(event, 0x0b)}`)],
  [Type.TEMP_BASAL_COMPLETE, readTempBasalEnd],
  [Type.ALARM_NOTIFICATION, readAlarm],
  [Type.ALARM_CLEARED, readAlarmCleared],
  [Type.LOW_RESERVOIR, readLowReservoir],
  [Type.BATTERY_INSERTED, event => deviceEvent(event, 'Battery inserted', '')],
  [Type.BATTERY_REMOVED, event => deviceEvent(event, 'Battery removed', '')],
  [Type.FOOD_MARKER, readFoodMarker],
  [Type.EXERCISE_MARKER, readExerciseMarker],
  [Type.INJECTION_MARKER, readInjectionMarker],
  [Type.OTHER_MARKER, readOtherMarker],
  [Type.REWIND, event => ({ type: 'rewind', ...base(event) })],
  [Type.CALIBRATION_COMPLETE, readCalibrationComplete],
  [Type.DAILY_TOTALS, event => readDailyTotal(event, totalPlaces.manual)],
  [Type.CLOSED_LOOP_DAILY_TOTALS, event => readDailyTotal(event, totalPlaces.closedLoop)],
  [
    Type.STARTUP_WIZARD_START_END,
    event => deviceEvent(event, 'Start-up assistant', u8(event, 0x0b) === 0 ? 'begins' : 'ends'),
  ],
  [Type.SENSOR_GLUCOSE_GAP, sensorChange('gap')],
  [Type.GLUCOSE_SENSOR_CHANGE, sensorChange('new sensor')],
  [Type.SENSOR_CALIBRATION_REJECTED, readCalibrationRejected],
  [Type.SENSOR_ALERT_SILENCE_STARTED, event => readSilence(event, false)],
  [Type.SENSOR_ALERT_SILENCE_ENDED, event => readSilence(event, true)],
  [Type.SENSOR_GLUCOSE_READINGS_EXTENDED, readSensorGlucose],
  [Type.CLOSED_LOOP_TRANSITION, readAutoMode],
])

/** Many a day on a 670G, in a layout nobody knows: counted, not shown one by one. */
function notUnderstood({ type }: HistoryEvent): string {
  return `an event whose layout is not known: ${eventName(type)}`
}

/** Records and what gave none, in the log's order, behind what is in the lists already. */
export function factsOf(log: Log, records: TherapyRecord[], skipped: Skipped[]): void {
  const joined = new Map([...joinBoluses(log), ...joinFingersticks(log)])
  const around = surroundings(log)
  for (const event of log.events) {
    const found = findingsOf(event, joined.get(event), around)
    if (typeof found === 'object' && !('type' in found)) for (const one of found) put(event, one)
    else put(event, found)
  }

  function put({ raw }: HistoryEvent, one: TherapyRecord | string): void {
    if (typeof one === 'string') skipped.push({ ...raw, reason: one })
    else records.push(one)
  }
}

/** Other events that change what one event means. */
interface Surroundings {
  /** By the RTC of the alarm that was silenced. */
  readonly silencings: ReadonlyMap<number, HistoryEvent>
  readonly tempStarts: ReadonlySet<number>
  readonly resets: readonly HistoryEvent[]
  readonly log: Log
  /** Values given already that the transmitter sent late. */
  readonly late: Set<string>
}

const SILENCED = 110

function surroundings(log: Log): Surroundings {
  const silencings = new Map<number, HistoryEvent>()
  const tempStarts = new Set<number>()
  const resets: HistoryEvent[] = []
  for (const event of log.events) {
    if (event.type === Type.TEMP_BASAL_PROGRAMMED) tempStarts.add(event.rtc)
    else if (event.type === Type.TIME_RESET) resets.push(event)
    else if (event.type === Type.ALARM_NOTIFICATION && attempt(event, alarmNumber) === SILENCED) {
      silencings.set(event.rtc, event)
    }
  }
  return { silencings, tempStarts, resets, log, late: new Set() }
}

function findingsOf(event: HistoryEvent, joined: Found | undefined, around: Surroundings): Found {
  const isClock = event.type === Type.TIME_RESET || event.type === Type.USER_TIME_DATE_CHANGE
  if (!isClock && !isClockSet(event.time)) return 'logged before the clock was set'
  if (joined !== undefined) return joined
  const read = readers.get(event.type)
  const found = attempt(event, read ?? (() => readSetting(event) ?? unknownEvent(event)))
  switch (event.type) {
    case Type.SENSOR_GLUCOSE_READINGS_EXTENDED:
      return typeof found === 'object' && !('type' in found) ? withoutTold(event, found, around) : found
    case Type.ALARM_NOTIFICATION:
      return withSilencing(found, around.silencings.get(event.rtc))
    case Type.TEMP_BASAL_COMPLETE:
      // Of two records of one moment the one that ends it all would count, and the new rate be lost.
      return around.tempStarts.has(event.rtc) ? nothing : found
    case Type.USER_TIME_DATE_CHANGE:
      return around.resets.some(reset => isToldBy(reset, event)) ? nothing : found
    default:
      return found
  }
}

/** Without values that came late although they had come in time, or that came late twice. */
function withoutTold(
  event: HistoryEvent,
  readings: readonly (TherapyRecord | string)[],
  { log, late }: Surroundings,
): readonly (TherapyRecord | string)[] {
  return readings.filter((one, i) => {
    if (typeof one === 'string' || one.type !== 'cbg' || !one.backfilled) return true
    const rtc = event.rtc - 60 * i * u8(event, 0x0b)
    const inTime = log.firstFrom(rtc)
    if (inTime?.rtc === rtc && inTime.type === event.type && inTime !== event) {
      const [first] = attempt(inTime, readSensorGlucose)
      if (typeof first === 'object' && first.type === 'cbg' && first.value === one.value) return false
    }
    const key = `${rtc} ${one.value}`
    const isKnown = late.has(key)
    late.add(key)
    return !isKnown
  })
}

function withSilencing(found: Found, silencing: HistoryEvent | undefined): Found {
  if (!silencing || typeof found !== 'object' || !('type' in found)) return found
  if (found.type !== 'alarm' || found.rawCode === SILENCED) return found
  return { ...found, annotations: ['app/alarm-silenced'], supporting: [silencing.raw] }
}

const alarmNumber = (event: HistoryEvent): number => u16(event, 0x0b)

/**
 * After a reset the person sets the clock, and one program takes the reset's event for both. So a change right after
 * a reset counts only when it goes on from where the reset left the clock.
 * Unconfirmed: no real reset is known; a capture with one would show which of the two it is.
 */
function isToldBy(reset: HistoryEvent, change: HistoryEvent): boolean {
  const after = attempt(reset, timeAfterReset)
  const seconds = attempt(reset, event => change.rtc - u32(event, 0x0b))
  if (typeof after === 'string' || typeof seconds === 'string' || seconds < 0 || seconds > DAY_S) return false
  return Math.abs(change.time - after) > DAY_MS
}
const DAY_S = 86_400
