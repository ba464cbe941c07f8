import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TherapyRecord } from '#records/records.ts'
import { DAY_MS, MINUTE_MS, startOfDeviceDay } from '#records/time.ts'
import { combinePumps, deriveBasal } from '#stats/basal.ts'
import type { BasalSegment } from '#stats/basalSegment.ts'
import { insulinByDay } from '#stats/insulin.ts'
import { wall } from '../helpers/glucose.ts'
import { bolus, clockSet, dose, logged, rate, resume, suspend, tempPercent, tempRate } from '../helpers/pumpLog.ts'

const start = wall('2024-03-01T00:00')
const HOURS = 20

/** Minutes of the window, never on a half hour: there the derivation may know a block that this twin does not. */
const minute = fc.integer({ min: 1, max: HOURS * 60 - 1 }).filter(at => at % 30 !== 0)
const amount = fc.integer({ min: 1, max: 8 }).map(n => n / 4)

type Make = (at: number) => TherapyRecord
const manual: fc.Arbitrary<Make> = fc.oneof(
  amount.map(
    (units): Make =>
      at =>
        rate(at, units),
  ),
  amount.map(
    (units): Make =>
      at =>
        rate(at, units),
  ),
  fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 300 })).map(
    ([percent, minutes]): Make =>
      at =>
        tempPercent(at, percent, minutes),
  ),
  fc.tuple(amount, fc.integer({ min: 0, max: 300 })).map(
    ([units, minutes]): Make =>
      at =>
        tempRate(at, units, minutes),
  ),
  fc.constant<Make>(at => suspend(at)),
  fc.constant<Make>(at => resume(at)),
  fc.constant<Make>(at => bolus(at, 1)),
)

/** At most one record a minute, ascending. */
const log = (kinds: fc.Arbitrary<Make>) =>
  fc
    .uniqueArray(fc.tuple(minute, kinds), { selector: ([at]) => at, maxLength: 25 })
    .map(made => made.sort(([a], [b]) => a - b).map(([at, make]) => make(start + at * MINUTE_MS)))

/** What is delivered at a moment, by going through the whole log for it: as slow and as plain as can be. */
function twin(records: readonly TherapyRecord[], now: number): string {
  let programme: number | undefined
  let temp: { from: number; to: number; percent?: number; rate?: number } | undefined
  let stoppedAt: number | undefined
  const switches = records.filter(record => record.type === 'suspend')
  const [first] = switches
  if (first && !first.suspended && now < first.deviceTime) {
    if (!records.some(record => record.type === 'bolus' && record.deviceTime < first.deviceTime)) return 'nothing known'
  }
  for (const record of records) {
    const at = record.deviceTime
    if (at > now) break
    if (record.type === 'basalRate') programme = record.rateUnitsPerHour
    if (record.type === 'bolus' && stoppedAt !== undefined && at > stoppedAt + MINUTE_MS) stoppedAt = undefined
    if (record.type === 'suspend') stoppedAt = record.suspended ? (stoppedAt ?? at) : undefined
    if (record.type === 'tempBasal') {
      const running = temp !== undefined && at < temp.to ? temp : undefined
      const same = running?.percent === record.percent && running?.rate === record.rateUnitsPerHour
      const isReport = running && same && Math.abs(at - running.from - record.durationMs) <= MINUTE_MS
      temp =
        record.durationMs === 0 || isReport
          ? undefined
          : {
              from: at,
              to: at + record.durationMs,
              ...(record.percent === undefined ? {} : { percent: record.percent }),
              ...(record.rateUnitsPerHour === undefined ? {} : { rate: record.rateUnitsPerHour }),
            }
    }
  }
  const kept = programme === undefined ? '' : ` of ${programme}`
  if (records.length === 0 || now < (records[0]?.deviceTime ?? 0)) return 'nothing known'
  if (stoppedAt !== undefined) return `suspended 0${kept}`
  if (temp && now < temp.to) {
    const units = temp.rate ?? (programme === undefined ? undefined : (programme * (temp.percent ?? 0)) / 100)
    return units === undefined ? 'nothing known' : `temp ${units}${kept}`
  }
  return programme === undefined ? 'nothing known' : `scheduled ${programme}`
}

function told(segments: readonly BasalSegment[], now: number): string {
  const segment = segments.find(({ from, to }) => from <= now && now < to)
  if (!segment) return 'nothing known'
  const kept = segment.suppressedUnitsPerHour === undefined ? '' : ` of ${segment.suppressedUnitsPerHour}`
  return `${segment.delivery} ${segment.rateUnitsPerHour}${kept}`
}

function expectOrder(segments: readonly BasalSegment[], from: number, to: number): void {
  let end = from
  for (const segment of segments) {
    expect(segment.from).toBeGreaterThanOrEqual(end)
    expect(segment.to).toBeGreaterThan(segment.from)
    expect(segment.rateUnitsPerHour).toBeGreaterThanOrEqual(0)
    expect(Number.isFinite(segment.rateUnitsPerHour)).toBe(true)
    end = segment.to
  }
  expect(end).toBeLessThanOrEqual(Math.max(from, to))
}

describe('derived basal', () => {
  const end = start + HOURS * 60 * MINUTE_MS

  it('is what a minute-by-minute walk through the log gives', () => {
    fc.assert(
      fc.property(log(manual), records => {
        const segments = deriveBasal(records, start, end as typeof start)
        expectOrder(segments, start, end)
        for (let now = start + 30_000; now < end; now += MINUTE_MS) {
          expect(told(segments, now)).toBe(twin(records, now))
        }
      }),
      { numRuns: 60 },
    )
  })

  const anything: fc.Arbitrary<Make> = fc.oneof(
    manual,
    amount.map(
      (units): Make =>
        at =>
          dose(at, units / 10),
    ),
    amount.map(
      (units): Make =>
        at =>
          logged(at, { type: 'autoInsulinTotal', units }),
    ),
    fc.constant<Make>(at => logged(at, { type: 'rewind' })),
    fc.constant<Make>(at => logged(at, { type: 'prime', target: 'cannula', volumeUnits: 0.3 })),
    fc.integer({ min: -30, max: 30 }).map(
      (hours): Make =>
        at =>
          clockSet(at, new Date(at + hours * 3_600_000 - (at % 1000)).toISOString().slice(0, 16)),
    ),
  )

  it('is sorted, without overlap and inside its window, whatever the log, clock changes and equal moments included', () => {
    const moment = fc.integer({ min: -8 * 24 * 60, max: 3 * 24 * 60 })
    const wild = fc
      .array(fc.tuple(moment, anything), { maxLength: 60 })
      .map(made => made.map(([at, make]) => make(start + at * MINUTE_MS)).sort((a, b) => a.deviceTime - b.deviceTime))
    fc.assert(
      fc.property(wild, moment, fc.nat(3 * 24 * 60), (records, first, length) => {
        const from = (start + first * MINUTE_MS) as typeof start
        const to = (from + length * MINUTE_MS) as typeof start
        const segments = deriveBasal(records, from, to)
        expectOrder(segments, from, to)
        expectOrder(combinePumps([segments, deriveBasal(records.slice(1), from, to)]), from, to)
      }),
      { numRuns: 300 },
    )
  })

  it('gives of a stretch what it gives of the whole', () => {
    fc.assert(
      fc.property(log(anything), minute, minute, (records, a, b) => {
        const [from, to] = [start + Math.min(a, b) * MINUTE_MS, start + Math.max(a, b) * MINUTE_MS]
        const whole = deriveBasal(records, start, end as typeof start)
        const part = deriveBasal(records, from as typeof start, to as typeof start)
        for (let now = from + 30_000; now < to; now += 10 * MINUTE_MS) expect(told(part, now)).toBe(told(whole, now))
      }),
      { numRuns: 100 },
    )
  })

  it('gives all that the micro-doses gave, when nothing comes between', () => {
    const doses = fc.uniqueArray(fc.tuple(minute, amount), { selector: ([at]) => at, minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(doses, given => {
        const records = given.sort(([a], [b]) => a - b).map(([at, units]) => dose(start + at * MINUTE_MS, units / 10))
        const segments = deriveBasal(records, start, (start + DAY_MS) as typeof start)
        const units = segments.reduce(
          (sum, each) => sum + (each.rateUnitsPerHour * (each.to - each.from)) / 3_600_000,
          0,
        )
        expect(units).toBeCloseTo(
          given.reduce((sum, [, amountOf]) => sum + amountOf / 10, 0),
          6,
        )
      }),
    )
  })

  it('adds up to the same by day as over all days', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(minute, amount), { minLength: 1, maxLength: 20 }), made => {
        const records = made.sort(([a], [b]) => a - b).map(([at, units]) => rate(start + 3 * at * MINUTE_MS, units))
        const firstDay = start / DAY_MS
        const from = startOfDeviceDay(firstDay)
        const segments = deriveBasal([rate(from, 1), ...records], from, startOfDeviceDay(firstDay + 4))
        const days = insulinByDay(records, segments, firstDay, firstDay + 3)
        const whole = days.filter(day => day?.basalUnits !== undefined)
        for (const day of whole) {
          if (!day) continue
          const units = deriveBasal(
            [rate(from, 1), ...records],
            startOfDeviceDay(day.day),
            startOfDeviceDay(day.day + 1),
          )
            .map(each => (each.rateUnitsPerHour * (each.to - each.from)) / 3_600_000)
            .reduce((sum, part) => sum + part, 0)
          // Each stretch is rounded to 0.001 U.
          expect(Math.abs((day.basalUnits ?? 0) - units)).toBeLessThanOrEqual(0.0005 * (records.length + 2))
        }
      }),
      { numRuns: 100 },
    )
  })
})
