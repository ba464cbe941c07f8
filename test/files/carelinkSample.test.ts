import { describe, expect, it } from 'vitest'
import { importer } from '#files/carelink-csv/importer.ts'
import { sampleCsv } from '#files/carelink-csv/sample.ts'
import { DAY_MS } from '#records/time.ts'
import { collect, ofType } from './collect.ts'

const text = (days: number, seed: number, lastDay = 20_454) => [...sampleCsv({ days, lastDay, seed })].join('')

describe('the sample export', () => {
  it('is the same for the same options and another for another seed', () => {
    expect(text(2, 5)).toBe(text(2, 5))
    expect(text(2, 5)).not.toBe(text(2, 6))
  })

  it('writes a day alike whatever days stand around it', async () => {
    const one = ofType(await collect(importer, text(1, 5)), 'cbg')
    const many = ofType(await collect(importer, text(9, 5)), 'cbg').filter(
      ({ deviceTime }) => deviceTime >= 20_454 * DAY_MS,
    )
    expect(many.map(({ deviceTime, value }) => [deviceTime, value])).toEqual(
      one.map(({ deviceTime, value }) => [deviceTime, value]),
    )
  })

  it('reads without a remark', async () => {
    const found = await collect(importer, text(30, 2))
    expect(found.skipped).toEqual([])
    expect(found.warnings).toEqual([])
    expect(found.devices).toMatchObject([{ kind: 'pump', serial: 'SIM0780G' }])
  })

  it('has all that reports show', async () => {
    const found = await collect(importer, text(30, 2))
    const types = new Set(found.records.map(({ record }) => record.type))
    for (const type of [
      'cbg',
      'smbg',
      'bolus',
      'wizard',
      'basalRate',
      'tempBasal',
      'suspend',
      'prime',
      'rewind',
      'alarm',
      'sensorState',
    ] as const) {
      expect([type, types.has(type)]).toEqual([type, true])
    }
    const reasons = ofType(found, 'suspend').map(({ reason }) => reason)
    expect(reasons).toContain('beforeLow')
    expect(reasons).toContain('notSeated')
    expect(ofType(found, 'suspend').filter(({ suspended }) => suspended).length * 2).toBe(reasons.length)
    expect(ofType(found, 'bolus').some(({ subType }) => subType === 'dual')).toBe(true)
    expect(
      ofType(found, 'bolus').every(({ startTime, deviceTime }) => startTime !== undefined && startTime < deviceTime),
    ).toBe(true)
  })

  for (const seed of [1, 2, 3]) {
    it(`looks like somebody's glucose (seed ${seed})`, async () => {
      const values = ofType(await collect(importer, text(60, seed)), 'cbg').map(({ value }) => value)
      const share = (test: (value: number) => boolean) => (100 * values.filter(test).length) / values.length
      const inRange = share(value => value >= 70 && value <= 180)
      expect(inRange).toBeGreaterThan(65)
      expect(inRange).toBeLessThan(75)
      const low = share(value => value < 70)
      expect(low).toBeGreaterThan(1)
      expect(low).toBeLessThan(8)
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      expect(mean).toBeGreaterThan(135)
      expect(mean).toBeLessThan(165)
      // Descending rows, five minutes apart almost always: no jump that a sensor would not show.
      const jumps = values.slice(1).map((value, i) => Math.abs(value - (values[i] ?? value)))
      expect(jumps.filter(jump => jump > 25).length / jumps.length).toBeLessThan(0.002)
    })
  }
})
