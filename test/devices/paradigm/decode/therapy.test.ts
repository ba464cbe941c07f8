/**
 * Single history records against the sheet's printed vectors (paradigm sheet §6.4 to §6.7): bytes and what they mean.
 * Expected values are the sheet's.
 */
import { describe, expect, it } from 'vitest'
import { bytesFromHex } from '#bytes/hex.ts'
import { familyOf } from '#devices/paradigm/decode/family.ts'
import { cutHistoryPage } from '#devices/paradigm/decode/historyPage.ts'
import { addFactsOf } from '#devices/paradigm/decode/facts.ts'
import type { Facts } from '#devices/paradigm/decode/factsRun.ts'
import { readUnabsorbed } from '#devices/paradigm/decode/therapyWizard.ts'
import type { TherapyRecord } from '#records/records.ts'
import { deviceTimeFromIso } from '#records/time.ts'

/** What these records give, one after the other as on a page. */
function factsOf(model: string, ...hex: readonly string[]): Facts {
  const family = familyOf(model)
  if (!family) throw new Error(`no family ${model}`)
  const page = new Uint8Array(1024)
  page.set(bytesFromHex(hex.join('')))
  const { records, unknown } = cutHistoryPage(page, 0, family)
  expect(unknown).toEqual([])
  const facts: Facts = { records: [], skipped: [] }
  addFactsOf(records, family, undefined, facts)
  return facts
}

const only = (model: string, ...hex: readonly string[]): TherapyRecord | undefined => factsOf(model, ...hex).records[0]
const time = (iso: string) => deviceTimeFromIso(iso)

describe('boluses', () => {
  it('of small pumps count tenths of a unit', () => {
    expect(only('522', '01323200765D45070D')).toMatchObject({
      type: 'bolus',
      subType: 'normal',
      normalUnits: 5,
      programmedNormalUnits: 5,
      deviceTime: time('2013-05-07T05:29:54'),
      identity: '01323200765d45070d',
      actor: 'pump',
    })
  })

  it('of large pumps count fortieths; a dual one is two records, the square one from the beginning of the other', () => {
    const { records } = factsOf('723', '0100840084000001676CAC7B0F', '01008400840000005B6A8C7B0F')
    expect(records).toMatchObject([
      {
        subType: 'dual',
        extendedUnits: 3.3,
        durationMs: 1_800_000,
        actor: 'meter',
        deviceTime: time('2015-05-27T12:44:39'),
        startTime: time('2015-05-27T12:42:27'),
      },
      { subType: 'dual', normalUnits: 3.3, deviceTime: time('2015-05-27T12:42:27') },
    ])
    expect(records[0]).not.toHaveProperty('normalUnits')
  })

  it('given over time have a name without the amount that is rewritten in place', () => {
    const begun = only('723', '0100BC0000000001714A6D790F')
    const ended = only('723', '0100BC00BC000001714A6D790F')
    expect(ended).toMatchObject({ subType: 'square', extendedUnits: 4.7, deviceTime: time('2015-05-25T13:10:49') })
    expect(begun?.identity).toBe(ended?.identity)
  })

  it('given over time and stopped lasted as long as the delivered part takes', () => {
    // 0.5 of 1 U in half an hour, a Veo on 2011-10-19: CareLink says 0.5 of 1.
    expect(only('554', '010028001400B4019FA4B4130B')).toMatchObject({
      extendedUnits: 0.5,
      programmedExtendedUnits: 1,
      durationMs: 900_000,
    })
  })

  it('of an unknown type keep their insulin and say so', () => {
    expect(only('522', '01323200765DE5070D')).toMatchObject({
      subType: 'normal',
      normalUnits: 5,
      annotations: ['app/unknown-bolus-type'],
    })
  })
})

describe('calculator entries', () => {
  it('of small pumps, with a negative correction', () => {
    expect(only('522', '5B5C7A5717070D3D500D2D6AFD2EF00000002B7D')).toMatchObject({
      type: 'wizard',
      glucose: { value: 92, units: 'mg/dL' },
      carbsGrams: 61,
      carbRatio: 13,
      sensitivity: 45,
      targetLow: 106,
      targetHigh: 125,
      recommendedCorrectionUnits: -0.3,
      recommendedCarbUnits: 4.6,
      insulinOnBoardUnits: 0,
      recommendedNetUnits: 4.3,
    })
    expect(only('522', '5BAB4A460F070D33500D2D6A0A2700000F00277D')).toMatchObject({
      glucose: { value: 171, units: 'mg/dL' },
      carbsGrams: 51,
      recommendedCorrectionUnits: 1,
      recommendedCarbUnits: 3.9,
      insulinOnBoardUnits: 1.5,
      recommendedNetUnits: 3.9,
    })
  })

  it('of large pumps, in mg/dL and in mmol/L', () => {
    expect(only('723', '5B164A73167B0F00510078285A9C0000000000009C78')).toMatchObject({
      glucose: { value: 278, units: 'mg/dL' },
      carbRatio: 12,
      sensitivity: 40,
      targetLow: 90,
      targetHigh: 120,
      recommendedCorrectionUnits: 3.9,
      recommendedNetUnits: 3.9,
    })
    expect(only('554', '5B36938113130B0F900064142D00003C00001C003C38')).toMatchObject({
      glucose: { value: 5.4, units: 'mmol/L' },
      settingsUnits: 'mmol/L',
      carbsGrams: 15,
      carbRatio: 10,
      sensitivity: 2,
      targetLow: 4.5,
      targetHigh: 5.6,
      recommendedCarbUnits: 1.5,
      insulinOnBoardUnits: 0.7,
      recommendedNetUnits: 1.5,
    })
  })

  it('of a 512 have one target', () => {
    expect(only('512', '2f580aaf130a120a520d2e646c070000000073')).toMatchObject({
      type: 'wizard',
      carbRatio: 13,
      sensitivity: 46,
      targetLow: 100,
      targetHigh: 100,
    })
  })

  it('say whether a bolus followed, and take in the list between', () => {
    // 2013-05-07 15:06:10, a list of one, the bolus of the same second.
    const entry = '5BAB4A460F070D33500D2D6A0A2700000F00277D'
    const { records, skipped } = factsOf('522', entry, '5C05402A04', '012727004A464F070D')
    expect(skipped).toEqual([])
    expect(records).toMatchObject([
      { type: 'wizard', delivered: true, supporting: [{ length: 5 }, { length: 9 }] },
      { type: 'bolus', context: 'wizard', supporting: [{ length: 20 }] },
    ])
  })

  it('of a large pump that another follows were declined; at the end of what was read nobody knows', () => {
    // 2012-08-22 10:39:05, 10:39:09 and 10:39:15 of a 554.
    const entries = [
      '5b4b85270a760c3290006e17362400b400003000b436',
      '5b4b89270a760c3290006e17362400b400003000b436',
      '5b4b8f270a760c2390006e173624007c000030007c36',
    ]
    const { records } = factsOf('554', ...entries)
    expect(records.map(record => record.type === 'wizard' && record.delivered)).toEqual([false, false, undefined])
  })

  it('of a small pump wait for a square bolus, which is written when it ends', () => {
    // Entry at 10:00:00, a BG at 11:00, then the square bolus of 10:00:10 that took two hours.
    const entry = '5B5C40400A070D3D500D2D6AFD2EF00000002B7D'
    const square = '012B2B044A406A070D'
    const { records } = factsOf('522', entry, '0A6040402B070D', square)
    expect(records).toMatchObject([
      { type: 'wizard', delivered: true },
      { type: 'smbg' },
      { subType: 'square', context: 'wizard' },
    ])
  })

  it('list active boluses with their whole amount, age and action time', () => {
    const listOf = (hex: string) => readUnabsorbed({ bytes: bytesFromHex(hex) })
    expect(listOf('5C08324E04265804')).toEqual([
      { units: 1.25, ageMinutes: 78, actionHours: 4 },
      { units: 0.95, ageMinutes: 88, actionHours: 4 },
    ])
    expect(listOf('5C0B2806C02892C0445AD0')).toEqual([
      { units: 1, ageMinutes: 6, actionHours: 3 },
      { units: 1, ageMinutes: 146, actionHours: 3 },
      { units: 1.7, ageMinutes: 346, actionHours: 3 },
    ])
    expect(listOf('5C081EF4442EFE45')).toEqual([
      { units: 0.75, ageMinutes: 244, actionHours: 5 },
      { units: 7.55, ageMinutes: 254, actionHours: 5 },
    ])
  })
})

describe('basal', () => {
  it('temporary rates are a pair', () => {
    expect(only('723', '336E614805020F08', '160A614805020F')).toMatchObject({
      type: 'tempBasal',
      percent: 110,
      durationMs: 5 * 3_600_000,
      rateSteps: 'fine',
    })
    expect(only('522', '33345801031A0F00', '16025801031A0F')).toMatchObject({
      rateUnitsPerHour: 1.3,
      durationMs: 3_600_000,
    })
    expect(factsOf('723', '336E614805020F08').skipped).toMatchObject([{ length: 8 }])
  })

  it('programmed rates name their pattern', () => {
    expect(only('554', '7B04400010040E200B00')).toMatchObject({
      type: 'basalRate',
      rateUnitsPerHour: 0.275,
      scheduleName: 'standard',
    })
  })

  it('suspends say who and why', () => {
    expect(only('723', '1E016F5907560F')).toMatchObject({ suspended: true, reason: 'manual', actor: 'computer' })
    expect(only('723', '1F20695A07560F')).toMatchObject({ suspended: false, actor: 'computer' })
    expect(only('522', '1E005D600F480D')).toMatchObject({ suspended: true, reason: 'manual', actor: 'computer' })
  })

  it('a low glucose suspend lasts from the first of its records to the resume', () => {
    // 2013-09-08 14:57 of a 554: alarm, suspended, answered, low glucose, resumed by the person, pumping.
    const { records } = factsOf(
      '554',
      ...[
        '066701559679AE880D',
        '1E0296790E080D',
        '0C679C790E080D',
        '1E439C790E080D',
        '1F669E790E080D',
        '1FC09F790E080D',
      ],
    )
    expect(records.filter(({ type }) => type === 'suspend')).toMatchObject([
      { suspended: true, reason: 'low' },
      { suspended: true, reason: 'low' },
      { suspended: false, rawReason: 'resumed_by_user' },
      { suspended: false, rawReason: 'normal_pumping' },
    ])
  })

  it('an alarm stops delivery until a large pump logs its rate again', () => {
    // 2012-08-21 of a 554: No Delivery at 21:06:18, answered at 21:11:05, its rate at 22:29:46.
    const { records } = factsOf('554', '06040BFC920655550C', '0C04850B15150C', '7B03AE1D16150C1A2600')
    expect(records.filter(({ type }) => type === 'suspend')).toMatchObject([
      { suspended: true, reason: 'alarm', rawReason: 'No Delivery (4)', deviceTime: time('2012-08-21T21:06:18') },
      { suspended: false, deviceTime: time('2012-08-21T22:29:46') },
    ])
  })

  it('an alarm stops a small pump until it is rewound, or from its answer when it is used before', () => {
    const alarm = ['06040BFF166F515C0D', '0C040775111C0D']
    const rewound = factsOf('522', ...alarm, '21001358121C0D').records
    expect(rewound.filter(({ type }) => type === 'suspend')).toMatchObject([
      { suspended: true },
      { suspended: false, deviceTime: time('2013-01-28T18:24:19') },
    ])
    const used = factsOf('522', ...alarm, '012424002249531C0D').records
    expect(used.filter(({ type }) => type === 'suspend')).toMatchObject([
      { suspended: true },
      { suspended: false, deviceTime: time('2013-01-28T17:53:07') },
    ])
  })

  it('totals have their parts when these make up the whole', () => {
    const detail = '6D478D0510DF5C6005000005E803783B027029007002702901483501282F'.padEnd(88, '0')
    expect(only('522', '07000005E8478D', detail)).toMatchObject({
      type: 'dailyTotal',
      deviceTime: time('2013-05-07'),
      totalUnits: 37.8,
      basalUnits: 22.2,
      bolusUnits: 15.6,
    })
    expect(only('723', '07000006C25A8F000000')).toMatchObject({ totalUnits: 43.25, deviceTime: time('2015-05-26') })
  })
})

describe('everything else', () => {
  it('fills', () => {
    expect(only('723', '030000009D5B7A2D180F')).toMatchObject({ type: 'prime', target: 'tubing', volumeUnits: 15.7 })
    expect(only('554', '0300050005B09014010B')).toMatchObject({ target: 'cannula', volumeUnits: 0.5 })
  })

  it('alarms and their answers', () => {
    expect(only('554', '06040BFC806D4C490B')).toMatchObject({
      type: 'alarm',
      name: 'No Delivery',
      rawCode: 4,
      deviceTime: time('2011-09-09T12:45:00'),
    })
    expect(only('554', '06040BFC806D4C490B')).not.toHaveProperty('actor')
    expect(only('554', '0C0491400D090B')).toMatchObject({ rawCode: 4, cleared: true, actor: 'pump' })
  })

  it('finger-sticks: typed, in either unit; sent by a meter, once', () => {
    expect(factsOf('723', '0A937647287B0F', '3F127647687B0FAED763').records).toMatchObject([
      { type: 'smbg', value: 147, units: 'mg/dL', subType: 'linked', meterSerial: 'AED763', actor: 'meter' },
    ])
    expect(factsOf('554', '1A0080400C120B', '0A40AFB252130B').records[1]).toMatchObject({
      value: 6.4,
      units: 'mmol/L',
      subType: 'manual',
    })
  })

  it('a finger-stick typed in again within a quarter of an hour is the one that the meter sent', () => {
    // 147 from the meter at 08:07:54, typed in at 08:12:54 and, another test, at 08:30:54.
    const { records } = factsOf('723', '0A937647287B0F', '3F127647687B0FAED763', '0A93764C281B0F', '0A93765E281B0F')
    expect(records).toMatchObject([
      { subType: 'linked', annotations: ['app/typed-again'], supporting: [{ length: 10 }, { length: 7 }] },
      { subType: 'manual', deviceTime: time('2015-05-27T08:30:54') },
    ])
  })

  it('a typed finger-stick is left out where the page before it could show that it repeats one', () => {
    expect(factsOf('723', '0A93764C281B0F')).toMatchObject({
      records: [],
      skipped: [{ reason: 'a typed finger-stick that may repeat one on a page that was not read' }],
    })
    // A 512 has no linked meter.
    expect(factsOf('512', '0A93764C281B0F').records).toMatchObject([{ value: 147, subType: 'manual' }])
  })

  it('markers and noted insulin', () => {
    expect(only('554', '420CB7B212130B00')).toMatchObject({ type: 'bolus', subType: 'injection', normalUnits: 1.2 })
    expect(only('554', '400083B312130B1801')).toMatchObject({ type: 'food', carbsGrams: 24 })
  })

  it('a clock change is a pair, dated by the old clock', () => {
    expect(only('554', '1700B7B517040B', '180080B517060B')).toMatchObject({
      type: 'timeChange',
      from: time('2011-10-04T23:53:55'),
      to: time('2011-10-06T23:53:00'),
    })
    expect(factsOf('554', '180080B517060B').records).toEqual([])
  })

  it('records of which nothing is known are skipped with their number', () => {
    expect(factsOf('522', '2500765D05070D').skipped).toMatchObject([
      { length: 7, reason: 'a history record whose meaning is not known (25)' },
    ])
  })
})
