/**
 * Empties a port of what an earlier session left behind, so that a stale answer is never taken for a new one.
 */
import { DeviceError } from '../errors.ts'
import type { Clock, Port } from './port.ts'

/** A device that keeps talking is left to the driver's own limits after this many quiet times. */
const PATIENCE = 20

/**
 * Reads and drops packets until `quietMs` pass without one, at most 20 times as long. Returns how many bytes were
 * dropped. Throws DeviceError `unplugged`, `cancelled`.
 */
export async function drain(port: Port, clock: Clock, quietMs: number, signal?: AbortSignal): Promise<number> {
  const endMs = clock.nowMs() + PATIENCE * quietMs
  let dropped = 0
  while (clock.nowMs() < endMs) {
    try {
      dropped += (await port.read(quietMs, signal)).length
    } catch (error) {
      if (error instanceof DeviceError && error.code === 'no-answer') return dropped
      throw error
    }
  }
  return dropped
}
