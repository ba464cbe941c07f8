/**
 * What the store must hold, in whatever IndexedDB: run in Node over an in-memory one and again in the real Chromium.
 */
import { describe, expect, it, vi } from 'vitest'
import { announce, onChanges } from '#store/changes.ts'
import { allArtifacts, contentId, dropUnusedArtifact, readArtifact } from '#store/artifacts.ts'
import { createConnection } from '#store/connection.ts'
import { type Database, openDatabase, type SchemaVersion, versions } from '#store/db.ts'
import { StoreError } from '#store/errors.ts'
import { evidenceAtPlaces } from '#store/evidence.ts'
import { allDraftIds, putDraft } from '#store/drafts.ts'
import { deleteDevice, removeEverything } from '#store/forget.ts'
import { preferencesFrom, readPreferences, writePreferences } from '#store/preferences.ts'
import { readRaw } from '#store/raw.ts'
import {
  allDevices,
  lastDayWithData,
  neighbours,
  readGlucose,
  readRecords,
  recentReads,
  storeCounts,
} from '#store/read.ts'
import { deleteArtifact, replaceRecords } from '#store/redecode.ts'
import type { TherapyRecord } from '#records/records.ts'
import type { DraftRow } from '#store/rows.ts'
import { saveRead } from '#store/save.ts'
import { defaultPreferences } from '#records/preferences.ts'
import { deviceKeyOf } from '#records/identity.ts'
import {
  after,
  batchOf,
  cbg,
  DAY,
  freshDatabase,
  freshName,
  keep,
  meter,
  minutes,
  pump,
  readInfo,
  saved,
  smbg,
  storedOf,
} from './records.ts'

const HOUR = minutes(60)
const anyDay = { firstDay: -1e9, lastDay: 1e9 }
const meterKey = deviceKeyOf(meter)
const pumpKey = deviceKeyOf(pump)

/** Everything in a database as one comparable value; blobs as their text. */
export async function dump(db: Database) {
  const rows = await Promise.all(
    db.tables.map(async table => [table.name, await Promise.all((await table.toArray()).map(comparable))]),
  )
  return Object.fromEntries(rows)
}

async function comparable(row: object) {
  return 'blob' in row && row.blob instanceof Blob ? { ...row, blob: await row.blob.text() } : row
}

const codeOf = (error: unknown) => (error instanceof StoreError ? error.code : String(error))
const caught = (opening: Promise<unknown>) => opening.then(() => 'opened', codeOf)
const idsOf = async (db: Database) => (await storedOf(db, ['cbg', 'smbg'], anyDay)).map(row => row.id).sort()

export function storeChecks(): void {
  describe('saving a read', () => {
    it('finds every record new the first time and none the second', async () => {
      const db = await freshDatabase()
      const records = [smbg(0, 100), smbg(0, 100), smbg(HOUR, 120), cbg(0, 99)]
      const first = await saved(db, 'memory', records, { at: 1_000 })
      expect(first.read.devices[0]?.tally).toEqual({ smbg: { found: 3, added: 3 }, cbg: { found: 1, added: 1 } })
      expect(first.read.known).toBe(false)
      const before = await dump(db)
      const second = await saved(db, 'memory', records, { at: 2_000 })
      expect(second.read.devices[0]?.tally).toEqual({ smbg: { found: 3, added: 0 }, cbg: { found: 1, added: 0 } })
      expect(second.read.known).toBe(true)
      expect((await dump(db)).chunks).toEqual(before.chunks)
      expect((await recentReads(db, 20)).map(read => read.at)).toEqual([2_000, 1_000])
      expect(await storeCounts(db)).toEqual({ artifacts: 1, records: 4 })
    })

    it('adds only what a longer memory has more', async () => {
      const db = await freshDatabase()
      await saved(db, 'short', [smbg(0, 100), smbg(HOUR, 120)])
      const { read } = await saved(db, 'longer', [smbg(0, 100), smbg(HOUR, 120), smbg(2 * HOUR, 140)])
      expect(read.devices[0]?.tally).toEqual({ smbg: { found: 3, added: 1 } })
      expect(read.devices[0]).toMatchObject({ from: after(0), to: after(2 * HOUR) })
      const [device] = await allDevices(db)
      expect(device?.sources[`${meterKey}:read`]).toEqual({
        counts: { smbg: 3 },
        oldest: after(0),
        newest: after(2 * HOUR),
      })
    })

    it('does not count as new what the device is set to, which every read tells anew', async () => {
      const db = await freshDatabase()
      const set = (ms: number, change: 'current' | 'changed'): TherapyRecord => ({
        type: 'setting',
        name: 'Carb ratios',
        change,
        values: { '00:00': '13 g/U' },
        deviceTime: after(ms),
        identity: `${ms} ${change}`,
        raw: { page: 0, offset: 0, length: 8 },
      })
      const log = [smbg(0, 100), set(HOUR, 'changed')]
      const options = { device: pump }
      const first = await saved(db, 'a', [...log, set(2 * HOUR, 'current')], options)
      expect(first.read.devices[0]).toMatchObject({
        tally: { smbg: { found: 1, added: 1 }, event: { found: 1, added: 1 } },
        settings: 1,
      })
      const second = await saved(db, 'b', [...log, set(3 * HOUR, 'current')], options)
      expect(second.read.devices[0]).toMatchObject({
        tally: { smbg: { found: 1, added: 0 }, event: { found: 1, added: 0 } },
        settings: 1,
      })
      // The very same download again.
      const again = await saved(db, 'b', [...log, set(3 * HOUR, 'current')], options)
      expect(again.read.devices[0]?.tally.event).toEqual({ found: 1, added: 0 })
      const alone = await saved(db, 'c', [set(4 * HOUR, 'current')], options)
      expect(alone.read.devices[0]).toMatchObject({ tally: {}, settings: 1 })
      // They are kept, and counted where everything that is kept is.
      expect((await allDevices(db))[0]?.sources[`${pumpKey}:read`]?.counts).toEqual({ smbg: 1, event: 4 })
      const file = await saved(db, 'd', [set(5 * HOUR, 'current')], { ...options, kind: 'file' })
      expect(file.read.devices[0]?.tally).toEqual({ event: { found: 1, added: 1 } })
    })

    it('gives the same ids whatever zone the computer stood in', async () => {
      const [here, there] = [await freshDatabase(), await freshDatabase()]
      for (const [db, zone, offsetMinutes] of [
        [here, 'Europe/Berlin', 120],
        [there, 'America/Denver', -360],
      ] as const) {
        const artifact = await keep(db)
        const clock = { hostMs: 5_000, deviceTime: after(0), zone, offsetMinutes, differenceMs: 60_000 }
        await saveRead(db, artifact, batchOf(artifact.row.id, [smbg(0, 100), cbg(0, 99)]), readInfo({ clock }))
      }
      expect(await idsOf(here)).toEqual(await idsOf(there))
      expect(await there.observations.toArray()).toEqual([
        { deviceKey: meterKey, hostMs: 5_000, deviceTime: after(0), zone: 'America/Denver', offsetMinutes: -360 },
      ])
      expect((await allDevices(there))[0]?.clockDifferenceMs).toBe(60_000)
    })

    it.each([
      ['our own mistake', new TypeError('in the middle'), 'TypeError: in the middle'],
      ['a full disk', new DOMException('no room', 'QuotaExceededError'), 'storage-full'],
    ])('leaves nothing half-written after %s', async (_, error, code) => {
      const db = await freshDatabase()
      await saved(db, 'before', [smbg(0, 100)])
      const artifact = await keep(db, { text: 'later' })
      const before = await dump(db)
      // Reads are noted after the chunks were written, in the same transaction.
      db.reads.hook('creating', () => {
        throw error
      })
      const failing = saveRead(db, artifact, batchOf(artifact.row.id, [smbg(0, 100), smbg(HOUR, 1)]), readInfo())
      expect(await failing.catch(codeOf)).toBe(code)
      expect(await dump(db)).toEqual(before)
    })

    it('keeps both when two tabs save the same read at once, without doubling', async () => {
      const name = freshName()
      const [one, two] = [await openDatabase({ name }), await openDatabase({ name })]
      const records = Array.from({ length: 500 }, (_, i) => cbg(minutes(5 * i), 100 + (i % 50)))
      const reads = await Promise.all([saved(one, 'memory', records), saved(two, 'memory', records)])
      const added = reads.map(({ read }) => read.devices[0]?.tally.cbg?.added ?? 0).sort((a, b) => a - b)
      expect(added).toEqual([0, 500])
      expect(await storeCounts(one)).toEqual({ artifacts: 1, records: 500 })
      expect((await readGlucose(two, anyDay))[0]?.time).toHaveLength(500)
    })

    it('keeps every record of two different reads saved at once', async () => {
      const name = freshName()
      const [one, two] = [await openDatabase({ name }), await openDatabase({ name })]
      await Promise.all([saved(one, 'a', [smbg(0, 100)]), saved(two, 'b', [smbg(HOUR, 120)])])
      expect(await storeCounts(one)).toEqual({ artifacts: 2, records: 2 })
      expect(await readRecords(one, ['smbg'], anyDay)).toHaveLength(2)
    })
  })

  describe('artifacts', () => {
    it('are named by their content and kept once', async () => {
      const db = await freshDatabase()
      // SHA-256 of "abc", FIPS 180-4 appendix B.1.
      const id = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
      const first = await keep(db, { text: 'abc', at: 1 })
      const second = await keep(db, { text: 'abc', at: 2 })
      expect([first.row.id, second.row.id]).toEqual([id, id])
      expect(second.row.receivedAt).toBe(1)
      expect(await db.artifactBytes.count()).toBe(1)
      expect(await (await readArtifact(db, id)).blob.text()).toBe('abc')
    })

    it('are hashed alike in any number of stretches', async () => {
      const bytes = Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 7) & 0xff)
      const parts = new Blob([bytes.slice(0, 1_234_567), bytes.slice(1_234_567)])
      expect(await contentId(parts)).toBe(await contentId(new Blob([bytes])))
    })

    it('go again when nothing was saved of them, and stay otherwise', async () => {
      const db = await freshDatabase()
      const cancelled = await keep(db, { text: 'cancelled' })
      const { artifact } = await saved(db, 'saved', [smbg(0, 100)])
      await dropUnusedArtifact(db, cancelled.row.id)
      await dropUnusedArtifact(db, artifact.row.id)
      expect((await allArtifacts(db)).map(row => row.id)).toEqual([artifact.row.id])
      expect(await readArtifact(db, cancelled.row.id).catch(codeOf)).toBe('not-found')
    })

    it('come back with the read when another tab has dropped them meanwhile', async () => {
      const db = await freshDatabase()
      const artifact = await keep(db)
      await dropUnusedArtifact(db, artifact.row.id)
      await saveRead(db, artifact, batchOf(artifact.row.id, [smbg(0, 100)]), readInfo())
      expect(await (await readArtifact(db, artifact.row.id)).blob.text()).toBe('some bytes')
    })

    it('show the stretch behind a record, with its line in a file', async () => {
      const db = await freshDatabase()
      const file = await keep(db, { text: 'one\ntwo\nthree\n', kind: 'file' })
      const raw = await readRaw(db, { artifactId: file.row.id, page: 0, offset: 8, length: 5 }, () => undefined)
      expect([new TextDecoder().decode(raw.bytes), raw.line, raw.name]).toEqual(['three', 3, 'a name'])
      const download = await keep(db, { text: 'AABB' })
      const pagesOf = (bytes: Uint8Array) => [bytes.slice(0, 2), bytes.slice(2)]
      const page = await readRaw(db, { artifactId: download.row.id, page: 1, offset: 1, length: 1 }, pagesOf)
      expect([new TextDecoder().decode(page.bytes), page.line]).toEqual(['B', undefined])
      const beyond = readRaw(db, { artifactId: download.row.id, page: 2, offset: 0, length: 1 }, pagesOf)
      expect(await beyond.catch(codeOf)).toBe('not-found')
    })
  })

  describe('reading', () => {
    it('gives one series per source, ascending, in mg/dL unrounded', async () => {
      const db = await freshDatabase()
      await saved(db, 'a', [cbg(HOUR, 5.8, { units: 'mmol/L' }), cbg(0, 40, { outOfRange: 'low' })])
      await saved(db, 'b', [cbg(0, 104), cbg(25 * HOUR, 105)], { device: pump, kind: 'file' })
      const [one, two] = (await readGlucose(db, anyDay)).sort((a, b) => (a.mgdl[0] ?? 0) - (b.mgdl[0] ?? 0))
      expect([...(one?.time ?? [])]).toEqual([after(0), after(HOUR)])
      expect([...(one?.mgdl ?? [])]).toEqual([39, 5.8 * 18.01559])
      expect([...(one?.intervalMs ?? [])]).toEqual([300_000, 300_000])
      expect(one?.sources).toEqual([`${meterKey}:read`])
      expect([...(two?.mgdl ?? [])]).toEqual([104, 105])
      expect(two?.sources).toEqual([`${pumpKey}:file:carelink-csv`])
    })

    it('gives only the days asked for', async () => {
      const db = await freshDatabase()
      const days = [0, 1, 2, 3]
      await saved(
        db,
        'a',
        days.flatMap(day => [cbg(day * 24 * HOUR, 100 + day), smbg(day * 24 * HOUR, 200 + day)]),
      )
      const period = { firstDay: DAY + 1, lastDay: DAY + 2 }
      expect([...((await readGlucose(db, period))[0]?.mgdl ?? [])]).toEqual([101, 102])
      expect((await readRecords(db, ['smbg'], period)).map(record => 'value' in record && record.value)).toEqual([
        201, 202,
      ])
      expect(await neighbours(db, period)).toEqual({ previousDay: DAY, nextDay: DAY + 3 })
      expect(await neighbours(db, { firstDay: DAY, lastDay: DAY + 3 })).toEqual({})
    })

    it('gives records with id, source and artifact, sorted by time', async () => {
      const db = await freshDatabase()
      const { artifact } = await saved(db, 'a', [smbg(HOUR, 2), smbg(0, 1)])
      const records = await readRecords(db, ['smbg', 'bolus'], anyDay)
      expect(records.map(record => record.deviceTime)).toEqual([after(0), after(HOUR)])
      expect(records[0]).toMatchObject({ type: 'smbg', sourceKey: `${meterKey}:read`, artifactId: artifact.row.id })
      expect(records[0]?.id).toMatch(/^[0-9a-f]{32}$/)
    })

    it('does not let a clock in 2099 hide the last weeks, and still shows its records', async () => {
      const db = await freshDatabase()
      const in2099 = Date.UTC(2099, 0, 1) - after(0)
      await saved(db, 'a', [smbg(0, 100)])
      await saved(db, 'b', [smbg(in2099, 101)], { device: pump })
      expect(await lastDayWithData(db, DAY + 3)).toBe(DAY)
      expect(await storedOf(db, ['smbg'], anyDay)).toHaveLength(2)
      await deleteDevice(db, meterKey)
      expect(await lastDayWithData(db, DAY + 3)).toBe(Date.UTC(2099, 0, 1) / 86_400_000)
      await removeEverything(db)
      expect(await lastDayWithData(db, DAY + 3)).toBeUndefined()
    })

    it('does not take the day on which settings were read for a day with data, a change of them yes', async () => {
      const db = await freshDatabase()
      const setting = (ms: number, change: 'current' | 'changed'): TherapyRecord => ({
        ...{
          type: 'setting',
          deviceTime: after(ms),
          identity: `${change} ${ms}`,
          raw: { page: 0, offset: 0, length: 1 },
        },
        ...{ name: 'Bolus', change, values: {} },
      })
      await saved(db, 'a', [smbg(0, 100), setting(20 * 24 * HOUR, 'current')])
      expect(await lastDayWithData(db, DAY + 30)).toBe(DAY)
      expect((await neighbours(db, { firstDay: DAY + 1, lastDay: DAY + 2 })).nextDay).toBeUndefined()
      await saved(db, 'b', [setting(10 * 24 * HOUR, 'changed')])
      expect(await lastDayWithData(db, DAY + 30)).toBe(DAY + 10)
    })

    it('finds records by their places, in the order asked for, and passes over what is gone', async () => {
      const db = await freshDatabase()
      const nextDay = 24 * HOUR
      const source = `${meterKey}:read`
      await saved(db, 'a', [
        cbg(0, 69),
        cbg(minutes(5), 70),
        // Told twice in one read: two values.
        cbg(minutes(5), 70),
        cbg(nextDay, 80),
        smbg(minutes(2), 60),
        { ...smbg(minutes(2), 61), type: 'calibration' },
      ])
      const stored = await storedOf(db, ['cbg', 'smbg'], anyDay)
      const idOf = (type: string) => stored.find(({ record }) => record.type === type)?.id ?? ''
      const glucose = (ms: number, nth?: number) => ({
        sourceKey: source,
        kind: 'cbg' as const,
        time: after(ms),
        ...(nth === undefined ? {} : { nth }),
      })
      const fact = (id: string) => ({ sourceKey: source, kind: 'smbg' as const, time: after(minutes(2)), id })
      const places = [
        fact(idOf('calibration')),
        glucose(nextDay),
        glucose(minutes(5), 1),
        fact(idOf('smbg')),
        glucose(minutes(5), 0),
        glucose(minutes(5), 2),
        glucose(minutes(6)),
        { ...glucose(0), sourceKey: 'another:read' },
        fact('gone'),
        glucose(40 * nextDay),
      ]
      const found = await evidenceAtPlaces(db, places)
      expect(found.map(({ record }) => [record.type, record['value']])).toEqual([
        ['calibration', 61],
        ['cbg', 80],
        ['cbg', 70],
        ['smbg', 60],
        ['cbg', 70],
      ])
      expect(new Set(found.map(({ id }) => id)).size).toBe(5)
      expect(stored.map(({ id }) => id)).toEqual(expect.arrayContaining(found.map(({ id }) => id)))
    })
  })

  describe('decoding again', () => {
    it('with the same decoder changes no id and no content', async () => {
      const db = await freshDatabase()
      const records = [cbg(0, 100, { isigNa: 12.5 }), cbg(0, 100), smbg(0, 100), smbg(0, 100)]
      const { artifact } = await saved(db, 'a', records)
      const before = await dump(db)
      await replaceRecords(db, batchOf(artifact.row.id, records))
      expect(await dump(db)).toEqual(before)
    })

    it('with a better decoder takes back what the older one got wrong', async () => {
      const db = await freshDatabase()
      const { artifact } = await saved(db, 'a', [cbg(0, 100), cbg(minutes(5), 999), smbg(0, 60), smbg(HOUR, 999)])
      const better = [cbg(0, 100), cbg(minutes(5), 99), smbg(0, 60, { meal: 'before' }), smbg(HOUR, 99)]
      await replaceRecords(db, batchOf(artifact.row.id, better, { decoderVersion: 2 }))
      expect([...((await readGlucose(db, anyDay))[0]?.mgdl ?? [])]).toEqual([100, 99])
      const facts = await readRecords(db, ['smbg'], anyDay)
      expect(facts).toMatchObject([{ value: 60, meal: 'before', decoderVersion: 2 }, { value: 99 }])
      expect((await readArtifact(db, artifact.row.id)).row.decoder.version).toBe(2)
      expect(await storeCounts(db)).toEqual({ artifacts: 1, records: 4 })
    })

    it('asks other artifacts of the source again when records are missing without this one', async () => {
      const db = await freshDatabase()
      const shared = [cbg(0, 100), smbg(0, 100)]
      const records = { a: [...shared, smbg(HOUR, 1)], b: [...shared, smbg(2 * HOUR, 2)] }
      const a = await saved(db, 'a', records.a)
      const b = await saved(db, 'b', records.b)
      await deleteArtifact(db, a.artifact.row.id)
      const marked = (await allArtifacts(db)).filter(artifact => artifact.again)
      expect(marked.map(artifact => artifact.id)).toEqual([b.artifact.row.id])
      await replaceRecords(db, batchOf(b.artifact.row.id, records.b))
      // Only what no other artifact gave has gone.
      const rest = await freshDatabase()
      await saved(rest, 'b', records.b)
      expect((await dump(db)).chunks).toEqual((await dump(rest)).chunks)
      expect((await dump(db)).artifacts).toEqual((await dump(rest)).artifacts)
      expect(await storeCounts(db)).toEqual({ artifacts: 1, records: 3 })
      expect((await recentReads(db, 9)).map(read => read.artifactId)).toEqual([b.artifact.row.id])
    })

    it('leaves no empty days behind', async () => {
      const db = await freshDatabase()
      const { artifact } = await saved(db, 'a', [cbg(0, 100), smbg(0, 100)])
      await replaceRecords(db, batchOf(artifact.row.id, [smbg(25 * HOUR, 100)], { decoderVersion: 2 }))
      expect((await db.chunks.toArray()).map(({ kind, day }) => [kind, day])).toEqual([['smbg', DAY + 1]])
      await deleteArtifact(db, artifact.row.id)
      expect(await db.chunks.toArray()).toEqual([])
    })

    it('by reading or importing the same bytes anew also takes back what the older decoder got wrong', async () => {
      const db = await freshDatabase()
      const { artifact } = await saved(db, 'a', [cbg(0, 999), smbg(0, 999), smbg(HOUR, 1)])
      const again = [cbg(0, 99), smbg(0, 99), smbg(HOUR, 1)]
      const { read } = await saved(db, 'a', again, { decoderVersion: 2 })
      expect(read.devices[0]?.tally).toEqual({ cbg: { found: 1, added: 1 }, smbg: { found: 2, added: 1 } })
      expect([...((await readGlucose(db, anyDay))[0]?.mgdl ?? [])]).toEqual([99])
      expect(await readRecords(db, ['smbg'], anyDay)).toMatchObject([{ value: 99 }, { value: 1 }])
      expect(await storeCounts(db)).toEqual({ artifacts: 1, records: 3 })
      expect((await readArtifact(db, artifact.row.id)).row.decoder.version).toBe(2)
    })

    it('asks nobody when nothing is missing', async () => {
      const db = await freshDatabase()
      const a = await saved(db, 'a', [smbg(0, 100)])
      await saved(db, 'b', [smbg(0, 100), smbg(HOUR, 2)])
      await replaceRecords(db, batchOf(a.artifact.row.id, [smbg(0, 100)], { decoderVersion: 2 }))
      expect((await allArtifacts(db)).filter(artifact => artifact.again)).toEqual([])
    })
  })

  describe('deleting', () => {
    it('a device takes its data, reads and bytes and nobody else’s', async () => {
      const db = await freshDatabase()
      await saved(db, 'meter', [smbg(0, 100), cbg(0, 1)])
      await saved(db, 'pump', [smbg(0, 101)], { device: pump })
      const seen = { hostMs: 1, deviceTime: after(0), zone: 'Europe/Berlin', offsetMinutes: 120 }
      await db.observations.bulkPut([meterKey, pumpKey].map(deviceKey => ({ deviceKey, ...seen })))
      await deleteDevice(db, meterKey)
      const only = await freshDatabase()
      const { read } = await saved(only, 'pump', [smbg(0, 101)], { device: pump })
      const [left] = await recentReads(db, 9)
      const expected = await dump(only)
      const observations = [{ deviceKey: pumpKey, ...seen }]
      expect({ ...(await dump(db)), reads: [] }).toEqual({ ...expected, observations, reads: [] })
      expect({ ...left, readId: '' }).toEqual({ ...read, readId: '' })
    })

    it('a device keeps a file that holds another’s data, and keeps its own out of it from then on', async () => {
      const db = await freshDatabase()
      const artifact = await keep(db, { text: 'both', kind: 'file' })
      const one = batchOf(artifact.row.id, [smbg(0, 100)], { kind: 'file' })
      const other = batchOf(artifact.row.id, [smbg(0, 101)], { kind: 'file', device: pump })
      const both = { ...one, sources: [...one.sources, ...other.sources] }
      await saveRead(db, artifact, both, readInfo({ how: 'file' }))
      await deleteDevice(db, meterKey)
      expect((await allArtifacts(db)).map(row => row.id)).toEqual([artifact.row.id])
      expect((await recentReads(db, 9))[0]?.deviceKeys).toEqual([pumpKey])
      await replaceRecords(db, { ...both, decoderVersion: 2 })
      expect((await allDevices(db)).map(device => device.deviceKey)).toEqual([pumpKey])
      expect(await storeCounts(db)).toEqual({ artifacts: 1, records: 1 })
      // Importing the file again is how a person takes it back.
      await saveRead(db, artifact, both, readInfo({ how: 'file' }))
      expect(await storeCounts(db)).toEqual({ artifacts: 1, records: 2 })
      expect((await allArtifacts(db))[0]?.forgotten).toEqual([])
    })

    it('everything leaves nothing', async () => {
      const db = await freshDatabase()
      await saved(db, 'a', [smbg(0, 100), cbg(0, 100)])
      await writePreferences(db, { profileName: 'Kim' })
      await removeEverything(db)
      expect(Object.values(await dump(db)).flat()).toEqual([])
    })
  })

  describe('preferences', () => {
    it('are the defaults at first and what was chosen afterwards', async () => {
      const db = await freshDatabase()
      expect(await readPreferences(db)).toEqual(defaultPreferences)
      const changed = await writePreferences(db, { glucoseUnits: 'mmol/L', clock: '12h' })
      expect(changed).toEqual({ ...defaultPreferences, glucoseUnits: 'mmol/L', clock: '12h' })
      expect(await readPreferences(db)).toEqual(changed)
    })

    it('fall back field by field when another version wrote nonsense', () => {
      const ranges = { id: 'custom', mgdl: { veryLow: 70, low: 54, high: 180, veryHigh: 250 }, mmol: {} }
      const kept = { profileName: 'Kim', clock: '48h', paper: 'Letter', ranges, later: true }
      expect(preferencesFrom(kept)).toEqual({ ...defaultPreferences, profileName: 'Kim', paper: 'Letter' })
      expect(preferencesFrom('what?')).toEqual(defaultPreferences)
    })

    it('refuse a change that makes no sense', async () => {
      const db = await freshDatabase()
      const mgdl = { veryLow: 54, low: 200, high: 180, veryHigh: 250 }
      const ranges = { ...defaultPreferences.ranges, id: 'custom', mgdl } as const
      await expect(writePreferences(db, { ranges })).rejects.toThrow(RangeError)
      expect(await readPreferences(db)).toEqual(defaultPreferences)
    })
  })

  describe('the draft of a read', () => {
    const draft: DraftRow = {
      readId: 'the read',
      deviceKey: meterKey,
      startedAt: 1_000,
      writtenAt: 3_500,
      driverId: 'contour',
      modelId: 'contour-next-link',
      modelName: 'Contour NEXT LINK',
      simulated: false,
      blob: new Blob(['what has arrived']),
    }

    it('is written over in place, and goes when its read is saved', async () => {
      const db = await freshDatabase()
      await putDraft(db, draft)
      await putDraft(db, { ...draft, writtenAt: 6_000, blob: new Blob(['what has arrived, and more']) })
      await putDraft(db, { ...draft, readId: 'another read' })
      expect((await dump(db)).drafts).toMatchObject([
        { readId: 'another read' },
        { readId: 'the read', writtenAt: 6_000, blob: 'what has arrived, and more' },
      ])
      const artifact = await keep(db)
      await saveRead(db, artifact, batchOf(artifact.row.id, [smbg(0, 100)]), readInfo({ readId: 'the read' }))
      expect((await dump(db)).drafts).toMatchObject([{ readId: 'another read' }])
    })

    it('stays when its read could not be saved', async () => {
      const db = await freshDatabase()
      await putDraft(db, draft)
      const artifact = await keep(db)
      const put = vi.spyOn(db.skipped, 'put').mockImplementation(() => {
        throw new DOMException('no room', 'QuotaExceededError')
      })
      const saving = saveRead(db, artifact, batchOf(artifact.row.id, [smbg(0, 100)]), readInfo({ readId: 'the read' }))
      expect(await saving.then(() => 'saved', codeOf)).toBe('storage-full')
      put.mockRestore()
      expect(await allDraftIds(db)).toEqual(['the read'])
    })

    it('goes with the data of its device and of nobody else', async () => {
      const db = await freshDatabase()
      await putDraft(db, draft)
      await deleteDevice(db, pumpKey)
      expect(await allDraftIds(db)).toEqual(['the read'])
      await deleteDevice(db, meterKey)
      expect(await allDraftIds(db)).toEqual([])
    })
  })

  describe('versions', () => {
    it('of a database begin with the first: what that one kept is there, and there is room for drafts', async () => {
      const name = freshName()
      const first = await openDatabase({ name, versions: versions.slice(0, 1) })
      await first.documents.put({ key: 'a', value: 1 })
      first.close()
      const db = await openDatabase({ name })
      expect(await db.documents.toArray()).toEqual([{ key: 'a', value: 1 }])
      expect(await db.drafts.count()).toBe(0)
    })

    const newestVersion = versions.at(-1)?.version ?? 0
    /** A later Basalt, as this one might see it. */
    const later: readonly SchemaVersion[] = [
      ...versions,
      {
        version: newestVersion + 1,
        stores: { devices: 'deviceKey, *tags' },
        upgrade: transaction =>
          transaction
            .table('devices')
            .toCollection()
            .modify(device => {
              device.tags = ['upgraded']
            }),
      },
    ]

    it('brings an older database into the newer shape and loses nothing', async () => {
      const name = freshName()
      const old = await openDatabase({ name })
      await saved(old, 'a', [smbg(0, 100), cbg(0, 100)])
      const before = await dump(old)
      old.close()
      const upgraded = await openDatabase({ name, versions: later })
      const after = await dump(upgraded)
      expect(after.devices).toMatchObject([{ deviceKey: meterKey, tags: ['upgraded'] }])
      expect({ ...after, devices: [] }).toEqual({ ...before, devices: [] })
      upgraded.close()
    })

    it('leaves the old shape alone when the upgrade fails', async () => {
      const name = freshName()
      const old = await openDatabase({ name })
      await saved(old, 'a', [smbg(0, 100)])
      const before = await dump(old)
      old.close()
      const failing = later.map(version =>
        version.upgrade
          ? {
              ...version,
              upgrade: () => {
                throw new TypeError('in the middle of the upgrade')
              },
            }
          : version,
      )
      expect(await openDatabase({ name, versions: failing }).catch(codeOf)).toBe('storage-unavailable')
      const again = await openDatabase({ name })
      expect(await dump(again)).toEqual(before)
    })

    it('touches nothing that a newer Basalt wrote', async () => {
      const name = freshName()
      // It has given up a table that this version would miss, and Dexie by itself would put back.
      const newest = [...later, { version: newestVersion + 2, stores: { skipped: null } }]
      const newer = await openDatabase({ name, versions: newest })
      await newer.table('devices').put({ deviceKey: meterKey, tags: ['newer'] })
      const before = await dump(newer)
      newer.close()
      expect(await openDatabase({ name }).catch(codeOf)).toBe('storage-newer')
      const again = await openDatabase({ name, versions: newest })
      expect(await dump(again)).toEqual(before)
      expect(again.backendDB().version).toBe((newestVersion + 2) * 10)
    })

    it('gives way to a newer Basalt in another tab and says so', async () => {
      const name = freshName()
      const troubles: string[] = []
      const connection = createConnection({ name, onTrouble: trouble => troubles.push(trouble.code) })
      await connection.open()
      const newer = await openDatabase({ name, versions: later })
      expect(troubles).toEqual(['storage-newer'])
      expect(await connection.current().catch(codeOf)).toBe('storage-newer')
      expect(await connection.open().catch(codeOf)).toBe('storage-newer')
      newer.close()
    })

    it('says that an old tab is in the way, and goes on when it is gone', async () => {
      const name = freshName()
      const stubborn = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name, 1)
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
      const troubles: string[] = []
      const connection = createConnection({ name, onTrouble: trouble => troubles.push(trouble.code) })
      // Everybody who waits is told, not only the last who asked.
      const waiting = await Promise.all([connection.open(), connection.current(), connection.open()].map(caught))
      expect(waiting).toEqual(['storage-blocked', 'storage-blocked', 'storage-blocked'])
      expect(await connection.open().catch(codeOf)).toBe('storage-blocked')
      expect(troubles).toEqual(['storage-blocked'])
      stubborn.close()
      const opened = await waitFor(() => connection.open())
      expect(await storeCounts(opened)).toEqual({ artifacts: 0, records: 0 })
    })
  })

  describe('a database that vanishes', () => {
    it('is reported, is not shown as empty, and is made anew only when asked', async () => {
      const name = freshName()
      const troubles: string[] = []
      const connection = createConnection({ name, onTrouble: trouble => troubles.push(trouble.code) })
      const db = await connection.open()
      await saved(db, 'a', [smbg(0, 100)])
      await new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase(name)
        request.onsuccess = () => resolve()
        request.onerror = () => reject(request.error)
      })
      expect(troubles).toEqual(['storage-gone'])
      expect(await connection.current().catch(codeOf)).toBe('storage-gone')
      expect(await storeCounts(db).catch(codeOf)).toBe('storage-gone')
      expect(await saved(db, 'b', [smbg(0, 100)]).catch(codeOf)).toBe('storage-gone')
      expect((await indexedDB.databases()).some(database => database.name === name)).toBe(false)
      expect(await storeCounts(await connection.open())).toEqual({ artifacts: 0, records: 0 })
      expect(await storeCounts(await connection.current())).toEqual({ artifacts: 0, records: 0 })
    })
  })

  describe('a connection that the browser ends', () => {
    it('is reported as gone, and opens again on request with everything in it', async () => {
      const troubles: string[] = []
      const connection = createConnection({ name: freshName(), onTrouble: trouble => troubles.push(trouble.code) })
      const db = await connection.open()
      await saved(db, 'a', [smbg(0, 100)])
      // As when the person clears the site's data; no script can make the browser do it.
      db.backendDB().onclose?.(new Event('close'))
      expect(troubles).toEqual(['storage-gone'])
      expect(await connection.current().catch(codeOf)).toBe('storage-gone')
      expect(await storeCounts(await connection.open())).toEqual({ artifacts: 1, records: 1 })
    })
  })

  describe('changes', () => {
    it('reach every subscriber until it ends', async () => {
      const heard: string[] = []
      const end = onChanges(change => heard.push(change))
      announce('saved')
      await waitFor(async () => {
        if (heard.length < 1) throw new Error('not yet')
      })
      end()
      announce('changed')
      await new Promise(resolve => setTimeout(resolve, 0))
      expect(heard).toEqual(['saved'])
    })
  })
}

/** Tries until it succeeds; each try waits for the browser's own next turn. */
export async function waitFor<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries > 500) throw error
      await new Promise(resolve => setTimeout(resolve, 1))
    }
  }
}
