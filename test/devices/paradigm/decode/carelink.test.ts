/**
 * Decoded pages of four captured pumps against CareLink's own exports of the same pumps and days, field by field, for
 * every kind of row that the pages hold. Both sides become lines of text; what stands on one side only is unmatched.
 * Prints the counts by kind. Source: captures/paradigm/README.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { decode } from '#devices/paradigm/decode/decode.ts'
import type { Download } from '#devices/driver.ts'
import type { RecordOf, TherapyRecord } from '#records/records.ts'
import { DAY_MS, deviceTimeFromIso } from '#records/time.ts'
import { importCareLink } from '../../../helpers/imported.ts'
import { type CapturedName, capturedDownload, csvOf, folder } from './captured.ts'
import { at, KINDS, type Lines, line, midnight, n, ofType } from './exportKinds.ts'
import { type ExportRow, exportRows, timeFrom } from './exportRows.ts'

interface Case {
  readonly name: CapturedName
  readonly order: 'monthFirst' | 'dayFirst'
  /** What both sides tell of, first and last second. */
  readonly from: string
  readonly to: string
}

const CASES: readonly Case[] = [
  { name: '522-contour-next-link', order: 'monthFirst', from: '2013-03-25T00:00', to: '2013-05-08T15:37:57' },
  { name: '723-stick', order: 'monthFirst', from: '2015-03-17T18:51:04', to: '2015-05-28T17:49:56' },
  // The export was made with the upload that suspended the pump then; the pages were read on 27 October.
  { name: '554-veo', order: 'dayFirst', from: '2011-09-28T00:00', to: '2011-10-19T23:27:30' },
  // The row of 10:00:14 is the suspend that this very read began with: the page was read before.
  { name: '515', order: 'monthFirst', from: '2006-07-01T00:00', to: '2006-07-03T10:00:13' },
]

/** The sensor's pages tell of batteries, too. */
const isOfHistory = ({ raw }: TherapyRecord, { pages }: Download): boolean => pages[raw.page]?.kind === 'history'

/** A day's total is written when the day is over; all else when it happens. */
function momentsOf(told: TherapyRecord | ExportRow): number[] {
  const time = 'deviceTime' in told ? told.deviceTime : told.time
  return told.type === 'dailyTotal' || told.type === 'ResultDailyTotal'
    ? [midnight(time), midnight(time) + DAY_MS]
    : [time]
}

interface Unmatched {
  readonly ours: Lines
  readonly theirs: Lines
}

/** What stands on one side only, equal lines told apart by how often. */
function unmatched(ours: Lines, theirs: Lines): Unmatched {
  const left = new Map<string, number>()
  for (const text of theirs) left.set(text, (left.get(text) ?? 0) + 1)
  const more: string[] = []
  for (const text of ours) {
    const count = left.get(text) ?? 0
    if (count > 0) left.set(text, count - 1)
    else more.push(text)
  }
  return { ours: more, theirs: [...left].flatMap(([text, count]) => Array<string>(count).fill(text)) }
}

describe.skipIf(!folder)('decoded pages against CareLink’s export (skipped without the captures)', () => {
  describe.each(CASES)('$name', ({ name, order, from, to }) => {
    const within = (time: number) => time >= (deviceTimeFromIso(from) ?? 0) && time <= (deviceTimeFromIso(to) ?? 0)
    let download: Download
    let records: readonly TherapyRecord[]
    let rows: readonly ExportRow[]
    beforeAll(() => {
      download = capturedDownload(name)
      records = decode(download).records.filter(
        record => isOfHistory(record, download) && momentsOf(record).every(within),
      )
      rows = exportRows(csvOf(name) ?? '', order)
        .filter(row => momentsOf(row).every(within))
        .map(row => ({ ...row, newTime: row.newTime === '' ? '' : at(timeFrom(row.newTime, order) ?? 0) }))
    })

    it.each(KINDS)('$name: every row is a record and every record is a row', kind => {
      const ours = kind.ours(records, download)
      const theirs = kind.theirs(rows)
      const rest = unmatched(ours, theirs)
      process.stdout.write(
        `${name}: ${kind.name}: ${ours.length - rest.ours.length} matched, ` +
          `${rest.ours.length + rest.theirs.length} unmatched\n`,
      )
      expect(rest).toEqual({ ours: [], theirs: [] })
    })
  })

  it.each([
    ['723-stick', 633, 1586.1, 392, 72],
    ['522-contour-next-link', 510, 1224.6, 503, 109],
    ['554-mgdl-pages', 212, 514.725, 233, 23],
  ] as const)(
    '%s: %d boluses of %d U, %d calculator entries, %d daily totals',
    (name, boluses, units, wizards, totals) => {
      const { records } = decode(capturedDownload(name))
      const given = ofType(records, 'bolus').filter(({ subType }) => subType !== 'injection')
      const sum = given.reduce(
        (total, { normalUnits = 0, extendedUnits = 0 }) => total + normalUnits + extendedUnits,
        0,
      )
      expect(given).toHaveLength(boluses)
      expect(sum).toBeCloseTo(units, 6)
      expect(ofType(records, 'wizard')).toHaveLength(wizards)
      expect(ofType(records, 'dailyTotal')).toHaveLength(totals)
    },
  )

  it('522 in the days of its export: 211 boluses of 502.4 U', () => {
    const from = deviceTimeFromIso('2013-03-25T00:00') ?? 0
    const given = ofType(decode(capturedDownload('522-contour-next-link')).records, 'bolus').filter(
      ({ deviceTime }) => deviceTime >= from,
    )
    expect(given).toHaveLength(211)
    expect(given.reduce((sum, bolus) => sum + (bolus.normalUnits ?? 0) + (bolus.extendedUnits ?? 0), 0)).toBeCloseTo(
      502.4,
    )
  })

  describe.each(CASES)('$name through our importer of the export', ({ name, from, to }) => {
    // Not the first second: the 723's oldest page begins with a bolus whose entry stood on the page before.
    const within = ({ deviceTime }: TherapyRecord) =>
      deviceTime > (deviceTimeFromIso(from) ?? 0) && deviceTime <= (deviceTimeFromIso(to) ?? 0)

    it('joins the same boluses, entries and rates in the same way', async () => {
      const imported = (await importCareLink(csvOf(name) ?? '')).records.filter(within)
      const decoded = decode(capturedDownload(name)).records.filter(within)
      const rest = unmatched(joins(decoded), joins(imported))
      process.stdout.write(
        `${name}: joined facts: ${joins(decoded).length - rest.ours.length} matched, ` +
          `${rest.ours.length + rest.theirs.length} unmatched\n`,
      )
      expect(rest).toEqual({ ours: [], theirs: [] })
    })
  })
})

/** What takes more than one row or record to know. */
function joins(records: readonly TherapyRecord[]): Lines {
  return records.flatMap(record => {
    const { deviceTime } = record
    switch (record.type) {
      case 'bolus':
        return record.subType === 'injection'
          ? []
          : [line(deviceTime, record.subType, at(record.startTime ?? 0), contextOf(record), record.rawSource)]
      case 'wizard':
        return [line(deviceTime, 'entry', record.delivered)]
      case 'tempBasal':
        return [line(deviceTime, n(record.percent), n(record.rateUnitsPerHour), record.durationMs)]
      case 'timeChange':
        return [line(deviceTime, at(record.from ?? 0), at(record.to))]
      default:
        return []
    }
  })
}

/** The export's importer knows an entry's bolus by the second alone: the square part of a dual one begins later. */
const contextOf = ({ subType, extendedUnits, context }: RecordOf<'bolus'>): string =>
  subType === 'dual' && extendedUnits !== undefined ? '' : (context ?? 'not known')
