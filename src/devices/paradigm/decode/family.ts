/**
 * Paradigm pump families: the last two digits of the model. They decide how long records are and how finely insulin
 * is counted. Source: paradigm sheet, head and §4.5.
 */

export interface Family {
  readonly number: 12 | 15 | 22 | 23 | 51 | 54
  /** Family 23 and later: longer records, finer steps. */
  readonly isLarge: boolean
  /** Counts in one unit of insulin in bolus and wizard records. */
  readonly bolusStepsPerUnit: 10 | 40
  /** Delivery strokes in one unit of insulin. */
  readonly strokesPerUnit: 20 | 40
  /** The pump keeps a sensor's readings. */
  readonly hasSensor: boolean
  /** The pump can stop by itself when sensor glucose is low. */
  readonly hasLowSuspend: boolean
}

/** Counts in one unit (or unit per hour) of basal rates, daily totals and unabsorbed insulin, in every family. */
export const RATE_STEPS_PER_UNIT = 40

/** Counts in one unit of primes, the reservoir alarm, the largest bolus and the insulin marker, in every family. */
export const PRIME_STEPS_PER_UNIT = 10

/** The family of a model as the pump names it, such as "522"; `undefined` for a model that is not known. */
export function familyOf(model: string): Family | undefined {
  const [, digits] = /^[57](\d\d)$/.exec(model) ?? []
  return families.find(({ number }) => String(number) === digits)
}

const small = { isLarge: false, bolusStepsPerUnit: 10, strokesPerUnit: 20, hasLowSuspend: false } as const
const large = { isLarge: true, bolusStepsPerUnit: 40, strokesPerUnit: 40, hasSensor: true } as const

const families: readonly Family[] = [
  { ...small, number: 12, hasSensor: false },
  { ...small, number: 15, hasSensor: false },
  { ...small, number: 22, hasSensor: true },
  { ...large, number: 23, hasLowSuspend: false },
  { ...large, number: 51, hasLowSuspend: true },
  { ...large, number: 54, hasLowSuspend: true },
]
