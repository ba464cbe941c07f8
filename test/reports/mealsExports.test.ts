/**
 * Meals, hours and the logbook of real CareLink exports against a second calculation, the plainest there is: every number
 * is found again by looking at every record and every value.
 */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultPreferences } from '#records/preferences.ts'
import { DAY_MS, deviceDayOf, HOUR_MS, MINUTE_MS } from '#records/time.ts'
import { prepare } from '#reports/days.ts'
import { logbook } from '#reports/logbook.ts'
import { mealsReport } from '#reports/meals.ts'
import type { ReportInput } from '#reports/models.ts'
import { sensorMeter } from '#reports/sensorMeter.ts'
import { standardDay } from '#reports/standardDay.ts'
import { captures } from '../helpers/captures.ts'
import { wall } from '../helpers/glucose.ts'
import { importCareLink, inputOf } from '../helpers/imported.ts'

const folder = captures('carelink-csv')

async function whole(name: string, from = '1970-01-01'): Promise<ReportInput> {
  if (!folder) throw new Error('no captures')
  const imported = await importCareLink(join(folder, name))
  const days = imported.records
    .map(record => deviceDayOf(record.deviceTime))
    .filter(day => day >= deviceDayOf(wall(from)))
  return inputOf(imported, Math.min(...days), Math.max(...days))
}

const meanOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length

/** All values from `from` up to, not including, `to`. */
function valuesWithin(input: ReportInput, from: number, to: number): number[] {
  const { sensor } = prepare(input)
  return [...sensor.mgdl].filter((_, i) => (sensor.time[i] ?? 0) >= from && (sensor.time[i] ?? 0) < to)
}

const exports_ = [
  ['v3-mgdl-780g-2025-11-06.csv', '1970-01-01'],
  ['v3-mgdl-640g-780g-2022-trimmed.csv', '2022-03-05'],
  ['raw-us-revel523-cgm-2015.csv', '1970-01-01'],
] as const

describe.skipIf(!folder)('real exports (need the captures beside the checkout)', () => {
  it.each(exports_)('of %s have the meals, means and amounts that a look at every record finds', async (name, from) => {
    const input = await whole(name, from)
    const { records, sensor } = prepare(input)
    const entries = records
      .filter(record => record.type === 'wizard' && record.delivered !== false && (record.carbsGrams ?? 0) > 0)
      .map(record =>
        record.type === 'wizard' ? { at: record.deviceTime, grams: record.carbsGrams ?? 0 } : { at: 0, grams: 0 },
      )
    const noted = records.filter(record => record.type === 'food' && (record.carbsGrams ?? 0) > 0)
    const { groups } = mealsReport(input)
    const events = groups.flatMap(({ meals }) => meals)
    // Carbs are all there: those of the calculator, and at most those noted besides.
    const grams = events.reduce((sum, { carbsGrams = 0 }) => sum + carbsGrams, 0)
    const asked = entries.reduce((sum, entry) => sum + entry.grams, 0)
    if (noted.length === 0) expect(grams).toBeCloseTo(asked, 6)
    else expect(grams).toBeGreaterThanOrEqual(asked)
    expect(events.length).toBeGreaterThan(0)
    let withMean = 0
    for (const group of groups) {
      const window = group.name === 'other' ? defaultPreferences.meals.lunch : defaultPreferences.meals[group.name]
      for (const { at, beforeMgdl, afterMgdl, peakMgdl } of group.meals) {
        const minute = Math.floor((at % DAY_MS) / MINUTE_MS)
        if (group.name !== 'other') expect(minute >= window.fromMinute && minute < window.toMinute).toBe(true)
        if (sensor.time.length === 0) continue
        const before = valuesWithin(input, at - 60 * MINUTE_MS, at)
        const after = valuesWithin(input, at + 60 * MINUTE_MS, at + 180 * MINUTE_MS)
        // Five-minute sensors: 12 and 24 values fit, 9 and 17 are 70 %.
        expect(beforeMgdl !== undefined, `${at}`).toBe(before.length >= 9)
        expect(afterMgdl !== undefined, `${at}`).toBe(after.length >= 17)
        if (beforeMgdl !== undefined) expect(beforeMgdl).toBeCloseTo(meanOf(before), 9)
        if (afterMgdl !== undefined) {
          expect(afterMgdl).toBeCloseTo(meanOf(after), 9)
          withMean++
        }
        if (peakMgdl !== undefined) expect(peakMgdl).toBe(Math.max(...valuesWithin(input, at, at + 180 * MINUTE_MS)))
      }
      const known = group.meals.flatMap(({ beforeMgdl, afterMgdl }) =>
        beforeMgdl === undefined || afterMgdl === undefined ? [] : [afterMgdl - beforeMgdl],
      )
      expect(group.meanChange.events).toBe(known.length)
      if (known.length > 0) expect(group.meanChange.mean).toBeCloseTo(meanOf(known), 9)
    }
    if (sensor.time.length > 2000) expect(withMean).toBeGreaterThan(0)
    // The panels of the overview are the same.
    const panels = sensorMeter(input).meals
    expect(panels.map(({ meanAfter }) => meanAfter)).toEqual(groups.slice(0, 3).map(({ meanAfter }) => meanAfter))
  })

  it.each(exports_)('of %s have in each hour the values that the clock puts there', async (name, from) => {
    const input = await whole(name, from)
    const { sensor, records } = prepare(input)
    const model = standardDay(input)
    for (let hour = 0; hour < 24; hour++) {
      const values = [...sensor.mgdl]
        .filter((_, i) => Math.floor(((sensor.time[i] ?? 0) % DAY_MS) / HOUR_MS) === hour)
        .sort((a, b) => a - b)
      const found = model.sensor?.hours[hour]
      expect(found?.count ?? 0).toBe(values.length)
      if (!found || values.length < 10) continue
      expect(found.meanMgdl).toBeCloseTo(meanOf(values), 9)
      // The value below which a quarter lies, by the rule of spreadsheets.
      const place = (values.length - 1) / 4
      const [below = 0, above = 0] = [values[Math.floor(place)], values[Math.ceil(place)]]
      expect(found.quartilesMgdl?.[0]).toBeCloseTo(below + (above - below) * (place % 1), 9)
      expect([found.minMgdl, found.maxMgdl]).toEqual([values[0], values.at(-1)])
    }
    const units = records.reduce(
      (sum, record) => (record.type === 'bolus' ? sum + (record.normalUnits ?? 0) + (record.extendedUnits ?? 0) : sum),
      0,
    )
    const byHour = (model.therapy ?? []).reduce((sum, hour) => sum + hour.bolusUnits, 0)
    expect(byHour * model.insulinDays).toBeCloseTo(units, 6)
  })

  it.each([...exports_, ['raw-us-revel723-2013.csv', '1970-01-01'] as const])(
    'of %s have in the logbook every bolus, all carbs and every meter value once, by hours and by parts',
    async (name, from) => {
      const input = await whole(name, from)
      const { records, meterValues, insulin, firstDay } = prepare(input)
      const { days } = logbook(input)
      let [bolusUnits, meterCount] = [0, 0]
      for (const { day, hours, parts } of days) {
        for (const cells of [hours, Object.values(parts)]) {
          const sum = (of: (cell: NonNullable<(typeof hours)[number]>) => number) =>
            cells.reduce((all, cell) => all + (cell ? of(cell) : 0), 0)
          const units = sum(({ boluses }) => boluses.reduce((all, bolus) => all + bolus.units, 0))
          expect(units).toBeCloseTo(insulin[day - firstDay]?.bolusUnits ?? 0, 6)
          expect(sum(({ carbsGrams }) => carbsGrams)).toBeCloseTo(insulin[day - firstDay]?.carbsGrams ?? 0, 6)
          if (cells === hours) {
            bolusUnits += units
            meterCount += sum(({ meter }) => meter.length)
          } else
            expect(sum(({ meter }) => meter.length)).toBe(
              hours.reduce((all, cell) => all + (cell?.meter.length ?? 0), 0),
            )
        }
      }
      const given = records.reduce(
        (sum, record) =>
          record.type === 'bolus' ? sum + (record.normalUnits ?? 0) + (record.extendedUnits ?? 0) : sum,
        0,
      )
      expect(bolusUnits).toBeCloseTo(given, 6)
      expect(meterCount).toBe(meterValues.length)
    },
  )
})
