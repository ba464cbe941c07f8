import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordIdOf } from '#records/identity.ts'
import type { Cbg, Smbg } from '#records/records.ts'
import { GlucoseFlag } from '#records/series.ts'
import { mergeFacts } from '#store/factChunk.ts'
import { cbgAt, glucoseIdAt, mergeGlucose, withoutArtifact } from '#store/glucoseChunk.ts'
import { merge } from '#store/mergeChunks.ts'
import { type Chunk, deviceKeyOfSource, type FactChunk, type GlucoseChunk, rowCount } from '#store/rows.ts'
import { after, batchOf, cbg, minutes, smbg } from './records.ts'

const artifactA = 'a'.repeat(64)
const artifactB = 'b'.repeat(64)

function glucoseDay(records: readonly Cbg[], artifactId = artifactA): GlucoseChunk {
  const chunk = batchOf(artifactId, records).sources[0]?.chunks[0]
  if (chunk?.kind !== 'cbg') throw new Error('one day of glucose')
  return chunk
}

function factDay(records: readonly Smbg[], artifactId = artifactA, decoderVersion = 1): FactChunk {
  const chunk = batchOf(artifactId, records, { decoderVersion }).sources[0]?.chunks[0]
  if (!chunk || chunk.kind === 'cbg') throw new Error('one day of facts')
  return chunk
}

const values = (chunk: GlucoseChunk) => Array.from(chunk.time, (_, row) => cbgAt(chunk, row).value)

/** Mostly undefined, now and then one of these. */
const seldom = <T>(...values: readonly T[]): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(...values) })

/** Few times, few values: most are equal to some other, and differ only in what is told beside. */
const someCbg: fc.Arbitrary<Cbg> = fc
  .record({
    time: fc.integer({ min: 0, max: 1 }),
    value: fc.constantFrom(100, 101),
    mmol: seldom(true),
    out: seldom('low' as const, 'high' as const),
    seq: seldom(0, 1),
    isigNa: seldom(12.5, 23.45),
    backfilled: seldom(true),
    offset: fc.integer({ min: 0, max: 1 }),
  })
  .map(({ time, value, mmol, out, seq, isigNa, backfilled, offset }) =>
    cbg(minutes(time), mmol ? value / 10 : value, {
      units: mmol ? 'mmol/L' : 'mg/dL',
      raw: { page: 0, offset, length: 3 },
      ...(out ? { outOfRange: out } : {}),
      ...(seq === undefined ? {} : { seq }),
      ...(isigNa === undefined ? {} : { isigNa }),
      ...(backfilled ? { backfilled } : {}),
    }),
  )
const someGlucoseDay = fc
  .tuple(fc.array(someCbg, { minLength: 1, maxLength: 8 }), fc.constantFrom(artifactA, artifactB))
  .map(([records, artifact]) => glucoseDay(records, artifact))

const someSmbg: fc.Arbitrary<Smbg> = fc
  .record({ time: fc.integer({ min: 0, max: 3 }), value: fc.constantFrom(99, 100), supporting: fc.boolean() })
  .map(({ time, value, supporting }) =>
    smbg(minutes(time), value, supporting ? { supporting: [{ page: 0, offset: 9, length: 1 }] } : {}),
  )
const someFactDay = fc
  .tuple(
    fc.array(someSmbg, { minLength: 1, maxLength: 8 }),
    fc.constantFrom(artifactA, artifactB),
    fc.integer({ min: 1, max: 2 }),
  )
  .map(([records, artifact, version]) => factDay(records, artifact, version))

/** What a value is, whatever artifact it came from; the same one twice gives the same text twice. */
function contents(chunk: Chunk): string[] {
  if (chunk.kind !== 'cbg') return chunk.records.map(record => record.id).sort()
  return Array.from(chunk.time, (_, row) => {
    const { deviceTime, value, units, outOfRange, seq } = cbgAt(chunk, row)
    return JSON.stringify([deviceTime, value, units, outOfRange, seq])
  }).sort()
}

/** The obvious multiset-max: each content as often as in the copy that has it more often. */
function multisetMax(a: readonly string[], b: readonly string[]): string[] {
  const times = (all: readonly string[], one: string) => all.filter(other => other === one).length
  return [...new Set([...a, ...b])]
    .flatMap(one => Array.from({ length: Math.max(times(a, one), times(b, one)) }, () => one))
    .sort()
}

describe.each([
  ['sensor glucose', someGlucoseDay as fc.Arbitrary<Chunk>],
  ['other records', someFactDay as fc.Arbitrary<Chunk>],
])('merging days of %s', (_, someDay) => {
  it('gives the same in any order', () => {
    fc.assert(
      fc.property(someDay, someDay, (a, b) => {
        expect(merge(a, b)).toEqual(merge(b, a))
      }),
    )
  })
  it('gives the same in any grouping', () => {
    fc.assert(
      fc.property(someDay, someDay, someDay, (a, b, c) => {
        expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)))
      }),
    )
  })
  it('does nothing the second time', () => {
    fc.assert(
      fc.property(someDay, someDay, (a, b) => {
        expect(merge(a, a)).toBe(a)
        const once = merge(a, b)
        expect(merge(once, b)).toBe(once)
        expect(merge(once, a)).toBe(once)
      }),
    )
  })
  it('holds each value as often as the copy that has it more often', () => {
    fc.assert(
      fc.property(someDay, someDay, (a, b) => {
        expect(contents(merge(a, b))).toEqual(multisetMax(contents(a), contents(b)))
      }),
    )
  })
})

describe('a day of sensor glucose', () => {
  it('gives back each record as its decoder gave it', () => {
    fc.assert(
      fc.property(fc.array(someCbg, { minLength: 1 }), some => {
        const records = some.map((record, i) => ({ ...record, deviceTime: after(minutes(i)) }))
        const chunk = glucoseDay(records.toReversed())
        const expected = records.map(record => ({
          ...record,
          identity: undefined,
          ...(record.outOfRange ? { annotations: ['bg/out-of-range'] } : {}),
        }))
        expect(Array.from(chunk.time, (_, row) => cbgAt(chunk, row))).toEqual(expected)
      }),
    )
  })

  it('holds every mg/dL and every tenth of a mmol/L exactly', () => {
    const mgdl = Array.from({ length: 1001 }, (_, value) => cbg(value * 1000, value))
    const mmol = Array.from({ length: 1001 }, (_, tenths) => cbg(tenths * 1000, tenths / 10, { units: 'mmol/L' }))
    expect(values(glucoseDay(mgdl))).toEqual(mgdl.map(record => record.value))
    expect(values(glucoseDay(mmol))).toEqual(mmol.map(record => record.value))
  })

  it('keeps LO one step below the limit and says the limit', () => {
    const chunk = glucoseDay([
      cbg(0, 40, { outOfRange: 'low' }),
      cbg(1000, 22.2, { units: 'mmol/L', outOfRange: 'high' }),
    ])
    expect([...chunk.steps]).toEqual([39, 223])
    expect([...chunk.flags]).toEqual([GlucoseFlag.Low, GlucoseFlag.High | GlucoseFlag.Mmol])
    expect(values(chunk)).toEqual([40, 22.2])
  })

  it('names each value as identity.ts would have, counting equal ones', () => {
    const records = [cbg(0, 100), cbg(0, 100), cbg(0, 101), cbg(minutes(5), 100, { seq: 7 })]
    const chunk = glucoseDay(records)
    const key = deviceKeyOfSource(chunk.source)
    expect(Array.from(chunk.time, (_, row) => glucoseIdAt(chunk, row))).toEqual([
      recordIdOf(key, cbg(0, 100), 0),
      recordIdOf(key, cbg(0, 100), 1),
      recordIdOf(key, cbg(0, 101), 0),
      recordIdOf(key, cbg(minutes(5), 100, { seq: 7 }), 0),
    ])
  })

  it('gives every value a name of its own, also a plain 40 beside a LO whose limit is 40', () => {
    fc.assert(
      fc.property(someGlucoseDay, chunk => {
        const ids = Array.from(chunk.time, (_, row) => glucoseIdAt(chunk, row))
        expect(new Set(ids).size).toBe(ids.length)
      }),
    )
  })

  it('keeps the pointer of the copy that says more', () => {
    const plain = glucoseDay([cbg(0, 100)], artifactA)
    const withCurrent = glucoseDay([cbg(0, 100, { isigNa: 23.45 })], artifactB)
    expect(mergeGlucose(plain, withCurrent)).toEqual(withCurrent)
    expect(mergeGlucose(plain, withCurrent).artifacts).toEqual([artifactB])
  })

  it('drops what one artifact gave, and its name', () => {
    const both = mergeGlucose(glucoseDay([cbg(0, 100)], artifactA), glucoseDay([cbg(1000, 101)], artifactB))
    expect(withoutArtifact(both, artifactA)).toEqual(glucoseDay([cbg(1000, 101)], artifactB))
    expect(withoutArtifact(both, 'c'.repeat(64))).toBe(both)
  })
})

describe('collecting', () => {
  it('splits at the device’s midnight, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3 * 1440, max: 3 * 1440 }), { minLength: 1 }), times => {
        const { chunks, found, from, to } =
          batchOf(
            artifactA,
            times.map(at => cbg(minutes(at), 100)),
          ).sources[0] ?? {}
        for (const chunk of chunks ?? []) {
          if (chunk.kind !== 'cbg') throw new Error('only glucose here')
          expect(chunk.time.every(time => Math.floor(time / 86_400_000) === chunk.day)).toBe(true)
          expect([...chunk.time]).toEqual([...chunk.time].sort((a, b) => a - b))
        }
        expect((chunks ?? []).reduce((sum, chunk) => sum + rowCount(chunk), 0)).toBe(times.length)
        expect(found).toEqual({ cbg: times.length })
        expect((to ?? 0) - (from ?? 0)).toBe(minutes(Math.max(...times) - Math.min(...times)))
      }),
    )
  })

  it('puts each kind into a chunk of its own', () => {
    const records = [cbg(0, 100), smbg(0, 101), { ...smbg(0, 102), type: 'calibration' as const }]
    const batch = batchOf(artifactA, records)
    expect(batch.sources[0]?.found).toEqual({ cbg: 1, smbg: 2 })
  })

  it('refuses a value that the columns would change, and says so', () => {
    const batch = batchOf(artifactA, [
      cbg(0, 100.5),
      cbg(0, Number.NaN),
      cbg(0, 70_000),
      cbg(0, 5.55, { units: 'mmol/L' }),
    ])
    expect(batch.sources[0]?.chunks).toEqual([])
    expect(batch.skipped.byReason).toEqual({
      'a glucose value finer than its unit': 2,
      'a glucose value out of all bounds': 2,
    })
  })

  it('refuses a record without a valid time', () => {
    const batch = batchOf(artifactA, [smbg(Number.NaN, 100)])
    expect(batch.skipped.byReason).toEqual({ 'no valid time': 1 })
  })

  it('tells two otherwise identical results of one minute apart', () => {
    const batch = batchOf(artifactA, [smbg(0, 100), smbg(0, 100)])
    expect(batch.sources[0]?.found).toEqual({ smbg: 2 })
    const again = factDay([smbg(0, 100)])
    const twice = factDay([smbg(0, 100), smbg(0, 100)])
    expect(mergeFacts(twice, again)).toBe(twice)
    expect(mergeFacts(again, twice).records).toHaveLength(2)
  })

  it('keeps the newer decoder’s copy of a record', () => {
    const old = factDay([smbg(0, 100)], artifactA, 1)
    const better = factDay([smbg(0, 100, { meal: 'before' })], artifactB, 2)
    expect(mergeFacts(old, better).records).toEqual(better.records)
    expect(mergeFacts(better, old)).toBe(better)
  })

  it('remembers the first thousand skipped stretches and counts all', () => {
    const batch = batchOf(
      artifactA,
      Array.from({ length: 1_500 }, () => cbg(0, Number.NaN)),
    )
    expect(batch.skipped.first).toHaveLength(1_000)
    expect(batch.skipped.count).toBe(1_500)
  })
})
