/** Meals with the calculator, from three days made by hand. */
import { describe, expect, it } from 'vitest'
import { GlucoseFlag } from '#records/series.ts'
import { deviceTimeFromIso } from '#records/time.ts'
import { noFilter } from '#reports/filter.ts'
import { mealsReport } from '#reports/meals.ts'
import { sensorMeter } from '#reports/sensorMeter.ts'
import { wall } from '../helpers/glucose.ts'
import { friday, mealInput, mealSensor, meterInput } from '../helpers/mealDays.ts'
import { bolus, logged } from '../helpers/pumpLog.ts'

const group = (name: string, input = mealInput) => {
  const found = mealsReport(input).groups.find(each => each.name === name)
  if (!found) throw new Error(`no ${name}`)
  return found
}

describe('breakfast', () => {
  const breakfast = group('breakfast')

  it('has its three meals, newest first, and joins two entries within a quarter of an hour', () => {
    expect(breakfast.meals.map(({ at, entries, carbsGrams }) => [at, entries, carbsGrams])).toEqual([
      [deviceTimeFromIso('2024-03-03T08:00'), 1, 60],
      [deviceTimeFromIso('2024-03-02T07:30'), 1, 30],
      [deviceTimeFromIso('2024-03-01T07:30'), 2, 55],
    ])
    expect([breakfast.events, breakfast.withWizard]).toEqual([3, 3])
  })

  it('adds up what the calculator said and what was given over the entries of a meal', () => {
    expect(breakfast.meals[2]).toMatchObject({
      enteredMgdl: 150,
      foodUnits: 5.5,
      correctionUnits: 0.5,
      activeUnits: 0.3,
      proposedUnits: 6,
      deliveredUnits: 6.2,
    })
  })

  it('has the means of the windows, the peak and the value at the end', () => {
    expect(breakfast.meals[2]).toMatchObject({ beforeMgdl: 100, afterMgdl: 160, peakMgdl: 160 })
    // 10:30 is the first value of 100 again.
    expect(breakfast.meals[2]?.endMgdl).toBe(100)
  })

  it('says where a number only stands for a word of the sensor', () => {
    const [sensor] = mealInput.glucose
    if (!sensor) throw new Error('no sensor')
    // All of Friday from 08:30 to 10:30 was HI, held as one more than 400.
    const isHigh = (time: number) => time >= wall('2024-03-01T08:30') && time < wall('2024-03-01T10:30')
    const high = {
      ...sensor,
      steps: sensor.steps.map((step, i) => (isHigh(sensor.time[i] ?? 0) ? 401 : step)),
      mgdl: sensor.mgdl.map((mgdl, i) => (isHigh(sensor.time[i] ?? 0) ? 401 : mgdl)),
      flags: sensor.flags.map((flag, i) => (isHigh(sensor.time[i] ?? 0) ? GlucoseFlag.High : flag)),
    }
    const { groups } = mealsReport({ ...mealInput, glucose: [high] })
    const first = groups.find(({ name }) => name === 'breakfast')?.meals.at(-1)
    expect(first).toMatchObject({ beforeMgdl: 100, words: { afterMgdl: 'high', peakMgdl: 'high' } })
    expect(breakfast.meals.every(meal => meal.words === undefined)).toBe(true)
  })

  it('has no glucose for a meal in a gap', () => {
    const [sunday] = breakfast.meals
    expect(sunday).not.toHaveProperty('beforeMgdl')
    expect(sunday).not.toHaveProperty('afterMgdl')
    expect(sunday).not.toHaveProperty('peakMgdl')
    // The sensor was back at 11:00.
    expect(sunday?.endMgdl).toBe(100)
  })

  it('has means over the meals that have a number, and says over how many', () => {
    expect(breakfast.meanBefore).toEqual({ events: 2, mean: 100 })
    expect(breakfast.meanAfter).toEqual({ events: 2, mean: 160 })
    expect(breakfast.meanChange).toEqual({ events: 2, mean: 60 })
    expect(breakfast.carbsGrams).toEqual({ events: 3, mean: (55 + 30 + 60) / 3 })
    expect(breakfast.foodUnits).toEqual({ events: 3, mean: (5.5 + 3 + 5) / 3 })
    expect(breakfast.deliveredUnits).toEqual({ events: 3, mean: (6.2 + 3 + 5) / 3 })
    expect(breakfast.carbsExchanges).toEqual({ events: 0 })
  })

  it('has the ratios in use, the most used first', () => {
    expect(breakfast.ratios).toEqual([
      { ratio: 10, units: 'g/U', meals: 2 },
      { ratio: 12, units: 'g/U', meals: 1 },
    ])
  })

  it('counts the ranges of what is drawn, an hour before to four hours after', () => {
    // 60 values of Friday and of Saturday each; of Sunday 12 from 11:00 on.
    expect(breakfast.values).toBe(132)
    expect(breakfast.ranges?.target.percent).toBe(100)
    expect(breakfast.shown).toEqual({ fromMinute: -60, toMinute: 240 })
  })
})

it('has a meal that was only noted without insulin, and none that was left without a bolus', () => {
  const lunch = group('lunch')
  expect(lunch.meals).toEqual([
    expect.objectContaining({ carbsGrams: 40, beforeMgdl: 100, afterMgdl: 100, peakMgdl: 100, endMgdl: 100 }),
  ])
  expect(lunch.meals[0]).not.toHaveProperty('foodUnits')
  expect([lunch.events, lunch.withWizard, lunch.deliveredUnits.events]).toEqual([1, 0, 0])
})

it('has no mean after a meal at the end of the period', () => {
  const [dinner] = group('dinner').meals
  expect(dinner).toMatchObject({ beforeMgdl: 100 })
  // From 22:50 to 00:50 only 70 minutes lie in the period: 58 %.
  expect(dinner).not.toHaveProperty('afterMgdl')
})

it('follows the windows of the settings', () => {
  const { preferences } = mealInput
  const meals = {
    ...preferences.meals,
    breakfast: { ...preferences.meals.breakfast, afterFromMinutes: 0, afterToMinutes: 120 },
  }
  const breakfast = group('breakfast', { ...mealInput, preferences: { ...preferences, meals } })
  // An hour of 100 and an hour of 160.
  expect(breakfast.meanAfter).toEqual({ events: 2, mean: 130 })
})

it('says when the next meal came before the window was over', () => {
  const snack = logged('2024-03-01T09:15', { type: 'food', carbsGrams: 12 })
  const records = [...mealInput.records, snack].sort((a, b) => a.deviceTime - b.deviceTime)
  const { meals } = group('breakfast', { ...mealInput, records })
  // From 07:30 to 09:15, and from there to lunch at 12:10.
  expect(meals.map(({ nextMealMinutes }) => nextMealMinutes)).toEqual([undefined, undefined, 175, 105])
})

it('leaves out days that the person leaves out', () => {
  const filter = { weekdaysOff: [], daysOff: [friday], devicesOff: [] }
  expect(group('breakfast', { ...mealInput, filter }).carbsGrams).toEqual({ events: 2, mean: 45 })
})

it('gives the same from a sensor in mmol/L', () => {
  const breakfast = group('breakfast', { ...mealInput, glucose: [mealSensor('mmol/L')] })
  expect(breakfast.meanAfter.mean).toBeCloseTo(8.9 * 18.01559, 9)
  expect(breakfast.meanBefore.mean).toBeCloseTo(5.6 * 18.01559, 9)
})

it('takes the meter’s values where no sensor was worn', () => {
  const records = [
    ...meterInput.records,
    logged('2024-03-01T07:21', { type: 'wizard', carbsGrams: 30, recommendedCarbUnits: 3 }),
  ].sort((a, b) => a.deviceTime - b.deviceTime)
  const breakfast = group('breakfast', { ...mealInput, glucose: [], records })
  expect(breakfast.from).toBe('meter')
  expect(breakfast.meals).toEqual([expect.objectContaining({ beforeMgdl: 110, afterMgdl: 190 })])
  expect(breakfast.meals[0]).not.toHaveProperty('peakMgdl')
  expect([...breakfast.points.mgdl].filter(value => !Number.isNaN(value))).toEqual([110, 190])
})

it('of nothing has four empty groups', () => {
  const { groups } = mealsReport({ ...mealInput, glucose: [], records: [] })
  expect(groups.map(({ name, events }) => [name, events])).toEqual([
    ['breakfast', 0],
    ['lunch', 0],
    ['dinner', 0],
    ['other', 0],
  ])
})

describe('the sensor and meter overview', () => {
  const model = sensorMeter(mealInput)

  it('has the last fourteen days that are looked at one by one, with a scale of their own', () => {
    // Twenty days to Sunday 3 March; the bolus of 20 U is on the first, 13 February. Saturdays are left out.
    const long = sensorMeter({
      ...mealInput,
      period: { firstDay: friday - 17, lastDay: friday + 2 },
      filter: { ...noFilter, weekdaysOff: [6] },
      records: [bolus('2024-02-13T12:00', 20), ...mealInput.records],
    })
    expect(long.dayCount).toBe(17)
    // Saturday 17 and 24 February and 2 March are not among them.
    expect(long.lanes.days.map(({ day }) => day - friday)).toEqual([
      -14, -12, -11, -10, -9, -8, -7, -5, -4, -3, -2, -1, 0, 2,
    ])
    expect(long.lanes).toMatchObject({ highestBolus: 5, highestBasal: 0, hasAutomation: false })
    const [friday1] = long.lanes.days.slice(-2)
    expect(friday1?.carbs.map(({ grams }) => grams)).toEqual([45, 10, 40])
    expect(friday1?.boluses.map(({ normalUnits }) => normalUnits)).toEqual([5, 1.2, 0.8])
    expect(friday1?.glucose.time).toHaveLength(288)
    expect(model.lanes.days).toHaveLength(3)
  })

  it('has the same panels of the meals', () => {
    const [breakfast] = model.meals
    expect(breakfast?.meanAfter).toEqual({ events: 2, mean: 160 })
    expect(model.meals.map(({ name }) => name)).toEqual(['breakfast', 'lunch', 'dinner'])
  })

  it('has the nights: each bedtime with the morning after it', () => {
    const [bedtime, overnight] = model.nights
    // The evening before Friday has a morning only; the last evening has no morning any more.
    expect(bedtime).toMatchObject({ name: 'bedtimeToWakeUp', events: 4, startMinute: 20 * 60 })
    expect(bedtime?.meanBefore).toEqual({ events: 3, mean: 100 })
    // Friday and Saturday from 05 to 09: 42 values of 100, 6 of 160; Sunday has half of them, which is not enough.
    expect(bedtime?.meanAfter).toEqual({ events: 2, mean: (42 * 100 + 6 * 160) / 48 })
    expect(bedtime?.meanChange.events).toBe(1)
    expect(overnight).toMatchObject({ events: 3, shown: { fromMinute: 0, toMinute: 360 } })
    expect(overnight?.after).toEqual({ fromMinute: 300, toMinute: 360 })
    expect(overnight?.meanChange).toEqual({ events: 3, mean: 0 })
  })

  it('has every day’s trace, the mean and the percentiles of each half hour', () => {
    // Four hours of Sunday are missing; each day is a line of its own, and Sunday's is broken once.
    const values = 3 * 288 - 48
    expect(model.traces.mgdl.length).toBe(values + 3)
    expect(model.sensor?.count).toBe(values)
    // 08:30 to 09:00: twice 160, Sunday silent.
    expect([model.meanMgdl?.[17], model.profile?.count[17]]).toEqual([160, 12])
    expect(model.wear).toBeCloseTo(values / 864, 12)
    expect(model.insulin?.bolusPerDay).toBeCloseTo((6.2 + 0.8 + 3 + 5 + 2) / 3, 9)
  })

  it('knows no alerts where no alarm of any kind is told, and counts them where one is', () => {
    expect(model).not.toHaveProperty('alerts')
    const alarms = ['Alert on low', 'Alert on high', 'Low reservoir'].map((name, i) =>
      logged(`2024-03-03T23:0${i}`, { type: 'alarm', name }),
    )
    expect(sensorMeter({ ...mealInput, records: [...mealInput.records, ...alarms] }).alerts).toEqual({
      low: 1,
      high: 1,
    })
  })

  it('of a meter has its points and its nights', () => {
    const meter = sensorMeter(meterInput)
    expect(meter).not.toHaveProperty('profile')
    expect(meter.meter).toMatchObject({ count: 4, valuesPerDay: 2 })
    expect([...meter.points.mgdl].filter(value => !Number.isNaN(value))).toEqual([110, 190, 64, 130])
    expect(meter.nights[1]).toMatchObject({ from: 'meter', events: 1, values: 1 })
    // 02:00 is neither in the first nor in the last hour.
    expect(meter.nights[1]?.meanBefore).toEqual({ events: 0 })
  })

  it('of one value has it, and means of nothing', () => {
    const records = [logged('2024-03-01T07:20', { type: 'smbg', subType: 'meter', value: 110, units: 'mg/dL' })]
    const one = sensorMeter({ ...mealInput, glucose: [], records })
    expect(one.meter?.count).toBe(1)
    expect(one.meals.every(({ events, values }) => events === 0 && values === 0)).toBe(true)
  })
})
