/**
 * How often things are changed: infusion sets, reservoirs, sensors, batteries. A change that is tried again within
 * hours is one change. Source: metrics sheet §10 (Site changes); the alarms and states that tell of sensors and
 * batteries are those that real exports hold.
 */
import type { TherapyRecord } from '#records/records.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#records/time.ts'
import { setChanges } from './setChanges.ts'

/**
 * set: as `setChanges` has it. reservoir: rewind. sensor: its warm-up begins, or it connects. battery: it is put in, or
 * asked for.
 */
export const changeKinds = ['set', 'reservoir', 'sensor', 'battery'] as const
export type ChangeKind = (typeof changeKinds)[number]

export interface ChangeSummary {
  /** Changes in the period. */
  readonly count: number
  /** Intervals that the mean stands on; the first may have begun before the period. */
  readonly intervals: number
  /** Days, from hours; absent without an interval. */
  readonly meanDays?: number
  readonly longestDays?: number
}

export type DeviceIntervals = Readonly<Record<ChangeKind, ChangeSummary>>

type Sourced = TherapyRecord & { readonly sourceKey: string }

/** Changes of a kind that follow each other more closely are one: it was tried again. */
const SAME_CHANGE_MS: Readonly<Record<ChangeKind, number>> = {
  set: HOUR_MS,
  reservoir: HOUR_MS,
  // A sensor that finds no signal connects again and again: 26 times in one real morning.
  sensor: 12 * HOUR_MS,
  battery: 12 * HOUR_MS,
}
/** A pump in use logs something every day; over a longer silence nobody knows what was changed. */
const SILENCE_MS = 2 * DAY_MS

export interface IntervalOptions {
  /** The period, device wall clock. */
  readonly from: number
  readonly to: number
  /** Whether changes of this moment count; those that do not still end an interval's reach. */
  readonly isCounted?: (at: number) => boolean
}

/** Changes and their intervals. `log` of all devices, without copies, ascending, from some days before the period. */
export function deviceIntervals(log: readonly Sourced[], options: IntervalOptions): DeviceIntervals {
  const found = changesOf(log)
  const holes = holesOf(log)
  const summary = (kind: ChangeKind) => summarised(found[kind], SAME_CHANGE_MS[kind], holes, options)
  return {
    set: summary('set'),
    reservoir: summary('reservoir'),
    sensor: summary('sensor'),
    battery: summary('battery'),
  }
}

/** Whether a record may tell of a change: what a report needs from the days before its period. */
export const tellsOfChange = (record: TherapyRecord): boolean =>
  record.type === 'rewind' ||
  record.type === 'prime' ||
  record.type === 'timeChange' ||
  isWarmUp(record) ||
  isConnected(record) ||
  isBattery(record)

function summarised(
  moments: readonly number[],
  sameMs: number,
  holes: readonly Hole[],
  { from, to, isCounted = () => true }: IntervalOptions,
): ChangeSummary {
  const changes = moments.filter((at, i) => i === 0 || at - (moments[i - 1] ?? 0) > sameMs)
  let count = 0
  const days: number[] = []
  changes.forEach((at, i) => {
    if (at < from || at >= to || !isCounted(at)) return
    count++
    const before = changes[i - 1]
    if (before === undefined || holes.some(hole => hole.from < at && hole.to > before)) return
    days.push((at - before) / DAY_MS)
  })
  if (days.length === 0) return { count, intervals: 0 }
  const sum = days.reduce((total, length) => total + length, 0)
  return { count, intervals: days.length, meanDays: sum / days.length, longestDays: Math.max(...days) }
}

/** Ascending moments of each kind, all devices together: a person wears one set, whichever pump it hangs on. */
function changesOf(log: readonly Sourced[]): Readonly<Record<ChangeKind, number[]>> {
  const found: Record<ChangeKind, number[]> = { set: setChanges(log), reservoir: [], sensor: [], battery: [] }
  const warmUps: number[] = []
  const connects: number[] = []
  for (const record of log) {
    const { deviceTime: at } = record
    if (record.type === 'rewind') found.reservoir.push(at)
    else if (isWarmUp(record)) warmUps.push(at)
    else if (isConnected(record)) connects.push(at)
    else if (isBattery(record)) found.battery.push(at)
  }
  // Where a device tells of its warm-ups, "connected" says nothing more.
  found.sensor.push(...(warmUps.length > 0 ? warmUps : connects))
  return found
}

const isWarmUp = (record: TherapyRecord): boolean =>
  (record.type === 'sensorState' && /SENSOR_INIT|warm-?up|SensorSync new/i.test(record.state)) ||
  (record.type === 'alarm' && !record.cleared && /warm-?up/i.test(record.name))

const isConnected = (record: TherapyRecord): boolean =>
  record.type === 'alarm' && !record.cleared && /^sensor connected/i.test(record.name)

const isBattery = (record: TherapyRecord): boolean =>
  (record.type === 'alarm' && !record.cleared && /insert battery|battery removed/i.test(record.name)) ||
  (record.type === 'deviceEvent' &&
    (record.name === 'Battery inserted' || (/^(pump )?battery$/i.test(record.name) && /in$/.test(record.text))))

interface Hole {
  readonly from: number
  readonly to: number
}

/** Stretches over which no interval is believed: silence of the pumps, and clocks set by days. */
function holesOf(log: readonly Sourced[]): Hole[] {
  const pumps = new Set<string>()
  for (const record of log) if (pumpTypes.has(record.type)) pumps.add(record.sourceKey)
  const holes: Hole[] = []
  let last: number | undefined
  for (const record of log) {
    if (!pumps.has(record.sourceKey)) continue
    if (last !== undefined && record.deviceTime - last > SILENCE_MS) holes.push({ from: last, to: record.deviceTime })
    last = record.deviceTime
    if (record.type !== 'timeChange') continue
    const { to, from = record.deviceTime } = record
    if (Math.abs(to - from) > DAY_MS) holes.push({ from: Math.min(from, to), to: Math.max(from, to) + MINUTE_MS })
  }
  return holes
}

const pumpTypes: ReadonlySet<TherapyRecord['type']> = new Set(['rewind', 'prime', 'basalRate', 'autoBasalDose'])
