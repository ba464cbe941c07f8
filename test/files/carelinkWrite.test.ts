/**
 * Our CareLink export: what stands in the file, what is left out, and that every record comes back from it. What is
 * compared of two records is all that they say; where their bytes stand and who wrote them down (identity, raw,
 * supporting, actor, seq, annotations) is the source's and cannot be in another source.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alarmFrom, alarmText } from '#files/carelink-csv/alarms.ts'
import { type CsvStyle } from '#files/carelink-csv/writeLines.ts'
import { importer } from '#files/carelink-csv/importer.ts'
import { writeCareLink } from '#files/carelink-csv/write.ts'
import type { DeviceIdentity, TherapyRecord } from '#records/records.ts'
import { type DeviceTime, deviceTimeFromIso } from '#records/time.ts'
import { byDevice, type Owned, readBack, said, saidOf, written } from '../helpers/careLinkRoundTrip.ts'
import { anyRecords } from './carelinkRecords.ts'

const pump: DeviceIdentity = { kind: 'pump', manufacturer: 'Medtronic', model: 'MiniMed 640G MMT-1712', serial: 'NG1' }
const meter: DeviceIdentity = { kind: 'meter', manufacturer: '', model: 'Contour USB', serial: '7390-1' }

type Bare<T> = T extends TherapyRecord ? Omit<T, 'deviceTime' | 'identity' | 'raw'> : never
const at = (iso: string): DeviceTime => deviceTimeFromIso(`2026-03-${iso}`) ?? (0 as DeviceTime) // Texts of this file are times.
/** "14T08:05:00" of March 2026. */
function record(iso: string, bare: Bare<TherapyRecord>): TherapyRecord {
  const raw = { page: 0, offset: 0, length: 1 }
  // The record is whole but for what is added here.
  return { ...bare, deviceTime: at(iso), identity: '', raw } as TherapyRecord
}

const head = (unit: string): string =>
  `Index;Date;Time;New Device Time;BG Source;BG Reading (${unit});Linked BG Meter ID;Basal Rate (U/h);Temp Basal Amount;Temp Basal Type;Temp Basal Duration (h:mm:ss);Bolus Type;Bolus Volume Selected (U);Bolus Volume Delivered (U);Bolus Duration (h:mm:ss);Prime Type;Prime Volume Delivered (U);Estimated Reservoir Volume after Fill (U);Alert;User Cleared Alerts;Suspend;Rewind;BWZ Estimate (U);BWZ Target High BG (${unit});BWZ Target Low BG (${unit});BWZ Carb Ratio (g/U);BWZ Insulin Sensitivity (${unit}/U);BWZ Carb Input (grams);BWZ BG/SG Input (${unit});BWZ Correction Estimate (U);BWZ Food Estimate (U);BWZ Active Insulin (U);BWZ Status;Sensor Calibration BG (${unit});Sensor Glucose (${unit});ISIG Value;Event Marker;Bolus Number;Bolus Cancellation Reason;BWZ Unabsorbed Insulin Total (U);Final Bolus Estimate;Scroll Step Size;Insulin Action Curve Time;Sensor Calibration Rejected Reason;Preset Bolus;Bolus Source;BLE Network Device;Device Update Event;Network Device Associated Reason;Network Device Disassociated Reason;Network Device Disconnected Reason;Sensor Exception;Preset Temp Basal Name;Sensor State`

/** A row of 54 cells with these, by place, 0 for the first. */
function row(cells: Readonly<Record<number, string>>, delimiter = ';'): string {
  const all = Array.from({ length: 54 }, (_, i) => cells[i] ?? '')
  return all.join(delimiter)
}

describe('the file', () => {
  const records = [
    record('14T08:00:00', { type: 'basalRate', rateUnitsPerHour: 0.65 }),
    record('14T23:59:50', {
      type: 'bolus',
      subType: 'normal',
      normalUnits: 4,
      programmedNormalUnits: 5.2,
      startTime: at('14T23:57:10'),
      bolusNumber: 7,
      context: 'wizard',
      rawSource: 'BOLUS_WIZARD',
      cancelledBy: 'User Request',
    }),
    record('15T00:02:00', { type: 'cbg', value: 104, units: 'mg/dL', isigNa: 23.45 }),
    record('15T00:00:00', { type: 'autoInsulinTotal', units: 12.75 }),
  ]

  it('has the lines above the tables, a section each for pump, automatic insulin and sensor, newest rows first', async () => {
    const { text, counts } = await written([{ device: { ...pump, firmware: '2.9D' }, records }])
    expect(text).toMatch(/^\uFEFF[^\uFEFF]*$/)
    expect(text.slice(1).split('\r\n')).toEqual([
      'Last Name;First Name;Patient ID;System ID;Start Date;End Date;Device;MiniMed 640G MMT-1712;Hardware Version;;Firmware Version;2.9D',
      '"";"";"";"";"14/03/2026 00:00:00";"15/03/2026 00:00:00";"Serial Number";NG1;Software Version;',
      'Patient DOB;;;;;;CGM;',
      'Device data shown may exceed selected date range.',
      '',
      '-------;MiniMed 640G MMT-1712;Pump;NG1;------- ',
      head('mg/dL'),
      row({
        0: '0,00000',
        1: '2026/03/14',
        2: '23:59:50',
        11: 'Normal',
        12: '5,2',
        13: '4',
        37: '7',
        45: 'BOLUS_WIZARD',
      }),
      row({ 0: '1,00000', 1: '2026/03/14', 2: '23:59:50', 11: 'Normal', 37: '7', 38: 'User Request' }),
      row({ 0: '2,00000', 1: '2026/03/14', 2: '23:57:10', 11: 'Normal', 12: '5,2', 37: '7', 45: 'BOLUS_WIZARD' }),
      row({ 0: '3,00000', 1: '2026/03/14', 2: '08:00:00', 7: '0,65' }),
      '',
      '-------;MiniMed 640G MMT-1712;Pump;NG1;Aggregated Auto Insulin Data ',
      head('mg/dL'),
      row({
        0: '4,00000',
        1: '2026/03/15',
        2: '00:00:00',
        11: 'Normal',
        12: '12,75',
        13: '12,75',
        45: 'CLOSED_LOOP_AUTO_INSULIN',
      }),
      '',
      '-------;MiniMed 640G MMT-1712;Sensor;NG1;------- ',
      head('mg/dL'),
      row({ 0: '5,00000', 1: '2026/03/15', 2: '00:02:00', 34: '104', 35: '23,45' }),
      '',
    ])
    expect(counts).toEqual({ written: 4, leftOut: {}, shortened: {}, outOfRange: { raw: {}, leftOut: {} } })
  })

  it('puts the beginning of a bolus among the rows of the day on which it began', async () => {
    const bolus = record('15T00:01:00', {
      type: 'bolus',
      subType: 'square',
      extendedUnits: 2,
      programmedExtendedUnits: 2,
      durationMs: 7_200_000,
      startTime: at('14T22:01:00'),
    })
    const { text } = await written([{ device: pump, records: [...records.slice(0, 2), bolus] }])
    const times = [...text.matchAll(/00000;2026\/03\/(\d\d);([\d:]+)/g)].map(([, day, time]) => `${day} ${time}`)
    expect(times).toEqual(['15 00:01:00', '14 23:59:50', '14 23:59:50', '14 23:57:10', '14 22:01:00', '14 08:00:00'])
  })

  it('has commas, points and American dates when asked', async () => {
    const { text } = await written([{ device: pump, records: records.slice(0, 1) }], { style: 'us' })
    const lines = text.split('\r\n')
    expect(lines[1]).toBe('"","","","","3/14/2026 00:00:00","3/14/2026 00:00:00","Serial Number",NG1,Software Version,')
    expect(lines[5]).toBe('-------,MiniMed 640G MMT-1712,Pump,NG1,------- ')
    expect(lines[7]).toBe(row({ 0: '0.00000', 1: '2026/03/14', 2: '08:00:00', 7: '0.65' }, ','))
  })

  it('puts each value under the unit that it was stored in, in a table of its own', async () => {
    const mixed = [
      record('14T08:00:00', { type: 'smbg', value: 5.8, units: 'mmol/L', subType: 'manual' }),
      record('14T09:00:00', { type: 'smbg', value: 6.1, units: 'mmol/L', subType: 'manual' }),
      record('14T10:00:00', { type: 'smbg', value: 104, units: 'mg/dL', subType: 'manual' }),
      record('14T11:00:00', { type: 'wizard', carbsExchanges: 4.5, recommendedNetUnits: 3, settingsUnits: 'mmol/L' }),
      record('14T12:00:00', { type: 'rewind' }),
    ]
    const { text } = await written([{ device: pump, records: mixed }])
    const tables = text.split('\r\n\r\n').slice(1)
    expect(tables.map(table => table.split('\r\n')[1]?.match(/BG Reading \([^)]*\)|Carb Input \([^)]*\)/g))).toEqual([
      ['BG Reading (mmol/L)', 'Carb Input (exchanges)'],
      ['BG Reading (mg/dL)', 'Carb Input (exchanges)'],
    ])
    expect(tables.map(table => table.trimEnd().split('\r\n').length - 2)).toEqual([4, 1])
    expect(saidOf(byDevice(await readBack(text)))).toEqual(saidOf([{ device: pump, records: mixed.map(known) }]))
  })

  it('says of a meter that it is one, in a place where readers of pumps look for nothing', async () => {
    const tests = [
      record('14T08:00:00', { type: 'smbg', value: 104, units: 'mg/dL', subType: 'meter' }),
      // A second test within five minutes: of a pump's rows it would be the same one.
      record('14T08:02:00', { type: 'smbg', value: 104, units: 'mg/dL', subType: 'meter' }),
    ]
    const { text } = await written([{ device: meter, records: tests }])
    expect(text).toContain('\r\n-------;Contour USB;Pump;7390-1;Meter \r\n')
    const back = await readBack(text)
    expect(back.devices).toEqual([meter])
    expect(back.records.map(entry => said(entry.record)).sort()).toEqual(tests.map(said).sort())
  })

  it('says of made-up data that they are, once', async () => {
    const once = await written([{ device: pump, simulated: true, records }])
    const [first] = byDevice(await readBack(once.text))
    expect(first?.device.model).toBe('MiniMed 640G MMT-1712 (simulated)')
    expect(first?.device.serial).toBe('NG1')
    const real = { device: { ...pump, serial: 'NG2' }, records }
    const head = async (...owned: Owned[]) => new TextEncoder().encode((await written(owned)).text.slice(0, 500))
    expect(importer.isSimulated?.(new TextEncoder().encode(once.text))).toBe(true)
    expect(importer.isSimulated?.(await head(real))).toBe(false)
    expect(importer.isSimulated?.(await head({ device: pump, simulated: true, records }, real))).toBe(false)
    const again = await written([{ device: first?.device ?? pump, simulated: true, records }])
    expect(byDevice(await readBack(again.text))[0]?.device.model).toBe('MiniMed 640G MMT-1712 (simulated)')
  })

  it('keeps apart what several devices gave', async () => {
    const owned = [
      { device: pump, records },
      { device: { ...pump, serial: 'NG2' }, records: records.slice(1) },
    ]
    expect(saidOf(byDevice(await readBack((await written(owned)).text)))).toEqual(saidOf(owned))
  })

  it('lists several devices as a real file of two models does, each serial number below its model', async () => {
    const second = { ...pump, model: 'MiniMed 780G MMT-1886', serial: 'NG2', firmware: '8.13.2' }
    const { text } = await written([
      { device: { ...pump, firmware: '2.9D' }, records },
      { device: second, records },
    ])
    expect(text.slice(1).split('\r\n').slice(0, 2)).toEqual([
      'Last Name;First Name;Patient ID;System ID;Start Date;End Date;Device;MiniMed 640G MMT-1712;MiniMed 780G MMT-1886;Hardware Version;;Firmware Version;2.9D;Hardware Version;;Firmware Version;8.13.2',
      '"";"";"";"";"14/03/2026 00:00:00";"15/03/2026 00:00:00";"Serial Number";NG1;NG2;Software Version;',
    ])
  })

  it('comes in pieces of a stretch, however long it is', async () => {
    const days = 3_650
    const { pieces } = writeCareLink({
      firstDay: 0,
      lastDay: days,
      devices: [
        {
          device: pump,
          simulated: false,
          async *records() {
            for (let day = days; day > 0; day--) {
              yield [{ ...record('14T08:00:00', { type: 'rewind' }), deviceTime: (day * 86_400_000) as DeviceTime }]
            }
          },
        },
      ],
    })
    let longest = 0
    let count = 0
    for await (const piece of pieces) {
      longest = Math.max(longest, piece.length)
      count++
    }
    expect(count).toBe(days + 1)
    expect(longest).toBeLessThan(5_000)
  })
})

/** Fields as the importer adds them: a setting's unit stands in the file only with a setting. */
const known = (each: TherapyRecord): TherapyRecord => {
  if (each.type !== 'wizard') return each
  const { settingsUnits: _, ...rest } = each
  return rest
}

describe('what CareLink cannot say', () => {
  const counted = async (...records: TherapyRecord[]) => (await written([{ device: pump, records }])).counts

  it('is left out and counted', async () => {
    const counts = await counted(
      record('14T08:00:00', { type: 'dailyTotal', totalUnits: 40 }),
      record('14T08:00:00', { type: 'autoMode', active: true }),
      record('14T08:00:00', { type: 'setting', name: 'CurrentMaxBolus', change: 'current', values: { AMOUNT: '10' } }),
      record('14T08:00:00', { type: 'deviceEvent', name: 'Airplane mode', text: 'on' }),
      record('14T08:00:00', { type: 'smbg', value: 104, units: 'mg/dL', subType: 'meter', controlSolution: true }),
      record('14T08:00:00', { type: 'wizard', glucose: { value: 104, units: 'mg/dL' } }),
      // No reader believes these.
      record('14T08:00:00', { type: 'bolus', subType: 'normal', normalUnits: 300 }),
      record('14T08:00:00', { type: 'cbg', value: 5.55, units: 'mmol/L' }),
    )
    expect(counts).toEqual({
      written: 0,
      leftOut: { dailyTotal: 1, autoMode: 1, setting: 1, deviceEvent: 1, smbg: 1, wizard: 1, bolus: 1, cbg: 1 },
      shortened: {},
      outOfRange: { raw: {}, leftOut: {} },
    })
  })

  it('of a record that is written is counted too', async () => {
    const counts = await counted(
      record('14T08:00:00', { type: 'basalRate', rateUnitsPerHour: 1, scheduleName: 'Pattern 1' }),
      record('14T08:05:00', { type: 'cbg', value: 104, units: 'mg/dL', backfilled: true }),
      record('14T08:10:00', { type: 'smbg', value: 104, units: 'mg/dL', subType: 'manual', meal: 'before' }),
      record('14T08:15:00', { type: 'bolus', subType: 'normal', normalUnits: 1, context: 'remote' }),
    )
    expect(counts).toEqual({
      written: 4,
      leftOut: {},
      shortened: { basalRate: 1, cbg: 1, smbg: 1, bolus: 1 },
      outOfRange: { raw: {}, leftOut: {} },
    })
  })

  it('is said nearest to it: a dual bolus in its two parts, the end of a temporary rate as 100 percent for no time', async () => {
    const [back] = byDevice(
      await readBack(
        (
          await written([
            {
              device: pump,
              records: [
                record('14T08:00:00', {
                  type: 'bolus',
                  subType: 'dual',
                  normalUnits: 2,
                  extendedUnits: 3,
                  durationMs: 7_200_000,
                }),
                record('14T09:00:00', { type: 'tempBasal', durationMs: 0 }),
                record('14T10:00:00', { type: 'suspend', suspended: true, reason: 'low', rawReason: 'low glucose' }),
                record('14T10:30:00', { type: 'suspend', suspended: true, reason: 'other', rawReason: 'set change' }),
                record('14T11:00:00', { type: 'suspend', suspended: false, rawReason: 'by the person' }),
                record('14T12:00:00', { type: 'marker', kind: 'exercise', text: 'Run', durationMs: 1_800_000 }),
                record('14T13:00:00', { type: 'marker', kind: 'other', text: 'Meal was late' }),
              ],
            },
          ])
        ).text,
      ),
    ).map(({ records }) =>
      records
        .map(each => JSON.parse(said(each)))
        .sort((a, b) => a.deviceTime - b.deviceTime || (a.normalUnits ? -1 : 1)),
    )
    const time = (iso: string) => ({ deviceTime: at(iso) })
    expect(back).toEqual([
      { type: 'bolus', subType: 'dual', normalUnits: 2, ...time('14T08:00:00') },
      { type: 'bolus', subType: 'dual', extendedUnits: 3, durationMs: 7_200_000, ...time('14T08:00:00') },
      { type: 'tempBasal', durationMs: 0, percent: 100, ...time('14T09:00:00') },
      { type: 'suspend', suspended: true, reason: 'low', rawReason: 'LOWSG_SUSPEND', ...time('14T10:00:00') },
      { type: 'suspend', suspended: true, reason: 'other', rawReason: 'OTHER_SUSPEND', ...time('14T10:30:00') },
      { type: 'suspend', suspended: false, rawReason: 'NORMAL_PUMPING', ...time('14T11:00:00') },
      { type: 'marker', kind: 'exercise', text: 'Exercise: 30 minutes', durationMs: 1_800_000, ...time('14T12:00:00') },
      { type: 'marker', kind: 'other', text: 'Other: Meal was late', ...time('14T13:00:00') },
    ])
  })
})

describe('LO and HI, which are no numbers', () => {
  const lo = record('14T08:05:00', { type: 'cbg', value: 40, units: 'mg/dL', outOfRange: 'low', isigNa: 9.53 })
  const hi = record('14T08:10:00', {
    type: 'cbg',
    value: 400,
    units: 'mg/dL',
    outOfRange: 'high',
    backfilled: true,
  })
  const measured = record('14T08:00:00', { type: 'cbg', value: 40, units: 'mg/dL', isigNa: 10.02 })
  const raw = (unit: string): string =>
    head(unit)
      .replace('Sensor Exception', 'Raw-Type')
      .replace('Preset Temp Basal Name', 'Raw-Values')
      .replace('Sensor State', 'Raw-Device Type')

  it('of a sensor stand as words in a table of their own, in no column of numbers, and come back as they were', async () => {
    const records = [measured, lo, hi]
    const { text, counts } = await written([{ device: pump, records }])
    const sensor = text.slice(text.indexOf('\r\n-------')).split('\r\n').slice(1)
    expect(sensor).toEqual([
      '-------;MiniMed 640G MMT-1712;Sensor;NG1;------- ',
      head('mg/dL'),
      row({ 0: '0,00000', 1: '2026/03/14', 2: '08:00:00', 34: '40', 35: '10,02' }),
      '',
      '-------;MiniMed 640G MMT-1712;Sensor;NG1;------- ',
      raw('mg/dL'),
      row({
        0: '1,00000',
        1: '2026/03/14',
        2: '08:10:00',
        51: 'GlucoseSensorDataHigh',
        52: 'AMOUNT=400, BACKFILL_INDICATOR=true',
        53: 'MiniMed 640G MMT-1712',
      }),
      row({
        0: '2,00000',
        1: '2026/03/14',
        2: '08:05:00',
        51: 'GlucoseSensorDataLow',
        52: 'AMOUNT=40, ISIG=9.53',
        53: 'MiniMed 640G MMT-1712',
      }),
      '',
    ])
    expect(counts).toEqual({
      written: 3,
      leftOut: {},
      shortened: {},
      outOfRange: { raw: { cbg: 2 }, leftOut: {} },
    })
    expect(saidOf(byDevice(await readBack(text)))).toEqual(saidOf([{ device: pump, records }]))
  })

  it('come back from a file with commas too, of several pumps, made up or not', async () => {
    const records = [measured, lo, hi]
    const owned = [
      { device: pump, records },
      { device: { ...pump, serial: 'NG2', model: 'Pump; with, "marks"' }, records: [lo], simulated: true },
    ]
    const { text } = await written(owned, { style: 'us' })
    expect(saidOf(byDevice(await readBack(text)))).toEqual(saidOf(owned))
  })

  it('are left out and counted, never made measured values, where the file has no place for them', async () => {
    const mmol = { value: 2.2, units: 'mmol/L' } as const
    const records = [
      // Raw values are in mg/dL always.
      record('14T08:00:00', { type: 'cbg', ...mmol, outOfRange: 'low' }),
      record('14T09:00:00', { type: 'smbg', value: 20, units: 'mg/dL', subType: 'meter', outOfRange: 'low' }),
      record('14T10:00:00', { type: 'smbg', value: 600, units: 'mg/dL', subType: 'linked', outOfRange: 'high' }),
      record('14T11:00:00', { type: 'calibration', value: 20, units: 'mg/dL', outOfRange: 'low' }),
    ]
    const wizard = record('14T12:00:00', {
      type: 'wizard',
      carbsGrams: 20,
      glucose: { value: 20, units: 'mg/dL', outOfRange: 'low' },
    })
    const { text, counts } = await written([{ device: pump, records: [...records, wizard] }])
    expect(counts).toEqual({
      written: 1,
      leftOut: { cbg: 1, smbg: 2, calibration: 1 },
      shortened: { wizard: 1 },
      outOfRange: { raw: {}, leftOut: { cbg: 1, smbg: 2, calibration: 1 } },
    })
    const [back] = byDevice(await readBack(text))
    expect(back?.records.map(each => JSON.parse(said(each)))).toEqual([
      { type: 'wizard', deviceTime: at('14T12:00:00'), carbsGrams: 20 },
    ])
  })

  it('of two pumps of one name come back to each of them', async () => {
    const owned = [
      { device: pump, records: [measured, lo] },
      { device: { ...pump, serial: 'NG2' }, records: [hi] },
    ]
    const { text, counts } = await written(owned)
    expect(counts).toMatchObject({ leftOut: {}, outOfRange: { raw: { cbg: 2 }, leftOut: {} } })
    expect(saidOf(byDevice(await readBack(text)))).toEqual(saidOf(owned))
  })
})

describe('free text', () => {
  it.each([
    ['=HYPERLINK("http://example.org")', `"'=HYPERLINK(""http://example.org"")"`],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ["'=1", "''=1"],
    ["it's", "it's"],
    ['one; two', '"one; two"'],
    ['one\r\ntwo', '"one\r\ntwo"'],
    ['say "no"', '"say ""no"""'],
  ])('%j is no formula and no second cell: %j', async (text, cell) => {
    const records = [record('14T08:00:00', { type: 'alarm', name: text })]
    const file = await written([{ device: { ...pump, model: text }, records }])
    expect(file.text).toContain(`;${cell};`)
    expect(file.text.match(/(?:^|[;\n])"?[=+@]/)).toBe(null)
    const [back] = byDevice(await readBack(file.text))
    expect(back?.records.map(said)).toEqual(records.map(said))
    expect(back?.device.model).toBe(text)
  })

  it('leaves numbers below zero as numbers', async () => {
    const records = [record('14T08:00:00', { type: 'wizard', carbsGrams: 20, recommendedCorrectionUnits: -0.425 })]
    const { text } = await written([{ device: pump, records }])
    expect(text).toContain(';-0,425;')
    expect(byDevice(await readBack(text))[0]?.records.map(said)).toEqual(records.map(said))
  })
})

it.each([
  ['LOW SG: siren', 'LOW SG', undefined],
  ['Sensor Alert: Meter BG Now (104)', 'Sensor Alert: Meter BG Now', 104],
  ['Other Alarm Code: 1003', 'Other Alarm Code: 1003', 1003],
  ['ALERT ON HIGH', 'ALERT ON HIGH', undefined],
])('an alarm of the text %j is %j with the code %s', (text, name, rawCode) => {
  expect(alarmFrom(text)).toEqual({ name, rawCode })
  expect(alarmFrom(alarmText({ name, ...(rawCode === undefined ? {} : { rawCode }) }))).toEqual({ name, rawCode })
})

describe('every record that CareLink can say', () => {
  const models = fc.constantFrom('MiniMed 780G MMT-1886', 'Pump; with "marks"', '=1+1')
  it.each<CsvStyle>(['eu', 'us'])('comes back as it was, in the style %s', async style => {
    await fc.assert(
      fc.asyncProperty(anyRecords, models, async (records, model) => {
        const owned = [{ device: { ...pump, model }, records }]
        const { text, counts } = await written(owned, { style })
        expect(counts).toMatchObject({ written: records.length, leftOut: {}, shortened: {} })
        expect(counts.outOfRange.leftOut).toEqual({})
        const back = await readBack(
          records.length === 0 ? `${text}Index;Date;Time;BG Reading (mg/dL)\n0;2026/03/14;08:00;1` : text,
        )
        expect(back.skipped).toEqual([])
        expect(back.warnings).toEqual([])
        if (records.length > 0) expect(saidOf(byDevice(back))).toEqual(saidOf(owned))
      }),
      { numRuns: 60 },
    )
  })
})
