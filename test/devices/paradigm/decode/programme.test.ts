/**
 * The programme of small pumps, which log no rates: derived from the settings as they stand and the changes in the log
 * (paradigm sheet §8.3). And what else depends on where the log begins and ends: unfinished square boluses, pages read
 * twice.
 */
import { describe, expect, it } from 'vitest'
import { crc16ccitt } from '#bytes/checksum.ts'
import { bytesFromHex } from '#bytes/hex.ts'
import { decode } from '#devices/paradigm/decode/decode.ts'
import type { Download, Page } from '#devices/driver.ts'
import { isoFromDeviceTime } from '#records/time.ts'

function padded(hex: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  bytes.set(bytesFromHex(hex))
  return bytes
}

const reply = (index: number, hex: string, length = 64): Page => ({ kind: 'reply', index, bytes: padded(hex, length) })

function history(index: number, ...hex: readonly string[]): Page {
  const bytes = padded(hex.join(''), 1024)
  const crc = crc16ccitt(bytes.subarray(0, 1022))
  bytes.set([crc >> 8, crc & 0xff], 1022)
  return { kind: 'history', index, bytes }
}

/** The 522's own replies of the sheet: 0.8 from 0:00, 0.95 from 6:30, 1.1 from 9:30, 0.95 from 14:00; A and B empty. */
const small = [
  reply(0x8d, '03353232'),
  reply(0x9d, '00000064'),
  reply(0x92, '20000026000D2C001326001C', 192),
  reply(0x93, '00003F', 192),
  reply(0x94, '00003F', 192),
  reply(0xc0, '000100010164005000000100000000640104001400'),
]
/** 2013-05-07 at 18:00:00. */
const clock = reply(0x70, '12000007DD0507')

const downloadOf = (...pages: readonly Page[]): Download => ({
  driver: 'paradigm',
  modelId: 'paradigm',
  device: { kind: 'pump', manufacturer: 'Medtronic', model: 'MiniMed Paradigm', serial: '123456' },
  pages,
  complete: true,
})

/** "07 06:30 0.95" */
const ratesOf = (...pages: readonly Page[]): string[] =>
  decode(downloadOf(...pages)).records.flatMap(record =>
    record.type === 'basalRate'
      ? [`${isoFromDeviceTime(record.deviceTime).slice(8, 16).replace('T', ' ')} ${record.rateUnitsPerHour}`]
      : [],
  )

/** Records of 2013-05-07 at a time of day, month 5: seconds and minutes carry it. */
const at = (hour: number, minute: number, spare = 0): string =>
  bytesHex([0x40, 0x40 | minute, (spare << 5) | hour, 7, 13])
const bytesHex = (bytes: readonly number[]): string => bytes.map(byte => byte.toString(16).padStart(2, '0')).join('')
const bolus = (hour: number, minute: number) => `01323200${at(hour, minute, 1)}`

describe('the programme of a small pump', () => {
  it('asks for its rates at their boundaries, from the log’s first record to the pump’s clock', () => {
    expect(ratesOf(...small, clock, history(100, bolus(5, 0), bolus(12, 0)))).toEqual([
      '07 06:30 0.95',
      '07 09:30 1.1',
      '07 14:00 0.95',
    ])
  })

  it('is not known of pages in front of a gap', () => {
    const pages = [history(98, bolus(2, 0), bolus(7, 0)), history(100, bolus(9, 0), bolus(10, 0))]
    expect(ratesOf(...small, ...pages)).toEqual(['07 09:30 1.1'])
    // Nor when the newest page is missing.
    expect(ratesOf(...small, history(98, bolus(2, 0), bolus(7, 0)))).toEqual([])
  })

  it('follows a change of the profile back', () => {
    // At 8:00 from 0.5 all day to 0.8 and 1.1 from 9:30.
    const change = (opcode: string, body: string) => `${opcode}01${at(8, 0)}${body.padEnd(290, '0')}`
    const pages = [history(100, bolus(6, 0), change('08', '001400'), change('09', '002000132C00'), bolus(10, 0))]
    const before = history(99, bolus(5, 0), bolus(5, 30))
    expect(ratesOf(...small, before, ...pages)).toEqual(['07 08:00 0.8', '07 09:30 1.1'])
    expect(ratesOf(...small, history(99, `01323200${bytesHex([0x40, 0x40, 0x37, 6, 13])}`), ...pages)).toEqual([
      '07 00:00 0.5',
      '07 08:00 0.8',
      '07 09:30 1.1',
    ])
  })

  it('follows a switch of the pattern back, and knows nothing of a pattern that is empty', () => {
    // At 8:00 from A, which is empty, to standard.
    const rates = ratesOf(...small, history(100, bolus(6, 0), `1401${at(8, 0)}`, bolus(10, 0)))
    expect(rates).toEqual(['07 08:00 0.95', '07 09:30 1.1'])
  })

  it('is told anew when the clock is set', () => {
    const set = `1700${at(9, 0)}1800${at(12, 0)}`
    expect(ratesOf(...small, history(100, bolus(8, 0), set, bolus(13, 0)))).toEqual(['07 12:00 1.1'])
  })

  it('gives nothing while the reservoir is out, and goes on when the cannula is filled', () => {
    const fill = `2100${at(9, 0)}0300000015${at(9, 40, 1)}0300050005${at(9, 41)}`
    expect(ratesOf(...small, history(100, bolus(8, 0), fill, bolus(10, 0)))).toEqual(['07 09:41 1.1'])
  })

  it('is not claimed where a silence of more than a day begins', () => {
    const dayBefore = `01323200${bytesHex([0x40, 0x40, 0x28, 5, 13])}`
    expect(ratesOf(...small, history(100, dayBefore, bolus(9, 0), bolus(10, 0)))).toEqual(['07 09:30 1.1'])
  })
})

describe('what the end of the log leaves open', () => {
  const large = [reply(0x8d, '03373233'), reply(0x9d, '00000064')]
  /** 4.7 U over half an hour from 17:45:00, as the pump writes it at the beginning. */
  const square = `0100BC00BC000001${at(17, 45, 3)}`

  it('a square bolus that is still being given is no record yet', () => {
    const { records, skipped } = decode(downloadOf(...large, clock, history(100, square)))
    expect(records.filter(({ type }) => type === 'bolus')).toEqual([])
    expect(skipped.some(({ reason }) => reason.includes('still being given'))).toBe(true)
  })

  it('and is one when its time is over, or when the page is not the newest', () => {
    const later = reply(0x70, '12100007DD0507')
    for (const pages of [
      [later, history(100, square)],
      [clock, history(99, square)],
    ]) {
      const { records } = decode(downloadOf(...large, ...pages))
      expect(records.filter(({ type }) => type === 'bolus')).toMatchObject([{ extendedUnits: 4.7 }])
    }
  })

  it('a clock that was set meanwhile is taken into account', () => {
    // Begun at 17:45 by the old clock, set to 19:45 at once: by the new one it ends at 20:15.
    const set = `1700${at(17, 45)}1800${at(19, 45)}`
    const clockAt = (hour: string) => reply(0x70, `${hour}000007DD0507`)
    const bolusesAt = (hour: string) =>
      decode(downloadOf(...large, clockAt(hour), history(100, square, set))).records.filter(
        ({ type }) => type === 'bolus',
      ).length
    expect(bolusesAt('14')).toBe(0)
    expect(bolusesAt('15')).toBe(1)
  })
})

describe('pages', () => {
  const bolusesOf = (...pages: readonly Page[]) =>
    decode(downloadOf(...small, ...pages)).records.filter(({ type }) => type === 'bolus').length

  it('read twice count once, also under another number or in an earlier state', () => {
    const page = history(100, bolus(6, 0), bolus(7, 0))
    const earlier = history(100, bolus(6, 0))
    expect(bolusesOf(page, page)).toBe(2)
    expect(bolusesOf(earlier, page)).toBe(2)
    expect(bolusesOf(page, { ...page, index: 99 })).toBe(2)
    expect(bolusesOf({ ...earlier, index: 99 }, page)).toBe(2)
  })

  it('with different contents and one number are not both believed', () => {
    const { skipped } = decode(downloadOf(...small, history(100, bolus(6, 0), bolus(7, 0)), history(100, bolus(8, 0))))
    expect(skipped.some(({ reason }) => reason === 'another history page with the same number')).toBe(true)
  })
})
