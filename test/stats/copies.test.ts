/** Who is left out for whom, from sources made by hand. */
import { expect, it } from 'vitest'
import type { Stored } from '#reports/models.ts'
import type { Smbg, TherapyRecord } from '#records/records.ts'
import { recordCopies, sensorCopies } from '#stats/copies.ts'
import { countedMeterValues, mergeSeries, withoutCopies } from '#stats/dedupe.ts'
import { seriesOf, wall } from '../helpers/glucose.ts'
import { logged } from '../helpers/pumpLog.ts'

const minute = (n: number) => wall('2024-03-01T08:00') + n * 60_000
const values = (...minutes: number[]) => minutes.map(n => ({ at: minute(n), value: 100 + n }))
const sorted = (records: readonly Stored<TherapyRecord>[]) =>
  [...records]
    .sort((a, b) => a.deviceTime - b.deviceTime)
    .map((record, i): Stored<TherapyRecord> => ({ ...record, id: `r${i}` }))

const copiesOf = (all: readonly Stored<TherapyRecord>[], sensor = seriesOf([])) => {
  const kept = withoutCopies(all)
  const counted = countedMeterValues(
    kept.filter(record => record.type === 'smbg'),
    sensor,
  )
  return recordCopies(all, kept, counted, sensor)
}

it('counts sensor values of a file that were read from the device as well', () => {
  const read = seriesOf(values(0, 5, 10), 'pump:read')
  const file = seriesOf(values(0, 5, 10, 15, 20), 'pump:file:x')
  const merged = mergeSeries([file, read])
  expect(merged.time).toHaveLength(5)
  expect(sensorCopies([file, read], merged)).toEqual([
    { type: 'cbg', leftOut: 'pump:file:x', believed: 'pump:read', count: 3 },
  ])
})

it('counts a moment that one source tells twice', () => {
  const series = seriesOf([...values(0), ...values(0), ...values(5)], 'pump:read')
  expect(sensorCopies([series], mergeSeries([series]))).toEqual([
    { type: 'cbg', leftOut: 'pump:read', believed: 'pump:read', count: 1 },
  ])
})

it('counts nothing where there is one truth only', () => {
  const series = seriesOf(values(0, 5, 10), 'pump:read')
  expect(sensorCopies([series], mergeSeries([series]))).toEqual([])
  expect(copiesOf(sorted([logged('2024-03-01T08:00', { type: 'rewind' })]))).toEqual([])
})

it('counts records of a file that were read from the device as well', () => {
  const all = sorted([
    logged('2024-03-01T08:00:00', { type: 'rewind' }, 'pump:read'),
    logged('2024-03-01T08:00:30', { type: 'rewind' }, 'pump:file:x'),
    logged('2024-03-01T09:00:00', { type: 'rewind' }, 'pump:file:x'),
  ])
  expect(copiesOf(all)).toEqual([{ type: 'rewind', leftOut: 'pump:file:x', believed: 'pump:read', count: 1 }])
})

it('counts what a pump repeats of its meter, and no control solution', () => {
  const stick = (at: string, subType: Smbg['subType'], source: string, more: Partial<Smbg> = {}) =>
    logged(at, { type: 'smbg', subType, value: 112, units: 'mg/dL', ...more }, source)
  const all = sorted([
    stick('2024-03-01T08:00', 'meter', 'meter:read'),
    stick('2024-03-01T08:02', 'linked', 'pump:file:x'),
    stick('2024-03-01T08:30', 'meter', 'meter:read', { controlSolution: true }),
  ])
  expect(copiesOf(all)).toEqual([{ type: 'smbg', leftOut: 'pump:file:x', believed: 'meter:read', count: 1 }])
})
