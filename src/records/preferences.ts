/**
 * What a person may choose. One object, kept whole in the store; every field has its default here.
 * Source: reports sheet §1.1, metrics sheet §2.1, interface brief (Settings).
 */
import type { GlucoseUnits } from './units.ts'

/** Limits in whole mg/dL and in tenths of mmol/L: a value is compared in the unit its device stored. */
export interface RangeLimits {
  /** Below it: very low. */
  readonly veryLow: number
  /** Below it: low. */
  readonly low: number
  /** Above it: high. */
  readonly high: number
  /** Above it: very high. */
  readonly veryHigh: number
}

/**
 * `pregnancy` is that of type 1; `gestational`, of diabetes that came with the pregnancy and of type 2, has the same limits
 * and no goals.
 */
export const rangeSetNames = ['standard', 'older', 'pregnancy', 'gestational'] as const
export type RangeSetName = (typeof rangeSetNames)[number]

export interface TargetRanges {
  readonly id: RangeSetName | 'custom'
  /** mg/dL. */
  readonly mgdl: RangeLimits
  /** mmol/L. */
  readonly mmol: RangeLimits
}

/** Minutes since midnight; `toMinute` is not in it. From 22:00 to 06:00 goes over midnight. */
export interface TimeSpan {
  /** 0 to 1439. */
  readonly fromMinute: number
  /** 1 to 1440. */
  readonly toMinute: number
}

/** A mealtime, and which minutes around each meal count as before and after it. */
export interface Mealtime extends TimeSpan {
  /** Before it began: from so many minutes before up to it. */
  readonly beforeMinutes: number
  /** After it began: from so many minutes after … */
  readonly afterFromMinutes: number
  /** … to so many, at most 360. */
  readonly afterToMinutes: number
}

export const mealNames = ['breakfast', 'lunch', 'dinner'] as const
export type MealName = (typeof mealNames)[number]

/**
 * `safe`: a palette that stays apart for every kind of colour blindness. `clinical`: red, green and yellow, as clinics
 * know them. `profile`: clinical on the printed ambulatory glucose profile, safe everywhere else.
 */
export const rangeColors = ['profile', 'safe', 'clinical'] as const
export type RangeColors = (typeof rangeColors)[number]

export interface Preferences {
  readonly profileName: string
  /** "1984-03-01", or "" when it is not told. */
  readonly dateOfBirth: string
  /** A number that a clinic knows the person by. */
  readonly patientId: string
  /** Whether name, date of birth and number stand on paper. */
  readonly printIdentity: boolean
  readonly glucoseUnits: GlucoseUnits
  readonly clock: '24h' | '12h'
  /** 0 Sunday, 1 Monday, 6 Saturday. */
  readonly firstDayOfWeek: 0 | 1 | 6
  readonly ranges: TargetRanges
  readonly paper: 'A4' | 'Letter'
  readonly rangeColors: RangeColors
  /** As they were entered, or all in one unit; an exchange is `gramsPerExchange`. */
  readonly carbUnits: 'asEntered' | 'grams' | 'exchanges'
  readonly gramsPerExchange: number
  readonly meals: Readonly<Record<MealName, Mealtime>>
  readonly overnight: TimeSpan
  readonly bedtime: TimeSpan
  readonly wakeUp: TimeSpan
  /** The length with which a report opens. */
  readonly periodDays: 7 | 14 | 30 | 90
  /** Devices by their keys; where two tell the same, the one that stands further in front is believed. */
  readonly preferredDevices: readonly string[]
}

const pregnancyLimits = {
  mgdl: { veryLow: 54, low: 63, high: 140, veryHigh: 9999 },
  mmol: { veryLow: 3, low: 3.5, high: 7.8, veryHigh: 9999 },
} as const

/** A class that a set does not have gets a limit nothing reaches: 0 below, 9999 above. */
export const rangeSets: Readonly<Record<RangeSetName, TargetRanges>> = {
  standard: {
    id: 'standard',
    mgdl: { veryLow: 54, low: 70, high: 180, veryHigh: 250 },
    mmol: { veryLow: 3, low: 3.9, high: 10, veryHigh: 13.9 },
  },
  older: {
    id: 'older',
    mgdl: { veryLow: 0, low: 70, high: 180, veryHigh: 250 },
    mmol: { veryLow: 0, low: 3.9, high: 10, veryHigh: 13.9 },
  },
  pregnancy: { id: 'pregnancy', ...pregnancyLimits },
  gestational: { id: 'gestational', ...pregnancyLimits },
}

const mealtime = (fromHour: number, toHour: number): Mealtime => ({
  fromMinute: fromHour * 60,
  toMinute: toHour * 60,
  beforeMinutes: 60,
  afterFromMinutes: 60,
  afterToMinutes: 180,
})

const span = (fromHour: number, toHour: number): TimeSpan => ({ fromMinute: fromHour * 60, toMinute: toHour * 60 })

export const defaultPreferences: Preferences = {
  profileName: '',
  dateOfBirth: '',
  patientId: '',
  printIdentity: true,
  glucoseUnits: 'mg/dL',
  clock: '24h',
  firstDayOfWeek: 1,
  ranges: rangeSets.standard,
  paper: 'A4',
  rangeColors: 'profile',
  carbUnits: 'asEntered',
  gramsPerExchange: 15,
  meals: { breakfast: mealtime(6, 10), lunch: mealtime(11, 15), dinner: mealtime(16, 22) },
  overnight: span(0, 6),
  bedtime: span(20, 24),
  wakeUp: span(5, 9),
  periodDays: 14,
  preferredDevices: [],
}
