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

export interface TargetRanges {
  readonly id: 'standard' | 'older' | 'pregnancy' | 'custom'
  /** mg/dL. */
  readonly mgdl: RangeLimits
  /** mmol/L. */
  readonly mmol: RangeLimits
}

export interface Preferences {
  readonly profileName: string
  readonly glucoseUnits: GlucoseUnits
  readonly clock: '24h' | '12h'
  /** 0 Sunday, 1 Monday, 6 Saturday. */
  readonly firstDayOfWeek: 0 | 1 | 6
  readonly ranges: TargetRanges
  readonly paper: 'A4' | 'Letter'
}

/** A class that a set does not have gets a limit nothing reaches: 0 below, 9999 above. */
export const rangeSets: Readonly<Record<'standard' | 'older' | 'pregnancy', TargetRanges>> = {
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
  pregnancy: {
    id: 'pregnancy',
    mgdl: { veryLow: 54, low: 63, high: 140, veryHigh: 9999 },
    mmol: { veryLow: 3, low: 3.5, high: 7.8, veryHigh: 9999 },
  },
}

export const defaultPreferences: Preferences = {
  profileName: '',
  glucoseUnits: 'mg/dL',
  clock: '24h',
  firstDayOfWeek: 1,
  ranges: rangeSets.standard,
  paper: 'A4',
}
