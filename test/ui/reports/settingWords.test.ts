import { expect, it } from 'vitest'
import { settingWords, stateWords } from '#ui/reports/settingWords.ts'

it('writes the names of devices and of their software as people read', () => {
  const names: readonly (readonly [name: string, words: string])[] = [
    ['CurrentBGTargetRange', 'BG target range'],
    ['CurrentCarbRatio', 'Carb ratio'],
    ['CurrentBasalProfile: Day Off', 'Basal profile: Day Off'],
    ['ChangeMaxBolus', 'Change max bolus'],
    ['max bolus', 'Max bolus'],
    ['Bolus wizard', 'Bolus wizard'],
    ['PATTERN_NAME', 'PATTERN_NAME'],
    ['00:00', '00:00'],
    ['', ''],
  ]
  for (const [name, words] of names) expect(settingWords(name)).toBe(words)
})

it('writes states so, wherever they stand in a sentence', () => {
  expect(stateWords('SensorWeakSignal')).toBe('sensor weak signal')
  expect(stateWords('SensorStatus lost')).toBe('sensor status lost')
  expect(stateWords('SENSOR_INIT_CODE')).toBe('sensor init code')
  expect(stateWords('new sensor, warm-up')).toBe('new sensor, warm-up')
})
