/**
 * Raw-Types of generation R that stand for themselves: one row, one record, no other row needed.
 * Source: CareLink export sheet §4, the table of Raw-Types.
 */
import type { Alarm, BasalRate, Cbg, Marker, RawRef, TempBasal, TherapyRecord } from '#records/records.ts'
import { DAY_MS, type DeviceTime } from '#records/time.ts'
import { known } from './rows.ts'
import { MAX_AMOUNT } from './numbers.ts'
import { percentStepsOf } from './percentSteps.ts'
import { amountIn, mgdlIn, numberIn, type RawValues } from './rawValues.ts'
import { suspendFrom } from './suspends.ts'

export interface RawFact {
  readonly type: string
  readonly values: RawValues
  readonly base: { readonly deviceTime: DeviceTime; readonly identity: string; readonly raw: RawRef }
  /** The pump's name. */
  readonly model: string
  /** The columns in words that the pairs do not repeat. */
  readonly alarmText: string
}

/** Pump and sensor alarms seen, for rows that give only the number. */
const ALARM_NAMES: Readonly<Record<number, string>> = {
  4: 'No delivery',
  5: 'Battery depleted',
  62: 'Empty reservoir',
  101: 'High glucose',
  102: 'Low glucose',
  104: 'Meter BG now',
  105: 'Sensor alarm',
  106: 'Calibration error',
  107: 'Sensor end',
  112: 'Weak signal',
  113: 'Lost sensor',
  114: 'High predicted',
  115: 'Low predicted',
}

/** Which value says what state the sensor was in. */
const SENSOR_STATE_KEYS = ['CAL_TYPE', 'STATUS_TYPE', 'TIMESTAMP_TYPE', 'PACKET_TYPE', 'ERROR_TYPE', 'CAL_FACTOR']

type Reader = (fact: RawFact) => TherapyRecord | undefined

const READERS: Readonly<Record<string, Reader>> = {
  GlucoseSensorData: fact => sensorGlucose(fact),
  GlucoseSensorDataHigh: fact => sensorGlucose(fact, 'high'),
  GlucoseSensorDataLow: fact => sensorGlucose(fact, 'low'),
  BasalProfileStart({ values, base }) {
    const rateUnitsPerHour = amountIn(values, 'RATE', MAX_AMOUNT.rateUnitsPerHour)
    if (rateUnitsPerHour === undefined) return undefined
    return known<BasalRate>({ type: 'basalRate', ...base, rateUnitsPerHour, scheduleName: values['PATTERN_NAME'] })
  },
  ChangeTempBasal({ values, base }) {
    const rateUnitsPerHour = amountIn(values, 'RATE', MAX_AMOUNT.rateUnitsPerHour)
    const durationMs = amountIn(values, 'DURATION', DAY_MS)
    if (rateUnitsPerHour === undefined || durationMs === undefined) return undefined
    return { type: 'tempBasal', ...base, rateUnitsPerHour, durationMs }
  },
  ChangeTempBasalPercent({ values, base, model }) {
    const percent = amountIn(values, 'PERCENT_OF_RATE', MAX_AMOUNT.percent)
    const durationMs = amountIn(values, 'DURATION', DAY_MS)
    if (percent === undefined || durationMs === undefined) return undefined
    return known<TempBasal>({ type: 'tempBasal', ...base, percent, durationMs, rateSteps: percentStepsOf(model) })
  },
  ChangeSuspendEnable: suspend,
  ChangeSuspendState: suspend,
  Prime({ values, base }) {
    const volumeUnits = numberIn(values, 'AMOUNT')
    const kind = values['PRIME_TYPE']
    if (volumeUnits === undefined || (kind !== 'manual' && kind !== 'fixed')) return undefined
    return { type: 'prime', ...base, target: kind === 'manual' ? 'tubing' : 'cannula', volumeUnits }
  },
  Rewind: ({ base }) => ({ type: 'rewind', ...base }),
  ResultDailyTotal({ values, base }) {
    const totalUnits = amountIn(values, 'AMOUNT', MAX_AMOUNT.dayUnits)
    return totalUnits === undefined ? undefined : { type: 'dailyTotal', ...base, totalUnits }
  },
  AlarmPump: fact => alarm(fact),
  AlarmPumpNGP: fact => alarm(fact),
  AlarmSensor: fact => alarm(fact),
  ClearAlarm: fact => alarm(fact, true),
  SelfTest: ({ base }) => ({ type: 'deviceEvent', ...base, name: 'Self test', text: '' }),
  JournalEntryPumpLowReservoir: ({ base }) => ({ type: 'alarm', ...base, name: 'Low reservoir' }),
  JournalEntryPumpLowBattery: ({ base }) => ({ type: 'alarm', ...base, name: 'Low battery' }),
  JournalEntryMealMarker({ values, base }) {
    const { carbs } = MAX_AMOUNT
    const amount = amountIn(values, 'AMOUNT', carbs) ?? amountIn(values, 'CARB_INPUT', carbs)
    if (!amount) return { type: 'marker', ...base, kind: 'meal', text: 'Meal' }
    return values['CARB_UNITS'] === 'exchanges'
      ? { type: 'food', ...base, carbsExchanges: amount }
      : { type: 'food', ...base, carbsGrams: amount }
  },
  JournalEntryInsulinMarker({ values, base }) {
    const normalUnits = amountIn(values, 'AMOUNT', MAX_AMOUNT.injectionUnits)
    return normalUnits === undefined ? undefined : { type: 'bolus', ...base, subType: 'injection', normalUnits }
  },
  JournalEntryExerciseMarker: ({ values, base }) =>
    known<Marker>({
      type: 'marker',
      ...base,
      kind: 'exercise',
      text: 'Exercise',
      durationMs: numberIn(values, 'DURATION'),
    }),
  JournalEntryOtherMarker: ({ base }) => ({ type: 'marker', ...base, kind: 'other', text: 'Other' }),
}

/** The record of a row, or why there is none. */
export function rawEvent(fact: RawFact): TherapyRecord | string {
  const { type, values, base } = fact
  const reader = READERS[type]
  if (reader) return reader(fact) ?? `A value is missing or unreadable: ${type}`
  if (/^Current[A-Z]/.test(type)) return { type: 'setting', ...base, name: type, change: 'current', values }
  if (/^(Change|Delete)[A-Z]/.test(type)) return { type: 'setting', ...base, name: type, change: 'changed', values }
  if (/^Sensor[A-Z]/.test(type)) {
    const said = SENSOR_STATE_KEYS.map(key => values[key]).find(value => value !== undefined)
    return { type: 'sensorState', ...base, state: said === undefined ? type : `${type} ${said}` }
  }
  if (/^Check\w*ControlSolution/.test(type) || /^BG[A-Z]/.test(type)) {
    const value = mgdlIn(values, 'AMOUNT')
    if (value === undefined) return `Not a glucose value: ${values['AMOUNT'] ?? 'nothing'}`
    const meter = { type: 'smbg', ...base, value, units: 'mg/dL', subType: 'meter' } as const
    return type.startsWith('Check') ? { ...meter, controlSolution: true } : meter
  }
  return type === '' ? 'The row has no Raw-Type' : `An unknown Raw-Type: ${type}`
}

function sensorGlucose({ values, base }: RawFact, outOfRange?: 'low' | 'high'): Cbg | undefined {
  const value = mgdlIn(values, 'AMOUNT')
  if (value === undefined) return undefined
  return known<Cbg>({
    type: 'cbg',
    ...base,
    value,
    units: 'mg/dL',
    outOfRange,
    isigNa: numberIn(values, 'ISIG'),
    backfilled: values['BACKFILL_INDICATOR'] === 'true' ? true : undefined,
  })
}

function suspend({ values, base }: RawFact): TherapyRecord | undefined {
  const meaning = suspendFrom(values['ENABLE'] ?? values['STATE'] ?? '')
  return meaning && { type: 'suspend', ...base, ...meaning }
}

/** "Sensor Alert: Meter BG Now (104)" where the column has it, else the number's name. */
function alarm({ values, base, alarmText }: RawFact, cleared?: true): Alarm | undefined {
  const rawCode = numberIn(values, 'RAW_TYPE') ?? numberIn(values, 'ALARM_TYPE')
  const text = alarmText.replace(/\s*\(\d+\)$/, '')
  if (rawCode === undefined && text === '') return undefined
  const name = text || (rawCode !== undefined && ALARM_NAMES[rawCode]) || `Alarm ${rawCode}`
  return known<Alarm>({ type: 'alarm', ...base, name, rawCode, cleared })
}
