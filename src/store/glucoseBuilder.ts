/**
 * Sensor glucose in the order a decoder finds it, in columns that grow, until it is split into days.
 */
import type { Cbg } from '#records/records.ts'
import { GlucoseFlag, stepsOf } from '#records/series.ts'
import { DAY_MS } from '#records/time.ts'
import { compareRows, gather } from './glucoseChunk.ts'
import type { GlucoseChunk, GlucoseColumns, SourceKey } from './rows.ts'

const MAX_STEPS = 0xffff
const MAX_POSITION = 0xffff_ffff

export class GlucoseBuilder {
  readonly #artifacts: readonly string[]
  #columns = emptyColumns(1_024)
  #count = 0

  constructor(artifactId: string) {
    this.#artifacts = [artifactId]
  }

  /** Takes a value, or says why the columns cannot hold it. Never rounds: a value that would change is refused. */
  add(record: Cbg): string | undefined {
    const { value, units, outOfRange, raw } = record
    const steps = stepsOf(value, units, outOfRange)
    const plain = stepsOf(value, units)
    if (!(steps >= 0 && steps <= MAX_STEPS)) return 'a glucose value out of all bounds'
    if ((units === 'mg/dL' ? plain : plain / 10) !== value) return 'a glucose value finer than its unit'
    if (Math.max(raw.page, raw.offset, raw.length) > MAX_POSITION) return 'bytes too far back in their artifact'
    if (this.#count === this.#columns.time.length) this.#columns = grown(this.#columns)
    const i = this.#count++
    const columns = this.#columns
    columns.time[i] = record.deviceTime
    columns.steps[i] = steps
    columns.flags[i] =
      (units === 'mmol/L' ? GlucoseFlag.Mmol : 0) |
      (outOfRange === 'low' ? GlucoseFlag.Low : 0) |
      (outOfRange === 'high' ? GlucoseFlag.High : 0) |
      (record.backfilled ? GlucoseFlag.Backfilled : 0)
    columns.isigNa[i] = record.isigNa ?? Number.NaN
    columns.page[i] = raw.page
    columns.offset[i] = raw.offset
    columns.length[i] = raw.length
    columns.seq[i] = record.seq ?? Number.NaN
    return undefined
  }

  /** One chunk per device-day, each sorted. */
  chunks(source: SourceKey): GlucoseChunk[] {
    const all: GlucoseColumns = { ...this.#columns, artifacts: this.#artifacts }
    // Array's sort is quick on what is sorted already, forwards or backwards, as devices and files mostly are; and it
    // is stable, which keeps equal values in the order they came.
    const order = Array.from({ length: this.#count }, (_, i) => i).sort((i, j) => compareRows(all, i, all, j))
    const chunks: GlucoseChunk[] = []
    let start = 0
    while (start < order.length) {
      const day = this.#dayOf(order[start])
      let end = start + 1
      while (end < order.length && this.#dayOf(order[end]) === day) end++
      const row = Uint32Array.from(order.slice(start, end))
      const columns = gather([all], { side: new Uint8Array(row.length), row, count: row.length })
      chunks.push({ ...columns, source, kind: 'cbg', day })
      start = end
    }
    return chunks
  }

  #dayOf(row: number | undefined): number {
    return Math.floor((this.#columns.time[row ?? -1] ?? Number.NaN) / DAY_MS)
  }
}

const emptyColumns = (size: number) => ({
  time: new Float64Array(size),
  steps: new Uint16Array(size),
  flags: new Uint8Array(size),
  isigNa: new Float32Array(size),
  artifact: new Uint16Array(size),
  page: new Uint32Array(size),
  offset: new Uint32Array(size),
  length: new Uint32Array(size),
  seq: new Float64Array(size),
})

type Columns = ReturnType<typeof emptyColumns>

function grown(columns: Columns): Columns {
  const bigger = emptyColumns(columns.time.length * 2)
  bigger.time.set(columns.time)
  bigger.steps.set(columns.steps)
  bigger.flags.set(columns.flags)
  bigger.isigNa.set(columns.isigNa)
  bigger.page.set(columns.page)
  bigger.offset.set(columns.offset)
  bigger.length.set(columns.length)
  bigger.seq.set(columns.seq)
  return bigger
}
