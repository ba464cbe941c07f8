/**
 * Registers the service worker and notices new versions. A new one is used when the person says so, never by itself:
 * a read may be running.
 */
import { type Accessor, createSignal } from 'solid-js'

export interface Update {
  /** A new version waits and was not put off. */
  readonly ready: Accessor<boolean>
  /** Starts the new version; the page loads again when it has taken over. */
  readonly use: () => void
  readonly later: () => void
}

const HOUR_MS = 3_600_000

export function createUpdate(): Update {
  const [waiting, setWaiting] = createSignal<ServiceWorker>()
  const [putOff, setPutOff] = createSignal(false)
  if (import.meta.env.PROD && 'serviceWorker' in navigator) {
    void register(worker => {
      setWaiting(worker)
      setPutOff(false)
    })
  }
  return {
    ready: () => waiting() !== undefined && !putOff(),
    use: () => {
      const worker = waiting()
      if (!worker) return
      // A page loaded past the service worker has no controller and is not told that it changed.
      if (navigator.serviceWorker.controller) {
        navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
      } else {
        worker.addEventListener('statechange', () => worker.state === 'activated' && location.reload())
      }
      worker.postMessage({ type: 'SKIP_WAITING' })
    },
    later: () => setPutOff(true),
  }
}

/** Without a service worker (blocked by a policy) the app works all the same, only not offline. */
async function register(onWaiting: (worker: ServiceWorker) => void): Promise<void> {
  try {
    const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' })
    const look = () => {
      // The very first worker also waits for a moment; it is an update only where another one is active already.
      if (registration.waiting && registration.active) onWaiting(registration.waiting)
    }
    look()
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', look)
    })
    setInterval(() => void registration.update().catch(() => undefined), HOUR_MS)
  } catch (error) {
    console.warn('No service worker:', error)
  }
}
