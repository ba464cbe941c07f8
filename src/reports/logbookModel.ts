/** The logbook as plain data: a row for each day, newest first, with what happened in each hour and each part of it. */
import type { RangeName } from '#stats/ranges.ts'
import type { DeviceTime } from '#records/time.ts'
import type { GlucoseUnits } from '#records/units.ts'
import type { DayPart } from '#stats/dayParts.ts'
import type { DayInsulin } from '#stats/insulin.ts'
import type { PeriodModel } from './models.ts'

export type { DayPart } from '#stats/dayParts.ts'

export interface LogbookValue {
  readonly at: DeviceTime
  readonly value: number
  readonly units: GlucoseUnits
  readonly outOfRange?: 'low' | 'high'
  readonly range: RangeName
}

/**
 * manual: without the calculator; more, less: another amount than the calculator proposed; extended: given over time;
 * automatic: all that the pump's algorithm gave as boluses in this cell.
 */
export type BolusMark = 'manual' | 'more' | 'less' | 'extended' | 'injection' | 'automatic'

export interface LogbookBolus {
  readonly at: DeviceTime
  /** As delivered. */
  readonly units: number
  readonly marks: readonly BolusMark[]
}

/** A mean of values; `outOfRange` where every one of them was LO or HI, for which no number was measured. */
export interface LogbookMean {
  readonly mgdl: number
  readonly outOfRange?: 'low' | 'high'
}

/** What happened in an hour or a part of a day. */
export interface LogbookCell {
  readonly meter: readonly LogbookValue[]
  /** Mean of the sensor's values, only where 70 % of them are there and no meter value stands; and its class. */
  readonly sensor?: LogbookMean & { readonly range: RangeName }
  readonly carbsGrams: number
  readonly carbsExchanges: number
  readonly boluses: readonly LogbookBolus[]
}

export interface LogbookDay {
  readonly day: number
  /** Index is the hour; absent where nothing happened. */
  readonly hours: readonly (LogbookCell | undefined)[]
  /** Parts in which something happened, and those that the day has. */
  readonly parts: Partial<Readonly<Record<DayPart, LogbookCell>>>
  readonly hasParts: readonly DayPart[]
  /** Of the whole day. */
  readonly sensorMean?: LogbookMean & { readonly count: number }
  readonly meterMean?: LogbookMean & { readonly count: number }
  readonly insulin?: DayInsulin
}

export interface LogbookModel extends PeriodModel {
  /** Newest first, every day that is looked at. */
  readonly days: readonly LogbookDay[]
}
