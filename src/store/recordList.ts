/**
 * Everything stored as one list in order of time, a page at a time, with counts by type and by device. Walks the days in
 * stretches and keeps only the page's rows, so that ten years need no more memory than a month.
 */
import type { DeviceKey } from '#records/identity.ts'
import type { DeviceDay } from '#records/time.ts'
import { guarded } from './asStoreError.ts'
import type { Database } from './db.ts'
import { type Evidence, evidenceAt } from './evidence.ts'
import { allKinds, type DayRange, readChunks } from './read.ts'
import type { RecordSearch } from './recordSearch.ts'
import { type Chunk, deviceKeyOfSource, type SourceKey } from './rows.ts'

export interface ListOptions {
  /** All time without it. */
  readonly period?: DayRange
  readonly order: 'newest' | 'oldest'
  readonly isDay: (day: DeviceDay) => boolean
  readonly isSource: (source: SourceKey) => boolean
  readonly search?: RecordSearch | undefined
  /** Only these types; all when it is empty or absent. */
  readonly types?: readonly string[] | undefined
  readonly deviceKey?: DeviceKey | undefined
  readonly offset: number
  readonly limit: number
  /** Asked before every stretch: `false` ends the walk. */
  readonly isWanted: () => boolean
}

/** What a walk over all days has counted; the same for every page of the list and for both orders. */
export interface ListCounts {
  /** How many fit all that is chosen, by day. */
  readonly byDay: ReadonlyMap<DeviceDay, number>
  readonly total: number
  /** What there would be of each type with all types chosen, and of each device with all devices. */
  readonly typeCounts: ReadonlyMap<string, number>
  readonly deviceCounts: ReadonlyMap<DeviceKey, number>
}

export interface RecordList {
  readonly rows: readonly Evidence[]
  readonly counts: ListCounts
}

/** Days that are read at once. */
const STRETCH_DAYS = 28

/**
 * The page asked for; `undefined` when nobody wants it any more. With the counts of an earlier page of the same list only
 * the page's own days are read.
 */
export async function listRecords(
  db: Database,
  options: ListOptions,
  known?: ListCounts,
): Promise<RecordList | undefined> {
  const all = known ? [...known.byDay.keys()] : (await daysWithData(db, options.period)).filter(options.isDay)
  all.sort((a, b) => (options.order === 'newest' ? b - a : a - b))
  const { days, offset } = known ? daysOfPage(all, known, options) : { days: all, offset: options.offset }
  const walk = new Walk({ ...options, offset })
  for (let at = 0; at < days.length; at += STRETCH_DAYS) {
    if (!options.isWanted()) return undefined
    const stretch = days.slice(at, at + STRETCH_DAYS)
    const range = { firstDay: Math.min(...stretch), lastDay: Math.max(...stretch) }
    const chunks = (await Promise.all(allKinds.map(kind => readChunks(db, kind, range)))).flat()
    const byDay = new Map<DeviceDay, Chunk[]>(stretch.map(day => [day, []]))
    for (const chunk of chunks) byDay.get(chunk.day)?.push(chunk)
    for (const [day, ofDay] of byDay) walk.add(day, ofDay)
  }
  return { rows: walk.rows, counts: known ?? walk.counts }
}

/** The days that the page's rows lie on, and where in them it begins. */
function daysOfPage(
  days: readonly DeviceDay[],
  { byDay }: ListCounts,
  { offset, limit }: ListOptions,
): { readonly days: readonly DeviceDay[]; readonly offset: number } {
  let before = 0
  let first = 0
  const sizeOf = (at: number) => byDay.get(days[at] ?? 0) ?? 0
  while (first < days.length && before + sizeOf(first) <= offset) before += sizeOf(first++)
  let end = first
  for (let rows = before; end < days.length && rows < offset + limit; end++) rows += sizeOf(end)
  return { days: days.slice(first, end), offset: offset - before }
}

/** Days of the period that hold anything, in no order. */
async function daysWithData(db: Database, period: DayRange | undefined): Promise<DeviceDay[]> {
  const { firstDay, lastDay } = period ?? { firstDay: Number.NEGATIVE_INFINITY, lastDay: Number.POSITIVE_INFINITY }
  const keys = await guarded(() =>
    Promise.all(
      allKinds.map(kind =>
        db.chunks.where('[kind+day]').between([kind, firstDay], [kind, lastDay], true, true).primaryKeys(),
      ),
    ),
  )
  return [...new Set(keys.flat().map(([, , day]) => day))]
}

/** A row of a chunk, not yet an object of its own. */
interface Place {
  readonly time: number
  readonly chunk: Chunk
  readonly row: number
}

/** Counts what fits, day by day in the order wanted, and keeps the rows of the page. */
class Walk {
  readonly #options: ListOptions
  readonly #types: ReadonlySet<string>
  readonly #rows: Evidence[] = []
  readonly #byDay = new Map<DeviceDay, number>()
  readonly #typeCounts = new Map<string, number>()
  readonly #deviceCounts = new Map<DeviceKey, number>()
  #total = 0

  constructor(options: ListOptions) {
    this.#options = options
    this.#types = new Set(options.types)
  }

  get rows(): readonly Evidence[] {
    return this.#rows
  }

  get counts(): ListCounts {
    const [byDay, typeCounts, deviceCounts] = [this.#byDay, this.#typeCounts, this.#deviceCounts]
    return { byDay, total: this.#total, typeCounts, deviceCounts }
  }

  /** All chunks of one day. */
  add(day: DeviceDay, chunks: readonly Chunk[]): void {
    const places = chunks
      .filter(({ source }) => this.#options.isSource(source))
      .map(chunk => ({ chunk, rows: this.#rowsOf(chunk) }))
    const count = places.reduce((sum, { rows }) => sum + rows.length, 0)
    const { offset, limit } = this.#options
    const first = offset - this.#total
    this.#total += count
    if (count > 0) this.#byDay.set(day, count)
    if (first >= count || this.#rows.length >= limit) return
    const ordered = places.flatMap(({ chunk, rows }) => rows.map(row => ({ chunk, row, time: timeAt(chunk, row) })))
    ordered.sort(this.#options.order === 'newest' ? (a, b) => compare(b, a) : compare)
    const page = ordered.slice(Math.max(0, first), Math.max(0, first) + limit - this.#rows.length)
    for (const { chunk, row } of page) this.#rows.push(evidenceAt(chunk, row))
  }

  /** Rows of the chunk that fit all that is chosen; counts those that fit all but the type, all but the device. */
  #rowsOf(chunk: Chunk): number[] {
    const { search, deviceKey } = this.#options
    const device = deviceKeyOfSource(chunk.source)
    const isDevice = deviceKey === undefined || device === deviceKey
    const rows: number[] = []
    const fits = (type: string, row: number): void => {
      if (isDevice) raise(this.#typeCounts, type)
      if (this.#types.size > 0 && !this.#types.has(type)) return
      raise(this.#deviceCounts, device)
      if (isDevice) rows.push(row)
    }
    if (chunk.kind === 'cbg') {
      const hasGlucose = search?.hasGlucose(chunk)
      for (let row = 0; row < chunk.time.length; row++) if (!hasGlucose || hasGlucose(row)) fits('cbg', row)
    } else {
      chunk.records.forEach((record, row) => {
        if (!search || search.hasFact(chunk.source, record)) fits(record.type, row)
      })
    }
    return rows
  }
}

const raise = <K>(counts: Map<K, number>, key: K): unknown => counts.set(key, (counts.get(key) ?? 0) + 1)

const timeAt = (chunk: Chunk, row: number): number =>
  (chunk.kind === 'cbg' ? chunk.time[row] : chunk.records[row]?.deviceTime) ?? 0

/** Of one moment in an order that is always the same: by source, kind and row. */
const compare = (a: Place, b: Place): number =>
  a.time - b.time ||
  compareText(a.chunk.source, b.chunk.source) ||
  compareText(a.chunk.kind, b.chunk.kind) ||
  a.row - b.row

const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)
