/**
 * What the codes for units and times of day in events and settings mean. Wizard and settings events are in the pump's
 * own unit, told in each; sensor and meter values are always mg/dL. Source: minimed-600 sheet §11.3, §11.9, §17.
 */
import type { GlucoseUnits } from '#records/units.ts'

/** The unit of code 0 or 1; `undefined` for another code. */
export const glucoseUnitsOf = (code: number): GlucoseUnits | undefined =>
  code === 0 ? 'mg/dL' : code === 1 ? 'mmol/L' : undefined

/** A stored glucose number in its unit: mmol/L are kept in tenths. */
export const glucoseOf = (stored: number, units: GlucoseUnits): number => (units === 'mg/dL' ? stored : stored / 10)

/** Code of the unit of carbohydrate. */
export const isExchanges = (code: number): boolean => code === 1

/** A stored ratio: grams per unit in tenths, or units per exchange in thousandths. */
export const ratioOf = (stored: number, exchanges: boolean): number => (exchanges ? stored / 1000 : stored / 10)

/** "08:30" of minutes since midnight. */
export const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** "08:30" of half hours since midnight. */
export const halfHourText = (halfHours: number): string => clockText(halfHours * 30)

const namedPatterns: Readonly<Record<number, string>> = { 6: 'Workday', 7: 'Day Off', 8: 'Sick Day' }
export const patternName = (number: number): string => namedPatterns[number] ?? `Pattern ${number}`
