/**
 * Two real sensor streams against what the R package cgmanalysis made of them (`cc0-exports` of the captures' readme). It
 * cuts to whole days, some hours after the beginning. The two columns are read here, for Basalt has no importer for these
 * makers. `iPro.xlsx` is not read: Basalt opens no workbooks, and no result of it was published.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MINUTE_MS } from '#records/time.ts'
import { mergeSeries } from '#stats/dedupe.ts'
import { between } from '#stats/slices.ts'
import { captures } from '../helpers/captures.ts'
import { type Reading, seriesOf, wall } from '../helpers/glucose.ts'

const folder = captures('cgm')

const table = (file: string, separator: string): string[][] =>
  folder
    ? readFileSync(join(folder, 'cc0-exports', file), 'utf8')
        .trim()
        .split(/\r?\n/)
        .map(line => line.split(separator))
    : []

/** The wall time of "8/1/18 16:15", month first. */
function minute(text: string): number {
  const [month = '', day = '', year = '', time = ''] = text.split(/[/ ]/)
  return wall(`20${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${time.padStart(5, '0')}`)
}

/** The package's result: times in whole minutes. */
const cleaned = (file: string): Reading[] =>
  table(file, ',')
    .slice(1)
    .map(([, time = '', value]) => ({ at: minute(time), value: Number(value) }))

/** What Basalt's one truth holds in the time that the package kept, by whole minutes. */
function keptOf(raw: readonly Reading[], intervalMinutes: number, published: readonly Reading[]): Reading[] {
  const merged = mergeSeries([seriesOf(raw, 'cafe:file', intervalMinutes)])
  const { time, mgdl } = between(merged, published[0]?.at ?? 0, (published.at(-1)?.at ?? 0) + MINUTE_MS)
  return Array.from(time, (at, i) => ({ at: Math.floor(at / MINUTE_MS) * MINUTE_MS, value: mgdl[i] ?? 0 }))
}

describe.skipIf(!folder)('real sensor streams (need the captures beside the checkout)', () => {
  it('of a Dexcom G5: holds every sensor value that the package holds, and nothing that the sensor did not say', () => {
    const rows = table('Dexcom.txt', '\t')
    const ofType = (type: string): Reading[] =>
      rows.filter(row => row[2] === type).map(row => ({ at: wall(row[1] ?? ''), value: Number(row[7]) }))
    const raw = ofType('EGV')
    expect(raw.length).toBe(1411)
    const published = cleaned('Dexcom.cleaned.csv')
    const kept = keptOf(raw, 5, published)
    const key = ({ at, value }: Reading) => `${at} ${value}`
    const ours = new Set(kept.map(key))
    const more = published.filter(reading => !ours.has(key(reading)))
    expect(published.length - more.length).toBe(kept.length)
    // The package takes calibrations for sensor values, and puts a value of its own into one gap of ten minutes.
    const calibrations = new Set(
      ofType('Calibration').map(({ at, value }) => key({ at: Math.floor(at / MINUTE_MS) * MINUTE_MS, value })),
    )
    const made = more.filter(reading => !calibrations.has(key(reading)))
    expect([more.length, made.length]).toEqual([11, 1])
    expect(made.every(({ value }) => !Number.isInteger(value))).toBe(true)
  })

  it('of a FreeStyle Libre: holds what the package holds, but for a value a minute early', () => {
    const raw = table('Libre.csv', ',')
      .slice(3)
      .map(([time = '', , value]) => ({ at: minute(time), value: Number(value) }))
    expect(raw.length).toBe(1337)
    const published = cleaned('Libre.cleaned.csv')
    const kept = keptOf(raw, 15, published)
    // Each value blocks its quarter of an hour but for ten seconds (sheet §4), and this file tells no seconds.
    const isEarly = ({ at }: Reading, i: number) => at - (published[i - 1]?.at ?? 0) < 15 * MINUTE_MS - 10_000
    expect(published.filter(isEarly).length).toBe(1)
    expect(kept).toEqual(published.filter((reading, i) => !isEarly(reading, i)))
  })
})
