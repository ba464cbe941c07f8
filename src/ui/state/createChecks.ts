/** What the troubleshooter can find out by itself: browser, worker, permission, storage, offline readiness. */
import { type Accessor, createSignal } from 'solid-js'
import { modelById } from '#devices/registry.ts'
import { failureTexts } from '../texts/failures.ts'
import type { Format } from '../texts/format.ts'
import { checkTexts } from '../texts/help.ts'
import type { Api } from './api.ts'
import { browserTransports } from './createPermission.ts'

export interface Check {
  readonly name: string
  readonly verdict: 'good' | 'care' | 'bad'
  readonly text: string
}

export interface Checks {
  /** Undefined before the first run. */
  readonly results: Accessor<readonly Check[] | undefined>
  readonly running: Accessor<boolean>
  readonly run: () => Promise<void>
}

export function createChecks(api: Api, format: Format): Checks {
  const [results, setResults] = createSignal<readonly Check[]>()
  const [running, setRunning] = createSignal(false)
  return {
    results,
    running,
    run: async () => {
      setRunning(true)
      setResults(
        await Promise.all([
          Promise.resolve(checkBrowser()),
          checkWorker(api),
          checkPermission(api),
          checkStorage(api, format),
          checkOffline(),
        ]),
      )
      setRunning(false)
    },
  }
}

function checkBrowser(): Check {
  const { name, good, bad, insecure } = checkTexts.browser
  if (!isSecureContext) return { name, verdict: 'bad', text: insecure }
  const able = Object.values(browserTransports()).some(Boolean)
  return able ? { name, verdict: 'good', text: good } : { name, verdict: 'bad', text: bad }
}

async function checkWorker(api: Api): Promise<Check> {
  const { name, good, bad } = checkTexts.worker
  const has = await api.device.capabilities().catch(() => undefined)
  const able = has !== undefined && (has.hid || has.usb || has.serial)
  return able ? { name, verdict: 'good', text: good } : { name, verdict: 'bad', text: bad }
}

async function checkPermission(api: Api): Promise<Check> {
  const { name, good, care, bad } = checkTexts.permission
  const permitted = await api.device.permitted().catch(() => undefined)
  if (!permitted?.ok) return { name, verdict: 'bad', text: bad }
  const names = permitted.value.map(({ modelId }) => modelById(modelId)?.name ?? modelId)
  return names.length > 0
    ? { name, verdict: 'good', text: good(names.join(', ')) }
    : { name, verdict: 'care', text: care }
}

async function checkStorage(api: Api, format: Format): Promise<Check> {
  const { name, good, care, bad } = checkTexts.storage
  const storage = await api.data.storage().catch(() => undefined)
  if (!storage?.ok) {
    return { name, verdict: 'bad', text: bad(failureTexts[storage?.failure.code ?? 'storage-unavailable'].title) }
  }
  const free = format.bytes(Math.max(0, storage.value.quotaBytes - storage.value.usedBytes))
  return storage.value.persistent
    ? { name, verdict: 'good', text: good(free) }
    : { name, verdict: 'care', text: care(free) }
}

async function checkOffline(): Promise<Check> {
  const { name, good, care, bad } = checkTexts.offline
  if (!('serviceWorker' in navigator) || !('caches' in window)) return { name, verdict: 'bad', text: bad }
  const registration = await navigator.serviceWorker.getRegistration().catch(() => undefined)
  const cached = await caches.keys().catch((): string[] => [])
  const ready = registration?.active !== undefined && registration.active !== null && cached.length > 0
  return ready ? { name, verdict: 'good', text: good } : { name, verdict: 'care', text: care }
}
