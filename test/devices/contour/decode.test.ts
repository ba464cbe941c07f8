import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode } from '#devices/contour/decode.ts'
import { readHeader } from '#devices/contour/header.ts'
import type { Download } from '#devices/driver.ts'
import { buildFrame } from '#devices/shared/astm.ts'
import type { Smbg } from '#records/records.ts'
import { deviceTimeFromIso, isoFromDeviceTime } from '#records/time.ts'
import { faultsOfAccount, idsOf } from '../reading.ts'

/** A header as the Contour USB sends it: 20 to 600 mg/dL, 3 results. */
const headerOf = ({ product = 'Bayer7390', info = 'A=1^U=0^V=20600', count = '3', time = '202603142130' } = {}) =>
  `H|\\^&||uvmjq4|${product}^01.20\\01.04\\04.02.19^7390-1163170^7396-|${info}|${count}|||||P|1|${time}`

function downloadOf(...texts: readonly string[]): Download {
  return {
    driver: 'contour',
    modelId: 'contour-usb',
    device: { kind: 'meter', manufacturer: 'Ascensia', model: 'Contour USB', serial: 'from the download' },
    pages: texts.map((text, index) => ({ kind: 'record', index, bytes: buildFrame((index + 1) % 8, text) })),
    complete: true,
  }
}

interface Fields {
  readonly number?: string
  readonly test?: string
  readonly value?: string
  readonly unit?: string
  readonly flags?: string
  readonly time?: string
}
const resultText = ({
  number = '1',
  test = '^^^Glucose',
  value = '104',
  unit = 'mg/dL^P',
  flags = '',
  time = '202603140705',
}: Fields) => `R|${number}|${test}|${value}|${unit}||${flags}||${time}`

/** The one record of a result behind a header, or the reason why there is none. */
function readOne(fields: Fields, header = headerOf()): Smbg | string {
  const { records, skipped } = decode(downloadOf(header, resultText(fields)))
  const [record] = records
  if (record?.type === 'smbg') return record
  return skipped.find(({ page }) => page === 1)?.reason ?? 'nothing at all'
}

describe('a result', () => {
  it('keeps the meter’s own value, unit and time', () => {
    expect(readOne({})).toEqual({
      type: 'smbg',
      subType: 'meter',
      deviceTime: deviceTimeFromIso('2026-03-14T07:05'),
      identity: '^^^Glucose|104|mg/dL^P||202603140705',
      value: 104,
      units: 'mg/dL',
      raw: { page: 1, offset: 0, length: expect.any(Number) },
      supporting: [{ page: 0, offset: 0, length: expect.any(Number) }],
    })
    expect(readOne({ value: '5.8', unit: 'mmol/L^P' })).toMatchObject({ value: 5.8, units: 'mmol/L' })
  })

  it('has seconds where the meter gives them', () => {
    expect(readOne({ time: '20260314070559' })).toMatchObject({ deviceTime: deviceTimeFromIso('2026-03-14T07:05:59') })
  })

  it('keeps the time of a clock that was never set, or is far ahead', () => {
    for (const [time, iso] of [
      ['200001010003', '2000-01-01T00:03:00'],
      ['209912312359', '2099-12-31T23:59:00'],
    ] as const) {
      const record = readOne({ time })
      expect(typeof record === 'string' ? record : isoFromDeviceTime(record.deviceTime)).toBe(iso)
    }
  })

  const flags: readonly (readonly [string, Partial<Smbg>])[] = [
    ['B', { meal: 'before' }],
    ['A', { meal: 'after' }],
    ['A/Z1', { meal: 'after', minutesAfterMeal: 15 }],
    ['A/Z9', { meal: 'after', minutesAfterMeal: 135 }],
    ['A/ZA', { meal: 'after', minutesAfterMeal: 150 }],
    ['A/ZB', { meal: 'after', minutesAfterMeal: 165 }],
    ['A/ZC', { meal: 'after', minutesAfterMeal: 180 }],
    ['A/M0/T1', { meal: 'after' }],
    ['M0/T1', {}],
    ['I', { marks: ['sick'] }],
    ['S', { marks: ['stress'] }],
    ['X', { marks: ['activity'] }],
    ['B/I/S/X', { meal: 'before', marks: ['sick', 'stress', 'activity'] }],
    ['C', { controlSolution: true }],
    ['C/B', { controlSolution: true, meal: 'before' }],
    ['A/B', {}],
    ['Q', { annotations: ['app/unknown-flag'] }],
    ['constructor/__proto__', { annotations: ['app/unknown-flag'] }],
  ]
  it.each(flags)('with the flags %s says so and no more', (said, expected) => {
    const plain = readOne({})
    const record = readOne({ flags: said })
    if (typeof plain === 'string' || typeof record === 'string') throw new Error('no record')
    const { identity, raw, ...rest } = record
    const { identity: plainIdentity, raw: plainRaw, ...plainRest } = plain
    expect(rest).toEqual({ ...plainRest, ...expected })
    // A result marked later by the person is still the same result; what the meter itself says is part of it.
    expect(identity).toBe(said.startsWith('C') ? plainIdentity.replace('P||', 'P|C|') : plainIdentity)
    expect(raw.length).toBe(plainRaw.length + said.length)
  })

  it('is not taken for control solution because ZC holds a C', () => {
    expect(readOne({ flags: 'A/ZC' })).not.toHaveProperty('controlSolution')
  })

  it('reads the mark D as the meter means it', () => {
    expect(readOne({ flags: 'D' })).not.toHaveProperty('marks')
    expect(readOne({ flags: 'D' }, headerOf({ product: 'Contour7350' }))).toMatchObject({ marks: ['logbook'] })
  })

  it('below or above the measuring range is LO or HI with its limit', () => {
    expect(readOne({ flags: '<', value: '20' })).toMatchObject({
      value: 20,
      units: 'mg/dL',
      outOfRange: 'low',
      annotations: ['bg/out-of-range'],
    })
    expect(readOne({ flags: '>/A', value: '33.3', unit: 'mmol/L^P' })).toMatchObject({
      value: 33.3,
      units: 'mmol/L',
      outOfRange: 'high',
      meal: 'after',
    })
  })

  it('without a number takes the limit from the header, which is in mg/dL also on meters that show mmol/L', () => {
    const mmolMeter = headerOf({ info: 'U=1^V=10600' })
    expect(readOne({ flags: '<', value: '' }, mmolMeter)).toMatchObject({ value: 10 })
    // 10 and 600 mg/dL are 0.555 and 33.304 mmol/L.
    expect(readOne({ flags: '<', value: '', unit: 'mmol/L^P' }, mmolMeter)).toMatchObject({ value: 0.6 })
    expect(readOne({ flags: '>', value: '', unit: 'mmol/L^P' }, mmolMeter)).toMatchObject({ value: 33.3 })
    // Without V: 20 to 600.
    expect(readOne({ flags: '<', value: '' }, headerOf({ info: 'U=0' }))).toMatchObject({ value: 20 })
  })

  const refused: readonly (readonly [Fields, string])[] = [
    [{ test: '^^^Average' }, 'not a glucose result: "^^^Average"'],
    [{ test: '^^^Carb' }, 'not a glucose result: "^^^Carb"'],
    [{ unit: 'mol/L^P' }, 'a glucose result in an unknown unit: "mol/L^P"'],
    [{ unit: '' }, 'a glucose result in an unknown unit: ""'],
    [{ time: '202613140705' }, 'a glucose result with an impossible time: "202613140705"'],
    [{ time: '202602300705' }, 'a glucose result with an impossible time: "202602300705"'],
    [{ time: '202603142405' }, 'a glucose result with an impossible time: "202603142405"'],
    [{ time: '' }, 'a glucose result with an impossible time: ""'],
    [{ value: '' }, 'a glucose result with an impossible value: ""'],
    [{ value: '0' }, 'a glucose result with an impossible value: "0"'],
    [{ value: '-5' }, 'a glucose result with an impossible value: "-5"'],
    [{ value: '5.8' }, 'a glucose result with an impossible value: "5.8"'],
    [{ value: '1040' }, 'a glucose result with an impossible value: "1040"'],
    [{ value: '104', unit: 'mmol/L^P' }, 'a glucose result with an impossible value: "104"'],
    [{ value: '1e2' }, 'a glucose result with an impossible value: "1e2"'],
    [{ flags: '</>' }, 'a glucose result both below and above the measuring range'],
  ]
  it.each(refused)('that is %o is skipped with its reason', (fields, reason) => {
    expect(readOne(fields)).toBe(reason)
  })

  it('is the same result whatever its number is in this read', () => {
    const [first, second] = ['1', '209'].map(number => decode(downloadOf(headerOf(), resultText({ number }))))
    expect(first && idsOf(first)).toEqual(second && idsOf(second))
  })

  it('measured twice in one minute is two results', () => {
    const decoded = decode(downloadOf(headerOf(), resultText({ number: '1' }), resultText({ number: '2' })))
    expect(new Set(idsOf(decoded)).size).toBe(2)
  })
})

describe('a header', () => {
  it('says what the meter shows, measures and holds', () => {
    expect(readHeader(headerOf({ info: 'A=1^U=1^V=10600', count: '209', time: '201102142249' }))).toMatchObject({
      displayUnits: 'mmol/L',
      lowMgdl: 10,
      highMgdl: 600,
      resultCount: 209,
      time: deviceTimeFromIso('2011-02-14T22:49'),
    })
    expect(readHeader(headerOf({ info: 'U=0' }))).toMatchObject({ displayUnits: 'mg/dL', lowMgdl: 20, highMgdl: 600 })
  })

  it('without the unit, the count or a possible time does without them', () => {
    const header = readHeader(headerOf({ info: 'U=7', count: 'many', time: '209913010000' }))
    expect(Object.keys(header ?? {})).not.toEqual(expect.arrayContaining(['displayUnits']))
    expect(header).not.toHaveProperty('resultCount')
    expect(header).not.toHaveProperty('time')
  })
})

describe('a whole read', () => {
  it('hangs what frames the results on them, so that nothing is reported as not understood', () => {
    const texts = [headerOf(), 'P|1', 'O|1', resultText({}), 'O|2||||||||||Q', resultText({ number: '2' }), 'L|1||N']
    const download = downloadOf(...texts)
    const decoded = decode(download)
    expect(decoded.skipped).toEqual([])
    expect(decoded.records.map(({ raw, supporting }) => [raw.page, supporting?.map(({ page }) => page)])).toEqual([
      [3, [0, 1, 2]],
      [5, [4, 6]],
    ])
    expect(faultsOfAccount(download, decoded)).toEqual([])
  })

  it('of a new meter names its bytes as skipped', () => {
    const download = downloadOf(headerOf({ count: '0' }), 'P|1', 'L|1||N')
    const decoded = decode(download)
    expect(decoded.records).toEqual([])
    expect(decoded.skipped.map(({ reason }) => reason)).toEqual(
      Array.from({ length: 3 }, () => 'describes the meter and the read, holds no result'),
    )
    expect(faultsOfAccount(download, decoded)).toEqual([])
  })

  it('tells who the meter is from its own header', () => {
    expect(decode(downloadOf(headerOf())).device).toEqual({
      kind: 'meter',
      manufacturer: 'Ascensia',
      model: 'Contour USB',
      serial: '7390-1163170',
      firmware: '01.20 / 01.04 / 04.02.19',
    })
    expect(decode(downloadOf(headerOf({ product: 'Contour9999' }))).device.model).toBe('Contour (Contour9999)')
    expect(decode(downloadOf('P|1')).device.serial).toBe('from the download')
  })

  it('uses the separators that the header names', () => {
    const header = 'H#\\!&##pw#Bayer7390!01.20!7390-1#U=0!V=20600#1#####P#1#202603142130'
    expect(decode(downloadOf(header, 'R#1#!!!Glucose#104#mg/dL!P##B##202603140705')).records).toMatchObject([
      { value: 104, meal: 'before' },
    ])
  })

  it('reads several records out of one frame, each with bytes of its own', () => {
    const download = downloadOf(headerOf(), `${resultText({})}\r${resultText({ value: '99' })}\rC|1|a comment`)
    const decoded = decode(download)
    expect(decoded.records).toHaveLength(2)
    expect(decoded.skipped).toMatchObject([{ page: 1, reason: 'a record of an unknown kind: "C|1|a comment"' }])
    expect(faultsOfAccount(download, decoded)).toEqual([])
  })

  it('skips a page whose checksum is wrong and reads the others', () => {
    const download = downloadOf(headerOf(), resultText({}), resultText({ value: '99' }))
    const damaged = download.pages.map((page, i) =>
      i === 1 ? { ...page, bytes: page.bytes.map((byte, at) => (at === 15 ? byte ^ 1 : byte)) } : page,
    )
    const decoded = decode({ ...download, pages: damaged })
    expect(decoded.records).toMatchObject([{ value: 99 }])
    expect(decoded.skipped).toMatchObject([{ page: 1, offset: 0, reason: 'no whole frame: wrong checksum' }])
  })

  it('accounts for frames with any text in them', () => {
    const field = fc.oneof(
      fc.constantFrom('R', 'H', 'O', 'P', 'L', '^^^Glucose', 'mg/dL^P', '104', '202603140705', '<', ''),
      fc.string(),
    )
    const text = fc.array(field, { maxLength: 16 }).map(fields => fields.join('|').replace(/[^\x20-\xff\r]/g, '?'))
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), texts => {
        const download = downloadOf(...texts)
        const decoded = decode(download)
        expect(faultsOfAccount(download, decoded)).toEqual([])
        for (const { reason } of decoded.skipped) expect(reason).toMatch(/^[\x20-\x7e]{1,140}$/)
      }),
      { numRuns: 500 },
    )
  })
})
