/** Sensor pages: events of the sheet, times that are counted from timestamps, values with their ISIG words. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesFromHex, hexFromBytes } from '#bytes/hex.ts'
import { readCgm } from '#devices/paradigm/decode/cgmPages.ts'
import type { Page } from '#devices/driver.ts'
import type { TherapyRecord } from '#records/records.ts'
import { isoFromDeviceTime } from '#records/time.ts'
import { family, isigPageOf, pageOf, randomFrom } from './builtPages.ts'

/** Events as the sheet writes them, opcode first, oldest event first: the page holds each one backwards. */
const forward = (...events: readonly string[]): string =>
  events.map(event => hexFromBytes(bytesFromHex(event).toReversed())).join('')

const glucose = (index: number, ...events: readonly string[]): Page => ({
  kind: 'glucose',
  index,
  bytes: pageOf(forward(...events)),
})

/** "20:54 cbg 106". */
const short = (record: TherapyRecord): string => {
  const what = 'value' in record ? record.value : 'state' in record ? record.state : ''
  return `${isoFromDeviceTime(record.deviceTime).slice(11, 16)} ${record.type} ${what}`.trim()
}
const read = (...pages: readonly Page[]) => {
  const { records, skipped } = readCgm(pages, family('722'))
  return { records: records.map(short), reasons: skipped.filter(part => !part.holdsNothing).map(part => part.reason) }
}

/** 2016-02-08 20:54. */
const PAGE_END = '0814B62810'
const LAST_RF = '0814B60810'
const GAP = '0814B64810'
/** 110, 112, 114 mg/dL. */
const [V110, V112, V114] = ['37', '38', '39']

describe('the sensor events of the sheet', () => {
  const only = (event: string, model = '722'): TherapyRecord | undefined =>
    readCgm([glucose(1, event)], family(model)).records[0]

  it('calibrations have 9 bits and tell who sent the value', () => {
    expect(only('0E4F5B138FA0')).toMatchObject({ type: 'calibration', value: 160, units: 'mg/dL', actor: 'meter' })
    expect(only('0E4908390E2A')).toMatchObject({ type: 'calibration', value: 298, units: 'mg/dL', actor: 'pump' })
    expect(
      [only('0E4F5B138FA0'), only('0E4908390E2A')].map(found => found && isoFromDeviceTime(found.deviceTime)),
    ).toEqual(['2015-05-19T15:27:00', '2014-04-25T09:08:00'])
  })

  it('states have the words of CareLink', () => {
    expect(only('0F4F67130F128C')).toMatchObject({ type: 'sensorState', state: 'SensorCalFactor 4.748' })
    expect(only('0D4D44330F')).toMatchObject({ type: 'sensorState', state: 'SensorSync new' })
    expect(only('0B0BAF4A0E')).toMatchObject({ type: 'sensorState', state: 'SensorStatus lost' })
  })

  it('timestamps, other marks and fillers give no record and are accounted for', () => {
    const { records, skipped } = readCgm([glucose(1, PAGE_END, '1014B60810010000', '13', '01')], family('722'))
    expect(records).toEqual([])
    expect(skipped.every(({ holdsNothing }) => holdsNothing)).toBe(true)
  })

  it('a value below 40 or above 400 has the limit', () => {
    const { records } = readCgm([glucose(1, '06', '07FF', PAGE_END)], family('722'))
    expect(records).toMatchObject([
      { type: 'cbg', value: 40, units: 'mg/dL', outOfRange: 'low' },
      { type: 'cbg', value: 400, units: 'mg/dL', outOfRange: 'high' },
    ])
  })

  it('a byte that would be more than 400 mg/dL is no value', () => {
    expect(read(glucose(1, 'C9', PAGE_END))).toEqual({
      records: [],
      reasons: ['a sensor value beyond its range: 402 mg/dL'],
    })
  })
})

describe('times of sensor values', () => {
  it('go back in steps of five minutes from a timestamp; absolute events and fillers do not step', () => {
    expect(read(glucose(1, V110, V112, '13', '0E4F5B138FA0', V114, PAGE_END)).records).toEqual([
      '20:44 cbg 110',
      '20:49 cbg 112',
      '15:27 calibration 160',
      '20:54 cbg 114',
    ])
  })

  for (const [name, timestamp] of [
    ['page end', PAGE_END],
    ['last contact', LAST_RF],
  ] as const) {
    it(`go forward from a ${name} behind which there is none yet`, () => {
      expect(read(glucose(1, V110, timestamp, V112, V114)).records).toEqual([
        '20:54 cbg 110',
        '20:59 cbg 112',
        '21:04 cbg 114',
      ])
    })
  }

  it('are not known behind a gap', () => {
    const { records, reasons } = read(glucose(1, V110, GAP, V112, V114))
    expect(records).toEqual(['20:54 cbg 110'])
    expect(reasons).toEqual(['a sensor reading after a gap that no timestamp follows yet'])
  })

  it('jump at a gap, however long it was', () => {
    // Gap at 20:54, then two values up to 22:10.
    expect(read(glucose(1, V110, GAP, V112, V114, '08168A2810')).records).toEqual([
      '20:54 cbg 110',
      '22:05 cbg 112',
      '22:10 cbg 114',
    ])
  })

  it('run on from a newer page to an older one that does not end with a timestamp', () => {
    expect(read(glucose(8, V114, LAST_RF), glucose(7, V110, V112)).records).toEqual([
      '20:44 cbg 110',
      '20:49 cbg 112',
      '20:54 cbg 114',
    ])
  })

  it('run on from the end of an older page to a newer one without a timestamp', () => {
    expect(read(glucose(7, V110, PAGE_END), glucose(8, V112, V114)).records).toEqual([
      '20:54 cbg 110',
      '20:59 cbg 112',
      '21:04 cbg 114',
    ])
  })

  it('do not run over a page that is missing', () => {
    const { records, reasons } = read(glucose(9, V114, LAST_RF), glucose(7, V110, V112))
    expect(records).toEqual(['20:54 cbg 114'])
    expect(reasons).toEqual(['a sensor reading without any timestamp near it'])
  })

  it('do not run over a page with a wrong checksum', () => {
    const broken = glucose(8, V112)
    broken.bytes[500] = 1
    const { records, reasons } = read(glucose(9, V114, LAST_RF), broken, glucose(7, V110))
    expect(records).toEqual(['20:54 cbg 114'])
    expect(reasons.toSorted()).toEqual([
      'a page of the sensor with a wrong checksum',
      'a sensor reading without any timestamp near it',
    ])
  })

  it('do not run over a change of the clock', () => {
    // Clock set from 19:27 to 19:32 on 2014-04-25.
    const set = ['0C531B390E', '0C5320190E']
    const { records, reasons } = read(glucose(1, V110, ...set, V112, '085325190E'))
    expect(records.filter(text => text.includes('cbg'))).toEqual(['19:37 cbg 112'])
    expect(records.filter(text => text.includes('timeChange'))).toHaveLength(1)
    expect(reasons).toEqual(['a sensor reading between a change of the clock and the next timestamp'])
  })

  it('are not certain beside bytes that are not understood', () => {
    const { records, reasons } = read(glucose(1, V110, '11', V112, PAGE_END))
    expect(records).toEqual(['20:54 cbg 112'])
    expect(reasons).toEqual([
      'a sensor reading beside bytes that are not understood: its time is not certain',
      'an event of the sensor of an unknown kind (11)',
    ])
  })
})

describe('clock changes of the sensor', () => {
  it('are one record of the old and the new time', () => {
    const [change] = readCgm([glucose(1, '0C531B390E', '0C5320190E')], family('722')).records
    if (change?.type !== 'timeChange' || change.from === undefined) throw new Error('no clock change')
    expect([change.deviceTime, change.from, change.to].map(isoFromDeviceTime)).toEqual([
      '2014-04-25T19:27:00',
      '2014-04-25T19:27:00',
      '2014-04-25T19:32:00',
    ])
  })

  it('without their other half give no record', () => {
    expect(read(glucose(1, '0C531B390E', V110, PAGE_END)).reasons).toContain(
      'the old time of a clock change without its new time',
    )
    expect(read(glucose(1, '0C5320190E')).reasons).toEqual(['the new time of a clock change without its old time'])
  })
})

describe('ISIG pages', () => {
  /** Two values, then a page end: 7 bytes. */
  const page = glucose(3, V110, V112, PAGE_END)
  const isig = (...words: readonly number[]): Page => ({ kind: 'isig', index: 3, bytes: isigPageOf(words) })
  const rest = [0x22, 0x22, 0x22, 0x22, 0x08]

  it('give the current in hundredths of nA', () => {
    const { records } = readCgm([page, isig(4554, 4451, ...rest)], family('722'))
    expect(records).toMatchObject([
      { value: 110, isigNa: 45.54, supporting: [{ page: 1, offset: 0, length: 2 }] },
      { value: 112, isigNa: 44.51, supporting: [{ page: 1, offset: 2, length: 2 }] },
    ])
  })

  it('of large pumps hold the lowest bit of the value, too', () => {
    const { records } = readCgm([isig(4554, 4451, ...rest), page], family('523'))
    expect(records).toMatchObject([
      { value: 110, isigNa: 45.54 },
      { value: 113, isigNa: 44.5 },
    ])
  })

  it('show that a byte belongs to an event that is not understood and is no value', () => {
    const { records, skipped } = readCgm([page, isig(0x22, 4451, ...rest)], family('722'))
    expect(records).toMatchObject([{ value: 112 }])
    expect(skipped).toContainEqual({
      page: 0,
      offset: 0,
      length: 1,
      reason: 'not a sensor value: its ISIG word says that it belongs to another event',
    })
  })

  it('with a wrong checksum are left aside: value without ISIG', () => {
    const broken = isig(4554, 4451, ...rest)
    broken.bytes[0] = 1
    const { records } = readCgm([page, broken], family('722'))
    expect(records.map(record => record.type === 'cbg' && [record.value, record.isigNa])).toEqual([
      [110, undefined],
      [112, undefined],
    ])
  })
})

describe('a page that was read twice', () => {
  it('counts once, in its fuller state', () => {
    const earlier = glucose(5, V110, LAST_RF, '01')
    const later = glucose(5, V110, LAST_RF, V112)
    for (const pages of [
      [earlier, later],
      [later, earlier],
    ]) {
      const { records, reasons } = read(...pages)
      expect(records).toEqual(['20:54 cbg 110', '20:59 cbg 112'])
      expect(reasons).toEqual([])
    }
  })

  it('is told of when it held something else', () => {
    expect(read(glucose(5, V114, LAST_RF), glucose(5, V110, LAST_RF, V112)).reasons).toEqual([
      'another page of the sensor has the same number and holds more',
    ])
  })
})

describe('any sensor pages', () => {
  it('are accounted for to the last byte, and never throw', () => {
    const page = fc.record({
      kind: fc.constantFrom('glucose', 'isig'),
      index: fc.integer({ min: 0, max: 4 }),
      seed: fc.nat(),
      isRight: fc.boolean(),
      opcodesOnly: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(page, { maxLength: 6 }), fc.constantFrom('722', '523'), (parts, model) => {
        const pages = parts.map(({ kind, index, seed, isRight, opcodesOnly }): Page => {
          const random = randomFrom(seed + 1)
          const words = Array.from({ length: 1022 }, () => random(opcodesOnly ? 0x18 : 0x100))
          if (kind === 'isig') return { kind, index, bytes: isRight ? isigPageOf(words) : new Uint8Array(seed % 2100) }
          const bytes = isRight ? pageOf(hexFromBytes(Uint8Array.from(words))) : Uint8Array.from(words)
          return { kind, index, bytes }
        })
        const { records, skipped } = readCgm(pages, family(model))
        const named = pages.map(({ bytes }) => new Uint8Array(bytes.length))
        for (const ref of [...records.flatMap(({ raw, supporting = [] }) => [raw, ...supporting]), ...skipped]) {
          expect(ref.offset + ref.length).toBeLessThanOrEqual(named[ref.page]?.length ?? 0)
          named[ref.page]?.fill(1, ref.offset, ref.offset + ref.length)
        }
        for (const marks of named) expect(marks.includes(0)).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  it('give nothing when a byte was changed on the way', () => {
    const whole = glucose(1, V110, V112, V114, PAGE_END).bytes
    for (let at = 0; at < 1024; at++) {
      const bytes = whole.slice()
      bytes[at] = (bytes[at] ?? 0) ^ ((at % 255) + 1)
      expect(readCgm([{ kind: 'glucose', index: 1, bytes }], family('722')).records).toEqual([])
    }
  })
})
