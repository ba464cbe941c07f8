/** Small vectors with known results: the sheet's own in hex here, longer ones in the captures. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bytesFromHex } from '#bytes/hex.ts'
import { readAnswer } from '#devices/minimed-600/decode/settings.ts'
import type { Setting } from '#records/records.ts'
import { type DeviceTime, isoFromDeviceTime } from '#records/time.ts'
import { captures } from '../../../helpers/captures.ts'
import { decodePages, historyPage, ofType, page } from './pages.ts'

const folder = captures('minimed-600')
const text = (name: string): string => (folder ? readFileSync(`${folder}/${name}`, 'utf8') : '')
const at = Date.UTC(2021, 0, 7, 12, 49, 11) as DeviceTime
const raw = { page: 0, offset: 0, length: 1 }

/** A captured message stands with its sequence, and some with their CRC. */
const valuesOf = (payload: string): Setting['values'] => {
  const found = readAnswer(bytesFromHex(payload).subarray(1), at, raw)
  if (typeof found === 'string') throw new Error(found)
  return found.values
}

describe('events with known results', () => {
  it('reads the block of the worked session (sheet §22.1)', () => {
    const decoded = decodePages(
      historyPage([
        [
          '1d00118673a638a115f6670102000032c8',
          '3d01358673ad40a115f667000000b4002d003200000064005a006e000036b00000afc800001388000013880000d2f000000000d2f0',
          '1501168673ad54a115f6670107000000d2f000001388',
          'dc011a8673adcca115f6670107000000d2f00000d2f000001388',
          '1e000c8673bb50a115f66702',
          '1f000c8673bda8a115f66701',
        ],
      ]),
    )
    const told = decoded.records.map(({ deviceTime, raw: _, identity, supporting, ...rest }) => ({
      time: isoFromDeviceTime(deviceTime).slice(11),
      ...rest,
    }))
    expect(told).toEqual([
      { time: '10:19:11', type: 'basalRate', rateUnitsPerHour: 1.3, scheduleName: 'Pattern 1' },
      {
        time: '10:49:11',
        type: 'wizard',
        carbsGrams: 45,
        glucose: { value: 180, units: 'mg/dL' },
        carbRatio: 10,
        carbRatioUnits: 'g/U',
        sensitivity: 50,
        targetLow: 90,
        targetHigh: 110,
        settingsUnits: 'mg/dL',
        recommendedCarbUnits: 4.5,
        recommendedCorrectionUnits: 1.4,
        recommendedNetUnits: 5.4,
        insulinOnBoardUnits: 0.5,
        delivered: true,
      },
      {
        time: '10:51:31',
        type: 'bolus',
        subType: 'normal',
        startTime: Date.UTC(2021, 0, 7, 10, 49, 31),
        normalUnits: 5.4,
        programmedNormalUnits: 5.4,
        context: 'wizard',
        rawSource: 'BOLUS_WIZARD',
        bolusNumber: 7,
      },
      { time: '11:49:11', type: 'suspend', suspended: true, reason: 'manual', rawReason: 'by the person' },
      { time: '11:59:11', type: 'suspend', suspended: false, rawReason: 'by the person' },
    ])
  })

  it('reads a suspend by an alarm and the person’s clearing it, 959 s apart (sheet §23)', () => {
    const [stop, go, ...more] = ofType(
      decodePages(historyPage([['1e000c81ee52f6a092886601', '1f000c81ee56b5a092886602']])),
      'suspend',
    )
    expect(more).toEqual([])
    expect(stop).toMatchObject({ suspended: true, reason: 'alarm' })
    expect(isoFromDeviceTime(stop?.deviceTime ?? at)).toBe('2018-05-05T21:15:08')
    expect((go?.deviceTime ?? 0) - (stop?.deviceTime ?? 0)).toBe(959_000)
    expect(go?.rawReason).toBe('the person cleared an alarm')
  })
})

interface EventVector {
  readonly id: string
  readonly events: readonly string[]
}

describe.skipIf(!folder)('published events (needs the captures beside the checkout)', () => {
  const vector = (id: string): readonly string[] =>
    (JSON.parse(text('event-vectors.json')) as readonly EventVector[]).find(each => each.id === id)?.events ?? []

  it('joins a calculator screen with its bolus, though programmed is logged after delivered', () => {
    const decoded = decodePages(historyPage([vector('bolus-wizard-join')]))
    expect(decoded.records.length).toBe(2)
    expect(decoded.skipped).toEqual([])
    expect(ofType(decoded, 'wizard')).toMatchObject([
      {
        deviceTime: Date.UTC(2017, 1, 10, 15, 48, 52),
        carbsGrams: 60,
        carbRatio: 7,
        sensitivity: 3.5,
        targetLow: 5,
        targetHigh: 5.5,
        settingsUnits: 'mmol/L',
        recommendedCorrectionUnits: 0,
        recommendedCarbUnits: 8.55,
        recommendedNetUnits: 8.55,
        insulinOnBoardUnits: 1.3,
        delivered: true,
      },
    ])
    expect(ofType(decoded, 'wizard')[0]).not.toHaveProperty('glucose')
    expect(ofType(decoded, 'bolus')).toMatchObject([
      {
        subType: 'normal',
        normalUnits: 8.55,
        programmedNormalUnits: 8.55,
        startTime: Date.UTC(2017, 1, 10, 15, 54, 36),
      },
    ])
  })

  it('reads a temporary basal of 125 % for 90 minutes over 1.3 U/h, and its end', () => {
    const decoded = decodePages(historyPage([vector('temp-basal-percent')]))
    expect(ofType(decoded, 'basalRate')).toMatchObject([{ rateUnitsPerHour: 1.3, scheduleName: 'Pattern 1' }])
    expect(ofType(decoded, 'tempBasal')).toMatchObject([
      { deviceTime: Date.UTC(2017, 6, 2, 11, 13, 35), percent: 125, durationMs: 90 * 60_000 },
      { durationMs: 0 },
    ])
  })

  it('reads changes of the largest basal rate', () => {
    const decoded = decodePages(historyPage([vector('max-basal')]))
    expect(ofType(decoded, 'setting').map(({ name, values }) => [name, values['from'], values['to']])).toEqual([
      ['ChangeMaxBasal', '21.5 U/h', '0 U/h'],
      ['ChangeMaxBasal', '0 U/h', '0.025 U/h'],
      ['ChangeMaxBasal', '0.025 U/h', '35 U/h'],
      ['ChangeMaxBasal', '35 U/h', '9.65 U/h'],
    ])
  })
})

describe.skipIf(!folder)('published answers about settings (needs the captures beside the checkout)', () => {
  const payload = (start: string): string =>
    (JSON.parse(text('settings-vectors.json')) as readonly { name: string; payload: string }[]).find(({ name }) =>
      name.startsWith(start),
    )?.payload ?? ''

  it('reads carb ratios of a pump that counts exchanges', () => {
    expect(valuesOf(payload('carb ratios'))).toEqual({
      '00:00': '0.4 U/exchange',
      '05:30': '1.1 U/exchange',
      '08:30': '1.1 U/exchange',
      '09:30': '1.1 U/exchange',
      '11:00': '0.65 U/exchange',
      '15:00': '0.5 U/exchange',
      '18:00': '0.5 U/exchange',
    })
  })

  it('reads targets in both units', () => {
    expect(valuesOf(payload('BG targets'))).toEqual({
      '00:00': '90 to 120 mg/dL, 5 to 6.7 mmol/L',
      '05:00': '80 to 120 mg/dL, 4.4 to 6.7 mmol/L',
      '08:00': '80 to 120 mg/dL, 4.4 to 6.7 mmol/L',
      '18:00': '90 to 120 mg/dL, 5 to 6.7 mmol/L',
    })
  })

  it('reads basal patterns, also an empty one', () => {
    expect(valuesOf(payload('basal pattern response 0x0123'))).toEqual({
      pattern: 'Pattern 1',
      '00:00': '0.35 U/h',
      '03:00': '0.4 U/h',
      '08:00': '0.5 U/h',
      '12:00': '0.425 U/h',
      '20:00': '0.375 U/h',
    })
    expect(valuesOf(payload('basal pattern response, empty'))).toEqual({ pattern: 'Pattern 2' })
  })

  it('refuses an answer with any flipped bit behind its checksum', () => {
    const bytes = bytesFromHex(payload('carb ratios')).subarray(1)
    for (let i = 4; i < bytes.length; i++) {
      const damaged = bytes.slice()
      damaged[i] = (damaged[i] ?? 0) ^ 0x10
      expect(readAnswer(damaged, at, raw)).toBe('an answer with a wrong checksum')
    }
  })
})

describe('settings pages', () => {
  it('reads sensitivities (sheet §23)', () => {
    const payload = '04012f1ab705 0096005300 007800430c 0064003814 0078004324 008c004e2e'
    expect(valuesOf(payload)).toEqual({
      '00:00': '150 mg/dL, 8.3 mmol/L',
      '06:00': '120 mg/dL, 6.7 mmol/L',
      '10:00': '100 mg/dL, 5.6 mmol/L',
      '18:00': '120 mg/dL, 6.7 mmol/L',
      '23:00': '140 mg/dL, 7.8 mmol/L',
    })
  })

  it('dates them by the pump’s clock at the read, or says that nobody knows', () => {
    const pattern = page('pattern', '0123 0200', 2)
    const time = page('time', '0407 01 8673c960 a115f667')
    expect(decodePages(time, pattern).records).toMatchObject([
      { type: 'setting', change: 'current', name: 'CurrentBasalProfile', deviceTime: at },
    ])
    expect(decodePages(pattern)).toMatchObject({ records: [], skipped: [{ page: 0, offset: 0, length: 4 }] })
  })
})

interface StatusVector {
  readonly payload: string
  readonly expectedArrow: string | null
  readonly expectedTrendOrSensor: string | null
  readonly decoded: Readonly<Record<string, number>>
}

const arrows: Readonly<Record<string, string>> = {
  '-3': 'three down',
  '-2': 'two down',
  '-1': 'one down',
  '0': 'none',
  '1': 'one up',
  '2': 'two up',
  '3': 'three up',
}

describe.skipIf(!folder)('published statuses (needs the captures beside the checkout)', () => {
  it('reads each as it is known', () => {
    const vectors = JSON.parse(text('status-vectors.json')) as readonly StatusVector[]
    expect(vectors.length).toBe(11)
    for (const { payload, decoded, expectedArrow, expectedTrendOrSensor } of vectors) {
      const values = valuesOf(payload)
      expect(values).toMatchObject({
        'basal rate': `${decoded['basalRate']} U/h`,
        'basal today': `${decoded['basalToday']} U`,
        battery: `${decoded['battery']} %`,
        reservoir: `${decoded['reservoir']} U`,
        'active insulin': `${decoded['iob']} U`,
        'last bolus': `${decoded['lastBolus']} U`,
        'last bolus number': String(decoded['lastBolusRef']),
        pattern: `Pattern ${decoded['basalPattern']}`,
      })
      const sg = decoded['sg'] ?? 0
      if ((decoded['pumpStatus'] ?? 0) & 0x40) {
        expect(values['sensor glucose']).toBe(sg === 770 ? 'calibrate now' : `${sg} mg/dL`)
        expect(values['transmitter battery']).toMatch(new RegExp(`^${decoded['txBatteryPct']} %`))
        expect(Number.parseFloat(values['rate of change'] ?? '')).toBe(decoded['rateOfChange'])
        if (expectedArrow && expectedArrow !== 'None') expect(values['trend']).toBe(arrows[expectedArrow])
        if (expectedTrendOrSensor === 'Sensor operational.') expect(values['sensor status']).toBe('in operation')
      } else expect(values).not.toHaveProperty('sensor glucose')
      expect(values['alarm number']).toBe(decoded['alert'] ? String(decoded['alert']) : undefined)
      expect(values['temporary basal']).toBe(decoded['tempPercent'] ? `${decoded['tempPercent']} %` : undefined)
    }
  })

  it.each([
    ['Pump suspended', { pump: 'suspended, active' }],
    ['Line change - pump rewound', { pump: '', reservoir: '0 U' }],
    ['Temp Basal 0 for half an hour', { 'temporary basal': '0 U/h', 'temporary basal time left': '29 min' }],
    ['Temp basal 50%, 1hr', { 'temporary basal': '50 %', 'temporary basal time left': '59 min' }],
    ['just bolused', { pump: 'normal bolus running, active, temporary basal, sensor on', 'bolus so far': '0.6 U' }],
    ['sg value not available', { 'sensor glucose': 'updating, no value' }],
    ['BGL Above 22.2', { 'sensor glucose': 'above range' }],
  ])('reads what the pump showed as "%s"', (name, expected) => {
    const dumps = JSON.parse(text('status-and-connection-dumps.json')) as readonly { name: string; hex: string }[]
    const values = valuesOf(dumps.find(dump => dump.name === name)?.hex ?? '')
    expect(values).toMatchObject(expected)
  })

  it('follows a series of a day: the sensor’s time never goes back, its values are ones that a sensor can have', () => {
    const rows = text('status-series-20210107.tsv').trim().split('\n').slice(1)
    expect(rows.length).toBe(120)
    let last = ''
    for (const row of rows) {
      const values = valuesOf(row.split('\t')[1] ?? '')
      const time = values['sensor glucose time'] ?? last
      expect(time >= last).toBe(true)
      last = time
      const mgdl = /^(\d+) mg\/dL$/.exec(values['sensor glucose'] ?? '')?.[1]
      if (mgdl !== undefined) expect(Number(mgdl) >= 40 && Number(mgdl) <= 400).toBe(true)
    }
    expect(last > '2021-01-07T12').toBe(true)
  })
})
