/** Replies to the pump's reading commands: the vectors of the sheet §4, and the groups that a settings report shows. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { settingRecords } from '#devices/paradigm/decode/settingRecords.ts'
import { type PumpSettings, readSettings, repliesOf } from '#devices/paradigm/decode/settings.ts'
import type { Page } from '#devices/driver.ts'
import { deviceTimeFromIso, isoFromDeviceTime } from '#records/time.ts'
import { family, replyOf } from './builtPages.ts'

const settings = (model: string, ...pages: readonly Page[]): PumpSettings =>
  readSettings(repliesOf(pages), family(model))

describe('replies of all families', () => {
  it('tell clock, model, number and firmware', () => {
    const { clock, model, serial, firmware } = settings(
      '522',
      replyOf(0x70, '0F253907DD0508'),
      replyOf(0x8d, '03353232'),
      replyOf(0x71, '363635343535'),
      replyOf(0x74, '56455220322E3441312E31200B0B'),
    )
    expect(clock && isoFromDeviceTime(clock)).toBe('2013-05-08T15:37:57')
    expect({ model, serial, firmware }).toEqual({ model: '522', serial: '665455', firmware: 'VER 2.4A1.1' })
  })

  it('tell the battery', () => {
    expect(settings('522', replyOf(0x72, '000075')).battery).toEqual({ isLow: false, volts: 1.17 })
    expect(settings('723', replyOf(0x72, '000080')).battery).toEqual({ isLow: false, volts: 1.28 })
  })

  it('tell reservoir and totals in the steps of their family', () => {
    expect(settings('522', replyOf(0x73, '005E')).reservoirUnits).toBe(9.4)
    expect(settings('723', replyOf(0x73, '000007BD')).reservoirUnits).toBe(49.525)
    expect(settings('522', replyOf(0x79, '00CB017A')).totals).toEqual({ todayUnits: 20.3, yesterdayUnits: 37.8 })
    expect(settings('723', replyOf(0x79, '000004AB0000067E')).totals).toEqual({
      todayUnits: 29.875,
      yesterdayUnits: 41.55,
    })
  })

  it('tell a running temporary basal', () => {
    expect(settings('522', replyOf(0x98, '000000370017')).temporaryBasal).toEqual({
      type: 'U/h',
      percent: 0,
      rateUnitsPerHour: 1.375,
      minutesLeft: 23,
    })
    expect(settings('723', replyOf(0x98, '016E00270000')).temporaryBasal).toEqual({
      type: 'percent',
      percent: 110,
      rateUnitsPerHour: 0.975,
      minutesLeft: 0,
    })
  })

  it('tell the calibration factor', () => {
    expect(settings('522', replyOf(0x9c, '228C')).calibrationFactor).toBe(8.844)
  })
})

describe('general settings', () => {
  it('of the captured 522', () => {
    expect(settings('522', replyOf(0xc0, '000100010164005000000100000000640104001400')).general).toMatchObject({
      autoOffHours: 0,
      alert: 'beep, low',
      easyBolusIsOn: false,
      easyBolusStepUnits: 0.1,
      variableBolusIsOn: true,
      maxBolusUnits: 10,
      maxBasalUnitsPerHour: 2,
      hourFormat: 12,
      concentration: 'U100',
      patternsAreOn: true,
      selectedPattern: 'standard',
      remoteIsOn: false,
      tempBasalType: 'U/h',
      meterLinkIsOn: true,
      actionHours: 4,
      reservoirWarning: { units: 20 },
      keypadIsLocked: false,
    })
  })

  it('of the captured 723', () => {
    expect(settings('723', replyOf(0xc0, '000201050100960050000000000001640103001400640000')).general).toMatchObject({
      alert: 'beep, medium',
      easyBolusIsOn: true,
      easyBolusStepUnits: 0.5,
      maxBolusUnits: 15,
      maxBasalUnitsPerHour: 2,
      patternsAreOn: false,
      tempBasalType: 'percent',
      actionHours: 3,
      reservoirWarning: { units: 20 },
      scrollStepUnits: 0.1,
    })
  })

  it('of the published vectors', () => {
    expect(settings('723', replyOf(0xc0, '0004010501008C005000000000000164010400140064010100')).general).toMatchObject({
      alert: 'vibrate',
      maxBolusUnits: 14,
      maxBasalUnitsPerHour: 2,
      actionHours: 4,
      tempBasalType: 'percent',
      captureEventIsOn: true,
      otherDeviceIsOn: true,
    })
    expect(settings('722', replyOf(0xc0, '0003000A017D0144000000000100006401030014 00')).general).toMatchObject({
      alert: 'beep, high',
      maxBolusUnits: 12.5,
      maxBasalUnitsPerHour: 8.1,
      actionHours: 3,
    })
    expect(settings('512', replyOf(0x91, '0F020101006400780000000001000064 0100')).general).toMatchObject({
      autoOffHours: 15,
      maxBolusUnits: 10,
      maxBasalUnitsPerHour: 3,
      actionHours: 6,
      reservoirWarning: undefined,
    })
  })
})

describe('schedules', () => {
  it('of basal rates have the low byte first and end at the first slot that is none', () => {
    const { profiles } = settings(
      '522',
      replyOf(0x92, '20000026000D2C001326001C000000'),
      replyOf(0x93, '00003F'),
      replyOf(0x94, '28000040010828002C000000'),
    )
    expect(profiles.map(({ pattern, segments }) => [pattern, segments])).toEqual([
      [
        'standard',
        [
          { startMinutes: 0, rateUnitsPerHour: 0.8 },
          { startMinutes: 390, rateUnitsPerHour: 0.95 },
          { startMinutes: 570, rateUnitsPerHour: 1.1 },
          { startMinutes: 840, rateUnitsPerHour: 0.95 },
        ],
      ],
      ['A', []],
      [
        'B',
        [
          { startMinutes: 0, rateUnitsPerHour: 1 },
          { startMinutes: 240, rateUnitsPerHour: 8 },
          { startMinutes: 1320, rateUnitsPerHour: 1 },
        ],
      ],
    ])
  })

  it('of basal rates may fill all 48 half hours', () => {
    const all = Array.from({ length: 48 }, (_, i) => `28 00 ${i.toString(16).padStart(2, '0')}`).join('')
    expect(settings('522', replyOf(0x92, all)).profiles[0]?.segments).toHaveLength(48)
  })

  it('of basal rates that no pump gives are not taken for rates', () => {
    expect(settings('522', replyOf(0x92, 'FFFF00')).profiles).toEqual([])
  })

  it('of carb ratios: whole grams in small pumps, tenths behind a count in large ones', () => {
    expect(settings('522', replyOf(0x8a, '01000D')).carbRatios).toEqual({
      units: 'grams',
      slots: [{ startMinutes: 0, ratio: 13 }],
    })
    expect(settings('723', replyOf(0x8a, '0108000078 0C0096')).carbRatios).toEqual({
      units: 'grams',
      slots: [
        { startMinutes: 0, ratio: 12 },
        { startMinutes: 360, ratio: 15 },
      ],
    })
    expect(settings('522', replyOf(0x8a, '02000F')).carbRatios?.slots).toEqual([{ startMinutes: 0, ratio: 1.5 }])
    expect(settings('723', replyOf(0x8a, '02080005DC')).carbRatios?.slots).toEqual([{ startMinutes: 0, ratio: 1.5 }])
  })

  it('leave out a slot whose time goes backwards', () => {
    expect(settings('522', replyOf(0x8a, '01000D0C0E0A0F100B')).carbRatios?.slots).toEqual([
      { startMinutes: 0, ratio: 13 },
      { startMinutes: 360, ratio: 14 },
      { startMinutes: 480, ratio: 11 },
    ])
  })

  it('of sensitivities have a ninth bit above the time, tenths of mmol/L', () => {
    const slotsOf = (hex: string) => settings('522', replyOf(0x8b, hex)).sensitivities?.slots
    expect(slotsOf('01002D')).toEqual([{ startMinutes: 0, sensitivity: 45 }])
    expect(slotsOf('01400C')).toEqual([{ startMinutes: 0, sensitivity: 268 }])
    expect(slotsOf('020016')).toEqual([{ startMinutes: 0, sensitivity: 2.2 }])
  })

  it('of targets are ranges, in the oldest pumps single values', () => {
    expect(settings('522', replyOf(0x9f, '01006A7D')).targets?.slots).toEqual([
      { startMinutes: 0, low: 106, high: 125 },
    ])
    expect(settings('554', replyOf(0x9f, '02002D38')).targets?.slots).toEqual([
      { startMinutes: 0, low: 4.5, high: 5.6 },
    ])
    expect(settings('512', replyOf(0x8c, '010064 0C6E')).targets?.slots).toEqual([
      { startMinutes: 0, low: 100, high: 100 },
      { startMinutes: 360, low: 110, high: 110 },
    ])
  })
})

describe('the sensor settings of the captured 522', () => {
  const reply = replyOf(0x99, '000100B8003C01004E00140000280 01E01003C20886E01001E')

  it('are read', () => {
    expect(settings('522', reply).sensor).toEqual({
      isOn: false,
      high: { isOn: true, limit: 184, snoozeMinutes: 60 },
      low: { isOn: true, limit: 78, snoozeMinutes: 20 },
      missedDataOrSnoozeMinutes: [30, 30],
      calibrationReminder: { isOn: true, minutes: 60 },
      transmitterId: 2132078,
      glucoseUnits: 'mg/dL',
    })
  })
})

describe('the records of a read', () => {
  const clock = replyOf(0x70, '0F253907DD0508')

  it('are one for each group, at the time of the pump’s clock, with the values as text', () => {
    const { records } = settingRecords(
      [
        clock,
        replyOf(0x92, '20000026000D2C001326001C000000'),
        replyOf(0x93, '00003F'),
        replyOf(0xc0, '000100010164005000000100000000640104001400'),
        replyOf(0x8a, '01000D'),
        replyOf(0x8b, '01002D'),
        replyOf(0x9f, '01006A7D'),
      ],
      family('522'),
    )
    expect(new Set(records.map(({ change, deviceTime }) => `${change} ${isoFromDeviceTime(deviceTime)}`))).toEqual(
      new Set(['current 2013-05-08T15:37:57']),
    )
    const valuesOf = (name: string) => records.find(record => record.name === name)?.values
    expect(valuesOf('Basal pattern standard')).toEqual({
      '00:00': '0.8 U/h',
      '06:30': '0.95 U/h',
      '09:30': '1.1 U/h',
      '14:00': '0.95 U/h',
      'Whole day': '22.5 U',
    })
    expect(valuesOf('Basal pattern A')).toEqual({ Rates: 'none' })
    expect(valuesOf('Carb ratios')).toEqual({ '00:00': '13 g/U' })
    expect(valuesOf('Insulin sensitivities')).toEqual({ '00:00': '45 mg/dL per U' })
    expect(valuesOf('Glucose targets')).toEqual({ '00:00': '106 to 125 mg/dL' })
    expect(valuesOf('Bolus')).toMatchObject({ 'Maximum bolus': '10 U', 'Dual and square bolus': 'on' })
    expect(valuesOf('Alerts')).toMatchObject({ 'Low reservoir warning': '20 U', 'Auto-off': 'off' })
  })

  it('keep replies of an unknown layout as hex', () => {
    const { records } = settingRecords([clock, replyOf(0xd1, '0102030000FF')], family('723'))
    expect(records).toMatchObject([{ name: 'Predictive alerts (D1)', values: { Bytes: '0102030000ff' } }])
  })

  it('do not read a reply that is cut short, whose missing bytes would be zeros', () => {
    const { bytes } = replyOf(0x72, '000075')
    const short: Page = { kind: 'reply', index: 0x72, bytes: bytes.subarray(0, 3) }
    const { records, skipped } = settingRecords([clock, short], family('522'))
    expect(records).toEqual([])
    expect(skipped).toContainEqual({ page: 1, offset: 0, length: 3, reason: 'a reply (72) that is cut short' })
  })

  it('have the clock that the read noted when the reply is missing, and are none without any', () => {
    const noted = deviceTimeFromIso('2013-05-08T15:38:00')
    const reply = replyOf(0x72, '000075')
    expect(settingRecords([reply], family('522'), noted).records[0]?.deviceTime).toBe(noted)
    expect(settingRecords([reply], family('522')).records).toEqual([])
  })

  it('and what is skipped cover every byte of every reply, whatever the bytes', () => {
    const page = fc.record({
      index: fc.nat(255),
      bytes: fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.uint8Array({ minLength: 64, maxLength: 64 }),
        fc.uint8Array({ minLength: 192, maxLength: 192 }),
      ),
    })
    fc.assert(
      fc.property(
        fc.array(page, { maxLength: 40 }),
        fc.constantFrom('512', '515', '522', '723', '754'),
        (parts, model) => {
          const pages = parts.map((part): Page => ({ kind: 'reply', ...part }))
          const { records, skipped } = settingRecords(pages, family(model))
          const refs = [...records.flatMap(({ raw, supporting = [] }) => [raw, ...supporting]), ...skipped]
          pages.forEach(({ bytes }, i) => {
            if (bytes.length > 0)
              expect(refs.find(ref => ref.page === i)).toMatchObject({ offset: 0, length: bytes.length })
          })
        },
      ),
    )
  })
})
