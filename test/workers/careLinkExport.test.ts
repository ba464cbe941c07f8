/** What is stored as a CareLink file, and back into an emptied store: the same counts, the same overview. */
import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { GlucoseFlag } from '#records/series.ts'
import { allDevices, chunksOfSources } from '#store/read.ts'
import type { CareLinkExport } from '#workers/api.ts'
import { type App, createApp, TODAY, valueOf } from './fixtures.ts'

const silent = () => {}
const PERIOD = { firstDay: TODAY - 14, lastDay: TODAY - 1 }

const exported = async (app: App, choice: Parameters<App['data']['exportCareLink']>[0] = {}): Promise<CareLinkExport> =>
  valueOf(await app.data.exportCareLink(choice))

async function importedBack(app: App, { file }: CareLinkExport): Promise<void> {
  const [outcome] = await app.data.importFiles([new File([file], 'Basalt CareLink export.csv')], silent)
  if (!outcome) throw new Error('one outcome per file')
  expect(valueOf(outcome)).toMatchObject({ skippedCount: 0, warnings: [], result: 'complete' })
}

/** What the overview says but for the device's name, in which made-up data are marked. */
async function overviewOf(app: App) {
  const { devices, ...model } = valueOf(await app.data.report('overview', { period: PERIOD }))
  expect(devices).toHaveLength(1)
  return model
}

/** All figures that sensor values alone make, and the insulin of each day. */
async function figuresOf(app: App) {
  const query = { period: { firstDay: TODAY - 90, lastDay: TODAY } }
  const { sensor, risk, days } = valueOf(await app.data.report('overview', query))
  const { summary, episodes, patterns } = valueOf(await app.data.report('episodes', query))
  const { sensor: histogram, hours, indices } = valueOf(await app.data.report('distribution', query))
  expect(sensor?.count).toBeGreaterThan(20_000)
  const listed = episodes.map(({ side, startMs, minutes, level }) => ({ side, startMs, minutes, level }))
  const insulin = days.map(({ day, insulin: { basalUnits, bolusUnits } = {} }) => ({ day, basalUnits, bolusUnits }))
  return { sensor, risk, summary, listed, patterns, histogram, hours, indices, insulin }
}

/** How many LO and HI the store holds. */
async function lowAndHighIn(app: App): Promise<{ readonly cbg: number; readonly smbg: number }> {
  const db = await app.db()
  const sources = (await allDevices(db)).flatMap(device => Object.keys(device.sources))
  const always = { firstDay: Number.NEGATIVE_INFINITY, lastDay: Number.POSITIVE_INFINITY }
  const found = { cbg: 0, smbg: 0 }
  for (const chunk of await chunksOfSources(db, sources, ['cbg', 'smbg'], always)) {
    if (chunk.kind !== 'cbg') {
      found.smbg += chunk.records.filter(record => 'outOfRange' in record && record.outOfRange !== undefined).length
    } else found.cbg += chunk.flags.filter(flags => (flags & (GlucoseFlag.Low | GlucoseFlag.High)) !== 0).length
  }
  return found
}

const countsOf = async (app: App) =>
  valueOf(await app.data.home()).devices.map(({ device, counts }) => ({
    kind: device.kind,
    serial: device.serial,
    counts,
  }))

describe('a CareLink file of what is stored', () => {
  it('brings the sample data back into an emptied store, with the same counts and the same overview', async () => {
    const app = createApp()
    valueOf(await app.data.importSample())
    const [counts, overview] = [await countsOf(app), await overviewOf(app)]
    const all = await exported(app)
    expect(all).toMatchObject({ leftOut: {}, shortened: {}, period: { firstDay: TODAY - 90, lastDay: TODAY - 1 } })
    expect(all.written).toBe(valueOf(await app.data.storage()).recordCount)
    valueOf(await app.data.removeEverything())
    await importedBack(app, all)
    expect(await countsOf(app)).toEqual(counts)
    expect(await overviewOf(app)).toEqual(overview)
    const [card] = valueOf(await app.data.home()).devices
    // Still no person's own.
    expect(card).toMatchObject({ simulated: true, device: { model: 'MiniMed 780G MMT-1886 (simulated)' } })
  })

  it('holds only the days and the devices asked for', async () => {
    const app = createApp()
    valueOf(await app.data.importSample())
    const period = { firstDay: TODAY - 3, lastDay: TODAY - 2 }
    const part = await exported(app, { period })
    expect(part.period).toEqual(period)
    const days = new Set((await part.file.text()).match(/(?<=,00000;)\d{4}\/\d\d\/\d\d/g))
    expect([...days].sort()).toEqual(['2024/05/03', '2024/05/04'])
    const none = await exported(app, { deviceKeys: ['another'] })
    expect(none).toMatchObject({ written: 0, leftOut: {} })
    expect(none.period).toBeUndefined()
    expect(none.file.size).toBe(0)
  })

  it('is empty when there is nothing', async () => {
    expect(await exported(createApp())).toMatchObject({
      written: 0,
      leftOut: {},
      shortened: {},
      outOfRange: { raw: {}, leftOut: {} },
    })
  })

  it.each([
    ['minimed-640g', 'everyday'],
    ['paradigm-523-723', 'everyday'],
  ])(
    'gives the same glucose figures, episodes, distribution and insulin of a simulated %s, with its LO and HI',
    async (modelId, scenarioId) => {
      const app = createApp()
      valueOf(await app.device.read({ transport: 'simulated', modelId, scenarioId }, silent))
      const [before, { cbg }] = [await figuresOf(app), await lowAndHighIn(app)]
      expect(cbg).toBeGreaterThan(0)
      const file = await exported(app)
      expect(file).toMatchObject({ outOfRange: { raw: { cbg }, leftOut: {} } })
      valueOf(await app.data.removeEverything())
      await importedBack(app, file)
      expect(await figuresOf(app)).toEqual(before)
      expect(await lowAndHighIn(app)).toMatchObject({ cbg })
    },
    120_000,
  )

  it('tells once what a device and its file both told', async () => {
    const app = createApp()
    const [choice] = valueOf(await app.device.scenarios()).filter(({ modelId }) => modelId === 'contour-next-link-24')
    if (!choice) throw new Error('no simulated meter')
    const { modelId, scenarioId } = choice
    valueOf(await app.device.read({ transport: 'simulated', modelId, scenarioId }, silent))
    const first = await exported(app)
    const { smbg } = await lowAndHighIn(app)
    expect(smbg).toBeGreaterThan(0)
    expect(first).toMatchObject({ outOfRange: { raw: {}, leftOut: { smbg } } })
    // Control solution, and what the meter called LO or HI.
    const leftOut = first.leftOut.smbg ?? 0
    expect(leftOut).toBeGreaterThan(smbg)
    await importedBack(app, first)
    // The store keeps both, as two sources of one device; the file has each value once.
    const stored = valueOf(await app.data.storage()).recordCount
    expect(stored).toBe(2 * first.written + leftOut)
    const second = await exported(app)
    expect(second.written).toBe(first.written)
    expect(await second.file.text()).toBe(await first.file.text())
  })
})
