/**
 * Locks that all tabs and workers of this origin share. Where the browser has none (tests in Node), nobody else can be
 * there either, and the work simply runs.
 */
import { DeviceError } from '#devices/errors.ts'

const SAVING = 'basalt-saving'
/** The window looks for these too (`ui/state/deviceLocks.ts`). */
const READ = 'read:'

const sharedLocks = (): LockManager | undefined => {
  const { navigator }: { readonly navigator?: { readonly locks?: LockManager } } = globalThis
  return navigator?.locks
}

/** Holds a device for one read. Throws DeviceError `device-in-use` when another tab has it. */
export async function withDevice<T>(vendorId: number, productId: number, work: () => Promise<T>): Promise<T> {
  const locks = sharedLocks()
  if (!locks) return work()
  return locks.request(`device:${vendorId}:${productId}`, { ifAvailable: true }, lock => {
    if (!lock) throw new DeviceError('device-in-use', { step: 'opening the device', detail: 'another tab reads it' })
    return work()
  })
}

/** Holds a read from its first byte to its last record, so that everybody can tell that it still runs. Its window does too. */
export async function withRead<T>(readId: string, work: () => Promise<T>): Promise<T> {
  const locks = sharedLocks()
  return locks ? locks.request(`${READ}${readId}`, { mode: 'shared' }, work) : work()
}

/** Runs once this read runs nowhere: at once (`now`), or when it has ended or its tab is gone (`later`). */
export async function afterRead(readId: string, when: 'now' | 'later', work: () => Promise<void>): Promise<boolean> {
  const locks = sharedLocks()
  const run = async () => {
    await work()
    return true
  }
  if (!locks) return run()
  const ifAvailable = when === 'now'
  return locks.request(`${READ}${readId}`, { ifAvailable }, async lock => (lock ? run() : false))
}

/** Held from keeping an artifact to saving what it gave, and while data are taken away or restored; any number at once. */
export async function whileSaving<T>(work: () => Promise<T>): Promise<T> {
  const locks = sharedLocks()
  return locks ? locks.request(SAVING, { mode: 'shared' }, work) : work()
}

/**
 * Runs only while nobody saves, so that an artifact without records is one that was left behind, not one in progress.
 * `undefined` when somebody does.
 */
export async function whileNobodySaves<T>(work: () => Promise<T>): Promise<T | undefined> {
  const locks = sharedLocks()
  if (!locks) return work()
  return locks.request(SAVING, { ifAvailable: true }, async lock => (lock ? work() : undefined))
}
