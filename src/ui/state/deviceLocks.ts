/** What all tabs of this browser are reading just now: the worker and the window of a read hold locks while it runs. */

const READ = 'read:'

export async function isDeviceHeld(): Promise<boolean> {
  return (await heldLocks()).some(name => name.startsWith(READ) || name.startsWith('device:'))
}

/** The ids of the reads that run in some tab. */
export async function heldReads(): Promise<ReadonlySet<string>> {
  const names = await heldLocks()
  return new Set(names.filter(name => name.startsWith(READ)).map(name => name.slice(READ.length)))
}

/** Holds this read's lock, beside its worker (`workers/locks.ts`), while `work` lasts. */
export async function whileReadHeld(readId: string, work: () => Promise<void>): Promise<void> {
  const { locks } = navigator
  await (locks ? locks.request(READ + readId, { mode: 'shared' }, work) : work())
}

async function heldLocks(): Promise<readonly string[]> {
  const { held = [] } = (await navigator.locks?.query()) ?? {}
  return held.flatMap(({ name }) => name ?? [])
}
