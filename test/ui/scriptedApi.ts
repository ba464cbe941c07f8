/**
 * A scripted `Api` for tests of pages and parts: every method answers as a quiet, empty, working app would, and a test
 * replaces what it is about.
 */
import type { Model } from '#devices/driver.ts'
import { defaultPreferences, type Preferences } from '#records/preferences.ts'
import { type DeviceTime, deviceTimeFromIso } from '#records/time.ts'
import type { ReportKind, ReportModels } from '#reports/catalogue.ts'
import type { ReportQuery } from '#reports/filter.ts'
import type { RangeShares } from '#reports/models.ts'
import type { Api } from '#ui/state/api.ts'
import type { DataApi, DeviceApi, DeviceCard, HomeModel, ReadReport, StripDay } from '#workers/api.ts'
import { type Failure, type FailureCode, type Outcome, succeeded } from '#workers/outcome.ts'

type ScriptedReport<K extends ReportKind> = (query: ReportQuery) => Promise<Outcome<ReportModels[K]>>

export interface Script {
  /** Answers of `report`, by its kind. */
  readonly reports?: { readonly [K in ReportKind]?: ScriptedReport<K> }
  readonly data?: Partial<DataApi>
  readonly device?: Partial<DeviceApi>
}

export const failed = (code: FailureCode, more: Partial<Failure> = {}): { readonly ok: false; failure: Failure } => ({
  ok: false,
  failure: { code, ...more },
})

export function scriptedApi(script: Script = {}): Api {
  let preferences: Preferences = defaultPreferences
  const data: DataApi = {
    open: async () => succeeded({ empty: true }),
    onChange: async () => undefined,
    onTrouble: async () => undefined,
    preferences: async () => succeeded(preferences),
    setPreferences: async change => {
      preferences = { ...preferences, ...change }
      return succeeded(preferences)
    },
    choices: async () => succeeded({ answers: {} }),
    rememberChoice: async () => succeeded(undefined),
    home: async () => succeeded({ empty: true, devices: [], activity: [], strip: [] }),
    devices: async () => succeeded([]),
    deleteDevice: async () => succeeded(undefined),
    importFiles: async () => [],
    cancelImport: async () => undefined,
    importSample: async () => succeeded(exampleReport()),
    lastDayWithData: async () => succeeded(undefined),
    report: async (kind, query) => {
      const answer: ScriptedReport<typeof kind> | undefined = script.reports?.[kind]
      return answer ? answer(query) : failed('not-found')
    },
    settings: async () => succeeded({ devices: [] }),
    evidence: async () => succeeded({ total: 0, rows: [] }),
    records: async () => succeeded({ revision: '1', total: 0, rows: [], typeCounts: {}, devices: [] }),
    raw: async () => failed('not-found'),
    storage: async () =>
      succeeded({
        usedBytes: 4_200_000,
        quotaBytes: 2_000_000_000,
        persistent: false,
        artifactCount: 3,
        recordCount: 12_345,
      }),
    backup: async () => succeeded(new Blob(['backup'])),
    restore: async () => succeeded({ artifacts: 3, records: 12_345 }),
    exportCareLink: async () =>
      succeeded({
        file: new Blob(['export']),
        period: { firstDay: 20_513, lastDay: 20_526 },
        written: 12_000,
        leftOut: {},
        shortened: {},
      }),
    removeEverything: async () => succeeded(undefined),
    redecode: async () => succeeded({ artifacts: 0 }),
    ...script.data,
  }
  const device: DeviceApi = {
    capabilities: async () => ({ hid: true, usb: true, serial: true }),
    scenarios: async () =>
      succeeded([
        {
          modelId: exampleModel.id,
          modelName: exampleModel.name,
          scenarioId: 'weeks',
          name: 'Six weeks of values',
          description: 'Four values a day, some with marks.',
        },
      ]),
    permitted: async () => succeeded([]),
    read: async () => succeeded(exampleReport()),
    cancel: async () => undefined,
    lastConversation: async () => '> 04\n< 04 05',
    ...script.device,
  }
  return { data, device }
}

export const exampleModel: Model = {
  id: 'example-link',
  name: 'Example LINK',
  manufacturer: 'Example',
  kind: 'meter',
  connections: [{ transport: 'hid', vendorId: 0x1a79, productId: 0x6200 }],
  standing: 'verified-on-simulator',
  preparation: ['Take the cap off the plug.', 'Plug the meter straight into the computer.'],
  capacity: 1000,
  drawing: 'meter-stick',
}

export const time = (iso: string): DeviceTime => {
  const read = deviceTimeFromIso(iso)
  if (read === undefined) throw new Error(`not a time: ${iso}`)
  return read
}

export function exampleReport(change: Partial<ReadReport> = {}): ReadReport {
  return {
    readId: 'read-1',
    how: 'device',
    at: Date.UTC(2026, 2, 14, 17, 40),
    title: exampleModel.name,
    artifactId: 'artifact-1',
    known: false,
    result: 'complete',
    devices: [
      {
        deviceKey: 'key-1',
        device: { kind: 'meter', manufacturer: 'Example', model: exampleModel.name, serial: '1163170' },
        tally: { smbg: { found: 209, added: 34 } },
        from: time('2026-02-01T06:30:00'),
        to: time('2026-03-14T18:40:00'),
      },
    ],
    skippedCount: 0,
    skipped: [],
    warnings: [],
    durationMs: 42_000,
    ...change,
  }
}

export function exampleCard(change: Partial<DeviceCard> = {}): DeviceCard {
  return {
    deviceKey: 'key-1',
    device: { kind: 'meter', manufacturer: 'Example', model: exampleModel.name, serial: '1163170', firmware: '01.10' },
    modelId: exampleModel.id,
    simulated: false,
    lastReadAt: Date.UTC(2026, 2, 14, 17, 40),
    lastReadHow: 'device',
    clockDifferenceMs: -12 * 60_000,
    newestRecord: time('2026-03-14T18:40:00'),
    oldestRecord: time('2026-02-01T06:30:00'),
    counts: { smbg: 209 },
    daysUntilFull: 96.4,
    reads: [exampleReport()],
    ...change,
  }
}

/** Shares of a day from whole percents, very low first. */
export function shares(percents: readonly [number, number, number, number, number]): RangeShares {
  const [veryLow, low, target, high, veryHigh] = percents.map(percent => ({
    count: percent * 3,
    fraction: percent / 100,
    percent,
    minutesPerDay: percent * 14.4,
  }))
  if (!veryLow || !low || !target || !high || !veryHigh) throw new Error('five percents')
  return { veryLow, low, target, high, veryHigh }
}

export function exampleHome(): HomeModel {
  const lastDay = Date.UTC(2026, 2, 14) / 86_400_000
  const strip = Array.from({ length: 14 }, (_, index): StripDay => {
    const day = lastDay - 13 + index
    if (index === 4) return { day, sensorCount: 0, meterCount: 0 }
    if (index === 5) return { day, sensorCount: 0, meterCount: 6 }
    const low = index % 5
    const veryHigh = (index * 3) % 8
    const high = 12 + ((index * 7) % 13)
    return {
      day,
      sensor: shares([
        index % 3 === 0 ? 1 : 0,
        low,
        100 - low - veryHigh - high - (index % 3 === 0 ? 1 : 0),
        high,
        veryHigh,
      ]),
      sensorCount: 280,
      meterCount: 4,
    }
  })
  const pump = exampleCard({
    deviceKey: 'key-2',
    device: { kind: 'pump', manufacturer: 'Medtronic', model: 'MiniMed 780G MMT-1886', serial: 'NG0000001H' },
    lastReadHow: 'file',
    counts: { cbg: 24_311, bolus: 640, basal: 4120, event: 388 },
  })
  const { modelId: _, clockDifferenceMs: __, daysUntilFull: ___, ...fromFile } = pump
  return {
    empty: false,
    devices: [
      exampleCard(),
      fromFile,
      exampleCard({ deviceKey: 'key-3', simulated: true, daysUntilFull: 6, clockDifferenceMs: 1000 }),
    ],
    activity: [
      exampleReport(),
      exampleReport({
        readId: 'read-2',
        how: 'file',
        title: 'carelink-export.csv',
        skippedCount: 2,
        skipped: [
          { page: 0, offset: 812, length: 64, reason: 'The row ends after 12 of 50 columns.', line: 14 },
          { page: 0, offset: 2010, length: 80, reason: 'There is no such date.', line: 31 },
        ],
        warnings: ['The last line is cut off.'],
      }),
      exampleReport({
        readId: 'read-3',
        result: 'partial',
        endedBy: { code: 'unplugged', step: 'reading result 12 of 209' },
      }),
    ],
    strip,
  }
}

/** An outcome that comes when the test says so. */
export function later<T>(): { readonly promise: Promise<Outcome<T>>; readonly settle: (outcome: Outcome<T>) => void } {
  let settle: (outcome: Outcome<T>) => void = () => undefined
  const promise = new Promise<Outcome<T>>(resolve => {
    settle = resolve
  })
  return { promise, settle }
}
