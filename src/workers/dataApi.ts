/**
 * The data worker's side of `api.ts`: imports, page models, evidence, backup. A plain function, so that tests build it
 * without a worker.
 */
import { systemClock } from '#devices/ports/clock.ts'
import type { Clock } from '#devices/ports/port.ts'
import { ImportError } from '#files/importer.ts'
import { DAY_MS } from '#records/time.ts'
import { stripDays } from '#reports/days.ts'
import { type ReportKind, reportMakers, type ReportModels } from '#reports/catalogue.ts'
import type { ReportQuery } from '#reports/filter.ts'
import type { Period, ReportInput, SettingsModel } from '#reports/models.ts'
import { announce, onChanges, onOwnChanges } from '#store/changes.ts'
import { readChoices, rememberChoice } from '#store/choices.ts'
import type { Connection } from '#store/connection.ts'
import type { Database } from '#store/db.ts'
import { allDraftIds } from '#store/drafts.ts'
import type { StoreError } from '#store/errors.ts'
import { deleteDevice, removeEverything } from '#store/forget.ts'
import type { ListCounts } from '#store/recordList.ts'
import { readPreferences, writePreferences } from '#store/preferences.ts'
import {
  allDevices,
  lastDayWithData,
  readCount,
  readGlucose,
  readRecords,
  recentReads,
  storeCounts,
} from '#store/read.ts'
import type { DataApi, HomeModel, ImportProgress, ReadReport, StorageState } from './api.ts'
import { deviceCards } from './deviceCards.ts'
import { type HostZone, systemZone, wallTime } from './hostClock.ts'
import { createInputCache } from './inputCache.ts'
import { whileSaving } from './locks.ts'
import { type Failure, failureFrom, type Outcome, outcomeOf } from './outcome.ts'
import { redecodeOutdated } from './redecode.ts'
import { deviceNamesOf, reportInput } from './reportInput.ts'
import { shareTexts } from './sharedTexts.ts'
import { throttled } from './throttle.ts'

const ACTIVITY = 20
const STRIP_DAYS = 14
/** The longest period offered with one key. */
const SAMPLE_DAYS = 90
/** Any number; the same one shows everybody the same sample. */
const SAMPLE_SEED = 1
/** No report is longer; keeps a mistyped year from building a million empty days. */
const MAX_PERIOD_DAYS = 3_660
/** Dates end there, a hundred million days either way; a year less leaves room for the days around a period. */
const MAX_DAY = 1e8 - 366

export interface DataApiDeps {
  readonly store: Connection
  readonly clock?: Clock
  readonly zone?: HostZone
}

export interface DataWorker {
  readonly api: DataApi
  /** To be called with every trouble of the store's connection. */
  onStoreTrouble(trouble: StoreError): void
}

export function createDataApi({ store, clock = systemClock, zone = systemZone }: DataApiDeps): DataWorker {
  /** Of all imports that run. */
  const importing = new Set<AbortController>()
  const troubled: ((failure: Failure) => void)[] = []

  /** Runs with the open store; whatever it throws becomes the failure. */
  const withStore = <T>(work: (db: Database) => Promise<T>): Promise<Outcome<T>> =>
    outcomeOf(async () => work(await store.current()))

  /** The same for what changes the data: everybody is told afterwards. */
  const changing = <T>(work: (db: Database) => Promise<T>): Promise<Outcome<T>> =>
    withStore(async db => {
      const value = await work(db)
      announce('changed')
      return value
    })

  const inputs = createInputCache({
    load: async (query, preferences) => reportInput(await store.current(), query, preferences),
    compact: ({ records }) => shareTexts(records),
    later: (act, ms) => setTimeout(act, ms),
  })
  onOwnChanges(inputs.forget)
  onChanges(inputs.forget)

  /** How often the data table on the screen, and a file of it, have asked: only the last question of each matters. */
  const recordsAsked = { screen: 0, file: 0 }
  /** What the last list of each has counted, as long as the data stay the same. */
  const counted = new Map<keyof typeof recordsAsked, { readonly key: string; readonly counts: ListCounts }>()
  let changeCount = 0
  const forgetCounts = () => {
    changeCount += 1
    counted.clear()
  }
  onOwnChanges(forgetCounts)
  onChanges(forgetCounts)

  /** While drafts are looked after. */
  let drafts: Promise<void> | undefined
  /** What reads that were broken off had brought, also in another tab meanwhile, belongs to what is shown first. */
  async function withDrafts(db: Database): Promise<Database> {
    drafts ??= saveDrafts(db)
      .catch(tellTrouble)
      .finally(() => {
        drafts = undefined
      })
    await drafts
    return db
  }

  let draftSaver: ((db: Database) => Promise<void>) | undefined
  async function saveDrafts(db: Database): Promise<void> {
    if ((await allDraftIds(db)).length === 0) return
    draftSaver ??= (await import('./drafts.ts')).createDraftSaver(tellTrouble)
    await draftSaver(db)
  }

  function tellTrouble(error: unknown): void {
    for (const callback of troubled) callback(failureFrom(error))
  }

  const reportOf = <K extends ReportKind>(kind: K, query: ReportQuery): Promise<Outcome<ReportModels[K]>> =>
    withStore(async db => {
      const preferences = await readPreferences(db)
      const { period, compareWith } = query
      // Each report's code comes when it is first opened: the first page does without.
      const make = await makerOf(kind)
      const revision = await readCount(db)
      const inputOf = (days: Period) => inputs.get({ ...query, period: checked(days) }, preferences, revision)
      const [input, before] = await Promise.all([inputOf(period), compareWith && inputOf(compareWith)])
      return make(before ? { ...input, before } : input)
    })

  /** In the background: pages show what is there meanwhile, and are told when it has become better. */
  function redecodeBehind(db: Database): void {
    redecodeOutdated(db).catch(tellTrouble)
  }

  const today = () => Math.floor(wallTime(clock.nowMs(), zone) / DAY_MS)

  async function importAll(files: readonly File[], onProgress: (progress: ImportProgress) => void) {
    const controller = new AbortController()
    const { signal } = controller
    importing.add(controller)
    const progress = throttled(onProgress, ({ stage, fileIndex }) => `${fileIndex} ${stage}`, clock)
    const outcomes: Outcome<ReadReport>[] = []
    for (const [fileIndex, file] of files.entries()) {
      const place = { fileIndex, fileCount: files.length, fileName: file.name, bytesTotal: file.size }
      outcomes.push(
        await withStore(async db => {
          const { importFile } = await import('./importFile.ts')
          if (signal.aborted) throw new ImportError('cancelled')
          return importFile(db, file, {
            nowMs: clock.nowMs,
            simulated: false,
            signal,
            onProgress: ({ stage, bytesRead }) => progress({ ...place, stage, bytesRead }),
          })
        }),
      )
    }
    progress.flush()
    importing.delete(controller)
    return outcomes
  }

  const api: DataApi = {
    open: () =>
      outcomeOf(async () => {
        const db = await store.open()
        await withDrafts(db)
        redecodeBehind(db)
        return { empty: await isEmpty(db) }
      }),
    async onChange(callback) {
      onChanges(() => callback())
    },
    async onTrouble(callback) {
      troubled.push(callback)
    },

    preferences: () => withStore(readPreferences),
    setPreferences: change => changing(db => writePreferences(db, change)),

    choices: modelId => withStore(db => readChoices(db, modelId)),
    rememberChoice: (modelId, choice) => withStore(db => rememberChoice(db, modelId, choice)),

    home: () => withStore(async db => homeModel(await withDrafts(db), clock.nowMs(), today())),
    devices: () => withStore(db => deviceCards(db, clock.nowMs())),
    deleteDevice: deviceKey => changing(db => whileSaving(() => deleteDevice(db, deviceKey))),

    importFiles: importAll,
    async cancelImport() {
      for (const controller of importing) controller.abort()
    },
    importSample: () =>
      withStore(async db => {
        const [{ sampleCsv }, { importFile }] = await Promise.all([
          import('#files/carelink-csv/sample.ts'),
          import('./importFile.ts'),
        ])
        const pieces = sampleCsv({ days: SAMPLE_DAYS, lastDay: today() - 1, seed: SAMPLE_SEED })
        const file = new File([...pieces], 'Sample data.csv', { type: 'text/csv' })
        const { signal } = new AbortController()
        return importFile(db, file, { nowMs: clock.nowMs, simulated: true, signal, onProgress: () => {} })
      }),

    lastDayWithData: () => withStore(db => lastDayWithData(db, today())),
    report: reportOf,
    settings: () => withStore(settingsOfAll),
    evidence: query =>
      withStore(async db => {
        const { evidencePage, glucoseInput, needsOnlyGlucose } = await import('./evidence.ts')
        const preferences = await readPreferences(db)
        const asked = { ...query, period: checked(query.period) }
        const revision = await readCount(db)
        const kept = inputs.kept(asked, preferences, revision)
        const input =
          kept ??
          (needsOnlyGlucose(asked) ? glucoseInput(db, asked, preferences) : inputs.get(asked, preferences, revision))
        return evidencePage(db, asked, await input)
      }),
    records: query =>
      withStore(async db => {
        const who = query.isForFile ? 'file' : 'screen'
        const mine = ++recordsAsked[who]
        const { listKeyOf, recordsPage } = await import('./recordsPage.ts')
        const asked = { ...query, ...(query.period ? { period: checked(query.period) } : {}) }
        const revision = `${await readCount(db)} ${changeCount}`
        const key = `${revision} ${listKeyOf(asked)}`
        const known = counted.get(who)
        const answer = await recordsPage(db, asked, await readPreferences(db), {
          isWanted: () => mine === recordsAsked[who],
          known: known?.key === key ? known.counts : undefined,
          revision,
        })
        if (!answer) throw new ImportError('cancelled')
        counted.set(who, { key, counts: answer.counts })
        return answer.page
      }),
    raw: ref => withStore(async db => (await import('./evidence.ts')).rawBytes(db, ref)),

    storage: () => withStore(storageState),
    // Like all that few visits need, loaded when it is asked for.
    backup: () => withStore(async db => (await import('#store/backup.ts')).backup(db)),
    restore: file =>
      changing(async db => {
        const { restore } = await import('#store/backup.ts')
        const restored = await whileSaving(() => restore(db, file))
        // An older Basalt may have decoded it.
        redecodeBehind(db)
        return restored
      }),
    exportCareLink: ({ period, deviceKeys }) =>
      withStore(async db => {
        const { exportCareLink } = await import('./careLinkExport.ts')
        const { glucoseUnits } = await readPreferences(db)
        return exportCareLink(db, { period: period && checked(period), deviceKeys }, glucoseUnits)
      }),
    removeEverything: () => changing(db => whileSaving(() => removeEverything(db))),
    redecode: () => withStore(async db => ({ artifacts: await redecodeOutdated(db) })),
  }

  return {
    api,
    onStoreTrouble: tellTrouble,
  }
}

const isEmpty = async (db: Database): Promise<boolean> => (await allDevices(db)).length === 0

async function settingsOfAll(db: Database): Promise<SettingsModel> {
  const always = { firstDay: -MAX_DAY, lastDay: MAX_DAY }
  const [records, devices] = await Promise.all([readRecords(db, ['event'], always), allDevices(db)])
  const { settingsModel } = await import('#reports/settings.ts')
  return settingsModel(
    records.filter(record => record.type === 'setting'),
    deviceNamesOf(devices),
  )
}

async function homeModel(db: Database, nowMs: number, today: number): Promise<HomeModel> {
  const [devices, activity, lastDay] = await Promise.all([
    deviceCards(db, nowMs),
    recentReads(db, ACTIVITY),
    lastDayWithData(db, today),
  ])
  return {
    empty: devices.length === 0,
    devices,
    activity,
    strip: lastDay === undefined ? [] : await strip(db, lastDay),
  }
}

async function strip(db: Database, lastDay: number): Promise<HomeModel['strip']> {
  const period = { firstDay: lastDay - STRIP_DAYS + 1, lastDay }
  const records = await readRecords(db, ['smbg'], period)
  const smbg = records.filter(record => record.type === 'smbg')
  return stripDays(await readGlucose(db, period), smbg, lastDay, await readPreferences(db))
}

async function storageState(db: Database): Promise<StorageState> {
  const { artifacts, records } = await storeCounts(db)
  const storage: StorageManager | undefined = globalThis.navigator?.storage
  const { usage = 0, quota = 0 } = (await storage?.estimate?.()) ?? {}
  return {
    usedBytes: usage,
    quotaBytes: quota,
    persistent: (await storage?.persisted?.()) ?? false,
    artifactCount: artifacts,
    recordCount: records,
  }
}

/** Throws RangeError for a name that is no report's. */
function makerOf<K extends ReportKind>(kind: K): Promise<(input: ReportInput) => ReportModels[K]> {
  if (!Object.hasOwn(reportMakers, kind)) throw new RangeError('No such report')
  return reportMakers[kind]()
}

function checked({ firstDay, lastDay }: Period): Period {
  const days = lastDay - firstDay + 1
  const isCalendar = [firstDay, lastDay].every(day => Number.isInteger(day) && Math.abs(day) <= MAX_DAY)
  const isSound = isCalendar && days >= 1 && days <= MAX_PERIOD_DAYS
  if (!isSound) throw new RangeError(`No such period: day ${firstDay} to ${lastDay}`)
  return { firstDay, lastDay }
}
