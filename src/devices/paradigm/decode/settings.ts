/**
 * A pump's settings and state out of the replies to its reading commands, typed. What could not be read is missing.
 * Pure; any bytes. Source: paradigm sheet §4, §4.1 to §4.4.
 */
import type { DeviceTime } from '#records/time.ts'
import { deviceTimeOf } from '#records/time.ts'
import type { GlucoseUnits } from '#records/units.ts'
import type { Page } from '../../driver.ts'
import { type Family, PRIME_STEPS_PER_UNIT, RATE_STEPS_PER_UNIT } from './family.ts'
import {
  type BasalSegment,
  type CarbRatio,
  type CarbUnits,
  carbUnitsOf,
  glucoseUnitsOf,
  PATTERNS,
  type Pattern,
  readBasalProfile,
  readCarbRatios,
  readSensitivities,
  readTargets,
  type Sensitivity,
  type Target,
} from './schedules.ts'

/** The body of one reply. */
export interface Reply {
  /** Index into the download's pages. */
  readonly page: number
  /** 64 bytes, 192 of a basal profile. */
  readonly bytes: Uint8Array
}

/** Whole replies by opcode; of several to one command the last. */
export type Replies = ReadonlyMap<number, Reply>

export interface BasalProfile {
  /** 92, 93 or 94. */
  readonly opcode: number
  readonly pattern: Pattern
  /** Empty when the pattern is not programmed. */
  readonly segments: readonly BasalSegment[]
  readonly reply: Reply
}

export interface PumpSettings {
  readonly clock: DeviceTime | undefined
  readonly model: string | undefined
  readonly serial: string | undefined
  readonly firmware: string | undefined
  readonly profiles: readonly BasalProfile[]
  readonly selectedPattern: Pattern | undefined
  readonly general: GeneralSettings | undefined
  readonly wizardIsOn: boolean | undefined
  readonly carbUnits: CarbUnits | undefined
  readonly glucoseUnits: GlucoseUnits | undefined
  readonly carbRatios: { readonly units: CarbUnits; readonly slots: readonly CarbRatio[] } | undefined
  readonly sensitivities: { readonly units: GlucoseUnits; readonly slots: readonly Sensitivity[] } | undefined
  readonly targets: { readonly units: GlucoseUnits; readonly slots: readonly Target[] } | undefined
  readonly battery: { readonly isLow: boolean; readonly volts: number } | undefined
  readonly reservoirUnits: number | undefined
  readonly totals: { readonly todayUnits: number; readonly yesterdayUnits: number } | undefined
  readonly temporaryBasal: TemporaryBasal | undefined
  readonly sensor: SensorSettings | undefined
  readonly calibrationFactor: number | undefined
  readonly savedAt: DeviceTime | undefined
}

/** Reply 91 or C0. Fields that a family does not have are missing. */
export interface GeneralSettings {
  /** 0: never. */
  readonly autoOffHours: number
  readonly alert: string
  readonly easyBolusIsOn: boolean
  readonly easyBolusStepUnits: number
  readonly variableBolusIsOn: boolean
  readonly maxBolusUnits: number
  readonly maxBasalUnitsPerHour: number
  readonly hourFormat: 12 | 24 | undefined
  readonly concentration: 'U100' | 'U50' | undefined
  readonly patternsAreOn: boolean
  readonly selectedPattern: Pattern | undefined
  readonly remoteIsOn: boolean
  readonly isBlocked: boolean
  readonly tempBasalType: 'U/h' | 'percent'
  readonly tempBasalPercent: number
  readonly meterLinkIsOn: boolean
  readonly actionHours: number | undefined
  readonly reservoirWarning: ReservoirWarning | undefined
  readonly keypadIsLocked: boolean | undefined
  readonly scrollStepUnits: number | undefined
  readonly captureEventIsOn: boolean | undefined
  readonly otherDeviceIsOn: boolean | undefined
}

export type ReservoirWarning = { readonly units: number } | { readonly hours: number }

export interface TemporaryBasal {
  readonly type: 'U/h' | 'percent'
  readonly percent: number
  readonly rateUnitsPerHour: number
  /** 0: none is running; the rate is then the scheduled one. */
  readonly minutesLeft: number
}

/** Reply 99. Limits in `glucoseUnits`, mmol/L in tenths on the wire. */
export interface SensorSettings {
  readonly isOn: boolean
  readonly glucoseUnits: GlucoseUnits | undefined
  readonly high: SensorAlert
  readonly low: SensorAlert
  /** Which of the two is the missed data and which the alarm snooze is not known where they differ. */
  readonly missedDataOrSnoozeMinutes: readonly [number, number]
  readonly calibrationReminder: { readonly isOn: boolean; readonly minutes: number }
  readonly transmitterId: number
}

export interface SensorAlert {
  readonly isOn: boolean
  /** As stored. */
  readonly limit: number
  readonly snoozeMinutes: number
}

/** Bytes of a reply to everything but the basal profiles. */
const FRAME_BYTES = 64
/** Bytes of a basal profile: three frames. */
const PROFILE_BYTES = 192
const PROFILE_OPCODES = [0x92, 0x93, 0x94] as const

/** How long the reply to an opcode is. */
export const replyLength = (opcode: number): number =>
  PROFILE_OPCODES.some(profile => profile === opcode) ? PROFILE_BYTES : FRAME_BYTES

/** The replies among a download's pages. One that is too short is no reply: its missing bytes would read as zeros. */
export function repliesOf(pages: readonly Page[]): Replies {
  const replies = new Map<number, Reply>()
  pages.forEach(({ kind, index, bytes }, page) => {
    if (kind === 'reply' && bytes.length >= replyLength(index)) replies.set(index, { page, bytes })
  })
  return replies
}

/** Reads all replies that the family's layout is known of. */
export function readSettings(replies: Replies, family: Family): PumpSettings {
  const bytesOf = (opcode: number): Uint8Array | undefined => replies.get(opcode)?.bytes
  const map = <T>(opcode: number, read: (bytes: Uint8Array) => T): T | undefined => {
    const bytes = bytesOf(opcode)
    return bytes && read(bytes)
  }
  const general = map(family.number === 12 ? 0x91 : 0xc0, bytes => readGeneral(bytes, family))
  return {
    clock: map(0x70, readClock),
    model: map(0x8d, bytes => textOf(bytes.subarray(1, 1 + Math.min(bytes[0] ?? 0, 9)))),
    serial: map(0x71, bytes => textOf(bytes.subarray(0, 6))),
    firmware: map(0x74, textOf),
    profiles: PROFILE_OPCODES.flatMap((opcode, i): BasalProfile[] => {
      const reply = replies.get(opcode)
      const segments = reply && readBasalProfile(reply.bytes, true)
      const pattern = PATTERNS[i]
      return reply && segments && pattern ? [{ opcode, pattern, segments, reply }] : []
    }),
    selectedPattern: general?.selectedPattern,
    general,
    wizardIsOn: map(0x87, bytes => bytes[0] === 1),
    carbUnits: map(0x88, bytes => carbUnitsOf(bytes[0] ?? 0)),
    glucoseUnits: map(0x89, bytes => glucoseUnitsOf(bytes[0] ?? 0)),
    carbRatios: map(0x8a, bytes => {
      const units = carbUnitsOf(bytes[0] ?? 0)
      const { isLarge } = family
      return units && { units, slots: readCarbRatios(bytes.subarray(isLarge ? 2 : 1), { isLarge, units, slots: 8 }) }
    }),
    sensitivities: map(0x8b, bytes => {
      const units = glucoseUnitsOf(bytes[0] ?? 0)
      return units && { units, slots: readSensitivities(bytes.subarray(1), units, 8) }
    }),
    targets: map(family.number === 12 ? 0x8c : 0x9f, bytes => {
      const units = glucoseUnitsOf(bytes[0] ?? 0)
      return units && { units, slots: readTargets(bytes.subarray(1), units, 8, family.number === 12 ? 2 : 3) }
    }),
    battery: map(0x72, bytes => ({ isLow: bytes[0] === 1, volts: be16(bytes, 1) / 100 })),
    reservoirUnits: map(0x73, bytes =>
      family.isLarge ? be16(bytes, 2) / family.bolusStepsPerUnit : be16(bytes, 0) / family.bolusStepsPerUnit,
    ),
    totals: map(0x79, bytes =>
      family.isLarge
        ? { todayUnits: be32(bytes, 0) / 40, yesterdayUnits: be32(bytes, 4) / 40 }
        : { todayUnits: be16(bytes, 0) / 10, yesterdayUnits: be16(bytes, 2) / 10 },
    ),
    temporaryBasal: map(0x98, bytes => ({
      type: tempBasalTypeOf(bytes[0] ?? 0),
      percent: bytes[1] ?? 0,
      rateUnitsPerHour: be16(bytes, 2) / RATE_STEPS_PER_UNIT,
      minutesLeft: be16(bytes, 4),
    })),
    sensor: family.number === 22 ? map(0x99, readSensor) : undefined,
    calibrationFactor: map(0x9c, bytes => be16(bytes, 0) / 1000),
    savedAt: map(0xc1, readClock),
  }
}

/** 64 bytes padded with zeros; of the sheet's table §4.1 the column of the family. */
function readGeneral(bytes: Uint8Array, family: Family): GeneralSettings {
  const at = (offset: number): number => bytes[offset] ?? 0
  const isOn = (offset: number): boolean => at(offset) === 1
  const isOldest = family.number === 12
  const { isLarge } = family
  return {
    autoOffHours: at(0),
    alert: alertText(at(1)),
    easyBolusIsOn: isOn(2),
    easyBolusStepUnits: at(3) / PRIME_STEPS_PER_UNIT,
    variableBolusIsOn: isOn(4),
    maxBolusUnits: (isLarge ? be16(bytes, 5) : at(5)) / PRIME_STEPS_PER_UNIT,
    maxBasalUnitsPerHour: be16(bytes, isLarge ? 7 : 6) / RATE_STEPS_PER_UNIT,
    // Unconfirmed in large pumps, where byte 9 may be either. One with the 24 hour format would tell.
    hourFormat: isLarge ? undefined : at(8) === 1 ? 24 : 12,
    concentration: isLarge ? undefined : at(9) === 1 ? 'U50' : 'U100',
    patternsAreOn: isOn(10),
    selectedPattern: PATTERNS[at(11)],
    remoteIsOn: isOn(12),
    isBlocked: isOn(13),
    tempBasalType: tempBasalTypeOf(at(14)),
    tempBasalPercent: at(15),
    meterLinkIsOn: isOn(16),
    actionHours: isOldest ? [6, 8][at(17)] : at(17),
    reservoirWarning: isOldest ? undefined : reservoirWarningOf(at(18), at(19)),
    keypadIsLocked: isOldest ? undefined : isOn(20),
    scrollStepUnits: isLarge ? at(21) / 1000 : undefined,
    captureEventIsOn: isLarge ? isOn(22) : undefined,
    otherDeviceIsOn: isLarge ? isOn(23) : undefined,
  }
}

/** 0 units left, 1 half hours left. */
export const reservoirWarningOf = (kind: number, value: number): ReservoirWarning | undefined =>
  kind === 0 ? { units: value } : kind === 1 ? { hours: value / 2 } : undefined

export const tempBasalTypeOf = (code: number): 'U/h' | 'percent' => (code === 1 ? 'percent' : 'U/h')

export const alertText = (code: number): string =>
  ['', 'beep, low', 'beep, medium', 'beep, high', 'vibrate'][code] || `unknown (${code})`

function readSensor(bytes: Uint8Array): SensorSettings {
  const isOn = (offset: number): boolean => bytes[offset] === 1
  return {
    isOn: isOn(0),
    high: { isOn: isOn(1), limit: be16(bytes, 2), snoozeMinutes: be16(bytes, 4) },
    low: { isOn: isOn(6), limit: be16(bytes, 7), snoozeMinutes: be16(bytes, 9) },
    missedDataOrSnoozeMinutes: [be16(bytes, 14), be16(bytes, 23)],
    calibrationReminder: { isOn: isOn(16), minutes: be16(bytes, 17) },
    transmitterId: (be16(bytes, 19) << 8) | (bytes[21] ?? 0),
    glucoseUnits: glucoseUnitsOf(bytes[22] ?? 0),
  }
}

/** Hour, minute, second, BE16 year, month, day. */
function readClock(bytes: Uint8Array): DeviceTime | undefined {
  const [hour, minute, second, , , month = 0, day = 0] = bytes
  return deviceTimeOf(be16(bytes, 3), month, day, hour, minute, second)
}

/** Printable text up to the first byte that is none. */
function textOf(bytes: Uint8Array): string {
  const end = bytes.findIndex(byte => byte < 0x20 || byte > 0x7e)
  return String.fromCharCode(...bytes.subarray(0, end < 0 ? bytes.length : end)).trim()
}

const be16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
const be32 = (bytes: Uint8Array, at: number): number => be16(bytes, at) * 0x10000 + be16(bytes, at + 2)
