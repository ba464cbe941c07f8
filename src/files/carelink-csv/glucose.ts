/** Glucose values as cells hold them, in the unit that the column's name states. Source: CareLink export sheet §1, §6. */
import type { GlucoseUnits } from '#records/units.ts'
import { numberFrom } from './numbers.ts'

/** Beyond these a number is not glucose, or not in this unit (data-model sheet §2.2). */
const MAX_MGDL = 1000
const MAX_MMOL = 55

/**
 * A value in whole mg/dL or with one decimal of mmol/L; a sentence when there is none. A number that does not fit its
 * unit is refused rather than guessed at.
 */
export function glucoseFrom(
  text: string,
  units: GlucoseUnits | undefined,
): { readonly value: number; readonly units: GlucoseUnits } | string {
  const number = numberFrom(text)
  if (number === undefined) return `Not a glucose value: ${text}`
  if (units === undefined) return "The unit of this glucose value is missing from the column's name"
  if (units === 'mg/dL') {
    const fits = Number.isInteger(number) && number > 0 && number <= MAX_MGDL
    return fits ? { value: number, units } : `Not a glucose value in mg/dL: ${text}`
  }
  const value = Math.round(number * 10) / 10
  return value > 0 && number <= MAX_MMOL ? { value, units } : `Not a glucose value in mmol/L: ${text}`
}
