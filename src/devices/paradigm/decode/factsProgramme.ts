/**
 * Small pumps log no rates: what their programme asked for is derived here, day by day over the time of which the log
 * tells, as the same records that large pumps write themselves. Pure. Source: paradigm sheet §8.3.
 *
 * A rate is given at each boundary of the programme and wherever the log changes it: at moments that do not depend on
 * where a read begins, so that any later read of the same days gives the same records.
 */
import {
  DAY_MS,
  type DeviceTime,
  deviceDayOf,
  HOUR_MS,
  MINUTE_MS,
  shifted,
  startOfDeviceDay,
  timeOfDayMs,
} from '#records/time.ts'
import type { Facts } from './factsRun.ts'
import type { HistoryRecord } from './historyPage.ts'
import { type Programme, type Profile, programmeOfRun } from './programmeStates.ts'
import type { BasalSegment } from './schedules.ts'
import { SIGNS_OF_USE } from './factsStops.ts'
import { isTimed } from './therapy.ts'
import { isCannulaFill, PATTERN_NAMES } from './therapyInsulin.ts'

/** A pump in use writes its daily total every midnight: behind a longer silence nobody knows. */
const LONGEST_SILENCE_MS = 25 * HOUR_MS

const FROM_PROGRAMME = ['basal/from-programme'] as const

/**
 * Adds the rates of a run to `facts`. `current`: the programme at the run's end; `clock`: what the pump's clock showed
 * when it was read, only for the run that ends with the newest record.
 */
export function addProgramme(
  run: readonly HistoryRecord[],
  current: Programme,
  clock: DeviceTime | undefined,
  facts: Facts,
): void {
  const programmeAt = programmeOfRun(run, current)
  let before: DeviceTime | undefined
  let isClockSet = false
  let programme = programmeAt(-1)
  /** A pump without its reservoir gives nothing. */
  let isEmpty = !beginsInUse(run)
  let isFilling = false

  const add = (segment: BasalSegment, at: DeviceTime) => {
    const profile = selectedProfile(programme)
    const scheduleName = PATTERN_NAMES[programme.selected ?? -1]
    if (!profile || isEmpty) return
    facts.records.push({
      type: 'basalRate',
      deviceTime: at,
      identity: `programme ${segment.rateUnitsPerHour}`,
      raw: profile.raw,
      rateUnitsPerHour: segment.rateUnitsPerHour,
      ...(scheduleName === undefined ? {} : { scheduleName }),
      annotations: FROM_PROGRAMME,
    })
  }
  const addNow = (at: DeviceTime) => {
    const minutes = timeOfDayMs(at) / MINUTE_MS
    const segment = selectedProfile(programme)?.segments.findLast(({ startMinutes }) => startMinutes <= minutes)
    if (segment) add(segment, at)
  }
  const addBoundaries = (from: DeviceTime, to: DeviceTime) => {
    if (to <= from || to - from > LONGEST_SILENCE_MS) return
    for (let day = deviceDayOf(from); day * DAY_MS <= to; day++) {
      const midnight = startOfDeviceDay(day)
      for (const segment of selectedProfile(programme)?.segments ?? []) {
        const at = shifted(midnight, segment.startMinutes * MINUTE_MS)
        if (at > from && at <= to) add(segment, at)
      }
    }
  }

  run.forEach((record, at) => {
    if (!isTimed(record)) return
    if (record.opcode === 0x07) {
      // The midnight that ends its day; all that some days have. Behind a set clock it is written at once.
      const end = shifted(record.time, DAY_MS)
      if (before === undefined || isClockSet || end < before) return
      addBoundaries(before, end)
      if (end - before <= LONGEST_SILENCE_MS) before = end
      return
    }
    if (record.dateAt === undefined) return
    isClockSet = record.opcode === 0x18
    if (before !== undefined && !isClockSet) addBoundaries(before, record.time)
    const after = programmeAt(at)
    const isChanged = selectedProfile(after) !== selectedProfile(programme)
    programme = after
    if (record.opcode === 0x21) isEmpty = isFilling = true
    if (record.opcode === 0x03) isEmpty = false
    // Whatever began while it was empty is made up for when the cannula is filled.
    const isFilled = isFilling && isCannulaFill(record)
    if (isFilled) isFilling = false
    if (isClockSet || isChanged || isFilled) addNow(record.time)
    before = record.time
  })
  if (before !== undefined && clock !== undefined) addBoundaries(before, clock)
}

/**
 * Was the pump's reservoir in place where the run begins? It was when the person uses it before any fill; else nobody
 * can say without the pages before.
 */
function beginsInUse(run: readonly HistoryRecord[]): boolean {
  const first = run.find(({ opcode }) => opcode === 0x21 || opcode === 0x03 || SIGNS_OF_USE.has(opcode))
  return first !== undefined && SIGNS_OF_USE.has(first.opcode)
}

const selectedProfile = ({ profiles, selected }: Programme): Profile | undefined =>
  selected === undefined ? undefined : profiles[selected]
