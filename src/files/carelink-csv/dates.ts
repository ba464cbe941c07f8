/**
 * Dates and times of CareLink's exports. Rows of the current exports say 2025/10/31; the older ones and everything a
 * spreadsheet has saved again follow the account's or the computer's language, so that 4/5/12 has two readings: which
 * one a file means is decided once for the whole file. Source: CareLink export sheet §2 "Dates" and point 9.
 */
import { DAY_MS, type DeviceTime, deviceTimeOf } from '#records/time.ts'
import { numberFrom } from './numbers.ts'

export type DateOrder = 'monthFirst' | 'dayFirst'

/** The readings of one date; the time of day is not part of them. Both are equal when there is nothing to decide. */
export interface DateReadings {
  readonly monthFirst: DeviceTime | undefined
  readonly dayFirst: DeviceTime | undefined
  readonly separator: string
}

const YEAR_FIRST = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$/
const YEAR_LAST = /^(\d{1,2})([-/. ])(\d{1,2})[-/. ](\d{4}|\d{2})$/
/** Days since 1899-12-30 as spreadsheets count: 10000 is 1927, 99999 is 2173. */
const SERIAL = /^\d{5}(?:[.,]\d+)?$/
const SERIAL_OF_1970 = 25_569
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?$/i

/** All readings of a date; `undefined` when it is none. Two-digit years: 00 to 69 are 2000 to 2069. */
export function dateReadings(text: string): DateReadings | undefined {
  const yearFirst = YEAR_FIRST.exec(text)
  if (yearFirst) {
    const date = deviceTimeOf(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]))
    return date === undefined ? undefined : { monthFirst: date, dayFirst: date, separator: '' }
  }
  const match = YEAR_LAST.exec(text)
  if (match) {
    const [, first = '', separator = '', second = '', yearText = ''] = match
    const year = yearText.length === 4 ? Number(yearText) : Number(yearText) + (Number(yearText) < 70 ? 2000 : 1900)
    const monthFirst = deviceTimeOf(year, Number(first), Number(second))
    const dayFirst = deviceTimeOf(year, Number(second), Number(first))
    return monthFirst === undefined && dayFirst === undefined ? undefined : { monthFirst, dayFirst, separator }
  }
  if (SERIAL.test(text)) {
    // A cast: whole days of the spreadsheet's wall-clock calendar are a wall clock at midnight.
    const date = ((Math.floor(numberFrom(text) ?? 0) - SERIAL_OF_1970) * DAY_MS) as DeviceTime
    return date < 0 ? undefined : { monthFirst: date, dayFirst: date, separator: '' }
  }
  return undefined
}

/** Milliseconds since midnight of "14:09:01", "0:00", "2:09:01 PM" or a spreadsheet's fraction of a day. */
export function timeOfDayMsFrom(text: string): number | undefined {
  const match = TIME.exec(text)
  if (!match) {
    const fraction = /^[01]?[.,]\d+$|^0$/.test(text) ? numberFrom(text.replace(/^[.,]/, '0.')) : undefined
    return fraction !== undefined && fraction < 1 ? Math.round(fraction * 86_400) * 1000 : undefined
  }
  let hours = Number(match[1])
  const half = match[4]?.[0]?.toLowerCase()
  if (half && (hours < 1 || hours > 12)) return undefined
  if (half) hours = (hours % 12) + (half === 'p' ? 12 : 0)
  const minutes = Number(match[2])
  const seconds = Number(match[3] ?? 0)
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined
  return ((hours * 60 + minutes) * 60 + seconds) * 1000
}

/** A date with or without a time of day behind it, as in preambles and in "New Device Time". */
export function splitDateAndTime(text: string): { date: string; time: string | undefined } {
  const match = /^(.*?\d)[ T]+(\d{1,2}:\d.*)$/.exec(text)
  return match ? { date: match[1] ?? '', time: match[2] } : { date: text, time: undefined }
}

/** The wall time of a date and a time of day under one order. */
export function deviceTimeUnder(order: DateOrder, dateText: string, timeText: string): DeviceTime | undefined {
  const date = dateReadings(dateText)?.[order]
  const time = timeOfDayMsFrom(timeText)
  // A cast: a wall-clock midnight and milliseconds within that day are a wall clock.
  return date === undefined || time === undefined ? undefined : ((date + time) as DeviceTime)
}

/**
 * What one date says about the file's order: `either` when it reads the same both ways (or not at all),
 * `undecided` when it has two readings.
 */
export function orderOf(readings: DateReadings | undefined): DateOrder | 'either' | 'undecided' {
  if (!readings || readings.monthFirst === readings.dayFirst) return 'either'
  if (readings.monthFirst === undefined) return 'dayFirst'
  return readings.dayFirst === undefined ? 'monthFirst' : 'undecided'
}

/**
 * Decides for dates that all have two readings: first by the period that the preamble names, then by how that period
 * itself is written, then by the order of the rows, then by custom (month first with slashes, day first with points
 * and dashes).
 */
export function decideOrder(
  dates: readonly DateReadings[],
  periods: readonly (readonly [DateReadings, DateReadings])[],
  rowsAscend: boolean,
): DateOrder {
  const inside = (order: DateOrder) =>
    dates.filter(date => periods.some(period => isInside(date, period, order))).length
  const byPeriod = inside('monthFirst') - inside('dayFirst')
  if (byPeriod !== 0) return byPeriod > 0 ? 'monthFirst' : 'dayFirst'
  const written = periods.flat().map(orderOf)
  const period = written.find(order => order === 'monthFirst' || order === 'dayFirst')
  if (period === 'monthFirst' || period === 'dayFirst') return period
  const against = (order: DateOrder) => stepsAgainst(dates, order, rowsAscend)
  const byRows = against('dayFirst') - against('monthFirst')
  if (byRows !== 0) return byRows > 0 ? 'monthFirst' : 'dayFirst'
  return dates.find(date => date.separator !== '')?.separator === '/' ? 'monthFirst' : 'dayFirst'
}

/** A period that has one reading only keeps it whatever the order of the rows. */
function isInside(date: DateReadings, [from, to]: readonly [DateReadings, DateReadings], order: DateOrder): boolean {
  const other = order === 'monthFirst' ? 'dayFirst' : 'monthFirst'
  const both = from[order] !== undefined && to[order] !== undefined
  const first = both ? from[order] : from[other]
  const last = both ? to[order] : to[other]
  const day = date[order]
  return day !== undefined && first !== undefined && last !== undefined && day >= first && day <= last
}

function stepsAgainst(dates: readonly DateReadings[], order: DateOrder, rowsAscend: boolean): number {
  let against = 0
  for (let i = 1; i < dates.length; i++) {
    const before = dates[i - 1]?.[order]
    const after = dates[i]?.[order]
    if (before === undefined || after === undefined) against++
    else if (rowsAscend ? after < before : after > before) against++
  }
  return against
}
