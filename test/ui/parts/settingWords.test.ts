import { expect, it } from 'vitest'
import { alarmWords, plainWords, settingWords, stateWords } from '#ui/parts/settingWords.ts'

it('writes the names of devices and of their software as people read', () => {
  const names: readonly (readonly [name: string, words: string])[] = [
    ['CurrentBGTargetRange', 'BG target range'],
    ['CurrentCarbRatio', 'Carb ratio'],
    ['CurrentBasalProfile: Day Off', 'Basal profile: Day Off'],
    ['CurrentChildBlockEnable', 'Child block'],
    ['ChangeMaxBolus', 'Change max bolus'],
    ['ChangeSensorSetupConfig2', 'Change sensor setup config 2'],
    ['ChangeBasalProfilePre', 'Change basal profile (before)'],
    ['max bolus', 'Max bolus'],
    ['Bolus wizard', 'Bolus wizard'],
    ['PATTERN_NAME', 'Pattern name'],
    ['BG_UNITS', 'BG units'],
    ['00:00', '00:00'],
    ['', ''],
  ]
  for (const [name, words] of names) expect(settingWords(name)).toBe(words)
})

it('writes states so, wherever they stand in a sentence', () => {
  const states: readonly (readonly [state: string, words: string])[] = [
    ['SensorWeakSignal', 'weak sensor signal'],
    ['SensorStatus lost', 'sensor status: lost'],
    ['SensorCal meter_bg_now', 'calibration: meter value needed now'],
    ['SensorCalFactor 6.13', 'calibration factor 6.13'],
    ['SENSOR_CAL_NEEDED_CODE', 'calibration needed'],
    // Unknown to the sheet.
    ['SENSOR_NEW_WORD', 'sensor new word'],
    ['new sensor, warm-up', 'new sensor, warm-up'],
  ]
  for (const [state, words] of states) expect(stateWords(state)).toBe(words)
})

it('does not shout the names of alarms', () => {
  expect(alarmWords('ALERT ON HIGH')).toBe('Alert on high')
  expect(alarmWords('SMARTGUARD BG REQUIRED')).toBe('SmartGuard BG required')
  expect(alarmWords('Sensor Alert: Meter BG Now')).toBe('Sensor Alert: Meter BG Now')
})

it('takes the lines out of words of software', () => {
  expect(plainWords('low_glucose_suspend')).toBe('low glucose suspend')
  expect(plainWords('USER_INITIATED')).toBe('user initiated')
  expect(plainWords('glucose has risen')).toBe('glucose has risen')
})
