/** How long a read will still take, judged by how long it took so far. */

export interface Pace {
  /** When counting began, ms, and what had been done then. */
  readonly sinceMs: number
  readonly doneThen: number
  readonly nowMs: number
  readonly done: number
  readonly total: number | undefined
}

/** Too early a guess jumps about. */
const EARLIEST_MS = 3000

/** Milliseconds left; undefined while it cannot be told: no total, nothing done, or less than three seconds gone. */
export function timeLeftMs({ sinceMs, doneThen, nowMs, done, total }: Pace): number | undefined {
  const elapsedMs = nowMs - sinceMs
  const stepsDone = done - doneThen
  if (total === undefined || stepsDone <= 0 || elapsedMs < EARLIEST_MS) return undefined
  return Math.max(0, ((total - done) * elapsedMs) / stepsDone)
}

/** Seconds as one says them: to 5 under a minute, never 0. */
export const roundedSeconds = (ms: number): number => Math.max(5, Math.ceil(ms / 5000) * 5)
