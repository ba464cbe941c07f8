/**
 * Temporary basal rates: how many, how long, and what they gave more or less than the programme would have given. Out of
 * the derived segments, so one counts where it is known what it gave. Source: metrics sheet §10 (Temp basals).
 */
import type { TherapyRecord } from '#records/records.ts'
import { type DeviceDay, type DeviceTime, deviceDayOf, MINUTE_MS } from '#records/time.ts'
import { unitsOf } from './basal.ts'
import type { BasalSegment } from './basalSegment.ts'

/** One that ran. */
export interface TempBasal {
  /** When it was set. */
  readonly at: DeviceTime
  /** From then to its end, a suspend between included; absent where nobody can say when it ended. */
  readonly minutes?: number
  /** U more (above zero) or less than the suppressed rate; absent where that is not known all the time. */
  readonly netUnits?: number
}

export interface TempBasalSummary {
  readonly count: number
  /** Over those whose length is known. */
  readonly meanMinutes?: number
  readonly withLength: number
  /** The sum over those whose effect is known. */
  readonly netUnits?: number
  readonly withNet: number
}

/**
 * The temporary rates set on `days`, ascending. `basal` of these days and `records` from some days before on, both
 * ascending in time. A row that only reports the end of a rate begins no stretch, and is none.
 */
export function tempBasals(
  basal: readonly BasalSegment[],
  records: readonly TherapyRecord[],
  days: readonly DeviceDay[],
): TempBasal[] {
  const looked = new Set(days)
  const starts = [
    ...new Set(
      records.filter(record => record.type === 'tempBasal' && record.durationMs > 0).map(record => record.deviceTime),
    ),
  ]
  const plannedEnds = plannedEndsOf(records)
  const runs = runsOf(basal, starts)
  return runs
    .filter(({ at }) => looked.has(deviceDayOf(at)))
    .map(run => {
      const minutes = minutesOf(run, basal, plannedEnds.get(run.at) ?? new Set())
      const netUnits = netOf(run.parts)
      return {
        at: run.at,
        ...(minutes === undefined ? {} : { minutes }),
        ...(netUnits === undefined ? {} : { netUnits }),
      }
    })
}

/** Means over those of which each is known. */
export function summariseTempBasals(temps: readonly TempBasal[]): TempBasalSummary {
  const lengths = temps.map(({ minutes }) => minutes).filter(minutes => minutes !== undefined)
  const nets = temps.map(({ netUnits }) => netUnits).filter(units => units !== undefined)
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
  return {
    count: temps.length,
    ...(lengths.length > 0 ? { meanMinutes: sum(lengths) / lengths.length } : {}),
    withLength: lengths.length,
    ...(nets.length > 0 ? { netUnits: tidy(sum(nets)) } : {}),
    withNet: nets.length,
  }
}

interface Run {
  readonly at: DeviceTime
  /** What it gave. */
  readonly parts: BasalSegment[]
  /** Index of the first and of the last segment that it is in. */
  readonly first: number
  last: number
}

/** Each temporary stretch belongs to the rate that was set last; one set to the same value again cuts a stretch. */
function runsOf(basal: readonly BasalSegment[], starts: readonly DeviceTime[]): Run[] {
  const runs: Run[] = []
  let next = 0
  basal.forEach((segment, index) => {
    if (segment.delivery !== 'temp') return
    while ((starts[next] ?? Number.POSITIVE_INFINITY) <= segment.from) next++
    let from = segment.from
    while (from < segment.to) {
      const cut = starts[next]
      const to = cut !== undefined && cut < segment.to ? cut : segment.to
      const at = starts[next - 1]
      const run = runs.at(-1)
      const part = { ...segment, from, to }
      if (at !== undefined && run?.at === at) {
        run.parts.push(part)
        run.last = index
      } else if (at !== undefined) runs.push({ at, parts: [part], first: index, last: index })
      from = to
      if (to === cut) next++
    }
  })
  return runs
}

/** Known when nothing is missing up to an end that something tells: its own duration, or what was delivered next. */
function minutesOf(
  { at, parts, first, last }: Run,
  basal: readonly BasalSegment[],
  plannedEnds: ReadonlySet<number>,
): number | undefined {
  const end = parts.at(-1)?.to
  if (end === undefined || parts[0]?.from !== at) return undefined
  for (let i = first; i < last; i++) if (basal[i]?.to !== basal[i + 1]?.from) return undefined
  const isTold = plannedEnds.has(end) || (basal[last]?.to ?? 0) > end || basal[last + 1]?.from === end
  return isTold ? (end - at) / MINUTE_MS : undefined
}

/** By start, at which moments a rate set then would be over; several rows of one moment may differ. */
function plannedEndsOf(records: readonly TherapyRecord[]): ReadonlyMap<DeviceTime, ReadonlySet<number>> {
  const ends = new Map<DeviceTime, Set<number>>()
  for (const record of records) {
    if (record.type !== 'tempBasal') continue
    const known = ends.get(record.deviceTime) ?? new Set()
    ends.set(record.deviceTime, known.add(record.deviceTime + record.durationMs))
  }
  return ends
}

function netOf(parts: readonly BasalSegment[]): number | undefined {
  let net = 0
  for (const part of parts) {
    if (part.suppressedUnitsPerHour === undefined) return undefined
    net += unitsOf(part) - unitsOf({ ...part, rateUnitsPerHour: part.suppressedUnitsPerHour })
  }
  return tidy(net)
}

/** Sums of amounts with three decimals, without the tail of binary fractions. */
const tidy = (units: number): number => Math.round(units * 10_000) / 10_000
