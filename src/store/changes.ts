/**
 * Tells every tab and worker of this origin that the data have changed. A channel of our own rather than Dexie's
 * observation: one message a change, whoever wrote, and it works for threads that have no database open.
 */

const CHANNEL = 'basalt-changes'

/** `saved`: a read or an import was kept. `changed`: anything else. */
export type Change = 'saved' | 'changed'

const ownListeners = new Set<() => void>()

/** Tells all others, and all subscribers in this thread too. */
export function announce(change: Change): void {
  for (const listener of ownListeners) listener()
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(change)
  channel.close()
}

/** Calls back on every change from now on; the returned function ends it. */
export function onChanges(callback: (change: Change) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = (event: MessageEvent<Change>) => callback(event.data)
  // Node would keep a test's process alive for it; browsers have no such method.
  if ('unref' in channel && typeof channel.unref === 'function') channel.unref()
  return () => channel.close()
}

/**
 * Calls back before `announce` of this very thread returns, so that nothing older than the change is answered after it;
 * the returned function ends it.
 */
export function onOwnChanges(callback: () => void): () => void {
  ownListeners.add(callback)
  return () => {
    ownListeners.delete(callback)
  }
}
