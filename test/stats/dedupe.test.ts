import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Smbg } from '#records/records.ts'
import type { GlucoseSeries } from '#records/series.ts'
import { countedMeterValues, mergeSeries, meterSeries, withoutCopies } from '#stats/dedupe.ts'
import { emptySeries } from '#stats/slices.ts'
import { type Reading, seriesOf, wall } from '../helpers/glucose.ts'
import { bolus, logged } from '../helpers/pumpLog.ts'

const start = wall('2024-03-01T08:00')
const minutes = (...values: readonly (readonly [number, number])[]): Reading[] =>
  values.map(([minute, value]) => ({ at: start + minute * 60_000, value }))
const shown = (series: GlucoseSeries) =>
  Array.from(series.time, (time, i) => [
    (time - start) / 60_000,
    series.steps[i],
    series.sources[series.source[i] ?? -1],
  ])

describe('merging glucose series', () => {
  it('keeps a clean series as it is', () => {
    const series = seriesOf(minutes([0, 100], [5, 101], [10, 102]))
    expect(mergeSeries([series])).toBe(series)
    expect(mergeSeries([]).time.length).toBe(0)
  })

  it('drops what comes before its time, to ten seconds', () => {
    const series = seriesOf([
      { at: start, value: 100 },
      { at: start + 289_999, value: 101 },
      { at: start + 290_000, value: 102 },
      { at: start + 290_000, value: 103 },
    ])
    expect(Array.from(mergeSeries([series]).steps)).toEqual([100, 102])
  })

  it('keeps every value of a one-minute sensor', () => {
    const series = seriesOf(minutes([0, 100], [1, 101], [2, 102]), 'a:read', 1)
    expect(mergeSeries([series]).time.length).toBe(3)
  })

  it('prefers what was read to what was found in a file, whatever the order', () => {
    const read = seriesOf(minutes([10, 110], [15, 115]), 'a:read')
    const file = seriesOf(minutes([0, 1], [5, 2], [8, 3], [12, 4], [20, 5]), 'a:file:carelink-csv')
    for (const list of [
      [read, file],
      [file, read],
    ]) {
      // The file's value at 8 min would block the one read at 10 min.
      expect(shown(mergeSeries(list))).toEqual([
        [0, 1, 'a:file:carelink-csv'],
        [5, 2, 'a:file:carelink-csv'],
        [10, 110, 'a:read'],
        [15, 115, 'a:read'],
        [20, 5, 'a:file:carelink-csv'],
      ])
    }
  })

  it('leaves no value in the time of another, keeps all of the best that can stay, and invents nothing', () => {
    const readings = fc
      .uniqueArray(fc.integer({ min: 0, max: 3600 }), { maxLength: 60 })
      .map(seconds => seconds.sort((a, b) => a - b).map(second => ({ at: start + second * 1000, value: 100 })))
    fc.assert(
      fc.property(readings, readings, readings, (a, b, c) => {
        const list = [seriesOf(a, 'a:file:x'), seriesOf(b, 'b:read', 1), seriesOf(c, 'c:file:x', 15)]
        const merged = mergeSeries(list)
        for (let i = 1; i < merged.time.length; i++) {
          const free = (merged.time[i - 1] ?? 0) + Math.max(1, (merged.intervalMs[i - 1] ?? 0) - 10_000)
          expect(merged.time[i]).toBeGreaterThanOrEqual(free)
        }
        const all = new Set([...a, ...b, ...c].map(reading => reading.at))
        for (const time of merged.time) expect(all.has(time)).toBe(true)
        // The source that was read is whole: its values are at least a second apart, but up to 50 s may block.
        const alone = mergeSeries([seriesOf(b, 'b:read', 1)])
        expect(shown(merged).filter(([, , source]) => source === 'b:read')).toEqual(shown(alone))
      }),
      { numRuns: 200 },
    )
  })
})

const meter = (time: string, value: number, more: Partial<Omit<Smbg, 'type'>> = {}, source = 'meter:read') =>
  // An smbg record with these fields.
  logged(time, { type: 'smbg', value, units: 'mg/dL', subType: 'meter', ...more }, source) as Smbg & {
    sourceKey: string
  }

describe('finger-stick values that count', () => {
  it('are no control solution', () => {
    expect(countedMeterValues([meter('2024-03-01T08:00', 110, { controlSolution: true })], emptySeries())).toEqual([])
  })

  it("are the meter's, not the pump's link of the same value within five minutes", () => {
    const linked = (time: string, value: number) => meter(time, value, { subType: 'linked' }, 'pump:read')
    const own = meter('2024-03-01T08:04', 110)
    expect(countedMeterValues([linked('2024-03-01T08:00', 110), own], emptySeries())).toEqual([own])
    const far = linked('2024-03-01T07:58', 110)
    expect(countedMeterValues([far, own], emptySeries())).toEqual([far, own])
    const other = linked('2024-03-01T08:03', 111)
    expect(countedMeterValues([other, own], emptySeries())).toEqual([other, own])
    // One test of the meter cannot be two links.
    const second = linked('2024-03-01T08:05', 110)
    expect(countedMeterValues([linked('2024-03-01T08:02', 110), own, second], emptySeries()).length).toBe(2)
  })

  it('are one when a file names it by another of its rows than the whole file does', () => {
    const pump = (time: string, value: number, more = {}) =>
      meter(time, value, { subType: 'linked', ...more }, 'pump:file:carelink-csv')
    const whole = pump('2024-03-01T08:00', 110)
    const ofCutFile = pump('2024-03-01T08:05', 110)
    expect(countedMeterValues([whole, ofCutFile], emptySeries())).toEqual([whole])
    const sameSecond = pump('2024-03-01T08:00', 110, { subType: 'manual' })
    expect(countedMeterValues([whole, sameSecond], emptySeries())).toEqual([whole])
    for (const another of [
      pump('2024-03-01T08:05:01', 110),
      pump('2024-03-01T08:01', 111),
      meter('2024-03-01T08:01', 110, { subType: 'linked' }, 'other:file:carelink-csv'),
    ]) {
      expect(countedMeterValues([whole, another], emptySeries())).toEqual([whole, another])
    }
    // A meter's memory holds each test once: two of them are two.
    const twice = [meter('2024-03-01T08:00', 110), meter('2024-03-01T08:00', 110)]
    expect(countedMeterValues(twice, emptySeries())).toEqual(twice)
  })

  it('are recognised across units', () => {
    // 5.8 mmol/L = 104.49 mg/dL, which a pump keeps as 104.
    const own = meter('2024-03-01T08:04', 5.8, { units: 'mmol/L' })
    const linked = meter('2024-03-01T08:03', 104, { subType: 'linked' }, 'pump:file:x')
    expect(countedMeterValues([linked, own], emptySeries())).toEqual([own])
  })

  it('are no copies of sensor values, when there are more than ten of them', () => {
    const readings = Array.from({ length: 12 }, (_, i) => ({ at: start + i * 300_000, value: 100 + i }))
    const sensor = seriesOf(readings)
    const copies = readings.map(({ at, value }) => ({
      ...meter('2024-03-01T08:00', value),
      deviceTime: (at + 400) as Smbg['deviceTime'],
    }))
    const real = meter('2024-03-01T12:00', 130)
    expect(countedMeterValues([...copies.slice(0, 10), real], sensor).length).toBe(11)
    expect(countedMeterValues([...copies.slice(0, 11), real], sensor)).toEqual([real])
  })

  it('keep a value that the person rejected, and take LO and HI one step outside', () => {
    const values = [
      meter('2024-03-01T08:00', 20, { outOfRange: 'low' }),
      meter('2024-03-01T09:00', 100, { rejected: true }),
      meter('2024-03-01T10:00', 33.3, { units: 'mmol/L', outOfRange: 'high' }),
    ]
    const series = meterSeries(countedMeterValues(values, emptySeries()))
    expect(Array.from(series.steps)).toEqual([19, 100, 334])
    expect(series.mgdl[2]).toBeCloseTo(33.4 * 18.01559, 9)
  })
})

describe('records of one device from two sources', () => {
  it('count once: the one that was read', () => {
    const read = logged('2024-03-01T08:00', { type: 'bolus', subType: 'normal', normalUnits: 3 }, 'p:read')
    const file = logged('2024-03-01T08:00:40', { type: 'bolus', subType: 'normal', normalUnits: 3 }, 'p:file:x')
    const byEnd = { ...file, deviceTime: wall('2024-03-01T08:02'), startTime: wall('2024-03-01T08:00') }
    const other = logged('2024-03-01T08:00:40', { type: 'bolus', subType: 'normal', normalUnits: 2 }, 'p:file:x')
    const early = logged('2024-03-01T07:00', { type: 'bolus', subType: 'normal', normalUnits: 3 }, 'p:file:x')
    expect(withoutCopies([early, read, file, other])).toEqual([early, read, other])
    expect(withoutCopies([read, byEnd])).toEqual([read])
  })

  it('stay when they are of different devices, or twice in one source', () => {
    const here = logged('2024-03-01T08:00', { type: 'bolus', subType: 'normal', normalUnits: 3 }, 'p:read')
    const there = logged('2024-03-01T08:00', { type: 'bolus', subType: 'normal', normalUnits: 3 }, 'q:file:x')
    expect(withoutCopies([here, there])).toEqual([here, there])
    const twice = [bolus('2024-03-01T08:00', 1), bolus('2024-03-01T08:00', 1)]
    expect(withoutCopies(twice)).toEqual(twice)
  })
})
