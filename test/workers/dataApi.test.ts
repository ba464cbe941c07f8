import 'fake-indexeddb/auto'
import { readFile } from 'node:fs/promises'
import { describe, expect, it, vi } from 'vitest'
import { defaultPreferences, rangeSets } from '#records/preferences.ts'
import { rangeNames } from '#reports/models.ts'
import { MAX_FILE_BYTES } from '#workers/importFile.ts'
import type { ImportProgress } from '#workers/api.ts'
import { captures } from '../helpers/captures.ts'
import { dump, waitFor } from '../store/storeChecks.ts'
import { type App, codeOf, createApp, TODAY, valueOf } from './fixtures.ts'

const silent = () => {}
const folder = captures('carelink-csv')

const csv = (text: string, name = 'export.csv') => new File([text], name, { type: 'text/csv' })

/** A CareLink export of one pump with a sensor: the shape of the carelink-export sheet §3, three rows. */
const small = [
  'Last Name;First Name;Patient ID;System ID;Start Date;End Date;Device;MiniMed 780G MMT-1886;Hardware Version;A1.01',
  '"";"";"";"";06/05/2024 00:00:00;06/05/2024 23:59:59;Serial Number;NG1000003H;Software Version;6.21U',
  '-------;MiniMed 780G MMT-1886;Sensor;NG1000003H;',
  'Index;Date;Time;Sensor Glucose (mg/dL);ISIG Value',
  '1,00000;2024/05/05;10:10:00;69;14,64',
  '2,00000;2024/05/05;10:05:00;70;',
  '3,00000;2024/05/05;10:00:00;181;12,5',
].join('\r\n')

const importOne = async (app: App, file: File) => {
  const [outcome] = await app.data.importFiles([file], silent)
  if (!outcome) throw new Error('one outcome per file')
  return outcome
}

const everything = async (app: App) => dump(await app.db())

describe('importing files', () => {
  it('keeps the bytes, saves what is in them, and finds nothing new the second time', async () => {
    const app = createApp()
    const first = valueOf(await importOne(app, csv(small)))
    expect(first).toMatchObject({ how: 'file', title: 'export.csv', result: 'complete', known: false })
    expect(first.devices[0]?.tally).toEqual({ cbg: { found: 3, added: 3 } })
    const kept = await everything(app)
    expect(kept.artifactBytes).toMatchObject([{ id: first.artifactId, blob: small }])
    const second = valueOf(await importOne(app, csv(small, 'the same again.csv')))
    expect(second).toMatchObject({ known: true, artifactId: first.artifactId })
    expect(second.devices[0]?.tally).toEqual({ cbg: { found: 3, added: 0 } })
    expect((await everything(app)).chunks).toEqual(kept.chunks)
  })

  it('shows each value with the line and the bytes it came from', async () => {
    const app = createApp()
    await importOne(app, csv(small))
    const period = { firstDay: TODAY - 1, lastDay: TODAY - 1 }
    const { total, rows } = valueOf(
      await app.data.evidence({ kinds: ['cbg'], period, range: 'low', offset: 0, limit: 10 }),
    )
    expect(total).toBe(1)
    expect(rows[0]).toMatchObject({
      type: 'cbg',
      deviceName: 'MiniMed 780G MMT-1886',
      deviceTime: Date.UTC(2024, 4, 5, 10, 10),
      fields: { value: 69, units: 'mg/dL', isigNa: 14.64 },
    })
    const [row] = rows
    if (!row) throw new Error('one row')
    const raw = valueOf(await app.data.raw(row))
    expect(new TextDecoder().decode(raw.bytes).trim()).toBe('1,00000;2024/05/05;10:10:00;69;14,64')
    expect(raw).toMatchObject({ line: 5, artifactName: 'export.csv' })
  })

  it.each([
    ['nothing at all', csv(''), 'empty-file'],
    ['a ZIP archive', new File(['PK\u0003\u0004…'], 'export.zip'), 'unknown-file'],
    ['zero bytes', new File([new Uint8Array(5000)], 'firmware.bin'), 'binary-file'],
    ['zero bytes called .csv', new File([new Uint8Array(5000)], 'export.csv'), 'binary-file'],
    ['text of something else', csv('Dear diary,\ntoday was fine.', 'diary.txt'), 'unknown-file'],
    ['a header without rows', csv(small.split('\r\n').slice(0, 4).join('\r\n')), 'nothing-readable'],
  ])('refuses %s with the reason and leaves nothing behind', async (_, file, code) => {
    const app = createApp()
    expect(codeOf(await importOne(app, file))).toBe(code)
    expect(Object.values(await everything(app)).flat()).toEqual([])
  })

  it('refuses a file larger than any export without reading it', async () => {
    const app = createApp()
    const huge = csv(small)
    Object.defineProperty(huge, 'size', { value: MAX_FILE_BYTES + 1 })
    expect(codeOf(await importOne(app, huge))).toBe('too-large')
  })

  it('says that a file could not be read when it was moved away meanwhile', async () => {
    const app = createApp()
    const moved = csv(small)
    moved.stream = () => {
      throw new DOMException('gone', 'NotFoundError')
    }
    expect(codeOf(await importOne(app, moved))).toBe('file-unreadable')
    expect(Object.values(await everything(app)).flat()).toEqual([])
  })

  it('goes on with the next file after a bad one', async () => {
    const app = createApp()
    const outcomes = await app.data.importFiles([csv('', 'empty.csv'), csv(small), csv('?', 'what.csv')], silent)
    expect(outcomes.map(codeOf)).toEqual(['empty-file', 'ok', 'unknown-file'])
  })

  it('stops when cancelled and leaves nothing of that file behind', async () => {
    const app = createApp()
    const heard: ImportProgress[] = []
    const outcomes = await app.data.importFiles(
      [csv(small, 'first.csv'), csv(`${small}\r\n`, 'second.csv')],
      progress => {
        heard.push(progress)
        if (progress.fileIndex === 1) void app.data.cancelImport()
      },
    )
    expect(outcomes.map(codeOf)).toEqual(['ok', 'cancelled'])
    expect((await everything(app)).artifacts).toMatchObject([{ name: 'first.csv' }])
    expect(heard[0]).toMatchObject({ fileIndex: 0, fileCount: 2, fileName: 'first.csv', bytesTotal: small.length })
    expect(codeOf(await importOne(app, csv(small)))).toBe('ok')
  })

  it('stops every import that runs when cancelled, also the one begun later', async () => {
    const app = createApp()
    const first = importOne(app, csv(small))
    const second = app.data.importFiles([csv(`${small}\r\n`), csv(`${small}\r\n\r\n`)], ({ fileIndex }) => {
      if (fileIndex === 1) void app.data.cancelImport()
    })
    expect(codeOf(await first)).toBe('ok')
    expect((await second).map(codeOf)).toEqual(['ok', 'cancelled'])
  })

  it('says so when the disk is full, and keeps neither bytes nor records', async () => {
    const app = createApp()
    const db = await app.db()
    const before = await everything(app)
    const put = IDBObjectStore.prototype.put
    // The bytes still fit; the records do not.
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...row) {
      if (this.name === 'reads') throw new DOMException('no room', 'QuotaExceededError')
      return put.apply(this, row)
    })
    try {
      expect(codeOf(await importOne(app, csv(small)))).toBe('storage-full')
    } finally {
      vi.restoreAllMocks()
    }
    expect(await dump(db)).toEqual(before)
  })

  it('adds each record once when two tabs import the same file at once', async () => {
    const app = createApp()
    const outcomes = await Promise.all([importOne(app, csv(small)), importOne(app.another(), csv(small))])
    const added = outcomes.map(outcome => valueOf(outcome).devices[0]?.tally.cbg?.added ?? 0).sort((a, b) => a - b)
    expect(added).toEqual([0, 3])
    expect(valueOf(await app.data.storage())).toMatchObject({ artifactCount: 1, recordCount: 3 })
  })
})

describe.skipIf(!folder)('CareLink captures (skipped without the captures folder)', () => {
  const capture = async (name: string) => new File([await readFile(`${folder}/${name}`)], name)

  it('gives the same store from two overlapping weeks in either order, each value once', async () => {
    const names = ['v3-mgdl-780g-2025-11-04.csv', 'v3-mgdl-780g-2025-11-06.csv']
    const [one, other] = [createApp(), createApp()]
    const reports = []
    for (const name of names) reports.push(valueOf(await importOne(one, await capture(name))))
    for (const name of names.toReversed()) valueOf(await importOne(other, await capture(name)))
    const [first, second] = [await everything(one), await everything(other)]
    expect(second.chunks).toEqual(first.chunks)
    expect(second.artifactBytes).toEqual(first.artifactBytes)
    const { found = 0, added = 0 } = reports[1]?.devices[0]?.tally.cbg ?? {}
    expect(found).toBeGreaterThan(added)
    expect(added).toBeGreaterThan(0)
  })

  it('decodes every capture again to the same ids and contents', async () => {
    const app = createApp()
    for (const name of ['v3-mgdl-780g-2025-11-04.csv', 'v3-mgdl-780g-2025-11-06.csv', 'raw-us-revel723-2013.csv']) {
      valueOf(await importOne(app, await capture(name)))
    }
    const before = await everything(app)
    await pretendOlderDecoder(app)
    expect(valueOf(await app.data.redecode())).toEqual({ artifacts: 3 })
    expect(await everything(app)).toEqual(before)
    expect(valueOf(await app.data.redecode())).toEqual({ artifacts: 0 })
  })
})

/** As if every artifact had been decoded by the version before. Decoders' versions begin at 1; 0 is "never". */
async function pretendOlderDecoder(app: App): Promise<void> {
  const db = await app.db()
  await db.artifacts.toCollection().modify(row => {
    Object.assign(row, { decoder: { ...row.decoder, version: 0.5 } })
  })
}

describe('decoding again', () => {
  it('replaces what an older decoder got wrong', async () => {
    const app = createApp()
    await importOne(app, csv(small))
    const right = await everything(app)
    const db = await app.db()
    await pretendOlderDecoder(app)
    await db.chunks.toCollection().modify(chunk => {
      if (chunk.kind === 'cbg') chunk.steps[0] = 999
    })
    expect(valueOf(await app.data.redecode())).toEqual({ artifacts: 1 })
    expect(await everything(app)).toEqual(right)
  })

  it('finishes a read whose tab died between keeping and saving', async () => {
    const whole = createApp()
    const [choice] = valueOf(await whole.device.scenarios())
    if (!choice) throw new Error('no simulated device')
    await whole.device.read({ transport: 'simulated', ...choice }, silent)
    const [artifact] = await (await whole.db()).artifacts.toArray()
    const [bytes] = await (await whole.db()).artifactBytes.toArray()
    if (!artifact || !bytes) throw new Error('one artifact')
    const app = createApp()
    const db = await app.db()
    await db.artifacts.put({ ...artifact, decoder: { ...artifact.decoder, version: 0 }, sources: [] })
    await db.artifactBytes.put(bytes)
    valueOf(await app.data.open())
    await waitFor(async () => {
      if (valueOf(await app.data.home()).empty) throw new Error('not yet')
    })
    expect((await everything(app)).chunks).toEqual((await everything(whole)).chunks)
    expect(valueOf(await app.data.home()).activity).toMatchObject([{ how: 'simulated', result: 'complete' }])
  })

  it('is not stopped by an artifact whose bytes are gone', async () => {
    const app = createApp()
    const files = [csv(small), csv(`${small}\r\n`), csv(`${small}\r\n\r\n`)]
    const [first] = (await app.data.importFiles(files, silent)).map(valueOf)
    const db = await app.db()
    await pretendOlderDecoder(app)
    await db.artifactBytes.delete(first?.artifactId ?? '')
    expect(valueOf(await app.data.redecode())).toEqual({ artifacts: 2 })
  })

  it('follows a restore, as the backup may be an older Basalt’s', async () => {
    const app = createApp()
    await importOne(app, csv(small))
    const right = await everything(app)
    const db = await app.db()
    await db.artifacts.toCollection().modify({ again: true })
    await db.chunks.toCollection().modify(chunk => {
      if (chunk.kind === 'cbg') chunk.steps[0] = 999
    })
    const file = new File([valueOf(await app.data.backup())], 'older.basalt')
    valueOf(await app.data.removeEverything())
    valueOf(await app.data.restore(file))
    await waitFor(async () => expect((await everything(app)).artifacts).toEqual(right.artifacts))
    expect((await everything(app)).chunks).toEqual(right.chunks)
  })

  it('leaves alone what it does not know, such as a newer Basalt’s driver', async () => {
    const app = createApp()
    await importOne(app, csv(small))
    const db = await app.db()
    await db.artifacts.toCollection().modify(row => {
      Object.assign(row, { decoder: { id: 'of-the-future', version: 7 } })
    })
    const before = await everything(app)
    expect(valueOf(await app.data.redecode())).toEqual({ artifacts: 0 })
    expect(await everything(app)).toEqual(before)
  })
})

describe('pages', () => {
  it('show sample data, and the records behind each number are as many as the number says', async () => {
    const app = createApp()
    expect(valueOf(await app.data.open())).toEqual({ empty: true })
    expect(valueOf(await app.data.lastDayWithData())).toBeUndefined()
    const report = valueOf(await app.data.importSample())
    expect(report.skippedCount).toBe(0)
    const lastDay = valueOf(await app.data.lastDayWithData())
    expect(lastDay).toBe(TODAY - 1)
    if (lastDay === undefined) throw new Error('a last day')

    const home = valueOf(await app.data.home())
    expect(home.empty).toBe(false)
    expect(home.devices.filter(device => !device.simulated)).toEqual([])
    expect(home.devices.length).toBeGreaterThan(0)
    expect(home.strip).toHaveLength(14)
    expect(home.strip.at(-1)?.sensorCount).toBeGreaterThan(100)

    const period = { firstDay: lastDay - 13, lastDay }
    const model = valueOf(await app.data.report('overview', { period }))
    expect(model.days).toHaveLength(14)
    for (const range of rangeNames) {
      const query = { period, range, offset: 0, limit: 5 }
      const cbg = valueOf(await app.data.evidence({ ...query, kinds: ['cbg'] }))
      expect(cbg.total).toBe(model.sensor?.ranges[range].count)
      const smbg = valueOf(await app.data.evidence({ ...query, kinds: ['smbg'] }))
      expect(smbg.total).toBe(model.meter?.ranges[range].count)
      expect(cbg.rows.length).toBe(Math.min(5, cbg.total))
    }

    const day = valueOf(await app.data.report('daily', { period: { firstDay: lastDay, lastDay } }))
    expect(day).toMatchObject({ day: lastDay, previousDay: lastDay - 1 })
    expect(day.nextDay).toBeUndefined()
    expect(day.glucose.time.length).toBe(home.strip.at(-1)?.sensorCount)
    expect(day.boluses.length).toBeGreaterThan(0)
  })

  it('give the same after backup, removing everything, and restoring', async () => {
    const app = createApp()
    await app.data.importSample()
    await app.data.setPreferences({
      profileName: 'Kim',
      glucoseUnits: 'mmol/L',
      ranges: rangeSets.gestational,
      rangeColors: 'clinical',
    })
    const before = await everything(app)
    const home = valueOf(await app.data.home())
    const file = new File([valueOf(await app.data.backup())], 'basalt-backup-2024-05-06.basalt')
    valueOf(await app.data.removeEverything())
    expect(valueOf(await app.data.home())).toEqual({ empty: true, devices: [], activity: [], strip: [] })
    expect(valueOf(await app.data.preferences())).toEqual(defaultPreferences)
    const restored = valueOf(await app.data.restore(file))
    expect(restored.artifacts).toBe(1)
    expect(restored.records).toBe(valueOf(await app.data.storage()).recordCount)
    expect(await everything(app)).toEqual(before)
    expect(valueOf(await app.data.home())).toEqual(home)
  })

  it('refuse a period that is none', async () => {
    const app = createApp()
    const wrong = [
      { firstDay: 5, lastDay: 4 },
      { firstDay: 0, lastDay: 1e6 },
      { firstDay: Number.NaN, lastDay: 4 },
      { firstDay: 4, lastDay: Number.NaN },
      { firstDay: 4, lastDay: 4.5 },
      // Beyond what a calendar can name.
      { firstDay: 1e12, lastDay: 1e12 },
      { firstDay: -1e12, lastDay: -1e12 },
    ]
    for (const period of wrong) expect(codeOf(await app.data.report('overview', { period }))).toBe('bug')
  })

  it('give no more records at once than a screen shows, whatever is asked for', async () => {
    const app = createApp()
    await importOne(app, csv(small))
    const period = { firstDay: TODAY - 1, lastDay: TODAY - 1 }
    const ask = async (offset: number, limit: number) => {
      const { total, rows } = valueOf(await app.data.evidence({ kinds: ['cbg'], period, offset, limit }))
      return [total, rows.length]
    }
    expect(await ask(-5, 2)).toEqual([3, 2])
    expect(await ask(0, -1)).toEqual([3, 0])
    expect(await ask(1e12, 10)).toEqual([3, 0])
    expect(await ask(2, Number.POSITIVE_INFINITY)).toEqual([3, 1])
  })

  it('tell when a meter’s memory will be full', async () => {
    const app = createApp()
    const [choice] = valueOf(await app.device.scenarios())
    if (!choice) throw new Error('no simulated device')
    await app.device.read({ transport: 'simulated', ...choice }, silent)
    const [card] = valueOf(await app.data.devices())
    // A thousand results at about five a day.
    expect(card?.daysUntilFull).toBeGreaterThan(120)
    expect(card?.daysUntilFull).toBeLessThan(300)
  })
})

describe('what happens elsewhere', () => {
  it('is told to every tab after each change', async () => {
    const app = createApp()
    const heard = vi.fn<() => void>()
    await app.another().data.onChange(heard)
    await importOne(app, csv(small))
    await waitFor(async () => expect(heard).toHaveBeenCalledTimes(1))
    await app.data.setPreferences({ clock: '12h' })
    await waitFor(async () => expect(heard).toHaveBeenCalledTimes(2))
    await app.data.removeEverything()
    await waitFor(async () => expect(heard).toHaveBeenCalledTimes(3))
  })

  it('is told as trouble when the database vanishes, and nothing pretends to be empty', async () => {
    const app = createApp()
    await importOne(app, csv(small))
    const troubles: string[] = []
    await app.data.onTrouble(({ code }) => troubles.push(code))
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.deleteDatabase(app.name)
      request.onsuccess = () => resolve()
      request.onerror = () => reject(request.error)
    })
    expect(troubles).toEqual(['storage-gone'])
    expect(codeOf(await app.data.home())).toBe('storage-gone')
    expect(codeOf(await importOne(app, csv(small)))).toBe('storage-gone')
    expect(valueOf(await app.data.open())).toEqual({ empty: true })
    expect(codeOf(await importOne(app, csv(small)))).toBe('ok')
  })
})
