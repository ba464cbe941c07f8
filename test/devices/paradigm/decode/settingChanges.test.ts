/** Settings changed on the pump: what each history record of the sheet's §6.8 says, old and new. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutHistoryPage } from '#devices/paradigm/decode/historyPage.ts'
import { recordOfSettingChange } from '#devices/paradigm/decode/settingChanges.ts'
import type { Setting } from '#records/records.ts'
import { isoFromDeviceTime } from '#records/time.ts'
import { family, pageOf } from './builtPages.ts'

/** 2013-05-07 05:29:54, by the pump's keys. */
const DATE = '765D05070D'
/** The same with 1 in the three bits above the hour. */
const DATE_H1 = '765D25070D'

function change(hex: string, model = '523'): Setting | undefined {
  const [record] = cutHistoryPage(pageOf(hex), 0, family(model)).records
  return record && recordOfSettingChange(record, family(model))
}
const said = (hex: string, model?: string) => {
  const { name, values } = change(hex, model) ?? {}
  return { [name ?? 'nothing']: values }
}

describe('a change of settings', () => {
  it('has its own bytes as its name, the pump’s time, and who made it', () => {
    const record = change('62016A6F15150F')
    expect(record).toMatchObject({
      type: 'setting',
      change: 'changed',
      identity: '62016a6f15150f',
      raw: { page: 0, offset: 0, length: 7 },
      actor: 'pump',
    })
    expect(record && isoFromDeviceTime(record.deviceTime)).toBe('2015-05-21T21:47:42')
  })

  it('says what the sheet’s vectors say', () => {
    expect(said('62016A6F15150F')).toEqual({ Basal: { 'Temporary basal type': 'percent' } })
    expect(said('1400AFBB33130B', '554')).toEqual({
      Basal: { 'Active pattern': 'A', 'before Active pattern': 'standard' },
    })
    expect(said('2CF09B63131D0B', '554')).toEqual({ Basal: { 'Maximum basal': '6 U/h' } })
    expect(said('310880AE12130B', '554')).toEqual({ Reminders: { 'Glucose reminder after': '120 min' } })
    expect(said('5301A99A000F0B96', '554')).toEqual({ 'Alert silence': { Alerts: 'high', Time: '150 min' } })
  })

  it('is on or off by the lowest bit', () => {
    for (const [opcode, name, value] of [
      ['23', 'Alerts', 'Block'],
      ['2D', 'Bolus wizard', 'Wizard'],
      ['44', 'Sensor', 'Automatic calibration'],
      ['5E', 'Bolus', 'Dual and square bolus'],
      ['60', 'Reminders', 'Glucose reminder'],
      ['61', 'Reminders', 'Alarm clock'],
      ['66', 'Reminders', 'Bolus reminder'],
      ['7C', 'Remotes and meters', 'Other devices'],
      ['83', 'Alerts', 'Capture event'],
    ] as const) {
      expect(said(`${opcode}01${DATE}`)).toEqual({ [name]: { [value]: 'on' } })
      expect(said(`${opcode}00${DATE}`)).toEqual({ [name]: { [value]: 'off' } })
    }
  })

  it('has steps, hours and limits in their units', () => {
    expect(said(`1B0D${DATE}`)).toEqual({ Alerts: { 'Auto-off': '13 h' } })
    expect(said(`1B00${DATE}`)).toEqual({ Alerts: { 'Auto-off': 'off' } })
    expect(said(`2C10${DATE_H1}`)).toEqual({ Basal: { 'Maximum basal': '6.8 U/h' } })
    expect(said(`5732${DATE}`)).toEqual({ Bolus: { 'Scroll step': '0.05 U' } })
    expect(said(`5F07${DATE}`)).toEqual({ Bolus: { 'Easy bolus': 'on', 'Easy bolus step': '0.15 U' } })
    expect(said(`6304${DATE}`)).toEqual({ Alerts: { Alert: 'vibrate' } })
    expect(said(`6401${DATE}`)).toEqual({ Alerts: { 'Time format': '24 hours' } })
    expect(said(`6541${DATE}`)).toEqual({ Alerts: { 'Low reservoir warning': '8 h' } })
    expect(said(`6524${DATE}`)).toEqual({ Alerts: { 'Low reservoir warning': '9 U' } })
  })

  it('names linked meters and remotes', () => {
    expect(said(`3C01${DATE}3D1234560000003E000000000000`)).toEqual({
      'Remotes and meters': { 'Linked meter': 'on', Meters: '123456' },
    })
    expect(said(`2600${DATE}27000000000000 28000000000000`)).toEqual({
      'Remotes and meters': { 'Remote control': 'off', Remotes: 'none' },
    })
  })

  it('keeps as hex what is not known for sure', () => {
    expect(said(`2478${DATE}`)).toEqual({ Bolus: { 'Maximum bolus': 'changed', Bytes: '78' } })
    expect(said(`6F12${DATE}`)).toEqual({ 'Bolus wizard': { 'Carb units': 'changed', Bytes: '12' } })
    expect(said(`5600${DATE}DCDC002828`)).toEqual({
      Sensor: { 'Rate of change alerts': 'changed', Bytes: '00dcdc002828' },
    })
  })

  it('is not a clock change, a bolus or a record of another kind', () => {
    for (const hex of [`1700${DATE}`, `1800${DATE}`, `2100${DATE}`, '5C08324E04265804', `1E01${DATE}`]) {
      expect(change(hex)).toBeUndefined()
    }
  })
})

describe('basal profiles', () => {
  const body = (hex: string): string => hex.padEnd(290, '0')

  it('are the old one (08) and the new one (09), of the pattern in the spare bits', () => {
    expect(said(`0802${DATE}${body('002000 0D2600'.replaceAll(' ', ''))}`, '522')).toEqual({
      'Basal pattern standard': { 'before 00:00': '0.8 U/h', 'before 06:30': '0.95 U/h' },
    })
    expect(said(`0903${DATE_H1}${body('002800084001 2C2800'.replaceAll(' ', ''))}`)).toEqual({
      'Basal pattern A': { '00:00': '1 U/h', '04:00': '8 U/h', '22:00': '1 U/h' },
    })
    expect(said(`0800${DATE}${body('3F0000')}`)).toEqual({ 'Basal pattern standard': { 'before Rates': 'none' } })
  })
})

describe('the set-up of the bolus wizard', () => {
  const at = (length: number, parts: Readonly<Record<number, string>>): string => {
    const half = Buffer.alloc(length)
    for (const [offset, hex] of Object.entries(parts)) half.write(hex, Number(offset), 'hex')
    return half.toString('hex')
  }

  it('of large pumps has sensitivities from 28 of each half', () => {
    // One ratio, one target, one sensitivity; grams, mg/dL. The ratio goes from 12 to 12.5 g/U.
    const old = at(68, { 0: '15', 1: '11', 2: '000078', 28: '0028', 44: '005A78' })
    const now = at(68, { 0: '25', 1: '11', 2: '00007D0C0096', 28: '400C', 44: '005A6E' })
    expect(said(`5A0F${DATE}${old}${now}35`, '723')).toEqual({
      'Bolus wizard': {
        'before Wizard': 'on',
        'before Active insulin time': '5 h',
        'before Carb units': 'grams',
        'before Carb ratio 00:00': '12 g/U',
        'before Glucose units': 'mg/dL',
        'before Sensitivity 00:00': '40 mg/dL per U',
        'before Target 00:00': '90 to 120 mg/dL',
        Wizard: 'on',
        'Active insulin time': '3 h',
        'Carb units': 'grams',
        'Carb ratio 00:00': '12.5 g/U',
        'Carb ratio 06:00': '15 g/U',
        'Glucose units': 'mg/dL',
        'Sensitivity 00:00': '268 mg/dL per U',
        'Target 00:00': '90 to 110 mg/dL',
      },
    })
  })

  it('of small pumps has pairs and whole grams', () => {
    const old = at(58, { 0: '1A', 1: '11', 2: '000F', 18: '0016', 34: '002D38' })
    const now = at(58, { 0: '15', 1: '11', 2: '000D', 18: '002D', 34: '006A7D' })
    expect(said(`5A0B${DATE}${old}${now}4F`, '522')).toEqual({
      'Bolus wizard': {
        'before Wizard': 'off',
        'before Carb units': 'exchanges',
        'before Carb ratio 00:00': '1.5 U/exchange',
        'before Glucose units': 'mmol/L',
        'before Sensitivity 00:00': '2.2 mmol/L per U',
        'before Target 00:00': '4.5 to 5.6 mmol/L',
        Wizard: 'on',
        'Active insulin time': '4 h',
        'Carb units': 'grams',
        'Carb ratio 00:00': '13 g/U',
        'Glucose units': 'mg/dL',
        'Sensitivity 00:00': '45 mg/dL per U',
        'Target 00:00': '106 to 125 mg/dL',
      },
    })
  })

  it('that was not complete is junk', () => {
    expect(said(`5A00${DATE}${'FF'.repeat(137)}`, '723')).toEqual({
      'Bolus wizard': {
        'before Wizard': 'off',
        'before Set-up': 'not complete',
        Wizard: 'off',
        'Set-up': 'not complete',
      },
    })
  })
})

describe('the set-up of the sensor', () => {
  it('of large pumps: old and new half, with low suspend where the pump has it', () => {
    const old = '41011E00781E001E3CFFFFFF642780801F'
    const now = '20011E003C14001E3C123456B446000000'
    expect(said(`5000${DATE}${old}${now}`, '554')).toEqual({
      Sensor: {
        'before Sensor': 'on',
        'before Glucose units': 'mmol/L',
        'before Calibration reminder': '60 min before',
        'before Missed data': '30 min',
        'before High snooze': '120 min',
        'before Low snooze': '30 min',
        'before Alarm snooze': '30 min',
        'before Transmitter': 'none',
        'before High area limit': '10 mmol/L',
        'before Low area limit': '3.9 mmol/L',
        'before Automatic calibration': 'on',
        'before Low suspend': 'on',
        'before Low suspend limit': '3.1 mmol/L',
        Sensor: 'off',
        'Glucose units': 'mg/dL',
        'Calibration reminder': '60 min before',
        'Missed data': '30 min',
        'High snooze': '60 min',
        'Low snooze': '20 min',
        'Alarm snooze': '30 min',
        Transmitter: '1193046',
        'High area limit': '180 mg/dL',
        'Low area limit': '70 mg/dL',
        'Automatic calibration': 'off',
        'Low suspend': 'off',
        'Low suspend limit': '0 mg/dL',
      },
    })
  })

  it('of the 522: limits without a unit where the two places for it do not agree', () => {
    const half = '411100B84E161E003C14001E3C20886E'
    const values = change(`4F00${DATE}${half}${half}`, '522')?.values
    expect(values).toMatchObject({
      Sensor: 'on',
      'High limit': '184 (mg/dL or tenths of mmol/L)',
      'Low limit': '78 (mg/dL or tenths of mmol/L)',
      'Missed data': '30 min',
      'High snooze': '60 min',
      'Low snooze': '20 min',
      'Alarm snooze': '30 min',
      'Calibration reminder': '60 min',
      Transmitter: '2132078',
    })
  })
})

describe('any bytes', () => {
  it('never make it throw', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 200, maxLength: 1022 }),
        fc.constantFrom('512', '522', '723', '554'),
        (bytes, model) => {
          for (const record of cutHistoryPage(bytes, 0, family(model)).records)
            recordOfSettingChange(record, family(model))
        },
      ),
    )
  })
})
