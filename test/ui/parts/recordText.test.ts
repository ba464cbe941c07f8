/** What the data table says of a record: no word of software, no ISO moment, no blank. */
import { describe, expect, it } from 'vitest'
import { fieldRows } from '#ui/parts/recordFields.ts'
import { contentText } from '#ui/parts/recordText.ts'
import { formatOf, preferencesWith } from '../reports/reportFormat.ts'

const format = formatOf(preferencesWith())

describe('the content of a record', () => {
  const cases: readonly (readonly [type: string, fields: Readonly<Record<string, unknown>>, content: string])[] = [
    ['suspend', { suspended: true, reason: 'beforeLow', rawReason: 'PLGM_PREDICTED_LOW_SG' }, 'paused before a low'],
    ['suspend', { suspended: true, reason: 'manual', rawReason: 'user_suspend' }, 'paused by hand'],
    ['suspend', { suspended: true, reason: 'other', rawReason: 'set change' }, 'paused (set change)'],
    [
      'suspend',
      { suspended: true, reason: 'alarm', rawReason: 'No delivery (4)' },
      'paused by an alarm (No delivery (4))',
    ],
    ['suspend', { suspended: false, rawReason: 'NORMAL_PUMPING' }, 'resumed'],
    ['suspend', { suspended: false, rawReason: 'glucose has risen' }, 'resumed (glucose has risen)'],
    ['alarm', { name: 'ALERT ON HIGH' }, 'Alert on high'],
    ['alarm', { name: 'No delivery', cleared: true }, 'No delivery (answered)'],
    ['sensorState', { state: 'SENSOR_INIT_CODE' }, 'sensor starting'],
    ['prime', { target: 'cannula', volumeUnits: 0.3 }, 'cannula 0.3 U'],
    ['tempBasal', { percent: 60, durationMs: 1_800_000 }, '60 % for 30 min'],
    ['tempBasal', { percent: 100, durationMs: 0 }, 'ended'],
    ['wizard', { carbsGrams: 50, glucose: { value: 7.2, units: 'mmol/L' } }, '50 g, 7.2 mmol/L'],
    [
      'setting',
      { name: 'CurrentBasalProfile', change: 'current', values: { pattern: 'Pattern 1', '00:00': '0.7 U/h' } },
      'Basal profile: Pattern 1 (00:00 0.7 U/h)',
    ],
    [
      'setting',
      { name: 'CurrentBasalProfile', change: 'current', values: { pattern: 'Day Off' } },
      'Basal profile: Day Off',
    ],
    [
      'setting',
      {
        name: 'CurrentPumpStatus',
        change: 'current',
        values: { 'last bolus time': '2026-11-21T18:45:29', pattern: 'Pattern 1' },
      },
      'Pump status (last bolus time 21 November 2026, 18:45, pattern Pattern 1)',
    ],
    ['setting', { name: 'CurrentMaxBasal', change: 'current', values: { RATE: '2' } }, 'Max basal 2 U/h'],
    ['setting', { name: 'Max bolus', change: 'changed', values: { limit: '12 U' } }, 'changed: Max bolus (limit 12 U)'],
  ]
  it.each(cases)('of a %s %j', (type, fields, content) => {
    expect(contentText({ type, fields }, format)).toBe(content)
  })
})

describe('the fields of a record', () => {
  const rows = (type: string, fields: Readonly<Record<string, unknown>>) => fieldRows({ type, fields }, format)

  it('have names and units that people know', () => {
    expect(rows('bolus', { subType: 'normal', normalUnits: 12.5, durationMs: 1_800_000, actor: 'meter' })).toEqual([
      ['Sort', 'at once (normal)'],
      ['Given at once', '12.5 U'],
      ['Length', '30 min'],
      ['By', 'a linked meter or remote control'],
    ])
    expect(rows('smbg', { value: 7.2, units: 'mmol/L' })).toEqual([
      ['Value', '7.2 mmol/L'],
      ['Unit', 'mmol/L'],
    ])
    expect(rows('autoBasalDose', { units: 0.15 })).toEqual([['Dose', '0.15 U']])
  })

  it('say both words, the one of people and the one of the source', () => {
    expect(rows('setting', { name: 'CurrentMaxBasal', values: { RATE: '2', PATTERN_DATUM: '77' } })).toEqual([
      ['Name', 'Max basal (CurrentMaxBasal)'],
      ['Value', '2 U/h'],
      ['As stored', 'RATE=2, PATTERN_DATUM=77'],
    ])
    expect(rows('sensorState', { state: 'SENSOR_CAL_NEEDED_CODE' })).toEqual([
      ['State', 'calibration needed (SENSOR_CAL_NEEDED_CODE)'],
    ])
  })

  it('are shown also when this page has no name for them', () => {
    expect(rows('bolus', { somethingNew: 3, andMore: { a: 1 } })).toEqual([
      ['something new', '3'],
      ['and more', '{"a":1}'],
    ])
  })

  it('say where further bytes stand', () => {
    expect(rows('bolus', { supporting: [{ page: 2, offset: 40, length: 14 }] })).toEqual([
      ['Further bytes', 'page 3, byte 40, 14 long'],
    ])
  })
})
