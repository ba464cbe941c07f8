/**
 * Remembers across a reload or a closed tab that a read was running, so that Home can say afterwards what became of
 * it. Holds a time and nothing about the person or the device.
 */
import { isDeviceHeld } from './deviceLocks.ts'

const KEY = 'basalt.readStartedAt'

export function markReadStarted(atMs: number): void {
  withStorage(storage => storage.setItem(KEY, String(atMs)))
}

export function clearReadMark(): void {
  withStorage(storage => storage.removeItem(KEY))
}

/**
 * When a read began that never came to its end, ms UTC; undefined when there is none. `running`: as far as the locks
 * tell some tab still reads.
 */
export async function interruptedReadAt(): Promise<number | 'running' | undefined> {
  const startedAt = Number(withStorage(storage => storage.getItem(KEY)) ?? Number.NaN)
  if (!Number.isFinite(startedAt)) return undefined
  return (await isDeviceHeld()) ? 'running' : startedAt
}

/** Storage may be forbidden; the mark is then simply not kept. */
function withStorage<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(localStorage)
  } catch {
    return undefined
  }
}
