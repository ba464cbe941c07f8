/**
 * The canonical records: what happened, as the device told it. Everything behind this file (store, statistics,
 * reports) speaks of these and of nothing else. Source: data-model sheet §2, decisions 5 to 9.
 *
 * A record holds the device's own clock, the device's own unit and a pointer to the bytes it came from.
 * Derived things (UTC, delivered basal segments, mg/dL) are computed when read.
 */
import type { DeviceTime } from './time.ts'
import type { GlucoseUnits } from './units.ts'

/** Where a record's bytes stand: `length` bytes from `offset` of page `page` of the artifact it was decoded from. */
export interface RawRef {
  /** Index into `Download.pages`; 0 for a file. */
  readonly page: number
  readonly offset: number
  readonly length: number
}

/** What all records hold. Decoders fill it; `id` and the artifact are added when the record is stored. */
export interface RecordBase {
  readonly deviceTime: DeviceTime
  /** The device's own record number or monotonic counter, only where it never changes for the same record. */
  readonly seq?: number
  /**
   * The text from which the record's id is made: the record as the device or file gave it, without what differs from
   * read to read. Must not depend on the decoder. Not needed for `cbg` (value and unit serve).
   */
  readonly identity: string
  readonly raw: RawRef
  /** Further bytes that contributed, such as the programmed row of a bolus. */
  readonly supporting?: readonly RawRef[]
  /** Codes as in the data-model sheet §2.9, such as `bg/out-of-range`. */
  readonly annotations?: readonly string[]
  /** Who did it, where the device says so. computer: a program on a computer; meter: a linked meter or remote. */
  readonly actor?: 'pump' | 'computer' | 'meter' | 'sensor'
}

/** A glucose value in the device's own unit: whole mg/dL or one decimal of mmol/L. */
export interface GlucoseValue {
  readonly value: number
  readonly units: GlucoseUnits
  /** The device said LO or HI; `value` is then its limit. */
  readonly outOfRange?: 'low' | 'high'
}

/** Continuous sensor glucose. */
export interface Cbg extends RecordBase, GlucoseValue {
  readonly type: 'cbg'
  /** Sensor current in nA. */
  readonly isigNa?: number
  readonly backfilled?: boolean
}

/** A finger-stick value. */
export interface Smbg extends RecordBase, GlucoseValue {
  readonly type: 'smbg'
  /** meter: from the meter's own memory; linked: sent by a meter to a pump; manual: typed in. */
  readonly subType: 'meter' | 'linked' | 'manual'
  readonly meterSerial?: string
  readonly meal?: 'before' | 'after' | 'fasting' | 'bedtime'
  readonly minutesAfterMeal?: number
  /** The person's own mark on the meter. */
  readonly marks?: readonly ('logbook' | 'sick' | 'stress' | 'activity')[]
  /** A test of the meter with control solution: shown in lists, never in statistics. */
  readonly controlSolution?: true
  /** The person said no to it on the pump; it was measured all the same. */
  readonly rejected?: true
}

/** A finger-stick value used to calibrate a sensor. */
export interface Calibration extends RecordBase, GlucoseValue {
  readonly type: 'calibration'
  readonly rejectedReason?: string
}

/**
 * Insulin given at once or over time, as delivered. `deviceTime` is the time the device logged (for delivered rows of
 * CareLink the end of delivery); `startTime` is the beginning where it is known.
 */
export interface Bolus extends RecordBase {
  readonly type: 'bolus'
  readonly subType: 'normal' | 'square' | 'dual' | 'injection'
  readonly startTime?: DeviceTime
  /** Delivered at once and over time, U. */
  readonly normalUnits?: number
  readonly extendedUnits?: number
  /** Programmed, where known; larger than delivered when it was interrupted. */
  readonly programmedNormalUnits?: number
  readonly programmedExtendedUnits?: number
  /** Length of the extended part. */
  readonly durationMs?: number
  /** Who decided. automatic: given by the pump's algorithm (auto correction). */
  readonly context?: 'wizard' | 'manual' | 'preset' | 'remote' | 'automatic'
  /** The source's own word, such as CLOSED_LOOP_BG_CORRECTION. */
  readonly rawSource?: string
  readonly bolusNumber?: number
  readonly cancelledBy?: string
}

/** The bolus calculator's screen. */
export interface Wizard extends RecordBase {
  readonly type: 'wizard'
  readonly carbsGrams?: number
  readonly carbsExchanges?: number
  readonly glucose?: GlucoseValue
  /** g/U, or U per exchange when `carbRatioUnits` says so. */
  readonly carbRatio?: number
  readonly carbRatioUnits?: 'g/U' | 'U/exchange'
  /** Per U, in `settingsUnits`. */
  readonly sensitivity?: number
  readonly targetLow?: number
  readonly targetHigh?: number
  readonly settingsUnits?: GlucoseUnits
  readonly recommendedCarbUnits?: number
  readonly recommendedCorrectionUnits?: number
  readonly recommendedNetUnits?: number
  readonly insulinOnBoardUnits?: number
  /** `false` when the person left the screen without a bolus: the carbs were then not necessarily eaten. */
  readonly delivered?: boolean
}

/** Carbohydrate noted without the calculator. */
export interface Food extends RecordBase {
  readonly type: 'food'
  readonly carbsGrams?: number
  readonly carbsExchanges?: number
}

/** From here on the pump's programme asks for this rate. */
export interface BasalRate extends RecordBase {
  readonly type: 'basalRate'
  readonly rateUnitsPerHour: number
  readonly scheduleName?: string
}

/** A temporary rate begins; duration 0 ends the running one. */
export interface TempBasal extends RecordBase {
  readonly type: 'tempBasal'
  readonly durationMs: number
  /** Share of the programmed rate, 0 to 200. */
  readonly percent?: number
  readonly rateUnitsPerHour?: number
  /**
   * The pump gives what a percentage comes to rounded down to its own steps. Fine: 0.025 U/h below 1 U/h, 0.05 below 10,
   * then 0.1; coarse: 0.05, then 0.1. Absent: not rounded.
   */
  readonly rateSteps?: 'fine' | 'coarse'
}

/** Delivery stops or goes on. */
export interface Suspend extends RecordBase {
  readonly type: 'suspend'
  readonly suspended: boolean
  readonly reason?: 'manual' | 'alarm' | 'low' | 'beforeLow' | 'notSeated' | 'other'
  readonly rawReason: string
}

/** One micro-dose of an algorithm's basal, given until the next one. */
export interface AutoBasalDose extends RecordBase {
  readonly type: 'autoBasalDose'
  readonly units: number
}

/** The pump's algorithm takes over the basal, or gives it back to the programme. */
export interface AutoMode extends RecordBase {
  readonly type: 'autoMode'
  readonly active: boolean
  /** The device's own word for why. */
  readonly reason?: string
}

/** All insulin that the algorithm gave on the calendar day of `deviceTime`: basal and corrections together. */
export interface AutoInsulinTotal extends RecordBase {
  readonly type: 'autoInsulinTotal'
  readonly units: number
}

/** The pump's own total of the calendar day of `deviceTime`. */
export interface DailyTotal extends RecordBase {
  readonly type: 'dailyTotal'
  readonly totalUnits: number
  readonly basalUnits?: number
  readonly bolusUnits?: number
}

export interface Prime extends RecordBase {
  readonly type: 'prime'
  readonly target: 'tubing' | 'cannula'
  readonly volumeUnits: number
}

/** The reservoir was taken out or filled. */
export interface Rewind extends RecordBase {
  readonly type: 'rewind'
}

export interface Alarm extends RecordBase {
  readonly type: 'alarm'
  readonly name: string
  readonly rawCode?: number
  /** The person's answer to an alarm, not an alarm of its own. */
  readonly cleared?: true
}

/** A sensor's state without a value: warm-up, calibration needed, signal lost. */
export interface SensorState extends RecordBase {
  readonly type: 'sensorState'
  readonly state: string
}

/** The clock was set to `to`; records before it ran on the old clock. */
export interface TimeChange extends RecordBase {
  readonly type: 'timeChange'
  readonly to: DeviceTime
  readonly from?: DeviceTime
}

/** A note of the person's: exercise, meal without grams, other. */
export interface Marker extends RecordBase {
  readonly type: 'marker'
  readonly kind: 'exercise' | 'meal' | 'other'
  readonly text: string
  readonly durationMs?: number
}

/** A setting as it stood (`current`) or was changed to. `values` as the device gave them. */
export interface Setting extends RecordBase {
  readonly type: 'setting'
  readonly name: string
  readonly change: 'current' | 'changed'
  readonly values: Readonly<Record<string, string>>
}

/** Anything else that the device logged and that we understand well enough to name. */
export interface DeviceEvent extends RecordBase {
  readonly type: 'deviceEvent'
  readonly name: string
  readonly text: string
}

export type TherapyRecord =
  | Cbg
  | Smbg
  | Calibration
  | Bolus
  | Wizard
  | Food
  | BasalRate
  | TempBasal
  | Suspend
  | AutoBasalDose
  | AutoMode
  | AutoInsulinTotal
  | DailyTotal
  | Prime
  | Rewind
  | Alarm
  | SensorState
  | TimeChange
  | Marker
  | Setting
  | DeviceEvent

export type RecordType = TherapyRecord['type']
export type RecordOf<T extends RecordType> = Extract<TherapyRecord, { type: T }>

/** What is stored together: one chunk per source, kind and device-day. `cbg` as columns, the rest as records. */
export type ChunkKind = 'cbg' | 'smbg' | 'bolus' | 'basal' | 'event'

export const KIND_OF_TYPE: Readonly<Record<RecordType, ChunkKind>> = {
  cbg: 'cbg',
  smbg: 'smbg',
  calibration: 'smbg',
  bolus: 'bolus',
  wizard: 'bolus',
  food: 'bolus',
  basalRate: 'basal',
  tempBasal: 'basal',
  suspend: 'basal',
  autoBasalDose: 'basal',
  autoMode: 'basal',
  autoInsulinTotal: 'basal',
  dailyTotal: 'basal',
  prime: 'event',
  rewind: 'event',
  alarm: 'event',
  sensorState: 'event',
  timeChange: 'event',
  marker: 'event',
  setting: 'event',
  deviceEvent: 'event',
}

/** Bytes that gave no record, with the reason in plain words. `line` for files, 1 for the first. */
export interface Skipped {
  readonly page: number
  readonly offset: number
  readonly length: number
  readonly reason: string
  readonly line?: number
  /** Understood, and there is no record in it: accounted for, but nothing to tell the person about. */
  readonly holdsNothing?: true
}

/** Who measured: the thing on the table, whichever way its data came. */
export interface DeviceIdentity {
  /** Kind of thing, part of the key: a meter and a pump may share a serial number. */
  readonly kind: 'pump' | 'meter' | 'sensor'
  readonly manufacturer: string
  /** As printed, such as "Contour NEXT LINK" or "MiniMed 780G MMT-1886". */
  readonly model: string
  /** As printed, without blanks. */
  readonly serial: string
  readonly firmware?: string
}
