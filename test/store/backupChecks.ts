/** What a backup must hold, in whatever IndexedDB. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dropUnusedArtifact } from '#store/artifacts.ts'
import { backup, restore } from '#store/backup.ts'
import { readBackup, writeBackup } from '#store/backupFormat.ts'
import type { Database } from '#store/db.ts'
import { StoreError } from '#store/errors.ts'
import { deleteDevice } from '#store/forget.ts'
import { writePreferences } from '#store/preferences.ts'
import { storeCounts } from '#store/read.ts'
import { saveRead } from '#store/save.ts'
import { deviceKeyOf } from '#records/identity.ts'
import {
  after,
  batchOf,
  cbg,
  DAY,
  freshDatabase,
  keep,
  meter,
  minutes,
  pump,
  readInfo,
  saved,
  smbg,
} from './records.ts'
import { dump } from './storeChecks.ts'

const HOUR = minutes(60)
const codeOf = (error: unknown) => (error instanceof StoreError ? error.code : String(error))

/** One of everything that a row can hold. */
async function filled(): Promise<Database> {
  const db = await freshDatabase()
  await saved(db, 'one', [
    cbg(0, 104, { isigNa: 23.45, backfilled: true }),
    cbg(0, 104),
    cbg(minutes(5), 22.2, { units: 'mmol/L', outOfRange: 'high', seq: 7 }),
    cbg(25 * HOUR, 40, { outOfRange: 'low', raw: { page: 70_000, offset: 4_000_000_000, length: 12 } }),
    smbg(0, 100, { meal: 'before', marks: ['sick'], supporting: [{ page: 1, offset: 2, length: 3 }] }),
    cbg(0, Number.NaN),
  ])
  await saved(db, 'zwei: äöü', [smbg(HOUR, 7.9, { units: 'mmol/L' })], { device: pump, kind: 'file', at: 2_000 })
  const artifact = await keep(db, { text: 'three' })
  const clock = {
    hostMs: 5_000,
    deviceTime: after(0),
    zone: 'Europe/Berlin',
    offsetMinutes: 120,
    differenceMs: -90_000,
  }
  const endedBy = { code: 'unplugged', step: 'reading result 3 of 9' }
  await saveRead(db, artifact, batchOf(artifact.row.id, [smbg(2 * HOUR, 1)]), readInfo({ clock, endedBy, at: 3_000 }))
  await keep(db, { text: 'kept but never decoded' })
  await writePreferences(db, { profileName: 'Kim Ångström', glucoseUnits: 'mmol/L' })
  return db
}

async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer())
}

/** Where a text stands; a test that fails when it is not there. */
function indexOf(bytes: Uint8Array, text: string): number {
  const at = new TextDecoder('latin1').decode(bytes).indexOf(text)
  if (at < 0) throw new Error(`no ${text} here`)
  return at
}

/** A backup file whose unpacked bytes were changed by someone. */
async function repacked(file: Blob, change: (body: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>): Promise<Blob> {
  const header = 'basalt-backup 1\n'
  const body = await new Response(
    file.slice(header.length).stream().pipeThrough(new DecompressionStream('gzip')),
  ).bytes()
  const packed = new Blob([change(new Uint8Array(body))]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Blob([header, await new Response(packed).blob()])
}

export function backupChecks(): void {
  describe('a backup', () => {
    it('restores every record, byte, read, device and preference into an empty store', async () => {
      const db = await filled()
      const empty = await freshDatabase()
      const restored = await restore(empty, await backup(db))
      expect(restored).toEqual({ artifacts: 4, records: 7 })
      expect(await dump(empty)).toEqual(await dump(db))
    })

    it('of an empty store restores to an empty store', async () => {
      const [db, empty] = [await freshDatabase(), await freshDatabase()]
      expect(await restore(empty, await backup(db))).toEqual({ artifacts: 0, records: 0 })
      expect(Object.values(await dump(empty)).flat()).toEqual([])
    })

    it('changes nothing where everything is there already', async () => {
      const db = await filled()
      const before = await dump(db)
      expect(await restore(db, await backup(db))).toEqual({ artifacts: 0, records: 0 })
      expect(await dump(db)).toEqual(before)
    })

    it('adds to what is there and takes nothing away', async () => {
      const [old, now] = [await freshDatabase(), await freshDatabase()]
      await saved(old, 'old', [smbg(0, 100), cbg(0, 90), cbg(minutes(5), 91)])
      await writePreferences(old, { profileName: 'then' })
      await saved(now, 'now', [smbg(HOUR, 101), cbg(minutes(5), 91), cbg(minutes(10), 92)], { at: 9_000 })
      await writePreferences(now, { profileName: 'now' })
      const expected = await freshDatabase()
      await saved(expected, 'now', [smbg(HOUR, 101), cbg(minutes(5), 91), cbg(minutes(10), 92)], { at: 9_000 })
      await saved(expected, 'old', [smbg(0, 100), cbg(0, 90), cbg(minutes(5), 91)])
      expect(await restore(now, await backup(old))).toEqual({ artifacts: 1, records: 2 })
      const [merged, wanted] = [await dump(now), await dump(expected)]
      expect(merged.chunks).toEqual(wanted.chunks)
      expect(merged.artifacts).toEqual(wanted.artifacts)
      expect(merged.devices).toEqual(wanted.devices)
      expect(merged.reads).toHaveLength(2)
      expect(merged.documents).toMatchObject([{ value: { profileName: 'now' } }])
    })

    it('brings a deleted device back', async () => {
      const db = await filled()
      const before = await dump(db)
      const file = await backup(db)
      await deleteDevice(db, deviceKeyOf(meter))
      await restore(db, file)
      const { chunks, artifacts, artifactBytes, devices } = await dump(db)
      expect({ chunks, artifacts, artifactBytes, devices }).toEqual({
        chunks: before.chunks,
        artifacts: before.artifacts,
        artifactBytes: before.artifactBytes,
        devices: before.devices,
      })
    })

    it('of files that shrink to almost nothing can be restored', async () => {
      const db = await freshDatabase()
      // As spreadsheet programs write a hundred thousand empty rows behind the last one that holds something.
      await saved(db, `one row\n${`${';'.repeat(50)}\r\n`.repeat(100_000)}`, [smbg(0, 100)], { kind: 'file' })
      const empty = await freshDatabase()
      expect(await restore(empty, await backup(db))).toEqual({ artifacts: 1, records: 1 })
    })

    it('keeps the bytes of an artifact that another tab was still importing', async () => {
      const [old, now] = [await freshDatabase(), await freshDatabase()]
      await saved(old, 'shared', [smbg(0, 100)])
      const importing = await keep(now, { text: 'shared' })
      await restore(now, await backup(old))
      // The import is cancelled: nothing of it had been saved here, but the backup's records need the bytes.
      await dropUnusedArtifact(now, importing.row.id)
      expect(await dump(now)).toEqual(await dump(old))
    })

    it('holds any multiset of glucose values to the bit', async () => {
      const value = fc.tuple(fc.nat(20_000), fc.integer({ min: 20, max: 600 }), fc.boolean())
      await fc.assert(
        fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 50 }), async values => {
          const [db, empty] = [await freshDatabase(), await freshDatabase()]
          await saved(
            db,
            'any',
            values.map(([minute, steps, mmol]) =>
              cbg(minutes(minute), mmol ? steps / 10 : steps, { units: mmol ? 'mmol/L' : 'mg/dL' }),
            ),
          )
          await restore(empty, await backup(db))
          expect(await dump(empty)).toEqual(await dump(db))
          await db.delete()
          await empty.delete()
        }),
        { numRuns: 20 },
      )
    })
  })

  describe('a backup file that is not whole', () => {
    /** Everything that went wrong must have left the store as it was. */
    async function refused(file: Blob): Promise<string> {
      const db = await freshDatabase()
      await saved(db, 'mine', [smbg(0, 1)])
      const before = await dump(db)
      const code = await restore(db, file).then(() => 'restored', codeOf)
      expect(await dump(db)).toEqual(before)
      await db.delete()
      return code
    }

    it('is refused when cut at any of many places', async () => {
      const file = await backup(await filled())
      for (let cut = 0; cut < file.size; cut += Math.ceil(file.size / 40)) {
        expect(await refused(file.slice(0, cut))).toBe('backup-unreadable')
      }
      expect(await refused(file.slice(0, file.size - 1))).toBe('backup-unreadable')
    })

    it('is refused when any of many bytes was changed', async () => {
      const bytes = await bytesOf(await backup(await filled()))
      const start = 'basalt-backup 1\n'.length
      // Bytes 4 to 9 of a gzip header are a time and a system, which mean nothing.
      for (let at = start + 10; at < bytes.length; at += Math.ceil(bytes.length / 40)) {
        const garbled = new Blob([bytes.with(at, (bytes[at] ?? 0) ^ 0x55)])
        expect(await refused(garbled)).toBe('backup-unreadable')
      }
    })

    it('is refused when somebody changed what it says and packed it again', async () => {
      const file = await backup(await filled())
      const flipped = await repacked(file, body => body.with(100, (body[100] ?? 0) ^ 1))
      expect(await refused(flipped)).toBe('backup-unreadable')
      // A letter of a name: only the checksum can tell.
      const renamed = await repacked(file, body => body.with(indexOf(body, 'Kim'), 0x4a))
      expect(await refused(renamed)).toBe('backup-unreadable')
      const longer = await repacked(file, body => new Uint8Array([...body, 0]))
      expect(await refused(longer)).toBe('backup-unreadable')
      const cut = await repacked(file, body => body.slice(0, -44))
      expect(await refused(cut)).toBe('backup-unreadable')
    })

    it('is refused when it is anything else', async () => {
      expect(await refused(new Blob([]))).toBe('backup-unreadable')
      expect(await refused(new Blob(['a picture of a cat']))).toBe('backup-unreadable')
      expect(await refused(new Blob(['basalt-backup 1\nno gzip']))).toBe('backup-unreadable')
      expect(await refused(new Blob([new Uint8Array(100_000)]))).toBe('backup-unreadable')
    })

    it('is refused as newer when a later Basalt wrote it', async () => {
      expect(await refused(new Blob(['basalt-backup 2\n', 'whatever it looks like then']))).toBe('storage-newer')
    })

    it('is refused when its checksum is right and its rows are not', async () => {
      const source = `${deviceKeyOf(pump)}:read`
      const artifactId = 'a'.repeat(64)
      const fact = (id: string, deviceTime: number, more: object = {}) => ({
        ...smbg(0, 100),
        id: id.repeat(32),
        artifactId,
        decoderVersion: 1,
        deviceTime,
        ...more,
      })
      const facts = (...records: object[]) => ({ table: 'facts', row: { source, kind: 'smbg', day: DAY, records } })
      const device = {
        table: 'device',
        row: {
          deviceKey: deviceKeyOf(pump),
          device: pump,
          simulated: false,
          lastReadAt: 1,
          lastReadHow: 'device',
          sources: {},
        },
      }
      const changed = (more: object) => ({ ...device, row: { ...device.row, ...more } })
      const read = (more: object) => ({
        table: 'read',
        row: {
          ...{ readId: 'r', how: 'device', at: 1, title: 't', artifactId, known: false, result: 'complete' },
          ...{ devices: [], deviceKeys: [], skippedCount: 0, skipped: [], warnings: [], durationMs: 1 },
          ...more,
        },
      })
      const written = async (...heads: Record<string, unknown>[]) =>
        writeBackup(
          (async function* () {
            for (const head of heads) yield { head, body: new Blob([]) }
          })(),
        )
      const good = facts(fact('a', after(0)), fact('b', after(0)), fact('a', after(1)))
      good.row.records.pop()
      await restore(await freshDatabase(), await written(device, good, read({})))
      const tally = (kind: unknown) => [{ deviceKey: deviceKeyOf(pump), device: pump, tally: { smbg: kind } }]
      const bad: readonly Record<string, unknown>[][] = [
        [{ table: '__proto__', row: {} }],
        [{ table: 'constructor', row: {} }],
        [{ table: 'toString', row: {} }],
        // Nobody could delete it, as no device stands for it.
        [good],
        // The same day twice: which one counts?
        [device, good, good],
        // The same record twice, and records in disorder.
        [device, facts(fact('a', after(0)), fact('a', after(0)))],
        [device, facts(fact('a', after(0)), fact('a', after(1)))],
        [device, facts(fact('a', after(1)), fact('b', after(0)))],
        [device, facts()],
        [changed({ sources: { [source]: { counts: { smbg: 'many' } } } })],
        [changed({ sources: { [source]: { counts: {}, newest: 'soon' } } })],
        [changed({ clockDifferenceMs: 'late' })],
        [changed({ modelId: 7 })],
        [read({ devices: tally(null) })],
        [read({ devices: tally({ found: 1 }) })],
        [read({ devices: [{ deviceKey: deviceKeyOf(pump), device: pump, tally: {}, from: {} }] })],
        [read({ endedBy: 'nobody' })],
        [read({ clockDifferenceMs: [] })],
      ]
      for (const heads of bad)
        expect([heads, await refused(await written(...heads))]).toEqual([heads, 'backup-unreadable'])
    })

    it('is refused when it unpacks to far more than it can hold', async () => {
      // A first head of two bytes, {}, and a body of 300 MB of zeros, 0x11E1A300 bytes.
      const start = new Uint8Array([2, 0, 0, 0, 0x00, 0xa3, 0xe1, 0x11, 0x7b, 0x7d])
      const megabyte = new Blob([new Uint8Array(1e6)])
      const unpacked = new Blob([start, ...Array.from({ length: 300 }, () => megabyte)])
      const zeros = unpacked.stream().pipeThrough(new CompressionStream('gzip'))
      const bomb = new Blob(['basalt-backup 1\n', await new Response(zeros).blob()])
      expect(await refused(bomb)).toBe('backup-unreadable')
      await expect(readBackup(bomb).next()).rejects.toThrow('unpacks to far more than it can hold')
    })

    it('leaves nothing half-restored when the disk is full', async () => {
      const file = await backup(await filled())
      const db = await freshDatabase()
      await saved(db, 'mine', [smbg(0, 1)])
      const before = await dump(db)
      db.documents.hook('creating', () => {
        throw new DOMException('no room', 'QuotaExceededError')
      })
      expect(await restore(db, file).catch(codeOf)).toBe('storage-full')
      expect(await dump(db)).toEqual(before)
      expect(await storeCounts(db)).toEqual({ artifacts: 1, records: 1 })
    })
  })
}
