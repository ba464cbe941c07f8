/** Progress for the window, at most one message in 50 ms: the first of each stage at once, and always the last. */
import type { Clock } from '#devices/ports/port.ts'

const QUIET_MS = 50

export interface Throttle<T> {
  (value: T): void
  /** Says the last value that was held back. */
  flush(): void
}

/** `stageOf` names the stage of a value; a new one is said at once. A callback that fails (its tab is gone) is ignored. */
export function throttled<T>(
  callback: (value: T) => unknown,
  stageOf: (value: T) => string,
  clock: Clock,
): Throttle<T> {
  let saidAt = Number.NEGATIVE_INFINITY
  let stage: string | undefined
  let held: { readonly value: T } | undefined
  const say = (value: T) => {
    held = undefined
    saidAt = clock.nowMs()
    stage = stageOf(value)
    // A Comlink proxy answers with a promise.
    Promise.resolve()
      .then(() => callback(value))
      .catch(() => {})
  }
  const tell = (value: T) => {
    if (stageOf(value) !== stage || clock.nowMs() - saidAt >= QUIET_MS) say(value)
    else held = { value }
  }
  return Object.assign(tell, {
    flush() {
      if (held) say(held.value)
    },
  })
}
