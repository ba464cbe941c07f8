/**
 * The column "Raw-Values" of generation R: `AMOUNT=16,8, PROGRAMMED_AMOUNT=16,8, ENABLE=true`. Never translated;
 * glucose in it is mg/dL whatever the account's unit. Source: CareLink export sheet §4 "Decode from columns 34/35".
 */
import type { DeviceTime } from '#records/time.ts'
import { amountFrom, numberFrom } from './numbers.ts'

export type RawValues = Readonly<Record<string, string>>

/** Reads the pairs; `null` is left out. A comma divides pairs only before a capital key: `16,8` is a number. */
export function rawValuesFrom(text: string): RawValues {
  const values: Record<string, string> = {}
  for (const pair of text.split(/,\s+(?=[A-Z][A-Z0-9_]*=)/)) {
    const at = pair.indexOf('=')
    const value = pair.slice(at + 1).trim()
    if (at > 0 && value !== 'null' && value !== '') values[pair.slice(0, at).trim()] = value
  }
  return values
}

export const numberIn = (values: RawValues, key: string): number | undefined => numberFrom(values[key] ?? '')

/** A number from 0 to `max`. */
export const amountIn = (values: RawValues, key: string, max: number): number | undefined =>
  amountFrom(values[key] ?? '', max)

/** A glucose value in whole mg/dL; mmol/L accounts carry it as mmol × 18.016. `undefined` beyond 1 to 1000. */
export function mgdlIn(values: RawValues, key: string): number | undefined {
  const number = numberIn(values, key)
  if (number === undefined) return undefined
  const mgdl = Math.round(number)
  return mgdl >= 1 && mgdl <= 1000 ? mgdl : undefined
}

/**
 * `NEW_TIME`: milliseconds since 1970 in the server's zone. All nine clock changes of the captures that also name the
 * new time in words agree with reading it as UTC.
 */
export function newTimeIn(values: RawValues): DeviceTime | undefined {
  const number = numberIn(values, 'NEW_TIME')
  // A cast: read as UTC, the number's digits are the wall clock.
  return number !== undefined && number > 0 && number < 4e12 ? (number as DeviceTime) : undefined
}
