/** What a run comes to: the closing line's numbers and the exit status. */
import { closingLine, type Tally } from '../../scripts/tally.mjs'

export type { Tally }

export interface Verdict {
  /** Printed in this order; the last one is the closing line. */
  readonly lines: readonly string[]
  readonly status: number
}

/** 0 when nothing failed, else 1. */
export const verdictOf = (tally: Tally): Verdict => ({
  lines: [closingLine(tally)],
  status: tally.failed === 0 ? 0 : 1,
})

/**
 * Of a run in which every answer of every device is wrong. 1 is as it should be: all cases noticed. 2: those in `green`
 * did not, or not all were run; never 0, since such a run is no proof of the app.
 */
export function verdictOfBroken(tally: Tally, green: readonly string[]): Verdict {
  const allNoticed = green.length === 0 && tally.passed === 0 && tally.skipped === 0 && tally.failed > 0
  const alarms = green.map(name => `ALARM  did not notice that its device answers wrongly: ${name}`)
  return { lines: [...alarms, closingLine(tally)], status: allNoticed ? 1 : 2 }
}
