import { describe, expect, it } from 'vitest'
import {
  dateReadings,
  decideOrder,
  deviceTimeUnder,
  orderOf,
  splitDateAndTime,
  timeOfDayMsFrom,
} from '#files/carelink-csv/dates.ts'
import { canonicalText, durationMsFrom, numberFrom } from '#files/carelink-csv/numbers.ts'
import { rawValuesFrom } from '#files/carelink-csv/rawValues.ts'
import { isoFromDeviceTime } from '#records/time.ts'

describe('numbers', () => {
  it('reads decimal commas, decimal points, and of both the last one as the mark', () => {
    const cases: readonly (readonly [string, number])[] = [
      ['0,65', 0.65],
      ['16.8', 16.8],
      ['-0.425', -0.425],
      // A typographic minus, as the 780G export writes it.
      ['−0,4', -0.4],
      ['1.234,5', 1234.5],
      ['1,234.5', 1234.5],
      ['100', 100],
      ['.5', 0.5],
    ]
    for (const [text, value] of cases) expect([text, numberFrom(text)]).toEqual([text, value])
  })
  it('takes anything else for no number', () => {
    for (const text of ['', '-------', '1,2,3', '1.2.3', '12 U', 'e5', '1e5', '--1', 'NaN', '1.1.2024']) {
      expect([text, numberFrom(text)]).toEqual([text, undefined])
    }
  })
  it('names a number alike in every account', () => {
    expect(canonicalText('0,65')).toBe('0.65')
    expect(canonicalText('−0,4')).toBe('-0.4')
    expect(canonicalText('ALERT BEFORE HIGH, QUIET')).toBe('ALERT BEFORE HIGH, QUIET')
  })
  it('reads lengths of time', () => {
    expect(durationMsFrom('01:30:00')).toBe(5_400_000)
    expect(durationMsFrom('0:30')).toBe(1_800_000)
    expect(durationMsFrom('1:75:00')).toBeUndefined()
    expect(durationMsFrom('')).toBeUndefined()
  })
  it('splits raw values before capital keys only', () => {
    expect(rawValuesFrom('AMOUNT=16,8, CONCENTRATION=null, ACTION_REQUESTOR=paradigm link or b key')).toEqual({
      AMOUNT: '16,8',
      ACTION_REQUESTOR: 'paradigm link or b key',
    })
    expect(rawValuesFrom('')).toEqual({})
  })
})

const readings = (text: string) => {
  const found = dateReadings(text)
  if (!found) throw new Error(`a date: ${text}`)
  return found
}
const iso = (text: string, order: 'monthFirst' | 'dayFirst') => {
  const time = dateReadings(text)?.[order]
  return time === undefined ? undefined : isoFromDeviceTime(time).slice(0, 10)
}

describe('dates', () => {
  it('has one reading of a date with the year in front, with a day above 12, and of a spreadsheet number', () => {
    expect([iso('2025/10/31', 'monthFirst'), iso('2025/10/31', 'dayFirst')]).toEqual(['2025-10-31', '2025-10-31'])
    expect(orderOf(readings('31.10.25'))).toBe('dayFirst')
    expect(orderOf(readings('10/31/25'))).toBe('monthFirst')
    // 41122 days after 1899-12-30.
    expect(iso('41122', 'dayFirst')).toBe('2012-08-01')
    expect(orderOf(readings('41122'))).toBe('either')
    expect(orderOf(readings('8/8/2012'))).toBe('either')
  })
  it('has two readings of 4/5/12, and none of what is no date', () => {
    expect([iso('4/5/12', 'monthFirst'), iso('4/5/12', 'dayFirst')]).toEqual(['2012-04-05', '2012-05-04'])
    for (const text of ['', '13/13/12', '2025/13/01', '29.02.23', 'yesterday', '1/2', '412', '0,5']) {
      expect([text, dateReadings(text)]).toEqual([text, undefined])
    }
  })
  it('takes two-digit years up to 69 for 2000', () => {
    expect(iso('1/1/69', 'monthFirst')).toBe('2069-01-01')
    expect(iso('1/1/70', 'monthFirst')).toBe('1970-01-01')
  })
  it('reads times of day with and without seconds, on a 12-hour clock, and as a fraction of a day', () => {
    expect(timeOfDayMsFrom('14:09:01')).toBe(50_941_000)
    expect(timeOfDayMsFrom('0:00')).toBe(0)
    expect(timeOfDayMsFrom('12:05:00 AM')).toBe(300_000)
    expect(timeOfDayMsFrom('1:00 PM')).toBe(46_800_000)
    expect(timeOfDayMsFrom('0.5')).toBe(43_200_000)
    for (const text of ['', '24:00', '12:60', '13:00 PM', '1.5', 'noon']) expect(timeOfDayMsFrom(text)).toBeUndefined()
  })
  it('takes a date and a time apart', () => {
    expect(splitDateAndTime('2022/04/21 00:14:56')).toEqual({ date: '2022/04/21', time: '00:14:56' })
    expect(splitDateAndTime('7/9/13 1:54 PM')).toEqual({ date: '7/9/13', time: '1:54 PM' })
    expect(splitDateAndTime('10 31 2025')).toEqual({ date: '10 31 2025', time: undefined })
    expect(deviceTimeUnder('dayFirst', '9.7.13', '01:54:00')).toBe(Date.UTC(2013, 6, 9, 1, 54))
  })
})

describe('dates with two readings', () => {
  const dates = ['4/5/12', '5/5/12', '6/5/12'].map(readings)
  it('follow the period that the file names', () => {
    // Month first these are 5 April to 5 June, day first 4 to 6 May.
    expect(decideOrder(dates, [[readings('4/1/12'), readings('7/1/12')]], true)).toBe('monthFirst')
    expect(decideOrder(dates, [[readings('2/5/12'), readings('1/6/12')]], true)).toBe('dayFirst')
    expect(decideOrder(dates, [[readings('28/4/12'), readings('7/5/12')]], true)).toBe('dayFirst')
  })
  it('follow the way the period is written when they lie in it either way', () => {
    expect(decideOrder(dates, [[readings('3/28/12'), readings('7/1/12')]], true)).toBe('monthFirst')
    expect(decideOrder(dates, [[readings('28/3/12'), readings('1/7/12')]], true)).toBe('dayFirst')
  })
  it('follow the order of the rows when there is no period', () => {
    const days = ['1/2/12', '2/2/12', '1/3/12'].map(readings)
    // Day first: 1 Feb, 2 Feb, 1 March. Month first: 2 Jan, 2 Feb, 3 Jan.
    expect(decideOrder(days, [], true)).toBe('dayFirst')
    expect(decideOrder([...days].reverse(), [], false)).toBe('dayFirst')
  })
  it('follow custom when nothing else tells: slashes month first, points day first', () => {
    expect(decideOrder([readings('4/5/12')], [], true)).toBe('monthFirst')
    expect(decideOrder([readings('4.5.12')], [], true)).toBe('dayFirst')
  })
})
