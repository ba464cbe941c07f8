/** How events become records: joins, repetitions, borders of what was read, and what is not understood. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Page } from '#devices/driver.ts'
import { type DeviceTime, isoFromDeviceTime } from '#records/time.ts'
import { deriveBasal } from '#stats/basal.ts'
import { idsOf } from '../../reading.ts'
import { decodePages, event, historyPage, ofType, SENSOR, slicePage } from './pages.ts'

/** RTC of 2017-12-20T00:00:00 under the OFFSET of `event`. */
const MIDNIGHT = 0x80b65ca6
const at = (hours: number, minutes = 0, seconds = 0): number => MIDNIGHT + hours * 3600 + minutes * 60 + seconds
const u32 = (number: number): string => (number >>> 0).toString(16).padStart(8, '0')

/** Sheet §11.2 and §11.3. */
const programmed = (rtc: number, number: number, tenThousandths: number, source = '01') =>
  event('15', rtc, `${source}${hex(number)}00${u32(tenThousandths)}00000000`)
const delivered = (rtc: number, number: number, tenThousandths: number, given = tenThousandths, source = '01') =>
  event('dc', rtc, `${source}${hex(number)}00${u32(tenThousandths)}${u32(given)}00000000`)
const screen = (rtc: number, final: number, carbs = 30) =>
  event(
    '3d',
    rtc,
    `00000000${carbs.toString(16).padStart(4, '0')}002d00000064005a007800000000${u32(final)}0000000000000000${u32(final)}0200${u32(final)}`,
  )
const hex = (number: number): string => number.toString(16).padStart(2, '0')
/** Something that happens often, to show that the log goes on. */
const rate = (rtc: number) => event('1d', rtc, '010100002710')
const fingerstick = (rtc: number, mgdl: number, flags = '00', serial = '42323132373731314742') =>
  event('32', rtc, `${flags}${mgdl.toString(16).padStart(4, '0')}01${serial}`)
const TYPED_IN = '20202020202020202020'

describe('boluses', () => {
  it('are named by what was delivered: the same with and without the programmed event and the screen', () => {
    const whole = [screen(at(7), 30_000), programmed(at(7, 0, 2), 9, 30_000), delivered(at(7, 2), 9, 30_000)]
    const [bolus] = ofType(decodePages(historyPage([whole])), 'bolus')
    const [alone] = ofType(decodePages(historyPage([whole.slice(2)])), 'bolus')
    expect(bolus?.identity).toBe(alone?.identity)
    expect(bolus?.deviceTime).toBe(alone?.deviceTime)
    expect(bolus?.startTime).toBe(Date.UTC(2017, 11, 20, 7, 0, 2))
    expect(alone).not.toHaveProperty('startTime')
    expect(alone?.annotations).toEqual(['app/bolus-start-unknown'])
    // The store keeps the copy that more bytes speak for.
    expect(bolus?.supporting?.length).toBe(1)
    expect(alone?.supporting).toBeUndefined()
  })

  it('take the programmed event of the same number within eight hours, not one of a day before', () => {
    const blocks = [[programmed(at(1), 9, 30_000)], [programmed(at(20), 9, 30_000), delivered(at(20, 2), 9, 30_000)]]
    const decoded = decodePages(historyPage(blocks))
    expect(ofType(decoded, 'bolus')).toMatchObject([{ startTime: Date.UTC(2017, 11, 20, 20) }])
    expect(decoded.skipped.map(({ reason }) => reason)).toEqual([
      'a bolus was programmed; its delivery is not in this read',
    ])
  })

  it('tell what was programmed and what of it was given', () => {
    const events = [
      programmed(at(7), 9, 30_000),
      event('27', at(7, 1), '010902'),
      delivered(at(7, 1), 9, 30_000, 12_500),
    ]
    expect(ofType(decodePages(historyPage([events])), 'bolus')).toMatchObject([
      { normalUnits: 1.25, programmedNormalUnits: 3, cancelledBy: 'the person' },
    ])
  })

  it('of two parts are two records of one start, each counted once', () => {
    const head = '014200'
    const dual = [
      event('17', at(12), `${head}00004a3800004b32007800001b58`),
      event('de', at(12, 2), `${head}00004a3800004b3200004a38010078000000001b58`),
      event('de', at(14, 2), `${head}00004a3800004b3200004b32020078007800001b58`),
    ]
    const startTime = Date.UTC(2017, 11, 20, 12)
    const [normal, square, ...more] = ofType(decodePages(historyPage([dual])), 'bolus')
    expect(more).toEqual([])
    expect(normal).toMatchObject({ subType: 'dual', startTime, normalUnits: 1.9, programmedNormalUnits: 1.9 })
    expect(normal).not.toHaveProperty('extendedUnits')
    expect(square).toMatchObject({ subType: 'dual', startTime, extendedUnits: 1.925, durationMs: 120 * 60_000 })
    expect(square).not.toHaveProperty('normalUnits')
  })

  it('that run over time tell for how long they ran', () => {
    const square = [
      event('16', at(12), '024200000075300096 00000000'.replace(' ', '')),
      event('dd', at(13, 30), '024200000075300000271000960032 00000000'.replace(' ', '')),
    ]
    expect(ofType(decodePages(historyPage([square])), 'bolus')).toMatchObject([
      { subType: 'square', programmedExtendedUnits: 3, extendedUnits: 1, durationMs: 50 * 60_000, context: 'manual' },
    ])
  })

  it('of auto mode are doses of the algorithm, not boluses', () => {
    const events = [programmed(at(7), 9, 250, '05'), delivered(at(7, 0, 5), 9, 250, 250, '05')]
    const decoded = decodePages(historyPage([events]))
    expect(ofType(decoded, 'bolus')).toEqual([])
    expect(ofType(decoded, 'autoBasalDose')).toMatchObject([
      { units: 0.025, deviceTime: Date.UTC(2017, 11, 20, 7, 0, 5) },
    ])
  })

  it('that nobody can have are refused', () => {
    const decoded = decodePages(historyPage([[delivered(at(7), 9, 4_000_000_000)]]))
    expect(decoded.records).toEqual([])
    expect(decoded.skipped).toMatchObject([{ reason: 'an impossible bolus: 400000 U of 400000 U' }])
  })
})

describe('the calculator', () => {
  const bolus = (rtc: number, units: number) => [programmed(rtc, 9, units), delivered(rtc + 60, 9, units)]
  const deliveredOf = (...pages: readonly Page[]) => ofType(decodePages(...pages), 'wizard').map(one => one.delivered)

  it('belongs to the bolus of the same amount that follows; of two screens the later one', () => {
    const events = [screen(at(7), 30_000), screen(at(7, 0, 20), 30_000), ...bolus(at(7, 0, 30), 30_000), rate(at(8))]
    expect(deliveredOf(historyPage([events]))).toEqual([false, true])
  })

  it('is left without a bolus only where the log shows that none followed', () => {
    expect(deliveredOf(historyPage([[screen(at(7), 30_000), rate(at(7, 14))]]))).toEqual([undefined])
    expect(deliveredOf(historyPage([[screen(at(7), 30_000), rate(at(7, 15))]]))).toEqual([false])
    // Two reads with a hole between.
    expect(deliveredOf(historyPage([[screen(at(7), 30_000)]]), historyPage([[rate(at(9))]]))).toEqual([undefined])
    // The same, but the driver knows that the stretch came whole.
    const whole = slicePage(at(6), at(10))
    expect(deliveredOf(historyPage([[screen(at(7), 30_000)]]), historyPage([[rate(at(9))]]), whole)).toEqual([false])
    // A stretch that ends with the moment of the read says nothing about what comes.
    expect(deliveredOf(historyPage([[screen(at(7), 30_000)]]), whole)).toEqual([undefined])
  })

  it('that proposed nothing may have been followed by a meal all the same', () => {
    expect(deliveredOf(historyPage([[screen(at(7), 0), rate(at(9))]]))).toEqual([undefined])
  })

  it('in exchanges and mmol/L keeps both', () => {
    // 01 01: mmol/L, exchanges; 64: 10.0; 19: 2.5; 23: 3.5; 44c: 1.1; 32 37: 5.0 to 5.5; fffffff448: -0.3.
    const data = '0101006400190023 0000044c 0032 0037 fffff448 00006b6c 00002710 00000000 00005fb4 02 00 00005fb4'
    const decoded = decodePages(historyPage([[event('3d', at(7), data.replaceAll(' ', ''))]]))
    expect(ofType(decoded, 'wizard')).toMatchObject([
      {
        glucose: { value: 10, units: 'mmol/L' },
        carbsExchanges: 2.5,
        sensitivity: 3.5,
        carbRatio: 1.1,
        carbRatioUnits: 'U/exchange',
        targetLow: 5,
        targetHigh: 5.5,
        recommendedCorrectionUnits: -0.3,
        recommendedCarbUnits: 2.75,
        insulinOnBoardUnits: 1,
        recommendedNetUnits: 2.45,
      },
    ])
  })

  it('in units that nobody knows is refused', () => {
    const data = `02${'00'.repeat(41)}`
    expect(decodePages(historyPage([[event('3d', at(7), data)]])).skipped).toMatchObject([
      { reason: 'a screen of the bolus calculator in unknown units' },
    ])
  })
})

describe('finger-sticks', () => {
  it('written down again for the sensor are one value and one calibration', () => {
    const decoded = decodePages(historyPage([[fingerstick(at(7), 125), fingerstick(at(7), 125, '02')]]))
    expect(ofType(decoded, 'smbg')).toMatchObject([
      { value: 125, units: 'mg/dL', subType: 'linked', meterSerial: 'BG1177212B' },
    ])
    expect(ofType(decoded, 'calibration')).toMatchObject([{ value: 125, units: 'mg/dL' }])
  })

  it('of the same value within a quarter of an hour count once, later twice', () => {
    const values = (...minutes: readonly number[]) =>
      ofType(
        decodePages(
          historyPage([[rate(at(6)), ...minutes.map(minute => fingerstick(at(7, minute), 125, '00', TYPED_IN))]]),
        ),
        'smbg',
      ).length
    expect(values(0, 0)).toBe(1)
    expect(values(0, 15)).toBe(1)
    expect(values(0, 16)).toBe(2)
  })

  it('typed in for the sensor alone are values, too', () => {
    const decoded = decodePages(historyPage([[rate(at(6)), fingerstick(at(7), 74, '02', TYPED_IN)]]))
    expect(ofType(decoded, 'smbg')).toMatchObject([{ value: 74, subType: 'manual' }])
    expect(ofType(decoded, 'calibration')).toMatchObject([{ value: 74 }])
  })

  it('that may repeat what is not in this read wait for a read that shows it', () => {
    const lone = decodePages(historyPage([[fingerstick(at(7), 74, '02', TYPED_IN)]]))
    expect(ofType(lone, 'smbg')).toEqual([])
    expect(ofType(lone, 'calibration').length).toBe(1)
    expect(lone.skipped.map(({ reason }) => reason)).toMatchObject([expect.stringContaining('may be the same')])
    const shown = decodePages(historyPage([[fingerstick(at(7), 74, '02', TYPED_IN)]]), slicePage(at(6), at(10)))
    expect(ofType(shown, 'smbg').length).toBe(1)
  })

  it('refused by the sensor say so', () => {
    const events = [fingerstick(at(7), 74), fingerstick(at(7), 74, '02'), event('cf', at(7, 18), '01')]
    const decoded = decodePages(historyPage([events]))
    expect(ofType(decoded, 'calibration')).toMatchObject([{ value: 74, rejectedReason: 'reason 1' }])
    const taken = [fingerstick(at(7), 74), fingerstick(at(7), 74, '02'), event('38', at(7, 10), '01be004a')]
    const accepted = decodePages(historyPage([[...taken, event('cf', at(7, 18), '01')]]))
    expect(ofType(accepted, 'calibration')[0]).not.toHaveProperty('rejectedReason')
    expect(ofType(accepted, 'deviceEvent')).toMatchObject([
      { name: 'Calibration accepted', text: 'BG 74 mg/dL, factor 4.46' },
      { name: 'Calibration rejected' },
    ])
  })

  it('of auto mode are one value, with what the person said to it', () => {
    // 82: value, then at 16 hex the flags: by radio and received, by radio and refused.
    const note = (rtc: number, flags: string) => event('82', rtc, `007d${'00'.repeat(9)}${flags}`)
    const decoded = decodePages(historyPage([[note(at(7), '02'), note(at(7, 0, 20), '12')]]))
    expect(ofType(decoded, 'smbg')).toMatchObject([
      {
        value: 125,
        subType: 'linked',
        rejected: true,
        annotations: ['medtronic600/smbg/user-rejected-remote-bg'],
      },
    ])
  })
})

describe('the sensor', () => {
  const reading = (stored: number, isig = 3479, status = 0, late = 0) =>
    `${hex((stored >> 8) & 3)}${hex(stored & 0xff)}${isig.toString(16).padStart(4, '0')}d50000${hex(status)}${hex(late)}`
  const readings = (rtc: number, ...list: readonly string[]) =>
    event('d6', rtc, `05${hex(list.length)}0000${list.join('')}`)
  const sensor = (...events: readonly string[]) => decodePages(historyPage([events], SENSOR))

  it('gives values with their current, the newest first', () => {
    expect(ofType(sensor(readings(at(7), reading(94, 2942), reading(93, 2949, 0, 1))), 'cbg')).toEqual([
      expect.objectContaining({ value: 94, units: 'mg/dL', isigNa: 29.42, deviceTime: Date.UTC(2017, 11, 20, 7) }),
      expect.objectContaining({
        value: 93,
        isigNa: 29.49,
        backfilled: true,
        deviceTime: Date.UTC(2017, 11, 20, 6, 55),
      }),
    ])
  })

  it('says when a value is outside of its range', () => {
    const decoded = sensor(readings(at(7), reading(0x308)), readings(at(7, 5), reading(0x309)))
    expect(ofType(decoded, 'cbg')).toMatchObject([
      { value: 400, outOfRange: 'high' },
      { value: 40, outOfRange: 'low' },
    ])
  })

  it.each([
    [0, 'no connection'],
    [0x301, 'warm-up'],
    [0x302, 'calibrate now'],
    [0x30a, 'calibrating'],
    [0x30f, 'state 783'],
  ])('has no value but a state at %i', (stored, state) => {
    const decoded = sensor(readings(at(7), reading(stored)))
    expect(decoded.records).toMatchObject([{ type: 'sensorState', state }])
  })

  it('gives no value that the pump itself discards, and none that it cannot have', () => {
    const decoded = sensor(
      readings(at(7), reading(120, 3479, 2)),
      readings(at(7, 5), reading(39)),
      readings(at(7, 10), reading(401)),
    )
    expect(ofType(decoded, 'cbg')).toEqual([])
    expect(ofType(decoded, 'sensorState')).toMatchObject([{ state: 'reading discarded' }])
    expect(decoded.skipped.map(({ reason }) => reason)).toEqual([
      'an impossible sensor value: 39 mg/dL',
      'an impossible sensor value: 401 mg/dL',
    ])
  })

  it('tells a value once that came in time and once more late', () => {
    const decoded = sensor(
      readings(at(7), reading(110)),
      readings(at(7, 5), reading(111), reading(110, 3479, 0, 1)),
      readings(at(7, 10), reading(112), reading(111, 3479, 0, 1), reading(110, 3479, 0, 1)),
    )
    expect(ofType(decoded, 'cbg').map(({ value }) => value)).toEqual([110, 111, 112])
  })
})

describe('the basal programme', () => {
  it('is stopped for no longer than the pump said, and what it kept back is known', () => {
    const events = [
      event('1d', at(0), '010100002710'),
      event('1e', at(2), '0a'),
      event('1f', at(3), '05'),
      event('1d', at(23, 59, 59), '010100002710'),
    ]
    const decoded = decodePages(historyPage([events]))
    expect(ofType(decoded, 'suspend')).toMatchObject([
      { suspended: true, reason: 'beforeLow', rawReason: 'predicted low glucose' },
      { suspended: false, rawReason: 'glucose has risen' },
    ])
    const day = Date.UTC(2017, 11, 20) as DeviceTime
    const segments = deriveBasal(decoded.records, day, (day + 4 * 3_600_000) as DeviceTime)
    expect(
      segments.map(({ delivery, from, suppressedUnitsPerHour }) => [delivery, from - day, suppressedUnitsPerHour]),
    ).toEqual([
      ['scheduled', 0, undefined],
      ['suspended', 2 * 3_600_000, 1],
      ['scheduled', 3 * 3_600_000, undefined],
    ])
  })

  it.each([
    ['01', 'alarm'],
    ['02', 'manual'],
    ['04', 'low'],
    ['05', 'other'],
    ['0a', 'beforeLow'],
    ['63', 'other'],
  ])('stops for reason %s', (code, reason) => {
    const decoded = decodePages(historyPage([[event('1e', at(2), code)]]))
    expect(ofType(decoded, 'suspend')).toMatchObject([{ reason }])
  })

  it('goes on with a new temporary rate that begins in the second in which the old one ends', () => {
    const temp = (type: string, rtc: number, end = '') => event(type, rtc, `0001000000003c001e${end}`)
    const decoded = decodePages(
      historyPage([[temp('1b', at(2)), temp('22', at(2, 30), '00'), temp('1b', at(2, 30)), temp('22', at(3), '00')]]),
    )
    expect(ofType(decoded, 'tempBasal').map(({ durationMs }) => durationMs / 60_000)).toEqual([30, 30, 0])
  })

  it('is taken over by auto mode and given back', () => {
    const decoded = decodePages(historyPage([[event('df', at(2), '0100'), event('df', at(5), '0004')]]))
    expect(ofType(decoded, 'autoMode')).toMatchObject([
      { active: true, reason: 'after calibration' },
      { active: false, reason: 'glucose high for long' },
    ])
  })
})

describe('the clock', () => {
  it('set by the person is a change from the old wall clock to the new one', () => {
    const change = event('03', at(10), `${u32(at(10))}a11615ea`)
    expect(ofType(decodePages(historyPage([[change]])), 'timeChange')).toMatchObject([
      {
        deviceTime: Date.UTC(2017, 11, 20, 10),
        from: Date.UTC(2017, 11, 20, 10),
        to: Date.UTC(2017, 11, 20, 11),
      },
    ])
  })

  it('that was never set dates nothing', () => {
    const decoded = decodePages(historyPage([[event('1d', 0x80000010, '010100002710', '80000000')]]))
    expect(decoded.records).toEqual([])
    expect(decoded.skipped).toMatchObject([{ reason: 'logged before the clock was set' }])
  })

  it('reset keeps apart what the counter would mix', () => {
    // Before the reset the counter stands higher than after it; both boluses have number 9.
    const offset = 'a11607da'
    const after = 0x80000100
    // Under this OFFSET the counter's new value is 2017-12-21T08:00:00.
    const later = u32(MIDNIGHT + 32 * 3600 - after + (0xa11607da | 0))
    const reset = event('02', at(31), `${u32(after - 60)}${later}`, offset)
    const decoded = decodePages(
      historyPage([
        [programmed(at(7), 9, 30_000), delivered(at(7, 2), 9, 30_000), reset],
        [
          event('15', after, `01090000004e2000000000`, later),
          event('dc', after + 60, `01090000004e2000004e2000000000`, later),
        ],
      ]),
    )
    expect(
      ofType(decoded, 'bolus').map(({ startTime, normalUnits }) => [
        isoFromDeviceTime(startTime ?? (0 as DeviceTime)),
        normalUnits,
      ]),
    ).toEqual([
      ['2017-12-20T07:00:00', 3],
      ['2017-12-21T08:00:00', 2],
    ])
    expect(ofType(decoded, 'timeChange').length).toBe(1)
  })
})

describe('what is read twice', () => {
  const events = Array.from({ length: 40 }, (_, i) => fingerstick(at(1, 20 * i), 100 + i))

  it('is one record, however the reads overlap and in whichever order they come', () => {
    const whole = idsOf(decodePages(historyPage([events])))
    fc.assert(
      fc.property(fc.nat(39), fc.nat(39), fc.boolean(), (a, b, newestFirst) => {
        const [first, last] = [Math.min(a, b), Math.max(a, b)]
        const pages = [historyPage([events.slice(0, last + 1)]), historyPage([events.slice(first)])]
        const ids = idsOf(decodePages(...(newestFirst ? pages.toReversed() : pages)))
        expect(new Set(ids)).toEqual(new Set(whole))
        expect(ids.length).toBe(whole.length)
      }),
    )
  })

  it('stays two where the pump wrote the same thing twice', () => {
    const twice = [event('2a', at(7), '03070000'), event('2a', at(7), '03070000')]
    const once = decodePages(historyPage([twice]))
    const again = decodePages(historyPage([twice]), historyPage([twice]))
    expect(once.records.length).toBe(2)
    expect(idsOf(again)).toEqual(idsOf(once))
  })
})

describe('what is not understood', () => {
  it('stays whole under its name', () => {
    const decoded = decodePages(historyPage([[event('86', at(7), 'c0ffee'), event('91', at(7), '01')]]))
    expect(decoded.records).toMatchObject([
      { type: 'deviceEvent', name: 'CLOSED_LOOP_OPTION_CHANGE (0x86)', text: 'c0ffee' },
      { type: 'deviceEvent', name: 'event (0x91)', text: '01' },
    ])
  })

  it('is counted by its name where it would be there hundreds of times a day', () => {
    const decoded = decodePages(historyPage([[event('0d', at(7), '00'), event('0d', at(7, 5), '00')]]))
    expect(decoded.records).toEqual([])
    expect(decoded.skipped.map(({ reason }) => reason)).toEqual(
      Array(2).fill('an event whose layout is not known: CLOSED_LOOP_PERIODIC_DATA (0x0D)'),
    )
  })

  it('is said of an event that is shorter than its kind, and of the rest of a block that cannot be cut', () => {
    const short = decodePages(historyPage([[event('dc', at(7), '0109')]]))
    expect(short.records).toEqual([])
    expect(short.skipped).toMatchObject([{ reason: 'an event shorter than its kind: NORMAL_BOLUS_DELIVERED (0xDC)' }])
    const broken = decodePages(historyPage([[rate(at(7)), 'ffffff05']]))
    expect(ofType(broken, 'basalRate').length).toBe(1)
    expect(broken.skipped).toMatchObject([{ reason: 'a block of history with an event of an impossible length' }])
  })
})
