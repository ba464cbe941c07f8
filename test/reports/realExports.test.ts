/** Insulin of real CareLink exports against what the pumps themselves added up. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DAY_MS, dateFromDeviceTime, deviceDayOf, startOfDeviceDay } from '#records/time.ts'
import { prepare } from '#reports/days.ts'
import type { DayInsulin } from '#reports/models.ts'
import { overview } from '#reports/overview.ts'
import { captures } from '../helpers/captures.ts'
import { type Imported, importCareLink, inputOf } from '../helpers/imported.ts'
import { wall } from '../helpers/glucose.ts'

const folder = captures('carelink-csv')

async function read(name: string): Promise<Imported> {
  if (!folder) throw new Error('no captures')
  return importCareLink(join(folder, name))
}

function daysOf(imported: Imported, from = '1970-01-01'): DayInsulin[] {
  const days = imported.records
    .map(record => deviceDayOf(record.deviceTime))
    .filter(day => day >= deviceDayOf(wall(from)))
  const model = overview(inputOf(imported, Math.min(...days), Math.max(...days)))
  return model.days.flatMap(day => (day.insulin ? [day.insulin] : []))
}

const dateOf = (day: DayInsulin): string => dateFromDeviceTime(startOfDeviceDay(day.day))

describe.skipIf(!folder)('real exports (need the captures beside the checkout)', () => {
  it("of a Revel add up to the pump's own total, to 0.5 %, on every day that the log accounts for", async () => {
    const days = daysOf(await read('raw-us-revel723-2013.csv'))
    expect(days.filter(day => day.pumpTotalUnits !== undefined).length).toBe(63)
    const unknown = days.filter(day => day.ownTotalUnits === undefined).map(dateOf)
    expect(unknown).toEqual([
      // The log begins at 04:00.
      '2013-07-03',
      // The clock went from 21:54 back to 01:54.
      '2013-07-09',
      // The clock went from 11:03 back to 02:06.
      '2013-08-30',
      // The log ends with the upload, at 16:11.
      '2013-09-04',
    ])
    const differences = days.map(
      day => Math.abs((day.ownTotalUnits ?? 0) - (day.pumpTotalUnits ?? 0)) / (day.pumpTotalUnits ?? 1),
    )
    const worst = days.filter((day, i) => day.ownTotalUnits !== undefined && (differences[i] ?? 0) > 0.0015).map(dateOf)
    // The four days with long percentages agree, as the rate is rounded down to the pump's steps: 90 % of 0.725 U/h is
    // 0.65. Of this one the cause is not known.
    expect(worst).toEqual(['2013-09-02'])
    days.forEach((day, i) => {
      if (day.ownTotalUnits !== undefined) expect(differences[i], dateOf(day)).toBeLessThanOrEqual(0.005)
    })
    expect(days.some(day => day.note === 'differs-from-pump')).toBe(false)
  })

  it.each([
    ['raw-us-paradigm522-2012-02.csv', 14],
    ['raw-us-paradigm515-clockchanges-2000.csv', 18],
  ])("of %s, whose pump logs no rates, have the pump's total and no basal of ours", async (name, count) => {
    const days = daysOf(await read(name))
    expect(days.filter(day => day.pumpTotalUnits !== undefined).length).toBe(count)
    for (const day of days) {
      expect(day).not.toHaveProperty('basalUnits')
      expect(day).not.toHaveProperty('ownTotalUnits')
      // More bolus than the pump gave in all would be counted twice.
      expect(day.bolusUnits, dateOf(day)).toBeLessThanOrEqual((day.pumpTotalUnits ?? Number.POSITIVE_INFINITY) + 0.001)
    }
  })

  it('of a 780G with micro-doses give each day what the doses add up to', async () => {
    const imported = await read('v2-mmol-780g-autobasal-2023.csv')
    const all = imported.records.map(record => deviceDayOf(record.deviceTime))
    const [first, last] = [Math.min(...all), Math.max(...all)]
    const { basal, insulin } = prepare(inputOf(imported, first, last))
    for (let day = first; day <= last; day++) {
      const doses = imported.records
        .filter(record => record.type === 'autoBasalDose' && deviceDayOf(record.deviceTime) === day)
        .reduce((sum, record) => sum + (record.type === 'autoBasalDose' ? record.units : 0), 0)
      const derived = basal.reduce((sum, { from, to, rateUnitsPerHour }) => {
        const overlapMs = Math.min(to, (day + 1) * DAY_MS) - Math.max(from, day * DAY_MS)
        return sum + Math.max(0, overlapMs) * (rateUnitsPerHour / 3_600_000)
      }, 0)
      const date = dateFromDeviceTime(startOfDeviceDay(day))
      // The clock went from 10:15 back to 09:15: doses in that hour are of nobody knows which of the two.
      if (date !== '2023-10-30') expect(Math.abs(derived - doses) / doses, date).toBeLessThanOrEqual(0.01)
    }
    const unknown = insulin.flatMap(day =>
      day && day.ownTotalUnits === undefined ? [`${dateOf(day)} ${day.note}`] : [],
    )
    expect(unknown).toEqual([
      // The loop was off from 02:42 to 06:51.
      '2023-10-12 auto-mode-mixed',
      // Nothing says whether loop or programme ran for 22 minutes after a reservoir change.
      '2023-10-22 auto-mode-mixed',
      '2023-10-30 auto-mode-mixed',
      // The export ends at 14:09.
      '2023-11-18 auto-mode-mixed',
    ])
  })

  it('of a 780G with daily totals of the algorithm show no programme and no total on those days', async () => {
    const imported = await read('v3-mgdl-640g-780g-2022-trimmed.csv')
    const days = daysOf(imported, '2022-03-05')
    const auto = days.filter(day => day.autoUnits !== undefined)
    expect(auto.length).toBe(85)
    for (const day of auto) {
      expect(day.note).toBe('auto-mode-mixed')
      expect(day).not.toHaveProperty('ownTotalUnits')
    }
    // The days before, on the 640G and on the 780G in manual mode, but for those of the first and the swap.
    const known = days.filter(day => day.ownTotalUnits !== undefined).map(dateOf)
    expect([known.length, known.at(0), known.at(-1)]).toEqual([14, '2022-03-06', '2022-03-20'])
    const first = deviceDayOf(wall('2022-03-05'))
    const { basal } = prepare(inputOf(imported, first, first + 100))
    const automatedDays = new Set(auto.map(day => day.day))
    for (const { from, delivery } of basal) {
      if (automatedDays.has(deviceDayOf(from))) expect(delivery).toBe('suspended')
    }
  })
})
