/**
 * The settings in force when the pump was read, as records: one for each group that a settings report shows, its values
 * as text with their units. Replies of an unknown layout are kept as hex. Source: paradigm sheet §4.
 */
import { hexFromBytes } from '#bytes/hex.ts'
import type { RawRef, Setting, Skipped } from '#records/records.ts'
import { type DeviceTime, isoFromDeviceTime } from '#records/time.ts'
import { roundHalfEven } from '#records/units.ts'
import type { Page } from '../../driver.ts'
import type { Family } from './family.ts'
import {
  basalValues,
  clockText,
  inUnits,
  ratioValues,
  sensitivityValues,
  targetValues,
  unitsPerDay,
} from './schedules.ts'
import {
  type GeneralSettings,
  type PumpSettings,
  readSettings,
  type Replies,
  repliesOf,
  replyLength,
  type ReservoirWarning,
  reservoirWarningOf,
  type SensorAlert,
  type SensorSettings,
} from './settings.ts'

/** A group: its name, the replies it stands on (the main one first), its values; missing ones are left out. */
interface Group {
  readonly name: string
  readonly replies: readonly number[]
  readonly values: Readonly<Record<string, string | undefined>>
}

/**
 * One `setting` record for each group of settings, at the time of the pump's clock (reply 70, else `clock`), and what of
 * the reply pages gave none. Together they cover every byte of every reply.
 */
export function settingRecords(
  pages: readonly Page[],
  family: Family,
  clock?: DeviceTime,
): { records: readonly Setting[]; skipped: readonly Skipped[] } {
  const replies = repliesOf(pages)
  const settings = readSettings(replies, family)
  const deviceTime = settings.clock ?? clock
  const records =
    deviceTime === undefined
      ? []
      : groupsOf(settings, replies, family).flatMap(group => recordOf(group, replies, deviceTime))
  return { records, skipped: skippedOf(pages, replies, records) }
}

function recordOf({ name, replies: opcodes, values }: Group, replies: Replies, deviceTime: DeviceTime): Setting[] {
  const known = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const present = opcodes.flatMap(opcode => replies.get(opcode) ?? [])
  const [raw, ...supporting] = present.map(({ page, bytes }): RawRef => ({ page, offset: 0, length: bytes.length }))
  if (known.length === 0 || raw === undefined) return []
  const identity = [name, ...present.map(({ bytes }) => withoutPadding(bytes))].join(' ')
  return [
    {
      type: 'setting',
      deviceTime,
      identity,
      raw,
      ...(supporting.length > 0 && { supporting }),
      name,
      change: 'current',
      values: Object.fromEntries(known),
    },
  ]
}

/** Hex without the zeros at the end; at least one byte. */
function withoutPadding(bytes: Uint8Array): string {
  const last = bytes.findLastIndex(byte => byte !== 0)
  return hexFromBytes(bytes.subarray(0, Math.max(1, last + 1)))
}

const onOff = (isOn: boolean | undefined): string | undefined => (isOn === undefined ? undefined : isOn ? 'on' : 'off')
const withUnit = (value: number | undefined, unit: string): string | undefined =>
  value === undefined ? undefined : `${value} ${unit}`

function groupsOf(settings: PumpSettings, replies: Replies, family: Family): readonly Group[] {
  const { general, carbRatios, sensitivities, targets, sensor } = settings
  const generalReply = family.number === 12 ? 0x91 : 0xc0
  return [
    ...settings.profiles.map(
      ({ opcode, pattern, segments }): Group => ({
        name: `Basal pattern ${pattern}`,
        replies: [opcode],
        values:
          segments.length === 0
            ? { Rates: 'none' }
            : { ...basalValues(segments), 'Whole day': `${roundHalfEven(unitsPerDay(segments), 3)} U` },
      }),
    ),
    { name: 'Basal', replies: [generalReply, 0x98], values: basalGroup(settings) },
    {
      name: 'Bolus',
      replies: [generalReply],
      values: {
        'Maximum bolus': withUnit(general?.maxBolusUnits, 'U'),
        'Dual and square bolus': onOff(general?.variableBolusIsOn),
        'Easy bolus': onOff(general?.easyBolusIsOn),
        'Easy bolus step': withUnit(general?.easyBolusStepUnits, 'U'),
        'Scroll step': withUnit(general?.scrollStepUnits, 'U'),
      },
    },
    {
      name: 'Bolus wizard',
      replies: [0x87, 0x88, 0x89, generalReply],
      values: {
        Wizard: onOff(settings.wizardIsOn),
        'Carb units': settings.carbUnits,
        'Glucose units': settings.glucoseUnits,
        'Active insulin time': withUnit(general?.actionHours, 'h'),
      },
    },
    { name: 'Carb ratios', replies: [0x8a], values: carbRatios ? ratioValues(carbRatios.slots, carbRatios.units) : {} },
    {
      name: 'Insulin sensitivities',
      replies: [0x8b],
      values: sensitivities ? sensitivityValues(sensitivities.slots, sensitivities.units) : {},
    },
    {
      name: 'Glucose targets',
      replies: [family.number === 12 ? 0x8c : 0x9f],
      values: targets ? targetValues(targets.slots, targets.units) : {},
    },
    { name: 'Alerts', replies: [generalReply, 0x8f], values: alertsGroup(general, replies) },
    { name: 'Reminders', replies: [0x90, 0x97, 0x8e, 0xc5, 0xc6], values: remindersGroup(replies) },
    {
      name: 'Remotes and meters',
      replies: [generalReply, 0x76, 0x95],
      values: {
        'Remote control': onOff(general?.remoteIsOn),
        Remotes: idsIn(replies.get(0x76)?.bytes),
        'Linked meter': onOff(general?.meterLinkIsOn),
        Meters: idsIn(replies.get(0x95)?.bytes),
        'Other device': onOff(general?.otherDeviceIsOn),
      },
    },
    { name: 'Sensor', replies: [0x99, 0x9c], values: sensorGroup(sensor, settings.calibrationFactor) },
    {
      name: 'Pump',
      replies: [0x74, 0x8d, 0x71, 0x86, 0xc1, 0x72, 0x73, 0x79],
      values: {
        Model: settings.model,
        Serial: settings.serial,
        Firmware: settings.firmware,
        Language: languageIn(replies.get(0x86)?.bytes),
        'Settings saved': settings.savedAt === undefined ? undefined : isoFromDeviceTime(settings.savedAt),
        Battery: settings.battery && `${settings.battery.isLow ? 'low' : 'normal'}, ${settings.battery.volts} V`,
        'Reservoir left': withUnit(settings.reservoirUnits, 'U'),
        'Insulin today': withUnit(settings.totals?.todayUnits, 'U'),
        'Insulin yesterday': withUnit(settings.totals?.yesterdayUnits, 'U'),
      },
    },
    ...UNKNOWN_LAYOUTS.flatMap(([opcode, name]): Group[] => {
      // The 522's own sensor settings are understood; of another family's the layout is not known.
      const bytes = opcode === 0x99 && sensor ? undefined : replies.get(opcode)?.bytes
      return bytes ? [{ name, replies: [opcode], values: { Bytes: withoutPadding(bytes) } }] : []
    }),
  ]
}

/** Kept as hex until their layouts are known. */
const UNKNOWN_LAYOUTS: readonly (readonly [opcode: number, name: string])[] = [
  [0x99, 'Sensor settings (99)'],
  [0xcf, 'Sensor settings (CF)'],
  [0xd1, 'Predictive alerts (D1)'],
  [0xd2, 'Sensor demo and graph (D2)'],
  [0xd3, 'Sensor alarm silence (D3)'],
  [0xd4, 'Rate of change alerts (D4)'],
  [0xd5, 'Sensor counters (D5)'],
  [0xc3, 'Contrast (C3)'],
  [0xc7, 'Factory parameters (C7)'],
  [0xf0, 'Other devices (F0)'],
  [0xf1, 'Capture event (F1)'],
  [0xf3, 'Other devices (F3)'],
]

function basalGroup({ general, temporaryBasal: temporary }: PumpSettings): Group['values'] {
  const isRunning = temporary !== undefined && temporary.minutesLeft > 0
  const amount = temporary?.type === 'percent' ? `${temporary.percent} %` : `${temporary?.rateUnitsPerHour} U/h`
  return {
    'Active pattern': general?.selectedPattern,
    Patterns: onOff(general?.patternsAreOn),
    'Maximum basal': withUnit(general?.maxBasalUnitsPerHour, 'U/h'),
    'Temporary basal type': general?.tempBasalType,
    'Temporary basal': isRunning ? `${amount}, ${temporary.minutesLeft} min left` : temporary && 'none running',
    Insulin: general?.concentration,
  }
}

function alertsGroup(general: GeneralSettings | undefined, replies: Replies): Group['values'] {
  const [kind = 0, value = 0] = replies.get(0x8f)?.bytes ?? []
  const told: ReservoirWarning | undefined =
    general?.reservoirWarning ?? (replies.has(0x8f) ? reservoirWarningOf(kind, value) : undefined)
  return {
    Alert: general?.alert,
    'Auto-off': general && (general.autoOffHours === 0 ? 'off' : `${general.autoOffHours} h`),
    'Low reservoir warning': told && ('units' in told ? `${told.units} U` : `${told.hours} h`),
    'Keypad lock': onOff(general?.keypadIsLocked),
    Block: onOff(general?.isBlocked),
    'Time format': withUnit(general?.hourFormat, 'hours'),
    'Capture event': onOff(general?.captureEventIsOn),
  }
}

function remindersGroup(replies: Replies): Group['values'] {
  const flag = (opcode: number): string | undefined => {
    const bytes = replies.get(opcode)?.bytes
    return bytes && onOff(bytes[0] === 1)
  }
  const bolusTimes = replies.get(0xc6)?.bytes
  return {
    'Glucose reminder': flag(0x90),
    'Alarm clock': flag(0x97),
    'Alarm clock times': alarmTimesIn(replies.get(0x8e)?.bytes),
    'Bolus reminder': flag(0xc5),
    // The layout of set reminders is not known.
    'Bolus reminder times': bolusTimes && (bolusTimes[0] === 0xff ? 'none' : withoutPadding(bolusTimes)),
  }
}

/** Eight pairs of hour and minute; FF: empty. */
function alarmTimesIn(bytes: Uint8Array | undefined): string | undefined {
  if (!bytes) return undefined
  const times = Array.from({ length: 8 }, (_, i) => [bytes[2 * i] ?? 0xff, bytes[2 * i + 1] ?? 0xff] as const)
  const set = times.filter(([hour, minute]) => hour < 24 && minute < 60)
  return set.map(([hour, minute]) => clockText(hour * 60 + minute)).join(', ') || 'none'
}

/** Three ids of six characters, dashes where there is none. */
function idsIn(bytes: Uint8Array | undefined): string | undefined {
  if (!bytes) return undefined
  const ids = [0, 6, 12].map(at => String.fromCharCode(...bytes.subarray(at, at + 6)))
  return ids.filter(id => /^[0-9A-F]{6}$/i.test(id)).join(', ') || 'none'
}

const languageIn = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && (bytes[0] === 0 ? 'English' : `number ${bytes[0]}`)

function sensorGroup(sensor: SensorSettings | undefined, calibrationFactor: number | undefined): Group['values'] {
  const factor = { 'Calibration factor': calibrationFactor === undefined ? undefined : String(calibrationFactor) }
  if (!sensor) return factor
  const [first, second] = sensor.missedDataOrSnoozeMinutes
  const either = first === second ? `${first} min` : `${first} or ${second} min`
  const units = sensor.glucoseUnits
  const limit = ({ limit }: SensorAlert) =>
    units ? `${inUnits(limit, units)} ${units}` : `${limit} (mg/dL or tenths of mmol/L)`
  return {
    Sensor: onOff(sensor.isOn),
    'High alert': onOff(sensor.high.isOn),
    'High limit': limit(sensor.high),
    'High snooze': `${sensor.high.snoozeMinutes} min`,
    'Low alert': onOff(sensor.low.isOn),
    'Low limit': limit(sensor.low),
    'Low snooze': `${sensor.low.snoozeMinutes} min`,
    'Missed data': either,
    'Alarm snooze': either,
    'Calibration reminder': sensor.calibrationReminder.isOn
      ? `${sensor.calibrationReminder.minutes} min before`
      : 'off',
    Transmitter: String(sensor.transmitterId),
    ...factor,
  }
}

/** Reply pages that no record names, with the reason. */
function skippedOf(pages: readonly Page[], replies: Replies, records: readonly Setting[]): Skipped[] {
  const named = new Set(records.flatMap(({ raw, supporting = [] }) => [raw, ...supporting].map(({ page }) => page)))
  return pages.flatMap(({ kind, index, bytes }, page): Skipped[] => {
    if (kind !== 'reply' || bytes.length === 0 || named.has(page)) return []
    const whole = { page, offset: 0, length: bytes.length }
    const name = index.toString(16).toUpperCase().padStart(2, '0')
    if (bytes.length < replyLength(index)) return [{ ...whole, reason: `a reply (${name}) that is cut short` }]
    if (replies.get(index)?.page !== page) {
      return [{ ...whole, reason: 'a reply that was asked for again', holdsNothing: true }]
    }
    if (STATES.includes(index))
      return [{ ...whole, reason: 'tells how the read goes, holds no setting', holdsNothing: true }]
    return [{ ...whole, reason: `a reply (${name}) that gives no setting` }]
  })
}

/** Clock, alarm, state, counters: for the read itself. */
const STATES: readonly number[] = [0x70, 0x75, 0x83, 0x9d, 0xcd, 0xce]
