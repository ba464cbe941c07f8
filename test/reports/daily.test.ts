/** What the Daily report adds to the day's records: joined boluses, settings in force, set clocks, modes, insulin on board. */
import { describe, expect, it } from 'vitest'
import { defaultPreferences } from '#records/preferences.ts'
import type { TherapyRecord } from '#records/records.ts'
import { deviceDayOf } from '#records/time.ts'
import { daily } from '#reports/daily.ts'
import type { ReportInput, Stored } from '#reports/models.ts'
import { seriesOf, wall } from '../helpers/glucose.ts'
import { bolus, clockSet, dose, logged, rate, suspend } from '../helpers/pumpLog.ts'

const day = deviceDayOf(wall('2024-03-30'))
const sorted = (records: readonly Stored<TherapyRecord>[]) => records.toSorted((a, b) => a.deviceTime - b.deviceTime)

function dayOf(records: readonly Stored<TherapyRecord>[], more: Partial<ReportInput> = {}) {
  return daily({
    period: { firstDay: day, lastDay: day },
    preferences: defaultPreferences,
    glucose: [seriesOf([])],
    records: sorted(records),
    basalFrom: day - 7,
    deviceNames: {},
    nextDay: day + 1,
    ...more,
  })
}

const setting = (at: string, name: string, values: Record<string, string>, change: 'current' | 'changed' = 'current') =>
  logged(at, { type: 'setting', name, change, values })
/** What `around` may hold. */
const around = (records: readonly Stored<TherapyRecord>[]): NonNullable<ReportInput['around']> =>
  sorted(records).filter(record => record.type === 'setting' || record.type === 'timeChange')

describe('the rows of boluses', () => {
  it('join a bolus with the screen before it, and say by how much it was changed', () => {
    const [row, ...others] = dayOf([
      logged('2024-03-30T08:00', { type: 'wizard', carbsGrams: 40, recommendedNetUnits: 4 }),
      logged('2024-03-30T08:00:20', {
        type: 'bolus',
        subType: 'normal',
        normalUnits: 4.5,
        programmedNormalUnits: 4.5,
        context: 'wizard',
      }),
    ]).therapy
    expect(others).toEqual([])
    expect(row).toMatchObject({ at: wall('2024-03-30T08:00:20'), wizard: { carbsGrams: 40 }, overrideUnits: 0.5 })
    expect(row).not.toHaveProperty('interrupted')
  })

  it('take what was programmed for an override, what came for an interruption', () => {
    const [row] = dayOf([
      logged('2024-03-30T08:00', { type: 'wizard', recommendedCarbUnits: 4, recommendedCorrectionUnits: -1 }),
      logged('2024-03-30T08:00:20', {
        type: 'bolus',
        subType: 'normal',
        normalUnits: 1.2,
        programmedNormalUnits: 3,
        context: 'wizard',
      }),
    ]).therapy
    // 4 - 1 = 3 were proposed, 3 programmed, 1.2 given.
    expect(row).toMatchObject({ interrupted: true })
    expect(row).not.toHaveProperty('overrideUnits')
  })

  it('give one screen to one bolus, and none to a bolus by hand or by the algorithm', () => {
    const given = (at: string, context?: 'manual' | 'automatic') =>
      logged(at, { type: 'bolus', subType: 'normal', normalUnits: 1, ...(context ? { context } : {}) })
    const rows = dayOf([
      logged('2024-03-30T08:00', { type: 'wizard', carbsGrams: 40 }),
      given('2024-03-30T08:00:05', 'manual'),
      given('2024-03-30T08:00:10', 'automatic'),
      given('2024-03-30T08:00:20'),
      given('2024-03-30T08:02'),
    ]).therapy
    expect(rows.map(({ wizard }) => wizard !== undefined)).toEqual([false, false, true, false])
  })

  it('keep a screen that no bolus followed, and one of another pump, apart', () => {
    const rows = dayOf([
      logged('2024-03-30T08:00', { type: 'wizard', carbsGrams: 20, delivered: false }),
      logged('2024-03-30T08:00:30', { type: 'wizard', carbsGrams: 30 }, 'other:file:x'),
      bolus('2024-03-30T08:01', 2),
    ]).therapy
    expect(rows.map(row => Object.keys(row).filter(key => key !== 'at'))).toEqual([['wizard'], ['wizard'], ['bolus']])
  })

  it('join the two records of a dual bolus by number and time', () => {
    const part = { type: 'bolus', subType: 'dual', bolusNumber: 7, context: 'wizard' } as const
    const [row, ...others] = dayOf([
      logged('2024-03-30T18:00', { type: 'wizard', carbsGrams: 60, recommendedNetUnits: 6 }),
      logged('2024-03-30T18:02', {
        ...part,
        normalUnits: 3,
        programmedNormalUnits: 3,
        startTime: wall('2024-03-30T18:00'),
      }),
      logged('2024-03-30T20:00', {
        ...part,
        extendedUnits: 2,
        programmedExtendedUnits: 3,
        durationMs: 7_200_000,
        startTime: wall('2024-03-30T18:00'),
      }),
    ]).therapy
    expect(others).toEqual([])
    expect(row).toMatchObject({
      at: wall('2024-03-30T18:00'),
      bolus: { normalUnits: 3 },
      secondPart: { extendedUnits: 2 },
      wizard: { carbsGrams: 60 },
      interrupted: true,
    })
    // 3 + 3 were programmed as proposed.
    expect(row).not.toHaveProperty('overrideUnits')
  })

  it('find the screen that was left just before midnight, and leave the evening’s other boluses to their day', () => {
    const rows = dayOf([
      bolus('2024-03-29T20:00', 5),
      logged('2024-03-29T23:59:40', { type: 'wizard', carbsGrams: 12 }),
      bolus('2024-03-30T00:00:05', 1),
    ]).therapy
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ wizard: { carbsGrams: 12 }, bolus: { normalUnits: 1 } })
  })
})

describe('insulin on board', () => {
  it('of one bolus follows Walsh’s curve for the pump’s own time', () => {
    const { onBoard } = dayOf([bolus('2024-03-30T12:00', 4)], {
      around: around([setting('2024-03-28T10:00', 'Bolus wizard', { 'Active insulin time': '4 h' })]),
    })
    expect(onBoard?.knownMinutes).toBe(240)
    const units = onBoard?.curves[0]?.units ?? new Float64Array(0)
    expect(units).toHaveLength(289)
    expect(units[143]).toBe(0)
    expect(units[144]).toBe(4)
    // One hour: -3.310e-10 60⁴ + 2.530e-7 60³ - 5.510e-5 60² - 9.086e-4 60 + 0.9995 = 0.796983…
    const hour = -0.00000000033_1 * 60 ** 4 + 0.000000253 * 60 ** 3 - 0.0000551 * 60 ** 2 - 0.0009086 * 60 + 0.9995
    expect(units[156]).toBeCloseTo(4 * hour, 9)
    expect(units[192]).toBe(0)
  })

  it('begins with what the evening before left, and spreads a square bolus over its time', () => {
    const { onBoard } = dayOf([
      bolus('2024-03-29T23:00', 6),
      logged('2024-03-30T12:00', { type: 'bolus', subType: 'square', extendedUnits: 2, durationMs: 3_600_000 }),
    ])
    const [, three] = onBoard?.curves ?? []
    expect(onBoard?.curves.map(({ actionMinutes }) => actionMinutes / 60)).toEqual([2, 3, 4, 5, 6, 7, 8])
    expect(three?.units[0]).toBeGreaterThan(3)
    // Half of it given after half an hour, and hardly anything acted.
    expect(three?.units[150]).toBeGreaterThan(0.9)
    expect(three?.units[150]).toBeLessThanOrEqual(1)
    expect(onBoard).not.toHaveProperty('knownMinutes')
  })

  it('leaves injections out and keeps the pump’s own numbers', () => {
    const { onBoard } = dayOf([
      logged('2024-03-30T08:00', { type: 'bolus', subType: 'injection', normalUnits: 20 }),
      logged('2024-03-30T09:00', { type: 'wizard', insulinOnBoardUnits: 1.3 }),
    ])
    expect(onBoard?.told).toEqual([{ at: wall('2024-03-30T09:00'), units: 1.3 }])
    expect(onBoard?.curves.every(({ units }) => units.every(one => one === 0))).toBe(true)
    expect(dayOf([rate('2024-03-30T00:00', 1)])).not.toHaveProperty('onBoard')
  })
})

describe('what was in force', () => {
  const row = (values: Record<string, string>) => ({ PATTERN_DATUM: '5', ...values })

  it('is what was told last before, if nothing was changed since', () => {
    const told = [
      setting('2024-03-01T10:00', 'Bolus', { 'Maximum bolus': '10 U' }),
      setting('2024-03-20T10:00', 'Bolus', { 'Maximum bolus': '12 U', 'Easy bolus': 'off' }),
      setting('2024-04-20T10:00', 'Bolus', { 'Maximum bolus': '15 U' }),
    ]
    const own = bolus('2024-03-30T12:00', 1)
    expect(dayOf([own], { around: around(told) }).settings).toEqual([
      { name: 'maximumBolus', values: [['', '12 U']], toldAt: wall('2024-03-20T10:00') },
    ])
    const change = setting('2024-03-25T10:00', 'Bolus', { 'Maximum bolus': 'changed' }, 'changed')
    expect(dayOf([own], { around: around([...told, change]) }).settings).toEqual([])
    // Told later and unchanged until then.
    expect(dayOf([own], { around: around(told.slice(2)) }).settings).toMatchObject([{ values: [['', '15 U']] }])
    const later = setting('2024-04-02T10:00', 'Bolus', { 'Maximum bolus': '15 U' }, 'changed')
    expect(dayOf([own], { around: around([...told.slice(2), later]) }).settings).toEqual([])
  })

  it('reads schedules by time of day, and CareLink’s bare minutes', () => {
    const { settings, onBoard } = dayOf([bolus('2024-03-30T12:00', 1)], {
      around: around([
        setting('2024-03-29T10:00', 'Carb ratios', { '11:00': '12 g/U', '00:00': '10 g/U' }),
        setting('2024-03-29T10:00', 'insulin action curve time', { minutes: '180' }, 'changed'),
      ]),
    })
    expect(settings.map(({ name, values }) => [name, values])).toEqual([
      ['activeInsulin', [['', '180 min']]],
      [
        'carbRatios',
        [
          ['00:00', '10 g/U'],
          ['11:00', '12 g/U'],
        ],
      ],
    ])
    expect(onBoard?.knownMinutes).toBe(180)
  })

  it('reads the rows of a raw CareLink file, where all of them are there', () => {
    const at = '2024-03-29T10:00'
    const rows = [
      setting(at, 'CurrentCarbRatioPattern', { SIZE: '2' }),
      setting(at, 'CurrentCarbRatio', row({ INDEX: '0', AMOUNT: '12', UNITS: 'grams', START_TIME: '0' })),
      setting(at, 'CurrentCarbRatio', row({ INDEX: '1', AMOUNT: '10,5', UNITS: 'grams', START_TIME: '61200000' })),
      setting(at, 'CurrentInsulinSensitivityPattern', { ORIGINAL_UNITS: 'mg dl', SIZE: '1' }),
      setting(at, 'CurrentInsulinSensitivity', row({ INDEX: '0', AMOUNT: '60', START_TIME: '0' })),
      // 4.5 and 6.0 mmol/L times 18.016, as the file of a pump in mmol/L has them.
      setting(at, 'CurrentBGTargetRangePattern', { ORIGINAL_UNITS: 'mmol l', SIZE: '1' }),
      setting(
        at,
        'CurrentBGTargetRange',
        row({ INDEX: '0', AMOUNT_LOW: '81,072', AMOUNT_HIGH: '108,096', START_TIME: '0' }),
      ),
    ]
    const settingsOf = (told: typeof rows) =>
      dayOf([bolus('2024-03-30T12:00', 1)], { around: around(told) }).settings.map(({ name, values }) => [name, values])
    const ratios = [
      ['00:00', '12 g/U'],
      ['17:00', '10.5 g/U'],
    ]
    const others = [
      ['sensitivities', [['00:00', '60 mg/dL']]],
      ['targets', [['00:00', '4.5 to 6.0 mmol/L']]],
    ]
    expect(settingsOf(rows)).toEqual([['carbRatios', ratios], ...others])
    // One of two rows is missing: no half of a schedule.
    expect(settingsOf(rows.filter((_, i) => i !== 2))).toEqual(others)
    // What was changed since is not known to have been in force.
    const change = setting('2024-03-29T20:00', 'ChangeCarbRatioPattern', { SIZE: '1' }, 'changed')
    expect(settingsOf([...rows, change])).toEqual(others)
  })

  it('names the basal pattern from midnight on', () => {
    const named = (at: string, scheduleName: string) =>
      logged(at, { type: 'basalRate', rateUnitsPerHour: 1, scheduleName })
    const { patterns } = dayOf([
      named('2024-03-29T22:00', 'A'),
      named('2024-03-30T06:00', 'A'),
      named('2024-03-30T13:00', 'B'),
    ])
    expect(patterns).toEqual([
      { from: wall('2024-03-30T00:00'), name: 'A' },
      { from: wall('2024-03-30T13:00'), name: 'B' },
    ])
  })
})

describe('the day’s clock and modes', () => {
  it('tells what a set clock skipped or repeated', () => {
    const { clockChanges } = dayOf([
      clockSet('2024-03-30T02:00', '2024-03-30T03:00'),
      clockSet('2024-03-30T20:00', '2024-03-30T19:30'),
    ])
    expect(clockChanges.map(({ byMs }) => byMs / 60_000)).toEqual([60, -30])
  })

  it('also of a change logged on the next day', () => {
    const change = clockSet('2024-03-31T00:10', '2024-03-30T23:10')
    expect(dayOf([], { around: around([change]) }).clockChanges).toEqual([
      { from: wall('2024-03-31T00:10'), to: wall('2024-03-30T23:10'), byMs: -3_600_000 },
    ])
  })

  it('has a strip of modes only where an algorithm gave basal', () => {
    expect(dayOf([rate('2024-03-30T00:00', 1), suspend('2024-03-30T03:00')]).modes).toEqual([])
    const doses = Array.from({ length: 12 }, (_, i) => dose(wall('2024-03-30T08:00') + i * 300_000, 0.1))
    const { modes } = dayOf(doses)
    expect(modes[0]).toMatchObject({ from: wall('2024-03-30T08:00'), mode: 'automatic' })
  })

  it('counts a rewind with fills as one set change, a cannula alone as one, air driven out as none', () => {
    const fill = (at: string, target: 'tubing' | 'cannula') =>
      logged(at, { type: 'prime', target, volumeUnits: target === 'tubing' ? 9 : 0.5 })
    const { setChanges } = dayOf([
      logged('2024-03-30T08:00', { type: 'rewind' }),
      fill('2024-03-30T08:05', 'tubing'),
      fill('2024-03-30T08:06', 'cannula'),
      fill('2024-03-30T12:00', 'tubing'),
      fill('2024-03-30T18:00', 'cannula'),
    ])
    expect(setChanges).toEqual([wall('2024-03-30T08:00'), wall('2024-03-30T18:00')])
  })
})

describe('what is logged', () => {
  const stick = logged('2024-03-30T08:00', { type: 'smbg', subType: 'meter', value: 100, units: 'mg/dL' })

  it('is nothing of insulin where there are a meter’s values only', () => {
    expect(dayOf([stick]).logs).toEqual({ bolus: false, basal: false })
  })

  it('is both where a pump is near, also on a day on which it gave no bolus', () => {
    expect(dayOf([rate('2024-03-26T00:00', 1), stick]).logs).toEqual({ bolus: true, basal: true })
    const earlier = [logged('2024-03-25T10:00', { type: 'rewind' })]
    expect(dayOf([stick], { earlier }).logs).toEqual({ bolus: true, basal: true })
  })

  it('is the bolus alone of a pen', () => {
    const injected = logged('2024-03-29T08:00', { type: 'bolus', subType: 'injection', normalUnits: 4 })
    expect(dayOf([injected, stick]).logs).toEqual({ bolus: true, basal: false })
  })
})
