/**
 * The whole contract between the window and the two workers: types only. Every method answers with an `Outcome`;
 * arguments and results are plain data and typed arrays. Callbacks are Comlink proxies and are given only where said.
 */
import type { Preferences } from '#records/preferences.ts'
import type { ChunkKind, DeviceIdentity, RecordType, Skipped } from '#records/records.ts'
import type { DeviceDay, DeviceTime } from '#records/time.ts'
import type { ReportKind, ReportModels } from '#reports/catalogue.ts'
import type { EvidenceChoice } from '#reports/evidence.ts'
import type { ReportFilter, ReportQuery } from '#reports/filter.ts'
import type { Period, RangeShares, SettingsModel } from '#reports/models.ts'
import type { Choice, Choices } from '#store/choices.ts'
import type { Outcome } from './outcome.ts'

export type { Choice, Choices } from '#store/choices.ts'

/** How to reach a device: a permitted real one, or a simulated one. */
export type PortChoice =
  | {
      readonly transport: 'hid' | 'usb' | 'serial'
      readonly modelId: string
      readonly vendorId: number
      readonly productId: number
      /** For models with bridges: the one at hand. */
      readonly bridge?: string
      /** To the model's questions, by their ids. */
      readonly answers?: Readonly<Record<string, string>>
    }
  | { readonly transport: 'simulated'; readonly modelId: string; readonly scenarioId: string }

export interface ReadProgress {
  readonly stage: 'opening' | 'reading' | 'saving'
  readonly done: number
  readonly total?: number
  /** What is counted: "results", "pages". */
  readonly unit: string
}

/** Counts by kind of record: how many there were, how many the store did not have yet. */
export type Tally = Readonly<Partial<Record<ChunkKind, { readonly found: number; readonly added: number }>>>

/** What one device brought in one read or one file. */
export interface DeviceTally {
  readonly deviceKey: string
  readonly device: DeviceIdentity
  readonly tally: Tally
  /** How many settings it told as they stood then; not in `tally`, as every read brings them anew. */
  readonly settings?: number
  readonly from?: DeviceTime
  readonly to?: DeviceTime
}

/** One read of a device or one imported file: what happened, kept for good. */
export interface ReadReport {
  readonly readId: string
  readonly how: 'device' | 'simulated' | 'file'
  /** ms UTC. */
  readonly at: number
  /** Model name or file name. */
  readonly title: string
  readonly artifactId: string
  /** The very same bytes were here before. */
  readonly known: boolean
  readonly result: 'complete' | 'partial'
  readonly devices: readonly DeviceTally[]
  readonly skippedCount: number
  /** The first hundred, oldest first. */
  readonly skipped: readonly Skipped[]
  readonly warnings: readonly string[]
  /** Device clock minus computer clock, ms, where the device told its time. */
  readonly clockDifferenceMs?: number
  readonly durationMs: number
  /** Why a partial read ended: a failure's code, or `interrupted` when its tab was closed or died. */
  readonly endedBy?: { readonly code: string; readonly step?: string }
}

export interface ScenarioChoice {
  /** The first model that can have it. */
  readonly modelId: string
  readonly modelName: string
  /** By which thing it is reached, where there are several. */
  readonly bridgeName?: string
  readonly scenarioId: string
  readonly name: string
  readonly description: string
}

export interface DeviceApi {
  /** What this worker's browser offers; the window has its own say. */
  capabilities(): Promise<{ readonly hid: boolean; readonly usb: boolean; readonly serial: boolean }>
  scenarios(): Promise<Outcome<readonly ScenarioChoice[]>>
  /** Devices of the list that are plugged in and already allowed. */
  permitted(): Promise<Outcome<readonly (PortChoice & { readonly transport: 'hid' | 'usb' | 'serial' })[]>>
  /**
   * Reads a device and saves what it gave. `onProgress` is a Comlink proxy; the worker releases it at the end.
   * What had arrived before a failure is saved and reported with `result: 'partial'`; only a read that brought
   * nothing at all fails. `readId` is the name that the read and its report will have; a new one when absent.
   */
  read(choice: PortChoice, onProgress: (progress: ReadProgress) => void, readId?: string): Promise<Outcome<ReadReport>>
  /** Ends the running read; what has arrived is saved. */
  cancel(): Promise<void>
  /** Everything said on the wire during the last read, as text for a support report. */
  lastConversation(): Promise<string>
}

export interface HomeModel {
  readonly empty: boolean
  readonly devices: readonly DeviceCard[]
  /** Newest first, at most 20. */
  readonly activity: readonly ReadReport[]
  /** The last 14 days up to the last day with data, oldest first. */
  readonly strip: readonly StripDay[]
}

export interface StripDay {
  readonly day: DeviceDay
  readonly sensor?: RangeShares
  readonly sensorCount: number
  readonly meterCount: number
}

export interface DeviceCard {
  readonly deviceKey: string
  readonly device: DeviceIdentity
  /** Model of the driver that reads it, if one does. */
  readonly modelId?: string
  readonly simulated: boolean
  /** ms UTC. */
  readonly lastReadAt: number
  readonly lastReadHow: ReadReport['how']
  readonly clockDifferenceMs?: number
  readonly newestRecord?: DeviceTime
  readonly oldestRecord?: DeviceTime
  readonly counts: Readonly<Partial<Record<ChunkKind, number>>>
  /** Days until its memory wraps at the present pace, where the memory's size is known. */
  readonly daysUntilFull?: number
  readonly reads: readonly ReadReport[]
}

/** Which records stand behind a number: of those that its report counts, these. */
export interface EvidenceQuery extends EvidenceChoice {
  /** As the report with the number was asked for, also when the number is about a part of it: see `within`. */
  readonly period: Period
  readonly filter?: ReportFilter
  readonly offset: number
  readonly limit: number
}

export interface EvidenceRow {
  readonly id: string
  readonly deviceName: string
  readonly deviceTime: DeviceTime
  readonly type: string
  /** The record's fields as stored. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly artifactId: string
  readonly page: number
  readonly offset: number
  readonly length: number
}

/** Which of all stored records the data table shows. */
export interface RecordsQuery {
  /** All time without it. */
  readonly period?: Period
  readonly filter?: ReportFilter
  /** Only these; all when it is empty or absent. */
  readonly types?: readonly RecordType[]
  readonly deviceKey?: string
  /** Words and numbers that must all be found in a record, its type's name or its device's. */
  readonly search?: string
  /** How the page calls the types, so that search finds the words on the screen. */
  readonly typeNames?: Readonly<Partial<Record<RecordType, string>>>
  /** How the page writes stored words, for the same; see `store/recordSearch.ts`. */
  readonly words?: Readonly<Record<string, string>>
  readonly order: 'newest' | 'oldest'
  readonly offset: number
  readonly limit: number
  /** For a file: neither takes the place of a question of the table on the screen nor is given up for one. */
  readonly isForFile?: boolean
}

export interface RecordsRow extends EvidenceRow {
  readonly deviceKey: string
  readonly simulated: boolean
  /** The reports leave it out, because the same thing is told elsewhere. */
  readonly repeated: boolean
}

export interface RecordsPage {
  /** Another one after each change of what is stored: pages of one list have the same. */
  readonly revision: string
  /** How many fit all that was chosen. */
  readonly total: number
  readonly rows: readonly RecordsRow[]
  /** How many of each type there are under everything else that was chosen. */
  readonly typeCounts: Readonly<Partial<Record<string, number>>>
  /** All devices, each with how many there are of it under everything else that was chosen. */
  readonly devices: readonly {
    readonly deviceKey: string
    readonly name: string
    readonly simulated: boolean
    readonly count: number
  }[]
}

export interface RawBytes {
  readonly artifactName: string
  /** ms UTC when the bytes came. */
  readonly receivedAt: number
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Line number in the file, 1 the first; for files only. */
  readonly line?: number
}

export interface StorageState {
  readonly usedBytes: number
  readonly quotaBytes: number
  readonly persistent: boolean
  readonly artifactCount: number
  readonly recordCount: number
}

/** A CareLink file of what is stored, and what of it the format has no place for. */
export interface CareLinkExport {
  /** Empty when there is nothing to write. */
  readonly file: Blob
  /** The days that the file says it is of; absent when there are none. */
  readonly period?: Period
  readonly written: number
  /** Records that are not in the file, by type. */
  readonly leftOut: Readonly<Partial<Record<RecordType, number>>>
  /** Records that are in it with less than Basalt knows of them, by type. */
  readonly shortened: Readonly<Partial<Record<RecordType, number>>>
  /** LO and HI, by type: `raw` stand in it as words that Basalt reads again, `leftOut` are part of those left out. */
  readonly outOfRange?: {
    readonly raw: Readonly<Partial<Record<RecordType, number>>>
    readonly leftOut: Readonly<Partial<Record<RecordType, number>>>
  }
}

export interface ImportProgress {
  readonly fileIndex: number
  readonly fileCount: number
  readonly fileName: string
  readonly bytesRead: number
  readonly bytesTotal: number
  readonly stage: 'storing' | 'reading' | 'saving'
}

export interface DataApi {
  /** Opens the store; every other method waits for it. */
  open(): Promise<Outcome<{ readonly empty: boolean }>>
  /** Called whenever any tab or worker has changed the data. One subscription for the life of the page. */
  onChange(callback: () => void): Promise<void>
  /** Called when the store itself is in trouble: vanished, blocked by another tab. */
  onTrouble(callback: (failure: import('./outcome.ts').Failure) => void): Promise<void>

  preferences(): Promise<Outcome<Preferences>>
  setPreferences(change: Partial<Preferences>): Promise<Outcome<Preferences>>
  /** What the person chose and answered before earlier reads of a model. */
  choices(modelId: string): Promise<Outcome<Choices>>
  rememberChoice(modelId: string, choice: Choice): Promise<Outcome<void>>

  home(): Promise<Outcome<HomeModel>>
  devices(): Promise<Outcome<readonly DeviceCard[]>>
  /** Removes all data of a device, its reads, and artifacts that hold nothing else. */
  deleteDevice(deviceKey: string): Promise<Outcome<void>>

  /** One outcome per file, in order; a bad file does not stop the others. `onProgress` is a Comlink proxy. */
  importFiles(
    files: readonly File[],
    onProgress: (progress: ImportProgress) => void,
  ): Promise<readonly Outcome<ReadReport>[]>
  cancelImport(): Promise<void>
  /** Sample data made by our own generators, marked as simulated. */
  importSample(): Promise<Outcome<ReadReport>>

  /** Last day with data of any kind; periods of "14 days" end there. */
  lastDayWithData(): Promise<Outcome<DeviceDay | undefined>>
  /** A report of the catalogue. Its period, and of a comparison the earlier one, is at most ten years long. */
  report<K extends ReportKind>(kind: K, query: ReportQuery): Promise<Outcome<ReportModels[K]>>
  /** Of all devices and all time. */
  settings(): Promise<Outcome<SettingsModel>>
  evidence(query: EvidenceQuery): Promise<Outcome<{ readonly total: number; readonly rows: readonly EvidenceRow[] }>>
  /** A page of everything stored. A question that comes while one is being answered ends that one (`cancelled`). */
  records(query: RecordsQuery): Promise<Outcome<RecordsPage>>
  raw(ref: Pick<EvidenceRow, 'artifactId' | 'page' | 'offset' | 'length'>): Promise<Outcome<RawBytes>>

  storage(): Promise<Outcome<StorageState>>
  backup(): Promise<Outcome<Blob>>
  /** Adds what the backup holds to what is here. Nothing is changed when the file is not whole. */
  restore(file: File): Promise<Outcome<{ readonly artifacts: number; readonly records: number }>>
  /** All days and all devices where the choice says nothing else. */
  exportCareLink(choice: {
    readonly period?: Period
    readonly deviceKeys?: readonly string[]
  }): Promise<Outcome<CareLinkExport>>
  removeEverything(): Promise<Outcome<void>>
  /** Decodes every kept artifact again whose decoder has become newer. */
  redecode(): Promise<Outcome<{ readonly artifacts: number }>>
}
