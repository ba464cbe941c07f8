/** Boluses by kind, from records made by hand: each definition, changed and interrupted ones, and the records behind. */
import { describe, expect, test } from 'vitest'
import { defaultPreferences } from '#records/preferences.ts'
import type { Bolus, TherapyRecord, Wizard } from '#records/records.ts'
import { deviceDayOf } from '#records/time.ts'
import { bolusesOfKinds, summariseBoluses } from '#reports/bolusKinds.ts'
import { prepare } from '#reports/days.ts'
import { placesBehind } from '#reports/evidence.ts'
import type { ReportInput, Stored } from '#reports/models.ts'
import { wall } from '../helpers/glucose.ts'
import { logged } from '../helpers/pumpLog.ts'

const firstDay = deviceDayOf(wall('2024-03-10'))
const inputOf = (records: readonly Stored<TherapyRecord>[], change: Partial<ReportInput> = {}): ReportInput => ({
  period: { firstDay, lastDay: firstDay },
  preferences: defaultPreferences,
  glucose: [],
  records: records.toSorted((a, b) => a.deviceTime - b.deviceTime),
  basalFrom: firstDay - 7,
  deviceNames: {},
  ...change,
})
const useOf = (...records: readonly Stored<TherapyRecord>[]) =>
  summariseBoluses(bolusesOfKinds(prepare(inputOf(records))))

const bolus = (time: string, of: Partial<Bolus> = {}) =>
  logged(`2024-03-10T${time}`, { type: 'bolus', subType: 'normal', normalUnits: 3, ...of })
const screen = (time: string, of: Partial<Wizard> = {}) => logged(`2024-03-10T${time}`, { type: 'wizard', ...of })
const glucose = { value: 200, units: 'mg/dL' as const }

describe('how a bolus was given', () => {
  test('at once, over time, or both, also as two records; by a pen; by the algorithm', () => {
    const use = useOf(
      bolus('07:00'),
      bolus('08:00', { subType: 'square', normalUnits: 0, extendedUnits: 2 }),
      bolus('09:00', { subType: 'dual', normalUnits: 2, extendedUnits: 2 }),
      bolus('10:00', { subType: 'dual', normalUnits: 2 }),
      logged('2024-03-10T10:03', { type: 'bolus', subType: 'dual', extendedUnits: 2 }),
      bolus('11:00', { subType: 'injection', normalUnits: 10 }),
      bolus('12:00', { context: 'automatic', normalUnits: 0.3 }),
      bolus('13:00', { context: 'automatic', normalUnits: 0.4 }),
    )
    expect(use).toMatchObject({
      boluses: 5,
      kinds: { normal: 1, square: 1, dual: 2, injection: 1, automatic: 2, manual: 4 },
    })
  })
})

describe('what the calculator was asked for', () => {
  test.each<[name: string, screen: Partial<Wizard>, kind: string]>([
    ['carbs and a correction', { carbsGrams: 40, glucose, recommendedCorrectionUnits: 1 }, 'foodAndCorrection'],
    ['exchanges and a correction', { carbsExchanges: 3, glucose, recommendedCorrectionUnits: 1 }, 'foodAndCorrection'],
    ['carbs, and less for a low value', { carbsGrams: 40, glucose, recommendedCorrectionUnits: -0.5 }, 'foodOnly'],
    ['carbs without a value', { carbsGrams: 40 }, 'foodOnly'],
    ['carbs and a value whose correction is not told', { carbsGrams: 40, glucose }, 'purposeNotTold'],
    ['a correction alone', { carbsGrams: 0, glucose, recommendedCorrectionUnits: 1.5 }, 'correctionOnly'],
    ['nothing at all', { carbsGrams: 0, glucose, recommendedCorrectionUnits: 0 }, 'purposeNotTold'],
  ])('%s', (_, of, kind) => {
    const use = useOf(screen('08:00', of), bolus('08:00'))
    expect(use?.kinds).toMatchObject({ [kind]: 1, manual: 0 })
    const { foodOnly = 0, correctionOnly = 0, foodAndCorrection = 0, purposeNotTold = 0 } = use?.kinds ?? {}
    expect(foodOnly + correctionOnly + foodAndCorrection + purposeNotTold).toBe(1)
  })

  test('a screen that is not there, of a bolus that came of one', () => {
    expect(useOf(bolus('08:00', { context: 'wizard' }))?.kinds).toMatchObject({ purposeNotTold: 1, manual: 0 })
    expect(useOf(bolus('08:00', { context: 'remote' }))?.kinds).toMatchObject({ manual: 1 })
  })

  test('a screen left just before midnight of the day before', () => {
    const late = logged('2024-03-09T23:58', { type: 'wizard', carbsGrams: 20 })
    expect(useOf(late, bolus('00:01'))?.kinds).toMatchObject({ foodOnly: 1 })
  })
})

describe('what became of it', () => {
  test('more and less than proposed, apart, with the means of each and of how many it could be told', () => {
    const use = useOf(
      screen('07:00', { carbsGrams: 40, recommendedNetUnits: 4 }),
      bolus('07:00', { normalUnits: 5 }),
      screen('09:00', { carbsGrams: 40, recommendedNetUnits: 4 }),
      bolus('09:00', { normalUnits: 6 }),
      // 3.9 is less by 0.1; that 1 U of it came is another matter.
      screen('11:00', { carbsGrams: 40, recommendedCarbUnits: 4.5, recommendedCorrectionUnits: -0.5 }),
      bolus('11:00', { normalUnits: 1, programmedNormalUnits: 3.9 }),
      // The same to the last step of rounding.
      screen('13:00', { carbsGrams: 40, recommendedNetUnits: 4.005 }),
      bolus('13:00', { normalUnits: 4 }),
      // Proposal not told, and no calculator.
      screen('15:00', { carbsGrams: 40 }),
      bolus('15:00'),
      bolus('17:00'),
      // A dual bolus in two records is compared as a whole: 2 + 3 are 1 more than 4.
      screen('19:00', { carbsGrams: 40, recommendedNetUnits: 4 }),
      bolus('19:00', { subType: 'dual', normalUnits: 2 }),
      logged('2024-03-10T19:02', { type: 'bolus', subType: 'dual', extendedUnits: 3 }),
    )
    expect(use).toMatchObject({ compared: 5, kinds: { overridden: 3, underridden: 1, interrupted: 1 } })
    // 1, 2 and 1 more.
    expect(use?.meanAboveUnits).toBeCloseTo(4 / 3, 9)
    expect(use?.meanBelowUnits).toBeCloseTo(0.1, 9)
  })

  test('interrupted: in the part at once, in the part over time, with nothing given, by the algorithm', () => {
    const use = useOf(
      bolus('07:00', { normalUnits: 3, programmedNormalUnits: 3 }),
      bolus('08:00', { normalUnits: 1, programmedNormalUnits: 3 }),
      bolus('09:00', {
        subType: 'dual',
        normalUnits: 2,
        programmedNormalUnits: 2,
        extendedUnits: 0.5,
        programmedExtendedUnits: 2,
      }),
      bolus('10:00', { normalUnits: 0, programmedNormalUnits: 3 }),
      bolus('11:00', { context: 'automatic', normalUnits: 0.2, programmedNormalUnits: 0.5 }),
      // Nothing tells what was programmed.
      bolus('12:00'),
    )
    expect(use).toMatchObject({ boluses: 4, watched: 5, kinds: { interrupted: 4, normal: 3, dual: 1, automatic: 1 } })
  })
})

test('a day that is left out has none; no bolus gives no numbers', () => {
  const records = [bolus('08:00'), logged('2024-03-11T08:00', { type: 'bolus', subType: 'normal', normalUnits: 2 })]
  const input = inputOf(records, {
    period: { firstDay, lastDay: firstDay + 1 },
    filter: { weekdaysOff: [], daysOff: [firstDay], devicesOff: [] },
  })
  expect(summariseBoluses(bolusesOfKinds(prepare(input)))).toMatchObject({ boluses: 1, kinds: { normal: 1 } })
  expect(useOf(screen('08:00', { carbsGrams: 20 }))).toBeUndefined()
})

test('as many records stand behind a count as it says', () => {
  const input = inputOf([
    screen('07:00', { carbsGrams: 40, recommendedNetUnits: 4 }),
    bolus('07:00', { normalUnits: 5 }),
    bolus('09:00', { normalUnits: 1, programmedNormalUnits: 2 }),
  ])
  const behind = (part: 'overridden' | 'manual' | 'interrupted' | 'foodOnly') =>
    placesBehind(input, { kinds: ['bolus'], part }).map(({ time }) => time)
  expect(behind('overridden')).toEqual([wall('2024-03-10T07:00')])
  expect(behind('foodOnly')).toEqual([wall('2024-03-10T07:00')])
  expect(behind('manual')).toEqual([wall('2024-03-10T09:00')])
  expect(behind('interrupted')).toEqual([wall('2024-03-10T09:00')])
})
