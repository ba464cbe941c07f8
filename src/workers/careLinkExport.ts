/**
 * All that is stored, or a part of it, as a CareLink CSV file. What a device's file repeats of what was read from the
 * device is written once, as in the reports; nothing else is decided here.
 */
import { writeCareLink, type WritableDevice, type WriteCounts } from '#files/carelink-csv/write.ts'
import type { ChunkKind, TherapyRecord } from '#records/records.ts'
import { type DeviceDay, deviceDayOf } from '#records/time.ts'
import type { GlucoseUnits } from '#records/units.ts'
import type { Period } from '#reports/models.ts'
import { mergeSeries, withoutCopies } from '#stats/dedupe.ts'
import type { Database } from '#store/db.ts'
import { cbgAt } from '#store/glucoseChunk.ts'
import { allDevices, chunksOfSources, type DayRange, daysOfSources, seriesOf } from '#store/read.ts'
import type { Chunk, DeviceRow, GlucoseChunk, SourceKey } from '#store/rows.ts'
import type { CareLinkExport } from './api.ts'

export interface ExportChoice {
  /** All days when absent. */
  readonly period?: Period | undefined
  /** All devices when absent. */
  readonly deviceKeys?: readonly string[] | undefined
}

const KINDS: Readonly<Record<'therapy' | 'sensor', readonly ChunkKind[]>> = {
  therapy: ['smbg', 'bolus', 'basal', 'event'],
  sensor: ['cbg', 'event'],
}
const ALWAYS: DayRange = { firstDay: Number.NEGATIVE_INFINITY, lastDay: Number.POSITIVE_INFINITY }
/** So many days with data are in memory at a time. */
const STRETCH_DAYS = 28
/** Text is put away in parts of this many characters: a browser keeps them outside of the page's memory. */
const PART_LENGTH = 1 << 20

/** Writes the file. `glucoseUnits` are for devices that have no glucose of their own. */
export async function exportCareLink(
  db: Database,
  { period = ALWAYS, deviceKeys }: ExportChoice,
  glucoseUnits: GlucoseUnits,
): Promise<CareLinkExport> {
  const chosen = (await allDevices(db)).filter(({ deviceKey }) => deviceKeys?.includes(deviceKey) ?? true)
  const all = [...new Set([...KINDS.therapy, ...KINDS.sensor])]
  const devices: WritableDevice[] = []
  const days: DeviceDay[] = []
  for (const row of chosen) {
    const own = await daysOfSources(db, Object.keys(row.sources), all, period)
    if (own.length === 0) continue
    devices.push(writable(db, row, own))
    days.push(own[0] ?? 0, own.at(-1) ?? 0)
  }
  const found = { firstDay: Math.min(...days), lastDay: Math.max(...days) }
  const written = period === ALWAYS && days.length > 0 ? found : period
  const { pieces, counts } = writeCareLink({ devices, ...written, glucoseUnits })
  if (days.length === 0) return { file: new Blob([]), ...NOTHING }
  return { file: await blobOf(pieces), period: { firstDay: written.firstDay, lastDay: written.lastDay }, ...counts() }
}

const NOTHING: WriteCounts = { written: 0, leftOut: {}, shortened: {}, outOfRange: { raw: {}, leftOut: {} } }

function writable(
  db: Database,
  { device, simulated, sources: bySource }: DeviceRow,
  days: readonly DeviceDay[],
): WritableDevice {
  const sources = Object.keys(bySource)
  return {
    device,
    simulated,
    async *records(what) {
      for (let end = days.length; end > 0; end -= STRETCH_DAYS) {
        const [firstDay = 0, lastDay = firstDay] = [days[Math.max(0, end - STRETCH_DAYS)], days[end - 1]]
        // What is told on two ways may lie on two sides of midnight.
        const margin = sources.length > 1 ? 1 : 0
        const around = { firstDay: firstDay - margin, lastDay: lastDay + margin }
        const chunks = await chunksOfSources(db, sources, KINDS[what], around)
        const records = recordsOf(chunks, what, sources.length > 1)
        yield margin === 0
          ? records
          : records.filter(({ deviceTime }) => isWithin(deviceDayOf(deviceTime), firstDay, lastDay))
      }
    },
  }
}

const isWithin = (day: DeviceDay, firstDay: DeviceDay, lastDay: DeviceDay): boolean => day >= firstDay && day <= lastDay

type Told = TherapyRecord & { readonly sourceKey: SourceKey }

function recordsOf(chunks: readonly Chunk[], what: 'therapy' | 'sensor', hasCopies: boolean): TherapyRecord[] {
  const facts: Told[] = []
  const glucose: GlucoseChunk[] = []
  for (const chunk of chunks) {
    if (chunk.kind === 'cbg') {
      glucose.push(chunk)
      continue
    }
    for (const fact of chunk.records) {
      if ((fact.type === 'sensorState') !== (what === 'sensor')) continue
      // A StoredFact is a TherapyRecord but for its identity text.
      facts.push({ ...fact, identity: '', sourceKey: chunk.source } as Told)
    }
  }
  const told = hasCopies ? withoutCopies(facts.sort((a, b) => a.deviceTime - b.deviceTime)) : facts
  return [...told, ...glucoseOf(glucose, hasCopies)]
}

function glucoseOf(chunks: readonly GlucoseChunk[], hasCopies: boolean): TherapyRecord[] {
  const counted = hasCopies ? countedIn(chunks) : undefined
  const values: TherapyRecord[] = []
  for (const chunk of chunks) {
    for (let row = 0; row < chunk.time.length; row++) {
      if (counted && !counted.has(`${chunk.source} ${chunk.time[row]}`)) continue
      values.push({ ...cbgAt(chunk, row), identity: '' })
    }
  }
  return values
}

/** The values that reports count of one device's sources, by source and time. */
function countedIn(chunks: readonly GlucoseChunk[]): ReadonlySet<string> {
  const sources = [...new Set(chunks.map(({ source }) => source))]
  const merged = mergeSeries(
    sources.map(source =>
      seriesOf(
        source,
        chunks.filter(chunk => chunk.source === source),
      ),
    ),
  )
  return new Set(Array.from(merged.time, (time, i) => `${merged.sources[merged.source[i] ?? 0]} ${time}`))
}

async function blobOf(pieces: AsyncIterable<string>): Promise<Blob> {
  const parts: Blob[] = []
  let text = ''
  for await (const piece of pieces) {
    text += piece
    if (text.length < PART_LENGTH) continue
    parts.push(new Blob([text]))
    text = ''
  }
  return new Blob([...parts, text], { type: 'text/csv' })
}
