/** The importer on small made files: the sheet's own vectors, what spreadsheets do to exports, and bad input. */
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { importer } from '#files/carelink-csv/importer.ts'
import { sampleCsv, sampleCsvBytes } from '#files/carelink-csv/sample.ts'
import { ImportError } from '#files/importer.ts'
import { recognise } from '#files/registry.ts'
import { deviceTimeFromIso, isoFromDeviceTime } from '#records/time.ts'
import { captures } from '../helpers/captures.ts'
import { collect, type Found, idsOf, inPieces, ofType } from './collect.ts'

const at = (iso: string) => deviceTimeFromIso(iso) ?? Number.NaN

/** CareLink export sheet §8: Guardian Connect, 48 columns. */
const GUARDIAN_HEADER =
  'Index;Date;Time;New Device Time;BG Reading (mg/dL);Linked BG Meter ID;Basal Rate (U/h);Temp Basal Amount;Temp Basal Type;Temp Basal Duration (h:mm:ss);Bolus Type;Bolus Volume Selected (U);Bolus Volume Delivered (U);Bolus Duration (h:mm:ss);Prime Type;Prime Volume Delivered (U);Alarm;Suspend;Rewind;BWZ Estimate (U);BWZ Target High BG (mg/dL);BWZ Target Low BG (mg/dL);BWZ Carb Ratio (g/U);BWZ Insulin Sensitivity (mg/dL/U);BWZ Carb Input (grams);BWZ BG Input (mg/dL);BWZ Correction Estimate (U);BWZ Food Estimate (U);BWZ Active Insulin (U);BWZ Status;Sensor Calibration BG (mg/dL);Sensor Glucose (mg/dL);ISIG Value;Event Marker;Bolus Number;Bolus Cancellation Reason;BWZ Unabsorbed Insulin Total (U);Final Bolus Estimate;Scroll Step Size;Insulin Action Curve Time;Sensor Calibration Rejected Reason;Preset Bolus;Bolus Source;Network Device Associated Reason;Network Device Disassociated Reason;Network Device Disconnected Reason;Sensor Exception;Preset Temp Basal Name'
const COLUMNS = GUARDIAN_HEADER.split(';')

/** One row of that table: cells by the beginning of their column's name. */
function row(index: number, date: string, time: string, cells: Record<string, string>, delimiter = ';'): string {
  const line = COLUMNS.map(name => cells[name.replace(/ \(.*$/, '')] ?? '')
  return [`${index},00000`.replace(',', delimiter === ',' ? '.' : ','), date, time, ...line.slice(3)].join(delimiter)
}
const DIVIDER = '-------;Guardian Connect;Pump;GCZ0AA-AAAA-AAAA-AAA0;------- '
const PUMP_DIVIDER = '-------;MiniMed 640G MMT-1512;Pump;NG1;------- '
const file = (...lines: string[]): string => `${lines.join('\r\n')}\r\n`

const days = (count: number, more = {}) => [...sampleCsv({ days: count, lastDay: 20_454, seed: 3, ...more })].join('')
const said = (found: Found) =>
  found.records.map(({ record: { raw, supporting, identity, ...rest } }) => rest).map(record => JSON.stringify(record))
const codeOf = async (bytes: string | Uint8Array | AsyncIterable<Uint8Array>): Promise<string> =>
  collect(importer, bytes).then(
    () => 'read',
    error =>
      error instanceof ImportError ? `${error.code}${error.detail ? `: ${error.detail}` : ''}` : `threw ${error}`,
  )

describe('Guardian Connect, the vectors of the sheet', () => {
  const text = file(
    DIVIDER,
    GUARDIAN_HEADER,
    '0,0;2021/07/25;09:35:28;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;Insulin: 27,00;;;;;;;;;;;;;;',
    '1,00000;2021/07/25;09:35:28;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;Insulin: 27,00;;;;;;;;;;;;;;',
    '7,00000;2021/07/25;00:52:53;;70;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;',
    '2747,00000;2021/07/25;00:32:50;;;;;;;;;;;;;;;;;;;;;;;;;;;;;55;;;;;;;;;;;;;;;;',
  )

  it('has one injection of 27 U, a finger-stick of 70 and a sensor value of 55', async () => {
    const found = await collect(importer, text)
    expect(found.skipped).toEqual([])
    expect(found.devices).toMatchObject([
      { kind: 'sensor', model: 'Guardian Connect', serial: 'GCZ0AA-AAAA-AAAA-AAA0' },
    ])
    expect(ofType(found, 'bolus')).toMatchObject([
      { subType: 'injection', normalUnits: 27, deviceTime: at('2021-07-25T09:35:28') },
    ])
    expect(ofType(found, 'bolus')[0]?.supporting).toHaveLength(1)
    expect(ofType(found, 'smbg')).toMatchObject([{ value: 70, units: 'mg/dL', subType: 'manual' }])
    expect(ofType(found, 'cbg')).toMatchObject([{ value: 55, deviceTime: at('2021-07-25T00:32:50') }])
  })

  it('keeps meals as food, exercise and others as notes', async () => {
    const marker = (text: string) => row(1, '2021/07/25', '08:00:00', { 'Event Marker': text })
    const found = await collect(
      importer,
      file(
        DIVIDER,
        GUARDIAN_HEADER,
        ...['Meal: 60,00grams', 'Meal: 60,00grams', 'Exercise: 30,00 min', 'Other'].map(marker),
      ),
    )
    expect(ofType(found, 'food')).toMatchObject([{ carbsGrams: 60 }])
    expect(ofType(found, 'marker')).toMatchObject([
      { kind: 'exercise', durationMs: 1_800_000 },
      { kind: 'other', text: 'Other' },
    ])
  })

  it('knows the number in "Other Alarm Code: 1003"', async () => {
    const rows = ['Other Alarm Code: 1003', 'LOST SENSOR1'].map(Alarm => row(1, '2021/07/25', '08:00:00', { Alarm }))
    const found = await collect(importer, file(DIVIDER, GUARDIAN_HEADER, ...rows))
    expect(ofType(found, 'alarm').map(({ name, rawCode }) => [name, rawCode])).toEqual([
      ['LOST SENSOR1', undefined],
      ['Other Alarm Code: 1003', 1003],
    ])
  })
})

describe('the generations in other clothes', () => {
  it('reads the sample alike with semicolons and commas, in either order of pieces', async () => {
    const eu = await collect(importer, days(3))
    const us = await collect(importer, days(3, { style: 'us' }))
    expect(said(us)).toEqual(said(eu))
    // The running index differs in style, the ids do not.
    expect(idsOf(us)).toEqual(idsOf(eu))
    expect(eu.skipped).toEqual([])
  })

  it('keeps mmol/L as the file has it', async () => {
    const mmol = ofType(await collect(importer, days(2, { units: 'mmol/L' })), 'cbg')
    const mgdl = ofType(await collect(importer, days(2)), 'cbg')
    expect(mmol.map(value => value.units)).toEqual(mgdl.map(() => 'mmol/L'))
    // 18.01559 mg/dL are 1 mmol/L.
    for (const [i, value] of mmol.entries())
      expect(Math.abs(value.value * 18.01559 - (mgdl[i]?.value ?? 0))).toBeLessThan(0.91)
  })

  it('reads two pumps of one file into two devices', async () => {
    const second = days(1).replaceAll('SIM0780G', 'SIM0780H').replace('\uFEFF', '')
    const found = await collect(importer, days(1) + second.slice(second.indexOf('\r\n-------')))
    expect(found.devices.map(device => device.serial)).toEqual(['SIM0780G', 'SIM0780H'])
    expect(ofType(found, 'cbg', 0).length).toBe(ofType(found, 'cbg', 1).length)
  })

  it('reads a fragment that begins with its column names, under a stand-in that stays the same', async () => {
    const text = days(1)
    const found = await collect(importer, text.slice(text.indexOf('Index;')))
    expect(found.devices).toMatchObject([{ serial: 'UNKNOWN-PUMP' }, { serial: 'SIM0780G' }])
    expect(found.warnings).toHaveLength(1)
  })

  it('takes the device of the first lines when the sections name none', async () => {
    const text = days(1).replace(/\r\n-------;[^\r]*Pump[^\r]*/, '')
    expect((await collect(importer, text)).devices).toMatchObject([{ serial: 'SIM0780G', firmware: '8.13.2' }])
  })

  it('names columns by position in a language it does not know', async () => {
    const names = ['Index', ...Array.from({ length: 38 }, (_, i) => `kolom ${i}`)].join(',')
    const cells = (type: string, values: string, id: number) =>
      ['1', '23-02-13', '20:09:41', ...Array(30).fill(''), type, `"${values}"`, id, '9', '1', 'Paradigm 754'].join(',')
    const text = `Pomp:,Paradigm 754,#123456,\n${names}\n${cells('BolusNormal', 'AMOUNT=16,8, PROGRAMMED_AMOUNT=16,8', 1)}\n`
    const found = await collect(importer, text)
    expect(found.devices).toMatchObject([{ kind: 'pump', serial: '123456' }])
    expect(ofType(found, 'bolus')).toMatchObject([{ normalUnits: 16.8, deviceTime: at('2013-02-23T20:09:41') }])
  })

  it('says how it read dates that can be read two ways, and reads them all that way', async () => {
    const text = file(
      PUMP_DIVIDER,
      GUARDIAN_HEADER,
      row(1, '6/5/12', '20:00:00', { Rewind: 'Rewind' }),
      row(2, '5/5/12', '20:00:00', { Rewind: 'Rewind' }),
      row(3, '4/5/12', '20:00:00', { Rewind: 'Rewind', 'New Device Time': '4/5/12 21:00' }),
    )
    const read = async (start: string) => {
      const found = await collect(
        importer,
        file('Last Name;First Name', `;;;;${start} 00:00:00;7/6/12 00:00:00`) + text,
      )
      return [
        found.warnings.length,
        ...ofType(found, 'rewind').map(({ deviceTime }) => isoFromDeviceTime(deviceTime).slice(5, 10)),
      ]
    }
    expect(await read('28/4/12')).toEqual([1, '05-06', '05-05', '05-04'])
    expect(await read('3/28/12')).toEqual([1, '06-05', '05-05', '04-05'])
  })

  it('keeps a control solution as such and drops nothing', async () => {
    const names = [
      'Index',
      'Date',
      'Time',
      ...Array.from({ length: 30 }, (_, i) => `c${i}`),
      'Raw-Type',
      'Raw-Values',
      'Raw-ID',
      'Raw-Upload ID',
      'Raw-Seq Num',
      'Raw-Device Type',
    ]
    const cells = (type: string, values: string, id: number) =>
      [
        `${id}`,
        '2/23/13',
        '20:09:41',
        ...Array(30).fill(''),
        type,
        `"${values}"`,
        id,
        '9',
        '1',
        'OneTouch UltraLink',
      ].join(',')
    const lines = [
      'Meter:,OneTouch UltraLink,#ABC123,',
      names.join(','),
      cells('BGLifeScan', 'AMOUNT=104', 1),
      cells('CheckLifeScanControlSolution', 'AMOUNT=120', 2),
      cells('Unheard', 'X=1', 3),
    ]
    const found = await collect(importer, file(...lines))
    expect(found.devices).toMatchObject([{ kind: 'meter', serial: 'ABC123' }])
    expect(
      ofType(found, 'smbg').map(({ value, subType, controlSolution }) => [value, subType, controlSolution]),
    ).toEqual([
      [104, 'meter', undefined],
      [120, 'meter', true],
    ])
    expect(found.skipped).toMatchObject([{ line: 5, reason: 'An unknown Raw-Type: Unheard' }])
  })
})

describe('rows that belong together', () => {
  const head = (...rows: string[]) => file(PUMP_DIVIDER, GUARDIAN_HEADER, ...rows)
  const bolus = (time: string, cells: Record<string, string>) =>
    row(1, '2022/03/13', time, {
      'Bolus Type': 'Normal',
      'Bolus Number': '7',
      'Bolus Source': 'BOLUS_WIZARD',
      ...cells,
    })

  it('gives no bolus for a row that was only programmed, and says so', async () => {
    const found = await collect(
      importer,
      head(
        bolus('10:00:00', { 'Bolus Volume Selected': '2,5' }),
        row(2, '2022/03/13', '09:00:00', { Rewind: 'Rewind' }),
      ),
    )
    expect(ofType(found, 'bolus')).toEqual([])
    expect(found.skipped).toMatchObject([
      { line: 3, reason: 'A bolus was programmed, but the file holds no row of its delivery' },
    ])
  })

  it('takes the amount delivered of a bolus that was stopped, with the reason', async () => {
    const found = await collect(
      importer,
      head(
        bolus('10:01:00', { 'Bolus Volume Selected': '2,5', 'Bolus Volume Delivered': '1,1' }),
        bolus('10:01:00', { 'Bolus Cancellation Reason': 'User Request' }),
        bolus('10:00:00', { 'Bolus Volume Selected': '2,5' }),
      ),
    )
    expect(ofType(found, 'bolus')).toMatchObject([
      {
        normalUnits: 1.1,
        programmedNormalUnits: 2.5,
        cancelledBy: 'User Request',
        startTime: at('2022-03-13T10:00:00'),
        deviceTime: at('2022-03-13T10:01:00'),
        bolusNumber: 7,
        context: 'wizard',
      },
    ])
    expect(ofType(found, 'bolus')[0]?.supporting).toHaveLength(2)
  })

  it('joins with the nearest earlier programmed row when the number has come round', async () => {
    const found = await collect(
      importer,
      head(
        bolus('20:01:00', { 'Bolus Volume Selected': '1', 'Bolus Volume Delivered': '1' }),
        bolus('20:00:00', { 'Bolus Volume Selected': '1' }),
        bolus('04:02:00', { 'Bolus Volume Selected': '2', 'Bolus Volume Delivered': '2' }),
        bolus('04:00:00', { 'Bolus Volume Selected': '2' }),
      ),
    )
    expect(ofType(found, 'bolus').map(({ startTime }) => startTime)).toEqual([
      at('2022-03-13T20:00:00'),
      at('2022-03-13T04:00:00'),
    ])
  })

  it('joins rows of a section that goes on further down in the file', async () => {
    const found = await collect(
      importer,
      file(
        PUMP_DIVIDER,
        GUARDIAN_HEADER,
        bolus('10:01:00', { 'Bolus Volume Selected': '2,5', 'Bolus Volume Delivered': '2,5' }),
        '',
        PUMP_DIVIDER.replace('Pump', 'Sensor'),
        GUARDIAN_HEADER,
        row(2, '2022/03/13', '10:00:30', { 'Sensor Glucose': '104' }),
        '',
        PUMP_DIVIDER,
        GUARDIAN_HEADER,
        bolus('10:00:00', { 'Bolus Volume Selected': '2,5' }),
      ),
    )
    expect(found.skipped).toEqual([])
    expect(ofType(found, 'bolus')).toMatchObject([{ startTime: at('2022-03-13T10:00:00') }])
    expect(found.devices).toHaveLength(1)
  })

  it('flags carbohydrates of a screen that was left, unless a bolus followed', async () => {
    const wizard = (time: string, status: string) =>
      row(1, '2022/03/13', time, { 'BWZ Estimate': '1,5', 'BWZ Carb Input': '15,00', 'BWZ Status': status })
    const found = await collect(
      importer,
      head(
        bolus('12:00:40', { 'Bolus Volume Selected': '1,5', 'Bolus Volume Delivered': '1,5' }),
        bolus('12:00:03', { 'Bolus Volume Selected': '1,5' }),
        wizard('12:00:02', 'Not Delivered'),
        wizard('11:00:00', 'Not Delivered'),
        wizard('10:00:00', 'Delivered'),
      ),
    )
    expect(ofType(found, 'wizard').map(({ carbsGrams, delivered }) => [carbsGrams, delivered])).toEqual([
      [15, true],
      [15, false],
      [15, true],
    ])
  })

  it('counts equal finger-sticks within five minutes once, a second later twice', async () => {
    const stick = (time: string) => row(1, '2022/03/13', time, { 'BG Reading': '120' })
    const found = await collect(importer, head(stick('10:10:02'), stick('10:05:01'), stick('10:00:01')))
    expect(ofType(found, 'smbg').map(({ deviceTime }) => isoFromDeviceTime(deviceTime))).toEqual([
      '2022-03-13T10:10:02',
      '2022-03-13T10:00:01',
    ])
  })

  it('keeps two equal rows as two records with ids of their own', async () => {
    const rate = row(1, '2022/03/13', '20:00:00', { 'Basal Rate': '1,1' })
    const found = await collect(importer, head(rate, rate))
    expect(ofType(found, 'basalRate')).toHaveLength(2)
    expect(new Set(idsOf(found)).size).toBe(2)
  })

  it('gives a row that stands in the file again no second record, and says so', async () => {
    const rows = [
      bolus('12:00:40', { 'Bolus Volume Selected': '1,5', 'Bolus Volume Delivered': '1,5' }),
      bolus('12:00:03', { 'Bolus Volume Selected': '1,5' }),
      row(1, '2022/03/13', '12:00:02', { 'BWZ Estimate': '1,5', 'BWZ Carb Input': '15,00', 'BWZ Status': 'Delivered' }),
      row(1, '2022/03/13', '11:00:00', { 'BG Reading': '120' }),
      row(1, '2022/03/13', '10:00:00', { 'Prime Type': 'Cannula Fill', 'Prime Volume Delivered': '0,3' }),
    ]
    // Two exports pasted together; their running numbers differ.
    const found = await collect(
      importer,
      head(...rows) + head(...rows.map(text => text.replace(/^1,00000/, '77,00000'))),
    )
    expect(found.records.map(({ record }) => record.type).sort()).toEqual(['bolus', 'prime', 'smbg', 'wizard'])
    // Both rows of the bolus, the calculator, the fill; the finger-stick's rows are one anyway.
    expect(found.skipped.map(({ reason }) => reason)).toEqual(Array(4).fill('The row stands in the file already'))
    expect(new Set(found.skipped.map(({ offset }) => offset)).size).toBe(4)
  })

  it('gives rows of one second in the order in which they happened', async () => {
    const found = await collect(
      importer,
      head(
        row(1, '2022/03/13', '20:00:00', { 'Basal Rate': '0,9' }),
        row(2, '2022/03/13', '20:00:00', { Suspend: 'NORMAL_PUMPING' }),
      ),
    )
    expect(found.records.map(({ record }) => record.type)).toEqual(['suspend', 'basalRate'])
  })

  it.each([
    ['1.234,5', 'more than any pump gives at once'],
    ['999999', 'more than any pump gives at once'],
    ['-2,5', 'a negative one'],
    ['1E+01', 'an exponent'],
    ['NaN', 'a word'],
    ['2,5 U', 'a unit behind it'],
  ])('takes %s for no amount of insulin: %s', async text => {
    const delivered = bolus('12:00:40', { 'Bolus Volume Selected': '1,5', 'Bolus Volume Delivered': text })
    const found = await collect(importer, head(delivered, row(2, '2022/03/13', '09:00:00', { Rewind: 'Rewind' })))
    expect(ofType(found, 'bolus')).toEqual([])
    expect(found.skipped).toMatchObject([{ line: 3, reason: `Not an amount of insulin: ${text}` }])
  })

  it.each<[Record<string, string>, string]>([
    [{ 'BWZ Carb Input': '-10', 'BWZ Status': 'Delivered' }, 'Not an amount of carbohydrate: -10'],
    [{ 'BWZ Carb Input': '1001', 'BWZ Status': 'Delivered' }, 'Not an amount of carbohydrate: 1001'],
    [{ 'Basal Rate': '-0,5' }, 'Not a basal rate: -0,5'],
    [{ 'Basal Rate': '100,025' }, 'Not a basal rate: 100,025'],
    ...[
      ['-50', 'Percent'],
      ['1001', 'Percent'],
      ['-1', 'Rate'],
      ['101', 'Rate'],
    ].map(([amount = '', type = '']): [Record<string, string>, string] => [
      { 'Temp Basal Amount': amount, 'Temp Basal Type': type, 'Temp Basal Duration': '1:00:00' },
      'A temporary basal without amount or duration',
    ]),
  ])('lets no impossible amount into a sum: %j', async (cells, reason) => {
    const rewind = row(2, '2022/03/13', '09:00:00', { Rewind: 'Rewind' })
    const found = await collect(importer, head(row(1, '2022/03/13', '10:00:00', cells), rewind))
    expect(found.records.map(({ record }) => record.type)).toEqual(['rewind'])
    expect(found.skipped).toMatchObject([{ line: 3, reason }])
  })

  it('lets no impossible amount of raw values into a sum, nor a row that stands in the file again', async () => {
    const titles = 'Index,Date,Time,Raw-Type,Raw-Values,Raw-ID,Raw-Device Type'
    const rawRow = (id: number, type: string, values: string) =>
      `${id},2/23/13,20:09:${10 + id},${type},"${values}",90${id},Paradigm 522`
    const impossible = [
      rawRow(1, 'BolusNormal', 'AMOUNT=1234, PROGRAMMED_AMOUNT=1234, IS_DUAL_COMPONENT=false'),
      rawRow(2, 'BolusNormal', 'AMOUNT=-1, PROGRAMMED_AMOUNT=1, IS_DUAL_COMPONENT=false'),
      rawRow(3, 'BolusWizardBolusEstimate', 'CARB_INPUT=-20, CARB_UNITS=grams'),
      rawRow(4, 'BasalProfileStart', 'PATTERN_NAME=standard, RATE=-1'),
      rawRow(5, 'ChangeTempBasalPercent', 'PERCENT_OF_RATE=-50, DURATION=1800000'),
      rawRow(6, 'ChangeTempBasal', 'RATE=1.5, DURATION=-1800000'),
      rawRow(7, 'ResultDailyTotal', 'AMOUNT=-30'),
    ]
    const possible = rawRow(8, 'BolusNormal', 'AMOUNT=2.5, PROGRAMMED_AMOUNT=2.5, IS_DUAL_COMPONENT=false')
    const found = await collect(
      importer,
      file('Pump:,Paradigm 522,#665455,', titles, ...impossible, possible, possible),
    )
    expect(found.records.map(({ record }) => record)).toMatchObject([{ type: 'bolus', normalUnits: 2.5 }])
    expect(found.skipped).toHaveLength(8)
    expect(found.skipped.at(-1)?.reason).toBe('The row stands in the file already')
  })

  it('makes no mention of rows without a value, and one of all others without a record', async () => {
    const found = await collect(
      importer,
      head(
        row(1, '2022/03/13', '20:00:00', {}),
        row(2, '2022/03/13', '20:00:00', { 'Linked BG Meter ID': 'x' }),
        row(3, '2022/13/13', '20:00:00', { Rewind: 'Rewind' }),
        row(4, '2022/03/13', '20:00:00', { 'Sensor Glucose': '5,8' }),
        row(5, '2022/03/13', '20:00:00', { Suspend: 'WHO_KNOWS' }),
        row(6, '2022/03/13', '20:00:00', { Rewind: 'Rewind' }),
      ),
    )
    expect(found.skipped.map(({ line, reason }) => [line, reason])).toEqual([
      [4, 'The row names no event, only details of one'],
      [5, 'Date or time is not readable: 2022/13/13 20:00:00'],
      [6, 'Not a glucose value in mg/dL: 5,8'],
      [7, 'An unknown word in the column "Suspend": WHO_KNOWS'],
    ])
    expect(found.records).toHaveLength(1)
  })
})

describe('what spreadsheets make of an export', () => {
  const plain = days(3, { style: 'us' })
  const rows = (change: (cells: string[]) => string[]) =>
    plain
      .split('\r\n')
      .map(line => (/^\d/.test(line) ? change(line.split(',')).join(',') : line))
      .join('\r\n')

  it('reads dates like 8/1/2012, empty cells at the end of every line and lines of commas', async () => {
    const mangled = rows(cells => {
      const [year = '', month = '', day = ''] = cells[1]?.split('/') ?? []
      return [cells[0] ?? '', `${Number(month)}/${Number(day)}/${year}`, ...cells.slice(2)]
    })
      .split('\r\n')
      .map(line => `${line},,,`)
      .join('\r\n')
    expect(said(await collect(importer, mangled))).toEqual(said(await collect(importer, plain)))
  })

  it('reads day numbers and fractions of a day', async () => {
    const mangled = rows(([index = '', date = '', time = '', ...rest]) => {
      const serial = Math.round(Date.parse(`${date.replaceAll('/', '-')}T00:00:00Z`) / 86_400_000) + 25_569
      const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
      return [index, String(serial), ((hours * 3600 + minutes * 60 + seconds) / 86_400).toFixed(9), ...rest]
    })
    expect(said(await collect(importer, mangled))).toEqual(said(await collect(importer, plain)))
  })

  it('reads times that lost their seconds', async () => {
    const mangled = rows(([index = '', date = '', time = '', ...rest]) => [
      index,
      date,
      time.slice(0, 5).replace(/^0/, ''),
      ...rest,
    ])
    const found = await collect(importer, mangled)
    expect(ofType(found, 'cbg').length).toBe(ofType(await collect(importer, plain), 'cbg').length)
    expect(found.skipped.filter(skipped => /Date or time/.test(skipped.reason))).toEqual([])
  })
})

describe('files that are not whole', () => {
  it('reads everything in front of a last line that is cut off, and says so', async () => {
    const text = days(1)
    const end = text.lastIndexOf('\r\n', text.length - 3)
    const found = await collect(importer, text.slice(0, end + 30))
    const whole = await collect(importer, text.slice(0, end + 2))
    expect(said(found)).toEqual(said(whole))
    expect(found.skipped).toMatchObject([{ reason: 'The last line is cut off', length: 28 }])
    expect(found.warnings).toEqual([
      'The last line of the file is cut off: the export or the download was not complete.',
    ])
  })

  it('takes no device from a last line that is cut off inside its name', async () => {
    const names = [
      'Index',
      'Date',
      'Time',
      ...Array.from({ length: 30 }, (_, i) => `c${i}`),
      'Raw-Type',
      'Raw-Values',
      'Raw-ID',
      'Raw-Upload ID',
      'Raw-Seq Num',
      'Raw-Device Type',
    ]
    const line = (id: number) =>
      [id, '2/23/13', '20:09:41', ...Array(30).fill(''), 'Rewind', 'A=1', id, 9, 1, 'Paradigm 522'].join(',')
    const found = await collect(
      importer,
      `Pump:,Paradigm 522,#1,\n${names.join(',')}\n${line(1)}\n${line(2).slice(0, -3)}`,
    )
    expect(found.devices).toHaveLength(1)
    expect(ofType(found, 'rewind')).toHaveLength(1)
    expect(found.skipped).toMatchObject([{ line: 4, reason: 'The last line is cut off' }])
  })

  it('skips a line that lost cells in the middle of the file rather than trust a number in it', async () => {
    const lines = days(1).split('\r\n')
    const at = lines.findIndex(line => line.includes('23:5'))
    lines[at] = lines[at]?.slice(0, -15) ?? ''
    const found = await collect(importer, lines.join('\r\n'))
    expect(found.skipped).toMatchObject([{ line: at + 1 }])
    expect(found.skipped[0]?.reason).toMatch(/^The row has \d+ cells, the table 54 columns$/)
  })
})

describe('files that cannot be read', () => {
  const latin = (text: string) => Uint8Array.from(text, char => char.charCodeAt(0))
  const cases: readonly (readonly [string, string | Uint8Array, string])[] = [
    ['an empty file', '', 'empty-file'],
    ['a picture', latin('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01'), 'binary-file'],
    [
      'a web page',
      '<!DOCTYPE html>\n<html><body>Sign in</body></html>',
      'nothing-readable: The file is a web page, not an export.',
    ],
    [
      'a table of something else',
      'name,amount\nrent,800\nbread,3\n',
      'nothing-readable: There is no line with column names: the one that begins with "Index" in CareLink exports.',
    ],
    [
      'a table of something else with an index',
      'Index,Name\n1,a\n2,b\n',
      'nothing-readable: The column names above this row are not those of a CareLink export',
    ],
    [
      'column names without rows',
      file(PUMP_DIVIDER, GUARDIAN_HEADER),
      'nothing-readable: There are column names, but no rows below them.',
    ],
    [
      'rows without values',
      file(PUMP_DIVIDER, GUARDIAN_HEADER, row(1, '2022/03/13', '20:00:00', {})),
      'nothing-readable: The rows hold dates and times, but no values.',
    ],
    [
      'rows without a readable date',
      file(PUMP_DIVIDER, GUARDIAN_HEADER, row(1, 'x', '20:00:00', { Rewind: 'Rewind' })),
      'nothing-readable: Date or time is not readable: x 20:00:00',
    ],
  ]
  for (const [name, bytes, code] of cases)
    it(`says of ${name} what it is`, async () => expect(await codeOf(bytes)).toBe(code))

  it('is not sure of files of others, and just sure enough of broken ones to say what they are', async () => {
    const bytes = (text: string) => new TextEncoder().encode(text)
    expect(await recognise(bytes('name,amount\nrent,800\n'), 'household.csv')).toBeUndefined()
    expect(await recognise(latin('\x89PNG\r\n\x1a\n\0\0'), 'photo.png')).toBeUndefined()
    expect((await recognise(latin('\x89PNG\r\n\x1a\n\0\0'), 'photo.csv'))?.id).toBe('carelink-csv')
    expect((await recognise(bytes(''), 'empty.csv'))?.id).toBe('carelink-csv')
    expect(importer.recognise(bytes(days(1).slice(0, 65_536)), 'anything')).toBe(1)
    expect(importer.recognise(bytes(days(1).slice(0, 300)), 'anything')).toBe(0.9)
  })

  it('passes on that a person cancelled, and says when the browser cannot read the file', async () => {
    const cancelling = importer.read(inPieces(new TextEncoder().encode(days(1))), {
      device: () => 0,
      record() {},
      skipped() {},
      warning() {},
      progress() {
        throw new ImportError('cancelled')
      },
    })
    await expect(cancelling).rejects.toMatchObject({ code: 'cancelled' })
    async function* gone(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode('Index;Date')
      throw new DOMException('The file was moved', 'NotReadableError')
    }
    expect(await codeOf(gone())).toBe('file-unreadable')
  })
})

describe('any bytes', () => {
  const folder = captures('carelink-csv')
  const readings = folder
    ? ['raw-us-revel523-cgm-2015.csv', 'raw-de-paradigm722-2013.csv', 'v3-mgdl-780g-2025-11-06.csv'].map(name =>
        readFileSync(`${folder}/${name}`).subarray(0, 30_000),
      )
    : []
  const sources = [new TextEncoder().encode(days(1)).subarray(0, 20_000), ...readings]

  it('throws nothing but its own error on bytes at random', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async bytes => {
        expect(await codeOf(bytes)).not.toMatch(/^(threw|bug)/)
      }),
      { numRuns: 300 },
    )
  })

  it('throws nothing but its own error on exports with cuts and changed bytes, and places every record in the file', async () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(80),
      bytes: fc.uint8Array({ maxLength: 20 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...sources), fc.array(change, { maxLength: 6 }), async (source, changes) => {
        let bytes = source
        for (const { at, length, bytes: put } of changes) {
          const from = Math.floor(at * bytes.length)
          bytes = Uint8Array.from([...bytes.subarray(0, from), ...put, ...bytes.subarray(from + length)])
        }
        const found = await collect(importer, bytes).catch(error => {
          expect(error).toBeInstanceOf(ImportError)
          expect(error.code).not.toBe('bug')
          return undefined
        })
        for (const { record } of found?.records ?? []) {
          for (const ref of [record.raw, ...(record.supporting ?? [])]) {
            expect(ref.offset + ref.length <= bytes.length && ref.length > 0).toBe(true)
          }
          expect(Number.isFinite(record.deviceTime)).toBe(true)
        }
      }),
      { numRuns: 120 },
    )
  })

  it('gives equal ids when it reads the same file twice', async () => {
    const bytes = new TextEncoder().encode(days(2))
    expect(idsOf(await collect(importer, inPieces(bytes, 999)))).toEqual(idsOf(await collect(importer, bytes)))
  })
})

/** 200 MB take about a minute where tests run beside one another; set BASALT_LARGE_FILES=1 to read them. */
const large = process.env['BASALT_LARGE_FILES'] === '1' ? 200 : 16

describe('large files', () => {
  it(`reads ${large} MB in bounded memory, with progress, and finds what was written`, {
    timeout: 300_000,
  }, async () => {
    const counts: Record<string, number> = {}
    let written = 0
    let sensorRows = 0
    let seen = 0
    let widestStep = 0
    let peak = 0
    const options = { days: Math.round(large * 34.2), lastDay: 20_454, seed: 1 }
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const piece of sampleCsvBytes(options)) {
        written += piece.length
        yield piece
      }
    }
    for (const text of sampleCsv({ ...options, days: 20 }))
      sensorRows += text.match(/\d;\d+(,\d+)?;{18}\r/g)?.length ?? 0
    global.gc?.()
    const before = process.memoryUsage().heapUsed
    await importer.read(counted(), {
      device: () => 0,
      record(_, record) {
        counts[record.type] = (counts[record.type] ?? 0) + 1
      },
      skipped() {
        counts['skipped'] = (counts['skipped'] ?? 0) + 1
      },
      warning() {},
      progress(read) {
        widestStep = Math.max(widestStep, read - seen)
        seen = read
        peak = Math.max(peak, process.memoryUsage().heapUsed - before)
      },
    })
    expect(written).toBeGreaterThan(large * 950_000)
    expect(seen).toBe(written)
    expect(widestStep).toBeLessThanOrEqual(1 << 20)
    expect(counts['skipped']).toBeUndefined()
    // 288 a day, less 24 in each week's warm-up and some that are lost.
    expect(Math.abs((counts['cbg'] ?? 0) / options.days - sensorRows / 20)).toBeLessThan(4)
    expect(counts['rewind']).toBe(Math.round(options.days / 3))
    // Beside the file's text this is little: nothing of a sensor row stays.
    expect(peak).toBeLessThan(150e6)
  })
})
