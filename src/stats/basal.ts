/**
 * Delivered basal out of what a pump logged (decision 8): rate changes, temporary rates, suspends, micro-doses.
 * Derived when read, never stored. Segments are sorted and never overlap; where nobody can say what was delivered there
 * is a gap, never a guess. Source: data-model sheet §2.4, CareLink sheet §4 and §6.
 *
 * What is delivered at a moment, the first that holds:
 * 1. a micro-dose, over the time to the next one (`microDoses.ts`);
 * 2. nothing, while suspended;
 * 3. nothing, between two micro-doses of a running loop (doses of zero are not logged);
 * 4. on a device-day on which an algorithm gave insulin: unknown, because the programme's rates are logged all the same
 *    but not delivered;
 * 5. a temporary rate; 6. the programme's rate, where they are known (`programme.ts`).
 */
import type { TherapyRecord } from '#records/records.ts'
import { DAY_MS, type DeviceTime, deviceDayOf } from '#records/time.ts'
import type { BasalSegment } from './basalSegment.ts'
import { microDoses } from './microDoses.ts'
import { walkProgramme } from './programme.ts'
import { clipped, painted, type Stretch, without } from './stretches.ts'

/**
 * The basal that one pump delivered from `from` to `to`. `records` are of that pump alone, ascending in time, from
 * before `from` so that the rate in force is known; kinds that say nothing about basal are ignored. `to` must not be
 * later than the last moment at which the pump is known to have worked: the last rate is carried on until then.
 */
export function deriveBasal(records: readonly TherapyRecord[], from: DeviceTime, to: DeviceTime): BasalSegment[] {
  const { running, suspended, unclear } = walkProgramme(records, to)
  const automatedDays = daysOfAlgorithm(records)
  const { given, idle } = microDoses(records)
  const manual = without(running, automatedDays)
  // On an algorithm's day the programme's rate is not what a suspend kept back.
  const stopped = painted(suspended.map(bare), without(suspended, automatedDays))
  const layers = painted(painted(painted(manual, idle), stopped), given)
  return joined(clipped(without(layers, unclear), from, to))
}

/** Several pumps' segments in one row. Where two claim the same time nobody can say what was given: a gap. */
export function combinePumps(pumps: readonly (readonly BasalSegment[])[]): BasalSegment[] {
  if (pumps.length === 1) return [...(pumps[0] ?? [])]
  const all = pumps.flat().sort((a, b) => a.from - b.from)
  const disputed: Stretch[] = []
  let end = Number.NEGATIVE_INFINITY
  for (const segment of all) {
    if (segment.from < end) disputed.push({ from: segment.from, to: Math.min(segment.to, end) })
    end = Math.max(end, segment.to)
  }
  return without(all, disputed).sort((a, b) => a.from - b.from)
}

/** Units in the segments' part from `from` to `to`: each stretch rounded to 0.001 U (metrics sheet §10). */
export function unitsOf({ from, to, rateUnitsPerHour }: BasalSegment): number {
  return Math.round(((rateUnitsPerHour * (to - from)) / 3_600_000) * 1000) / 1000
}

/** The device-days, as stretches, on which an algorithm gave basal insulin. Ascending. */
function daysOfAlgorithm(records: readonly TherapyRecord[]): Stretch[] {
  const days: Stretch[] = []
  let dayEnd = Number.NEGATIVE_INFINITY
  for (const record of records) {
    if (record.deviceTime < dayEnd) continue
    if (record.type === 'autoBasalDose' || (record.type === 'autoInsulinTotal' && record.units > 0)) {
      const from = deviceDayOf(record.deviceTime) * DAY_MS
      dayEnd = from + DAY_MS
      days.push({ from, to: dayEnd })
    }
  }
  return days
}

function bare({ from, to, delivery, rateUnitsPerHour }: BasalSegment): BasalSegment {
  return { from, to, delivery, rateUnitsPerHour }
}

/** Neighbours that say the same become one. */
function joined(segments: readonly BasalSegment[]): BasalSegment[] {
  const result: BasalSegment[] = []
  for (const segment of segments) {
    const last = result.at(-1)
    const same =
      last !== undefined &&
      last.to === segment.from &&
      last.delivery === segment.delivery &&
      last.rateUnitsPerHour === segment.rateUnitsPerHour &&
      last.suppressedUnitsPerHour === segment.suppressedUnitsPerHour
    if (same) result[result.length - 1] = { ...last, to: segment.to }
    else result.push(segment)
  }
  return result
}
