/**
 * Real time for ports and drivers, and waiting with an end. Tests give a clock of their own that jumps
 * (`test/helpers/fakeClock.ts`), so nothing above this file may ask the system for the time.
 */
import { DeviceError } from '../errors.ts'
import type { Clock } from './port.ts'

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  sleep: (ms, signal) => sleepOn(systemClock, ms, signal),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}

/** `Clock.sleep` built on `Clock.after`; shared with the tests' clock. Throws DeviceError `cancelled`. */
export function sleepOn(clock: Pick<Clock, 'after'>, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(new DeviceError('cancelled', { step: 'waiting' }))
      return
    }
    const onAbort = () => {
      takeBack()
      reject(new DeviceError('cancelled', { step: 'waiting' }))
    }
    const takeBack = clock.after(ms, () => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    })
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}

/**
 * The promise's result, or DeviceError `no-answer` when it has not settled after `ms`. For browser calls that can hang
 * for ever (a stuck device never takes a report); the call itself cannot be taken back.
 */
export function withDeadline<T>(clock: Clock, ms: number, step: string, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const takeBack = clock.after(ms, () =>
      reject(new DeviceError('no-answer', { step, detail: `nothing in ${ms} ms` })),
    )
    promise.then(
      value => {
        takeBack()
        resolve(value)
      },
      (error: unknown) => {
        takeBack()
        reject(error)
      },
    )
  })
}

/**
 * As {@link withDeadline}, for opening a device: one that opens only afterwards is closed again, else it would be "in
 * use" by this very tab at the next read.
 */
export function openWithin(
  clock: Clock,
  ms: number,
  step: string,
  device: { readonly opening: Promise<void>; readonly close: () => Promise<void> },
): Promise<void> {
  let inTime = true
  device.opening.then(() => (inTime ? undefined : device.close())).catch(() => {})
  return withDeadline(clock, ms, step, device.opening).catch((error: unknown) => {
    inTime = false
    throw error
  })
}
