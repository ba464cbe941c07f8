import { describe, expect, it } from 'vitest'
import { importer } from '#files/carelink-csv/importer.ts'
import { sampleCsv } from '#files/carelink-csv/sample.ts'
import { SMART_GUARD_DAYS } from '#files/carelink-csv/sampleSmartGuard.ts'
import { type DeviceTime, DAY_MS, MINUTE_MS } from '#records/time.ts'
import { summariseAlgorithm } from '#stats/algorithmUse.ts'
import { deriveBasal } from '#stats/basal.ts'
import { insulinByDay } from '#stats/insulin.ts'
import { collect, ofType } from './collect.ts'

const LAST_DAY = 20_454
const text = (days: number, seed: number, lastDay = LAST_DAY) => [...sampleCsv({ days, lastDay, seed })].join('')

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
      'autoBasalDose',
      'calibration',
    ] as const) {
      expect([type, types.has(type)]).toEqual([type, true])
    }
    const reasons = ofType(found, 'suspend').map(({ reason }) => reason)
    expect(reasons).toContain('beforeLow')
    expect(reasons).toContain('notSeated')
    expect(ofType(found, 'suspend').filter(({ suspended }) => suspended).length * 2).toBe(reasons.length)
    expect(ofType(found, 'bolus').some(({ subType }) => subType === 'dual')).toBe(true)
    // Only the algorithm's own have no row of their beginning.
    const begun = ofType(found, 'bolus').filter(({ startTime, deviceTime }) => (startTime ?? deviceTime) < deviceTime)
    expect(begun).toEqual(ofType(found, 'bolus').filter(({ context }) => context !== 'automatic'))
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

/** Rows by the beginning of their columns' names, of the Pump section, read without the importer. Ascending. */
function pumpRowsOf(csv: string): readonly ReadonlyMap<string, string>[] {
  const section = csv.split('-------;')[1] ?? ''
  const [, names = '', ...lines] = section.split('\r\n')
  const columns = names.split(';').map(name => name.replace(/ \(.*$/, ''))
  return lines
    .filter(line => /^\d/.test(line))
    .map(line => new Map(line.split(';').map((cell, i) => [columns[i] ?? '', cell.replace(',', '.')])))
    .reverse()
}

const timeOf = (row: ReadonlyMap<string, string>): number =>
  Date.parse(`${row.get('Date')?.replaceAll('/', '-')}T${row.get('Time')}Z`)

describe('the sample export in SmartGuard', () => {
  for (const seed of [1, 2, 3]) {
    // One day more than it is in SmartGuard.
    const csv = text(22, seed)
    const rows = pumpRowsOf(csv)
    const source = (row: ReadonlyMap<string, string>): string => row.get('Bolus Source') ?? ''
    const daysWith = (pattern: RegExp) =>
      [...new Set(rows.filter(row => pattern.test(source(row))).map(row => Math.floor(timeOf(row) / DAY_MS)))].sort(
        (a, b) => a - b,
      )

    it(`is on for its last days, but for one of them, and off before (seed ${seed})`, () => {
      const manualDay = LAST_DAY - 5
      const smart = Array.from({ length: SMART_GUARD_DAYS }, (_, i) => LAST_DAY - SMART_GUARD_DAYS + 1 + i)
      expect(SMART_GUARD_DAYS).toBe(21)
      expect(daysWith(/CLOSED_LOOP_AUTO_BASAL/)).toEqual(smart.filter(day => day !== manualDay))
      expect(daysWith(/CLOSED_LOOP_BG_CORRECTION_AND_FOOD_BOLUS/)).toEqual(smart.filter(day => day !== manualDay))
      expect(daysWith(/BOLUS_WIZARD/)).toEqual(expect.arrayContaining([LAST_DAY - 21, manualDay]))
      expect(daysWith(/CLOSED_LOOP_AUTO_BOLUS/).length).toBeGreaterThan(12)
    })

    it(`gives amounts like a real pump's (seed ${seed})`, () => {
      const delivered = (pattern: RegExp) =>
        rows
          .filter(row => pattern.test(source(row)) && row.get('Bolus Volume Delivered'))
          .map(row => Number(row.get('Bolus Volume Delivered')))
      const doses = delivered(/AUTO_BASAL/)
      const corrections = delivered(/AUTO_BOLUS/)
      const perDay = (units: readonly number[]) => units.reduce((sum, one) => sum + one, 0) / 20
      expect([Math.min(...doses), Math.max(...doses)]).toEqual([0.025, 0.125])
      expect(doses.every(units => Number.isInteger(Math.round(units * 1000) / 25))).toBe(true)
      expect(perDay(doses)).toBeGreaterThan(14)
      expect(perDay(doses)).toBeLessThan(21)
      expect(perDay(corrections)).toBeGreaterThan(1)
      expect(perDay(corrections)).toBeLessThan(5)
      expect(Math.max(...corrections)).toBeLessThan(1.2)
    })

    it(`never gives a dose outside of it or while the pump stands still (seed ${seed})`, () => {
      let stopped = false
      let exited = false
      for (const row of rows) {
        const suspend = row.get('Suspend') ?? ''
        if (suspend !== '') stopped = suspend !== 'NORMAL_PUMPING'
        if (row.get('Alert')?.startsWith('SMARTGUARD EXIT')) exited = true
        // The glucose check that the pump asked for.
        if (row.get('Sensor Calibration BG')) exited = false
        const isDose = source(row) === 'CLOSED_LOOP_AUTO_BASAL'
        expect([timeOf(row), isDose && (stopped || exited)]).toEqual([timeOf(row), false])
      }
    })

    it(`exits for different reasons, which are told (seed ${seed})`, async () => {
      const found = await collect(importer, csv)
      const records = found.records
        .map(({ record }) => record)
        .filter(({ deviceTime }) => deviceTime >= (LAST_DAY - 20) * DAY_MS)
        .sort((a, b) => a.deviceTime - b.deviceTime)
      const [from, to] = [(LAST_DAY - 20) * DAY_MS, (LAST_DAY + 1) * DAY_MS] as const
      const basal = deriveBasal(records, from as DeviceTime, to as DeviceTime) // Whole days of the same clock.
      const days = Array.from({ length: 21 }, (_, i) => LAST_DAY - 20 + i)
      const use = summariseAlgorithm(basal, records, days)
      const told = rows.filter(row => row.get('Alert')?.startsWith('SMARTGUARD EXIT')).map(timeOf)
      expect(told).toHaveLength(3)
      const exits = use?.exits ?? []
      expect(
        exits
          .filter(({ at }) => told.includes(at))
          .map(({ reason }) => reason)
          .sort(),
      ).toEqual(['maximumDelivery', 'sensorUpdating', 'warmUp'])
      // The person's own leaves no alert, only the programme's rate at an odd minute.
      const own = rows.find(row => row.get('Basal Rate') && timeOf(row) === (LAST_DAY - 5) * DAY_MS - 39 * MINUTE_MS)
      expect(own).toBeDefined()
      expect(use?.automatedDays).toBe(20)
      expect(use?.daysWithoutHours).toBe(0)
    })

    it(`gives each day's insulin that its rows add up to (seed ${seed})`, async () => {
      const found = await collect(importer, csv)
      const records = found.records
        .map(({ record }) => ({ ...record, sourceKey: 'one' }))
        .sort((a, b) => a.deviceTime - b.deviceTime)
      const [from, to] = [(LAST_DAY - 20) * DAY_MS, (LAST_DAY + 1) * DAY_MS] as const
      const basal = deriveBasal(records, from as DeviceTime, to as DeviceTime)
      const days = insulinByDay(records, basal, LAST_DAY - 20, LAST_DAY)
      let whole = 0
      for (const day of days) {
        if (day?.totalUnits === undefined || day.day === LAST_DAY - 5) continue
        whole += 1
        const units = rows
          .filter(row => row.get('Bolus Volume Delivered') && Math.floor(timeOf(row) / DAY_MS) === day.day)
          .reduce((sum, row) => sum + Number(row.get('Bolus Volume Delivered')), 0)
        // A dose just before midnight reaches a little over it.
        expect([day.day, Math.abs(day.totalUnits - units) < 0.13]).toEqual([day.day, true])
      }
      expect(whole).toBe(15)
    })
  }
})
