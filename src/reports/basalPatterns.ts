/** What a basal pattern gives in a day. Source: metrics sheet §10 (basal of a programme: rate times time). */
import { DAY_MS, HOUR_MS } from '#records/time.ts'

/** From this time of day on, until the next step or midnight. */
export interface PatternStep {
  /** ms after midnight. */
  readonly startMs: number
  readonly unitsPerHour: number
}

/**
 * Units in 24 hours, unrounded. `undefined` when the steps do not say it for the whole day: none begins at midnight, two
 * begin at once, or one is not a number.
 */
export function patternUnitsPerDay(steps: readonly PatternStep[]): number | undefined {
  const inOrder = steps.toSorted((a, b) => a.startMs - b.startMs)
  if (inOrder[0]?.startMs !== 0) return undefined
  let units = 0
  for (const [i, { startMs, unitsPerHour }] of inOrder.entries()) {
    const endMs = inOrder[i + 1]?.startMs ?? DAY_MS
    // Not a number is not above nothing either.
    if (!(endMs > startMs && unitsPerHour >= 0)) return undefined
    units += (unitsPerHour * (endMs - startMs)) / HOUR_MS
  }
  return units
}
