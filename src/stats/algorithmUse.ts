/**
 * How much of the time an algorithm gave the basal (Auto Mode, SmartGuard), how often it handed back to the programme,
 * and why. A day for which the file tells only the algorithm's sum says nothing of hours, and is not counted as either.
 * Source: metrics sheet §10 (Time in Auto Mode), reports sheet §1.2 (exits); minimed-600 sheet §11.4 (DF) and §13.
 *
 * What real 780G exports showed: "SmartGuard exit" is followed by the programme's rate a minute later; the alerts of
 * minimum and maximum delivery and of a glucose check asked for are not exits, a check entered keeps the loop running.
 */
import type { Alarm, AutoMode, TherapyRecord } from '#records/records.ts'
import { DAY_MS, type DeviceDay, deviceDayOf, HOUR_MS, startOfDeviceDay } from '#records/time.ts'
import { type Mode, modesOf } from './automation.ts'
import type { BasalSegment } from './basalSegment.ts'
import { indexAt } from './slices.ts'

export const exitReasons = [
  'user',
  'bgRequired',
  'maximumDelivery',
  'minimumDelivery',
  'highGlucose',
  'noCalibration',
  'noSensorValues',
  'sensorUpdating',
  'sensorExpired',
  'warmUp',
  'suspended',
  'alarm',
  'notTold',
] as const
export type ExitReason = (typeof exitReasons)[number]

export interface AutoExit {
  /** Device wall clock, ms. */
  readonly at: number
  readonly reason: ExitReason
}

export interface AlgorithmUse {
  /**
   * Shares, 0 to 1, of the time that the log spans: by the algorithm, by the programme (a temporary rate included), and
   * what nobody can tell. Absent when that is more than half.
   */
  readonly shares?: { readonly automatic: number; readonly manual: number; readonly unknown: number }
  /** Days on which the algorithm gave insulin. */
  readonly automatedDays: number
  /** Of these, the days for which only the sum is told. */
  readonly daysWithoutHours: number
  readonly exits: readonly AutoExit[]
}

/** An exit is told by an alarm, by a record of the mode and by the rates; what lies so near is one. */
const SAME_EXIT_MS = HOUR_MS
/** What is told of the pump ends automatic mode soon, an alert that was not answered at most so much later. */
const PUMP_CAUSE_MS = HOUR_MS / 2
const SENSOR_CAUSE_MS = 2 * HOUR_MS
const CHECK_CAUSE_MS = 4 * HOUR_MS
/** Over a gap of this length the loop may hand over without anybody saying when. */
const HAND_OVER_MS = HOUR_MS

/**
 * Sums up the days looked at; `undefined` when no algorithm ever gave insulin on them. `basal` and `records` of these
 * days, both ascending in time.
 */
export function summariseAlgorithm(
  basal: readonly BasalSegment[],
  records: readonly TherapyRecord[],
  days: readonly DeviceDay[],
): AlgorithmUse | undefined {
  const dosed = new Set<DeviceDay>()
  const summed = new Set<DeviceDay>()
  for (const record of records) {
    if (record.type === 'autoBasalDose') dosed.add(deviceDayOf(record.deviceTime))
    else if (record.type === 'autoInsulinTotal' && record.units > 0) summed.add(deviceDayOf(record.deviceTime))
  }
  const logged = records.filter(record => record.type === 'autoMode')
  const automatedDays = new Set([...dosed, ...summed])
  if (automatedDays.size === 0 && logged.length === 0) return undefined
  const withoutHours = new Set([...summed].filter(day => !dosed.has(day)))
  const modes = modesOf(basal.filter(({ from }) => !withoutHours.has(deviceDayOf(from))))
  const timeOf = (wanted: Mode['mode']) =>
    modes.reduce((sum, { from, to, mode }) => (mode === wanted ? sum + (to - from) : sum), 0)
  const [automaticMs, manualMs] = [timeOf('automatic'), timeOf('manual')]
  const spannedMs = spannedBy(basal, records, days)
  const knownMs = automaticMs + manualMs
  const shares = {
    automatic: automaticMs / spannedMs,
    manual: manualMs / spannedMs,
    unknown: Math.max(0, 1 - knownMs / spannedMs),
  }
  return {
    ...(spannedMs > 0 && knownMs >= spannedMs / 2 ? { shares } : {}),
    automatedDays: automatedDays.size,
    daysWithoutHours: withoutHours.size,
    exits: exitsOf(modes, records, logged),
  }
}

/** Time of the days between the first and the last that the pump tells. */
function spannedBy(
  basal: readonly BasalSegment[],
  records: readonly TherapyRecord[],
  days: readonly DeviceDay[],
): number {
  const first = Math.min(records[0]?.deviceTime ?? Infinity, basal[0]?.from ?? Infinity)
  const last = Math.max(records.at(-1)?.deviceTime ?? -Infinity, basal.at(-1)?.to ?? -Infinity)
  return days.reduce((sum, day) => {
    const from = startOfDeviceDay(day)
    return sum + Math.max(0, Math.min(last, from + DAY_MS) - Math.max(first, from))
  }, 0)
}

function exitsOf(modes: readonly Mode[], records: readonly TherapyRecord[], changes: readonly AutoMode[]): AutoExit[] {
  const logged = changes.filter(({ active }) => !active)
  const alarms = records.filter((record): record is Alarm => record.type === 'alarm' && !record.cleared)
  const announced = alarms.filter(({ name }) => isExit(name))
  const moments = [
    ...logged.map(({ deviceTime }) => deviceTime),
    ...announced.map(({ deviceTime }) => deviceTime),
    // A record of the mode says exactly when; the rates are asked only where there is none.
    ...(changes.length > 0 ? [] : handOvers(modes)),
  ].sort((a, b) => a - b)
  const exits = moments.filter((at, i) => i === 0 || at - (moments[i - 1] ?? 0) > SAME_EXIT_MS)
  const causes = causesIn(records, alarms)
  return exits.map(at => {
    const own = logged.find(({ deviceTime }) => deviceTime >= at && deviceTime <= at + SAME_EXIT_MS)
    return { at, reason: reasonOf(own, at, causes) }
  })
}

/** Moments from which the programme ran where an algorithm had run before, over a short gap too. */
const handOvers = (modes: readonly Mode[]) =>
  modes.flatMap(({ from, mode }, i) => {
    const before = modes[i - 1]
    const isHandOver = mode === 'manual' && before?.mode === 'automatic' && from - before.to <= HAND_OVER_MS
    return isHandOver ? [from] : []
  })

/** "SMARTGUARD EXIT", "Auto mode exit, high glucose", "Auto mode off, basal pattern started". */
const isExit = (name: string): boolean => /(smart ?guard|auto mode) (exit|off)/i.test(name)

interface Cause {
  readonly at: number
  readonly reason: ExitReason
  /** How long after it automatic mode may end for it. */
  readonly forMs: number
}

/** What can end automatic mode, ascending; the more telling of one moment last. A glucose check answers a request. */
function causesIn(records: readonly TherapyRecord[], alarms: readonly Alarm[]): readonly Cause[] {
  const checks = records
    .filter(({ type }) => type === 'smbg' || type === 'calibration')
    .map(({ deviceTime }) => deviceTime)
  const answeredAt = (at: number) => checks[indexAt(checks, at)] ?? Number.POSITIVE_INFINITY
  const causes: Cause[] = []
  for (const { deviceTime: at, name } of alarms) {
    const reason = alarmReasons.find(([pattern]) => pattern.test(name))?.[1]
    if (reason === undefined) continue
    const sinceMs = requests.has(reason) ? Math.min(CHECK_CAUSE_MS, answeredAt(at) - at) : SENSOR_CAUSE_MS
    causes.push({ at, reason, forMs: reason === 'alarm' ? PUMP_CAUSE_MS : sinceMs })
  }
  for (const record of records) {
    if (record.type !== 'suspend' || !record.suspended || record.reason !== 'manual') continue
    causes.push({ at: record.deviceTime, reason: 'suspended', forMs: PUMP_CAUSE_MS })
  }
  return causes.sort((a, b) => a.at - b.at || rankOf(a) - rankOf(b))
}

/** "BG required" comes with the alert that says what for. */
const rankOf = ({ reason }: Cause): number => (reason === 'bgRequired' ? 0 : 1)

const requests: ReadonlySet<ExitReason> = new Set(['bgRequired', 'maximumDelivery', 'minimumDelivery', 'noCalibration'])

/** CareLink's names and those of the pumps' own numbers. The first that fits. */
const alarmReasons: readonly (readonly [RegExp, ExitReason])[] = [
  [/(maximum|max) delivery/i, 'maximumDelivery'],
  [/(minimum|min) delivery/i, 'minimumDelivery'],
  [/auto mode exit, high|prolonged high/i, 'highGlucose'],
  [/(smart ?guard|auto mode).*BG required|BG required.*(smart ?guard|auto mode)/i, 'bgRequired'],
  [/calibration required|no calibration|calibrat\w* (now|by)|^sensor calibration$/i, 'noCalibration'],
  [/sensor updating/i, 'sensorUpdating'],
  [/sensor expired|sensor end/i, 'sensorExpired'],
  [
    /change sensor|lost sensor|no sensor signal|sensor signal not found|cannot find sensor|not available/i,
    'noSensorValues',
  ],
  [/warm-?up|sensor connected/i, 'warmUp'],
  [/insert battery|battery removed|flow blocked|no delivery|pump error/i, 'alarm'],
]

function reasonOf(logged: AutoMode | undefined, at: number, causes: readonly Cause[]): ExitReason {
  const said = logged?.reason ?? ''
  if (/by the person/i.test(said)) return 'user'
  if (/glucose high/i.test(said)) return 'highGlucose'
  const cause = causes.findLast(one => one.at <= at && at - one.at <= one.forMs)
  if (cause) return cause.reason
  return said === 'alarm' ? 'alarm' : 'notTold'
}
