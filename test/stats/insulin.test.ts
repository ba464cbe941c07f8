import { describe, expect, it } from 'vitest'
import type { TherapyRecord } from '#records/records.ts'
import { deviceDayOf, startOfDeviceDay } from '#records/time.ts'
import type { Stored } from '#reports/models.ts'
import { deriveBasal } from '#stats/basal.ts'
import { insulinByDay, summariseInsulin } from '#stats/insulin.ts'
import { wall } from '../helpers/glucose.ts'
import { bolus, clockSet, dose, logged, rate } from '../helpers/pumpLog.ts'

const at = (time: string) => `2024-03-01T${time}`
const day = deviceDayOf(wall(at('00:00')))

function sums(records: readonly Stored<TherapyRecord>[], lastDay = day) {
  const segments = deriveBasal(records, startOfDeviceDay(day), startOfDeviceDay(lastDay + 1))
  return insulinByDay(records, segments, day, lastDay)
}

describe("a day's insulin", () => {
  it('is basal and bolus, as delivered', () => {
    const [sum] = sums([
      rate(at('00:00'), 0.5),
      rate(at('06:00'), 1),
      logged(at('07:00'), {
        type: 'bolus',
        subType: 'dual',
        normalUnits: 2,
        extendedUnits: 1.25,
        programmedNormalUnits: 2,
        programmedExtendedUnits: 4,
      }),
      bolus(at('12:00'), 3.4),
      logged(at('13:00'), { type: 'bolus', subType: 'normal', normalUnits: 0.6, context: 'automatic' }),
      logged(at('14:00'), { type: 'bolus', subType: 'normal', normalUnits: 0, programmedNormalUnits: 3 }),
    ])
    // 6 h * 0.5 + 18 h * 1 = 21; 2 + 1.25 + 3.4 + 0.6 = 7.25; three were asked for by the person, one gave nothing.
    expect(sum).toEqual({
      day,
      bolusUnits: 7.25,
      bolusCount: 2,
      basalUnits: 21,
      totalUnits: 28.25,
      ownTotalUnits: 28.25,
      carbsGrams: 0,
      carbsExchanges: 0,
      carbEntries: 0,
    })
  })

  it('counts a dual bolus of two records once', () => {
    const [sum] = sums([
      logged(at('07:00'), { type: 'bolus', subType: 'dual', normalUnits: 2, programmedNormalUnits: 2 }),
      logged(at('09:00'), { type: 'bolus', subType: 'dual', extendedUnits: 1.5, programmedExtendedUnits: 1.5 }),
    ])
    expect(sum).toMatchObject({ bolusUnits: 3.5, bolusCount: 1 })
  })

  it('takes the largest of several totals of the algorithm for one day, as each export holds the day so far', () => {
    const [sum] = sums([
      logged(at('00:00'), { type: 'autoInsulinTotal', units: 12.314 }),
      logged(at('00:00'), { type: 'autoInsulinTotal', units: 0.408 }),
    ])
    expect(sum).toMatchObject({ autoUnits: 12.314 })
  })

  it('is absent on a day without any', () => {
    expect(sums([bolus(at('08:00'), 1)], day + 1)[1]).toBeUndefined()
  })

  it('has no basal when the rates do not account for the whole day', () => {
    const [sum] = sums([rate(at('00:06'), 1), bolus(at('08:00'), 1)])
    expect(sum).toMatchObject({ bolusUnits: 1, note: 'basal-incomplete' })
    expect(sum).not.toHaveProperty('basalUnits')
    expect(sum).not.toHaveProperty('totalUnits')
    expect(sums([rate(at('00:05'), 1)])[0]).toMatchObject({ basalUnits: 23.917 })
  })

  it('has 23 hours when the clock was set forward by one', () => {
    expect(sums([rate(at('00:00'), 1), clockSet(at('02:00'), at('03:00')), rate(at('03:00'), 1)])[0]).toMatchObject({
      basalUnits: 23,
      totalUnits: 23,
    })
  })

  it('is not known when the clock was set back: an hour came twice', () => {
    const [sum] = sums([rate(at('00:00'), 1), clockSet(at('03:00'), at('02:00')), rate(at('03:30'), 1)])
    expect(sum).toMatchObject({ note: 'basal-incomplete' })
  })

  it("is compared with the pump's own total", () => {
    const total = (units: number) => logged(at('00:00'), { type: 'dailyTotal', totalUnits: units })
    expect(sums([total(24.4), rate(at('00:00'), 1)])[0]).not.toHaveProperty('note')
    expect(sums([total(24.6), rate(at('00:00'), 1)])[0]).toMatchObject({
      pumpTotalUnits: 24.6,
      note: 'differs-from-pump',
    })
    expect(sums([total(20), total(21), rate(at('00:00'), 1)])[0]).not.toHaveProperty('pumpTotalUnits')
    const other = logged(at('00:00'), { type: 'dailyTotal', totalUnits: 2 }, 'other:file:x')
    expect(sums([total(20), other])[0]).toMatchObject({ pumpTotalUnits: 22, note: 'basal-incomplete' })
  })

  it("counts what was injected beside the pump's own total, never less than its parts", () => {
    const injection = logged(at('20:00'), { type: 'bolus', subType: 'injection', normalUnits: 20 })
    const total = logged(at('00:00'), { type: 'dailyTotal', totalUnits: 34 })
    const [sum] = sums([total, rate(at('00:00'), 1), bolus(at('08:00'), 10), injection])
    expect(sum).toMatchObject({ basalUnits: 24, bolusUnits: 30, ownTotalUnits: 54, totalUnits: 54, pumpTotalUnits: 34 })
    expect(sum).not.toHaveProperty('note')
  })

  it("does not take one pump's total for the day of two", () => {
    const total = logged(at('00:00'), { type: 'dailyTotal', totalUnits: 25 })
    const other = logged(at('12:00'), { type: 'bolus', subType: 'normal', normalUnits: 8 }, 'other:file:x')
    const [sum] = sums([total, rate(at('00:00'), 1), bolus(at('08:00'), 1), other])
    expect(sum).toMatchObject({ pumpTotalUnits: 25, ownTotalUnits: 33, totalUnits: 33 })
    expect(sum).not.toHaveProperty('isPumpTotalWhole')
  })

  it("does not take the pump's total of a day whose hours came twice, also over midnight", () => {
    const total = logged(at('00:00'), { type: 'dailyTotal', totalUnits: 40.5 })
    const [sum] = sums([total, rate(at('00:00'), 1), clockSet(at('11:03'), at('02:06')), rate(at('12:00'), 1)])
    expect(sum).toMatchObject({ pumpTotalUnits: 40.5 })
    expect(sum).not.toHaveProperty('totalUnits')
    const next = logged('2024-03-02T00:00', { type: 'dailyTotal', totalUnits: 24 })
    const back = clockSet('2024-03-02T00:40', at('23:40'))
    expect(sums([total, next, back], day + 1).map(each => each?.totalUnits)).toEqual([undefined, undefined])
  })

  it('cannot be added up when an algorithm gave a total and nobody knows whether all day', () => {
    const [sum] = sums([
      logged(at('00:00'), { type: 'autoInsulinTotal', units: 12.5 }),
      rate(at('00:00'), 0.7),
      bolus(at('08:00'), 4),
    ])
    expect(sum).toMatchObject({ bolusUnits: 4, autoUnits: 12.5, note: 'auto-mode-mixed' })
    expect(sum).not.toHaveProperty('basalUnits')
    expect(sum).not.toHaveProperty('totalUnits')
    expect(sums([logged(at('00:00'), { type: 'autoInsulinTotal', units: 0 })])[0]).toBeUndefined()
  })

  it('counts micro-doses as basal when they account for the day, else as what the algorithm gave', () => {
    const all = Array.from({ length: 289 }, (_, i) => dose(wall(at('00:00')) + i * 300_000, 0.1))
    expect(sums(all)[0]).toMatchObject({ basalUnits: 28.8, totalUnits: 28.8 })
    expect(sums(all.slice(0, 100))[0]).toMatchObject({ autoUnits: 10, note: 'auto-mode-mixed' })
  })
})

describe("a day's carbohydrate", () => {
  const wizard = (time: string, carbsGrams: number, delivered?: boolean) =>
    logged(at(time), { type: 'wizard', carbsGrams, ...(delivered === undefined ? {} : { delivered }) })
  const food = (time: string, carbsGrams: number) => logged(at(time), { type: 'food', carbsGrams })

  it('counts what was eaten once, entries within a quarter of an hour as one meal', () => {
    const [sum] = sums([
      wizard('08:00', 40),
      wizard('08:10', 10),
      wizard('12:00', 60, true),
      // The same meal, noted as an event too.
      food('12:05', 60),
      food('12:40', 20),
      // The person left the calculator.
      wizard('18:00', 90, false),
      wizard('19:00', 0),
    ])
    expect(sum).toMatchObject({ carbsGrams: 130, carbEntries: 3 })
    // Food alone is no insulin.
    expect(sum).not.toHaveProperty('note')
  })

  it('never adds grams and exchanges', () => {
    const exchanges = logged(at('09:00'), { type: 'wizard', carbsExchanges: 2.5 })
    expect(sums([wizard('08:00', 40), exchanges])[0]).toMatchObject({
      carbsGrams: 40,
      carbsExchanges: 2.5,
      carbEntries: 2,
    })
  })
})

describe('the insulin of a period', () => {
  it('averages each number over the days where it is known', () => {
    const next = '2024-03-02T'
    const days = sums(
      [
        rate(at('00:00'), 1),
        logged(at('08:00'), { type: 'wizard', carbsGrams: 50 }),
        bolus(at('08:00'), 6),
        bolus(`${next}08:00`, 10),
        clockSet(`${next}12:00`, `${next}10:00`),
        bolus('2024-03-04T09:00', 2),
      ],
      day + 4,
    )
    const summary = summariseInsulin(days.filter(each => each !== undefined))
    // Day 1: 24 + 6. Day 2: an hour twice. Day 3: the log is silent for more than a day. Day 4: unknown basal.
    expect(summary).toMatchObject({
      daysWithTotal: 1,
      totalPerDay: 30,
      basalPerDay: 24,
      basalPercent: 80,
      bolusPercent: 20,
      carbDays: 1,
      carbsGramsPerDay: 50,
    })
    expect(summary?.bolusPerDay).toBeCloseTo(18 / (summary?.daysWithInsulin ?? 0), 9)
    expect(summariseInsulin([])).toBeUndefined()
  })

  it("prefers the pump's own totals", () => {
    const days = sums([logged(at('00:00'), { type: 'dailyTotal', totalUnits: 35.75 }), bolus(at('09:00'), 13.8)])
    const summary = summariseInsulin(days.filter(each => each !== undefined))
    expect(summary).toMatchObject({ totalPerDay: 35.75, daysWithTotal: 1, bolusPerDay: 13.8 })
    expect(summary).not.toHaveProperty('basalPercent')
  })
})
