/** Reads whose tab dies: what had been written down on the way is saved at the next start, and is there for the next read. */
import 'fake-indexeddb/auto'
import { describe, expect, it, vi } from 'vitest'
import { parseDownload } from '#devices/downloadFile.ts'
import type { Port } from '#devices/ports/port.ts'
import { deviceKeyOf } from '#records/identity.ts'
import { allDevices } from '#store/read.ts'
import type { PortChoice } from '#workers/api.ts'
import { openPort } from '#workers/openPort.ts'
import { dump, waitFor } from '../store/storeChecks.ts'
import { type App, codeOf, createApp, NOW_MS, valueOf } from './fixtures.ts'

const silent = () => {}
const choice: PortChoice = { transport: 'simulated', modelId: 'contour-usb', scenarioId: 'everyday' }
const never = new Promise<never>(() => {})

/** An app whose simulated meter says nothing more after so many packets: as far as the store can tell, its tab is dead. */
function dyingAfter(packets: number, name?: string): App {
  return createApp(
    {
      openPort: async (...asked) => {
        const port: Port = await openPort(...asked)
        let reads = 0
        return { ...port, read: (ms, signal) => (++reads > packets ? never : port.read(ms, signal)) }
      },
    },
    name,
  )
}

/** Reads until the tab "dies" and something is written down of it. */
async function brokenOff(packets = 60, name?: string): Promise<App> {
  const app = dyingAfter(packets, name)
  void app.device.read(choice, silent)
  // Its clock stands still with the wire, so only the first page has been written down.
  await waitFor(async () => expect(await (await app.db()).drafts.count()).toBe(1))
  return app
}

async function draftOf(app: App) {
  const [draft] = await (await app.db()).drafts.toArray()
  if (!draft) throw new Error('one draft')
  return draft
}

describe('a running read', () => {
  it('has written down what has arrived, with all that is needed to save it', async () => {
    const app = await brokenOff()
    const draft = await draftOf(app)
    expect(draft).toMatchObject({
      startedAt: NOW_MS,
      driverId: 'contour',
      modelId: 'contour-usb',
      modelName: 'Contour USB',
      simulated: true,
      clock: { zone: 'Europe/Berlin', offsetMinutes: 120 },
    })
    const download = parseDownload(new Uint8Array(await draft.blob.arrayBuffer()))
    expect(download).toMatchObject({ complete: false, modelId: 'contour-usb' })
    expect(download?.pages.length).toBeGreaterThan(0)
    expect(draft.deviceKey).toBe(deviceKeyOf(download?.device ?? { kind: 'meter', serial: '' }))
  })

  it('leaves no draft when it is saved, whole or in part', async () => {
    const app = createApp()
    valueOf(await app.device.read(choice, silent))
    expect((await dump(await app.db())).drafts).toEqual([])
  })

  it('goes on when there is no room for drafts, and notes it', async () => {
    const app = createApp()
    const put = IDBObjectStore.prototype.put
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...row) {
      if (this.name === 'drafts') throw new DOMException('no room', 'QuotaExceededError')
      return put.apply(this, row)
    })
    try {
      expect(valueOf(await app.device.read(choice, silent)).result).toBe('complete')
    } finally {
      vi.restoreAllMocks()
    }
    expect(await app.device.lastConversation()).toContain('could not be written down yet: StoreError: storage-full')
  })
})

describe('a read that was broken off', () => {
  it('is saved as a part at the next start, before Home is shown', async () => {
    const { name } = await brokenOff()
    const next = createApp({}, name)
    const { activity, devices, empty } = valueOf(await next.data.home())
    expect(empty).toBe(false)
    expect(activity).toMatchObject([
      { at: NOW_MS, how: 'simulated', title: 'Contour USB', result: 'partial', endedBy: { code: 'interrupted' } },
    ])
    expect(activity[0]?.clockDifferenceMs).toBeDefined()
    expect(devices).toHaveLength(1)
    expect((await dump(await next.db())).drafts).toEqual([])
    // And once only.
    expect(valueOf(await createApp({}, name).data.home()).activity).toHaveLength(1)
  })

  it('in another tab meanwhile is saved when Home is looked at again', async () => {
    const here = createApp()
    expect(valueOf(await here.data.home()).empty).toBe(true)
    await brokenOff(60, here.name)
    expect(valueOf(await here.data.home()).activity).toMatchObject([{ endedBy: { code: 'interrupted' } }])
  })

  it('does not keep Basalt from opening, nor from trying again, when the drafts cannot be listed', async () => {
    const { name } = await brokenOff()
    const app = createApp({}, name)
    const troubles: string[] = []
    await app.data.onTrouble(({ code }) => troubles.push(code))
    const ask = IDBObjectStore.prototype.getAllKeys
    vi.spyOn(IDBObjectStore.prototype, 'getAllKeys').mockImplementation(function (this: IDBObjectStore, ...asked) {
      if (this.name === 'drafts') throw new DOMException('no room', 'QuotaExceededError')
      return ask.apply(this, asked)
    })
    try {
      valueOf(await app.data.open())
    } finally {
      vi.restoreAllMocks()
    }
    expect(troubles).toContain('storage-full')
    expect(valueOf(await app.data.home()).activity).toHaveLength(1)
  })

  it('is saved before the next read, which then brings the rest', async () => {
    const { name } = await brokenOff()
    const next = createApp({}, name)
    const report = valueOf(await next.device.read(choice, silent))
    expect(report.result).toBe('complete')
    const results = valueOf(await next.data.home()).activity.map(({ result }) => result)
    expect(results.sort()).toEqual(['complete', 'partial'])
    const whole = createApp()
    await whole.device.read(choice, silent)
    const counts = async (app: App) => (await allDevices(await app.db())).map(({ sources }) => sources)
    expect(await counts(next)).toEqual(await counts(whole))
  })

  it('keeps what the read gave in the end when the tab died while that was being saved', async () => {
    const whole = createApp()
    const expected = valueOf(await whole.device.read(choice, silent))
    const rows = await dump(await whole.db())
    const app = await brokenOff()
    const draft = await draftOf(app)
    const db = await app.db()
    const [artifact] = await (await whole.db()).artifacts.toArray()
    const [bytes] = await (await whole.db()).artifactBytes.toArray()
    if (!artifact || !bytes) throw new Error('one artifact')
    const unsaved = { decoder: { ...artifact.decoder, version: 0 }, sources: [], receivedAt: draft.startedAt }
    await db.artifacts.put({ ...artifact, ...unsaved })
    await db.artifactBytes.put(bytes)
    const next = createApp({}, app.name)
    valueOf(await next.data.open())
    const { activity } = valueOf(await next.data.home())
    expect(activity).toMatchObject([{ readId: draft.readId, result: 'complete', artifactId: expected.artifactId }])
    expect(activity[0]?.endedBy).toBeUndefined()
    expect((await dump(await next.db())).chunks).toEqual(rows.chunks)
  })

  it('stays for the next start when there is no room to save it', async () => {
    const { name } = await brokenOff()
    const put = IDBObjectStore.prototype.put
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...row) {
      if (this.name === 'reads') throw new DOMException('no room', 'QuotaExceededError')
      return put.apply(this, row)
    })
    const full = createApp({}, name)
    const troubles: string[] = []
    await full.data.onTrouble(({ code }) => troubles.push(code))
    try {
      valueOf(await full.data.open())
    } finally {
      vi.restoreAllMocks()
    }
    expect(troubles).toContain('storage-full')
    const roomy = createApp({}, name)
    valueOf(await roomy.data.open())
    expect(valueOf(await roomy.data.home()).activity).toHaveLength(1)
    expect((await dump(await roomy.db())).drafts).toEqual([])
  })

  it('that cannot be understood any more is put away', async () => {
    const app = await brokenOff()
    const db = await app.db()
    await db.drafts.put({ ...(await draftOf(app)), blob: new Blob(['no download']) })
    const next = createApp({}, app.name)
    expect(valueOf(await next.data.home())).toMatchObject({ empty: true, activity: [] })
    expect((await dump(await next.db())).drafts).toEqual([])
  })

  it('by a driver that only a newer Basalt has is left to that', async () => {
    const app = await brokenOff()
    const db = await app.db()
    await db.drafts.put({ ...(await draftOf(app)), driverId: 'of-the-future' })
    const next = createApp({}, app.name)
    expect(valueOf(await next.data.home()).empty).toBe(true)
    expect((await dump(await next.db())).drafts).toHaveLength(1)
    // The next read is not disturbed by it.
    expect(codeOf(await next.device.read(choice, silent))).toBe('ok')
  })

  it('goes with its device’s data, and with everything', async () => {
    const app = await brokenOff()
    const { deviceKey } = await draftOf(app)
    valueOf(await app.data.deleteDevice(deviceKey))
    expect((await dump(await app.db())).drafts).toEqual([])
    const other = await brokenOff()
    valueOf(await other.data.removeEverything())
    expect(Object.values(await dump(await other.db())).flat()).toEqual([])
  })

  it('is not in a backup, and a restore leaves it alone', async () => {
    const app = await brokenOff()
    const backup = valueOf(await app.data.backup())
    expect(valueOf(await app.data.restore(new File([backup], 'a.basalt')))).toEqual({ artifacts: 0, records: 0 })
    expect((await dump(await app.db())).drafts).toHaveLength(1)
    const empty = createApp()
    valueOf(await empty.data.restore(new File([backup], 'a.basalt')))
    expect((await dump(await empty.db())).drafts).toEqual([])
  })
})
