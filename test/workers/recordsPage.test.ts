/** The data table's question to the worker: everything stored, filtered, searched, paged, with marks on copies. */
import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import type { TherapyRecord } from '#records/records.ts'
import type { RecordsPage, RecordsQuery } from '#workers/api.ts'
import { after, cbg, DAY, meter, minutes, pump, saved, smbg } from '../store/records.ts'
import { type App, codeOf, createApp, valueOf } from './fixtures.ts'

const HOUR = 60
type Bare<T> = T extends TherapyRecord ? Omit<T, 'deviceTime' | 'identity' | 'raw'> : never
const record = (minute: number, bare: Bare<TherapyRecord>): TherapyRecord =>
  // Whole but for what is added here.
  ({
    ...bare,
    deviceTime: after(minutes(minute)),
    identity: `${minute} ${bare.type}`,
    raw: { page: 2, offset: 100 + minute, length: 14 },
  }) as TherapyRecord

const typeNames = { cbg: 'sensor glucose', smbg: 'meter glucose', suspend: 'pause or resume', rewind: 'rewind' }

/** A pump's day with a value at midnight of the next, and a meter with two values. */
async function filled(): Promise<App> {
  const app = createApp()
  const db = await app.db()
  await saved(
    db,
    'pump bytes',
    [
      cbg(minutes(8 * HOUR), 112, { isigNa: 12.5 }),
      cbg(minutes(8 * HOUR + 5), 125),
      cbg(minutes(24 * HOUR), 98),
      record(9 * HOUR, { type: 'bolus', subType: 'normal', normalUnits: 12.5, context: 'wizard' }),
      record(10 * HOUR, { type: 'rewind' }),
      record(11 * HOUR, { type: 'suspend', suspended: true, rawReason: 'USER_SUSPEND' }),
      record(12 * HOUR, { type: 'marker', kind: 'other', text: 'Ill, stayed in bed' }),
      record(13 * HOUR, { type: 'setting', name: 'Max bolus', change: 'changed', values: { limit: '12.5 U' } }),
    ],
    { device: pump },
  )
  await saved(db, 'meter bytes', [smbg(minutes(7 * HOUR), 112), smbg(minutes(30 * HOUR), 64)], {
    device: meter,
    at: 2_000,
  })
  return app
}

const ask = async (app: App, change: Partial<RecordsQuery> = {}): Promise<RecordsPage> =>
  valueOf(await app.data.records({ order: 'newest', offset: 0, limit: 100, typeNames, ...change }))
const countsOf = (page: RecordsPage) => Object.fromEntries(page.devices.map(({ name, count }) => [name, count]))
const typesOf = (page: RecordsPage) => page.rows.map(({ type }) => type)

it('lists everything, newest first, with the place of its bytes', async () => {
  const page = await ask(await filled())
  expect(page.total).toBe(10)
  expect(typesOf(page)).toEqual([
    'smbg',
    'cbg',
    'setting',
    'marker',
    'suspend',
    'rewind',
    'bolus',
    'cbg',
    'cbg',
    'smbg',
  ])
  expect(page.rows[5]).toMatchObject({ page: 2, offset: 700, length: 14, deviceName: 'MiniMed 780G (NG1)' })
  expect(page.typeCounts).toEqual({ cbg: 3, smbg: 2, bolus: 1, rewind: 1, suspend: 1, marker: 1, setting: 1 })
  expect(countsOf(page)).toEqual({ 'Contour NEXT LINK (6301-1C2CF8C)': 2, 'MiniMed 780G (NG1)': 8 })
})

it('turns the order round', async () => {
  const app = await filled()
  const times = (page: RecordsPage) => page.rows.map(({ deviceTime, type }) => `${deviceTime} ${type}`)
  const newest = await ask(app)
  const oldest = await ask(app, { order: 'oldest' })
  expect(times(oldest)).toEqual(times(newest).toReversed())
})

it('cuts the same list into pages', async () => {
  const app = await filled()
  const whole = (await ask(app)).rows.map(({ id }) => id)
  const paged: string[] = []
  for (let offset = 0; offset < 10; offset += 3) {
    const page = await ask(app, { offset, limit: 3 })
    expect(page.total).toBe(10)
    paged.push(...page.rows.map(({ id }) => id))
  }
  expect(paged).toEqual(whole)
  expect((await ask(app, { offset: 10 })).rows).toEqual([])
})

describe('filters', () => {
  it('by type, and still says how many there are of the others', async () => {
    const page = await ask(await filled(), { types: ['rewind', 'suspend'] })
    expect(typesOf(page)).toEqual(['suspend', 'rewind'])
    expect(page.typeCounts['cbg']).toBe(3)
  })

  it('by device, and still says how many there are of the others', async () => {
    const app = await filled()
    const deviceKey = (await ask(app)).devices.find(({ name }) => name.startsWith('Contour'))?.deviceKey ?? ''
    const page = await ask(app, { deviceKey })
    expect(typesOf(page)).toEqual(['smbg', 'smbg'])
    expect(page.typeCounts).toEqual({ smbg: 2 })
    expect(countsOf(page)).toEqual({ 'Contour NEXT LINK (6301-1C2CF8C)': 2, 'MiniMed 780G (NG1)': 8 })
  })

  it('by days', async () => {
    const period = { firstDay: DAY + 1, lastDay: DAY + 1 }
    expect(typesOf(await ask(await filled(), { period }))).toEqual(['smbg', 'cbg'])
  })

  it('by what the reports leave out', async () => {
    const app = await filled()
    const pumpKey = (await ask(app)).devices.find(({ name }) => name.startsWith('MiniMed'))?.deviceKey ?? ''
    const filter = { weekdaysOff: [], daysOff: [DAY + 1], devicesOff: [pumpKey] }
    const page = await ask(app, { filter })
    expect(typesOf(page)).toEqual(['smbg'])
    expect(page.devices).toHaveLength(1)
    // 6 May 2024 was a Monday, the day after a Tuesday.
    const mondays = { weekdaysOff: [1], daysOff: [], devicesOff: [] }
    expect((await ask(app, { filter: mondays })).total).toBe(2)
  })
})

describe('search', () => {
  it.each([
    ['a word of the type as the screen has it', 'pause', ['suspend']],
    ['part of a word', 'WIND', ['rewind']],
    ['a note', 'bed', ['marker']],
    ['a number, in a value, a current and a setting', '12.5', ['setting', 'bolus', 'cbg']],
    ['a decimal comma', '12,5', ['setting', 'bolus', 'cbg']],
    ['numbers by how they begin', '12', ['setting', 'bolus', 'cbg', 'cbg']],
    ['a device by its model', 'contour', ['smbg', 'smbg']],
    ['a device by its serial number', '1c2cf8c', ['smbg', 'smbg']],
    ['several words, all of them', 'meter 112', ['smbg']],
    ['the source’s own word', 'user_suspend', ['suspend']],
    ['nothing that is there', 'nowhere', []],
    ['a short number that is only inside a model’s name', '80', []],
  ])('finds %s', async (_, search, types) => {
    const page = await ask(await filled(), { search })
    expect(typesOf(page)).toEqual(types)
    expect(page.total).toBe(types.length)
  })
})

it('marks what a file repeats of a pump that was read, and what a meter and its pump both tell', async () => {
  const app = createApp()
  const db = await app.db()
  const link = smbg(minutes(9 * HOUR), 64, { subType: 'linked', meterSerial: meter.serial, identity: 'link' })
  await saved(db, 'read', [cbg(minutes(8 * HOUR), 112), record(10 * HOUR, { type: 'rewind' }), link], { device: pump })
  await saved(
    db,
    'exported',
    [
      cbg(minutes(8 * HOUR) + 20_000, 112),
      cbg(minutes(8 * HOUR + 30), 130),
      record(10 * HOUR + 0.5, { type: 'rewind' }),
      record(11 * HOUR, { type: 'rewind' }),
    ],
    { device: pump, kind: 'file', at: 2_000 },
  )
  await saved(
    db,
    'meter',
    [smbg(minutes(9 * HOUR + 1), 64), smbg(minutes(9 * HOUR + 2), 110, { controlSolution: true })],
    {
      device: meter,
      at: 3_000,
    },
  )
  const page = await ask(app, { order: 'oldest' })
  expect(page.rows.map(({ type, repeated }) => [type, repeated])).toEqual([
    ['cbg', false],
    ['cbg', true],
    ['cbg', false],
    ['smbg', true],
    ['smbg', false],
    // Control solution is no copy.
    ['smbg', false],
    ['rewind', false],
    ['rewind', true],
    ['rewind', false],
  ])
})

it('counts anew when something was added between two pages', async () => {
  const app = await filled()
  expect((await ask(app, { limit: 2 })).total).toBe(10)
  await saved(await app.db(), 'later bytes', [smbg(minutes(31 * HOUR), 70)], { device: meter, at: 5_000 })
  const page = await ask(app, { offset: 2, limit: 2 })
  expect(page.total).toBe(11)
  expect(typesOf(page)).toEqual(['cbg', 'setting'])
})

it('finds an entry by the words on the screen as well as by its own', async () => {
  const app = await filled()
  const words = { 'suspended:true': 'Paused', low: 'at a low' }
  const found = async (search: string) => typesOf(await ask(app, { search, words }))
  expect(await found('paused')).toEqual(['suspend'])
  expect(await found('resumed')).toEqual([])
  expect((await ask(app, { search: 'paused' })).total).toBe(0)
})

it('gives up an older question when a newer one comes', async () => {
  const app = await filled()
  const [older, newer] = await Promise.all([
    app.data.records({ order: 'newest', offset: 0, limit: 5, search: 're' }),
    app.data.records({ order: 'newest', offset: 0, limit: 5, search: 'rewind', typeNames }),
  ])
  expect(codeOf(older)).toBe('cancelled')
  expect(typesOf(valueOf(newer))).toEqual(['rewind'])
})

it('answers a file and the screen side by side, and says when the list is not the same any more', async () => {
  const app = await filled()
  const part = (offset: number) => app.data.records({ order: 'newest', offset, limit: 4, typeNames, isForFile: true })
  const [first, screen] = await Promise.all([part(0), ask(app, { search: 'rewind' })])
  expect(typesOf(screen)).toEqual(['rewind'])
  const [second, third] = [valueOf(await part(4)), valueOf(await part(8))]
  const parts = [valueOf(first), second, third]
  // Put together they are the whole list in its order.
  expect(parts.flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual((await ask(app)).rows.map(({ id }) => id))
  expect(new Set(parts.map(({ revision }) => revision)).size).toBe(1)
  await saved(await app.db(), 'more bytes', [smbg(minutes(31 * HOUR), 70)], { device: meter, at: 3_000 })
  expect(valueOf(await part(8)).revision).not.toBe(second.revision)
})

it('answers an empty store with nothing', async () => {
  expect(await ask(createApp())).toEqual({ revision: '0 0', total: 0, rows: [], typeCounts: {}, devices: [] })
})
