/**
 * What the statistics derive as delivered basal from decoded pages, against the totals that the pumps themselves kept, for
 * every day of every captured pump. Prints the days by outcome; each day that does not agree to 0.05 U has a reason that
 * the log itself shows.
 */
import { describe, expect, it } from 'vitest'
import { decode } from '#devices/paradigm/decode/decode.ts'
import type { RecordOf, TherapyRecord } from '#records/records.ts'
import { DAY_MS, dateFromDeviceTime, deviceDayOf } from '#records/time.ts'
import { deriveBasal } from '#stats/basal.ts'
import type { BasalSegment } from '#stats/basalSegment.ts'
import { clipped } from '#stats/stretches.ts'
import { type CapturedName, capturedDownload, folder } from './captured.ts'

/** How often each outcome must come, so that none of them can grow unseen. */
interface Expected {
  readonly agrees: number
  readonly interrupted: number
  readonly 'clock set': number
  readonly 'no reservoir': number
  readonly 'log begins': number
}

const none: Expected = {
  agrees: 0,
  interrupted: 0,
  'clock set': 0,
  'no reservoir': 0,
  'log begins': 0,
}

const EXPECTED: readonly (readonly [CapturedName, Expected])[] = [
  ['522-contour-next-link', { ...none, agrees: 104, interrupted: 3, 'clock set': 1, 'log begins': 1 }],
  ['723-stick', { ...none, agrees: 71, 'log begins': 1 }],
  ['554-veo', { ...none, agrees: 18, interrupted: 3, 'clock set': 2, 'no reservoir': 1, 'log begins': 1 }],
  // A test pump: its clock was set twenty times, and for weeks it lay without a reservoir.
  ['515', { ...none, agrees: 59, interrupted: 1, 'clock set': 6, 'no reservoir': 14 }],
  ['554-mgdl-pages', { ...none, agrees: 18, interrupted: 2, 'clock set': 2, 'log begins': 1 }],
]

const AGREES_UNITS = 0.05
/** The largest stroke: what is lost or gained when delivery stops between two of them. */
const STROKE_UNITS = 0.05

/** Records as the store hands them to the statistics. */
const sorted = (records: readonly TherapyRecord[]): TherapyRecord[] =>
  records.filter(({ type }) => type !== 'cbg').toSorted((a, b) => a.deviceTime - b.deviceTime)

const unitsOf = (segments: readonly BasalSegment[]): number =>
  segments.reduce((sum, { from, to, rateUnitsPerHour }) => sum + (rateUnitsPerHour * (to - from)) / 3_600_000, 0)

function outcomeOf(
  total: RecordOf<'dailyTotal'>,
  { records, segments, begin }: { records: readonly TherapyRecord[]; segments: readonly BasalSegment[]; begin: number },
) {
  const [from, to] = [total.deviceTime, total.deviceTime + DAY_MS]
  const onDay = records.filter(({ deviceTime }) => deviceTime >= from && deviceTime < to)
  const changes = records.filter(record => record.type === 'timeChange')
  const known = clipped(segments, from, to)
  const skippedMs = changes.reduce((sum, change) => {
    const skipped = [{ from: change.from ?? change.to, to: change.to, rateUnitsPerHour: 0 }]
    return change.to > (change.from ?? 0)
      ? sum + clipped(skipped, from, to).reduce((s, x) => s + x.to - x.from, 0)
      : sum
  }, 0)
  const boluses = onDay.reduce(
    (sum, record) =>
      record.type === 'bolus' && record.subType !== 'injection'
        ? sum + (record.normalUnits ?? 0) + (record.extendedUnits ?? 0)
        : sum,
    0,
  )
  const pumpUnits = total.basalUnits ?? total.totalUnits - boluses
  const difference = unitsOf(known) - pumpUnits
  const isWhole = known.reduce((sum, segment) => sum + segment.to - segment.from, 0) + skippedMs >= DAY_MS
  const isWithin = (units: number) => Math.abs(difference) <= units + 1e-9
  const interruptions = onDay.filter(
    record =>
      (record.type === 'suspend' && record.suspended) ||
      record.type === 'rewind' ||
      record.type === 'tempBasal' ||
      (record.type === 'deviceEvent' && record.text === 'taken out'),
  ).length
  const isClockSet = changes.some(change =>
    [change.deviceTime, change.to].some(time => deviceDayOf(time) === deviceDayOf(total.deviceTime)),
  )
  const outcome: keyof Expected | 'unexplained' =
    isWhole && isWithin(AGREES_UNITS)
      ? 'agrees'
      : from <= begin && begin < to + DAY_MS
        ? 'log begins'
        : isClockSet
          ? 'clock set'
          : pumpUnits === 0 && unitsOf(known) === 0
            ? 'no reservoir'
            : isWhole && isWithin(AGREES_UNITS + interruptions * STROKE_UNITS)
              ? 'interrupted'
              : 'unexplained'
  return { outcome, difference, interruptions }
}

const REASONS: Readonly<Record<string, string>> = {
  interrupted: 'more than 0.05 U, but no more than one stroke for each time that delivery was interrupted',
  'clock set': 'the clock was set on that day by hours or years: the pump’s day is not the one of the calendar',
  'no reservoir': 'the pump gave nothing all day and nothing is claimed',
  'log begins': 'the log begins on that day',
}

describe.skipIf(!folder)('derived basal against the pumps’ own totals (skipped without the captures)', () => {
  it.each(EXPECTED)('%s', (name, expected) => {
    const log = decode(capturedDownload(name)).records.filter(record => !isCurrentSetting(record))
    const records = sorted(log)
    const [first, last] = [records[0], records.at(-1)]
    if (!first || !last || !log[0]) throw new Error('no records')
    const begin = log[0].deviceTime
    const segments = deriveBasal(records, first.deviceTime, last.deviceTime)
    const counts: Record<string, number> = {}
    for (const total of records) {
      if (total.type !== 'dailyTotal') continue
      const { outcome, difference, interruptions } = outcomeOf(total, { records, segments, begin })
      counts[outcome] = (counts[outcome] ?? 0) + 1
      if (outcome === 'agrees' || outcome === 'no reservoir') continue
      process.stdout.write(
        `${name} ${dateFromDeviceTime(total.deviceTime)}: ${difference.toFixed(3)} U, ` +
          `${interruptions} interruptions: ${REASONS[outcome] ?? outcome}\n`,
      )
    }
    process.stdout.write(`${name}: ${JSON.stringify(counts)}\n`)
    const named = Object.fromEntries(Object.entries(expected).filter(([, count]) => count > 0))
    expect(counts).toEqual(named)
  })
})

/** Written when the pump was read, not by its log. */
const isCurrentSetting = (record: TherapyRecord): boolean => record.type === 'setting' && record.change === 'current'
