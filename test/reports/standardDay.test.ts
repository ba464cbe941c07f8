/** The standard day by hours and by the parts of the day, from three days made by hand. */
import { describe, expect, it } from 'vitest'
import { standardDay } from '#reports/standardDay.ts'
import { friday, mealInput, mealSensor, meterInput } from '../helpers/mealDays.ts'
import { logged, rate } from '../helpers/pumpLog.ts'

const model = standardDay(mealInput)
const period = (name: string, of = model.sensor) => of?.periods.find(each => each.name === name)

describe('by hours', () => {
  it('has number, mean and median of each hour', () => {
    // 08 to 09: Friday and Saturday, six values of 100 and six of 160 each.
    expect(model.sensor?.hours[8]).toMatchObject({ count: 24, meanMgdl: 130, medianMgdl: 130, daysWithData: 2 })
    expect(model.sensor?.hours[9]).toMatchObject({ count: 24, meanMgdl: 160 })
    expect(model.sensor?.hours[12]).toMatchObject({ count: 36, meanMgdl: 100, minMgdl: 100, maxMgdl: 100 })
    expect(model.sensor?.all.count).toBe(816)
  })

  it('has bolus and carbs of each hour as means a day, at the hour in which the bolus began', () => {
    const hours = model.therapy ?? []
    expect([model.insulinDays, model.carbDays]).toEqual([3, 3])
    // 07: 5 + 1.2 and 3 U, 55 and 30 g in two meals.
    expect(hours[7]).toEqual({
      bolusUnits: 9.2 / 3,
      boluses: 3,
      carbsGrams: 85 / 3,
      carbsExchanges: 0,
      carbEntries: 2,
    })
    expect(hours[16]?.bolusUnits).toBeCloseTo(0.8 / 3, 12)
    const sum = hours.reduce((units, hour) => units + hour.bolusUnits, 0)
    expect(sum).toBeCloseTo((6.2 + 0.8 + 3 + 5 + 2) / 3, 12)
  })

  it('has the basal rate where it is known', () => {
    const records = [rate('2024-03-01T00:00', 0.8), rate('2024-03-01T06:00', 1.1), ...mealInput.records]
    const { therapy } = standardDay({ ...mealInput, records, nextDay: friday + 3 })
    expect(therapy?.[7]?.basalUnitsPerHour).toBeCloseTo(1.1, 9)
    expect(therapy?.[3]?.basalUnitsPerHour).toBeLessThan(1.1)
    expect(model.therapy?.[3]).not.toHaveProperty('basalUnitsPerHour')
  })

  it('says on how many days the algorithm’s insulin is known by the day only', () => {
    const total = logged('2024-03-02T23:59', { type: 'autoInsulinTotal', units: 12 })
    expect(standardDay({ ...mealInput, records: [...mealInput.records, total] }).autoTotalDays).toBe(1)
    expect(model.autoTotalDays).toBe(0)
  })
})

describe('by parts of the day', () => {
  it('has the windows around the meals, a mealtime without one by itself', () => {
    const without = standardDay({
      ...mealInput,
      records: mealInput.records.filter(({ type }) => type !== 'food'),
    })
    expect(without.sensor?.periods.map(({ name, meals }) => [name, meals])).toEqual([
      ['night', undefined],
      ['beforeBreakfast', 3],
      ['afterBreakfast', 3],
      ['lunch', undefined],
      ['beforeDinner', 1],
      ['afterDinner', 1],
      ['bedtime', undefined],
    ])
  })

  it('takes the values of the windows only', () => {
    // Two breakfasts with 12 values before; Sunday's hour before 08:00 is silent.
    expect(period('beforeBreakfast')?.glucose).toMatchObject({ count: 24, meanMgdl: 100 })
    expect(period('afterBreakfast')?.glucose).toMatchObject({ count: 48, meanMgdl: 160 })
    expect(period('night')?.glucose?.count).toBe(3 * 72)
    expect(period('bedtime')?.glucose?.count).toBe(3 * 48)
    expect(period('afterLunch')?.glucose?.count).toBe(24)
  })

  it('takes the meter’s marks where no carbs were entered', () => {
    const { meter, sensor, points } = standardDay(meterInput)
    expect(sensor).toBeUndefined()
    expect(points.map(({ mgdl }) => mgdl)).toEqual([110, 190, 64, 130])
    expect(period('beforeBreakfast', meter)?.glucose).toMatchObject({ count: 1, meanMgdl: 110 })
    expect(period('afterBreakfast', meter)?.glucose).toMatchObject({ count: 1, meanMgdl: 190 })
    expect(period('night', meter)?.glucose?.ranges.low.count).toBe(1)
    expect(period('lunch', meter)?.glucose?.count).toBe(1)
    expect(period('dinner', meter)).toEqual({ name: 'dinner' })
  })
})

it('leaves out days that the person leaves out', () => {
  const filter = { weekdaysOff: [5], daysOff: [], devicesOff: [] }
  const found = standardDay({ ...mealInput, filter })
  expect(found.dayCount).toBe(2)
  expect(found.sensor?.hours[8]?.count).toBe(12)
})

it('classifies in the unit of the sensor, and gives the same shares in mmol/L', () => {
  const found = standardDay({ ...mealInput, glucose: [mealSensor('mmol/L')] })
  expect(found.sensor?.hours[9]?.meanMgdl).toBeCloseTo(8.9 * 18.01559, 9)
  expect(found.sensor?.all.ranges).toEqual(model.sensor?.all.ranges)
})

it('of nothing has nothing', () => {
  const found = standardDay({ ...mealInput, glucose: [], records: [] })
  expect(found).not.toHaveProperty('sensor')
  expect(found).not.toHaveProperty('meter')
  expect(found).not.toHaveProperty('therapy')
})
