/**
 * One device-day of sensor glucose as columns: build, merge, take apart. Pure; no database.
 * Two copies of a day merge as a multiset-max union (sync sheet §3.2): a value that one copy holds twice and the other
 * once is there twice afterwards. Which of two equal values keeps its pointer is decided by content, never by who came
 * first, so that any order of merging gives the same bytes.
 */
import { recordIdOf } from '#records/identity.ts'
import type { Cbg, GlucoseValue } from '#records/records.ts'
import { GlucoseFlag } from '#records/series.ts'
import type { DeviceTime } from '#records/time.ts'
import { deviceKeyOfSource, type GlucoseChunk, type GlucoseColumns } from './rows.ts'

/** The flags that say what the device said; `Backfilled` says only how it came. */
const IDENTITY_FLAGS = GlucoseFlag.Mmol | GlucoseFlag.Low | GlucoseFlag.High

/** Rows taken from one or more sides: row `row[i]` of `sides[side[i]]`. */
interface Picks {
  readonly side: Uint8Array
  readonly row: Uint32Array
  readonly count: number
}

/** The order of rows in a chunk: time, value, flags, record number. Equal rows are the same value, seen again. */
export function compareRows(a: GlucoseColumns, i: number, b: GlucoseColumns, j: number): number {
  return (
    at(a.time, i) - at(b.time, j) ||
    at(a.steps, i) - at(b.steps, j) ||
    (at(a.flags, i) & IDENTITY_FLAGS) - (at(b.flags, j) & IDENTITY_FLAGS) ||
    (seqAt(a, i) ?? -1) - (seqAt(b, j) ?? -1)
  )
}

/** Both copies of one day. Gives `a` itself when `b` adds nothing and improves nothing. */
export function mergeGlucose(a: GlucoseChunk, b: GlucoseChunk): GlucoseChunk {
  const most = a.time.length + b.time.length
  const side = new Uint8Array(most)
  const row = new Uint32Array(most)
  let [i, j, count, fromB] = [0, 0, 0, 0]
  while (i < a.time.length || j < b.time.length) {
    const order = i >= a.time.length ? 1 : j >= b.time.length ? -1 : compareRows(a, i, b, j)
    const takeB = order > 0 || (order === 0 && compareDetails(a, i, b, j) > 0)
    side[count] = takeB ? 1 : 0
    row[count] = takeB ? j : i
    if (takeB) fromB++
    if (order <= 0) i++
    if (order >= 0) j++
    count++
  }
  return fromB === 0 ? a : { ...gather([a, b], { side, row, count }), source: a.source, kind: 'cbg', day: a.day }
}

/** The day without the values of one artifact; `chunk` itself when it has none of it. */
export function withoutArtifact(chunk: GlucoseChunk, artifactId: string): GlucoseChunk {
  const number = chunk.artifacts.indexOf(artifactId)
  if (number < 0) return chunk
  const row = Uint32Array.from(chunk.time.keys()).filter(index => chunk.artifact[index] !== number)
  const picks = { side: new Uint8Array(row.length), row, count: row.length }
  return { ...gather([chunk], picks), source: chunk.source, kind: 'cbg', day: chunk.day }
}

/** New columns with the rows picked, in that order; artifacts that are no longer used drop out. */
export function gather(sides: readonly GlucoseColumns[], { side, row, count }: Picks): GlucoseColumns {
  const used = new Set<string>()
  const source = (i: number): GlucoseColumns => {
    const columns = sides[at(side, i)]
    if (!columns) throw new RangeError(`No side ${side[i]}`)
    return columns
  }
  for (let i = 0; i < count; i++) used.add(artifactAt(source(i), at(row, i)))
  const artifacts = [...used].sort()
  const numbers = sides.map(columns => columns.artifacts.map(id => artifacts.indexOf(id)))
  const withSeq = sides.some(columns => columns.seq)
  const time = new Float64Array(count)
  const steps = new Uint16Array(count)
  const flags = new Uint8Array(count)
  const isigNa = new Float32Array(count)
  const artifact = new Uint16Array(count)
  const page = new Uint32Array(count)
  const offset = new Uint32Array(count)
  const length = new Uint32Array(count)
  const seq = withSeq ? new Float64Array(count) : undefined
  for (let i = 0; i < count; i++) {
    const from = source(i)
    const r = at(row, i)
    time[i] = at(from.time, r)
    steps[i] = at(from.steps, r)
    flags[i] = at(from.flags, r)
    isigNa[i] = at(from.isigNa, r)
    artifact[i] = numbers[at(side, i)]?.[at(from.artifact, r)] ?? 0
    page[i] = at(from.page, r)
    offset[i] = at(from.offset, r)
    length[i] = at(from.length, r)
    if (seq) seq[i] = from.seq?.[r] ?? Number.NaN
  }
  const columns = { time, steps, flags, isigNa, artifact, page, offset, length, artifacts }
  return seq && !seq.every(Number.isNaN) ? { ...columns, seq } : columns
}

/** The native value in its unit, with LO and HI as the limit itself: what the device said. */
export function saidAt(columns: GlucoseColumns, row: number): GlucoseValue {
  const flags = at(columns.flags, row)
  const outOfRange = flags & GlucoseFlag.Low ? 'low' : flags & GlucoseFlag.High ? 'high' : undefined
  const steps = at(columns.steps, row) + (outOfRange === 'low' ? 1 : outOfRange === 'high' ? -1 : 0)
  return {
    ...(flags & GlucoseFlag.Mmol ? { value: steps / 10, units: 'mmol/L' } : { value: steps, units: 'mg/dL' }),
    ...(outOfRange ? { outOfRange } : {}),
  }
}

/** The record at a row, as its decoder gave it (without the identity text). */
export function cbgAt(columns: GlucoseColumns, row: number): Omit<Cbg, 'identity'> {
  const flags = at(columns.flags, row)
  const isig = at(columns.isigNa, row)
  const seq = seqAt(columns, row)
  const said = saidAt(columns, row)
  return {
    type: 'cbg',
    // Was a DeviceTime when it was collected.
    deviceTime: at(columns.time, row) as DeviceTime,
    ...said,
    raw: { page: at(columns.page, row), offset: at(columns.offset, row), length: at(columns.length, row) },
    ...(seq === undefined ? {} : { seq }),
    ...(said.outOfRange ? { annotations: ['bg/out-of-range'] } : {}),
    // Seven digits are what a Float32 keeps; more would show 23.450000762939453.
    ...(Number.isNaN(isig) ? {} : { isigNa: Number(isig.toPrecision(7)) }),
    ...(flags & GlucoseFlag.Backfilled ? { backfilled: true } : {}),
  }
}

export const artifactAt = (columns: GlucoseColumns, row: number): string =>
  columns.artifacts[at(columns.artifact, row)] ?? ''

/** The record's id; not stored, as it follows from the row and its equals before it. */
export function glucoseIdAt(chunk: GlucoseChunk, row: number): string {
  const record = cbgAt(chunk, row)
  let ordinal = 0
  for (let i = row - 1; i >= 0 && chunk.time[i] === record.deviceTime; i--) {
    const { value, units, outOfRange } = saidAt(chunk, i)
    const isSame = value === record.value && units === record.units && outOfRange === record.outOfRange
    if (isSame && seqAt(chunk, i) === record.seq) ordinal++
  }
  return recordIdOf(deviceKeyOfSource(chunk.source), { ...record, identity: '' }, ordinal)
}

/**
 * Which of two equal values is kept: negative for a's. More said wins (sensor current, not backfilled), then the
 * smaller artifact id and place: any fixed rule would do.
 */
function compareDetails(a: GlucoseColumns, i: number, b: GlucoseColumns, j: number): number {
  const [isigA, isigB] = [at(a.isigNa, i), at(b.isigNa, j)]
  return (
    Number(Number.isNaN(isigA)) - Number(Number.isNaN(isigB)) ||
    (at(a.flags, i) & GlucoseFlag.Backfilled) - (at(b.flags, j) & GlucoseFlag.Backfilled) ||
    compareText(artifactAt(a, i), artifactAt(b, j)) ||
    at(a.page, i) - at(b.page, j) ||
    at(a.offset, i) - at(b.offset, j) ||
    at(a.length, i) - at(b.length, j) ||
    (Number.isNaN(isigA) ? 0 : isigA - isigB)
  )
}

const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

const seqAt = (columns: GlucoseColumns, row: number): number | undefined => {
  const seq = columns.seq?.[row] ?? Number.NaN
  return Number.isNaN(seq) ? undefined : seq
}

/** A column's value at a row that is known to exist. */
const at = (column: ArrayLike<number>, row: number): number => {
  const value = column[row]
  if (value === undefined) throw new RangeError(`No row ${row}`)
  return value
}
