/** The logbook by hours and by the parts of the day, from three days made by hand. */
import { describe, expect, it } from 'vitest'
import { logbook } from '#reports/logbook.ts'
import type { LogbookDay } from '#reports/logbookModel.ts'
import type { ReportInput } from '#reports/models.ts'
import { GlucoseFlag } from '#records/series.ts'
import { seriesOf, wall } from '../helpers/glucose.ts'
import { friday, mealInput, mealSensor, meterInput } from '../helpers/mealDays.ts'
import { logged } from '../helpers/pumpLog.ts'

function dayOf(day: number, input: ReportInput = mealInput): LogbookDay {
  const found = logbook(input).days.find(each => each.day === day)
  if (!found) throw new Error('no such day')
  return found
}

it('has a row for each day, newest first', () => {
  expect(logbook(mealInput).days.map(({ day }) => day - friday)).toEqual([2, 1, 0])
})

describe('an hour', () => {
  const hour = dayOf(friday).hours[7]

  it('has the sensor’s mean, all carbs, and each bolus with its marks', () => {
    expect(hour).toEqual({
      meter: [],
      sensor: { mgdl: 100, range: 'target' },
      carbsGrams: 55,
      carbsExchanges: 0,
      boluses: [
        { at: wall('2024-03-01T07:31'), units: 5, marks: [] },
        { at: wall('2024-03-01T07:41'), units: 1.2, marks: ['more'] },
      ],
    })
  })

  it('marks a bolus without the calculator', () => {
    expect(dayOf(friday).hours[16]?.boluses).toEqual([{ at: wall('2024-03-01T16:00'), units: 0.8, marks: ['manual'] }])
  })

  it('has no mean of a sensor that was silent for more than 30 % of it', () => {
    expect(dayOf(friday + 2).hours[9]).toBeUndefined()
    expect(dayOf(friday + 2).hours[8]).not.toHaveProperty('sensor')
    expect(dayOf(friday + 2).hours[8]?.carbsGrams).toBe(60)
    expect(dayOf(friday + 2).hours[11]?.sensor?.mgdl).toBe(100)
  })

  it('has the meter’s values in place of the sensor’s mean', () => {
    const value = logged('2024-03-01T07:10', { type: 'smbg', subType: 'meter', value: 52, units: 'mg/dL' })
    const records = [...mealInput.records, value].sort((a, b) => a.deviceTime - b.deviceTime)
    const found = dayOf(friday, { ...mealInput, records }).hours[7]
    expect(found?.meter).toEqual([{ at: wall('2024-03-01T07:10'), value: 52, units: 'mg/dL', range: 'veryLow' }])
    expect(found).not.toHaveProperty('sensor')
  })

  it('says LO where the sensor or the meter said nothing but LO', () => {
    const low = seriesOf(
      Array.from({ length: 12 }, (_, i) => ({ at: wall('2024-03-01T07:00') + i * 300_000, value: 39 })),
    )
    low.flags.fill(GlucoseFlag.Low)
    const meter = { subType: 'meter', value: 19, units: 'mg/dL', outOfRange: 'low' } as const
    const records = ['08:10', '12:10'].map(time => logged(`2024-03-01T${time}`, { type: 'smbg', ...meter }))
    const day = dayOf(friday, { ...meterInput, glucose: [low], records })
    expect(day.hours[7]?.sensor).toEqual({ mgdl: 39, outOfRange: 'low', range: 'veryLow' })
    expect(day.meterMean).toMatchObject({ count: 2, outOfRange: 'low' })
    low.flags[3] = 0
    expect(dayOf(friday, { ...meterInput, glucose: [low], records }).hours[7]?.sensor).not.toHaveProperty('outOfRange')
  })

  it('adds up what the algorithm gave and marks what was given over time', () => {
    const records = [
      ...mealInput.records,
      ...['05', '10', '15'].map(minute =>
        logged(`2024-03-01T18:${minute}`, {
          type: 'bolus',
          subType: 'normal',
          normalUnits: 0.1,
          context: 'automatic',
        }),
      ),
      logged('2024-03-01T18:30', { type: 'bolus', subType: 'square', extendedUnits: 2, durationMs: 3_600_000 }),
      logged('2024-03-01T18:40', { type: 'bolus', subType: 'injection', normalUnits: 6 }),
    ].sort((a, b) => a.deviceTime - b.deviceTime)
    expect(dayOf(friday, { ...mealInput, records }).hours[18]?.boluses).toEqual([
      { at: wall('2024-03-01T18:30'), units: 2, marks: ['extended', 'manual'] },
      { at: wall('2024-03-01T18:40'), units: 6, marks: ['injection'] },
      { at: wall('2024-03-01T18:05'), units: 0.3, marks: ['automatic'] },
    ])
  })

  it('has the second part of a dual bolus on the day on which it was logged, as the day’s sum has it', () => {
    const records = [
      ...mealInput.records,
      logged('2024-03-01T23:20', { type: 'bolus', subType: 'dual', normalUnits: 3.8, context: 'wizard' }),
      logged('2024-03-02T00:05', {
        type: 'bolus',
        subType: 'dual',
        extendedUnits: 1.2,
        startTime: wall('2024-03-01T23:20'),
        context: 'wizard',
      }),
    ].sort((a, b) => a.deviceTime - b.deviceTime)
    const input = { ...mealInput, records }
    expect(dayOf(friday, input).hours[23]?.boluses.map(({ units }) => units)).toEqual([3.8])
    expect(dayOf(friday + 1, input).hours[0]?.boluses.map(({ units, marks }) => [units, marks])).toEqual([
      [1.2, ['extended']],
    ])
  })

  it('classifies a mean as it is written, in the unit of the sensor', () => {
    const high = { ...mealInput, glucose: [mealSensor('mmol/L')] }
    expect(dayOf(friday, high).hours[9]?.sensor?.range).toBe('target')
    expect(dayOf(friday, high).hours[9]?.sensor?.mgdl).toBeCloseTo(8.9 * 18.01559, 9)
  })
})

describe('the parts of a day', () => {
  it('are divided by the meals that were entered', () => {
    const found = dayOf(friday)
    expect(found.hasParts).toEqual([
      'night',
      'beforeBreakfast',
      'afterBreakfast',
      'beforeLunch',
      'afterLunch',
      'dinner',
      'bedtime',
    ])
    expect(found.parts.afterBreakfast?.carbsGrams).toBe(55)
    // 07:30 to 11:10: 24 of 44 values are 160.
    expect(found.parts.afterBreakfast?.sensor?.mgdl).toBeCloseTo((20 * 100 + 24 * 160) / 44, 9)
    expect(found.parts.afterLunch?.carbsGrams).toBe(40)
    expect(found.parts.dinner?.boluses.map(({ units }) => units)).toEqual([0.8])
  })

  it('have all that the hours have, once', () => {
    for (const day of logbook(mealInput).days) {
      const sumOf = (cells: LogbookDay['hours']) => {
        const found = cells.filter(cell => cell !== undefined)
        const boluses = found.flatMap(cell => cell.boluses)
        return {
          grams: found.reduce((sum, cell) => sum + cell.carbsGrams, 0),
          units: boluses.reduce((sum, bolus) => sum + bolus.units, 0),
        }
      }
      const { grams, units } = sumOf(day.hours)
      expect(sumOf(Object.values(day.parts))).toEqual({ grams, units: expect.closeTo(units, 9) })
      expect(grams).toBe(day.insulin?.carbsGrams)
      expect(units).toBeCloseTo(day.insulin?.bolusUnits ?? 0, 9)
    }
  })

  it('follow the meter’s marks where no carbs were entered', () => {
    const found = dayOf(friday, meterInput)
    expect(found.hasParts).toContain('afterBreakfast')
    expect(found.parts.beforeBreakfast?.meter.map(({ value }) => value)).toEqual([110])
    expect(found.parts.afterBreakfast?.meter.map(({ value }) => value)).toEqual([190])
    expect(dayOf(friday + 1, meterInput).parts.night?.meter.map(({ range }) => range)).toEqual(['low'])
    expect(dayOf(friday + 1, meterInput).parts.lunch?.meter.map(({ value }) => value)).toEqual([130])
  })
})

it('has the sums of each day, and what is not known is absent', () => {
  const found = dayOf(friday)
  expect(found.sensorMean).toEqual({ mgdl: (264 * 100 + 24 * 160) / 288, count: 288 })
  expect(found.insulin).toMatchObject({ carbsGrams: 95, bolusUnits: 7 })
  expect(found.insulin).not.toHaveProperty('totalUnits')
  expect(found).not.toHaveProperty('meterMean')
})

it('leaves out days that the person leaves out, and has empty rows of days without data', () => {
  const filter = { weekdaysOff: [], daysOff: [friday + 1], devicesOff: [] }
  expect(logbook({ ...mealInput, filter }).days.map(({ day }) => day - friday)).toEqual([2, 0])
  const [empty] = logbook({ ...mealInput, glucose: [], records: [] }).days
  expect(empty?.hours.every(hour => hour === undefined)).toBe(true)
  expect(empty?.parts).toEqual({})
})
