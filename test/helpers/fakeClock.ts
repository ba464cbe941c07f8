/**
 * A clock whose time passes only while everybody waits: as soon as no promise can go on, it jumps to the next timer.
 * A read with a deadline of five seconds thus takes no time at all, and deadlines can be measured exactly.
 */
import { sleepOn } from '#devices/ports/clock.ts'
import type { Clock } from '#devices/ports/port.ts'

export interface FakeClock extends Clock {
  /** Timers not yet run or taken back: 0 when nothing was left behind. */
  waiting(): number
}

/** Starts at `startMs`, UTC. */
export function createFakeClock(startMs = 0): FakeClock {
  let nowMs = startMs
  let pumping = false
  let order = 0
  const timers = new Map<number, { readonly atMs: number; readonly callback: () => void }>()

  /** Runs after all promises of this turn: then everybody waits. */
  function pump(): void {
    let next: [number, number] | undefined
    for (const [id, { atMs }] of timers) if (!next || atMs < next[1]) next = [id, atMs]
    if (!next) {
      pumping = false
      return
    }
    const [id, atMs] = next
    const timer = timers.get(id)
    timers.delete(id)
    nowMs = Math.max(nowMs, atMs)
    timer?.callback()
    setImmediate(pump)
  }

  const clock: FakeClock = {
    nowMs: () => nowMs,
    sleep: (ms, signal) => sleepOn(clock, ms, signal),
    after(ms, callback) {
      const id = order++
      timers.set(id, { atMs: nowMs + ms, callback })
      if (!pumping) {
        pumping = true
        setImmediate(pump)
      }
      return () => timers.delete(id)
    },
    waiting: () => timers.size,
  }
  return clock
}
