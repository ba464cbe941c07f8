/** The records behind a number are exactly those that it counts: hand-made days in a store. */
import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { deviceKeyOf } from '#records/identity.ts'
import type { TherapyRecord } from '#records/records.ts'
import type { EvidenceChoice } from '#reports/evidence.ts'
import { noFilter, type ReportFilter } from '#reports/filter.ts'
import type { Period } from '#reports/models.ts'
import { after, cbg, DAY, meter, minutes, pump, saved, smbg } from '../store/records.ts'
import { type App, createApp, valueOf } from './fixtures.ts'

const HOUR = minutes(60)
const NIGHT = 24 * HOUR
const today: Period = { firstDay: DAY, lastDay: DAY }
const twoDays: Period = { firstDay: DAY, lastDay: DAY + 1 }
const pumpKey = deviceKeyOf(pump)
const meterKey = deviceKeyOf(meter)

const event = (ms: number, record: object, identity = `${ms}`): TherapyRecord =>
  // Whole but for what is added here.
  ({ deviceTime: after(ms), identity, raw: { page: 0, offset: 0, length: 1 }, ...record }) as TherapyRecord
const bolus = (ms: number, normalUnits: number, more: object = {}) =>
  event(ms, { type: 'bolus', subType: 'normal', normalUnits, ...more })
const between = (from: number, to: number) => ({ from: after(from), to: after(to) })
const off = (more: Partial<ReportFilter>): ReportFilter => ({ ...noFilter, ...more })

interface Ask extends Partial<EvidenceChoice> {
  readonly period?: Period
  readonly filter?: ReportFilter
  readonly offset?: number
  readonly limit?: number
}

const page = async (app: App, { period = today, offset = 0, limit = 100, ...ask }: Ask) =>
  valueOf(await app.data.evidence({ kinds: ['cbg'], ...ask, period, offset, limit }))
/** Minute of the first day and value of each. */
const valuesOf = async (app: App, ask: Ask) =>
  (await page(app, ask)).rows.map(({ deviceTime, fields }) => [(deviceTime - after(0)) / 60_000, fields['value']])
const timesOf = async (app: App, ask: Ask) => (await valuesOf(app, ask)).map(([minute]) => minute)

describe('of a value told by two devices, or twice', () => {
  it('the one that counts is shown, and the other when its device is left out', async () => {
    const app = createApp()
    const db = await app.db()
    await saved(db, 'pump', [cbg(minutes(5), 110), cbg(minutes(10), 112)], { device: pump })
    await saved(db, 'other', [cbg(minutes(5), 111), cbg(minutes(10), 113)], { device: meter, at: 2_000 })
    expect(await valuesOf(app, {})).toHaveLength(2)
    expect(await valuesOf(app, { filter: off({ devicesOff: [pumpKey] }) })).toEqual([
      [5, 111],
      [10, 113],
    ])
    expect(await valuesOf(app, { filter: off({ devicesOff: [meterKey] }) })).toEqual([
      [5, 110],
      [10, 112],
    ])
  })

  it('a file repeats nothing of what was read by cable, in sensor values and in boluses', async () => {
    const app = createApp()
    const db = await app.db()
    await saved(db, 'cable', [cbg(minutes(5), 110), bolus(minutes(6), 2)], { device: pump })
    const inFile = [cbg(minutes(5), 110), cbg(minutes(10), 112), bolus(minutes(6) + 30_000, 2), bolus(minutes(9), 1)]
    await saved(db, 'file', inFile, { device: pump, kind: 'file', at: 2_000 })
    expect(await valuesOf(app, {})).toEqual([
      [5, 110],
      [10, 112],
    ])
    expect(await timesOf(app, { kinds: ['bolus'] })).toEqual([6, 9])
    expect(await timesOf(app, { kinds: ['bolus'], copies: 'also' })).toEqual([6, 6.5, 9])
    expect(await timesOf(app, { kinds: ['bolus'], copies: 'only' })).toEqual([6.5])
    expect(await timesOf(app, { copies: 'also' })).toEqual([5, 5, 10])
    expect(await timesOf(app, { copies: 'only' })).toEqual([5])
  })

  it('a copy from the other side of midnight is known as one', async () => {
    const app = createApp()
    const db = await app.db()
    await saved(db, 'cable', [bolus(-20_000, 2)], { device: pump })
    await saved(db, 'file', [bolus(20_000, 2), bolus(HOUR, 1)], { device: pump, kind: 'file', at: 2_000 })
    expect(await timesOf(app, { kinds: ['bolus'] })).toEqual([60])
  })

  it('the meter’s own value counts, the pump’s link to it and control solution do not', async () => {
    const app = createApp()
    const db = await app.db()
    await saved(db, 'meter', [smbg(HOUR, 120), smbg(2 * HOUR, 99, { controlSolution: true })], { device: meter })
    await saved(db, 'pump', [smbg(HOUR + minutes(1), 120, { subType: 'linked' })], { device: pump, at: 2_000 })
    expect(await valuesOf(app, { kinds: ['smbg'] })).toEqual([[60, 120]])
    expect(await timesOf(app, { kinds: ['smbg'], copies: 'also' })).toEqual([60, 61, 120])
    // Control solution is no copy.
    expect(await timesOf(app, { kinds: ['smbg'], copies: 'only' })).toEqual([61])
    expect(await timesOf(app, { kinds: ['smbg'], copies: 'also', deviceKey: meterKey })).toEqual([60, 120])
    expect(await timesOf(app, { kinds: ['smbg'], copies: 'only', deviceKey: meterKey })).toEqual([])
    expect(await timesOf(app, { kinds: ['smbg'], copies: 'only', deviceKey: pumpKey })).toEqual([61])
  })

  it('of two values of one moment the first counts; both are stored', async () => {
    const app = createApp()
    await saved(await app.db(), 'pump', [cbg(HOUR, 110), cbg(HOUR, 115), cbg(2 * HOUR, 120)], { device: pump })
    expect(await valuesOf(app, {})).toEqual([
      [60, 110],
      [120, 120],
    ])
    expect(await valuesOf(app, { copies: 'also' })).toEqual([
      [60, 110],
      [60, 115],
      [120, 120],
    ])
    expect(await valuesOf(app, { copies: 'only' })).toEqual([[60, 115]])
  })
})

describe('windows', () => {
  /** Every five minutes of two days. */
  async function nights(): Promise<App> {
    const app = createApp()
    const values = Array.from({ length: 576 }, (_, i) => cbg(minutes(5 * i), 100 + (i % 50)))
    await saved(await app.db(), 'pump', values, { device: pump })
    return app
  }

  it('go over midnight, from their beginning up to but not with their end', async () => {
    const app = await nights()
    const within = [between(23 * HOUR + minutes(50), NIGHT + minutes(10))]
    expect(await timesOf(app, { period: twoDays, within })).toEqual([1430, 1435, 1440, 1445])
  })

  it('end with a day that is left out, and with the period', async () => {
    const app = await nights()
    const within = [between(23 * HOUR + minutes(50), NIGHT + minutes(10)), between(-HOUR, minutes(5))]
    expect(await timesOf(app, { period: twoDays, within, filter: off({ daysOff: [DAY + 1] }) })).toEqual([
      0, 1430, 1435,
    ])
    // 2024-05-06 was a Monday.
    expect(await timesOf(app, { period: twoDays, within, filter: off({ weekdaysOff: [1] }) })).toEqual([1440, 1445])
    expect(await timesOf(app, { within })).toEqual([0, 1430, 1435])
  })

  it('that overlap or come in no order count each value once', async () => {
    const app = await nights()
    // The first goes on under the second, and the third lies in it.
    const within = [between(HOUR, HOUR + minutes(20)), between(0, 2 * HOUR), between(HOUR, HOUR + minutes(5))]
    expect((await page(app, { within })).total).toBe(24)
    expect(await timesOf(app, { within: [between(HOUR, HOUR + minutes(10)), between(0, minutes(10))] })).toEqual([
      0, 5, 60, 65,
    ])
    expect((await page(app, { within: [] })).total).toBe(0)
  })

  it('are of the device’s clock: the night on which Europe sets its clocks is like any other', async () => {
    const app = createApp()
    const march31 = Date.UTC(2024, 2, 31) - after(0)
    const values = Array.from({ length: 288 }, (_, i) => cbg(march31 + minutes(5 * i), 100))
    await saved(await app.db(), 'pump', values, { device: pump })
    const day = Date.UTC(2024, 2, 31) / NIGHT
    const within = [between(march31 + 2 * HOUR, march31 + 3 * HOUR)]
    const { total, rows } = await page(app, { period: { firstDay: day, lastDay: day }, within })
    expect(total).toBe(12)
    expect(rows[0]?.deviceTime).toBe(Date.UTC(2024, 2, 31, 2))
  })

  it('narrow a class of values', async () => {
    const app = createApp()
    const values = [cbg(0, 50), cbg(minutes(5), 60), cbg(minutes(10), 100), cbg(HOUR, 65), smbg(minutes(7), 60)]
    await saved(await app.db(), 'pump', values, { device: pump })
    const within = [between(0, minutes(30))]
    expect(await timesOf(app, { within, range: 'low' })).toEqual([5])
    expect(await timesOf(app, { within, range: ['veryLow', 'low'] })).toEqual([0, 5])
    expect(await timesOf(app, { within, range: ['veryLow', 'low'], kinds: ['cbg', 'smbg'] })).toEqual([0, 5, 7])
  })
})

describe('parts and ids', () => {
  const alarm = (ms: number, name: string, more: object = {}) => event(ms, { type: 'alarm', name, ...more })
  const records = [
    event(0, { type: 'wizard', carbsGrams: 30 }),
    // The same food, noted again; and a screen left without a bolus.
    event(minutes(2), { type: 'food', carbsGrams: 30 }),
    event(minutes(4), { type: 'wizard', carbsGrams: 50, delivered: false }),
    event(HOUR, { type: 'food', carbsExchanges: 2 }),
    bolus(minutes(1), 3),
    bolus(minutes(20), 0),
    bolus(minutes(30), 0.2, { context: 'automatic' }),
    event(minutes(40), { type: 'bolus', subType: 'dual', normalUnits: 1 }),
    event(minutes(41), { type: 'bolus', subType: 'dual', extendedUnits: 1.5 }),
    event(minutes(50), { type: 'prime', target: 'tubing', volumeUnits: 8 }),
    event(minutes(52), { type: 'prime', target: 'cannula', volumeUnits: 0.3 }),
    alarm(minutes(60), 'Alert on low'),
    alarm(minutes(61), 'Alert on low', { cleared: true }),
    alarm(minutes(70), 'Alert on high'),
    alarm(minutes(80), 'Low battery'),
  ]

  it.each([
    ['boluses', 'bolus', [1, 40]],
    ['automaticBoluses', 'bolus', [30]],
    ['bolusUnits', 'bolus', [1, 30, 40, 41]],
    ['carbs', 'bolus', [0, 60]],
    ['carbsGrams', 'bolus', [0]],
    ['carbsExchanges', 'bolus', [60]],
    ['tubingFills', 'event', [50]],
    ['cannulaFills', 'event', [52]],
    ['alarms', 'event', [60, 70, 80]],
    ['lowAlerts', 'event', [60]],
    ['highAlerts', 'event', [70]],
  ] as const)('%s are what the reports count as such', async (part, kind, expected) => {
    const app = createApp()
    await saved(await app.db(), 'pump', records, { device: pump })
    expect(await timesOf(app, { kinds: [kind], part })).toEqual(expected)
  })

  it('carbs wanted in grams are of everything that was eaten, and are shown as they were entered', async () => {
    const app = createApp()
    await saved(await app.db(), 'pump', records, { device: pump })
    await app.data.setPreferences({ carbUnits: 'grams' })
    const { rows } = await page(app, { kinds: ['bolus'], part: 'carbsGrams' })
    expect(rows.map(({ fields }) => [fields['carbsGrams'], fields['carbsExchanges']])).toEqual([
      [30, undefined],
      [undefined, 2],
    ])
  })

  it('ids name single records, of which a copy is none', async () => {
    const app = createApp()
    const db = await app.db()
    const { rows } = await page(app, { kinds: ['bolus'] })
    expect(rows).toEqual([])
    await saved(db, 'cable', records, { device: pump })
    await saved(db, 'file', records, { device: pump, kind: 'file', at: 2_000 })
    const all = await page(app, { kinds: ['bolus'] })
    const ids = all.rows.filter(({ type }) => type === 'wizard').map(({ id }) => id)
    expect(ids).toHaveLength(2)
    expect(await timesOf(app, { kinds: ['bolus'], ids })).toEqual([0, 4])
    expect((await page(app, { kinds: ['cbg', 'bolus'], ids: ['of another device'] })).total).toBe(0)
  })
})

describe('pages', () => {
  it('follow one another without a gap or a repeat, over kinds and days', async () => {
    const app = createApp()
    const db = await app.db()
    const values = Array.from({ length: 30 }, (_, i) => cbg(i * HOUR, 100 + i))
    const meterValues = Array.from({ length: 10 }, (_, i) => smbg(3 * i * HOUR + minutes(1), 200 + i))
    await saved(db, 'pump', values, { device: pump })
    await saved(db, 'meter', meterValues, { device: meter, at: 2_000 })
    const ask = { kinds: ['cbg', 'smbg'], period: twoDays } as const
    const all = await page(app, ask)
    expect(all.total).toBe(40)
    expect(all.rows.map(({ deviceTime }) => deviceTime)).toEqual(
      all.rows.map(({ deviceTime }) => deviceTime).toSorted((a, b) => a - b),
    )
    const pages = []
    for (let offset = 0; offset < 40; offset += 7) pages.push(await page(app, { ...ask, offset, limit: 7 }))
    expect(pages.flatMap(({ rows }) => rows)).toEqual(all.rows)
    expect(pages.map(({ total }) => total)).toEqual(pages.map(() => 40))
  })

  it('read the days of their rows only, when the report has just been looked at', async () => {
    const app = createApp()
    const db = await app.db()
    const values = Array.from({ length: 90 * 24 }, (_, i) => cbg(i * HOUR, 100))
    await saved(db, 'pump', [...values, bolus(HOUR, 1), bolus(80 * NIGHT, 1)], { device: pump })
    const period = { firstDay: DAY, lastDay: DAY + 89 }
    let chunks = 0
    db.chunks.hook('reading', chunk => {
      chunks++
      return chunk
    })
    const chunksReadBy = async (ask: Ask) => {
      chunks = 0
      const { total } = await page(app, { period, ...ask })
      return [total, chunks]
    }
    // Nobody has looked yet: the sensor’s days are needed to know which values count, and nothing else is.
    expect(await chunksReadBy({ offset: 1000, limit: 50 })).toEqual([2160, 90 + 3])
    valueOf(await app.data.report('overview', { period }))
    expect(await chunksReadBy({ offset: 1000, limit: 50 })).toEqual([2160, 3])
    expect(await chunksReadBy({ kinds: ['bolus'] })).toEqual([2, 2])
    expect(await chunksReadBy({ within: [between(40 * NIGHT, 40 * NIGHT + 3 * HOUR)] })).toEqual([3, 1])
  })
})
