/** Settings of devices and of CareLink files in words. Expected from the CareLink export sheet §4. */
import { describe, expect, it } from 'vitest'
import { settingLines } from '#ui/parts/settingLines.ts'
import { formatOf, preferencesWith } from '../reports/reportFormat.ts'

const format = formatOf(preferencesWith())
const mmol = formatOf(preferencesWith({ glucoseUnits: 'mmol/L', clock: '12h' }))

describe('settings of CareLink files', () => {
  const cases: readonly (readonly [
    name: string,
    values: Readonly<Record<string, string>>,
    lines: readonly (readonly [string, string])[],
  ])[] = [
    [
      'CurrentBasalProfile',
      { PATTERN_DATUM: '9378216372', PROFILE_INDEX: '1', RATE: '0.725', START_TIME: '43200000' },
      [['12:00', '0.725 U/h']],
    ],
    [
      'CurrentBGTargetRange',
      { PATTERN_DATUM: '1', INDEX: '0', AMOUNT_LOW: '100', AMOUNT_HIGH: '120', START_TIME: '0' },
      [['00:00', '100 to 120 mg/dL']],
    ],
    ['CurrentCarbRatio', { AMOUNT: '16,8', UNITS: 'grams', START_TIME: '21600000' }, [['06:00', '16.8 g/U']]],
    ['CurrentInsulinSensitivity', { AMOUNT: '40', START_TIME: '0' }, [['00:00', '40 mg/dL per U']]],
    ['CurrentMaxBolus', { AMOUNT: '10' }, [['', '10 U']]],
    ['CurrentInsulinActionCurve', { AMOUNT: '180' }, [['', '180 min']]],
    ['CurrentChildBlockEnable', { ENABLE: 'false' }, [['', 'off']]],
    ['CurrentSensorMissedDataTime', { TIME: '1800000' }, [['', '30 min']]],
    ['CurrentBolusScrollStepSize', { STEP_SIZE: 'step_0_point_1' }, [['', '0.1 U']]],
    ['CurrentRemoteControlID', { PROGRAMMER_NUM: '2', REMOTE_CONTROL_ID: '------' }, [['No. 2', 'none']]],
    ['CurrentBolusWizardBGUnits', { UNITS: 'mg dl' }, [['', 'mg/dL']]],
    ['ChangeTimeDisplayFormat', { FORMAT: 'd12', ACTION_REQUESTOR: 'pump' }, [['', '12 h']]],
    // Of which nobody said the unit: the number alone.
    [
      'CurrentBatteryStatus',
      { STATUS: 'normal', VOLTAGE: '134' },
      [
        ['Status', 'normal'],
        ['Voltage', '134'],
      ],
    ],
  ]
  it.each(cases)('are read: %s', (name, values, lines) => {
    expect(settingLines(name, values, format)).toEqual(lines)
  })

  it('keep a limit apart from whether it is in use', () => {
    const values = { LOW_LIMIT_ENABLE: 'false', LOW_LIMIT: '80', START_TIME: '0' }
    expect(settingLines('CurrentSensorGlucoseLimitProfile', values, format)).toEqual([
      ['00:00 low limit, in use', 'off'],
      ['00:00 low limit', '80 mg/dL'],
    ])
  })

  it('are in the unit and on the clock of the person', () => {
    // 4.5 mmol/L × 18.016, as the sheet writes it.
    const values = { AMOUNT_LOW: '81,072', AMOUNT_HIGH: '108,096', START_TIME: '50400000' }
    expect(settingLines('CurrentBGTargetRange', values, mmol)).toEqual([['2:00 pm', '4.5 to 6.0 mmol/L']])
  })
})

it('says moments of a device as people say them, and leaves all else as it is', () => {
  const values = { 'last bolus time': '2026-11-21T18:45:29', 'last bolus': '8 U', '00:00': '0.8 U/h' }
  expect(settingLines('CurrentPumpStatus', values, format)).toEqual([
    ['Last bolus time', '21 November 2026, 18:45'],
    ['Last bolus', '8 U'],
    ['00:00', '0.8 U/h'],
  ])
})
