/** Snapshots and changes of devices' settings, and two snapshots side by side. */
import { expect, it } from 'vitest'
import { settingsModel } from '#reports/settings.ts'
import { compareSnapshots } from '#ui/reports/compareSettings.ts'
import { wall } from '../helpers/glucose.ts'
import { logged } from '../helpers/pumpLog.ts'

const setting = (
  at: string,
  name: string,
  values: Record<string, string>,
  { change = 'current', source = 'pump:read', read = '' }: Where = {},
) => ({ ...logged(at, { type: 'setting', name, change, values }, source), artifactId: read })

interface Where {
  readonly change?: 'current' | 'changed'
  readonly source?: string
  /** The artifact it is from. */
  readonly read?: string
}

const records = [
  setting('2024-02-01T08:00', 'Basal pattern standard', { '00:00': '0.8 U/h' }, { source: 'old:file:carelink-csv' }),
  setting('2024-03-01T08:00', 'Bolus', { 'Maximum bolus': '10 U', 'Easy bolus': 'off' }),
  setting('2024-03-01T08:01', 'Carb ratios', { '00:00': '13 g/U' }),
  setting('2024-03-02T12:00', 'Bolus', { 'Maximum bolus': '12 U' }, { change: 'changed' }),
  setting('2024-03-09T20:00', 'Carb ratios', { '00:00': '12 g/U' }, { change: 'changed' }),
  setting('2024-03-10T08:00', 'Bolus', { 'Maximum bolus': '12 U', 'Easy bolus': 'off' }),
  setting('2024-03-10T08:00', 'Sensor', { 'High limit': '240 mg/dL' }),
]
const { devices } = settingsModel(
  records.filter(record => record.type === 'setting'),
  { 'pump:read': 'Pump (1)', old: 'Old pump (2)' },
)

it('makes one snapshot of what was told within ten minutes, newest first', () => {
  expect(devices.map(({ name, fromFile }) => [name, fromFile])).toEqual([
    ['Pump (1)', false],
    ['Old pump (2)', true],
  ])
  expect(devices[0]?.snapshots.map(({ at, groups }) => [at, groups.map(({ name }) => name)])).toEqual([
    [wall('2024-03-10T08:00'), ['Bolus', 'Sensor']],
    [wall('2024-03-01T08:00'), ['Bolus', 'Carb ratios']],
  ])
})

it('makes two snapshots of two reads, however soon one follows the other', () => {
  const first = { '00:00': '0.8 U/h', '06:00': '1.1 U/h' }
  const settings = [
    setting('2024-03-01T08:00', 'Basal pattern standard', first, { read: 'a' }),
    setting('2024-03-01T08:02', 'Basal pattern standard', { '00:00': '0.7 U/h' }, { read: 'b' }),
    setting('2024-03-01T08:02', 'Carb ratios', { '00:00': '13 g/U' }, { read: 'b' }),
  ].filter(record => record.type === 'setting')
  const [now, before] = settingsModel(settings, {}).devices[0]?.snapshots ?? []
  expect(now?.groups.map(({ values }) => values)).toEqual([{ '00:00': '0.7 U/h' }, { '00:00': '13 g/U' }])
  expect(before?.groups.map(({ values }) => values)).toEqual([first])
})

it('takes the rows of one moment in two exports for one snapshot', () => {
  const file = 'pump:file:carelink-csv'
  const settings = [
    setting('2024-03-01T08:00', 'Bolus', { 'Maximum bolus': '10 U' }, { source: file, read: 'a' }),
    setting('2024-03-01T08:00', 'Carb ratios', { '00:00': '13 g/U' }, { source: file, read: 'b' }),
  ].filter(record => record.type === 'setting')
  expect(settingsModel(settings, {}).devices[0]?.snapshots).toHaveLength(1)
})

/** The snapshots of the one device that these are of. */
const snapshotsOf = (...settings: ReturnType<typeof setting>[]) =>
  settingsModel(
    settings.filter(record => record.type === 'setting'),
    {},
  ).devices[0]?.snapshots.map(({ at, until, groups, status }) => ({
    at,
    ...(until === undefined ? {} : { until }),
    told: groups.map(({ name, values }) => [name, values]),
    ...(status ? { status: status.groups.map(({ name, values }) => [name, values]), statusAt: status.at } : {}),
  }))

it('makes one of midnights that tell the same, and says until when', () => {
  const midnight = (day: string, action: string) =>
    setting(`2024-03-${day}T00:00`, 'CurrentBolusWizardSetup', { 'insulin action': action }, { read: 'a' })
  const devices = { 1: '640G' }
  const linked = (day: string) => setting(`2024-03-${day}T00:00`, 'CurrentLinkedDevices', devices, { read: 'a' })
  const ratios = (day: string, read: string) =>
    setting(`2024-03-${day}T09:00`, 'CurrentCarbRatio', { '00:00': '10 g/U' }, { read })
  expect(
    snapshotsOf(
      ...[midnight('01', '180 min'), linked('01'), midnight('02', '180 min'), linked('02')],
      // A read between midnights says nothing of what they tell.
      ratios('02', 'b'),
      ...[midnight('03', '180 min'), linked('03'), midnight('04', '240 min'), linked('04')],
      ...[midnight('05', '180 min'), linked('05'), midnight('06', '180 min'), linked('06')],
      ratios('06', 'c'),
    ),
  ).toEqual([
    {
      at: wall('2024-03-02T09:00'),
      until: wall('2024-03-06T09:00'),
      told: [['CurrentCarbRatio', { '00:00': '10 g/U' }]],
    },
    // What came back is a difference to what was told in between.
    {
      at: wall('2024-03-05T00:00'),
      until: wall('2024-03-06T00:00'),
      told: [
        ['CurrentBolusWizardSetup', { 'insulin action': '180 min' }],
        ['CurrentLinkedDevices', devices],
      ],
    },
    {
      at: wall('2024-03-04T00:00'),
      told: [
        ['CurrentBolusWizardSetup', { 'insulin action': '240 min' }],
        ['CurrentLinkedDevices', devices],
      ],
    },
    {
      at: wall('2024-03-01T00:00'),
      until: wall('2024-03-03T00:00'),
      told: [
        ['CurrentBolusWizardSetup', { 'insulin action': '180 min' }],
        ['CurrentLinkedDevices', devices],
      ],
    },
  ])
})

it('takes rows of one pattern for those of another only where both say the same', () => {
  const row = (day: string, datum: string, start: string, rate: string) =>
    setting(
      `2024-03-${day}T08:00`,
      'CurrentBasalProfile',
      { PATTERN_DATUM: datum, START_TIME: start, RATE: rate },
      { source: 'pump:file:carelink-csv' },
    )
  const same = snapshotsOf(
    ...[row('01', '7', '0', '0.7'), row('01', '7', '43200000', '0.8'), row('01', '9', '0', '0.9')],
    ...[row('02', '12', '0', '0.7'), row('02', '12', '43200000', '0.8'), row('02', '15', '0', '0.9')],
  )
  expect(same?.map(({ at, until }) => [at, until])).toEqual([[wall('2024-03-01T08:00'), wall('2024-03-02T08:00')]])
  const swapped = snapshotsOf(
    ...[row('01', '7', '0', '0.7'), row('01', '7', '43200000', '0.8'), row('01', '9', '0', '0.9')],
    ...[row('02', '12', '0', '0.9'), row('02', '12', '43200000', '0.8'), row('02', '15', '0', '0.7')],
  )
  expect(swapped).toHaveLength(2)
})

it('keeps how a device stood apart from its settings, and the newest of it', () => {
  const status = (battery: string) => ({ Model: '723', Battery: battery, 'Reservoir left': '120 U' })
  expect(
    snapshotsOf(
      setting('2024-03-01T08:00', 'Pump', status('normal, 1.5 V'), { read: 'a' }),
      setting('2024-03-01T08:00', 'CurrentPumpStatus', { reservoir: '120 U' }, { read: 'a' }),
      setting('2024-03-05T08:00', 'Pump', status('low, 1.2 V'), { read: 'b' }),
      setting('2024-03-05T08:00', 'CurrentPumpStatus', { reservoir: '60 U' }, { read: 'b' }),
    ),
  ).toEqual([
    {
      at: wall('2024-03-01T08:00'),
      until: wall('2024-03-05T08:00'),
      told: [['Pump', { Model: '723' }]],
      statusAt: wall('2024-03-05T08:00'),
      status: [
        ['CurrentPumpStatus', { reservoir: '60 U' }],
        ['Pump', { Battery: 'low, 1.2 V', 'Reservoir left': '120 U' }],
      ],
    },
  ])
})

it('lists the changes newest first', () => {
  expect(devices[0]?.changes.map(({ name }) => name)).toEqual(['Carb ratios', 'Bolus'])
  expect(devices[1]?.changes).toEqual([])
})

it('compares two snapshots group by group, with what only one of them has', () => {
  const [now, before] = devices[0]?.snapshots ?? []
  if (!now) throw new Error('no snapshot')
  expect(compareSnapshots(now, before)).toEqual([
    {
      name: 'Bolus',
      differs: true,
      values: [
        { key: 'Maximum bolus', now: '12 U', before: '10 U', differs: true },
        { key: 'Easy bolus', now: 'off', before: 'off', differs: false },
      ],
    },
    { name: 'Sensor', differs: true, values: [{ key: 'High limit', now: '240 mg/dL', differs: true }] },
    { name: 'Carb ratios', differs: true, values: [{ key: '00:00', before: '13 g/U', differs: true }] },
  ])
})

it('says of nothing that it differs when there is nothing to compare with', () => {
  const [now] = devices[0]?.snapshots ?? []
  if (!now) throw new Error('no snapshot')
  expect(compareSnapshots(now, undefined).some(({ differs }) => differs)).toBe(false)
})

it('lets no group hide another of the same name', () => {
  const at = wall('2024-03-10T08:00')
  const group = (id: string, name: string, values: Record<string, string>) => ({ id, name, values })
  const patterns = [
    group('a', 'CurrentBasalProfile', { pattern: 'Pattern 1', '00:00': '0.7 U/h', '06:00': '0.9 U/h' }),
    group('b', 'CurrentBasalProfile', { pattern: 'Day Off', '00:00': '0.5 U/h' }),
    group('e', 'CurrentBasalProfile', { pattern: 'Sick Day' }),
  ]
  expect(compareSnapshots({ at, groups: patterns }, undefined)).toMatchObject([
    { name: 'CurrentBasalProfile: Day Off', values: [{ key: '00:00', now: '0.5 U/h' }] },
    {
      name: 'CurrentBasalProfile: Pattern 1',
      values: [
        { key: '00:00', now: '0.7 U/h' },
        { key: '06:00', now: '0.9 U/h' },
      ],
    },
    { name: 'CurrentBasalProfile: Sick Day', values: [{ key: 'rates', now: 'none' }] },
  ])
  const rows = [
    group('d', 'CurrentCarbRatio', { AMOUNT: '12', START_TIME: '21600000' }),
    group('c', 'CurrentCarbRatio', { AMOUNT: '10', START_TIME: '0' }),
  ]
  expect(compareSnapshots({ at, groups: rows }, undefined)[0]?.values).toMatchObject([
    { key: '1: AMOUNT', now: '10' },
    { key: '1: START_TIME', now: '0' },
    { key: '2: AMOUNT', now: '12' },
    { key: '2: START_TIME', now: '21600000' },
  ])
})
