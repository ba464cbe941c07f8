/** What a driver is given for a read: the way, the answers, what was read before; and how simulated devices stay apart. */
import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { encodeDownload } from '#devices/downloadFile.ts'
import type { Bridge, Download, Driver, Model, Page, Question, Session } from '#devices/driver.ts'
import { DeviceError } from '#devices/errors.ts'
import type { Port } from '#devices/ports/port.ts'
import { deviceKeyOf } from '#records/identity.ts'
import { allArtifacts, readArtifact } from '#store/artifacts.ts'
import type { PortChoice } from '#workers/api.ts'
import { scenarioChoices } from '#workers/deviceApi.ts'
import { after, smbg } from '../store/records.ts'
import { type App, codeOf, createApp, valueOf } from './fixtures.ts'

const silent = () => {}
const question: Question = {
  id: 'serial',
  label: 'Serial number',
  hint: 'On the back of the pump.',
  pattern: /\d{6}/,
  problem: 'Six digits.',
}
const bridge = (id: string): Bridge => ({ id, name: `The ${id}`, preparation: [], cautions: [] })

/** A pump behind one of two bridges; the second one has two ways. */
const pump: Model = {
  id: 'example-pump',
  name: 'Example pump',
  manufacturer: 'Example',
  kind: 'pump',
  connections: [
    { transport: 'hid', vendorId: 1, productId: 2, bridge: 'link' },
    { transport: 'usb', vendorId: 3, productId: 4, bridge: 'stick', transferBytes: 64 },
    { transport: 'serial', vendorId: 3, productId: 4, bridge: 'stick', baudRate: 9600 },
  ],
  bridges: [bridge('link'), bridge('stick')],
  questions: [question],
  standing: 'experimental',
  preparation: ['Put it beside the computer.'],
  drawing: 'pump',
}
const byStick: PortChoice = {
  transport: 'serial',
  modelId: pump.id,
  vendorId: 3,
  productId: 4,
  bridge: 'stick',
  answers: { serial: '123456' },
}
/** The name of a folder that has simulated devices, which the registry finds. */
const FOLDER = 'contour'
const simulated: PortChoice = { transport: 'simulated', modelId: pump.id, scenarioId: 'everyday' }

const noPort: Port = { write: async () => {}, read: () => new Promise(() => {}), close: async () => {} }

const deviceOf = (serial: string) => ({ kind: 'pump', manufacturer: 'Example', model: 'Example pump', serial }) as const
const pageOf = (index: number): Page => ({ kind: 'history', index, bytes: Uint8Array.of(index, 1, 2) })
const downloadOf = (serial: string, pages: readonly number[], complete = true): Download => ({
  driver: FOLDER,
  modelId: pump.id,
  device: deviceOf(serial),
  pages: pages.map(pageOf),
  complete,
})

/** A driver that does what it is told; one result for each page. Its bytes hold a serial number of their own. */
const driverOf = (download: Driver['download']): Driver => ({
  id: FOLDER,
  decoderVersion: 1,
  mayWrite: () => false,
  download,
  decode: ({ device, pages }) => ({
    device: { ...device, serial: device.serial.replace('SIM', '') },
    records: pages.map(({ index }, page) =>
      smbg(index * 60_000, 100 + index, { raw: { page, offset: 0, length: 3 }, deviceTime: after(index * 60_000) }),
    ),
    skipped: [],
  }),
})

/** An app with this driver; each read takes the next of `downloads` as what it does. */
function appWith(
  download: (session: Session) => Promise<Download>,
  model = pump,
  before?: Pick<App, 'name' | 'clock'>,
): App {
  const driver = driverOf((_, session) => download(session))
  return createApp(
    { findDriver: async () => ({ model, driver }), openPort: async () => noPort, apis: () => ({}) },
    before?.name,
    before?.clock,
  )
}

const serials = async (app: App) => {
  const db = await app.db()
  return (await db.devices.toArray()).map(({ device }) => device.serial)
}

describe('the way and the answers', () => {
  it('reach the driver as they were chosen', async () => {
    let given: Session | undefined
    const app = appWith(async session => {
      given = session
      return downloadOf('123456', [1])
    })
    valueOf(await app.device.read(byStick, silent))
    expect(given?.connection).toEqual(pump.connections[2])
    expect(given?.answers).toEqual({ serial: '123456' })
  })

  it.each([
    ['no answers', {}],
    ['a wrong answer', { answers: { serial: 'abc' } }],
    ['an answer to something else', { answers: { name: '123456' } }],
  ])('are refused before anything is opened: %s', async (_, change) => {
    let opened = 0
    const driver = driverOf(async () => downloadOf('123456', []))
    const app = createApp({
      findDriver: async () => ({ model: pump, driver }),
      openPort: async () => {
        opened++
        return noPort
      },
    })
    const { answers: _answers, ...choice } = byStick
    expect(codeOf(await app.device.read({ ...choice, ...change }, silent))).toBe('bug')
    expect(opened).toBe(0)
  })

  it.each([
    ['another bridge’s way', { bridge: 'link' }],
    ['a bridge that does not exist', { bridge: 'cloud' }],
    ['ids of another device', { productId: 99 }],
  ])('are refused where they name %s', async (_, change) => {
    const app = appWith(async () => downloadOf('123456', []))
    expect(codeOf(await app.device.read({ ...byStick, ...change }, silent))).toBe('device-missing')
  })
})

describe('earlier reads', () => {
  const seenBy = async (session: Session, device = deviceOf('123456')) => {
    const seen: Download[] = []
    for await (const download of session.earlier(device)) seen.push(download)
    return seen
  }

  /** Reads these, then gives what the next read sees. */
  async function seenAfter(app: (download: (session: Session) => Promise<Download>) => App, before: Download[]) {
    const reading = app(
      async session => before.shift() ?? { ...downloadOf('999999', []), pages: await keptIn(session) },
    )
    const keptIn = async (session: Session) => (await seenBy(session)).flatMap(({ pages }) => pages)
    while (before.length > 0) {
      valueOf(await reading.device.read(byStick, silent))
      await reading.clock.sleep(1000)
    }
    let seen: readonly Download[] = []
    const last = appWith(
      async session => {
        seen = await seenBy(session)
        return downloadOf('123456', [])
      },
      pump,
      reading,
    )
    valueOf(await last.device.read(byStick, silent))
    return { seen, app: reading }
  }

  it('of this device come newest first, parts too, and nobody else’s', async () => {
    const { seen } = await seenAfter(
      download => appWith(download),
      [
        downloadOf('123456', [1, 2]),
        downloadOf('654321', [7]),
        downloadOf('123456', [3], false),
        downloadOf('123456', [4]),
      ],
    )
    expect(seen.map(({ pages, complete }) => [pages.map(({ index }) => index), complete])).toEqual([
      [[4], true],
      [[3], false],
      [[1, 2], true],
    ])
    expect(seen.map(({ device }) => device.serial)).toEqual(['123456', '123456', '123456'])
  })

  it('are none before the first, none of another driver’s, and none of a deleted device', async () => {
    const { seen, app } = await seenAfter(download => appWith(download), [])
    expect(seen).toEqual([])
    const db = await app.db()
    const again = async () => (await seenAfter(download => appWith(download, pump, app), [])).seen.length
    valueOf(await appWith(async () => downloadOf('123456', [1]), pump, app).device.read(byStick, silent))
    const before = await again()
    expect(before).toBeGreaterThan(0)
    await db.artifacts.toCollection().modify(row => {
      Object.assign(row, { decoder: { id: 'another', version: 1 } })
    })
    expect(await again()).toBe(0)
    valueOf(await app.data.deleteDevice(deviceKeyOf(deviceOf('123456'))))
    expect(await again()).toBe(0)
  })

  it('that cannot be read are left out and noted', async () => {
    const first = appWith(async () => downloadOf('123456', [1]))
    valueOf(await first.device.read(byStick, silent))
    await first.clock.sleep(1000)
    const second = appWith(async () => downloadOf('123456', [2]), pump, first)
    valueOf(await second.device.read(byStick, silent))
    const db = await first.db()
    const [oldest] = [...(await allArtifacts(db))].sort((a, b) => a.receivedAt - b.receivedAt)
    await db.artifactBytes.put({ id: oldest?.id ?? '', blob: new Blob(['garbled']) })
    let seen: Download[] = []
    const third = appWith(
      async session => {
        seen = await seenBy(session)
        return downloadOf('123456', [])
      },
      pump,
      first,
    )
    valueOf(await third.device.read(byStick, silent))
    expect(seen.map(({ pages }) => pages.map(({ index }) => index))).toEqual([[2]])
    expect(await third.device.lastConversation()).toContain('an earlier read cannot be understood')
  })

  it('may be left half looked at, or in a throw, without harm', async () => {
    const first = appWith(async () => downloadOf('123456', [1]))
    valueOf(await first.device.read(byStick, silent))
    const throwing = appWith(
      async session => {
        for await (const download of session.earlier(deviceOf('123456'))) {
          session.keep({ ...download, pages: [...download.pages, pageOf(5)] })
          throw new DeviceError('weak-radio', { step: 'looking at what is there' })
        }
        return downloadOf('123456', [])
      },
      pump,
      first,
    )
    const report = valueOf(await throwing.device.read(byStick, silent))
    expect(report).toMatchObject({ result: 'partial', endedBy: { code: 'weak-radio' } })
  })
})

describe('a simulated pump with a serial number of digits', () => {
  const model: Model = { ...pump, questions: [] }

  it('is never the real pump with the same number, in no table', async () => {
    const app = appWith(async () => downloadOf('123456', [1, 2]), model)
    valueOf(await app.device.read(simulated, silent))
    expect(await serials(app)).toEqual(['SIM123456'])
    const db = await app.db()
    const [row] = await allArtifacts(db)
    expect(row).toMatchObject({ simulated: true, name: 'Example pump SIM123456' })
    const { blob } = await readArtifact(db, row?.id ?? '')
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(encodeDownload(downloadOf('SIM123456', [1, 2])))
    // The real one beside it.
    const real = appWith(async () => downloadOf('123456', [1, 2]), model, app)
    valueOf(await real.device.read(byStick, silent))
    expect((await serials(app)).sort()).toEqual(['123456', 'SIM123456'])
    expect((await allArtifacts(db)).map(({ sources }) => sources.length)).toEqual([1, 1])
  })

  it('sees its own earlier reads under the number it knows, and not the real one’s', async () => {
    const app = appWith(async () => downloadOf('123456', [1]), model)
    valueOf(await app.device.read(byStick, silent))
    const sim = appWith(async () => downloadOf('123456', [2], false), model, app)
    valueOf(await sim.device.read(simulated, silent))
    const seen: Download[] = []
    const next = appWith(
      async session => {
        for await (const download of session.earlier(deviceOf('123456'))) seen.push(download)
        return downloadOf('123456', [2, 3])
      },
      model,
      app,
    )
    valueOf(await next.device.read(simulated, silent))
    expect(seen.map(({ device, pages }) => [device.serial, pages.map(({ index }) => index)])).toEqual([['123456', [2]]])
  })

  it('keeps its mark in a read that was broken off', async () => {
    const app = appWith(async session => {
      session.keep(downloadOf('123456', [1], false))
      throw new DeviceError('unplugged', { step: 'reading' })
    }, model)
    valueOf(await app.device.read(simulated, silent))
    expect(await serials(app)).toEqual(['SIM123456'])
  })
})

describe('what was chosen and answered', () => {
  it('is remembered by model, the newest first, each once', async () => {
    const app = createApp()
    expect(valueOf(await app.data.choices(pump.id))).toEqual({ answers: {} })
    for (const serial of ['111111', '222222', '111111', '333333']) {
      valueOf(await app.data.rememberChoice(pump.id, { bridge: 'stick', transport: 'usb', answers: { serial } }))
    }
    valueOf(await app.data.rememberChoice(pump.id, { bridge: 'link', transport: 'hid' }))
    expect(valueOf(await app.data.choices(pump.id))).toEqual({
      bridge: 'link',
      transport: 'hid',
      answers: { serial: ['333333', '111111', '222222'] },
    })
    expect(valueOf(await app.data.choices('another'))).toEqual({ answers: {} })
  })

  it('goes with the device whose number it is, and with everything', async () => {
    const app = appWith(async () => downloadOf('123456', [1]))
    valueOf(await app.device.read(byStick, silent))
    for (const serial of ['123456', '654321']) {
      valueOf(await app.data.rememberChoice(pump.id, { bridge: 'stick', answers: { serial } }))
    }
    valueOf(await app.data.deleteDevice(deviceKeyOf(deviceOf('123456'))))
    expect(valueOf(await app.data.choices(pump.id))).toEqual({ bridge: 'stick', answers: { serial: ['654321'] } })
    valueOf(await app.data.removeEverything())
    expect(valueOf(await app.data.choices(pump.id))).toEqual({ answers: {} })
  })

  it('is in a backup; what makes no sense in one is left out', async () => {
    const app = createApp()
    valueOf(await app.data.rememberChoice(pump.id, { bridge: 'stick', answers: { serial: '123456' } }))
    const backup = new File([valueOf(await app.data.backup())], 'a.basalt')
    const other = createApp()
    valueOf(await other.data.restore(backup))
    expect(valueOf(await other.data.choices(pump.id))).toEqual(valueOf(await app.data.choices(pump.id)))
    const db = await other.db()
    await db.documents.put({ key: `choices ${pump.id}`, value: { bridge: 7, answers: { serial: [{ a: 1 }] } } })
    expect(valueOf(await other.data.choices(pump.id))).toEqual({ answers: {} })
    expect(codeOf(await other.data.rememberChoice(pump.id, { bridge: 'x'.repeat(1000) }))).toBe('bug')
  })
})

describe('the list of simulated devices', () => {
  it('has each scenario once, with the first model that can have it and the bridge’s name', () => {
    const scenario = { name: 'A pump', description: 'Made up.' }
    const models: readonly Model[] = [pump, { ...pump, id: 'second', name: 'Second pump' }]
    const scenarios = [
      { ...scenario, id: 'any' },
      { ...scenario, id: 'second-only', models: ['second'], bridge: 'stick' },
      { ...scenario, id: 'nobody', models: ['third'] },
    ]
    expect(scenarioChoices(scenarios, models)).toEqual([
      { ...scenario, scenarioId: 'any', modelId: pump.id, modelName: pump.name, bridgeName: 'The link' },
      { ...scenario, scenarioId: 'second-only', modelId: 'second', modelName: 'Second pump', bridgeName: 'The stick' },
    ])
  })
})
