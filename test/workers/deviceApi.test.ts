import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { DeviceError } from '#devices/errors.ts'
import { withFaults } from '#devices/ports/faults.ts'
import type { Port } from '#devices/ports/port.ts'
import { driverOfModel, loadSimulation } from '#devices/registry.ts'
import type { PortChoice, ReadProgress } from '#workers/api.ts'
import { openPort } from '#workers/openPort.ts'
import { storedOf } from '../store/records.ts'
import { dump } from '../store/storeChecks.ts'
import { type App, codeOf, createApp, NOW_MS, valueOf } from './fixtures.ts'

const silent = () => {}

/** Whatever the registry offers, the first scenario of each driver's first model. */
async function choices(app: App): Promise<readonly PortChoice[]> {
  const scenarios = valueOf(await app.device.scenarios())
  return scenarios.map(({ modelId, scenarioId }) => ({ transport: 'simulated', modelId, scenarioId }))
}

/** What a read of the choice ends in by design. */
async function endOf(choice: PortChoice) {
  if (choice.transport !== 'simulated') return undefined
  const simulation = await loadSimulation(driverOfModel(choice.modelId) ?? '')
  return simulation?.scenarios.find(({ id }) => id === choice.scenarioId)?.endsIn
}

async function firstChoice(app: App): Promise<PortChoice> {
  const [choice] = await choices(app)
  if (!choice) throw new Error('no simulated device')
  return choice
}

/** An app whose wire is the real simulator's with something wrong on it. */
const withWire = (change: (port: Port, app: () => App) => Port): App => {
  const app: App = createApp({
    openPort: async (choice, surroundings) => change(await openPort(choice, surroundings), () => app),
  })
  return app
}

/** Everything kept of glucose values. */
async function ids(app: App): Promise<string[]> {
  const period = { firstDay: -1e9, lastDay: 1e9 }
  return (await storedOf(await app.db(), ['smbg', 'cbg'], period)).map(row => row.id)
}

describe('reading a simulated device', () => {
  it('saves all it holds, tells what is new, and adds nothing the second time', async () => {
    const app = createApp()
    const choice = await firstChoice(app)
    const first = valueOf(await app.device.read(choice, silent))
    const found = Object.values(first.devices[0]?.tally ?? {}).reduce((sum, { found }) => sum + found, 0)
    expect(found).toBeGreaterThan(10)
    expect(first).toMatchObject({ how: 'simulated', result: 'complete', known: false, skippedCount: 0 })
    expect(first.at).toBe(NOW_MS)
    const before = (await dump(await app.db())).chunks
    const second = valueOf(await app.another().device.read(choice, silent))
    expect(Object.values(second.devices[0]?.tally ?? {}).map(({ added }) => added)).toEqual(
      Object.values(second.devices[0]?.tally ?? {}).map(() => 0),
    )
    expect((await dump(await app.db())).chunks).toEqual(before)
    const [card] = valueOf(await app.data.devices())
    expect(card).toMatchObject({ modelId: choice.modelId, simulated: true, lastReadHow: 'simulated' })
    expect(card?.reads).toHaveLength(2)
    expect(valueOf(await app.data.home()).empty).toBe(false)
  })

  it('works for every scenario of every device', async () => {
    const app = createApp()
    for (const choice of await choices(app)) {
      const outcome = await app.device.read(choice, silent)
      const endsIn = await endOf(choice)
      if (endsIn) {
        expect(codeOf(outcome)).toBe(endsIn)
        continue
      }
      const report = valueOf(outcome)
      expect(report.result).toBe('complete')
      expect(report.devices).toHaveLength(1)
    }
  })

  it('notes how far the device’s clock is from the computer’s', async () => {
    const app = createApp()
    const report = valueOf(await app.device.read(await firstChoice(app), silent))
    // The simulated meter's clock is the computer's own at the minute.
    expect(Math.abs(report.clockDifferenceMs ?? Number.NaN)).toBeLessThanOrEqual(60_000)
    const [observation] = await (await app.db()).observations.toArray()
    expect(observation).toMatchObject({ zone: 'Europe/Berlin', offsetMinutes: 120 })
  })

  it('says how far it is, not too often, and the last thing too', async () => {
    const app = createApp()
    const heard: ReadProgress[] = []
    await app.device.read(await firstChoice(app), progress => heard.push(progress))
    expect(heard.map(({ stage }) => stage).filter((stage, i, all) => stage !== all[i - 1])).toEqual([
      'opening',
      'reading',
      'saving',
    ])
    const last = heard.findLast(({ stage }) => stage === 'reading')
    expect(last?.done).toBe(last?.total)
    expect(heard.length).toBeLessThan((last?.total ?? 0) / 2)
  })

  it('keeps the conversation for a support report', async () => {
    const app = createApp()
    await app.device.read(await firstChoice(app), silent)
    const lines = (await app.device.lastConversation()).split('\n')
    expect(lines.length).toBeGreaterThan(20)
    expect(lines[1]).toMatch(/^\d+\.\d{3} (out|in|note) /)
  })
})

describe('a read that does not come to its end', () => {
  it('keeps what had arrived when the person cancels', async () => {
    const app = withWire((port, owner) => {
      let reads = 0
      return {
        ...port,
        read: (ms, signal) => {
          if (++reads === 40) void owner().device.cancel()
          return port.read(ms, signal)
        },
      }
    })
    const report = valueOf(await app.device.read(await firstChoice(app), silent))
    expect(report).toMatchObject({ result: 'partial', endedBy: { code: 'cancelled' } })
    const partial = await ids(app)
    expect(partial.length).toBeGreaterThan(0)
    // A later whole read adds the rest and doubles nothing.
    const whole = createApp({}, app.name, app.clock)
    const rest = valueOf(await whole.device.read(await firstChoice(whole), silent))
    expect(rest.result).toBe('complete')
    const all = await ids(app)
    expect(all).toEqual(expect.arrayContaining(partial))
    expect(new Set(all).size).toBe(all.length)
    const direct = createApp()
    await direct.device.read(await firstChoice(direct), silent)
    expect(all.sort()).toEqual((await ids(direct)).sort())
  })

  it.each([0, 1, 2, 3, 5, 8, 20, 60])('keeps what had arrived when the cable is pulled at packet %i', async atStep => {
    const app = withWire((port, owner) => withFaults(port, [{ atStep, kind: 'unplug' }], owner().clock))
    const outcome = await app.device.read(await firstChoice(app), silent)
    const ended = outcome.ok ? outcome.value.endedBy : outcome.failure
    expect(ended).toMatchObject({ code: 'unplugged' })
    // Either something was kept and is reported as a part, or there was nothing to keep.
    const { artifacts, reads } = await dump(await app.db())
    expect([artifacts.length, reads.length]).toEqual(outcome.ok ? [1, 1] : [0, 0])
    expect(reads.map((read: { result: string }) => read.result)).toEqual(outcome.ok ? ['partial'] : [])
  })

  it('has kept something from the second message on', async () => {
    const app = withWire((port, owner) => withFaults(port, [{ atStep: 60, kind: 'unplug' }], owner().clock))
    expect(codeOf(await app.device.read(await firstChoice(app), silent))).toBe('ok')
    expect((await ids(app)).length).toBeGreaterThan(5)
  })

  it('fails with the reason, and saves nothing, when nothing arrived', async () => {
    const app = withWire((port, owner) => withFaults(port, [{ atStep: 0, kind: 'silence' }], owner().clock))
    expect(codeOf(await app.device.read(await firstChoice(app), silent))).toBe('no-answer')
    expect(Object.values(await dump(await app.db())).flat()).toEqual([])
    expect(app.clock.waiting()).toBe(0)
  })

  it('gives the port back, and can read again afterwards', async () => {
    let [opened, closed] = [0, 0]
    const app = withWire(port => {
      opened++
      return {
        ...port,
        write: async bytes => {
          if (opened === 1) throw new TypeError('our own mistake')
          return port.write(bytes)
        },
        async close() {
          closed++
          await port.close()
        },
      }
    })
    const choice = await firstChoice(app)
    expect(codeOf(await app.device.read(choice, silent))).toBe('bug')
    expect(codeOf(await app.device.read(choice, silent))).toBe('ok')
    expect([opened, closed]).toEqual([2, 2])
  })

  it('answers a second read at the same time with device-in-use', async () => {
    const app = createApp()
    const choice = await firstChoice(app)
    const outcomes = await Promise.all([app.device.read(choice, silent), app.device.read(choice, silent)])
    expect(outcomes.map(codeOf)).toEqual(['ok', 'device-in-use'])
  })

  it('saves what was read even when the database was deleted meanwhile', async () => {
    const app = withWire((port, owner) => ({
      ...port,
      async close() {
        await new Promise<void>((resolve, reject) => {
          const request = indexedDB.deleteDatabase(owner().name)
          request.onsuccess = () => resolve()
          request.onerror = () => reject(request.error)
        })
        await port.close()
      },
    }))
    const report = valueOf(await app.device.read(await firstChoice(app), silent))
    expect(report.result).toBe('complete')
    expect((await ids(app)).length).toBeGreaterThan(10)
  })

  it('says so when the disk is full, and changes nothing', async () => {
    const app = createApp()
    const choice = await firstChoice(app)
    const put = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('no room', 'QuotaExceededError')
    }
    try {
      expect(codeOf(await app.device.read(choice, silent))).toBe('storage-full')
    } finally {
      IDBObjectStore.prototype.put = put
    }
    expect(Object.values(await dump(await app.db())).flat()).toEqual([])
  })

  it.each([
    ['a model nobody knows', { transport: 'simulated', modelId: 'toaster', scenarioId: 'x' }, 'bug'],
    ['a memory nobody knows', { transport: 'simulated', modelId: 'contour-usb', scenarioId: 'x' }, 'device-missing'],
    [
      'a device without WebHID',
      { transport: 'hid', modelId: 'contour-usb', vendorId: 0x1a79, productId: 0x6002 },
      'browser-unsupported',
    ],
    [
      'a cable the model does not have',
      { transport: 'usb', modelId: 'contour-usb', vendorId: 1, productId: 2 },
      'device-missing',
    ],
  ] as const)('names the reason for %s', async (_, choice, code) => {
    expect(codeOf(await createApp().device.read(choice, silent))).toBe(code)
  })
})

describe('what this browser offers', () => {
  it('is told as it is', async () => {
    const app = createApp({ apis: () => ({}) })
    expect(await app.device.capabilities()).toEqual({ hid: false, usb: false, serial: false })
    expect(valueOf(await app.device.permitted())).toEqual([])
  })

  it('lists the plugged-in devices that a driver knows', async () => {
    const devices = [
      { vendorId: 0x1a79, productId: 0x6002 },
      { vendorId: 1, productId: 2 },
    ]
    // Only what the list needs of WebHID.
    const hid = { getDevices: async () => devices } as unknown as HID
    const app = createApp({ apis: () => ({ hid }) })
    expect(valueOf(await app.device.permitted())).toEqual([
      { transport: 'hid', modelId: 'contour-usb', vendorId: 0x1a79, productId: 0x6002 },
    ])
  })

  it('becomes a failure, not an exception, when the browser refuses', async () => {
    const hid = {
      getDevices: async () => {
        throw new DeviceError('permission-lost', { step: 'looking for the device' })
      },
    } as unknown as HID
    const app = createApp({ apis: () => ({ hid }) })
    expect(codeOf(await app.device.permitted())).toBe('permission-lost')
  })
})
