/** Settings of a CareLink file in groups, what nobody can explain apart from them, and changes with what was before. */
import { expect, it } from 'vitest'
import { changesInWords, settingsInWords } from '#ui/reports/settingsInWords.ts'
import { wall } from '../../helpers/glucose.ts'
import { formatOf, preferencesWith } from './reportFormat.ts'

const format = formatOf(preferencesWith())
const at = wall('2024-03-10T08:00')
let count = 0
const group = (name: string, values: Record<string, string>) => ({ id: `${count++}`, name, values })
const inWords = (...groups: ReturnType<typeof group>[]) => {
  const { groups: all, unexplained } = settingsInWords({ at, groups }, format)
  return { groups: all.map(({ name, values }) => ({ name, lines: Object.entries(values) })), unexplained }
}

it('names the patterns by how many rows each has, in the order of the day', () => {
  const row = (datum: string, start: number, rate: string) =>
    group('CurrentBasalProfile', { PATTERN_DATUM: datum, PROFILE_INDEX: '0', START_TIME: String(start), RATE: rate })
  const { groups } = inWords(
    row('71', 43_200_000, '0.9'),
    row('72', 0, '0.5'),
    row('71', 0, '0.8'),
    group('CurrentBasalProfilePattern', { PATTERN_NAME: 'standard', NUM_PROFILES: '2' }),
    group('CurrentBasalProfilePattern', { PATTERN_NAME: 'pattern a', NUM_PROFILES: '1' }),
    group('CurrentBasalProfilePattern', { PATTERN_NAME: 'pattern b', NUM_PROFILES: '0' }),
  )
  expect(groups).toEqual([
    {
      name: 'CurrentBasalProfile: pattern a',
      lines: [
        ['00:00', '0.5 U/h'],
        // 24 h × 0.5.
        ['Whole day', '12 U'],
      ],
    },
    { name: 'CurrentBasalProfile: pattern b', lines: [['rates', 'none']] },
    {
      name: 'CurrentBasalProfile: standard',
      lines: [
        ['00:00', '0.8 U/h'],
        ['12:00', '0.9 U/h'],
        // 12 h × 0.8 + 12 h × 0.9 = 9.6 + 10.8.
        ['Whole day', '20.4 U'],
      ],
    },
  ])
})

it('guesses no name when two patterns have as many rows', () => {
  const row = (datum: string, rate: string) =>
    group('CurrentBasalProfile', { PATTERN_DATUM: datum, START_TIME: '0', RATE: rate })
  const { groups } = inWords(
    row('71', '0.9'),
    row('72', '0.5'),
    group('CurrentBasalProfilePattern', { PATTERN_NAME: 'standard', NUM_PROFILES: '1' }),
    group('CurrentBasalProfilePattern', { PATTERN_NAME: 'pattern a', NUM_PROFILES: '1' }),
  )
  expect(groups.map(({ name }) => name)).toEqual(['CurrentBasalProfile: No. 1', 'CurrentBasalProfile: No. 2'])
})

it('says what a pump’s pattern gives in a day, unless the pump does or a step is not understood', () => {
  const lines = (values: Record<string, string>) =>
    inWords(group('CurrentBasalProfile', values)).groups[0]?.lines.at(-1)
  // 3 h × 0.7 + 21 h × 0.85 = 2.1 + 17.85.
  expect(lines({ pattern: 'Pattern 1', '00:00': '0.7 U/h', '03:00': '0.85 U/h' })).toEqual(['Whole day', '19.95 U'])
  expect(lines({ pattern: 'Pattern 2' })).toEqual(['pattern', 'Pattern 2'])
  expect(lines({ pattern: 'Pattern 3', '00:00': '0.7 U/h', '03:00': 'none' })).toEqual(['03:00', 'none'])
  const told = inWords(group('Basal pattern standard', { '00:00': '1 U/h', 'Whole day': '24 U' }))
  expect(told.groups[0]?.lines).toHaveLength(2)
})

it('says no total of a file’s patterns when rows are missing', () => {
  const { groups } = inWords(
    group('CurrentBasalProfile', { PATTERN_DATUM: '71', PROFILE_INDEX: '0', START_TIME: '0', RATE: '0.8' }),
    group('CurrentBasalProfilePattern', { PATTERN_NAME: 'standard', NUM_PROFILES: '2' }),
  )
  expect(groups).toEqual([{ name: 'CurrentBasalProfile: No. 1', lines: [['00:00', '0.8 U/h']] }])
})

it('puts single values together', () => {
  const { groups } = inWords(
    group('CurrentMaxBasal', { RATE: '2' }),
    group('CurrentSensorMissedDataTime', { TIME: '1800000' }),
    group('CurrentMaxBolus', { AMOUNT: '10' }),
  )
  expect(groups).toEqual([
    {
      name: 'Pump',
      lines: [
        ['Max basal', '2 U/h'],
        ['Max bolus', '10 U'],
      ],
    },
    { name: 'Sensor', lines: [['Missed data time', '30 min']] },
  ])
})

it('lists what it cannot explain with its bytes, and not among the settings', () => {
  const { groups, unexplained } = inWords(
    group('Contrast (C3)', { Bytes: '0207' }),
    group('Reminders', { 'Alarm clock': 'off', 'Bolus reminder times': '073008' }),
    group('CurrentErrorStatus', { RAW_STATUS: '0' }),
  )
  expect(groups).toEqual([{ name: 'Reminders', lines: [['Alarm clock', 'off']] }])
  expect(unexplained).toEqual([
    { name: 'Contrast', place: 'reply C3 of the pump', told: '02 07' },
    { name: 'Bolus reminder times', place: 'Reminders', told: '07 30 08' },
    { name: 'Error status', place: 'RAW_STATUS', told: '0' },
  ])
})

it('leaves what devices say in words as it is', () => {
  const told = { 'Maximum bolus': '10 U', 'Bolus reminder times': 'none' }
  expect(inWords(group('Bolus', told))).toEqual({
    groups: [{ name: 'Bolus', lines: Object.entries(told) }],
    unexplained: [],
  })
})

it('makes one change of what was set and what was before, in one entry or in two', () => {
  const change = (name: string, values: Record<string, string>, minute = 0) => ({
    deviceTime: wall(`2024-03-10T08:0${minute}`),
    name,
    values,
    actor: 'pump' as const,
  })
  const rows = changesInWords(
    [
      change('Basal pattern standard', { '00:00': '0.8 U/h' }),
      change('Basal pattern standard', { 'before 00:00': '0.7 U/h' }),
      change('Max bolus', { 'Max bolus': '12 U', 'before Max bolus': '10 U' }),
      // Two changes within a minute stay two.
      change('Max basal', { 'Max basal': '2 U/h' }),
      change('Max basal', { 'Max basal': '3 U/h' }),
      change('Basal pattern standard', { 'before 00:00': '0.6 U/h' }, 1),
    ],
    format,
  )
  expect(rows.map(({ name, after, before }) => [name, after, before])).toEqual([
    ['Basal pattern standard', '00:00: 0.8 U/h', '00:00: 0.7 U/h'],
    ['Max bolus', 'Max bolus: 12 U', 'Max bolus: 10 U'],
    ['Max basal', 'Max basal: 2 U/h', undefined],
    ['Max basal', 'Max basal: 3 U/h', undefined],
    ['Basal pattern standard', undefined, '00:00: 0.6 U/h'],
  ])
})

it('puts the rows of a pattern that were written together on one line, in the order of the day', () => {
  const row = (start: number, rate: string, datum = '7', minute = 0) => ({
    deviceTime: wall(`2013-07-15T09:1${minute}`),
    name: 'ChangeBasalProfile',
    values: { PATTERN_DATUM: datum, START_TIME: String(start), RATE: rate },
  })
  const changes = [
    row(43_200_000, '0.9'),
    row(0, '0.7'),
    row(0, '0.5', '8'),
    row(21_600_000, '0.8'),
    row(0, '1', '7', 1),
  ]
  expect(changesInWords(changes, format).map(({ after }) => after)).toEqual([
    '00:00: 0.7 U/h; 06:00: 0.8 U/h; 12:00: 0.9 U/h',
    '00:00: 0.5 U/h',
    '00:00: 1 U/h',
  ])
})
